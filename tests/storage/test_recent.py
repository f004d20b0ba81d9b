"""Orders that a process commands again a moment after it left them: what it remembers is told nobody, and is
saved only where it still is so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa

from flowengine import Approve, Engine, KeyReused, connect
from flowengine.kernel.commands import Choose, Command, Done, Write
from flowengine.runtime.result import Result
from flowengine.runtime.rows import Found, OrderRow
from flowengine.runtime.sight import Sight
from flowengine.storage.recent import FRESH, MOST, Look, Recent, seconds
from flowengine.storage.writer import SqlWriter
from tests.postgres import terminate_backends
from tests.runtime.places import KEYS, empty
from tests.runtime.shop import DESK, HOST, MAKER, SHOP, Clock, Shop
from tests.runtime.test_private_data import CLERK, PARCELS
from tests.runtime.test_uncounted_votes import BOSS, PROCESS
from tests.sound import assert_sound
from tests.storage.racing import url_of, wait_until_gone


@dataclass(slots=True)
class Ticks:
    """Seconds that pass when somebody says so."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Two:
    """Two engines on one database with one order in its first stage; the first remembers by these ticks."""

    first: Engine
    second: Engine
    ticks: Ticks
    clock: Clock
    reads: list[int]
    """The orders that the first read, one after the other."""

    def do(self, command: Command, *, key: str | None = None, expect: int | None = None) -> Result:
        """The first engine commands the order."""
        return self.first.do(1, command, by=DESK, key=key, expect=expect)

    def other(self, command: Command) -> Result:
        """The second does."""
        return self.second.do(1, command, by=DESK, reason="a test").or_raise()


@pytest.fixture
def two(shared_postgres: sa.Engine) -> Iterator[Two]:
    empty(shared_postgres)
    url, clock, reads, ticks = shared_postgres.url.render_as_string(hide_password=False), Clock(), [], Ticks()
    find = SqlWriter.find

    def noting(writer: SqlWriter, id: int, key: str | None) -> Found | None:
        if writer._recent is recent:
            reads.append(id)
        return find(writer, id, key)

    with connect(url, clock=clock) as first, connect(url, clock=clock) as second:
        recent = first.store._lines.recent = Recent(ticks)
        Shop(first, clock).deploy(SHOP)
        Shop(first, clock).start("A")
        with patch.object(SqlWriter, "find", noting):
            yield Two(first, second, ticks, clock, reads)
        assert_sound(first)


def amount(number: int) -> Write:
    return Write({"amount": number})


def test_an_order_just_opened_is_not_read(two: Two) -> None:
    two.do(amount(1)).or_raise()
    two.do(amount(2), key="k").or_raise()
    assert two.do(Done("checked")).or_raise().revision == 4
    assert two.reads == []


def test_after_a_second_it_is_read_again_however_busy_it_was(two: Two) -> None:
    for n in range(1, 25):
        two.ticks.now += FRESH / 8
        two.do(amount(n)).or_raise()
    assert two.reads == [1, 1, 1]


def test_what_others_did_meanwhile_counts(two: Two) -> None:
    two.other(amount(7))
    assert two.do(Done("checked")).or_raise().revision == 3
    assert two.first.order(1, by=DESK).order.fields["amount"] == "7"


def test_where_others_work_too_it_is_read_for_a_second(two: Two) -> None:
    """So two that take turns do not decide everything twice."""
    for n in range(1, 9):
        two.other(amount(10 * n))
        two.do(amount(10 * n + 1)).or_raise()
    assert two.reads == [1] * 8
    two.ticks.now += FRESH
    two.do(amount(1)).or_raise()
    two.do(amount(2)).or_raise()
    assert two.reads == [1] * 9


def test_nobody_is_refused_for_what_was_true_a_moment_ago(two: Two) -> None:
    two.other(Done("checked"))
    two.other(Done("priced"))
    assert two.first.do(1, Done("made"), by=MAKER).or_raise().stage == "make"


def test_a_refusal_tells_what_is_true_now(two: Two) -> None:
    two.other(Choose("cancel"))
    refused = two.do(Done("nonsense"))
    assert not refused.ok
    assert (refused.revision, refused.status) == (2, "closed")


