"""The clocks of a zone: which instant a local time is, over every change of summer and winter time.

Local times are milliseconds since 1970-01-01 as the clocks on the wall count them, instants the same in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAY: Final = 86_400_000
_SECOND: Final = 1_000
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAWN: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Steady(NamedTuple):
    """A stretch of time, `start <= instant < end`, in which the clocks are ahead of UTC by `ahead`."""

    start: int
    end: int
    ahead: int


def local_midnight(day: date) -> int:
    """The local time at which `day` begins."""
    return (day.toordinal() - _EPOCH) * DAY


def day_of(local: int) -> date:
    """The day of a local time."""
    return date.fromordinal(local // DAY + _EPOCH)


def steady(zone: ZoneInfo, start: int, end: int) -> tuple[Steady, ...]:
    """The stretches between two instants over which the clocks of `zone` run evenly."""
    found: list[Steady] = []
    begun, ahead = start, ahead_of_utc(zone, start)
    for change in _changes(zone, start, end):
        found.append(Steady(begun, change, ahead))
        begun, ahead = change, ahead_of_utc(zone, change)
    return (*found, Steady(begun, end, ahead))


def instant_of(local: int, stretches: tuple[Steady, ...]) -> int:
    """The first instant at which the clocks show `local` or later, of those that the stretches span.

    A time that is skipped in spring is the end of the gap; one that comes twice in autumn is the first.
    """
    for each in stretches:
        if local - each.ahead < each.end:
            return max(local - each.ahead, each.start)
    return stretches[-1].end


@lru_cache(maxsize=4096)
def instant_near(zone: ZoneInfo, midnight: int, later: int) -> int:
    """The first instant at which the clocks show so much later than a local midnight, be it on a day after.

    Duties ask for the same few times of day again and again.
    """
    return instant_of(midnight + later, steady(zone, midnight - 3 * DAY, midnight + 3 * DAY))


def ahead_of_utc(zone: ZoneInfo, at: int) -> int:
    """By how many milliseconds the clocks of `zone` are ahead of UTC at an instant."""
    moment = (_DAWN + timedelta(milliseconds=at)).astimezone(zone)
    ahead = moment.utcoffset()
    assert ahead is not None, "an aware datetime"
    return ahead // timedelta(milliseconds=1)


def _changes(zone: ZoneInfo, start: int, end: int) -> Iterator[int]:
    """The instants at which the clocks are put forward or back; no zone does so twice within a day."""
    before, known = start, ahead_of_utc(zone, start)
    while before < end:
        after = min(before + DAY, end)
        ahead = ahead_of_utc(zone, after)
        if ahead != known:
            yield _first_with(zone, ahead, before, after)
        before, known = after, ahead


def _first_with(zone: ZoneInfo, ahead: int, before: int, after: int) -> int:
    """Zones change on whole seconds: what lies between is halved until one second is left."""
    low, high = before // _SECOND, -(-after // _SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if ahead_of_utc(zone, middle * _SECOND) == ahead else (middle, high)
    return high * _SECOND
