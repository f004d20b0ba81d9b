"""People as a process names them: whoever opened the order, a field of type `person`, who did a need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.four_eyes import CREATOR, done_by_somebody
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.scope import (
    addressees,
    every_action,
    fields_of,
    needs_of,
    outcomes_of,
    owner_rows,
)
from flowengine.definition.words import Name, Process

_DOER = ".by"


def doer_of(who: str) -> str:
    """The need of `NEED.by`: whoever did it; empty for any other name."""
    return who.removesuffix(_DOER) if who.endswith(_DOER) else ""


def is_person(process: Process, who: str) -> bool:
    """Whether a name means a person of the order rather than a role."""
    if who in process.roles or who == CUSTOMER:
        return False
    return who == CREATOR or bool(doer_of(who)) or who in fields_of(process)


def roles_among(process: Process, names: Iterable[Name]) -> list[Name]:
    """Those names that must be roles."""
    return [name for name in names if not is_person(process, name)]


def people_findings(process: Process) -> Iterator[Finding]:
    """Fields that hold no person, and needs that nobody does."""
    fields, doable = fields_of(process), done_by_somebody(process)
    for who in _named(process):
        if need := doer_of(who):
            if need not in doable:
                yield unknown("FE528", who.place, need, doable)
        elif is_person(process, who) and who in fields and fields[who].type != "person":
            yield Finding("FE527", who.place, {"field": who, "type": fields[who].type})


def _named(process: Process) -> Iterator[Name]:
    """Every place where a person may be named instead of a role."""
    for _, need in needs_of(process):
        yield from need.by
    for _, outcome in outcomes_of(process):
        yield from outcome.by
    for action in every_action(process):
        yield from action.by
    yield from (row.to for row in owner_rows(process))
    yield from addressees(process)
