"""Leaving a place and entering the next: what ends with a visit, what outlives it, and what begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flowengine.compiler.plan import NEXT, Need, trigger_of
from flowengine.definition.detours import BACK
from flowengine.kernel.draft import Draft
from flowengine.kernel.events import spent_name
from flowengine.kernel.standing import Standing, first
from flowengine.kernel.thresholds import set_due


def destination(standing: Standing, trigger: str, to: str) -> str:
    """Where a trigger leads; empty for `back` while the order is on no detour."""
    order = standing.order
    if to == BACK:
        if not order.origin:
            return ""
        trigger = trigger_of(trigger, order.origin)
    return standing.plan.router.move(order.stage, trigger, standing.facts)


def door(standing: Standing, target: str) -> tuple[Need, ...]:
    """What is asked at the entry of a stage; an end asks nothing, nor does the stage that the order is in."""
    stage = standing.plan.stages.get(target)
    return stage.entry if stage and target != standing.order.stage else ()


def leave(draft: Draft, target: str, by: str) -> None:
    """Move the order to a stage or end; `by` is the trigger that stands in history."""
    order, plan = draft.order, draft.plan
    origin = _origin(draft, target, by)
    end = plan.ends.get(target)
    if order.status == "open":
        keeps = (
            [] if end else [name for name in order.acts if name in plan.lasting and plan.lasting[name].covers]
        )
        data: dict[str, Any] = {"keeps": keeps} if keeps else {}
        if spent_name(order.stage) in plan.marks:
            data["spent"] = draft.now - order.entered_at
        draft.emit("left", f"{order.stage}.left", stage=order.stage, by=by, to=target, **data)
    else:
        draft.emit("reopened", end=order.stage, by=by)
    if end is None:
        enter(draft, target, origin)
        return
    draft.emit("ended", end=target, kind=end.kind)
    for action in end.then:
        draft.tell(action.notify, f"order.{target}", end=target, reason=draft.reason)


def _origin(draft: Draft, target: str, by: str) -> str:
    """Where `back` will lead from `target`: the stage in which the detour began, if this is one."""
    order, detours = draft.order, draft.plan.detours
    if target not in detours or by == NEXT or order.status != "open":
        return ""
    origin = order.origin if order.stage in detours and order.origin else order.stage
    return "" if origin == target else origin


def enter(draft: Draft, target: str, origin: str = "") -> None:
    """Begin a visit of a stage, with its own time threshold."""
    draft.step_into(target)
    stage = draft.plan.stages[target]
    visit = draft.order.visits.get(target, 0) + 1
    data = {"stage": target, "visit": visit}
    if origin:
        data["origin"] = origin
    if awaited := {outcome.after for outcome in stage.outcomes.values() if outcome.after}:
        data["since"] = {moment: draft.facts.count(moment) for moment in sorted(awaited)}
    if stage.opens:
        data["shut"] = True
    draft.emit("entered", f"{target}.entered", *_given(draft, target), **data)
    if len(stage.owners) > 1:
        draft.emit("owned", stage=target, owner=first(stage.owners, draft.facts).to)
    set_due(draft)


def _given(draft: Draft, target: str) -> Iterator[str]:
    """The moments of the needs for a field that has its value already: they are done on entering."""
    for need in draft.plan.stages[target].doable.values():
        if need.kind == "field" and draft.is_met(need):
            yield f"{need.name}.done"
