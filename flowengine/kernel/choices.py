"""Choosing an outcome: open here, allowed for this person, with its own needs met, and not too often."""

from __future__ import annotations

from collections.abc import Iterable

from flowengine.compiler.plan import Action, Need, Outcome, Plan
from flowengine.kernel.commands import Choose
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.flow import door, leave, times_chosen
from flowengine.kernel.order import Order


def choose(draft: Draft, command: Choose) -> tuple[Blocker, ...]:
    """Let the outcome happen; beyond its count, what `beyond` says happens in its place."""
    open_here = outcomes_of(draft.plan, draft.order)
    outcome = open_here.get(command.outcome)
    if outcome is None:
        return (Blocker("no_such_outcome", name=command.outcome, params={"known": list(open_here)}),)
    if draft.by.role_among(outcome.by) is None:
        return (Blocker("not_yours", name=outcome.name, owner=outcome.by, line=outcome.line),)
    spent = is_spent(draft.order, outcome)
    if blockers := (*_reason(draft, outcome), *hindrances(draft, outcome, spent=spent)):
        return blockers
    draft.emit("chosen", *([] if spent else [outcome.key]), outcome=outcome.key, spent=spent)
    _tell(draft, outcome.beyond if spent else outcome.then, outcome)
    if not spent:
        leave(draft, draft.plan.router.move(draft.order.stage, outcome.key, draft.facts), outcome.key)
        return ()
    _beyond(draft, outcome)
    return ()


def outcomes_of(plan: Plan, order: Order) -> dict[str, Outcome]:
    """The outcomes that are open where the order stands."""
    place = plan.stages.get(order.stage) or plan.ends[order.stage]
    return dict(place.outcomes)


def is_spent(order: Order, outcome: Outcome) -> bool:
    """Whether the outcome has been chosen as often as it may be."""
    return outcome.at_most is not None and times_chosen(order, outcome) >= outcome.at_most


def hindrances(draft: Draft, outcome: Outcome, *, spent: bool) -> tuple[Blocker, ...]:
    """What an outcome still waits for: its own needs, needs asked in this visit, the door of its target."""
    if spent:
        moves = [action.move for action in outcome.beyond if action.move]
        return tuple(
            _blocker("entry_open", need, draft) for to in moves for need in draft.open(door(draft, to))
        )
    asked = [] if outcome.key.startswith("order.") else draft.asked()
    return (
        *(blocker_for(need, draft) for need in draft.open((*outcome.needs, *asked))),
        *(_blocker("entry_open", need, draft) for need in draft.open(door(draft, outcome.to))),
    )


def blocker_for(need: Need, draft: Draft) -> Blocker:
    """The blocker for a need that is not met."""
    return _blocker("condition_open" if need.that else "need_open", need, draft)


def door_blockers(needs: Iterable[Need], draft: Draft) -> tuple[Blocker, ...]:
    """The blockers for needs at a door."""
    return tuple(_blocker("entry_open", need, draft) for need in needs)


def _blocker(code: str, need: Need, draft: Draft) -> Blocker:
    owner = need.by or (draft.plan.owner,)
    return Blocker(
        code,
        name=need.name,
        owner=owner,
        line=need.line,
        params={"title": (need.otherwise or need.title).all(), "kind": need.kind},
    )


def _reason(draft: Draft, outcome: Outcome) -> tuple[Blocker, ...]:
    if outcome.reason and not draft.reason.strip():
        return (Blocker("reason_missing", name=outcome.name, owner=outcome.by, line=outcome.line),)
    return ()


def _tell(draft: Draft, actions: Iterable[Action], outcome: Outcome) -> None:
    for action in actions:
        draft.tell(action.notify, outcome.key, stage=draft.order.stage, reason=draft.reason)


def _beyond(draft: Draft, outcome: Outcome) -> None:
    for action in outcome.beyond:
        if action.ask:
            draft.emit("asked", needs=list(action.ask))
        if action.move:
            leave(
                draft,
                draft.plan.router.move(draft.order.stage, outcome.beyond_trigger, draft.facts),
                outcome.beyond_trigger,
            )
