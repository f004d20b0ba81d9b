"""Working calendars: how much working time lies between two instants, and when so much of it has passed.

A calendar is a value: it is made of the words of a process and asked by the kernel. Instants are
milliseconds UTC. It knows no clock; what it has worked out once it keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from flowengine.calendars.axes import CHAPTER, Chapter, Stretch
from flowengine.calendars.clocks import (
    DAY,
    Steady,
    ahead_of_utc,
    day_of,
    instant_near,
    instant_of,
    local_midnight,
    steady,
)
from flowengine.definition.lengths import Unit
from flowengine.definition.public_holidays import (
    KNOWN_ANYWHERE,
    PublicDay,
    certain_until,
    is_unannounced,
    public_days,
)
from flowengine.errors import EvaluationFailed

Shift = tuple[int, int]
"""Minutes after midnight; what goes on past midnight ends after 1440."""
Hours = tuple[Shift, ...]
Why = Literal["weekday", "holiday", "make_up", "override", "always"]

ALL_DAY: Final[Hours] = ((0, 1440),)
_MINUTE: Final = 60_000
_MARGIN: Final = 3 * DAY
"""Shifts and changes of the clocks that begin before a chapter reach into it no farther."""
_EMPTY_CHAPTERS: Final = -(-366 * DAY // CHAPTER)
_MOST_CHAPTERS: Final = 150
"""Half a century: a length of ten years that takes longer is worked by nobody."""
_FIRST_INSTANT: Final = local_midnight(date.min) + _MARGIN
_LAST_INSTANT: Final = local_midnight(date.max) - _MARGIN
_SURELY_KNOWN: Final = local_midnight(KNOWN_ANYWHERE)
"""Before it no zone has a day that nobody has announced."""


class NoWorkingTime(EvaluationFailed):
    """The calendar holds no working time for 366 days, or too little. Give its `week` more hours."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is a workday or not: `holiday` names the public holiday, `stands_for` the day made up for."""

    why: Why
    holiday: PublicDay | None = None
    stands_for: date | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hours of work in a zone: `week` from Monday to Sunday, and `days` that are said otherwise.

    `country` has public holidays, or is empty; `anytime` marks the calendar of a process that names none.
    """

    name: str
    zone: ZoneInfo
    week: tuple[Hours, ...]
    days: Mapping[date, Hours] = field(default_factory=dict, hash=False)
    country: str = ""
    anytime: bool = False
    _working: dict[int, Chapter] = field(default_factory=dict, init=False, repr=False, compare=False)
    _days: dict[int, Chapter] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[type[Calendar], tuple[object, ...]]:
        """A copy is made of what the calendar says, and works out for itself what follows."""
        return Calendar, (self.name, self.zone, self.week, self.days, self.country, self.anytime)

    def add(self, at: int, amount: int, unit: Unit) -> int:
        """The first instant from `at` on by which `amount` of the unit has passed. Raises NoWorkingTime."""
        if unit == "elapsed":
            return at + max(amount, 0)
        if amount <= 0:
            return at
        number = at // CHAPTER
        target = self._chapter(number, unit).position(at) + amount
        for chapter in self._chapters(number, 1, unit):
            if target <= chapter.total:
                return chapter.first(target)
            target -= chapter.total
        raise NoWorkingTime

    def opens(self, at: int) -> int:
        """The first instant from `at` on that is worked. Raises NoWorkingTime."""
        return self.add(at, 1, "working") - 1

    def between(self, start: int, end: int, unit: Unit) -> int:
        """How many milliseconds of the unit lie between two instants; 0 if `end` is not after `start`."""
        if end <= start:
            return 0
        if unit == "elapsed":
            return end - start
        first, last = start // CHAPTER, end // CHAPTER
        passed = self._chapter(last, unit).position(end) - self._chapter(first, unit).position(start)
        return passed + sum(self._chapter(number, unit).total for number in range(first, last))

    def before(self, at: int, amount: int, unit: Unit) -> int:
        """The last instant from which `amount` of the unit passes until `at`. Raises NoWorkingTime."""
        if unit == "elapsed":
            return at - max(amount, 0)
        if amount <= 0:
            return at
        number = at // CHAPTER
        latest = self._chapter(number, unit)
        target = latest.position(at) - latest.total - amount
        for chapter in self._chapters(number, -1, unit):
            target += chapter.total
            if target >= 0:
                return chapter.last(target)
        raise NoWorkingTime

    def hours(self, day: date) -> Hours:
        """The shifts that begin on `day`, as local minutes after its midnight."""
        said = self.days.get(day)
        if said is not None:
            return said
        public = public_days(self.country, day.year).get(day)
        if public is None:
            return self.week[day.weekday()]
        return self.week[public.instead_of.weekday()] if public.instead_of else ()

    def shifts(self, day: date) -> tuple[tuple[int, int], ...]:
        """The shifts that begin on `day`, as instants; one that the clocks swallow is left out."""
        midnight = local_midnight(day)
        stretches = steady(self.zone, midnight - _MARGIN, midnight + _MARGIN)
        return tuple(_instants(midnight, self.hours(day), stretches))

    def is_workday(self, day: date) -> bool:
        """Whether any work is done on `day`."""
        return bool(self.hours(day))

    def next_workday(self, day: date) -> date:
        """`day` if it is a workday, else the first after it. Raises NoWorkingTime."""
        for number in range(367):
            if self.is_workday(found := day + timedelta(number)):
                return found
        raise NoWorkingTime

    def last_workday(self, first: date, last: date) -> date | None:
        """The last workday of those from `first` to `last`, if there is one."""
        days = (last - timedelta(number) for number in range((last - first).days + 1))
        return next((day for day in days if self.is_workday(day)), None)

    def reason(self, day: date) -> Reason:
        """Why `day` has the hours that it has."""
        public = public_days(self.country, day.year).get(day)
        if self.anytime:
            return Reason("always")
        if day in self.days:
            return Reason("override", public)
        if public is None:
            return Reason("weekday")
        return Reason("make_up" if public.is_work else "holiday", public, public.instead_of)

    @property
    def certain_until(self) -> date | None:
        """The last day for which the public holidays are announced; None where there are none."""
        return certain_until(self.country)

    def doubt(self, at: int) -> date | None:
        """The last certain day, where an instant lies beyond it; None where all is known up to it."""
        if not self.country or at < _SURELY_KNOWN:
            return None
        day = day_of(at + ahead_of_utc(self.zone, at))
        return self.certain_until if is_unannounced(self.country, day) else None

    def at_time(self, day: date, minutes: int) -> int:
        """The first instant at which the clocks show so many minutes after the midnight of `day`."""
        return instant_near(self.zone, local_midnight(day), minutes * _MINUTE)

    def start_of_day(self, day: date) -> int:
        """The first instant of `day`."""
        return self.at_time(day, 0)

    def end_of_day(self, day: date) -> int:
        """The last millisecond of `day`."""
        return self.start_of_day(day + timedelta(days=1)) - 1

    def _chapters(self, number: int, step: int, unit: Unit) -> Iterator[Chapter]:
        """The chapters from one on, or back from it, until there is no hope any more."""
        empty = 0
        for each in range(number, number + step * _MOST_CHAPTERS, step):
            chapter = self._chapter(each, unit)
            yield chapter
            empty = 0 if chapter.total else empty + 1
            if empty > _EMPTY_CHAPTERS:
                return

    def _chapter(self, number: int, unit: Unit) -> Chapter:
        known = self._working if unit == "working" else self._days
        found = known.get(number)
        if found is None:
            found = known[number] = self._worked_out(number, unit)
        return found

    def _worked_out(self, number: int, unit: Unit) -> Chapter:
        start, end = number * CHAPTER - _MARGIN, (number + 1) * CHAPTER + _MARGIN
        if not _FIRST_INSTANT < start < end < _LAST_INSTANT:
            raise NoWorkingTime
        stretches = steady(self.zone, start, end)
        axis = self._working_axis if unit == "working" else self._days_axis
        return Chapter(number, axis(stretches))

    def _working_axis(self, stretches: tuple[Steady, ...]) -> list[Stretch]:
        """Shifts one after the other; where two overlap the later begins when the earlier ends."""
        found: list[Stretch] = []
        position, reached = 0, stretches[0].start
        last = local_midnight(day_of(stretches[-1].end + stretches[-1].ahead))
        midnight = local_midnight(day_of(stretches[0].start + stretches[0].ahead))
        while midnight <= last:
            for start, end in _instants(midnight, self.hours(day_of(midnight)), stretches):
                begin = max(start, reached)
                if begin < end:
                    found.append(Stretch(begin, end, position))
                    position += end - begin
                    reached = end
            midnight += DAY
        return found

    def _days_axis(self, stretches: tuple[Steady, ...]) -> list[Stretch]:
        """The clock on the wall over workdays: it jumps where an hour is skipped, waits where one repeats.

        A day reaches to its last millisecond; its end is the first instant that belongs to another.
        """
        found: list[Stretch] = []
        shown = stretches[0].start + stretches[0].ahead
        position, today = 0, day_of(shown)
        for each in stretches:
            shown, last = max(shown, each.start + each.ahead), each.end + each.ahead
            while shown < last:
                day = day_of(shown)
                if day != today:
                    position, today = position + DAY * self.is_workday(today), day
                midnight, start = local_midnight(day), shown - each.ahead
                shown = min(midnight + DAY, last)
                if self.is_workday(day):
                    passed = start + each.ahead - midnight
                    found.append(Stretch(start, shown - each.ahead - 1, position + passed))
                else:
                    found.append(Stretch(start, start, position))
        return found


def _instants(midnight: int, hours: Hours, stretches: tuple[Steady, ...]) -> list[tuple[int, int]]:
    found = []
    for begin, finish in hours:
        start = instant_of(midnight + begin * _MINUTE, stretches)
        end = instant_of(midnight + finish * _MINUTE, stretches)
        if start < end:
            found.append((start, end))
    return found


def always(zone: ZoneInfo) -> Calendar:
    """The calendar of a process that names none: every hour of every day is one of work."""
    return Calendar("", zone, (ALL_DAY,) * 7, anytime=True)
