"""Rows of time, from words to what the kernel reckons with: lengths, calendars, marks in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol, cast

from flowengine.calendars.calendar import Calendar
from flowengine.calendars.cron import Cron
from flowengine.calendars.periods import Period, Span
from flowengine.compiler.action import Action
from flowengine.compiler.due import AT_DUE, Due, Mark
from flowengine.definition import words
from flowengine.definition.deeds import Ladder, ladder
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length, length
from flowengine.definition.moments import Point
from flowengine.definition.spans import is_span
from flowengine.definition.thresholds import Ahead, ahead_of, buffer_of
from flowengine.definition.words import Name

_SPANS = ("workday", "day", "week", "month")


class Site(Protocol):
    """Where rows of time stand: it reads what is written there, and knows the calendar that counts."""

    @property
    def calendar(self) -> Calendar:
        """The calendar of rows that name none."""

    @property
    def default(self) -> words.DefaultDue | None:
        """What stands under every row."""

    def calendar_of(self, name: Name | None) -> Calendar:
        """The calendar of that name, or the one of rows that name none."""

    def expression(self, written: words.Written | None) -> Expression | None:
        """A condition, read."""

    def point(self, written: Name | None) -> Point | None:
        """A point in time, read."""

    def actions(self, actions: Iterable[words.Action]) -> tuple[Action, ...]:
        """What is done there."""

    def rises(self, action: words.Action) -> Iterable[Length]:
        """How late a clock is when the exception that it has raised rises."""


def rows_of(site: Site, rows: Iterable[words.Due]) -> tuple[Due, ...]:
    """Rows of a due time."""
    return tuple(_row(site, row) for row in rows)


def _row(site: Site, row: words.Due) -> Due:
    within, lasts, (stretch, extra) = _length(row.within), _field(row.within), buffer_of(row.buffer)
    return Due(
        line=row.place.line,
        calendar=site.calendar_of(row.calendar),
        marks=_marks(site, ladder(site.default, row), _stretched(within, row.buffer)),
        within=within,
        lasts=lasts,
        by=site.point(row.by),
        stretch=stretch,
        extra=extra,
        pause=site.expression(row.pause),
        when=site.expression(row.when),
    )


def deferred(site: Site, need: words.Need) -> tuple[Due, ...]:
    """The time after which a deferred need is owed."""
    assert need.defer is not None
    marks = _marks(site, ladder(site.default, None), need.defer)
    return (Due(line=need.place.line, calendar=site.calendar, marks=marks, within=need.defer),)


def of_clock(site: Site, clock: words.Clock) -> tuple[Due, ...]:
    """The rows of a clock: what it says of itself holds for each of them."""
    calendar = site.calendar_of(clock.calendar)
    stretch, extra = buffer_of(clock.buffer)
    pause = site.expression(clock.pause)
    row = Due(clock.place.line, calendar, (), stretch=stretch, extra=extra, pause=pause)
    steps = ladder(None, clock)
    if clock.every:
        time = clock.by[0].by if clock.by else None
        every = period_of(clock.every, time, calendar)
        return (replace(row, every=every, marks=_marks(site, steps, None)),)
    if clock.silent_for:
        marks = _marks(site, steps, clock.silent_for)
        return (replace(row, silent_for=clock.silent_for, marks=marks),)
    return tuple(_of_rows(site, clock, steps, row))


def _of_rows(site: Site, clock: words.Clock, steps: Ladder, row: Due) -> Iterator[Due]:
    for each in clock.within:
        within = _length(each.within)
        yield replace(
            row,
            line=each.place.line,
            when=site.expression(each.when),
            marks=_marks(site, steps, _stretched(within, clock.buffer)),
            within=within,
            lasts=_field(each.within),
        )
    for point in clock.by:
        marks = _marks(site, steps, None)
        at, when = site.point(point.by), site.expression(point.when)
        yield replace(row, line=point.place.line, when=when, by=at, marks=marks)


def _length(written: Length | Name | None) -> Length | None:
    return written if isinstance(written, Length) else None


def _field(written: Length | Name | None) -> str:
    return "" if written is None or isinstance(written, Length) else str(written)


def _stretched(total: Length | None, buffer: Name | None) -> Length | None:
    stretch, extra = buffer_of(buffer)
    if total is None:
        return None
    return Length(total.amount * stretch // 100 + (extra.amount if extra else 0), total.unit)


def period_of(every: Name, time: Name | None, calendar: Calendar) -> Period:
    """The period that is written so; `time` is that of a day."""
    hours, minutes = (int(part) for part in time.split(":")) if time else (0, 0)
    by = hours * 60 + minutes if time else None
    if every in _SPANS:
        return Period(calendar, cast(Span, str(every)), by)
    if is_span(every):
        return Period(calendar, length(every))
    return Period(calendar, Cron(every, calendar.zone))


def _marks(site: Site, steps: Ladder, total: Length | None) -> tuple[Mark, ...]:
    """Every mark, in the order in which they come; warnings or rows at one instant are one."""
    warned: dict[Ahead, list[words.Action]] = defaultdict(list)
    for warn in steps.warn:
        warned[ahead_of(warn.at)] += warn.then
    late: dict[Length | None, list[words.Action]] = {None: []}
    for row in steps.late:
        late.setdefault(row.over, []).extend(row.actions)
        for action in row.actions:
            for over in site.rises(action):
                if row.over is None or row.over.unit != over.unit or row.over.amount < over.amount:
                    late.setdefault(over, []).append(action)
    return (
        *(
            Mark(str(ahead), "warn", *ahead, site.actions(warned[ahead]))
            for ahead in sorted(warned, key=lambda ahead: _position(ahead, total))
        ),
        *(
            Mark(f"+{over}" if over else AT_DUE, "late", away=over, then=_then(site, late[over], over))
            for over in sorted(late, key=lambda over: over.amount if over else 0)
        ),
    )


def _then(site: Site, actions: list[words.Action], over: Length | None) -> tuple[Action, ...]:
    return tuple(replace(each, over=over) if each.raises else each for each in site.actions(actions))


def _position(ahead: Ahead, total: Length | None) -> tuple[int, int]:
    """Where a warning lies; where nobody knows how long the time is, shares come before lengths."""
    if ahead.away:
        return (1, -ahead.away.amount) if total is None else (0, total.amount - ahead.away.amount)
    assert ahead.share is not None
    return 0, ahead.share if total is None else total.amount * ahead.share // 100
