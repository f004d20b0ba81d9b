"""A stretch of working time day by day: what was counted on each, or why it was passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flowengine.calendars.calendar import Calendar, Reason
from flowengine.calendars.clocks import ahead_of_utc, day_of
from flowengine.definition.lengths import Length, Unit


@dataclass(frozen=True, slots=True)
class Day:
    """What a day gave a clock, which is nothing on a day off, and why the day has the hours that it has."""

    day: date
    counted: Length
    reason: Reason


def days_of(calendar: Calendar, start: int, end: int, unit: Unit) -> tuple[Day, ...]:
    """The days from `start` to `end`, in the calendar's zone; none for elapsed time, which never stops."""
    if unit == "elapsed" or calendar.anytime:
        return ()
    return tuple(_days(calendar, start, end, unit))


def _days(calendar: Calendar, start: int, end: int, unit: Unit) -> Iterator[Day]:
    day = day_of(start + ahead_of_utc(calendar.zone, start))
    while start < end:
        following = min(calendar.start_of_day(day + timedelta(days=1)), end)
        counted = Length(calendar.between(start, following, unit), unit)
        yield Day(day, counted, calendar.reason(day))
        start, day = following, day + timedelta(days=1)
