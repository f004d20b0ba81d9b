"""The calendars of a process as values that can be reckoned with, from its words. Used by `compile`."""

from __future__ import annotations

from collections.abc import Mapping

from flowengine.calendars.calendar import Calendar, always
from flowengine.definition import words
from flowengine.definition.scope import zone_of


def calendars_of(process: words.Process) -> Mapping[str, Calendar]:
    """The calendars of a sound process, by name."""
    return {}


def calendar_of(process: words.Process, calendars: Mapping[str, Calendar]) -> Calendar:
    """The calendar of a process, of those that it has; of one that names none, every hour is worked."""
    return always(zone_of(process))
