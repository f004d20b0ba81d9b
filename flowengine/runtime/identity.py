"""What makes an order the same as an earlier one: the values of the fields that are `unique`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flowengine.compiler.plan import Plan
from flowengine.definition.private import Token, token_of
from flowengine.definition.values import Stored
from flowengine.runtime.ports import Reader
from flowengine.runtime.rows import OrderRow

NO_BLINDS: Final[Mapping[str, str]] = MappingProxyType({})


def identity_text(
    plan: Plan, values: Mapping[str, Stored], blinds: Mapping[str, str] = NO_BLINDS
) -> str | None:
    """The identity as one indexed text, with the names, because another version may call others unique. Of
    what is told of a person only the blind value stands in it by which it is looked up.

    None where the process names no unique fields, or one of them has no value.
    """
    if not plan.unique:
        return None
    identity = {name: blinds.get(name, values.get(name)) for name in plan.unique}
    return None if None in identity.values() else json.dumps(identity, ensure_ascii=False, sort_keys=True)


def told_in_identity(plan: Plan, values: Mapping[str, Stored]) -> dict[str, Token]:
    """What of the identity of an order is told of a person, by field."""
    found = {name: token_of(values.get(name)) for name in plan.unique}
    return {name: token for name, token in found.items() if token}


def identity_kept(unit: Reader, row: OrderRow, plan: Plan, values: Mapping[str, Stored]) -> str | None:
    """The identity as it must stand in the row of an order; none once a person was erased of whom it told.
    Nobody needs a key for that: what stands there is one of the traces by which the order is found.
    """
    told = told_in_identity(plan, values)
    if not told:
        return identity_text(plan, values)
    if any(each.wrapped is None for each in unit.subjects({token.subject for token in told.values()})):
        return None
    said = json.loads(row.identity or "{}")
    blinds = {name: str(said.get(name)) for name in told}
    traces = unit.traces({*blinds.values()})
    known = {each.blind for each in traces if each.order_id == row.id}
    return identity_text(plan, values, {name: blind for name, blind in blinds.items() if blind in known})
