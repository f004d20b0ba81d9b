"""Arithmetic of clocks: how much time is left on one, when it is due, and which of its marks comes next.

The time used on a clock is that of its unit over the stretches in which it ran (ServiceNow's rule); the due
instant is what is left, added by the calendar to where it runs on. So pauses and holidays may come in any
order, and what is left stays exact.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.due import AT_DUE, Due, Mark, basis_of
from flowengine.definition.lengths import Length, Unit
from flowengine.kernel.points import instant_of
from flowengine.kernel.standing import Standing, first
from flowengine.kernel.state import Cycle, Spent

_PLACE: Final[dict[Unit, int]] = {"elapsed": 0, "working": 1, "days": 2}


class Course(NamedTuple):
    """The row of time that counts for an order, with its whole length, or the instant by which it ends."""

    row: Due
    basis: str
    total: Length | None = None
    until: int | None = None


def course_of(standing: Standing, rows: tuple[Due, ...]) -> Course | None:
    """The row that counts now; None while the field that says how long or until when is empty."""
    row = rows[0] if len(rows) == 1 else first(rows, standing.facts)
    mark = "0:" if row is rows[0] else f"{next(n for n, each in enumerate(rows) if each is row)}:"
    if row.by is not None:
        until = instant_of(standing, row.by, end=True)
        return None if until is None else Course(row, f"{mark}{until}", until=until)
    if row.whole is not None:
        return Course(row, mark + row.basis, row.whole)
    length = standing.order.fields.get(row.lasts)
    if not isinstance(length, int):
        return None
    total = row.stretched(Length(length))
    return Course(row, mark + basis_of(total), total)


def course_as(rows: tuple[Due, ...], basis: str) -> Course:
    """The course that `basis` names, as `course_of` wrote it; that of a duty has neither length nor end."""
    number, _, rest = basis.partition(":")
    if not rest:
        return Course(rows[-1], basis)
    row, amount = rows[int(number)], rest.rstrip("ewd")
    if amount == rest:
        return Course(row, basis, until=int(rest))
    unit = next(unit for unit in _PLACE if unit[0] == rest[-1])
    return Course(row, basis, Length(int(amount), unit))


def running(course: Course, cycle: Cycle) -> Cycle:
    """The cycle with its due instant and its next mark, as it runs from `since` on."""
    due = cycle.due if cycle.late and cycle.due is not None else _due(course, cycle)
    return _due_at(course, cycle, due)


def anew(course: Course, cycle: Cycle, now: int) -> Cycle:
    """The cycle after its length, row or date has changed. Lateness that is undone may come again."""
    due = _due(course, cycle)
    if cycle.late:
        if cycle.due is not None and due == cycle.since:
            due = min(due, cycle.due)  # used up before it last stood still: it was due back then
        if due >= now:
            rung = tuple(name for name in cycle.rung if not is_lateness(name))
            cycle = cycle._replace(late=False, over=(), rung=rung)
    return _due_at(course, cycle, due)


def set_mark(course: Course, cycle: Cycle) -> Cycle:
    """The cycle with the mark that rings next, and when; of two at one instant, the first that is written."""
    wake, mark = _next_mark(course, cycle, cycle.due)
    return cycle._replace(wake=wake, mark=mark)


def _due_at(course: Course, cycle: Cycle, due: int) -> Cycle:
    wake, mark = _next_mark(course, cycle, due)
    return cycle._replace(due=due, wake=wake, mark=mark, basis=course.basis, doubt=course.row.doubt(due))


def _next_mark(course: Course, cycle: Cycle, due: int | None) -> tuple[int | None, str]:
    next_at: int | None = None
    name, is_late = "", False
    for mark in course.row.marks:
        if mark.name in cycle.rung:
            continue
        at = _instant(course, cycle, due, mark)
        if at is not None and (next_at is None or at < next_at):
            next_at, name, is_late = at, mark.name, mark.kind == "late"
    # Late is strictly after due: work done at the very instant is in time.
    return (None, "") if next_at is None else (next_at + is_late, name)


def stopped(course: Course, cycle: Cycle, now: int) -> Cycle:
    """The cycle standing still from `now` on, with all the time that it has used."""
    assert cycle.since is not None
    calendar, due = course.row.calendar, cycle.due
    still = cycle._replace(since=None, wake=None, mark="", used=_plus(cycle.used, calendar, cycle.since, now))
    if not cycle.late or due is None:
        return still._replace(due=None)
    return still._replace(over=_plus(cycle.over, calendar, max(cycle.since, due), now))


def unseen(cycle: Cycle) -> Cycle:
    """The cycle as it goes on while it is not due: nothing rings, and what is late keeps when it fell due."""
    fell = cycle.due if cycle.late else None
    return cycle._replace(due=None, fell=fell, wake=None, mark="", basis="")


def seen(cycle: Cycle) -> Cycle:
    """The cycle before it went on unseen: with the due instant, if it is late."""
    return cycle if cycle.fell is None else cycle._replace(due=cycle.fell, fell=None)


def left(course: Course, cycle: Cycle, now: int) -> Length | None:
    """How much time is left on a clock at `now`; None for one that ends at an instant, or has ended."""
    if course.total is None:
        return None
    unit = course.total.unit
    used = spent(cycle.used, unit)
    if cycle.since is not None:
        used += course.row.calendar.between(cycle.since, now, unit)
    return Length(max(course.total.amount - used, 0), unit)


def spent(spent: Spent, unit: Unit) -> int:
    """The time of one unit in what has been spent."""
    return spent[_PLACE[unit]] if spent else 0


def is_lateness(mark: str) -> bool:
    """Whether the mark of that name lies at the due instant or after it."""
    return mark == AT_DUE or mark.startswith("+")


def _due(course: Course, cycle: Cycle) -> int:
    if course.total is None:
        assert course.until is not None
        return course.until
    return _from(course, cycle, course.total.amount)


def _from(course: Course, cycle: Cycle, amount: int) -> int:
    """The instant at which so much time will have passed on the clock; at once where it has."""
    assert course.total is not None
    assert cycle.since is not None
    unit = course.total.unit
    return course.row.calendar.add(cycle.since, max(amount - spent(cycle.used, unit), 0), unit)


def _instant(course: Course, cycle: Cycle, due: int | None, mark: Mark) -> int | None:
    """When a mark rings; None for a warning of what is late already, and for what comes after lateness."""
    if mark.kind == "late":
        return _late_at(course, cycle, due, mark) if cycle.late or mark.name == AT_DUE else None
    return None if cycle.late or due is None else _warn_at(course, cycle, due, mark)


def _late_at(course: Course, cycle: Cycle, due: int | None, mark: Mark) -> int | None:
    away = mark.away
    if away is None or due is None or cycle.since is None:
        return due
    used = spent(cycle.over, away.unit)
    return course.row.calendar.add(max(cycle.since, due), max(away.amount - used, 0), away.unit)


def _warn_at(course: Course, cycle: Cycle, due: int, mark: Mark) -> int:
    calendar, away, total = course.row.calendar, mark.away, course.total
    if away is not None:
        if total is not None and total.unit == away.unit:
            return _from(course, cycle, max(total.amount - away.amount, 0))
        return calendar.before(due, away.amount, away.unit)
    assert mark.share is not None
    if total is not None:
        return _from(course, cycle, total.amount * mark.share // 100)
    return cycle.began + max(due - cycle.began, 0) * mark.share // 100


def _plus(spent: Spent, calendar: Calendar, start: int, end: int) -> Spent:
    was = spent or (0, 0, 0)
    if calendar.anytime:
        return (was[0] + calendar.between(start, end, "elapsed"), was[1], was[2])
    units: tuple[Unit, ...] = ("elapsed", "working", "days")
    return tuple(before + calendar.between(start, end, unit) for before, unit in zip(was, units, strict=True))
