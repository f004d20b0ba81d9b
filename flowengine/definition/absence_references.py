"""People who are written down, and the days on which they are away: what is wrong with either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from flowengine.definition.calendar_references import date_findings
from flowengine.definition.findings import Finding, Place, unknown
from flowengine.definition.hours import dates
from flowengine.definition.outsiders import HOST_IDS
from flowengine.definition.persons import is_plain
from flowengine.definition.words import Name, Person, Process

NOBODY: Final = "nobody"
"""Who stands in where nobody does."""


def absence_findings(process: Process) -> Iterator[Finding]:
    """People who are not written down where others are, and absences that nobody can make sense of."""
    people = process.people
    if people is None:
        return
    for role in process.roles.values():
        for member in role.members:
            if member not in people:
                yield unknown("FE529", member.place, member, people)
    for person in people.values():
        if person.name == NOBODY:
            yield Finding("FE205", person.place, {"word": NOBODY})
        for substitute in (person.away or {}).values():
            if substitute == person.name:
                yield Finding("FE530", substitute.place, {"person": person.name})
            elif substitute != NOBODY and substitute not in people:
                yield unknown("FE529", substitute.place, substitute, {*people, NOBODY})
        if person.head == person.name:
            yield Finding("FE632", person.head.place, {"person": person.name})
        elif person.head and person.head not in people:
            yield unknown("FE529", person.head.place, person.head, people)
        said: dict[object, Name] = {}
        for days in person.away or {}:
            yield from date_findings(days, said)


def absences_of(person: Person) -> Iterator[tuple[date, date, str]]:
    """The first and the last day of each absence of a sound person, and who stands in; empty for nobody."""
    for days, substitute in (person.away or {}).items():
        yield (*dates(days), "" if substitute == NOBODY else str(substitute))


def member_findings(process: Process) -> Iterator[Finding]:
    """Members of whom one is written twice, and names under which nobody acts."""
    for role in process.roles.values():
        for number, member in enumerate(role.members):
            if member in role.members[:number]:
                yield Finding("FE781", member.place, {"person": member, "role": role.name})
            yield from _nobody(member, member.place)
    for person in (process.people or {}).values():
        yield from _nobody(person.name, person.place)


def _nobody(name: str, place: Place) -> Iterator[Finding]:
    if name in HOST_IDS or name.startswith("@") or not is_plain(name):
        yield Finding("FE782", place, {"person": name})
