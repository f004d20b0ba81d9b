"""What waits for whom in an order, and who has taken it upon himself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.compiler.plan import Need, Plan, Task
from flowengine.errors import EvaluationFailed
from flowengine.kernel.choices import Chance, chances
from flowengine.kernel.computing import is_computed
from flowengine.kernel.four_eyes import barred
from flowengine.kernel.moving import door, onward
from flowengine.kernel.order import Order
from flowengine.kernel.standing import Standing
from flowengine.kernel.variant import plan_for
from flowengine.kernel.work_item import WorkItem


class Reading(Standing):
    """An order that is only looked at: a condition that cannot be worked out yet is one that is not met."""

    __slots__ = ()

    def is_met(self, need: Need) -> bool:
        """As in a decision, but never raises."""
        try:
            return super().is_met(need)
        except EvaluationFailed:
            return False

    def is_wanted(self, it: Need | Task) -> bool:
        """As in a decision, but never raises: what cannot be worked out is asked."""
        try:
            return super().is_wanted(it)
        except EvaluationFailed:
            return True


class Listing(Reading):
    """A reading that says of all work whose it is: the owner's of the order, where the data do not tell.

    `undecided` are the reasons why they do not tell, each once.
    """

    __slots__ = ("undecided",)

    def __init__(self, plan: Plan, order: Order) -> None:
        super().__init__(plan, order)
        self.undecided: dict[str, None] = {}

    def named_owner(self, place: str) -> str:
        """As in a decision, but never raises."""
        try:
            return super().named_owner(place)
        except EvaluationFailed as failed:
            self.undecided[str(failed)] = None
            return self.plan.owner


def work(plan: Plan, order: Order) -> tuple[WorkItem, ...]:
    """The work items of an order. Conditions and what is computed are nobody's work; a need at a door waits
    for the others.
    """
    if order.status == "closed":
        return ()
    plan = plan_for(plan, order)
    standing = Listing(plan, order)
    items = {item.key: item for item in _items(standing, asked(standing))}
    if order.shut:
        return tuple(items.values())
    stage = standing.stage
    if not stage.completes_itself:
        for chance in open_choices(standing):
            outcome = chance.outcome
            doers, others = standing.doers(outcome, chance.name), barred(standing, outcome)
            taken = order.taken.get(chance.name, "")
            items[chance.name] = WorkItem(chance.name, "outcome", outcome, doers, order.due_at, others, taken)
    for piece in standing.pieces():
        if not piece.task.needs and piece.key in order.tasks and not standing.is_done(piece.key):
            key = piece.key
            owner = order.dealt_to(key) or (standing.owner_of(piece.task.name),)
            due_at, taken = order.due_of(key), order.taken.get(key, "")
            items[key] = WorkItem(key, "task", piece.task, owner, due_at, taken_by=taken)
    return tuple(items.values())


def asked(standing: Standing) -> tuple[Need, ...]:
    """The needs of an open order that somebody could meet now; those at a door wait for the others."""
    if standing.order.shut:
        return tuple(standing.owed())
    waiting = standing.missing()
    if not waiting and not standing.has_open_tasks():
        waiting = standing.open(door(standing, way_on(standing)))
    on_the_side = standing.open(standing.running())
    return (*waiting, *put_off(standing), *standing.owed(), *on_the_side)


def _items(standing: Standing, needs: Iterable[Need]) -> Iterator[WorkItem]:
    """A work item for each need that somebody can do; of a choice of several, one for each of them."""
    for need in needs:
        if need.any:
            yield from _items(standing, standing.open(need.any))
        elif (roles := standing.doers(need)) and not is_computed(standing.plan, need.field):
            due_at, others = _due_of(standing, need), barred(standing, need)
            taken = standing.order.taken.get(need.name, "")
            yield WorkItem(need.name, need.kind, need, roles, due_at, others, taken)


def _due_of(standing: Standing, need: Need) -> int | None:
    """Until when a need has time: its own clock says so, else that of its task, clock, hold or stage."""
    order, piece = standing.order, standing.piece_of(need)
    for key in (need.name, piece.key if piece else need.place):
        if key in order.clocks:
            return order.due_of(key)
    return None if piece and piece.key in order.tasks else order.due_at


def open_choices(standing: Standing) -> list[Chance]:
    """The outcomes for which a stage without needs waits: its own, else those of the whole order."""
    everything = list(chances(standing))
    own = [chance for chance in everything if chance.outcome.place != "order"]
    return own or everything


def way_on(standing: Standing) -> str:
    """Where the order would go now; empty where only a person decides, or the data do not say yet."""
    if not standing.stage.completes_itself:
        return ""
    try:
        return standing.plan.router.move(standing.order.stage, onward(standing), standing.facts)
    except EvaluationFailed:
        return ""


def put_off(standing: Standing) -> list[Need]:
    """What the order went on without, and still owes."""
    return [standing.plan.lasting[name] for name in standing.order.deferred]
