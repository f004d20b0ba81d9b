"""Duties: what is asked once in every period. Each period is a window with its own cut-off.

A window that passes while the duty stands still is excused. Of windows that passed while nobody looked, one
is told and all are counted.
"""

from __future__ import annotations

from flowengine.calendars.periods import Period, Window
from flowengine.compiler.plan import Clock, Due
from flowengine.kernel.draft import Draft
from flowengine.kernel.order import OPENING
from flowengine.kernel.reckoning import Course, set_mark
from flowengine.kernel.standing import first
from flowengine.kernel.state import Cycle
from flowengine.kernel.timed import acts_of, counts, has_begun, is_over, put_clock, stopped_by


def tend_duty(draft: Draft, clock: Clock, *, afresh: bool = False) -> None:
    """Open, meet, excuse or go on with the window of a duty; `afresh` reckons it again."""
    cycle, row = draft.order.clocks.get(clock.name), first(clock.due, draft.facts)
    still = stopped_by(draft, clock.name, row) if counts(draft, clock) else "when"
    if cycle is None:
        if has_begun(draft, clock) and not still:
            begun = Cycle(draft.now, basis="every")
            _await(draft, clock, begun, _period(row).first(draft.now), "started", f"{clock.name}.started")
        return
    if cycle.met is None and still != "when" and _is_kept(draft, clock, cycle):
        _meet(draft, clock, row, cycle)
        cycle = draft.order.clocks[clock.name]
    if cycle.met is not None:
        return
    if afresh and (moved := _anew(row, cycle, draft.now)) != cycle:
        put_clock(draft, clock.name, moved, "moved")
        cycle = moved
    if still:
        if cycle.wake is not None:
            mark = OPENING if cycle.mark == OPENING else ""
            put_clock(
                draft, clock.name, cycle._replace(since=None, wake=None, mark=mark), "stopped", by=still
            )
    elif cycle.wake is None:
        _resume(draft, clock, row, cycle)


def _is_kept(draft: Draft, clock: Clock, cycle: Cycle) -> bool:
    """Whether a duty is done in its window, be it that nobody had to while it stood still."""
    assert cycle.due is not None
    return cycle.mark != OPENING and draft.now <= cycle.due and is_over(draft, clock, cycle.heard)


def open_window(draft: Draft, clock: Clock) -> None:
    """Begin a period: what was done for the one before does not count for it."""
    cycle, row = draft.order.clocks[clock.name], first(clock.due, draft.facts)
    heard = draft.facts.count(clock.until) if clock.until else 0
    cycle = cycle._replace(since=cycle.began, heard=heard, rung=(), late=False)
    put_clock(draft, clock.name, _marked(row, cycle), "opened", lapse=acts_of(draft, clock))


def next_window(draft: Draft, clock: Clock, window: Window, rounds: int) -> None:
    """Await the window after one that is over, unless the duty has been asked as often as it may."""
    cycle = draft.order.clocks[clock.name]
    last = cycle._replace(round=cycle.round + rounds - 1)
    if clock.at_most is not None and last.round >= clock.at_most:
        over = Cycle(draft.now, basis=last.basis, met=draft.now, round=last.round)
        put_clock(draft, clock.name, over, "over", lapse=acts_of(draft, clock))
    else:
        _await(draft, clock, last, window, "next")


def period_of(draft: Draft, clock: Clock) -> Period:
    """The period of the row that counts now."""
    return _period(first(clock.due, draft.facts))


def _meet(draft: Draft, clock: Clock, row: Due, cycle: Cycle) -> None:
    assert cycle.due is not None
    draft.emit("kept", f"{clock.name}.met", clock=clock.name, due=cycle.due)
    next_window(draft, clock, _period(row).following(cycle.due), 1)


def _resume(draft: Draft, clock: Clock, row: Due, cycle: Cycle) -> None:
    """Go on with the window in which the duty stopped, or with the first that is not over."""
    assert cycle.due is not None
    if cycle.due < draft.now:
        _await(draft, clock, cycle, _period(row).skip_to(cycle.due, draft.now).next, "resumed")
    elif cycle.began > draft.now:
        put_clock(draft, clock.name, cycle._replace(wake=cycle.began, mark=OPENING), "resumed")
    else:
        put_clock(draft, clock.name, _marked(row, cycle._replace(since=draft.now)), "resumed")


def _anew(row: Due, cycle: Cycle, now: int) -> Cycle:
    """The cycle with its window as the calendar has it now; one that begins later is awaited."""
    assert cycle.due is not None
    opens, due = _period(row).anew(Window(cycle.began, cycle.due), now)
    moved = cycle._replace(began=opens, due=due, doubt=row.doubt(due))
    if opens > now:
        wake = None if cycle.wake is None else opens
        return moved._replace(since=None, wake=wake, mark=OPENING, rung=())
    return moved if cycle.wake is None else _marked(row, moved)


def _await(draft: Draft, clock: Clock, cycle: Cycle, window: Window, did: str, *moments: str) -> None:
    """Set the duty to a window, and open it if that has begun."""
    opens, due = window
    waiting = Cycle(opens, due=due, wake=opens, mark=OPENING, basis=cycle.basis, round=cycle.round + 1)
    waiting = waiting._replace(doubt=first(clock.due, draft.facts).doubt(due))
    put_clock(draft, clock.name, waiting, did, *moments, lapse=acts_of(draft, clock))
    if opens <= draft.now:
        open_window(draft, clock)


def _marked(row: Due, cycle: Cycle) -> Cycle:
    return set_mark(Course(row, cycle.basis, until=cycle.due), cycle)


def _period(row: Due) -> Period:
    assert row.every is not None
    return row.every
