"""Choosing an outcome: open here, allowed for this person, with its own needs met, and not too often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flowengine.compiler.plan import Outcome
from flowengine.kernel.commands import Choose
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.entitled import not_yours
from flowengine.kernel.four_eyes import not_by
from flowengine.kernel.hindrances import hindrances, is_spent, shut_blocker
from flowengine.kernel.standing import Piece, Standing
from flowengine.kernel.taking import take
from flowengine.kernel.writing import field_change


class Chance(NamedTuple):
    """An outcome that somebody may choose, `damaged.2` for a row; `piece` is the task that it would end."""

    name: str
    outcome: Outcome
    piece: Piece | None = None


def chances(standing: Standing) -> Iterator[Chance]:
    """The outcomes that are open to people where the order stands, those of its open tasks included."""
    order, plan = standing.order, standing.plan
    place = plan.stages.get(order.stage) or plan.ends[order.stage]
    for outcome in place.outcomes.values():
        if not outcome.is_automatic:
            yield Chance(outcome.name, outcome)
    if order.status == "closed":
        return
    for piece in standing.pieces():
        state = order.tasks.get(piece.key)
        if state is None or state.done_at is not None:
            continue
        for outcome in piece.task.outcomes.values():
            if not outcome.is_automatic:
                yield Chance(f"{outcome.name}.{piece.row}" if piece.row else outcome.name, outcome, piece)


def choose(draft: Draft, command: Choose) -> tuple[Blocker, ...]:
    """Let the outcome happen, with the fields that it changes."""
    open_here = {chance.name: chance for chance in chances(draft)}
    chance = open_here.get(command.outcome)
    if chance is None:
        return (_unknown(draft, command.outcome, open_here),)
    outcome = chance.outcome
    keys = (chance.name, chance.piece.key) if chance.piece else (chance.name,)
    if refused := not_yours(draft, outcome, *keys):
        return refused
    roles = draft.doers(outcome, *keys)
    if draft.order.shut and outcome.place != "order":
        return (shut_blocker(draft),)
    refused = not_by(draft, outcome, draft.by)
    if blockers := refused or (*_reason(draft, outcome, roles), *hindrances(draft, outcome, draft.now)):
        return blockers
    changes: dict[str, list[Any]] = {}
    if blockers := _edited(draft, outcome, command.values, changes):
        return blockers
    return take(draft, outcome, chance.piece, changes)


def _unknown(draft: Draft, name: str, open_here: Mapping[str, Chance]) -> Blocker:
    """Why an outcome cannot be chosen: it happens by itself, or it is not open here."""
    if draft.order.status == "open":
        outcome = draft.stage.outcomes.get(name)
        if outcome and outcome.is_automatic:
            return Blocker("by_itself", name, line=outcome.line, params={"title": outcome.title.all()})
    return Blocker("no_such_outcome", name=name, params={"known": list(open_here)})


def _reason(draft: Draft, outcome: Outcome, roles: tuple[str, ...]) -> tuple[Blocker, ...]:
    if outcome.reason and not draft.reason.strip():
        return (Blocker("reason_missing", name=outcome.name, owner=roles, line=outcome.line),)
    return ()


def _edited(
    draft: Draft, outcome: Outcome, values: Mapping[str, Any], changes: dict[str, list[Any]]
) -> tuple[Blocker, ...]:
    """Note in `changes` the fields that come with an outcome: those that it `edits`; where it stays, one."""
    if not values and not (outcome.edits and not outcome.to):
        return ()
    if not values:
        return (Blocker("nothing_to_edit", outcome.name, params={"known": list(outcome.edits)}),)
    if is_spent(draft.order, outcome):
        return ()
    blockers: list[Blocker] = []
    for name, raw in values.items():
        if name not in outcome.edits:
            params = {"outcome": outcome.title.all(), "known": list(outcome.edits)}
            blockers.append(Blocker("not_edited", name, line=outcome.line, params=params))
        else:
            blockers += field_change(draft, name, raw, changes)
    return tuple(blockers)
