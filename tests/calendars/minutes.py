"""A calendar counted minute by minute: slow, and so plain that it can be believed."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flowengine.calendars.calendar import Calendar, Hours
from flowengine.definition.lengths import Unit

MINUTE = 60_000
DAY = 86_400_000
ZONES = (
    "Asia/Shanghai",
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # at midnight
    "America/Havana",
    "Pacific/Chatham",
    "America/St_Johns",
    "Asia/Beirut",
    "America/Santiago",
    "Africa/Casablanca",  # twice a year the other way round
)
TIMES = (0, 30, 60, 90, 120, 150, 180, 300, 540, 720, 810, 1080, 1320, 1380, 1439)


def a_calendar(dice: random.Random) -> Calendar:
    """Any calendar: shifts overnight and overlapping, closed days, half days, public holidays."""
    week = tuple(some_hours(dice) for _ in range(7))
    week = week if any(week) else (((540, 1020),), *week[1:])
    day = date(2020, 1, 1) + timedelta(days=dice.randrange(366 * 7))
    days = {day + timedelta(days=number): some_hours(dice) for number in range(dice.randrange(12))}
    return Calendar("any", ZoneInfo(dice.choice(ZONES)), week, days, dice.choice(("", "CN")))


def some_hours(dice: random.Random) -> Hours:
    """None, one, two or three shifts."""
    shifts = []
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        begin = dice.choice(TIMES)
        length = dice.choice((30, 60, 180, 270, 480, 600, 1440 - begin or 1440))
        shifts.append((begin, begin + length))
    return tuple(sorted(shifts))


class Minutes:
    """The minutes from one instant to another, each worked or not, and what the clock on the wall shows."""

    def __init__(self, calendar: Calendar, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self._calendar = calendar
        self._shown = [
            datetime.fromtimestamp(at / 1000, UTC).astimezone(calendar.zone).replace(tzinfo=None)
            for at in range(start, end + 1, MINUTE)
        ]
        # The first minute by which the clocks have shown a time: the latest that they have shown so far.
        self._latest = self._shown[:]
        for at in range(1, len(self._latest)):
            self._latest[at] = max(self._latest[at - 1], self._latest[at])
        days = sorted({shown.date() for shown in self._shown})
        self._workdays = {day: number for number, day in enumerate(filter(calendar.is_workday, days))}
        self._before = {day: sum(other < day for other in self._workdays) for day in days}
        worked = [False] * len(self._shown)
        for day in (days[0] - timedelta(days=1), *days):
            for begin, finish in calendar.hours(day):
                for minute in range(self._first(day, begin), self._first(day, finish)):
                    worked[minute] = True
        self._sums = [0]
        for each in worked:
            self._sums.append(self._sums[-1] + MINUTE * each)

    def position(self, at: int, unit: Unit) -> int:
        """How far the axis of the unit has come at an instant."""
        minute, rest = divmod(at - self.start, MINUTE)
        if unit == "working":
            worked = self._sums[minute + 1] - self._sums[minute]
            return self._sums[minute] + (rest if worked else 0)
        shown = self._shown[minute] + timedelta(milliseconds=rest)
        if minute:
            shown = max(shown, self._latest[minute - 1] + timedelta(milliseconds=MINUTE - 1))
        number = DAY * self._before[shown.date()]
        if shown.date() not in self._workdays:
            return number
        return number + (shown - datetime.combine(shown.date(), time())) // timedelta(milliseconds=1)

    def between(self, start: int, end: int, unit: Unit) -> int:
        """What `Calendar.between` promises."""
        return max(0, self.position(end, unit) - self.position(start, unit)) if end > start else 0

    def add(self, at: int, amount: int, unit: Unit) -> int | None:
        """What `Calendar.add` promises, found by halves; None if it lies beyond the minutes."""
        return self._first_at(lambda x: self.between(at, x, unit) >= amount, at)

    def _first_at(self, holds: Callable[[int], bool], low: int) -> int | None:
        if holds(low):
            return low
        high = self.end - MINUTE
        if not holds(high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle, high)
        return high

    def _first(self, day: date, minutes: int) -> int:
        """The first minute at which the clocks show so many minutes after the midnight of a day, or later."""
        return bisect_left(self._latest, datetime.combine(day, time()) + timedelta(minutes=minutes))
