"""Lanes: asked for, granted for a time, and ended. With each of them the order goes on by another plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from flowengine.compiler.plan import Action, Lane, Need, Plan
from flowengine.definition.words import lanes_key
from flowengine.errors import EvaluationFailed
from flowengine.kernel.addressees import at
from flowengine.kernel.approving import open_round, steps_for
from flowengine.kernel.clocks import tend_clocks
from flowengine.kernel.commands import RequestLane, RevokeLane
from flowengine.kernel.decision import Blocker
from flowengine.kernel.doing import perform
from flowengine.kernel.draft import Draft
from flowengine.kernel.moving import awaited
from flowengine.kernel.putting import digest
from flowengine.kernel.rounds.seats import Round
from flowengine.kernel.standing import Standing
from flowengine.kernel.state import Granted, Ruled, plain
from flowengine.kernel.writing import put
from flowengine.texts import Phrase


def request(draft: Draft, command: RequestLane) -> tuple[Blocker, ...]:
    """Ask for a lane: a round of its approval is opened, with whoever asks as its requester."""
    lane = draft.plan.lanes.get(command.lane)
    if lane is None:
        return (_unknown(command.lane, draft.plan.lanes),)
    if not draft.permits(lane.by, lane.line):
        return (Blocker("not_yours", lane.name, lane.by, lane.line),)
    if lane.reason and not draft.reason.strip():
        return (Blocker("reason_missing", lane.name, lane.by, lane.line),)
    if blockers := tuple(_why_not(draft, lane, command.used)):
        return blockers
    role = draft.by.role_among(lane.by)
    said: dict[str, Any] = {"requester": draft.by.id, "role": role if role in lane.by else lane.by[0]}
    if draft.reason.strip():
        said["reason"] = draft.reason
    if lane.quota and command.used:
        said |= {"used": command.used, "of": lane.quota.most, "per": lane.quota.per}
    open_round(draft, lane.need, steps_for(draft, lane.need, draft.by.id), **said)
    return ()


def openness(standing: Standing, lane: Lane) -> tuple[Blocker, ...]:
    """Why a lane cannot be asked for in this order, whoever asks."""
    return tuple(_why_not(standing, lane, 0))


def _why_not(standing: Standing, lane: Lane, used: int) -> Iterator[Blocker]:
    order, plan, name = standing.order, standing.plan, lane.name
    params: dict[str, object] = {"title": lane.title.all()}
    if name in order.lanes:
        yield Blocker("lane_in_force", name, lane.revoke_by, lane.line, params)
    elif name in order.rounds:
        yield Blocker("lane_asked_for", name, standing.signers(name), lane.line, params)
    elif lane.when is not None and not lane.when.holds(standing.facts):
        yield Blocker("lane_not_open", name, line=lane.line, params={**params, "when": lane.when.source})
    elif lanes_key((*coming(standing), name)) not in plan.granted:
        others = [plan.lanes[other].title.all() for other in coming(standing)]
        most = max(sum(each in plan.lanes for each in key.split("+")) for key in plan.granted)
        params |= {"others": others, "most": most}
        yield Blocker("lane_beside", name, line=lane.line, params=params)
    elif gone := been_in(standing, lane):
        yield Blocker("lane_too_late", name, line=lane.line, params={**params, "stages": gone})
    elif lane.quota and used > lane.quota.most:
        limit = {"most": lane.quota.most, "period": Phrase(f"per.{lane.quota.per}")}
        yield Blocker("lane_quota", name, line=lane.line, params={**params, **limit})
    elif not steps_for(standing, lane.need):
        yield Blocker("lane_nobody", name, (plan.owner,), lane.line, params)


def coming(standing: Standing) -> list[str]:
    """The lanes that are in force, and those that have been asked for."""
    asked = (name for name in standing.order.rounds if name in standing.plan.lanes)
    return [*standing.order.lanes, *asked]


def been_in(standing: Standing, lane: Lane) -> list[object]:
    """What people call the stages in which the order is or has been, and that the lane takes away."""
    after = standing.plan.of(standing.order.fields, (*standing.order.overlays, lane.name))
    gone = (name for name in standing.order.visits if name not in after.stages)
    return [standing.plan.stages[name].title.all() for name in gone if name in standing.plan.stages]


def revoke_lane(draft: Draft, command: RevokeLane) -> tuple[Blocker, ...]:
    """End a lane before its time."""
    lane = draft.plan.lanes.get(command.lane)
    if lane is None or lane.name not in draft.order.lanes:
        return (_unknown(command.lane, draft.order.lanes),)
    if not draft.permits(lane.revoke_by, lane.line):
        return (Blocker("not_yours", lane.name, lane.revoke_by, lane.line),)
    if not draft.reason.strip():
        return (Blocker("reason_missing", lane.name, lane.revoke_by, lane.line),)
    end_lane(draft, lane.name, "revoked")
    return ()


def grant(draft: Draft, need: Need, ballot: Round) -> None:
    """Let the order go on by the plan of the lane, for as long as it may."""
    lane, before, order = draft.plan.lanes[need.name], draft.plan.priority, draft.order
    after = draft.plan.of(order.fields, (*order.overlays, lane.name))
    until = None
    if lane.expires is not None:
        until = draft.plan.calendar.add(draft.now, lane.expires.amount, lane.expires.unit)
    was = str(order.fields.get("priority", "")) if after.priority != before else ""
    state = Granted(draft.now, until, ballot.requester, ballot.digest, was)
    priority = after.priority if was else ""
    _switch(draft, "lane_granted", after, lane, priority, by=draft.by.id, until=until, state=plain(state))
    form = need.approval
    assert form is not None
    draft.tell(
        (asker(draft, ballot.requester), *form.copy), "granted", place=lane.name, stage=draft.order.stage
    )


def end_lane(draft: Draft, name: str, how: Literal["expired", "revoked", "stale"]) -> None:
    """Let the order go on without a lane: what was deferred by it blocks again."""
    order, lane, state = draft.order, draft.plan.lanes[name], draft.order.lanes[name]
    after = draft.plan.of(order.fields, [other for other in order.overlays if other != name])
    priority = state.was if order.fields.get("priority") == draft.plan.priority else ""
    said = {"by": draft.by.id, "reason": draft.reason} if how == "revoked" else {}
    _switch(draft, "lane_ended", after, lane, priority, how=how, **said)
    form = lane.need.approval
    assert form is not None
    data: dict[str, Any] = {"place": name, "stage": order.stage}
    data |= {"reason": draft.reason} if said else {}
    draft.tell((asker(draft, state.by), *form.copy), how, **data)


def drop_lane(draft: Draft, name: str) -> None:
    """Let a lane expire where what comes of it cannot be worked out: the order goes on without it."""
    order = draft.order
    after = draft.plan.of(order.fields, [other for other in order.overlays if other != name])
    _turn(draft, "lane_ended", after, draft.plan.lanes[name], how="expired")


def refuse(draft: Draft, need: Need, ballot: Round) -> None:
    """Note that a lane was refused, and do what its form says then; it may be asked for again."""
    form = need.approval
    assert form is not None
    draft.emit(
        "refused", f"{need.name}.refused", need=need.name, by=draft.by.id, reason=draft.reason, over=True
    )
    asked = asker(draft, ballot.requester)
    told = asked, *form.copy
    data: dict[str, Any] = {"place": need.name, "stage": draft.order.stage, "reason": draft.reason}
    draft.tell(told, "refused", **data)
    perform(draft, requested_by(form.refused, asked), "refused", need.place, told=told, **data)


def requested_by(actions: Iterable[Action], asked: str) -> tuple[Action, ...]:
    """Actions with the one who asked for the lane in place of `requester`."""
    return tuple(
        replace(each, notify=tuple(asked if who == "requester" else who for who in each.notify))
        for each in actions
    )


def tend_lanes(draft: Draft) -> None:
    """End the lanes, and withdraw the requests, of which something that they cover has changed; requests too
    of a lane that would now take away a stage in which the order has been.
    """
    order = draft.order
    for name in list(order.lanes):
        if order.lanes[name].digest != digest(draft, draft.plan.lanes[name].need):
            end_lane(draft, name, "stale")
    for name in [name for name in order.rounds if name in draft.plan.lanes]:
        lane = draft.plan.lanes[name]
        if order.rounds[name].digest != digest(draft, lane.need) or been_in(draft, lane):
            asked = asker(draft, order.rounds[name].requester)
            draft.emit("lane_withdrawn", f"{name}.stale", need=name, how="stale")
            draft.tell([asked], "stale", place=name, stage=order.stage)


def take_back(draft: Draft, need: Need, **said: str) -> None:
    """Let whoever asked for a lane withdraw the request."""
    awaited = draft.signers(need.name)
    draft.emit("lane_withdrawn", need=need.name, how="taken_back", by=draft.by.id, **said)
    draft.tell(awaited, "taken_back", place=need.name, stage=draft.order.stage)


def asker(draft: Draft, requester: str) -> str:
    """Who is told what becomes of a request: whoever made it; for the host, the owner of the process."""
    return draft.plan.owner if requester == "system" else at(requester)


def _unknown(name: str, known: Iterable[str]) -> Blocker:
    return Blocker("no_such_lane", name, params={"known": list(known)})


def _switch(draft: Draft, kind: str, after: Plan, lane: Lane, priority: str, **data: Any) -> None:
    """Let the order go on by another plan, and with another `priority` if it says one."""
    before = draft.plan
    _turn(draft, kind, after, lane, **data)
    _hear(draft, before)
    if priority:
        _set_priority(draft, priority)
    tend_clocks(draft, afresh=True)


def _turn(draft: Draft, kind: str, after: Plan, lane: Lane, **data: Any) -> None:
    """Turn to another plan, and leave behind what that does not know."""
    moment = "granted" if kind == "lane_granted" else data["how"]
    data |= {key: value for key, value in _changing(draft, after).items() if value}
    draft.emit(kind, f"{lane.name}.{moment}", lane=lane.name, **data)
    draft.realign()
    present = {piece.key for piece in draft.pieces()}
    for key in [key for key in draft.order.tasks if key not in present]:
        draft.emit("task_withdrawn", stage=draft.order.stage, task=key)
    if draft.order.shut and draft.stage.opens is None:
        draft.emit("opened", stage=draft.order.stage)


def _changing(draft: Draft, after: Plan) -> dict[str, Any]:
    """What changes in the order with its plan: moments awaited from now on, needs of this stage that wait no
    longer, rules and moves that are there no more.
    """
    order, stage = draft.order, after.stages[draft.order.stage]
    known = {*after.rules, *(name for each in after.stages.values() for name in each.rules)}
    again = [name for name in order.deferred if name in stage.doable and not stage.doable[name].defer]
    return {
        "since": {
            moment: draft.facts.count(moment) for moment in sorted(awaited(stage) - order.since.keys())
        },
        "again": again,
        "unruled": [name for name in order.rules if name not in known],
        "unmoved": [move for move in order.moves if not _leads_on(draft, after, *move)],
    }


def _leads_on(draft: Draft, after: Plan, by: str, to: str) -> bool:
    """Whether a move that had to wait means the same in another plan."""
    if to == "back":
        return True
    try:
        return after.router.move(draft.order.stage, by, draft.facts) == to
    except LookupError:
        return False


def _hear(draft: Draft, before: Plan) -> None:
    """Let rules that are new to the order wait for what comes: what happened before sets them off no more."""
    order = draft.order
    for rule in (*draft.stage.rules.values(), *draft.plan.rules.values()):
        old = before.stages[order.stage].rules.get(rule.name) or before.rules.get(rule.name)
        if rule.after and (old is None or old.after != rule.after):
            heard = draft.happened_since(rule.after, rule.place)
            state = order.rules.get(rule.name, Ruled())._replace(heard=heard)
            if heard:
                draft.emit("rule", rule=rule.name, fires=False, state=plain(state))


def _set_priority(draft: Draft, priority: str) -> None:
    before = draft.order.fields.get("priority")
    changes = {"priority": [before, priority]} if before != priority else {}
    for blocker in put(draft, changes, itself=True):
        raise EvaluationFailed(blocker.message("en"))
