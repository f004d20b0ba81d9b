"""Every clock of an order, brought up to what its data say now: started, stopped, moved, met or ended.

Looked at again after each change, in a fixed order: whether it has ended, whether it begins, stands still,
runs on, and whether its length has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.compiler.plan import Clock, Due
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.duties import tend_duty
from flowengine.kernel.reckoning import Course, anew, course_of, is_lateness, running, seen, stopped, unseen
from flowengine.kernel.standing import Standing, first
from flowengine.kernel.state import Cycle
from flowengine.kernel.timed import (
    acts_of,
    counts,
    has_begun,
    is_over,
    last_touch,
    put_clock,
    stopped_by,
)

_Threshold = tuple[str, tuple[Due, ...], int | None]
"""The due time of a stage, task, need or hold that is open now: its key, its rows, and when it began.

A need begins like a clock with a name of its own, once it has a length or a date.
"""


def reckon(draft: Draft) -> tuple[Blocker, ...]:
    """Reckon every due instant again, as a new calendar has it."""
    tend_clocks(draft, afresh=True)
    return ()


def tend_clocks(draft: Draft, *, afresh: bool = False) -> bool:
    """Bring all clocks up to date; `afresh` reckons those again of which nothing has changed.

    Whether a moment has come by it for which something else may wait.
    """
    before = len(draft.events)
    open_now: set[str] = set()
    for key, due, begun in _thresholds(draft):
        open_now.add(key)
        _tend(draft, key, due, begun, afresh=afresh)
    for clock in named(draft):
        open_now.add(clock.name)
        if clock.due[-1].every is not None:
            tend_duty(draft, clock, afresh=afresh)
        else:
            _tend_named(draft, clock, afresh=afresh)
    for key in [key for key in draft.order.clocks if key not in open_now]:
        draft.emit("clock", clock=key, did="ended", was=draft.order.clocks[key].due)
    events = draft.events
    return len(events) > before and any("marks" in event.data for event in events[before:])


def named(standing: Standing) -> Iterator[Clock]:
    """The clocks with a name of their own that may run where the order stands. Those of a whole order run in
    it, and not once more in each part into which it was split.
    """
    if standing.order.status == "open":
        yield from standing.stage.clocks.values()
        if not standing.order.part:
            yield from standing.plan.clocks.values()


def _thresholds(draft: Draft) -> Iterator[_Threshold]:
    order, stage = draft.order, draft.stage
    if stage.due and not order.shut:
        yield stage.name, stage.due, order.opened_at or order.entered_at
    if stage.tasks:
        for piece in draft.pieces():
            state = order.tasks.get(piece.key)
            if state is not None and state.done_at is None and piece.task.due:
                yield piece.key, piece.task.due, state.opened_at
    for name in order.deferred:
        if due := draft.plan.lasting[name].due:  # without one, the lane that deferred it is over
            yield name, due, None
    yield from ((need.name, need.due, None) for need in draft.lanes_asked() if need.due)
    if not order.shut and (stage.has_timed_needs or order.asked or order.stale):
        again = (draft.plan.lasting[name] for name in order.stale)
        for need in (*draft.missing(), *(need for need in again if draft.is_asked(need))):
            if need.due and not draft.is_decided(need.name):
                yield need.name, need.due, None
    for name in order.holds:
        if due := draft.plan.holds[name].due:
            yield name, due, order.holds[name].since


def _tend_named(draft: Draft, clock: Clock, *, afresh: bool) -> None:
    cycle = draft.order.clocks.get(clock.name)
    if cycle is None:
        heard = draft.facts.count(clock.until) if clock.until else 0
        if has_begun(draft, clock) and counts(draft, clock) and not is_over(draft, clock, heard):
            _tend(draft, clock.name, clock.due, None, heard=heard, afresh=afresh)
    elif cycle.met is not None:
        return
    elif is_over(draft, clock, cycle.heard):
        over = cycle._replace(met=draft.now, since=None, due=None, wake=None, mark="")
        put_clock(draft, clock.name, over, "met", f"{clock.name}.met", lapse=acts_of(draft, clock))
    elif not counts(draft, clock):
        _go_unseen(draft, clock.name, first(clock.due, draft.facts), cycle)
        _listen(draft, clock, is_due=False)
    elif not _listen(draft, clock, is_due=True):
        _tend(draft, clock.name, clock.due, cycle.began, afresh=afresh)


def _tend(
    draft: Draft,
    key: str,
    due: tuple[Due, ...],
    begun: int | None,
    *,
    heard: int = 0,
    afresh: bool = False,
) -> None:
    """Bring one clock up to date that is asked for now. Without `begun` it begins once it has a length."""
    known = draft.order.clocks.get(key)
    if known is not None and not afresh and _runs_on(draft, due, known):
        return
    course, begins = course_of(draft, due), draft.now if begun is None else begun
    cycle = known or Cycle(begins, begins, heard=heard)
    if course is None:
        if known is not None or begun is not None:
            _go_unseen(draft, key, first(due, draft.facts), cycle, forget=True)
        return
    still = stopped_by(draft, key, course.row)
    if not cycle.basis:
        _start(draft, key, course, cycle, still=still)
    elif still:
        if cycle.since is not None:
            put_clock(draft, key, stopped(course, cycle, draft.now), "stopped", by=still)
    elif cycle.since is None:
        cycle = cycle._replace(since=draft.now)
        go_on = anew(course, cycle, draft.now) if course.basis != cycle.basis else running(course, cycle)
        put_clock(draft, key, go_on, "resumed")
    elif afresh or course.basis != cycle.basis:
        moved = anew(course, cycle, draft.now)
        if moved != cycle:
            put_clock(draft, key, moved, "moved")


def _runs_on(draft: Draft, due: tuple[Due, ...], cycle: Cycle) -> bool:
    """Whether a clock runs as before, without a look at the data: so it is with most, at most decisions."""
    runs = cycle.since is not None and cycle.basis
    return bool(runs) and len(due) == 1 and due[0].is_steady and not draft.order.holds


def _go_unseen(draft: Draft, key: str, row: Due, cycle: Cycle, *, forget: bool = False) -> None:
    """Let a clock go on that does not count now: holds stop it as ever, but it is not due and nothing rings.
    Where its length or date is gone, its lateness is forgotten with it.
    """
    known, still = draft.order.clocks.get(key), stopped_by(draft, key, row)
    if known is None and not still:  # it has run since it began, which needs no record
        return
    cycle = seen(cycle)
    if still and cycle.since is not None:
        cycle = stopped(Course(row, ""), cycle, draft.now)
    elif not still and cycle.since is None:
        cycle = cycle._replace(since=draft.now)
    if forget:
        rung = tuple(name for name in cycle.rung if not is_lateness(name))
        cycle = cycle._replace(late=False, over=(), rung=rung)
    if (cycle := unseen(cycle)) != known:
        did = "off" if known is None or known.basis else "stopped" if still else "resumed"
        put_clock(draft, key, cycle, did, by=still)


def _start(draft: Draft, key: str, course: Course, cycle: Cycle, *, still: str) -> None:
    """Start a clock, or let it count again as though it had never ceased to."""
    again = key in draft.order.clocks
    cycle = seen(cycle)
    if cycle.since is None:
        cycle = cycle._replace(since=draft.now)
    begun = anew(course, cycle, draft.now)
    if still:
        begun = stopped(course, begun, draft.now)
    moments = () if again else (f"{key.partition('.')[0]}.started",)
    put_clock(draft, key, begun, "started", *moments, by=still)


def _listen(draft: Draft, clock: Clock, *, is_due: bool) -> bool:
    """Begin a silence anew, be it unseen, if somebody has spoken. Whether it was so."""
    cycle, row = draft.order.clocks[clock.name], clock.due[-1]
    if row.silent_for is None or (touched := last_touch(draft, clock)) <= cycle.began:
        return False
    fresh, course = Cycle(touched, touched, heard=cycle.heard), course_of(draft, clock.due)
    assert course is not None, "a silence has a length"
    if is_due:
        fresh = running(course, fresh._replace(basis=course.basis))
    if still := stopped_by(draft, clock.name, row):
        fresh = stopped(course, fresh, draft.now)
    put_clock(draft, clock.name, fresh, "restarted", by=still)
    return True
