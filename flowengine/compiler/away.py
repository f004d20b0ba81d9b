"""When the people of a process are away, as instants, from its words. Used by `compile` and the directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flowengine.calendars.days import end_of_day, start_of_day
from flowengine.definition import words
from flowengine.definition.absence_references import absences_of


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is away from the first until the last of its milliseconds (UTC), and who stands in, if
    anybody does.
    """

    first: int
    last: int
    substitute: str


def away_of(process: words.Process, zone: ZoneInfo) -> Mapping[str, tuple[Away, ...]]:
    """When the people of a sound process are away, whoever is known; some never are."""
    return {
        name: tuple(
            Away(start_of_day(first, zone), end_of_day(last, zone), substitute)
            for first, last, substitute in absences_of(person)
        )
        for name, person in (process.people or {}).items()
    }