def test_a_key_that_another_process_used_gives_its_answer(two: Two) -> None:
    done = two.second.do(1, Done("checked"), by=DESK, key="k").or_raise()
    again = two.do(Done("checked"), key="k")
    assert (again.ok, again.repeated, again.revision) == (True, True, done.revision)


def test_a_key_used_before_gives_the_first_answer(two: Two) -> None:
    """The row is as it was left; only its history shows that the key is used."""
    two.do(amount(1), key="k").or_raise()
    two.do(amount(2)).or_raise()
    assert two.do(amount(1), key="k").or_raise().repeated
    assert two.first.order(1, by=DESK).row.revision == 3


def test_a_key_used_for_something_else_is_refused(two: Two) -> None:
    two.do(amount(1), key="k").or_raise()
    with pytest.raises(KeyReused):
        two.do(amount(2), key="k")
    assert two.first.order(1, by=DESK).row.revision == 2


@pytest.mark.parametrize(("expect", "ok"), [(1, False), (2, True), (3, False)])
def test_what_somebody_expects_is_compared_with_what_there_is(two: Two, expect: int, ok: bool) -> None:
    two.other(amount(7))
    assert two.do(amount(8), expect=expect).ok is ok


def test_an_order_of_the_same_id_in_a_store_made_anew_is_another_one(two: Two) -> None:
    """As where tests empty their tables between two stories, and a backup is put back."""
    empty(two.second.store.engine)
    Shop(two.second, two.clock).deploy(SHOP)
    Shop(two.second, two.clock).start("B")
    two.do(amount(1)).or_raise()
    assert two.first.order(1, by=DESK).order.fields["ref"] == "B"


def test_a_connection_that_was_lost_before_leaves_nobody_in_doubt(two: Two) -> None:
    """Of a command that begins by saving nobody would know, and without a key nobody could do it again."""
    terminate_backends(url_of(two.first.store.engine))
    wait_until_gone(two.second.store.engine)
    assert two.do(amount(1)).or_raise().revision == 2


def test_the_time_of_the_database_goes_on(shared_postgres: sa.Engine) -> None:
    """An engine without a clock asks the database what time it is, and reckons on from there for a second."""
    empty(shared_postgres)
    url, ticks = shared_postgres.url.render_as_string(hide_password=False), Ticks()
    with connect(url) as engine:
        engine.store._lines.recent = Recent(ticks)
        engine.deploy(SHOP, file="shop.yaml")
        engine.start("shop", {"ref": "A"}, by=DESK).or_raise()
        ticks.now += 0.75
        engine.do(1, amount(1), by=DESK).or_raise()
        opened, written = engine.history(1, by=DESK).items
        assert 740 <= written.at - opened.at <= 760


def test_what_is_remembered_is_what_there_is(two: Two) -> None:
    """Every column, in its type, through a whole story."""
    recall, compared = SqlWriter.recall, []

    def comparing(writer: SqlWriter, id: int) -> Found | None:
        found = recall(writer, id)
        if found:
            there = writer.find(id, None)
            assert there is not None
            compared.append(found.row)
            assert [*map(repr, found.row)] == [*map(repr, there.row)]
        return found

    with patch.object(SqlWriter, "recall", comparing):
        story: list[tuple[Command, str]] = [
            (amount(1), ""),
            (Done("checked"), ""),
            (Done("priced"), ""),
            (Write({"remark": "迟到"}), ""),
            (Choose("spoiled"), "wet"),
            (Done("checked"), ""),
            (Done("priced"), ""),
            (Choose("cancel"), "no more"),
        ]
        for command, reason in story:
            two.first.do(1, command, by=HOST, reason=reason).or_raise()
    assert len(compared) == len(story)


def test_it_remembers_no_more_than_so_many() -> None:
    recent, row = Recent(), OrderRow(*[0] * len(OrderRow._fields))  # type: ignore[arg-type]
    for id in range(3 * MOST):
        recent.leave(row._replace(id=id), Look(None, recent.ticks()))
    assert sum(recent.recall(id) is not None for id in range(3 * MOST)) <= MOST


