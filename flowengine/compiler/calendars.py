"""The calendars of a process as values that can be reckoned with, from its words. Used by `compile`."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from flowengine.calendars.calendar import Calendar, always
from flowengine.definition import words
from flowengine.definition.calendar_references import days_of, week_of
from flowengine.definition.scope import zone_of


def calendars_of(process: words.Process) -> Mapping[str, Calendar]:
    """The calendars of a sound process, by name."""
    return {name: _calendar(calendar) for name, calendar in (process.calendars or {}).items()}


def calendar_of(process: words.Process, calendars: Mapping[str, Calendar]) -> Calendar:
    """The calendar of a process, of those that it has; of one that names none, every hour is worked."""
    return calendars[process.calendar] if process.calendar else always(zone_of(process))


def _calendar(calendar: words.Calendar) -> Calendar:
    return Calendar(
        name=calendar.name,
        zone=ZoneInfo(calendar.zone),
        week=week_of(calendar),
        days=days_of(calendar),
        country="" if calendar.holidays == "none" else calendar.holidays,
    )
