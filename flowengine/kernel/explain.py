"""What an order waits for: open needs with reasons, who can help, what may be chosen, where it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from flowengine.compiler.plan import Clock, Lane, Need, Outcome, Plan
from flowengine.definition import moments
from flowengine.definition.expressions import Reason
from flowengine.definition.lengths import Length
from flowengine.definition.words import Text
from flowengine.errors import EvaluationFailed
from flowengine.kernel.choices import Chance, chances
from flowengine.kernel.clocks import named
from flowengine.kernel.commands import Principal
from flowengine.kernel.decision import Blocker, Verdict, titled, verdict_of
from flowengine.kernel.draft import Draft, Spinning, spinning_blocker
from flowengine.kernel.flow import play_time, settle
from flowengine.kernel.four_eyes import barred
from flowengine.kernel.hindrances import (
    blocker_for,
    blockers_for,
    door_blockers,
    every_hold,
    hindrances,
    is_spent,
    owed_blockers,
    shut_blocker,
    waited_for,
)
from flowengine.kernel.lanes import openness
from flowengine.kernel.moving import door
from flowengine.kernel.order import OPENING, Act, Order
from flowengine.kernel.points import instant_of, is_over
from flowengine.kernel.reckoning import course_of, left
from flowengine.kernel.rounds.seats import Round
from flowengine.kernel.standing import Piece, Standing
from flowengine.kernel.variant import plan_for
from flowengine.kernel.work import Listing, open_choices, put_off, way_on
from flowengine.kernel.writers import amenders


@dataclass(frozen=True, slots=True)
class Point:
    """One need of the visit: met or not, by whom, and why a condition holds or does not.

    `roles` are those who can do it; `parts` stand below a choice of several. `due_at` is until when one
    that was deferred has time (milliseconds UTC); `barred` are people who may not do it in any role, `ballot`
    is the round of an approval, until it is granted. Whoever it is `taken_by` does it alone. What only
    another system can meet says by what `lack` it is open.
    """

    need: Need
    met: bool
    act: Act | None
    why: Reason | None
    roles: tuple[str, ...]
    parts: tuple[Point, ...] = ()
    due_at: int | None = None
    barred: tuple[str, ...] = ()
    ballot: Round | None = None
    taken_by: str = ""
    lack: Blocker | None = None


TaskState = Literal["waiting", "open", "done", "not_wanted"]


@dataclass(frozen=True, slots=True)
class TaskPoint:
    """One task of the visit, or its part for one row; waiting until what it comes after is done."""

    piece: Piece
    state: TaskState
    owner: str
    due_at: int | None
    late: bool
    points: tuple[Point, ...]


ClockState = Literal["running", "standing", "waiting", "met"]


@dataclass(frozen=True, slots=True)
class Timing:
    """One clock of the order: what it is about, until when, and how much time is left where it stands still.

    `warned` are the marks that have rung. Instants are milliseconds UTC.
    """

    name: str
    title: Text
    state: ClockState
    owner: str
    due_at: int | None
    late: bool
    left: Length | None
    warned: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A hold that lies on the order: since when (milliseconds UTC), and what lifting it still takes."""

    name: str
    title: Text
    since: int
    by: str
    roles: tuple[str, ...]
    points: tuple[Point, ...]
    due_at: int | None
    late: bool


LaneState = Literal["in_force", "asked_for", "open", "closed"]


