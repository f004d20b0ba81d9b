"""Calendars as the tests of time need them, and local times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flowengine.calendars.calendar import Calendar, Hours

OFFICE: Hours = ((540, 720), (810, 1080))
CLOSED: Hours = ()
SHANGHAI = ZoneInfo("Asia/Shanghai")
CN_OFFICE = Calendar("cn_office", SHANGHAI, ((OFFICE,) * 5 + (CLOSED, CLOSED)), country="CN")
NEW_YORK = Calendar("new_york", ZoneInfo("America/New_York"), ((((540, 1020),),) * 5 + (CLOSED, CLOSED)))
NIGHTS = Calendar("nights", ZoneInfo("Europe/Berlin"), (((1320, 1800),),) * 7)
ALL_DAY = Calendar("all_day", ZoneInfo("Europe/Berlin"), (((0, 1440),),) * 7)


def at(calendar: Calendar, local: str, *, fold: int = 0) -> int:
    """The instant of a local time, `2026-02-13 16:00`, the first of two or the second."""
    shown = datetime.fromisoformat(local).replace(tzinfo=calendar.zone, fold=fold)
    return round(shown.timestamp() * 1000)


def told(calendar: Calendar, instant: int) -> str:
    """An instant as the clocks on the wall show it, to the minute, `24:00` for the end of a day."""
    shown = datetime.fromtimestamp(instant / 1000, UTC).astimezone(calendar.zone)
    return f"{shown:%Y-%m-%d %H:%M}"
