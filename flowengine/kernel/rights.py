"""Least privilege: which fields a person sees in an order and how, which they may write, who opens orders.

The one place that knows; readers hide by it, commands are refused by it. The host itself may everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flowengine.compiler.plan import Need, Plan, Rights
from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.role_references import ALL
from flowengine.errors import EvaluationFailed
from flowengine.kernel.choices import chances
from flowengine.kernel.commands import Amend, Choose, Command, Confirm, Principal, Refuse, Release
from flowengine.kernel.decision import Blocker
from flowengine.kernel.order import Order
from flowengine.kernel.standing import Standing
from flowengine.kernel.work import Reading, asked

ALWAYS_SEEN: Final = STAYING | SET_BY_THE_PROCESS
"""What kind of order it is, and how urgent: lists are sorted by it."""
_CREATE: Final = "create"


def hidden(plan: Plan, order: Order | None, by: Principal) -> frozenset[str]:
    """The fields of `order` that `by` may not see; `plan` is that of its type. A link stands for all that is
    read of its orders; of a field of theirs that `by` does not see over there the name is `original.amount`.

    Without an order nobody has open work, and only what roles always see is left.
    """
    if by.is_system:
        return frozenset()
    there = frozenset(_hidden_there(order, by)) if order else frozenset()
    try:
        return _hidden_here(plan, order, by) | there
    except EvaluationFailed:  # where nobody can say whose work something is, it is nobody's
        return _hidden_here(plan, None, by) | there


def _hidden_there(order: Order, by: Principal) -> Iterator[str]:
    for others in (order.linked, order.coming):
        for name, says in ((name, says) for name, each in others.items() for says in each.values()):
            seen = says.get("seen", {})
            yield from (f"{name}.{field}" for field, roles in seen.items() if by.roles.isdisjoint(roles))


def _hidden_here(plan: Plan, order: Order | None, by: Principal) -> frozenset[str]:
    if not (plan.is_guarded or is_outside(plan, by)):
        return frozenset()
    held = _held(plan, by)
    seen = {name for each in held for name in (*each.sees, *each.edits)}
    standing = None if order is None else Reading(plan, order)
    for name, amending in plan.amending.items():
        if by.role_among(standing.found(amending.by) if standing else amending.by):
            seen.add(name)
    if ALL in seen:
        return frozenset()
    if standing is not None and standing.order.status == "open":
        seen |= set(_mentioned(standing, by))
    return frozenset((*plan.fields, *plan.links)) - seen - ALWAYS_SEEN


def masked(plan: Plan, by: Principal) -> frozenset[str]:
    """The private fields of which `by` sees a mask in place of the value, where they are not hidden."""
    if by.is_system or not plan.private:
        return frozenset()
    seen = {name for each in _held(plan, by) for name in each.unmasked}
    return frozenset() if ALL in seen else frozenset(plan.private) - seen


def may_not_create(plan: Plan, by: Principal) -> tuple[Blocker, ...]:
    """Why `by` may open no order: other roles do."""
    openers = tuple(role for role, rights in plan.rights.items() if _CREATE in rights.may)
    if not openers or by.role_among(openers):
        return ()
    return (Blocker("may_not_create", owner=openers),)


def is_outside(plan: Plan, by: Principal) -> bool:
    """Whether `by` is the customer and nobody else: they see what they are asked about, and no more."""
    return CUSTOMER in by.roles and by.roles.isdisjoint(plan.roles)


def may_speak(by: Principal, command: Command) -> bool:
    """Whether the customer may give such a command; the process says about what."""
    return CUSTOMER in by.roles and isinstance(command, Confirm | Refuse | Choose | Release | Amend)


def _held(plan: Plan, by: Principal) -> list[Rights]:
    return [rights for role, rights in plan.rights.items() if role in by.roles]


def _mentioned(standing: Standing, by: Principal) -> Iterator[str]:
    """The fields that the open work of `by` speaks of."""
    for need in _parts(asked(standing)):
        if by.role_among(standing.entitled(need)):
            yield from (need.field, *need.covers, *need.asks)
            for condition in (need.that, need.when):
                yield from condition.names if condition else ()
    for chance in chances(standing):
        if by.role_among(standing.entitled(chance.outcome, chance.name)):
            yield from chance.outcome.edits
            for need in _parts(chance.outcome.needs):
                yield need.field


def _parts(needs: Iterable[Need]) -> Iterator[Need]:
    for need in needs:
        yield need
        yield from _parts(need.any)
