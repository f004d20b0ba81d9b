"""What makes an order the same as an earlier one: the values of the fields that are `unique`."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flowengine.compiler.plan import Plan
from flowengine.definition.values import Stored


def identity_text(plan: Plan, values: Mapping[str, Stored]) -> str | None:
    """The identity as one indexed text, with the names, because another version may call others unique.

    None where the process names no unique fields, or one of them has no value.
    """
    if not plan.unique:
        return None
    identity = {name: values.get(name) for name in plan.unique}
    return None if None in identity.values() else json.dumps(identity, ensure_ascii=False, sort_keys=True)
