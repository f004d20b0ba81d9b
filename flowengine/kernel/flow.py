"""How an order goes on by itself: when time passes, and as long as nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from flowengine.kernel.approving import tend_rounds
from flowengine.kernel.calling import tend_calls
from flowengine.kernel.clocks import tend_clocks
from flowengine.kernel.doing import move_on
from flowengine.kernel.draft import Draft
from flowengine.kernel.holding import tend_holds
from flowengine.kernel.lanes import drop_lane, end_lane, tend_lanes
from flowengine.kernel.moving import door, leave, onward
from flowengine.kernel.order import Alarm
from flowengine.kernel.points import instant_of
from flowengine.kernel.receiving import use_kept
from flowengine.kernel.reckoning import is_lateness
from flowengine.kernel.ringing import ring
from flowengine.kernel.rules import fire
from flowengine.kernel.state import plain
from flowengine.kernel.taking import happening, take
from flowengine.kernel.tasks import tend
from flowengine.kernel.timed import put_clock

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
    draft.alone = True
    for _ in range(MOST_ROUNDS):
        wake_at, alarm = draft.order.wake_at, None
        if wake_at is None or wake_at > now or (alarm := draft.order.alarm) is None:
            break
        draft.turn_to(max(alarm.at, draft.order.last_at))  # a date may have passed before it was set
        for each in _together(draft, alarm):
            if why := draft.attempt(partial(_let_ring, alarm=each, now=now)):
                draft.emit("stuck", stage=draft.order.stage, why=why)
                _silence(draft, each)
        # A condition on being late moves the order then, whoever notices it when.
        if why := draft.attempt(settle):
            draft.emit("stuck", stage=draft.order.stage, why=why)
            if alarm.kind == "rule":
                _silence(draft, alarm)
    draft.turn_to(now)
    draft.alone = False


def _together(draft: Draft, alarm: Alarm) -> Iterator[Alarm]:
    """An alarm and, for one row of a task, those of the others at the same instant: a thousand rows that are
    late together are no thousand things one after the other.
    """
    yield alarm
    task, _, row = alarm.name.partition(".")
    if not row:
        return
    for each in sorted(draft.order.alarms()):
        if each.wake_at == alarm.wake_at and each.name.startswith(f"{task}."):
            cycle = draft.order.clocks.get(each.name)
            if cycle is not None and cycle.wake == each.wake_at:  # what came before has not ended it
                yield each


def _let_ring(draft: Draft, *, alarm: Alarm, now: int) -> None:
    """Let one thing happen by itself: a stage opens for work, a clock rings, a lane ends; rules look when
    all settles.
    """
    if alarm.kind == "opening":
        draft.emit("opened", stage=draft.order.stage)
    elif alarm.kind == "clock":
        ring(draft, alarm.name, now)
    elif alarm.kind == "lane":
        end_lane(draft, alarm.name, "expired")


def _silence(draft: Draft, alarm: Alarm) -> None:
    """Take back an alarm for which nothing can be done, so that it does not ring for ever. A rule looks
    again as soon as the order can go on.
    """
    if alarm.kind == "rule":
        waiting = draft.order.rules[alarm.name]._replace(wake=None)
        draft.emit("rule", rule=alarm.name, fires=False, state=plain(waiting))
    elif alarm.kind == "lane":
        drop_lane(draft, alarm.name)
    elif alarm.kind == "clock":
        cycle = draft.order.clocks[alarm.name]
        late = cycle.late or is_lateness(cycle.mark)
        rung = cycle._replace(wake=None, mark="", late=late, rung=(*cycle.rung, cycle.mark))
        put_clock(draft, alarm.name, rung, "stuck")


def settle(draft: Draft) -> None:
    """Go on from stage to stage while everything that is asked is there.

    Raises Spinning on a circle, and EvaluationFailed when a condition cannot be evaluated.
    """
    while draft.order.status == "open":
        if not _one_step(draft):
            return
    while fire(draft):  # what the whole order ended with
        pass


def _one_step(draft: Draft) -> bool:
    """Bring everything in the stage up to date, then leave it if it is complete; whether there is more."""
    if draft.order.shut:
        _look_at_opening(draft)
    if not draft.order.shut:
        tend(draft)
    if draft.order.kept:
        use_kept(draft)
    tend_rounds(draft)
    if draft.plan.calls:
        tend_calls(draft)
    if draft.plan.lanes:
        tend_lanes(draft)
    if draft.plan.holds and tend_holds(draft):
        return True
    if tend_clocks(draft) or fire(draft) or move_on(draft):
        return True
    if outcome := happening(draft):
        take(draft, outcome)
        return True
    stage = draft.stage
    waits = draft.order.shut or draft.order.holds or not stage.completes_itself
    if waits or draft.missing() or draft.has_open_tasks():
        return False
    trigger = onward(draft)
    target = draft.plan.router.move(stage.name, trigger, draft.facts)
    if draft.open(door(draft, target)) or draft.owed(target):
        return False
    leave(draft, target, trigger)
    return True


def _look_at_opening(draft: Draft) -> None:
    """Open the stage for work if its time has come, or note when it will."""
    stage = draft.stage
    assert stage.opens is not None
    at = instant_of(draft, stage.opens, end=False)
    if at is not None and at <= draft.now:
        draft.emit("opened", stage=stage.name)
    elif at != draft.order.opens_at:
        draft.emit("opens", stage=stage.name, opens=at)
