"""The orders with which a new one is linked: found, read as far as its process says, and never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flowengine.compiler.plan import Link, Plan
from flowengine.definition.inner import name_of
from flowengine.definition.inner.exceptions import JOINED, RAISED_AS
from flowengine.definition.inner.exceptions import LINK as CASES
from flowengine.definition.private import token_of
from flowengine.definition.values import load
from flowengine.kernel.commands import Create, Principal, Raise, Request
from flowengine.kernel.linking import seen_there, wanted, written
from flowengine.kernel.order import Order
from flowengine.kernel.raising import told_case
from flowengine.kernel.rights import hidden
from flowengine.runtime.admission import GREATEST_ID
from flowengine.runtime.catalog import Catalog, may_read
from flowengine.runtime.ports import Definitions, Writer
from flowengine.runtime.privacy.vault import Person
from flowengine.runtime.rows import OrderRow


@dataclass(frozen=True, slots=True)
class Acquainted:
    """A request to open an order, with what the linked orders say; `person` is the one of whom they tell, and
    `texts` are the private values that are copied of them, in the open until they are sealed. `hidden` is
    what `by` does not see of them over there: the fields here into which it is copied, and `original.amount`.
    """

    request: Request
    person: Person | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Partner:
    """One linked order, read."""

    id: int
    plan: Plan
    order: Order


def acquaint(unit: Writer, catalog: Catalog, plan: Plan, request: Request) -> Acquainted:
    """The request with what the linked orders say of themselves; one that `by` may not read is not found."""
    command = request.command
    assert isinstance(command, Create)
    linked: dict[str, Mapping[str, Any]] = {}
    copies: dict[str, Any] = {}
    texts: dict[str, str] = {}
    unseen: set[str] = set()
    person: Person | None = None
    for name, ref in command.links.items():
        link = plan.links.get(name)
        other = _partner(unit, catalog, link, ref, request.by) if link and not link.many else None
        if link is None or other is None:
            continue
        says = _says(link, other)
        if link.known_there_as == CASES:
            told = told_case(other.order, command.values.get(RAISED_AS))
            says["fields"] |= told
            copies["tier"] = told.get("least_tier")
        linked[name] = {"order": other.id, "says": says}
        there_hidden = hidden(other.plan, other.order, request.by)
        unseen |= {f"{name}.{read}" for read in link.reads if read in there_hidden}
        unseen |= {here for here, there in link.copies.items() if there in there_hidden}
        for here, there in link.copies.items():
            value = other.order.fields.get(there)
            if token := token_of(value):
                found = unit.subjects([token.subject])
                person = catalog.vault.person(found[0]) if found else None
                if person and here in plan.private:
                    texts[here] = person.opened(other.plan.process, token)
            elif value is not None and there in other.plan.fields:
                copies[here] = written(load(other.plan.fields[there], value))
    found_out = replace(command, linked=linked, copies=copies)
    unseen -= command.values.keys()  # what they have said themselves they know
    return Acquainted(replace(request, command=found_out), person, texts, frozenset(unseen))


def joining(
    unit: Definitions, find: Callable[[int], OrderRow | None], catalog: Catalog, plan: Plan, request: Request
) -> Request:
    """The request with what the case says that it is to join; one that `by` may not read says nothing, and
    neither does an order that is no case of this process.
    """
    command = request.command
    if not isinstance(command, Raise):
        return request
    says: dict[str, Any] = {}
    row = find(command.case) if isinstance(command.case, int) and 0 < command.case <= GREATEST_ID else None
    if row is not None and row.process == name_of(plan.process, CASES):
        case, order = catalog.plan(unit, row.definition_id), Order.load(row.state)
        if may_read(case, request.by):
            says = case_says(plan, case, order)
    return replace(request, command=replace(command, joined=says))


def case_says(plan: Plan, case: Plan, order: Order) -> dict[str, Any]:
    """What a case says of itself to an order of `plan` that joins it."""
    says = seen_there(case, order, wanted(plan, CASES))
    return {**says, "as": JOINED, "wants": wanted(case, JOINED)}


def _partner(unit: Writer, catalog: Catalog, link: Link, ref: Any, by: Principal) -> _Partner | None:
    found = unit.find(ref, None) if isinstance(ref, int) and not isinstance(ref, bool) else None
    if found is None or found.row.process not in link.process:
        return None
    plan = catalog.plan(unit, found.row.definition_id)
    if not may_read(plan, by):
        return None
    order = Order.load(found.row.state)
    return _Partner(found.row.id, plan.of(order.fields, order.overlays), order)


def _says(link: Link, other: _Partner) -> dict[str, Any]:
    """What the other order says of itself, and what it wants to hear of this one."""
    there = link.known_there_as
    says = seen_there(other.plan, other.order, list(link.reads))
    return {**says, "as": there, "wants": wanted(other.plan, there)}
