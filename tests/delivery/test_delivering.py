"""Messages go outside: to whom, over which channel, in which words, once, in order, until given up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa

from flowengine import Choose, Engine, NotFound, Write
from flowengine.delivery.carrier import TRIES, NotSent
from flowengine.delivery.courier import LEASE
from flowengine.runtime.mailroom import STALE
from tests.delivery.post import DESK, PACKER, PROCESS, Kept, desk_with, opened_here
from tests.kernel.desk import DAY, HOUR, MINUTE
from tests.runtime.shop import Clock

pytestmark = pytest.mark.usefixtures("place")
MAIL = {"customer": {"mail": "zhang@example.com"}, "@wu": {"mail": "wu@example.com"}}


@dataclass
class House:
    """An engine with channels, and one order in it."""

    engine: Engine
    clock: Clock
    mail: Kept = field(default_factory=lambda: Kept("mail"))
    sms: Kept = field(default_factory=lambda: Kept("sms"))

    def with_book(self, known: dict[str, dict[str, str]]) -> Engine:
        return desk_with(self.engine, self.clock, {"mail": self.mail, "sms": self.sms}, known)

    def order(self, waybill: str = "SF1", **more: Any) -> int:
        """An order whose waybill has just become known: the customer and the packer are told."""
        values = {"buyer": "Zhang", "phone": "13800001234", "amount": 12, **more}
        id = self.engine.start("parcels", values, by=DESK).or_raise().order_id
        self.engine.do(id, Write({"waybill": waybill}), by=DESK).or_raise()
        return id


@pytest.fixture
def house() -> Iterator[House]:
    clock = Clock()
    with opened_here(clock) as engine:
        engine.deploy(PROCESS, file="parcels.yaml")
        yield House(engine, clock)


def states(engine: Engine) -> list[tuple[str, str, int]]:
    """Of every parcel to whom it goes, its state, and how often it was tried."""
    return [(row.queue, row.state, row.attempts) for row, _ in engine.parcels().items]


def test_each_recipient_with_an_address_gets_the_message_once(house: House) -> None:
    engine = house.with_book(MAIL)
    house.order()
    done = engine.deliver()
    assert (done.sent, done.retried, done.dead, done.next_at) == (2, 0, 0, None)
    assert sorted(house.mail.said) == [
        ("@wu", "wu@example.com", "shipped"),
        ("customer", "zhang@example.com", "shipped"),
    ]
    assert (engine.deliver().sent, len(house.mail.taken)) == (0, 2)


def test_each_reads_what_they_see_and_the_store_keeps_neither_words_nor_addresses(house: House) -> None:
    engine = house.with_book(MAIL)
    house.order()
    engine.deliver()
    assert {each.to: each.text for each in house.mail.taken} == {
        "customer": "Zhang 13800001234 12.00 CNY SF1",
        "@wu": "Zhang 138****1234 – SF1",
    }
    assert {each.subject for each in house.mail.taken} == {"P001 is on its way"}
    kept = json.dumps([row._asdict() for row, _ in engine.parcels().items])
    assert not any(value in kept for value in ("example.com/", "zhang@", "138", "Zhang", "SF1"))


VIA = PROCESS + "notices: {via: {customer: [sms, mail], everyone: mail}}\n"
BOTH = {"mail": "zhang@example.com", "sms": "138"}


@pytest.mark.parametrize(
    ("known", "customer", "packer"),
    [
        pytest.param({"customer": BOTH, "@wu": BOTH}, "sms", "mail", id="in-the-order-of-the-process"),
        pytest.param({"customer": MAIL["customer"]}, "mail", "", id="whoever-has-one-of-them"),
        pytest.param({"@wu": {"sms": "139"}}, "given up", "", id="who-is-named-and-has-none"),
    ],
)
def test_the_process_says_over_which_channels_whom_it_reaches(
    house: House, known: dict[str, dict[str, str]], customer: str, packer: str
) -> None:
    house.engine.deploy(VIA.replace('version: "1"', 'version: "2"'), file="parcels.yaml")
    engine = house.with_book(known)
    house.order()
    engine.deliver()
    taken = {each.to: "mail" for each in house.mail.taken} | {each.to: "sms" for each in house.sms.taken}
    dead = {row.queue.removeprefix("to "): row.error for row, _ in engine.parcels(state="dead").items}
    assert taken.get("customer", "given up") == customer
    assert taken.get("@wu", "") == packer
    assert dead == ({"customer": "no_address: sms, mail"} if customer == "given up" else {})


def test_who_is_told_in_two_roles_gets_it_once_also_where_a_batch_ends(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Li holds one role and Wu two: of each order both are told that it broke, and Wu that it was shipped."""
    monkeypatch.setattr("flowengine.runtime.mailroom.BATCH", 3)
    engine = house.with_book({"@wu": {"mail": "wu@example.com"}, "@li": {"mail": "li@example.com"}})
    for _ in range(3):
        house.clock.now += MINUTE
        id = house.order()
        house.clock.now += MINUTE
        engine.do(id, Choose("broken"), by=PACKER, reason="wet").or_raise()
    assert engine.deliver().sent == 9
    told = sorted((each.number, each.to, each.about) for each in house.mail.taken)
    assert told == sorted(
        (f"P00{n}", *rest)
        for n in (1, 2, 3)
        for rest in (("@li", "packing.broken"), ("@wu", "packing.broken"), ("@wu", "tell"))
    )


