"""Whatever happened to an order, the ledger of each clock adds up to what the kernel reckons."""

from __future__ import annotations

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.definition.lengths import Length, Unit
from flowengine.kernel.commands import Attach, Choose, Command, Done, Hold, PassTime, Reckon, Release, Write
from flowengine.kernel.ledger import Ledger
from flowengine.kernel.reckoning import spent
from tests.kernel.desk import DAY, HOST, HOUR, MINUTE
from tests.kernel.ledgers import FITFUL, WORKSHOP, Books

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


WORK: Final[tuple[Command, ...]] = (
    PassTime(),
    Reckon(),
    Hold("broken"),
    Release("broken"),
    Write({"rush": True}),
    Write({"rush": False}),
    Write({"rows": [{"sku": "a"}, {"sku": "b"}]}),
    Write({"rows": [{"sku": "a"}]}),
    Write({"starts": "2026-02-14T10:00:00+08:00"}),
    *(Done(need) for need in ("seen", "asked", "oil", "cut_done.1", "cut_done.2", "handed", "looked")),
    Attach("voucher", "slip.pdf"),
    Choose("again"),
    Choose("rework"),
    Choose("reopen"),
)

FITS: Final[tuple[Command, ...]] = (
    PassTime(),
    *(command(hold) for hold in ("halt", "pinch") for command in (Hold, Release)),
    *(Write({field: value}) for field in ("rush", "stopped") for value in (True, False)),
    *(Write({"patience": length}) for length in ("5h", "36h", None)),
    *(Write({"promised": day}) for day in ("2026-02-27", None)),
)

MADE: Final = ((90 * MINUTE, Done("seen")), (0, Done("cut_done.1")))
"""What leaves only the second stage to be done."""


def stories(commands: tuple[Command, ...]) -> st.SearchStrategy[list[tuple[int, Command]]]:
    """Up to fourteen commands, each after a while."""
    return st.lists(st.tuples(st.sampled_from(WAITS), st.sampled_from(commands)), max_size=14)


@settings(max_examples=120)
@given(stories(COMMANDS))
def test_what_ran_is_what_is_used_and_with_what_is_left_the_whole(story: list[tuple[int, Command]]) -> None:
    play(Books(), story)


@settings(max_examples=120)
@given(stories(WORK), st.booleans())
def test_so_it_is_for_tasks_needs_deferred_needs_and_types(
    story: list[tuple[int, Command]], made: bool
) -> None:
    books = Books(WORKSHOP, type="custom", rows=[{"sku": "a"}], starts="2026-02-13T16:30:00+08:00")
    play(books, [*(MADE if made else ()), *story])


@settings(max_examples=120)
@given(stories(FITS), st.booleans())
def test_so_it_is_for_clocks_that_are_due_only_now_and_then_with_holds_in_between(
    story: list[tuple[int, Command]], rush: bool
) -> None:
    play(Books(FITFUL, rush=rush, patience="36h" if rush else None), story)


def play(books: Books, story: list[tuple[int, Command]]) -> None:
    """Let it happen, and hold every ledger to account after each command."""
    for wait, command in story:
        books.pass_on(wait)
        books.do(command, by=HOST)
        assert books.order is not None
        for name in books.order.clocks:
            _adds_up(books, name, books.ledger(name))
    for name in books.clocks():
        ledger = books.ledger(name)
        for visit in ledger.visits:
            assert books.ledger(name, visit=visit).visit == visit


def _adds_up(books: Books, name: str, ledger: Ledger) -> None:
    assert books.order is not None
    cycle, calendar = books.order.clocks[name], ledger.calendar
    assert ledger.due == cycle.due
    last = ledger.lines[-1]
    if ledger.state in ("running", "standing", "waiting"):
        assert (last.did, last.at) == ("due", cycle.due)
    if ledger.state == "off":
        assert cycle.due is None
    if ledger.whole is None or ledger.state == "met":
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
