"""Cron expressions on the clock on the wall: each time of day comes once, whatever the clocks do.

A time that is skipped in spring comes at the end of the gap; one that repeats in autumn comes the first time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from flowengine.calendars.clocks import DAY, ahead_of_utc, day_of, instant_of, local_midnight, steady
from flowengine.definition.cron_text import cron_fields

_MINUTE: Final = 60_000
_YEARS: Final = 9


@dataclass(frozen=True, slots=True)
class Cron:
    """Times by a cron expression of five fields in a zone. Raises ValueError for one that never comes."""

    text: str
    zone: ZoneInfo

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", cron_fields(self.text))

    def next_after(self, at: int) -> int:
        """The first time after an instant."""
        for day in self._days(self._day(at) - timedelta(days=1), 1):
            found = self._on(day)
            if found[-1] > at:
                return found[bisect_right(found, at)]
        raise AssertionError(self.text)

    def last_before(self, at: int) -> int:
        """The last time before an instant."""
        for day in self._days(self._day(at) + timedelta(days=1), -1):
            found = self._on(day)
            if found[0] < at:
                return found[bisect_left(found, at) - 1]
        raise AssertionError(self.text)

    def count(self, first: int, last: int) -> int:
        """How many times there are from `first` to `last`, both included; one step for each day."""
        number = 0
        for day in self._days(self._day(first) - timedelta(days=1), 1):
            found = self._on(day)
            if found[0] > last:
                break
            number += bisect_right(found, last) - bisect_left(found, first)
        return number

    def _day(self, at: int) -> date:
        return day_of(at + ahead_of_utc(self.zone, at))

    def _on(self, day: date) -> list[int]:
        """The times of a day, one after the other; several that are skipped are one."""
        midnight, minutes = local_midnight(day), _minutes(self.text)
        stretches = steady(self.zone, midnight - DAY, midnight + 2 * DAY)
        if len(stretches) == 1:
            start = midnight - stretches[0].ahead
            return [start + minute * _MINUTE for minute in minutes]
        return sorted({instant_of(midnight + minute * _MINUTE, stretches) for minute in minutes})

    def _days(self, start: date, step: int) -> Iterator[date]:
        """The days of the expression from `start` on, or back from it."""
        from croniter import croniter  # noqa: PLC0415 - 20 ms that few need

        dates = "0 0 " + " ".join(self.text.split()[2:])
        edge = datetime.combine(start - timedelta(days=step), time())
        walk: Any = croniter(dates, edge, max_years_between_matches=_YEARS)
        while True:
            yield (walk.get_next(datetime) if step > 0 else walk.get_prev(datetime)).date()


@cache
def _minutes(text: str) -> tuple[int, ...]:
    """The minutes of a day at which the expression comes."""
    from croniter import croniter  # noqa: PLC0415 - as above

    minutes, hours = croniter.expand(text)[0][:2]
    return tuple(sorted(60 * hour + minute for hour in _every(hours, 24) for minute in _every(minutes, 60)))


def _every(values: list[Any], number: int) -> list[int]:
    return [*range(number)] if "*" in values else [int(value) for value in values]
