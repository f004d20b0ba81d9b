"""For whom somebody stands in: their seats in approvals wait for the substitute while they are away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from flowengine.compiler.plan import Plan
from flowengine.kernel.addressees import at
from flowengine.kernel.commands import Principal
from flowengine.kernel.order import Order
from flowengine.kernel.rounds.voting import Person, who_votes
from flowengine.runtime.directory import Directory, KnownPeople
from flowengine.runtime.pools import away_for

Absent = Mapping[str, tuple[str, ...]]
"""The people who are away, by the role or person (`@wang`) whose seats somebody may answer for them."""
NOBODY: Final[Absent] = {}


def seats_people(plan: Plan) -> bool:
    """Whether a seat in an approval may be that of a person, who perhaps holds no role."""
    return plan.names_people and _signs(plan)


def absent_for(
    directory: Directory | None, plan: Plan, by: Principal, now: int, seated: Iterable[str] = ()
) -> Absent:
    """Those of the roles of a process who are away, and for whom `by` stands in; and of the people `seated`,
    for whom something waits.
    """
    is_away = directory is not None or any(plan.away.values())
    if by.is_system or not (is_away and _signs(plan)):
        return NOBODY
    known = directory or KnownPeople(plan.members, plan.away, plan.heads_of)
    found = {role: tuple(away_for(known, known.members(role) or (), by.id, now)) for role in plan.roles}
    people = dict.fromkeys(person for away in found.values() for person in away)
    named = (*plan.away, *(seated if seats_people(plan) else ()))
    others = away_for(known, [person for person in dict.fromkeys(named) if person not in people], by.id, now)
    return {
        **{role: away for role, away in found.items() if away},
        **{at(person): (person,) for person in (*people, *others)},
    }


def _signs(plan: Plan) -> bool:
    return bool(plan.lanes) or any(each.has_approvals for each in plan.every)


def stood_in_for(order: Order, name: str, role: str, by: Principal, absent: Absent) -> str:
    """For whom `by` answers a seat of that role in the round of that need; empty where for nobody."""
    ballot = order.rounds.get(name)
    if ballot is None:
        return ""
    stand_ins = (Person(by.id, {role}, away) for away in absent.get(role, ()))
    who = who_votes(ballot, Person(by.id, by.addressees), stand_ins)
    return who.stands_for


def addressees(absent: Iterable[Absent]) -> frozenset[str]:
    """The roles and people whose seats somebody may answer."""
    return frozenset(name for each in absent for name in each)
