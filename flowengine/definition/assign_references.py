"""To whom work is dealt out: roles that there are, rows that always decide, and no circle of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.task_references import row_findings
from flowengine.definition.words import Process, Role

ROUND_ROBIN: Final = "round_robin"
LEAST_BUSY: Final = "least_busy"
POOLED: Final = (ROUND_ROBIN, LEAST_BUSY)
"""How one of the people who hold a role is chosen."""


def assign_findings(process: Process) -> Iterator[Finding]:
    """Roles that do not exist, last rows with a condition, teams that pass work round in a circle."""
    for role in process.roles.values():
        for row in role.assign:
            if row.to not in POOLED and row.to not in process.roles:
                yield unknown("FE525", row.to.place, row.to, {*POOLED, *process.roles})
        yield from row_findings(role.name, "assign", role.assign)
        if circle := _circle(process, role):
            yield Finding("FE526", role.assign[0].place, {"roles": circle})


def _circle(process: Process, role: Role) -> tuple[str, ...]:
    """The roles through which work of this one comes back to it; told at the first of them in the file."""
    ways: list[tuple[str, ...]] = [(role.name,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for row in process.roles[way[-1]].assign if way[-1] in process.roles else ():
            if row.to == role.name:
                return way if role.name == next(name for name in process.roles if name in way) else ()
            if row.to not in seen:
                seen.add(row.to)
                ways.append((*way, str(row.to)))
    return ()
