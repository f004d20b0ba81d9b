"""Leaving a place and entering the next: what ends with a visit, what outlives it, and what begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flowengine.compiler.plan import NEXT, Action, Need, Stage, every_part, trigger_of
from flowengine.definition.detours import BACK
from flowengine.kernel.draft import Draft
from flowengine.kernel.events import spent_name
from flowengine.kernel.standing import Standing, first


def destination(standing: Standing, trigger: str, to: str) -> str:
    """Where a trigger leads; empty for `back` while the order is on no detour."""
    order = standing.order
    if to == BACK:
        if not order.origin:
            return ""
        trigger = trigger_of(trigger, order.origin)
    return standing.plan.router.move(order.stage, trigger, standing.facts)


def onward(standing: Standing) -> str:
    """The trigger by which a stage is left once it is complete: a part is done with its last one."""
    part = standing.plan.parts.get(standing.order.part)
    return part.trigger if part and standing.order.stage == part.through[-1] else NEXT


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
        keeps = [] if end else _kept(draft)
        data: dict[str, Any] = {"keeps": keeps} if keeps else {}
        if carries := _carried(draft, for_good=end is not None):
            data["carries"] = carries
        staying = {*order.stale, *plan.lanes}
        if not end and (rounds := [name for name in order.rounds if name in staying]):
            data["rounds"] = rounds
        if not end and (work := _work_kept(draft)):
            data["work"] = work
        if spent_name(order.stage) in plan.marks:
            data["spent"] = draft.now - order.entered_at
        if joined := [name for name in order.split if order.stage == plan.parts[name].through[-1]]:
            data["joined"] = joined
        draft.emit("left", f"{order.stage}.left", stage=order.stage, by=by, to=target, **data)
        if joined:
            draft.realign()
    else:
        draft.emit("reopened", end=order.stage, by=by)
    if end is None:
        enter(draft, target, origin)
        return
    draft.emit("ended", end=target, kind=end.kind)
    draft.realign()
    for action in end.then:
        draft.tell(action.notify, f"order.{target}", end=target, reason=draft.reason, **named(action))


def named(action: Action) -> dict[str, Any]:
    """Which message an action sends, where it is not the standard text of what has happened."""
    return {"message": action.message} if action.message else {}


def _kept(draft: Draft) -> list[str]:
    """The acts that outlive the visit: those that cover fields, and those for clocks of the whole order."""
    if not draft.order.acts:
        return []
    lasting, beside = draft.plan.lasting, _beside_stages(draft)
    return [name for name in draft.order.acts if (name in lasting and lasting[name].covers) or name in beside]


def _beside_stages(draft: Draft) -> set[str]:
    """The needs of clocks of the whole order and of holds that lie on it: no visit ends them."""
    clocks = [clock.needs for clock in draft.plan.clocks.values()]
    holds = [draft.plan.holds[name].needs for name in draft.order.holds]
    return {part.name for needs in (*clocks, *holds) for part in every_part(needs)}


def _work_kept(draft: Draft) -> list[str]:
    """The work that whoever has it keeps; another visit deals its own out anew, be it of the same name."""
    order = draft.order
    if not (order.taken or order.dealt):
        return []
    lasting = {*order.deferred, *order.stale, *_beside_stages(draft)}
    return [key for key in dict.fromkeys((*order.taken, *order.dealt)) if key in lasting]


def _carried(draft: Draft, *, for_good: bool) -> list[str]:
    """The clocks and rules that live as long as the order, and what an `assign` has passed on there. Clocks
    end with the order; what its rules have seen stays, or they would fire once more at its end.
    """
    order, plan = draft.order, draft.plan
    if for_good:
        return [name for name in order.rules if name in plan.rules]
    if not (plan.clocks or plan.rules or order.deferred or order.stale or order.holds or order.rounds):
        return []
    known = {*plan.clocks, *plan.rules, *order.deferred, *order.stale, *order.holds}
    known |= order.rounds.keys() & plan.lanes
    return [name for name in (*order.clocks, *order.rules) if name in known]


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
    if moments := awaited(stage):
        data["since"] = {moment: draft.facts.count(moment) for moment in sorted(moments)}
    if stage.opens:
        data["shut"] = True
    draft.emit("entered", f"{target}.entered", *_given(draft, target), **data)
    if len(stage.owners) > 1:
        draft.emit("owned", stage=target, owner=draft.addressee(first(stage.owners, draft.facts).to))


def awaited(stage: Stage) -> set[str]:
    """The moments that count in a stage only from when it is entered."""
    if not (stage.outcomes or stage.clocks or stage.rules):
        return set()
    outcomes = {outcome.after for outcome in stage.outcomes.values()}
    clocks = {clock.after for clock in stage.clocks.values()}
    return (outcomes | clocks | {rule.after for rule in stage.rules.values()}) - {""}


def _given(draft: Draft, target: str) -> Iterator[str]:
    """The moments of the needs for a field that has its value already: they are done on entering."""
    for need in draft.plan.stages[target].doable.values():
        if need.kind == "field" and draft.is_met(need):
            yield f"{need.name}.done"
