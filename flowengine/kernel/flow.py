"""How an order goes on by itself: when time passes, and as long as nothing is missing."""

from __future__ import annotations

from typing import Final

from flowengine.compiler.plan import NEXT
from flowengine.kernel.draft import Draft
from flowengine.kernel.moving import door, leave
from flowengine.kernel.order import Alarm
from flowengine.kernel.taking import happening, take
from flowengine.kernel.tasks import tend
from flowengine.kernel.thresholds import instant_of, set_due

MOST_ROUNDS: Final = 100
"""How often something may happen by itself to an order within one decision.

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
        wake_at = draft.order.wake_at
        if wake_at is None or wake_at > now:
            break
        alarm = draft.order.alarm
        assert alarm is not None
        draft.turn_to(max(alarm.at, draft.order.last_at))  # a date may have passed before it was set
        _ring(draft, alarm)
        # A condition on being late moves the order then, whoever notices it when.
        if why := draft.attempt(settle):
            draft.emit("stuck", stage=draft.order.stage, why=why)
    draft.turn_to(now)


def _ring(draft: Draft, alarm: Alarm) -> None:
    """Let one thing happen by itself: a stage opens for work, or something becomes late."""
    stage = draft.order.stage
    match alarm.kind:
        case "opening":
            draft.emit("opened", stage=stage)
            set_due(draft)
        case "stage":
            draft.emit("late", f"{stage}.late", stage=stage, due=alarm.at)
            draft.tell([draft.owner_of(stage)], "late", stage=stage, due=alarm.at)
        case "task":
            name = alarm.name.split(".")[0]
            draft.emit("late", f"{name}.late", stage=stage, task=alarm.name, due=alarm.at)
            draft.tell([draft.owner_of(name)], "late", stage=stage, task=alarm.name, due=alarm.at)
        case "need":
            draft.emit("late", f"{alarm.name}.late", stage=stage, need=alarm.name, due=alarm.at)
            roles = draft.doers(draft.plan.lasting[alarm.name]) or (draft.plan.owner,)
            draft.tell(roles, "late", stage=stage, need=alarm.name, due=alarm.at)


def settle(draft: Draft) -> None:
    """Go on from stage to stage while everything that is asked is there.

    Raises Spinning on a circle, and EvaluationFailed when a condition cannot be evaluated.
    """
    while draft.order.status == "open":
        if draft.order.shut:
            _look_at_opening(draft)
        if not draft.order.shut:
            tend(draft)
        if outcome := happening(draft):
            take(draft, outcome)
            continue
        stage = draft.stage
        if draft.order.shut or not stage.completes_itself or draft.missing() or draft.has_open_tasks():
            return
        target = draft.plan.router.move(stage.name, NEXT, draft.facts)
        if draft.open(door(draft, target)) or draft.owed(target):
            return
        leave(draft, target, NEXT)


def _look_at_opening(draft: Draft) -> None:
    """Open the stage for work if its time has come, or note when it will."""
    stage = draft.stage
    assert stage.opens is not None
    at = instant_of(draft, stage.opens, end=False)
    if at is not None and at <= draft.now:
        draft.emit("opened", stage=stage.name)
        set_due(draft)
    elif at != draft.order.opens_at:
        draft.emit("opens", stage=stage.name, opens=at)
