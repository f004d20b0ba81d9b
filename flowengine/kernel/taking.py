"""An outcome comes about, by a person or by itself: counted, told, and followed to where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flowengine.compiler.plan import Action, Outcome
from flowengine.kernel.decision import Blocker
from flowengine.kernel.doing import perform
from flowengine.kernel.draft import Draft
from flowengine.kernel.hindrances import hindrances, is_spent
from flowengine.kernel.moving import destination, leave
from flowengine.kernel.standing import Piece
from flowengine.kernel.writing import put


def happening(draft: Draft) -> Outcome | None:
    """The first outcome that happens by itself now, and that nothing hinders."""
    held = bool(draft.order.holds)
    for outcome in draft.stage.outcomes.values():
        if held and not outcome.follows:
            continue
        if outcome.is_automatic and _has_come(draft, outcome) and not hindrances(draft, outcome, draft.now):
            return outcome
    for piece in draft.pieces() if draft.order.tasks and not held else ():
        if piece.key not in draft.order.tasks or draft.is_done(piece.key):
            continue
        for outcome in piece.task.outcomes.values():
            if (
                outcome.is_automatic
                and _has_come(draft, outcome)
                and not hindrances(draft, outcome, draft.now)
            ):
                return outcome
    return None


def _has_come(draft: Draft, outcome: Outcome) -> bool:
    """Whether its moment has happened since the visit began, and its condition holds."""
    if outcome.after and draft.facts.count(outcome.after) <= draft.order.since.get(outcome.after, 0):
        return False
    return outcome.when is None or outcome.when.holds(draft.facts)


def take(
    draft: Draft, outcome: Outcome, piece: Piece | None = None, changes: dict[str, list[Any]] | None = None
) -> tuple[Blocker, ...]:
    """Let the outcome happen, with `changes` of fields; beyond its count, `beyond` happens in its place.

    Returns the checks of the order that do not hold with these changes.
    """
    order = draft.order
    spent = is_spent(order, outcome)
    data: dict[str, object] = {"itself": True} if outcome.is_automatic else {}
    data |= {"task": piece.key} if piece else {}
    draft.emit("chosen", *([] if spent else [outcome.key]), outcome=outcome.key, spent=spent, **data)
    if broken := put(draft, changes or {}):
        return broken
    _act(draft, outcome, outcome.beyond if spent else outcome.then)
    if spent:
        return ()
    if outcome.to:
        leave(draft, destination(draft, outcome.key, outcome.to), outcome.key)
    elif piece:
        draft.emit("task_done", stage=order.stage, task=piece.key, outcome=outcome.name)
    return ()


def _act(draft: Draft, outcome: Outcome, actions: Iterable[Action]) -> None:
    data: dict[str, Any] = {"stage": draft.order.stage, "reason": draft.reason}
    perform(draft, actions, outcome.key, outcome.place, by=outcome.beyond_trigger, **data)
