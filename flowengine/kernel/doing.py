"""Actions: what is done when something comes about. Everything a process may ask for stands here once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flowengine.compiler.plan import Action, Exceptional
from flowengine.compiler.sites import ORDER
from flowengine.definition.expressions import Expression
from flowengine.errors import EvaluationFailed
from flowengine.kernel.approving import pass_seats
from flowengine.kernel.calling import call, undo
from flowengine.kernel.draft import Draft
from flowengine.kernel.holding import lift, place
from flowengine.kernel.intake import stored_value
from flowengine.kernel.linking import start
from flowengine.kernel.moving import destination, door, leave, named
from flowengine.kernel.own_parts import open_by_itself
from flowengine.kernel.raising import raise_, resolve
from flowengine.kernel.writing import put


def perform(
    draft: Draft,
    actions: Iterable[Action],
    about: str,
    where: str,
    *,
    told: Iterable[str] = (),
    by: str = "",
    overtaken: bool = False,
    motive: str = "",
    **data: Any,
) -> None:
    """Do what `actions` say, in their order. `about` is the cause as messages name it, `where` the place
    whose work an `assign` passes on; who was `told` already is not told again. `by` is the trigger of a move
    that has none of its own, `motive` why an exception is raised where it is not the reason that was given.

    Raises EvaluationFailed where a field cannot become what a `set` says.
    """
    known = set(map(draft.addressee, told))
    for action in actions:
        roles = [role for role in map(draft.addressee, action.notify) if role not in known]
        draft.tell(roles, about, overtaken=overtaken, **data, **named(action))
        if action.ask and draft.order.status == "open":
            draft.emit("asked", needs=list(action.ask))
        if action.hold:
            place(draft, action.hold, itself=True)
        if action.release:
            lift(draft, action.release, itself=True)
        if action.set:
            _set(draft, action.set)
        if action.call:
            call(draft, action.call)
        if action.undo:
            undo(draft, action.undo)
        if action.assign:
            _assign(draft, where, action.assign)
        if action.start:
            opening = open_by_itself if action.link in draft.plan.own_parts else start
            opening(draft, action)
        if action.raises:
            why = motive or draft.motive
            raise_(draft, action.raises, then_of_raising, tier=action.tier, over=action.over, reason=why)
        if action.resolves:
            resolve(draft, action.resolves)
        if action.move:
            move(draft, action.trigger or by, action.move)


def then_of_raising(draft: Draft, exception: Exceptional) -> None:
    """Do what a process says is done when an exception is raised."""
    perform(draft, exception.then, f"{exception.name}.raised", ORDER, stage=draft.order.stage)


def move(draft: Draft, by: str, to: str) -> None:
    """Leave for a stage, an end, or `back`; later, where a hold lies on the order or a door is shut."""
    if draft.order.status == "closed":
        return
    target = destination(draft, by, to)
    if not target:
        return
    if draft.order.holds or draft.open(door(draft, target)):
        if [by, to] not in draft.order.moves:
            draft.emit("postponed", by=by, to=to)
        return
    leave(draft, target, by)


def move_on(draft: Draft) -> bool:
    """Make up for a move that had to wait, if nothing hinders it any more; whether the order has moved."""
    for by, to in draft.order.moves:
        target = destination(draft, by, to)
        if target and not draft.order.holds and not draft.open(door(draft, target)):
            leave(draft, target, by)
            return True
    return False


def _set(draft: Draft, changes: tuple[tuple[str, Expression], ...]) -> None:
    written: dict[str, list[Any]] = {}
    for name, expression in changes:
        stored, wrong = stored_value(draft.plan, name, expression.value(draft.facts))
        if wrong:
            raise EvaluationFailed(wrong.message("en"))
        before = draft.order.fields.get(name)
        if before != stored:
            written[name] = [before, stored]
    for blocker in put(draft, written, itself=True):
        raise EvaluationFailed(blocker.message("en"))


def _assign(draft: Draft, where: str, role: str) -> None:
    """Let open work pass to somebody else; who had it stands in history."""
    role = draft.addressee(role)
    if where in draft.order.rounds:
        pass_seats(draft, where, role)
        return
    was = draft.owner_of(where)
    if was != role:
        draft.emit("assigned", place=where, role=role, was=was)
        draft.tell([role], "assigned", stage=draft.order.stage, place=where)
