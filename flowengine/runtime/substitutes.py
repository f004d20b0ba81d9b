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


def absent_for(directory: Directory | None, plan: Plan, by: Principal, now: int) -> Absent:
    """Those of the roles of a process who are away, and for whom `by` stands in.

    A seat may be that of a person: whoever holds no role that the directory knows is not found here.
    """
    is_away = directory is not None or any(plan.away.values())
    signs = bool(plan.lanes) or any(each.has_approvals for each in plan.every)
    if by.is_system or not (is_away and signs):
        return NOBODY
    known = directory or KnownPeople(plan.members, plan.away, plan.heads_of)
    found = {role: tuple(away_for(known, known.members(role) or (), by.id, now)) for role in plan.roles}
    people = dict.fromkeys(person for away in found.values() for person in away)
    others = away_for(known, (person for person in plan.away if person not in people), by.id, now)
    return {
        **{role: away for role, away in found.items() if away},
        **{at(person): (person,) for person in (*people, *others)},
    }


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
