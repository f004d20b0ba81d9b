"""People as a process names them: whoever opened the order, a field of type `person`, who did a need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.four_eyes import CREATOR, done_by_somebody
from flowengine.definition.lane_references import REQUESTER
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.scope import (
    clocks_of,
    every_action,
    fields_of,
    needs_of,
    outcomes_of,
    owner_rows,
    tasks_of,
)
from flowengine.definition.words import HEAD, Name, Process

_DOER = ".by"
_OWNER = ".owner"


def doer_of(who: str) -> str:
    """The need of `NEED.by`: whoever did it; empty for any other name."""
    return who.removesuffix(_DOER) if who.endswith(_DOER) else ""


def innermost(who: Name) -> Name:
    """Whose head a name means, where it means one: `creator` of `head_of: {head_of: creator}`."""
    return innermost(Name.at(who.removesuffix(HEAD), who.place)) if who.endswith(HEAD) else who


def is_person(process: Process, who: str) -> bool:
    """Whether a name means a person of the order rather than a role."""
    if who in process.roles or who == CUSTOMER:
        return False
    return who == CREATOR or bool(doer_of(who)) or who in fields_of(process)


def roles_among(process: Process, names: Iterable[Name]) -> list[Name]:
    """Those names that must be roles."""
    found = map(innermost, names)
    return [name for name in found if not (is_owner(name) or is_person(process, name))]


def is_owner(who: str) -> bool:
    """Whether a name means whoever owns the place where it stands, or that of another place."""
    return who == "owner" or who.endswith(_OWNER)


def people_findings(process: Process) -> Iterator[Finding]:
    """Fields that hold no person, needs that nobody does, and owners of no place."""
    fields, doable = fields_of(process), done_by_somebody(process)
    places = {*process.stages, *(task.name for _, task in tasks_of(process))}
    owners = [row.to for row in owner_rows(process)]
    for named in owners:
        if is_owner(who := innermost(named)):
            yield Finding("FE783", who.place, {"owner": str(who)})
    for named in (*owners, *inside(process), *anywhere(process)):
        who = innermost(named)
        if who is not named and (who in process.roles or who == CUSTOMER):
            yield Finding("FE630", who.place, {"role": str(who)})
        if need := doer_of(who):
            if need not in doable:
                yield unknown("FE528", who.place, need, doable)
        elif who.endswith(_OWNER):
            place = who.removesuffix(_OWNER)
            if place not in places:
                yield unknown("FE202", who.place, place, places)
        elif is_person(process, who) and who in fields and fields[who].type != "person":
            yield Finding("FE527", who.place, {"field": who, "type": fields[who].type})


def people_of(process: Process) -> set[str]:
    """Everybody inside who may be named by a word alone: roles, and people of the order."""
    return {
        *process.roles,
        CREATOR,
        *(name for name, field in fields_of(process).items() if field.type == "person"),
    }


def inside(process: Process) -> Iterator[Name]:
    """Every place that names somebody who must be inside: who does, decides, owns, or has work passed on."""
    for _, need in needs_of(process):
        yield from (*need.by, *need.waive)
    for action in every_action(process):
        yield from action.by
        yield from [action.assign] if action.assign and action.assign != REQUESTER else []
    yield from (clock.owner for _, clock in clocks_of(process) if clock.owner)
    for hold in (process.holds or {}).values():
        yield from (*hold.by, *([hold.owner] if hold.owner else []))
    for approval in (process.approvals or {}).values():
        yield from approval.copy
        yield from (who for step in approval.steps for who in (*step.roles, *step.veto))


def anywhere(process: Process) -> Iterator[Name]:
    """Every place that names somebody who may be the customer as well."""
    for _, need in needs_of(process):
        yield from need.confirm or ()
    for _, outcome in outcomes_of(process):
        yield from outcome.by
    for action in every_action(process):
        yield from (who for who in action.notify if who != REQUESTER)
    for hold in (process.holds or {}).values():
        yield from hold.release.by if hold.release else ()
    for field in fields_of(process).values():
        yield from field.changes.by if field.changes else ()
