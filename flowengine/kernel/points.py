"""Points in time that the order's data decide: an opening, an end of choosing, a date that was promised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.calendars.days import end_of_day, milliseconds, start_of_day
from flowengine.definition.moments import Point
from flowengine.definition.values import LAST_YEAR, load
from flowengine.kernel.standing import Standing

LATEST: Final = end_of_day(date(LAST_YEAR, 12, 31), ZoneInfo("UTC"))
"""No point in time comes later: a length after a date of the last year has no instant of its own."""


def instant_of(standing: Standing, point: Point, *, end: bool) -> int | None:
    """The instant of a point in time; None while its field is empty or its moment has not come.

    A date means its last instant where something ends then (`end`), else its first.
    """
    if point.is_field:
        at = _instant(standing, point.base, end=end)
    else:
        moment = standing.facts.value(point.base)
        at = milliseconds(moment) if isinstance(moment, datetime) else None
    return None if at is None else min(at + point.shift, LATEST)


def is_over(standing: Standing, until: Point, now: int) -> bool:
    """Whether a point up to which something may be done lies behind: at its own instant there is still time,
    but once a moment itself has come there is none.
    """
    at = instant_of(standing, until, end=True)
    if at is None:
        return False
    return at < now or (at == now and not (until.is_field or until.shift))


def _instant(standing: Standing, field: str, *, end: bool) -> int | None:
    value = load(standing.plan.fields[field], standing.order.fields.get(field))
    if isinstance(value, datetime):
        return milliseconds(value)
    if not isinstance(value, date):
        return None
    return (end_of_day if end else start_of_day)(value, standing.plan.zone)
