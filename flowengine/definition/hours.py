"""How hours and days of a calendar are written: `09:00-12:00`, `mon-fri`, `2026-02-16..2026-02-23`.

Used by the check of calendars and by what makes them; a wrong text is a ValueError, and often a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

CLOSED: Final = "closed"
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY: Final = 24 * 60
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""What lies outside is a slip of the pen; the years within are few enough to be listed day by day."""

Shift = tuple[int, int]
"""From and until so many minutes after midnight; a shift that goes on overnight ends after 1440."""

_SHIFT: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)")
_TIME: Final = r"(\d{1,2})(?:[:.h\uff1a]?(\d{2}))?"
_LOOSE: Final = re.compile(rf"{_TIME}\s*(?:-|\u2013|\u2014|\uff0d|~|\uff5e|\.\.|\u81f3|\u5230|to)\s*{_TIME}")
_LOOSE_DAY: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_EVENING: Final = "18:00"
_WEEKDAY_NAME: Final = re.compile(r"[a-z]+")


def shift(text: str) -> Shift:
    """The shift that `text` says: overnight if it ends before it begins. Raises ValueError."""
    match = _SHIFT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    begin = 60 * int(match[1]) + int(match[2])
    end = 60 * int(match[3]) + int(match[4]) if match[3] else DAY
    if begin == end:
        raise ValueError(text)
    return begin, end if end > begin else end + DAY


def minutes(text: str) -> int:
    """The minutes after midnight of a time of day such as `09:00`."""
    hour, _, minute = text.partition(":")
    return 60 * int(hour) + int(minute)


def written(said: Shift) -> str:
    """A shift as it is written in a file."""
    begin, end = said[0] % DAY, said[1] % DAY or DAY
    return f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}"


def hours(texts: tuple[str, ...]) -> tuple[Shift, ...]:
    """The shifts of a day, in the order of the day; none if it is closed. Raises ValueError."""
    return () if texts == (CLOSED,) else tuple(sorted(map(shift, texts)))


def weekdays(text: str) -> tuple[int, ...]:
    """The days of the week of `mon` or `mon-fri`, Monday being 0; `sun-thu` goes over the end of the week.

    Raises ValueError.
    """
    first, dash, last = text.partition("-")
    if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
        raise ValueError(text)
    start = WEEKDAYS.index(first)
    number = (WEEKDAYS.index(last) - start) % len(WEEKDAYS) if dash else 0
    return tuple((start + each) % len(WEEKDAYS) for each in range(number + 1))


def dates(text: str) -> tuple[date, date]:
    """The first and the last day of `2026-02-14` or `2026-02-16..2026-02-23`. Raises ValueError."""
    first, dots, last = text.partition("..")
    start = _day(first)
    return start, _day(last) if dots else start


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day from the first to the last."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def likely_shift(text: str) -> str | None:
    """The shift that was probably meant: `9-12` and `9.00 to 12.00` are 09:00-12:00.

    Nobody can say of `9-5` when it ends: that it goes on overnight is believed of evenings only.
    """
    match = _LOOSE.fullmatch(text.strip())
    if match is None:
        return None
    begin, end = (f"{int(match[n]):02}:{match[n + 1] or '00'}" for n in (1, 3))
    return _if_right(shift, f"{begin}-{end}") if begin < end or begin >= _EVENING else None


def likely_weekdays(text: str) -> str | None:
    """The days of the week that were probably meant: `Monday-Friday` and `mon..fri` are mon-fri."""
    names = [name[:3] for name in _WEEKDAY_NAME.findall(text.lower()) if name not in ("to", "through")]
    return _if_right(weekdays, "-".join(names))


def likely_dates(text: str) -> str | None:
    """The days that were probably meant: `2026/2/16 - 2026/2/23` is 2026-02-16..2026-02-23."""
    found = [f"{int(year)}-{int(month):02}-{int(day):02}" for year, month, day in _LOOSE_DAY.findall(text)]
    return _if_right(dates, "..".join(found))


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def _if_right(reading: Callable[[str], object], text: str) -> str | None:
    try:
        reading(text)
    except ValueError:
        return None
    return text
