"""How the calendar opens orders of a process: when, and with what they begin."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.calendars.periods import Period
from flowengine.definition.expressions import Expression


@dataclass(frozen=True, slots=True)
class Opened:
    """An order is opened whenever a period begins, at its time of day; `sets` are fields with values."""

    period: Period
    sets: tuple[tuple[str, Expression], ...]
    line: int
