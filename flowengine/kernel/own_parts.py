"""Opening parts with a life of their own: each is an order of a process that the one of its order brings.

The order reads a part from the moment at which it is opened, before there is anything to hear of it: what it
will say of itself first stands under `coming`, so whatever waits for all parts waits for this one, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flowengine.compiler.plan import Action, OwnPart, Plan
from flowengine.definition.values import load
from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Create, Open, Principal
from flowengine.kernel.decision import Blocker, Effect
from flowengine.kernel.draft import Draft
from flowengine.kernel.hindrances import every_hold
from flowengine.kernel.intake import create
from flowengine.kernel.linking import seen_there, wanted, written
from flowengine.kernel.order import Order


def open_part(draft: Draft, command: Open) -> tuple[Blocker, ...]:
    """Somebody opens a part of the order."""
    part = draft.plan.own_parts.get(command.part)
    if part is None:
        return (Blocker("no_own_part", command.part, params={"known": list(draft.plan.own_parts)}),)
    roles = draft.found(part.by)
    if not draft.permits(roles, part.line):
        return (Blocker("not_yours", part.name, roles, part.line),)
    return every_hold(draft) or _open(draft, part, command.values, filled_by=draft.by.id)


def open_by_itself(draft: Draft, action: Action) -> None:
    """The process has a part opened, or one for each row of a list; nothing happens to an order that has
    ended. Raises EvaluationFailed where a part would be refused.
    """
    if draft.order.status == "closed":
        return
    part = draft.plan.own_parts[action.link]
    values = {name: written(value.value(draft.facts)) for name, value in action.fields}
    for row in _rows(draft, part, action.each) if action.each else [{}]:
        for blocker in _open(draft, part, {**row, **values}):
            raise EvaluationFailed(blocker.message("en"))


def _rows(draft: Draft, part: OwnPart, name: str) -> list[dict[str, Any]]:
    """What each row of a list gives to a part: the columns that it has a field for."""
    stored, known = draft.order.fields.get(name), draft.plan.inner[part.name].fields
    rows = written(load(draft.plan.fields[name], stored)) if stored else []
    return [{column: cell for column, cell in row.items() if column in known} for row in rows]


def _open(draft: Draft, part: OwnPart, values: Mapping[str, Any], filled_by: str = "") -> tuple[Blocker, ...]:
    order = draft.order
    count = len(order.linked.get(part.name, {})) + len(order.coming.get(part.name, {}))
    if part.at_most and count >= part.at_most:
        params = {"title": part.title.all(), "most": part.at_most}
        return (Blocker("parts_enough", part.name, line=part.line, params=params),)
    plan, number = draft.plan.inner[part.name], f"{order.number}.{part.name}.{count + 1}"
    first, blockers = _first(draft, part, plan, number, values, filled_by)
    if blockers:
        return blockers
    key = f"start/{order.told + 1}"
    says = seen_there(plan, first, wanted(draft.plan, part.name))
    draft.emit("opening", link=part.name, process=part.process, key=key, says=says)
    there = first.fields
    given = {name: written(load(plan.fields[name], there[name])) for name in values if name in there}
    said = {"process": part.process, "link": part.name, "fields": given, "hops": draft.hops}
    draft.effects.append(Effect("start", key, {**said, "by": draft.behind, "number": number}))
    return ()


def _first(
    draft: Draft, part: OwnPart, plan: Plan, number: str, values: Mapping[str, Any], filled_by: str
) -> tuple[Order, tuple[Blocker, ...]]:
    """The part as it will begin, or why it cannot: tried out here, as it is opened later by nobody. What four
    eyes keep from whoever opens it, that person fills in nowhere; the process itself may.
    """
    itself = Principal.system("part")
    order = Order(number, filled_by or itself.id, draft.now, draft.now)
    trial = Draft(plan, order, itself, draft.now, "")
    says = {**seen_there(draft.plan, draft.order, wanted(plan, part.whole)), "as": part.name, "wants": []}
    linked = {part.whole: {"order": 0, "says": says}}
    command = Create(values, number, {part.whole: 0}, linked)
    return trial.order, create(trial, command)
