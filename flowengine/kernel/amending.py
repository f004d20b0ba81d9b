"""Amending an order: what was agreed on changes, with a reason, and what no longer holds is asked again."""

from __future__ import annotations

from typing import Any

from flowengine.kernel.commands import Amend
from flowengine.kernel.computing import refused as computed_refused
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.writers import amenders, may_amend
from flowengine.kernel.writing import field_change, put


def amend(draft: Draft, command: Amend) -> tuple[Blocker, ...]:
    """Change fields together: all of them, or none. What is there already is no amendment."""
    if not command.values:
        return (Blocker("nothing_to_write"),)
    blockers: list[Blocker] = []
    changes: dict[str, list[Any]] = {}
    for name, raw in command.values.items():
        blockers += _amended(draft, name, raw, changes)
    if not (blockers or draft.reason.strip()):
        name = next(iter(command.values))
        blockers.append(Blocker("reason_missing", name, amenders(draft, name)))
    if blockers or not changes:
        return tuple(blockers)
    draft.emit("amended", "order.amended", by=draft.by.id, reason=draft.reason)
    return put(draft, changes)


def _amended(draft: Draft, name: str, raw: Any, changes: dict[str, list[Any]]) -> tuple[Blocker, ...]:
    if name not in draft.plan.fields:
        return (Blocker("no_such_field", name, params={"known": list(draft.plan.fields)}),)
    return (
        computed_refused(draft.plan, name)
        or may_amend(draft, name)
        or field_change(draft, name, raw, changes)
    )