@dataclass(frozen=True, slots=True)
class LanePoint:
    """One lane: in force until an instant (milliseconds UTC, None for good), asked for, or to be had.

    `by` is the person who has asked for it, `point` its approval while that is open. `roles` may end it, or
    ask for it; `blockers` say why nobody can.
    """

    lane: Lane
    state: LaneState
    roles: tuple[str, ...]
    by: str = ""
    until: int | None = None
    point: Point | None = None
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome that is open here, and what it still waits for.

    `roles` may choose it; `barred` are people who may not in any role. Whoever it is `taken_by`
    does it alone.
    """

    name: str
    outcome: Outcome
    blockers: tuple[Blocker, ...]
    spent: bool
    roles: tuple[str, ...]
    barred: tuple[str, ...] = ()
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class Amendable:
    """A field that may still be amended: by whom, until which point, and when that is (milliseconds UTC)."""

    field: str
    roles: tuple[str, ...]
    until: moments.Point | None
    until_at: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where an order stands and why it stands there. Instants are milliseconds UTC.

    `uncertain` names the clocks that are due beyond the last certain day of their calendar, each with it.
    """

    stage: str
    title: Text
    owner: str
    entered_at: int
    due_at: int | None
    late: bool
    points: tuple[Point, ...]
    blockers: tuple[Blocker, ...]
    choices: tuple[Choice, ...]
    goes_to: str
    tasks: tuple[TaskPoint, ...] = ()
    opens_at: int | None = None
    clocks: tuple[Timing, ...] = ()
    holds: tuple[Stop, ...] = ()
    uncertain: Mapping[str, str] = field(default_factory=dict)
    lanes: tuple[LanePoint, ...] = ()
    amendable: tuple[Amendable, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Ready when nothing keeps the order where it is; incomplete while something is missing."""
        return verdict_of(self.blockers)


def explain(plan: Plan, order: Order, now: int | None = None) -> Explanation:
    """The explanation of an order as a command at `now` would find it; without `now`, as it stands."""
    plan = plan_for(plan, order)
    order = order if now is None else _played(plan, order, now)
    plan = plan_for(plan, order)
    standing = Listing(plan, order)
    choices = tuple(_choice(standing, chance) for chance in chances(standing))
    if order.status == "closed":
        return _ended(plan, order, choices)
    stage = standing.stage
    goes_to = way_on(standing)
    at_door, owed = door(standing, goes_to), standing.owed(goes_to)
    needs = {need.name: need for need in (*stage.needs, *standing.asked(), *put_off(standing), *owed)}
    missing = [need for need in standing.missing() if need not in owed]
    blockers = (
        *blockers_for(missing, standing),
        *_waiting_tasks(standing),
        *door_blockers(standing.open(at_door), standing),
        *owed_blockers(owed, standing),
        *_choice_open(standing),
    )
    if order.shut:
        blockers = (shut_blocker(standing),)
    blockers = (*every_hold(standing), *blockers)
    explanation = Explanation(
        stage.name,
        stage.title,
        standing.owner_of(stage.name),
        order.entered_at,
        order.due_at,
        order.late,
        tuple(_point(standing, need) for need in (*needs.values(), *at_door) if _counts(standing, need)),
        titled(plan, blockers or _stuck(plan, order)),
        choices,
        goes_to,
        tuple(_task(standing, piece) for piece in standing.pieces()),
        order.opens_at,
        tuple(_timing(standing, clock) for clock in named(standing) if clock.name in order.clocks),
        tuple(_stop(standing, name) for name in order.holds),
        {key: cycle.doubt for key, cycle in order.clocks.items() if cycle.doubt},
        tuple(_lane(standing, lane) for lane in plan.lanes.values()),
        tuple(amendable(standing)),
    )
    return replace(explanation, blockers=(*explanation.blockers, *_undecided(standing)))


def _undecided(standing: Listing) -> tuple[Blocker, ...]:
    """Why nobody can say whose work something is: the owner of the order sees to it that one can."""
    plan, stage = standing.plan, standing.stage
    return titled(
        plan,
        tuple(
            Blocker("nobody_decided", stage.name, (plan.owner,), stage.line, {"why": why})
            for why in standing.undecided
        ),
    )


def _counts(standing: Standing, need: Need) -> bool:
    """Whether a need is shown: it is asked, or was met although it is not."""
    return standing.is_asked(need) or need.name in standing.order.acts


def _timing(standing: Standing, clock: Clock) -> Timing:
    cycle = standing.order.clocks[clock.name]
    course = course_of(standing, clock.due) if clock.due[-1].every is None else None
    state: ClockState = "running"
    if cycle.met is not None:
        state = "met"
    elif cycle.mark == OPENING:
        state = "waiting"
    elif cycle.since is None or not cycle.basis:
        state = "standing"
    return Timing(
        clock.name,
        clock.title,
        state,
        standing.owner_of(clock.name),
        cycle.due,
        cycle.late,
        left(course, cycle, standing.order.last_at) if course and state == "standing" else None,
        cycle.rung,
        tuple(_point(standing, need) for need in clock.needs if _counts(standing, need)),
    )


def amendable(standing: Standing) -> Iterator[Amendable]:
    """The fields that are only amended, and still may be."""
    for name, said in standing.plan.amending.items():
        if said.until is None:
            yield Amendable(name, amenders(standing, name), None, None, said.line)
        elif not is_over(standing, said.until, standing.order.last_at):
            at = instant_of(standing, said.until, end=True)
            yield Amendable(name, amenders(standing, name), said.until, at, said.line)


def _stop(standing: Standing, name: str) -> Stop:
    hold, order = standing.plan.holds[name], standing.order
    held = order.holds[name]
    points = tuple(_point(standing, need) for need in hold.needs if _counts(standing, need))
    return Stop(
        name,
        hold.title,
        held.since,
        held.by,
        standing.found(hold.release_by),
        points,
        order.due_of(name),
        order.is_late(name),
    )


def _lane(standing: Standing, lane: Lane) -> LanePoint:
    order, name = standing.order, lane.name
    if granted := order.lanes.get(name):
        return LanePoint(lane, "in_force", lane.revoke_by, granted.by, granted.until)
    if ballot := order.rounds.get(name):
        return LanePoint(lane, "asked_for", (), ballot.requester, point=_point(standing, lane.need))
    try:
        blockers = openness(standing, lane)
    except EvaluationFailed as failed:
        blockers = (Blocker("cannot_go_on", name, lane.by, lane.line, {"why": str(failed)}),)
    return LanePoint(
        lane, "closed" if blockers else "open", lane.by, blockers=titled(standing.plan, blockers)
    )


def _task(standing: Standing, piece: Piece) -> TaskPoint:
    task, state = piece.task, standing.order.tasks.get(piece.key)
    word: TaskState = "waiting" if standing.is_wanted(task) else "not_wanted"
    if state:
        word = "open" if state.done_at is None else "done"
    return TaskPoint(
        piece,
        word,
        standing.owner_of(task.name),
        standing.order.due_of(piece.key),
        standing.order.is_late(piece.key),
        tuple(_point(standing, need) for need in piece.needs() if _counts(standing, need)),
    )


def _waiting_tasks(standing: Standing) -> tuple[Blocker, ...]:
    """Tasks that are not done, and whose needs do not say so: they wait, or somebody must choose."""
    found = []
    for piece in standing.pieces():
        task, state = piece.task, standing.order.tasks.get(piece.key)
        if not standing.is_wanted(task) or (state and (task.needs or state.done_at is not None)):
            continue
        code = "task_open" if state else "task_waits"
        params = {"title": task.title.all(), "after": [waited_for(standing, name) for name in task.after]}
        found.append(Blocker(code, piece.key, (standing.owner_of(task.name),), task.line, params))
    return tuple(found)


def _played(plan: Plan, order: Order, now: int) -> Order:
    """The order once everything has happened that falls due up to `now`."""
    if order.wake_at is None or order.wake_at > now:
        return order
    draft = Draft(plan, order, Principal.system("time"), now, "")
    play_time(draft, now)
    return draft.order


def _stuck(plan: Plan, order: Order) -> tuple[Blocker, ...]:
    """Why an order that lacks nothing stays: only lateness can have brought it where it cannot go on."""
    draft = Draft(plan, order, Principal.system("explain"), order.last_at, "")
    try:
        settle(draft)
    except Spinning as spinning:
        return (spinning_blocker(spinning),)
    except EvaluationFailed as failed:
        stage = plan.stages[order.stage]
        return (Blocker("cannot_go_on", stage.name, (plan.owner,), stage.line, {"why": str(failed)}),)
    return ()


def _ended(plan: Plan, order: Order, choices: tuple[Choice, ...]) -> Explanation:
    end = plan.ends[order.stage]
    return Explanation(
        stage=end.name,
        title=end.title,
        owner=plan.owner,
        entered_at=order.entered_at,
        due_at=None,
        late=False,
        points=(),
        blockers=(),
        choices=choices,
        goes_to="",
    )


def _choice_open(standing: Standing) -> tuple[Blocker, ...]:
    """A stage that does not complete itself waits for one of those who may choose there."""
    stage = standing.stage
    if stage.completes_itself:
        return ()
    choices = open_choices(standing)
    roles = tuple(dict.fromkeys(role for chance in choices for role in standing.doers(chance.outcome)))
    known = {"known": [chance.name for chance in choices]}
    return (Blocker("choice_open", stage.name, roles, stage.line, known),)


def _point(standing: Standing, need: Need) -> Point:
    met = standing.is_met(need)
    lack = blocker_for(need, standing) if (need.call or need.event) and not met else None
    return Point(
        need,
        met,
        standing.order.acts.get(need.name),
        need.that.why(standing.facts) if need.that else None,
        standing.doers(need),
        tuple(_point(standing, part) for part in need.any),
        standing.order.due_of(need.name),
        barred(standing, need),
        standing.order.rounds.get(need.name),
        standing.order.taken.get(need.name, ""),
        lack,
    )


def _choice(standing: Standing, chance: Chance) -> Choice:
    outcome, order = chance.outcome, standing.order
    blockers = hindrances(standing, outcome, order.last_at)
    if order.shut and outcome.place != "order":
        blockers = (shut_blocker(standing),)
    roles = standing.doers(outcome)
    said = titled(standing.plan, blockers)
    others, taken = barred(standing, outcome), order.taken.get(chance.name, "")
    return Choice(chance.name, outcome, said, is_spent(order, outcome), roles, others, taken)
