"""What keeps somebody from something, as blockers: needs that are open, doors, what an outcome waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from flowengine.compiler.plan import Need, Outcome
from flowengine.definition.words import Text
from flowengine.kernel.calling import is_of, latest
from flowengine.kernel.decision import Blocker
from flowengine.kernel.moving import destination, door
from flowengine.kernel.order import Order
from flowengine.kernel.points import instant_of, is_over
from flowengine.kernel.rounds.seats import Round
from flowengine.kernel.standing import Standing

_OPEN: Final = {"confirm": "confirm_open", "event": "event_open"}


def blocker_for(need: Need, standing: Standing) -> Blocker:
    """The blocker for a need that is not met."""
    if need.approval is not None:
        return _blocker(of_round(standing.order.rounds.get(need.name)), need, standing)
    if need.call:
        return _of_call(need, standing)
    code = "condition_open" if need.that else _OPEN.get(need.kind, "need_open")
    return _blocker(code, need, standing)


def _of_call(need: Need, standing: Standing) -> Blocker:
    """Whether the answer is on its way, or why it does not come."""
    made = latest(standing, need)
    failed = made is not None and made.how == "failed" and is_of(standing, need, made)
    found = _blocker("call_failed" if failed else "call_open", need, standing)
    return replace(found, params={**found.params, "why": made.why}) if made and failed else found


def of_round(ballot: Round | None) -> str:
    """What keeps an approval from being there: votes, how it ended, or that no step asks anybody."""
    if ballot is not None and not ballot.steps:
        return "approval_gap"
    if ballot is None or not ballot.outcome:
        return "approval_open"
    return "approval_refused" if ballot.outcome == "refused" else "approval_returned"


def blockers_for(needs: Iterable[Need], standing: Standing) -> tuple[Blocker, ...]:
    """The blockers for needs that are not met, each named once."""
    return tuple(blocker_for(need, standing) for need in {each.name: each for each in needs}.values())


def door_blockers(needs: Iterable[Need], standing: Standing) -> tuple[Blocker, ...]:
    """The blockers for needs at a door."""
    return tuple(_blocker("entry_open", need, standing) for need in needs)


def owed_blockers(needs: Iterable[Need], standing: Standing) -> tuple[Blocker, ...]:
    """The blockers for what the order went on without and can do without no longer."""
    return tuple(
        _blocker("stale" if need.name in standing.order.stale else "deferred", need, standing)
        for need in needs
    )


def shut_blocker(standing: Standing) -> Blocker:
    """The blocker of a stage that takes no work yet."""
    stage = standing.stage
    assert stage.opens is not None
    base, fields = stage.opens.base, standing.plan.fields
    title = fields[base].title if base in fields else None
    params = {
        "title": stage.title.all(),
        "from": title.all() if title else base,
        "opens": standing.order.opens_at,
    }
    return Blocker("not_open_yet", stage.name, (stage.owner,), stage.line, params)


def waited_for(standing: Standing, name: str) -> object:
    """What people call something that is waited for: a task or need of the stage, else its moment."""
    task, need = standing.stage.tasks.get(name), standing.doable(name)
    return task.title.all() if task else need.title.all() if need else name


def is_spent(order: Order, outcome: Outcome) -> bool:
    """Whether the outcome has happened as often as it may."""
    return outcome.at_most is not None and order.seen.get(outcome.key, (0,))[0] >= outcome.at_most


def held_blockers(standing: Standing, outcome: Outcome) -> tuple[Blocker, ...]:
    """The holds that keep an outcome from moving the order."""
    holds = standing.plan.holds
    return tuple(
        blocker
        for blocker in every_hold(standing)
        if outcome.to and not outcome.follows and outcome.name not in holds[blocker.name].allows
    )


def every_hold(standing: Standing) -> tuple[Blocker, ...]:
    """The holds that lie on the order."""
    holds = [standing.plan.holds[name] for name in standing.order.holds]
    return tuple(
        Blocker("on_hold", hold.name, standing.found(hold.release_by), hold.line, {"title": hold.title.all()})
        for hold in holds
    )


def hindrances(standing: Standing, outcome: Outcome, now: int) -> tuple[Blocker, ...]:
    """What an outcome still waits for: its own needs, needs asked in this visit, the door of its target, and
    what is owed where it leads on. Of one that is spent: the doors to which its `beyond` moves.
    """
    if outcome.until and is_over(standing, outcome.until, now):
        params = {"until": instant_of(standing, outcome.until, end=True)}
        return (Blocker("too_late", outcome.name, standing.doers(outcome), outcome.line, params),)
    if held := held_blockers(standing, outcome):
        return held
    if is_spent(standing.order, outcome):
        moves = [(outcome.beyond_trigger, action.move) for action in outcome.beyond if action.move]
        return tuple(blocker for move in moves for blocker in _at_doors(standing, outcome, *move))
    asked = [] if outcome.place == "order" or not standing.order.asked else standing.asked()
    mine = tuple(blocker_for(need, standing) for need in standing.open((*outcome.needs, *asked)))
    return (*mine, *_at_doors(standing, outcome, outcome.key, outcome.to)) if outcome.to else mine


def _at_doors(standing: Standing, outcome: Outcome, trigger: str, to: str) -> tuple[Blocker, ...]:
    target = destination(standing, trigger, to)
    if not target:
        return (Blocker("nowhere_back", outcome.name, standing.doers(outcome), outcome.line),)
    order = standing.order
    owed = (
        standing.owed(target)
        if order.status == "open" and standing.plan.is_onward(order.stage, target)
        else []
    )
    return (
        *door_blockers(standing.open(door(standing, target)), standing),
        *owed_blockers(owed, standing),
    )


def _blocker(code: str, need: Need, standing: Standing) -> Blocker:
    return Blocker(
        code,
        name=need.name,
        owner=standing.awaited(need) or (standing.plan.owner,),
        line=need.line,
        params={"title": _title(need, standing).all(), "kind": need.kind},
    )


def _title(need: Need, standing: Standing) -> Text:
    """What is missing, as people call it: what another system does is called by what it does."""
    if need.call:
        return standing.plan.calls[need.call].title
    return standing.plan.events[need.event].title if need.event else need.otherwise or need.title
