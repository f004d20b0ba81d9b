"""Whatever happened to an order, the ledger of each clock adds up to what the kernel reckons."""

from __future__ import annotations

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.definition.lengths import Length, Unit
from flowengine.kernel.commands import Choose, Command, Done, Hold, PassTime, Reckon, Release, Write
from flowengine.kernel.ledger import Ledger
from flowengine.kernel.reckoning import spent
from tests.kernel.desk import DAY, HOUR, MINUTE
from tests.kernel.ledgers import FRIDAY, Books

COMMANDS: Final[tuple[Command, ...]] = (
    PassTime(),
    Reckon(),
    Hold("cold_chain"),
    Hold("stock_out"),
    Release("cold_chain"),
    Release("stock_out"),
    Write({"rush": True}),
    Write({"rush": False}),
    Write({"stopped": True}),
    Write({"stopped": False}),
    Write({"patience": "36h"}),
    Write({"patience": "5h"}),
    Write({"patience": None}),
    Write({"answered": "yes"}),
    Write({"promised": "2026-02-27"}),
    Done("checked"),
    Choose("again"),
)
WAITS: Final = (0, 7 * MINUTE, 90 * MINUTE, 5 * HOUR, DAY, 4 * DAY)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(WAITS), st.sampled_from(COMMANDS)), max_size=14))
def test_what_ran_is_what_is_used_and_with_what_is_left_the_whole(
    story: list[tuple[int, Command]],
) -> None:
    books = Books(now=FRIDAY)
    for wait, command in story:
        books.pass_on(wait)
        books.do(command)
        assert books.order is not None
        for name in books.order.clocks:
            _adds_up(books, name, books.ledger(name))


def _adds_up(books: Books, name: str, ledger: Ledger) -> None:
    assert books.order is not None
    cycle, calendar = books.order.clocks[name], ledger.calendar
    assert ledger.due == cycle.due
    last = ledger.lines[-1]
    if ledger.state in ("running", "standing", "waiting"):
        assert (last.did, last.at) == ("due", cycle.due)
    if ledger.whole is None or ledger.state in ("met", "off"):
        return
    assert ledger.used is not None
    assert ledger.left is not None
    unit: Unit = ledger.whole.unit
    ran = 0
    for line in ledger.lines:
        if line.did in ("started", "restarted"):
            ran = 0
        if line.did == "ran" and line.counted is not None:
            ran += line.counted.amount
            assert line.sum == Length(ran, unit)
            assert not line.recounted
            if line.days:
                assert sum(day.counted.amount for day in line.days) == line.counted.amount
    assert ran == ledger.used.amount
    running = calendar.between(cycle.since, books.now, unit) if cycle.since is not None else 0
    assert ran == spent(cycle.used, unit) + running
    assert ran + ledger.left.amount == max(ledger.whole.amount, ran)
    if ledger.state == "running" and ledger.left.amount:
        assert calendar.add(books.now, ledger.left.amount, unit) == cycle.due
