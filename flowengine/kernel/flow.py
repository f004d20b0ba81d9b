"""How an order moves: leaving, entering, ending, and going on by itself as long as nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from flowengine.calendars.days import end_of_day, milliseconds
from flowengine.compiler.plan import NEXT, Due, Need, Outcome
from flowengine.definition.values import load
from flowengine.kernel.draft import Draft
from flowengine.kernel.order import Order

MOST_ROUNDS: Final = 100
"""How often an order may become late within one decision.

Stages that lateness opens one after the other go round for ever: an hour each, and after a year of silence
one decision would have to write 8 760 visits. The rest is left to the next tick, which comes at once, as the
due instant still lies in the past.
"""


def play_time(draft: Draft, now: int) -> None:
    """Let happen what fell due up to `now`, as of its own instant, and set the draft to `now`.

    Never raises: lateness is a fact. Where the order cannot go on then, it stays late where it is, and that
    it is stuck stands in its history.
    """
    for _ in range(MOST_ROUNDS):
        order = draft.order
        if order.wake_at is None or order.wake_at > now:
            break
        assert order.due_at is not None
        draft.turn_to(max(order.due_at, order.last_at))  # a date may have passed before it was set
        stage = draft.stage
        draft.emit("late", f"{stage.name}.late", stage=stage.name, due=order.due_at)
        draft.tell([stage.owner], "late", stage=stage.name, due=order.due_at)
        # A condition on being late moves the order then, whoever notices it when.
        if why := draft.attempt(settle):
            draft.emit("stuck", stage=stage.name, why=why)
    draft.turn_to(now)


def settle(draft: Draft) -> None:
    """Go on from stage to stage while everything that is asked is there.

    Raises Spinning on a circle, and EvaluationFailed when a condition cannot be evaluated.
    """
    while draft.order.status == "open":
        stage = draft.stage
        if not stage.needs or draft.open((*stage.needs, *draft.asked())):
            return
        target = draft.plan.router.move(stage.name, NEXT, draft.facts)
        if draft.open(door(draft, target)):
            return
        leave(draft, target, NEXT)


def door(draft: Draft, target: str) -> tuple[Need, ...]:
    """What is asked at the entry of a stage; an end asks nothing, nor does the stage that the order is in."""
    stage = draft.plan.stages.get(target)
    return stage.entry if stage and target != draft.order.stage else ()


def leave(draft: Draft, target: str, by: str) -> None:
    """Move the order to a stage or end; `by` is the trigger that stands in history."""
    order = draft.order
    if order.status == "open":
        draft.emit("left", f"{order.stage}.left", stage=order.stage, by=by, to=target)
    else:
        draft.emit("reopened", end=order.stage, by=by)
    if target in draft.plan.ends:
        draft.emit("ended", end=target, kind=draft.plan.ends[target].kind)
    else:
        enter(draft, target)


def enter(draft: Draft, target: str) -> None:
    """Begin a visit of a stage, with its own time threshold."""
    draft.step_into(target)
    visit = draft.order.visits.get(target, 0) + 1
    draft.emit("entered", f"{target}.entered", *_given(draft, target), stage=target, visit=visit)
    set_due(draft)


def _given(draft: Draft, target: str) -> Iterator[str]:
    """The moments of the needs for a field that has its value already: they are done on entering."""
    for need in draft.plan.stages[target].doable.values():
        if need.kind == "field" and draft.is_met(need):
            yield f"{need.name}.done"


def set_due(draft: Draft) -> None:
    """Set the time threshold of this visit from its stage and the order's data, if it is not so already."""
    due = draft.stage.due
    at = due_at(draft, due) if due else None
    if at != draft.order.due_at:
        draft.emit("due", stage=draft.order.stage, due=at, was=draft.order.due_at)


def due_at(draft: Draft, due: Due) -> int | None:
    """The instant up to which work is in time; None while the field that says so is empty."""
    if due.within is not None:
        return draft.order.entered_at + due.within
    value = load(draft.plan.fields[due.by], draft.order.fields.get(due.by))
    if isinstance(value, datetime):
        return milliseconds(value)
    return end_of_day(value, draft.plan.zone) if isinstance(value, date) else None


def times_chosen(order: Order, outcome: Outcome) -> int:
    """How often an outcome has been chosen for this order; counted only where somebody asks."""
    return order.seen.get(outcome.key, (0,))[0]
