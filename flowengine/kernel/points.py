"""Points in time that the order's data decide: an opening, an end of choosing, a date that was promised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.calendars.days import end_of_day, milliseconds, start_of_day
from flowengine.definition.moments import Point
from flowengine.definition.values import LAST_YEAR
from flowengine.kernel.standing import Standing

LATEST: Final = end_of_day(date(LAST_YEAR, 12, 31), ZoneInfo("UTC"))
"""No point in time comes later: a length after a date of the last year has no instant of its own."""


def instant_of(standing: Standing, point: Point, *, end: bool) -> int | None:
    """The instant of a point in time; None while its field is empty or its moment has not come.

    A date means its last instant where something ends then (`end`), else its first.
    """
    base = standing.facts.value(point.base)
    if isinstance(base, datetime):
        at = milliseconds(base)
    elif isinstance(base, date):
        at = (end_of_day if end else start_of_day)(base, standing.plan.zone)
    else:
        return None
    return min(at + point.shift, LATEST)


def is_over(standing: Standing, until: Point, now: int) -> bool:
    """Whether a point up to which something may be done lies behind: at its own instant there is still time,
    but once a moment itself has come there is none.
    """
    at = instant_of(standing, until, end=True)
    if at is None:
        return False
    return at < now or (at == now and not (until.is_field or until.shift))