def test_a_role_with_an_address_of_its_own_gets_it_there(house: House) -> None:
    engine = house.with_book({"packer": {"sms": "packers"}, **MAIL})
    house.order()
    engine.deliver()
    assert house.sms.said == [("packer", "packers", "shipped")]


def test_whom_nobody_can_reach_finds_it_in_the_inbox(house: House) -> None:
    engine = house.with_book({})
    house.order()
    assert (engine.deliver().sent, states(engine)) == (0, [])
    assert [each.row.role for each in engine.inbox(by=DESK).items] == []
    assert len(engine.messages(by=DESK.system("host")).items) == 2


def test_what_fails_is_tried_again_later_and_later_under_one_key(house: House) -> None:
    engine = house.with_book({"customer": MAIL["customer"]})
    house.mail.refuses = [NotSent("no"), NotSent("no")]
    house.order()
    first = engine.deliver()
    assert (first.sent, first.retried, first.next_at) == (0, 1, house.clock.now + 5_000)
    key = engine.parcels().items[0][0].key
    house.clock.now += 4_999
    assert engine.deliver().retried == 0
    house.clock.now += 1
    assert engine.deliver().next_at == house.clock.now + 15_000
    house.clock.now += 15_000
    assert engine.deliver().sent == 1
    assert [each.key for each in house.mail.taken] == [key]
    assert states(engine) == [("to customer", "sent", 3)]


def test_what_is_never_taken_is_given_up_visibly_and_can_be_tried_again(house: House) -> None:
    engine = house.with_book({"customer": MAIL["customer"]})
    house.mail.refuses = [NotSent("http", 500)] * TRIES
    house.order()
    for _ in range(TRIES * 2):
        engine.deliver()
        house.clock.now += DAY
    (row, number), *others = engine.parcels(state="dead").items
    assert (number, row.error, row.attempts, others) == ("P001", "http: 500", TRIES, [])
    assert house.mail.refuses == []
    engine.retry(row.key)
    assert engine.deliver().sent == 1
    assert house.mail.taken[0].key == row.key
    with pytest.raises(NotFound, match="was given up"):
        engine.retry(row.key)


def test_what_fails_for_good_goes_over_the_next_channel(house: House) -> None:
    engine = house.with_book({"customer": {"mail": "zhang@example.com", "sms": "138"}})
    house.mail.refuses = [NotSent("recipient_refused", 550, final=True)]
    house.order()
    assert engine.deliver().sent == 1
    assert house.sms.said == [("customer", "138", "shipped")]
    house.mail.refuses = [NotSent("recipient_refused", 550, final=True)]
    house.sms.refuses = [NotSent("http", 410, final=True)]
    house.order("SF2")
    assert engine.deliver().dead == 1


def test_nothing_overtakes_for_one_recipient_of_one_order_unless_it_is_given_up(house: House) -> None:
    engine = house.with_book({"customer": MAIL["customer"]})
    house.mail.refuses = [NotSent("no")]
    id = house.order()
    engine.deliver()
    engine.do(id, Choose("broken"), by=PACKER, reason="wet").or_raise()
    other = house.order("SF9")
    assert engine.deliver().sent == 1, "another order does not wait"
    assert (house.mail.taken[0].number, other) == ("P002", 2)
    house.clock.now += MINUTE
    assert engine.deliver().sent == 2
    assert [each.about for each in house.mail.taken[1:]] == ["tell", "packing.broken"]
    keys = [row.key for row, number in engine.parcels().items if number == "P001"]
    assert [each.key for each in house.mail.taken[1:]] == keys


def test_a_dead_parcel_lets_the_next_one_go(house: House) -> None:
    engine = house.with_book({"customer": MAIL["customer"]})
    house.mail.refuses = [NotSent("http", 410, final=True)]
    id = house.order()
    engine.do(id, Choose("broken"), by=PACKER, reason="wet").or_raise()
    done = engine.deliver()
    assert (done.sent, done.dead) == (1, 1)
    assert [each.about for each in house.mail.taken] == ["packing.broken"]


