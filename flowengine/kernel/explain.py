"""What an order waits for: open needs with reasons, who can help, what may be chosen, where it goes."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.plan import NEXT, Need, Outcome, Plan, Stage
from flowengine.definition.expressions import Reason
from flowengine.definition.words import Text
from flowengine.errors import EvaluationFailed
from flowengine.kernel.choices import blocker_for, door_blockers, hindrances, is_spent, outcomes_of
from flowengine.kernel.commands import Principal
from flowengine.kernel.decision import Blocker, Verdict, titled, verdict_of
from flowengine.kernel.draft import Draft, Spinning, spinning_blocker
from flowengine.kernel.flow import door, play_time, settle
from flowengine.kernel.order import Act, Order


@dataclass(frozen=True, slots=True)
class Point:
    """One need of the visit: met or not, by whom, and why a condition holds or does not."""

    need: Need
    met: bool
    act: Act | None
    why: Reason | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome that is open here, and what it still waits for."""

    outcome: Outcome
    blockers: tuple[Blocker, ...]
    spent: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where an order stands and why it stands there. Instants are milliseconds UTC."""

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

    @property
    def verdict(self) -> Verdict:
        """Ready when nothing keeps the order where it is; incomplete while something is missing."""
        return verdict_of(self.blockers)


def explain(plan: Plan, order: Order, now: int | None = None) -> Explanation:
    """The explanation of an order as a command at `now` would find it; without `now`, as it stands."""
    order = order if now is None else _played(plan, order, now)
    draft = _Reading(plan, order, Principal.system("explain"), order.last_at, "")
    choices = tuple(_choice(draft, outcome) for outcome in outcomes_of(plan, order).values())
    if order.status == "closed":
        return _ended(plan, order, choices)
    stage = draft.stage
    needs = (*stage.needs, *draft.asked())
    goes_to = _way_on(draft)
    missing = tuple(blocker_for(need, draft) for need in draft.open(needs))
    at_door = door_blockers(draft.open(door(draft, goes_to)), draft)
    return Explanation(
        stage.name,
        stage.title,
        stage.owner,
        order.entered_at,
        order.due_at,
        order.late,
        tuple(_point(draft, need) for need in (*needs, *door(draft, goes_to))),
        titled(plan, (*missing, *at_door, *_choice_open(stage)) or _stuck(plan, order)),
        choices,
        goes_to,
    )


class _Reading(Draft):
    """A draft that decides nothing: a condition that cannot be worked out yet is one that is not met."""

    __slots__ = ()

    def is_met(self, need: Need) -> bool:
        """As in a decision, but never raises."""
        try:
            return super().is_met(need)
        except EvaluationFailed:
            return False


def _played(plan: Plan, order: Order, now: int) -> Order:
    """The order once everything has happened that falls due up to `now`."""
    if order.wake_at is None or order.wake_at > now:
        return order
    draft = Draft(plan, order.copy(), Principal.system("time"), now, "")
    play_time(draft, now)
    return draft.order


def _stuck(plan: Plan, order: Order) -> tuple[Blocker, ...]:
    """Why an order that lacks nothing stays: only lateness can have brought it where it cannot go on."""
    draft = Draft(plan, order.copy(), Principal.system("explain"), order.last_at, "")
    try:
        settle(draft)
    except Spinning as spinning:
        return (spinning_blocker(spinning),)
    except EvaluationFailed as failed:
        stage = plan.stages[order.stage]
        return (Blocker("cannot_go_on", stage.name, (plan.owner,), stage.line, {"why": str(failed)}),)
    return ()


def _way_on(draft: Draft) -> str:
    """Where the order would go now; empty where only a person decides, or the data do not say yet."""
    try:
        return draft.plan.router.move(draft.order.stage, NEXT, draft.facts) if draft.stage.needs else ""
    except EvaluationFailed:
        return ""


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


def _choice_open(stage: Stage) -> tuple[Blocker, ...]:
    """A stage without needs waits for one of those who may choose there."""
    if stage.needs:
        return ()
    choices = _choices(stage)
    roles = tuple(dict.fromkeys(role for outcome in choices for role in outcome.by))
    known = {"known": [outcome.name for outcome in choices]}
    return (Blocker("choice_open", stage.name, roles, stage.line, known),)


def _choices(stage: Stage) -> list[Outcome]:
    """The outcomes for which a stage without needs waits: its own, else those of the whole order."""
    own = [each for each in stage.outcomes.values() if not each.key.startswith("order.")]
    return own or list(stage.outcomes.values())


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Something that waits for somebody: an open need or, where only a person decides, the choice."""

    key: str
    kind: str
    roles: tuple[str, ...]


def work(plan: Plan, order: Order) -> tuple[WorkItem, ...]:
    """The work items of an order. Conditions are nobody's work; a need at a door waits for the others."""
    if order.status == "closed":
        return ()
    draft = _Reading(plan, order, Principal.system("work"), order.last_at, "")
    stage = draft.stage
    waiting = draft.open((*stage.needs, *draft.asked()))
    if not waiting:
        waiting = draft.open(door(draft, _way_on(draft)))
    items = [WorkItem(need.name, need.kind, need.by) for need in waiting if need.by]
    if not stage.needs:
        items += [WorkItem(each.name, "outcome", each.by) for each in _choices(stage)]
    return tuple(items)


def _point(draft: Draft, need: Need) -> Point:
    why = need.that.why(draft.facts) if need.that else None
    return Point(need, draft.is_met(need), draft.order.acts.get(need.name), why)


def _choice(draft: Draft, outcome: Outcome) -> Choice:
    spent = is_spent(draft.order, outcome)
    return Choice(outcome, titled(draft.plan, hindrances(draft, outcome, spent=spent)), spent)
