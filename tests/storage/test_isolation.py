"""Two at once on PostgreSQL, forced to meet where it hurts: nothing is lost, nothing happens twice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from flowengine import Result, connect
from flowengine.errors import (
    ChangedMeanwhile,
    ConnectionLost,
    KeyReused,
    OrderBusy,
    OutcomeUnknown,
    VersionTaken,
)
from flowengine.kernel.commands import Done, Write
from flowengine.runtime import ticking
from tests.kernel.desk import DAY, MINUTE
from tests.postgres import Server, restart, terminate_backends
from tests.runtime.places import empty
from tests.runtime.shop import DESK, HOST, MAKER, QA, SHOP, Clock, Shop
from tests.sound import assert_sound
from tests.storage.racing import at_once, others, url_of, wait_until_blocked, wait_until_gone
from tests.storage.recording import Recorder, recorded

READ, SAVE, COMMIT = "SELECT", "WITH", "COMMIT"


@dataclass(frozen=True)
class Pair:
    """Two engines on one database and one clock: what the first does can be stopped at any statement."""

    first: Shop
    second: Shop
    recorder: Recorder

    def url(self) -> str:
        """Where they are."""
        return self.second.engine.store.engine.url.render_as_string(hide_password=False)

    def cut(self) -> None:
        """Cut the connections of both, as a failing network does."""
        terminate_backends(self.url())
        wait_until_gone(self.second.engine.store.engine)


@pytest.fixture
def pair(shared_postgres: sa.Engine) -> Iterator[Pair]:
    """A shop with one order in its first stage, number 1, opened by two engines."""
    empty(shared_postgres)
    url, clock = shared_postgres.url.render_as_string(hide_password=False), Clock()
    with connect(url, clock=clock) as first, connect(url, clock=clock) as second:
        Shop(second, clock).deploy(SHOP)
        Shop(second, clock).start("A")
        with recorded(first.store.engine) as recorder:
            yield Pair(Shop(first, clock), Shop(second, clock), recorder)
        assert_sound(second)


def told(shop: Shop, id: int = 1) -> list[str]:
    """Who did what on an order, in the words of its history."""
    return [entry.record["do"]["verb"] for entry in shop.engine.history(id, by=HOST, limit=200).items]


def lates(shop: Shop, id: int = 1) -> int:
    """How often an order became late."""
    entries = shop.engine.history(id, by=HOST, limit=200).items
    return sum(event["event"] == "late" for entry in entries for event in entry.record["events"])


# --- two commands on one order


def test_whoever_comes_second_decides_again_on_what_the_first_left(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.do(1, Done("checked")))
    answer = pair.first.engine.do(1, Done("priced"), by=DESK)
    assert (answer.ok, answer.revision, answer.stage) == (True, 3, "make")
    assert pair.recorder.verbs().count(SAVE) == 2


def test_whoever_loses_again_and_again_takes_the_lock(pair: Pair) -> None:
    amounts = iter(range(1, 9))
    rival = partial(lambda: pair.second.do(1, Write({"amount": next(amounts)})))
    with others() as begin:
        waiting: list[Future[Result]] = []

        def last() -> None:
            waiting.append(begin(rival))
            wait_until_blocked(pair.second.engine.store.engine)

        pair.recorder.at(SAVE, rival, rival, last)
        answer = pair.first.engine.do(1, Done("checked"), by=DESK).or_raise()
        assert waiting[0].result().revision == answer.revision + 1
    assert answer.revision == 4
    assert ["FOR UPDATE" in each for each in pair.recorder.seen if "fe_orders.state" in each] == [
        False,
        False,
        True,
    ]


def test_the_same_key_at_once_is_one_command_and_one_answer(pair: Pair) -> None:
    answers: list[Result] = []
    command = partial(pair.second.engine.do, 1, Done("checked"), by=DESK, key="k")
    pair.recorder.at(SAVE, lambda: answers.append(command()))
    answers.append(pair.first.engine.do(1, Done("checked"), by=DESK, key="k"))
    assert [(each.revision, each.stage, each.repeated) for each in answers] == [
        (2, "take", False),
        (2, "take", True),
    ]
    assert told(pair.second) == ["create", "done"]


def test_the_same_key_at_once_for_another_command_is_refused(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.engine.do(1, Done("checked"), by=DESK, key="k"))
    with pytest.raises(KeyReused):
        pair.first.engine.do(1, Done("priced"), by=DESK, key="k")


def test_of_two_who_looked_at_the_same_revision_one_is_told(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.do(1, Done("checked")))
    answer = pair.first.engine.do(1, Done("priced"), by=DESK, expect=1)
    assert [blocker.code for blocker in answer.blockers] == ["changed_meanwhile"]


def test_what_became_impossible_meanwhile_is_refused(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.do(1, Done("checked")))
    answer = pair.first.engine.do(1, Done("checked"), by=DESK)
    assert [blocker.code for blocker in answer.blockers] == ["already_done"]


def test_fifty_at_once_on_one_order_are_all_done_once(pair: Pair) -> None:
    def act(n: int) -> Result:
        return pair.second.engine.do(1, Write({"amount": n}), by=DESK, key=f"k{n}")

    began = time.monotonic()
    answers = at_once(*(partial(act, n) for n in range(1, 51)))
    assert time.monotonic() - began < 5
    assert sorted(each.revision for each in answers) == list(range(2, 52))
    assert Counter(told(pair.second)) == {"create": 1, "write": 50}


# --- openings

SAME: dict[str, dict[str, Any]] = {"the same key": {"key": "k"}, "what is unique": {}}


@pytest.mark.parametrize("more", SAME.values(), ids=SAME)
def test_twenty_openings_of_one_order_at_once_open_one(pair: Pair, more: dict[str, Any]) -> None:
    answers = at_once(*[partial(pair.second.engine.start, "shop", {"ref": "B"}, by=DESK, **more)] * 20)
    assert {each.number for each in answers} == {"S202605-002"}
    assert Counter(each.repeated for each in answers) == {True: 19, False: 1}
    assert pair.second.start("C").number == "S202605-003"


def test_an_opening_of_the_same_order_in_between_is_the_one_there_is(pair: Pair) -> None:
    """Not only at once: after the look for an earlier one, and before a number is taken."""
    pair.recorder.at("INSERT INTO fe_counters", lambda: pair.second.start("B"))
    answer = pair.first.engine.start("shop", {"ref": "B"}, by=DESK)
    assert (answer.repeated, answer.number) == (True, "S202605-002")
    assert pair.first.start("C").number == "S202605-003"


def test_numbers_have_no_gap_and_none_is_given_twice(pair: Pair) -> None:
    def clerk(name: int) -> list[str]:
        engine = (pair.first if name % 2 else pair.second).engine
        answers = [engine.start("shop", {"ref": f"{name}/{n}"} if n % 5 else {}, by=DESK) for n in range(20)]
        return [each.number for each in answers if each.ok]

    numbers = [number for each in at_once(*(partial(clerk, name) for name in range(8))) for number in each]
    assert sorted(numbers) == [f"S202605-{n:03}" for n in range(2, 8 * 16 + 2)]


# --- time


def test_a_command_and_a_tick_on_the_same_due_order_make_it_late_once(pair: Pair) -> None:
    pair.first.clock.now += 2 * DAY
    pair.recorder.at(SAVE, pair.second.engine.tick)
    assert pair.first.engine.do(1, Done("checked"), by=DESK).ok
    assert told(pair.second) == ["create", "time", "done"]
    assert lates(pair.second) == 1


def test_a_command_waits_for_a_tick_that_has_the_order_in_hand(pair: Pair) -> None:
    pair.first.clock.now += 2 * DAY
    with others() as begin:
        waiting: list[Future[Result]] = []

        def meanwhile() -> None:
            waiting.append(begin(lambda: pair.second.do(1, Done("checked"))))
            wait_until_blocked(pair.second.engine.store.engine)
            ticked = pair.second.engine.tick()
            assert (ticked.orders, ticked.more_is_due) == (0, True), "it is in the hands of the first"

        pair.recorder.at(SAVE, meanwhile)
        assert pair.first.engine.tick().late == 1
        assert waiting[0].result().revision == 3
    assert told(pair.second) == ["create", "time", "done"]
    assert lates(pair.second) == 1


def overdue(shop: Shop, orders: int) -> None:
    """So many orders that should be late by now."""
    with shop.engine.batch() as batch:
        for n in range(orders):
            batch.start("shop", {"ref": f"N{n}"}, by=DESK).or_raise()
    shop.clock.now += 2 * DAY


def test_two_who_tick_share_the_orders(pair: Pair) -> None:
    """The second begins when the first holds its first batch: it takes the rest, and waits for nobody."""
    overdue(pair.second, 2 * ticking.BATCH - 1)
    shares: list[int] = []
    pair.recorder.at(SAVE, lambda: shares.append(pair.second.engine.tick().late))
    shares.append(pair.first.engine.tick().late)
    assert shares == [ticking.BATCH, ticking.BATCH]
    assert [lates(pair.second, id) for id in range(1, 2 * ticking.BATCH + 1)] == [1] * 2 * ticking.BATCH


def test_many_who_tick_let_each_order_become_late_once(pair: Pair) -> None:
    overdue(pair.second, 399)
    engines = [pair.first.engine, pair.second.engine]
    at_once(*(engine.tick for engine in engines * 2))
    for engine in engines:
        engine.tick()
    messages = pair.second.engine.messages(by=HOST, limit=200).items
    assert len({message.order_id for message in messages}) == len(messages) == 200
    assert sum(lates(pair.second, id) for id in range(1, 401)) == 400


def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """No order can be decided by a tick any more."""

    def decide(*_: object, **__: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(ticking, "decide", decide)


def test_a_release_waits_for_a_tick_and_a_tick_passes_over_what_is_being_released(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.first.clock.now += 2 * DAY
    with monkeypatch.context() as patched:
        poisoned(patched)
        assert pair.second.engine.tick().failed == 1
    pair.first.clock.now += MINUTE
    pair.recorder.at("UPDATE", lambda: ticks.append(pair.second.engine.tick().orders))
    ticks: list[int] = []
    assert pair.first.engine.release(1, by=HOST)
    assert ticks == [0]
    assert pair.second.engine.tick().late == 1
    assert not pair.first.engine.release(1, by=HOST)
    assert lates(pair.second) == 1


def test_a_release_during_the_tick_that_decides_at_last_finds_nothing_to_release(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.first.clock.now += 2 * DAY
    with monkeypatch.context() as patched:
        poisoned(patched)
        assert pair.second.engine.tick().failed == 1
    pair.first.clock.now += MINUTE
    with others() as begin:
        waiting: list[Future[bool]] = []

        def meanwhile() -> None:
            waiting.append(begin(lambda: pair.second.engine.release(1, by=HOST)))
            wait_until_blocked(pair.second.engine.store.engine)

        pair.recorder.at(SAVE, meanwhile)
        assert pair.first.engine.tick().late == 1
        assert waiting[0].result() is False


# --- definitions

SECOND = SHOP.replace('version: "1"', 'version: "2"')


@pytest.mark.parametrize(
    ("text", "outcome"),
    [(SECOND, "known"), (SECOND + "# a comment\n", "taken")],
    ids=["the same text", "another text"],
)
def test_a_version_deployed_twice_at_once_is_deployed_once(pair: Pair, text: str, outcome: str) -> None:
    with others() as begin:
        waiting: list[Future[bool]] = []

        def meanwhile() -> None:
            waiting.append(begin(lambda: pair.second.deploy(text)))
            wait_until_blocked(pair.second.engine.store.engine)

        pair.recorder.at("INSERT INTO fe_definitions", meanwhile)
        assert pair.first.deploy(SECOND)
        if outcome == "known":
            assert waiting[0].result() is False
        else:
            with pytest.raises(VersionTaken):
                waiting[0].result()
    assert pair.second.engine.plan("shop", by=HOST).version == "2"


def test_an_order_that_is_opened_during_a_deployment_waits_for_nobody(pair: Pair) -> None:
    versions: list[str] = []

    def meanwhile() -> None:
        id = pair.second.start("B").order_id
        versions.append(pair.second.engine.order(id, by=HOST).plan.version)

    pair.recorder.at(COMMIT, meanwhile)
    pair.first.deploy(SECOND)
    id = pair.second.start("C").order_id
    versions.append(pair.second.engine.order(id, by=HOST).plan.version)
    assert versions == ["1", "2"]


# --- the connection is lost

ASKED: dict[str, Callable[[Shop], object]] = {
    "a command": lambda shop: shop.do(1, Done("checked")),
    "an opening": lambda shop: shop.start("B"),
    "a question": lambda shop: shop.engine.order(1, by=HOST),
    "a list": lambda shop: shop.engine.orders(by=HOST),
    "a tick": lambda shop: shop.engine.tick(),
    "a deployment": lambda shop: shop.deploy(SECOND),
    "a verification": lambda shop: shop.engine.verify(),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_connections_that_were_lost_while_they_lay_idle_are_made_anew(
    pair: Pair, ask: Callable[[Shop], object]
) -> None:
    at_once(*[lambda: pair.second.engine.orders(by=HOST)] * 4)
    pair.cut()
    ask(pair.second)


def lose_the_answer(recorder: Recorder, beginning: str) -> None:
    """Let the server carry out the next statement like this, and nobody hear of it."""

    def lose() -> None:
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    recorder.at(beginning, lose, when="after")


def test_a_connection_lost_before_anything_was_read_is_nobodys_concern(pair: Pair) -> None:
    pair.recorder.at(READ, pair.cut)
    assert pair.first.engine.do(1, Done("checked"), by=DESK).revision == 2
    pair.recorder.at("INSERT INTO fe_counters", pair.cut)
    assert pair.first.engine.start("shop", {"ref": "B"}, by=DESK).number == "S202605-002"


@pytest.mark.parametrize("heard", ["not by the server", "not by us"])
def test_a_command_without_a_key_that_was_lost_is_in_doubt(pair: Pair, heard: str) -> None:
    """Nobody knows whether it was done; the caller looks. It is there once or not at all."""
    if heard == "not by us":
        lose_the_answer(pair.recorder, SAVE)
    else:
        pair.recorder.at(SAVE, pair.cut)
    with pytest.raises(OutcomeUnknown, match="Look at the order before you repeat it"):
        pair.first.engine.do(1, Done("checked"), by=DESK)
    assert told(pair.second) == ["create", "done"][: 1 + (heard == "not by us")]


@pytest.mark.parametrize("heard", ["not by the server", "not by us"])
def test_a_command_with_a_key_that_was_lost_is_repeated_and_done_once(pair: Pair, heard: str) -> None:
    if heard == "not by us":
        lose_the_answer(pair.recorder, SAVE)
    else:
        pair.recorder.at(SAVE, pair.cut)
    answer = pair.first.engine.do(1, Done("checked"), by=DESK, key="k")
    assert (answer.ok, answer.revision, answer.repeated) == (True, 2, heard == "not by us")
    assert told(pair.second) == ["create", "done"]


@pytest.mark.parametrize("heard", ["not by the server", "not by us"])
@pytest.mark.parametrize("key", [None, "k"])
def test_an_opening_that_was_lost_is_repeated_only_with_a_key(
    pair: Pair, heard: str, key: str | None
) -> None:
    if heard == "not by us":
        lose_the_answer(pair.recorder, COMMIT)
    else:
        pair.recorder.at(COMMIT, pair.cut)
    if key is None:
        with pytest.raises(OutcomeUnknown):
            pair.first.engine.start("shop", {"ref": "B"}, by=DESK)
    else:
        answer = pair.first.engine.start("shop", {"ref": "B"}, by=DESK, key=key)
        assert (answer.number, answer.repeated) == ("S202605-002", heard == "not by us")
    there = key is not None or heard == "not by us"
    assert len(pair.second.engine.orders(by=HOST).items) == 1 + there
    assert pair.second.start("C").number == f"S202605-00{2 + there}"


def test_a_command_whose_connection_is_lost_again_and_again_is_given_up(pair: Pair) -> None:
    pair.recorder.at(READ, *[pair.cut] * 3)
    with pytest.raises(ConnectionLost, match="Nothing was written"):
        pair.first.engine.do(1, Done("checked"), by=DESK)
    assert told(pair.second) == ["create"]


def test_a_batch_that_was_lost_is_in_doubt_at_its_end_and_not_before(pair: Pair) -> None:
    def batch() -> None:
        with pair.first.engine.batch() as flow:
            for ref in "BC":
                flow.start("shop", {"ref": ref}, by=DESK).or_raise()

    pair.recorder.at("WITH", pair.cut)
    with pytest.raises(ConnectionLost) as lost:
        batch()
    assert not isinstance(lost.value, OutcomeUnknown)
    lose_the_answer(pair.recorder, COMMIT)
    with pytest.raises(OutcomeUnknown):
        batch()
    assert [view.row.number for view in pair.second.engine.orders(by=HOST).items] == [
        f"S202605-00{n}" for n in (1, 2, 3)
    ]


def test_a_tick_that_was_lost_is_played_again_by_the_next(pair: Pair) -> None:
    overdue(pair.second, 9)
    pair.recorder.at(SAVE, pair.cut)
    with pytest.raises(ConnectionLost):
        pair.first.engine.tick()
    lose_the_answer(pair.recorder, COMMIT)
    pair.recorder.before = lambda _statement: None
    with pytest.raises(ConnectionLost):
        pair.first.engine.tick()
    pair.first.engine.tick()
    assert [lates(pair.second, id) for id in range(1, 11)] == [1] * 10


def test_a_host_whose_connection_is_lost_is_told(pair: Pair) -> None:
    with pair.second.engine.store.engine.connect() as connection:
        flow = pair.second.engine.at(connection)
        flow.start("shop", {"ref": "B"}, by=DESK).or_raise()
        terminate_backends(pair.url())
        with pytest.raises(ConnectionLost):
            flow.start("shop", {"ref": "C"}, by=DESK)
    assert len(pair.second.engine.orders(by=HOST).items) == 1


# --- the server restarts


@pytest.mark.parametrize("mode", ["fast", "immediate", "kill"])
def test_the_engine_goes_on_by_itself_when_the_server_is_back(postgres_server: Server, mode: Any) -> None:
    with postgres_server.new_database() as url, connect(url, clock=Clock()) as engine:
        shop = Shop(engine, Clock())
        shop.deploy(SHOP)
        id = shop.start("A").order_id
        restart(postgres_server, mode=mode)
        for who, need in ((DESK, "checked"), (QA, "priced"), (MAKER, "made")):
            assert engine.do(id, Done(need), by=who).ok
            assert engine.order(id, by=HOST).row.revision == engine.history(id, by=HOST).items[-1].seq
            restart(postgres_server, mode="immediate") if need == "checked" else None
        assert shop.start("B").number == "S202605-002"
        assert_sound(engine)


def test_an_order_that_stays_locked_is_busy_after_a_while(pair: Pair) -> None:
    """How long a connection waits for a lock is a setting of ours on it; here it is shorter."""

    def impatient(connection: Any, _record: object, _proxy: object) -> None:
        connection.execute("SET lock_timeout = '50ms'")
        connection.commit()

    sa.event.listen(pair.second.engine.store.engine, "checkout", impatient)
    with psycopg.connect(url_of(pair.second.engine.store.engine)) as other:
        other.execute("SELECT id FROM fe_orders FOR UPDATE")
        with pytest.raises(OrderBusy, match="stayed locked"):
            pair.second.engine.do(1, Done("checked"), by=DESK)
    assert pair.second.engine.do(1, Done("checked"), by=DESK).ok


def test_what_no_attempt_can_settle_is_told_as_a_change_of_others(pair: Pair) -> None:
    def lose() -> None:
        raise ChangedMeanwhile

    pair.recorder.at(SAVE, *[lose] * 3)
    with pytest.raises(ChangedMeanwhile, match="give the command again"):
        pair.first.engine.do(1, Done("checked"), by=DESK)
    assert pair.first.engine.do(1, Done("checked"), by=DESK).ok