def test_who_was_killed_leaves_it_to_others_after_the_lease_and_may_not_say_what_became_of_it(
    house: House,
) -> None:
    engine = house.with_book({"customer": MAIL["customer"]})
    house.order()
    now = house.clock.now
    engine._delivering._mailroom.sort(now)
    with engine.store.writing() as unit:
        (mine,) = unit.take_parcels("message", "mail example.com", now, now + LEASE, 10)
    assert engine.deliver().sent == 0, "it is in somebody's hands"
    house.clock.now += LEASE
    assert engine.deliver().sent == 1
    with engine.store.writing() as unit:
        assert not unit.settle_parcel(mine._replace(state="dead"))
    assert states(engine) == [("to customer", "sent", 2)]
    assert house.mail.taken[0].key == mine.key


def test_what_kills_whoever_takes_it_is_given_up_at_last(house: House) -> None:
    engine = house.with_book({"customer": MAIL["customer"]})
    house.order()
    engine._delivering._mailroom.sort(house.clock.now)
    for _ in range(TRIES):
        with engine.store.writing() as unit:
            now = house.clock.now
            assert unit.take_parcels("message", "mail example.com", now, now + LEASE, 10)
        house.clock.now += LEASE
    assert engine.deliver().dead == 1
    assert engine.parcels(state="dead").items[0][0].error == "never_came_back"


def test_two_couriers_take_different_parcels_and_parcel_nothing_twice(house: House) -> None:
    engine, other = house.with_book(MAIL), house.with_book(MAIL)
    for _ in range(3):
        house.order()
    now = house.clock.now
    assert engine._delivering._mailroom.sort(now) == 6
    assert other._delivering._mailroom.sort(now) == 0
    with engine.store.writing() as unit:
        mine = unit.take_parcels("message", "mail example.com", now, now + LEASE, 4)
    with engine.store.writing() as unit:
        theirs = unit.take_parcels("message", "mail example.com", now, now + LEASE, 4)
        assert unit.take_parcels("call", "mail example.com", now, now + LEASE, 4) == []
    assert [row.id for row in mine + theirs] == [1, 2, 3, 4, 5, 6]


def test_news_of_last_week_are_no_news(house: House) -> None:
    house.order()
    house.clock.now += STALE + HOUR
    engine = house.with_book({"customer": MAIL["customer"]})
    assert engine.deliver().sent == 0
    (row, _), *_ = engine.parcels(state="dead").items
    assert row.error == "too_old"
    engine.retry(row.key)
    assert engine.deliver().sent == 1


def test_an_error_that_nobody_foresaw_is_tried_again_and_tells_nothing(house: House) -> None:
    class Broken(Kept):
        def send(self, dispatch: Any) -> None:
            raise ValueError(dispatch.address)

    house.mail = Broken("mail")
    engine = house.with_book({"customer": MAIL["customer"]})
    house.order()
    assert engine.deliver().retried == 1
    assert engine.parcels().items[0][0].error == "unforeseen: ValueError"


def test_an_address_that_is_gone_is_said(house: House) -> None:
    known = {"customer": {"mail": "zhang@example.com"}}
    engine = house.with_book(known)
    house.order()
    engine._delivering._mailroom.sort(house.clock.now)
    known.clear()
    assert engine.deliver().dead == 1
    assert engine.parcels(state="dead").items[0][0].error == "no_address: mail"


def test_an_endpoint_that_fails_is_left_alone_for_a_while_and_others_are_not(house: House) -> None:
    engine = house.with_book({**MAIL, "customer": {"mail": "zhang@dead.example"}})
    house.mail.refuses = []

    class Half(Kept):
        def send(self, dispatch: Any) -> None:
            if dispatch.address.endswith("dead.example"):
                raise NotSent("no_answer_in_time")
            super().send(dispatch)

    house.mail = Half("mail")
    engine = house.with_book({**MAIL, "customer": {"mail": "zhang@dead.example"}})
    for _ in range(20):
        house.order()
    engine.deliver()
    assert len(house.mail.said) == 20, "everybody else was reached"
    tried = [row.attempts for row, _ in engine.parcels().items if row.queue == "to customer"]
    assert 3 <= sum(tried) <= 5, "the others that wait for it were put back, which counts for nothing"


def test_without_channels_nothing_is_carried_and_nothing_lost(house: House) -> None:
    house.order()
    assert not house.engine.carries
    assert house.engine.deliver().next_at is None
    with house.engine.store.reading() as unit:
        assert len(unit.new_messages(10)) == 2


def test_the_index_of_new_messages_is_used(house: House) -> None:
    if house.engine.store.engine.dialect.name != "sqlite":
        pytest.skip("the planner of PostgreSQL reads small tables whole")
    with house.engine.store.engine.connect() as connection:
        plan = connection.execute(
            sa.text("EXPLAIN QUERY PLAN SELECT id FROM fe_outbox WHERE parcelled_at IS NULL ORDER BY id")
        ).all()
    assert "fe_outbox_new" in str(plan)