def test_an_order_that_was_parked_meanwhile_is_read(two: Two) -> None:
    """Of that no history tells, and a refusal that is noted must leave it parked."""
    with two.second.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE fe_orders SET failures = 1, failure = 'sick'")
    two.do(amount(1)).or_raise()
    assert two.reads == [1]


def ballot(two: Two) -> None:
    """An order, number 2, on which somebody has voted."""
    two.first.deploy(PROCESS, file="deal.yaml")
    two.first.start("deal", {}, by=DESK).or_raise()
    two.first.do(2, Approve("sign"), by=BOSS, key="k").or_raise()


def test_a_vote_given_again_under_its_key_gives_the_first_answer(two: Two) -> None:
    """Nor is it noted as one that does not count: of the key only the history knows."""
    ballot(two)
    assert two.first.do(2, Approve("sign"), by=BOSS, key="k").repeated
    assert len(two.first.history(2, by=DESK).items) == 2
    assert not two.first.do(2, Approve("sign"), by=BOSS).ok
    assert len(two.first.history(2, by=DESK).items) == 3


def test_what_goes_wrong_after_an_order_was_saved_is_told_and_not_done_again(two: Two) -> None:
    with patch.object(Sight, "result", side_effect=RuntimeError("a bug")), pytest.raises(RuntimeError):
        two.do(amount(1))
    assert two.second.order(1, by=DESK).row.revision == 2


def test_an_answer_that_took_long_tells_of_before(two: Two) -> None:
    """It may have waited for a lock: neither the order nor the time counts from when it came."""
    first = SqlWriter._first

    def slow(writer: SqlWriter, *args: Any, **given: Any) -> Any:
        answer = first(writer, *args, **given)
        two.ticks.now += FRESH
        return answer

    two.ticks.now += FRESH
    with patch.object(SqlWriter, "_first", slow):
        two.do(amount(1)).or_raise()
    two.do(amount(2)).or_raise()
    assert two.reads == [1, 1]


def test_where_something_was_read_already_the_order_is_read_too(two: Two) -> None:
    """There nothing is gained, and what was read may be newer."""
    with next(two.first.store.attempts()) as unit:
        assert unit.find(1, None)
        assert unit.recall(1) is None


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has no such clock")
def test_a_second_passes_while_the_machine_sleeps() -> None:
    with patch.object(time, "clock_gettime", {time.CLOCK_BOOTTIME: 7.0}.__getitem__):
        assert seconds() == 7


def test_of_what_was_refused_nothing_is_kept_of_the_person(shared_postgres: sa.Engine) -> None:
    """Neither a key of theirs nor by what they are found, although the first decision was to write it."""
    empty(shared_postgres)
    url = shared_postgres.url.render_as_string(hide_password=False)
    with connect(url, keys=KEYS) as first, connect(url, keys=KEYS) as second:
        first.deploy(f"{PARCELS}  cancel: {{from: any, to: cancelled, by: desk}}", file="parcels.yaml")
        first.start("parcels", {"channel": "shop", "ref": "A", "customer": "王小明"}, by=DESK).or_raise()
        second.do(1, Choose("cancel"), by=DESK).or_raise()
        with second.store.reading() as unit:
            before = unit.every_subject(), unit.traces_of([each.name for each in unit.every_subject()])
        assert not first.do(1, Write({"phone": "13700001111"}), by=CLERK).ok
        with second.store.reading() as unit:
            after = unit.every_subject(), unit.traces_of([each.name for each in unit.every_subject()])
        assert after == before


def test_a_connection_of_a_hosts_pool_may_be_lost_without_a_doubt(shared_postgres: sa.Engine) -> None:
    """Nobody looks after it while it lies idle, so what goes over it begins by reading."""
    empty(shared_postgres)
    host = sa.create_engine(shared_postgres.url)
    shop = Shop(connect(host, clock=Clock()), Clock())
    shop.deploy(SHOP)
    shop.start("A")
    terminate_backends(url_of(host))
    wait_until_gone(shared_postgres)
    assert shop.engine.do(1, amount(1), by=DESK).or_raise().revision == 2
    host.dispose()
