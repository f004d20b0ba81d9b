"""Where a day begins and ends. Instants are milliseconds UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=4096)
def start_of_day(day: date, zone: ZoneInfo) -> int:
    """The first millisecond of `day` in `zone`."""
    return milliseconds(datetime.combine(day, time(), tzinfo=zone))


@lru_cache(maxsize=4096)
def end_of_day(day: date, zone: ZoneInfo) -> int:
    """The last millisecond of `day` in `zone`: work done then is in time, the next instant is late."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    return milliseconds(midnight) - 1


def milliseconds(instant: datetime) -> int:
    """An aware datetime as milliseconds UTC. Raises ValueError for one without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    since = instant.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return since // timedelta(milliseconds=1)


def local(at: int, zone: ZoneInfo) -> datetime:
    """The instant as people in `zone` read it."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)
