"""A mark of a clock has come: a warning, lateness, the cut-off of a duty. Recorded, told, and acted upon."""

from __future__ import annotations

from functools import partial
from typing import Any

from flowengine.compiler.due import AT_DUE, Mark
from flowengine.compiler.plan import Clock, Due
from flowengine.kernel.doing import perform
from flowengine.kernel.draft import Draft
from flowengine.kernel.duties import next_window, open_window, period_of
from flowengine.kernel.order import OPENING
from flowengine.kernel.reckoning import Course, course_of, set_mark
from flowengine.kernel.standing import first
from flowengine.kernel.state import Cycle, plain
from flowengine.kernel.timed import put_clock


def ring(draft: Draft, key: str, now: int) -> None:
    """Let the mark ring for which a clock is set. `now` is when it is noticed: what a later mark of the same
    clock has overtaken by then is told to nobody.
    """
    clock, cycle = draft.clock(key), draft.order.clocks[key]
    if clock is not None and clock.due[-1].every is not None:
        if cycle.mark == OPENING:
            open_window(draft, clock)
            return
        if cycle.mark == AT_DUE:
            _miss(draft, clock, cycle, now)
            return
    rows = clock.due if clock else rows_of(draft, key)
    row = first(rows, draft.facts)
    mark = next((each for each in row.marks if each.name == cycle.mark), None)
    course = Course(row, "", until=cycle.due) if row.every is not None else course_of(draft, rows)
    if mark is None or course is None:  # its row has changed at this very instant
        put_clock(draft, key, cycle._replace(wake=None, mark=""), "moved")
        return
    rung = cycle._replace(rung=(*cycle.rung, mark.name), late=cycle.late or mark.kind == "late")
    after = set_mark(course, rung)
    _record(draft, key, mark, after, overtaken=_is_overtaken(row, mark, after, now))


def _is_overtaken(row: Due, mark: Mark, after: Cycle, now: int) -> bool:
    """Whether a later mark that has come too tells what this one would. Lateness itself is always told."""
    if mark.name == AT_DUE or after.wake is None or after.wake > now:
        return False
    later = next(each for each in row.marks if each.name == after.mark)
    return later.kind == "warn" or later.name == AT_DUE or any(action.notify for action in later.then)


def rows_of(draft: Draft, key: str) -> tuple[Due, ...]:
    """The rows of time of a stage, task, need or hold."""
    order, plan = draft.order, draft.plan
    if key == order.stage:
        return draft.stage.due
    if key in order.holds:
        return plan.holds[key].due
    if key in order.tasks:
        task = plan.task(key)
        return task.due if task else ()
    need = plan.lasting.get(key) if key in order.deferred else draft.doable(key)
    return need.due if need else ()


def _record(draft: Draft, key: str, mark: Mark, cycle: Cycle, *, overtaken: bool) -> None:
    order, thing = draft.order, key.partition(".")[0]
    data: dict[str, Any] = {"stage": order.stage, "clock": key, "due": cycle.due, **_what(draft, key)}
    if mark.kind == "warn":
        draft.emit("warned", f"{thing}.warned", mark=mark.name, state=plain(cycle), **data)
        told = () if mark.then else draft.owners_at(key)
    elif mark.away is not None:
        draft.emit("later", mark=mark.name, state=plain(cycle), **data)
        told = ()
    else:
        draft.emit("late", f"{thing}.late", state=plain(cycle), **data)
        told = draft.owners_at(key)
    about = "warned" if mark.kind == "warn" else "late"
    draft.tell(told, about, overtaken=overtaken, **data)
    draft.act(
        partial(perform, actions=mark.then, about=about, where=thing, told=told, overtaken=overtaken, **data)
    )


def _miss(draft: Draft, clock: Clock, cycle: Cycle, now: int) -> None:
    """A duty was not done in its window. Of several windows that nobody noticed, the last is told."""
    assert cycle.due is not None
    assert cycle.wake is not None
    # Only up to what comes next by itself: it may end the duty.
    others = [alarm.wake_at for alarm in draft.order.alarms() if alarm.name != clock.name]
    most = None if clock.at_most is None else clock.at_most - cycle.round + 1
    missed = period_of(draft, clock).skip_to(cycle.due, max(min((now, *others)), cycle.wake), most)
    overtaken = missed.next.due_at < now and missed.number != most
    row = first(clock.due, draft.facts)
    data: dict[str, Any] = {"stage": draft.order.stage, "clock": clock.name, "due": missed.last_due}
    if missed.number > 1:
        data |= {"missed": missed.number, "first": missed.first_due}
    draft.turn_to(max(missed.last_due, draft.now))
    over = cycle._replace(wake=None, mark="")
    draft.emit("late", f"{clock.name}.late", state=plain(over), **data)
    told = draft.owners_at(clock.name)
    draft.tell(told, "late", overtaken=overtaken, **data)
    then = tuple(action for mark in row.marks if mark.name == AT_DUE for action in mark.then)
    next_window(draft, clock, missed.next, missed.number)
    draft.act(
        partial(perform, actions=then, about="late", where=clock.name, told=told, overtaken=overtaken, **data)
    )


def _what(draft: Draft, key: str) -> dict[str, str]:
    """What kind of thing a clock belongs to, for those who tell about it."""
    order = draft.order
    if key in order.tasks:
        return {"task": key}
    if key == order.stage or key in order.holds or draft.clock(key):
        return {}
    return {"need": key}
