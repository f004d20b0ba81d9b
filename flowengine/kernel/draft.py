"""The order while one decision is made: every event that is emitted is applied at once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from flowengine.compiler.clock import TOUCHED
from flowengine.compiler.plan import Plan
from flowengine.definition.outsiders import CUSTOMER
from flowengine.errors import EvaluationFailed
from flowengine.kernel.answers import HEAD_OF, NO_ANSWERS, Answers, Question
from flowengine.kernel.commands import Principal
from flowengine.kernel.decision import Blocker, Effect, Permit
from flowengine.kernel.events import Event, apply
from flowengine.kernel.facts import OrderFacts
from flowengine.kernel.order import Order
from flowengine.kernel.standing import Standing
from flowengine.texts import say

MOST_BY_ITSELF: Final = 100
"""How often rules may fire and holds flip at one instant: those that set off each other would never end."""

_TOUCHES: Final = frozenset(
    {
        "acted",
        "received",
        "declined",
        "voted",
        "waived",
        "set",
        "chosen",
        "held",
        "released",
        "returned",
        "taken_back",
    }
)
"""What breaks a silence: the doings of people and of other systems, and not what the order does by itself."""


class Spinning(Exception):
    """A stage was entered twice at one instant, so the process would run round for ever."""

    def __init__(self, path: Iterable[str]) -> None:
        self.path = tuple(path)
        super().__init__(say("blocker.spinning", "en", {"path": self.path}))


def spinning_blocker(spinning: Spinning) -> Blocker:
    """The refusal of a command that would make the order run in a circle."""
    return Blocker("spinning", name=spinning.path[-1], params={"path": list(spinning.path)})


class Draft(Standing):
    """Private to one `decide`, which leaves the order that it is given as it is. `now` is the instant as of
    which things happen.

    While `alone` nobody has asked for what happens: time has passed. `hops` counts the orders that have set
    off each other, this one included.
    """

    __slots__ = (
        "_began",
        "_flips",
        "_path",
        "alone",
        "answers",
        "asks",
        "by",
        "effects",
        "events",
        "hops",
        "now",
        "reason",
        "under",
    )

    def __init__(
        self,
        plan: Plan,
        order: Order,
        by: Principal,
        now: int,
        reason: str,
        answers: Answers = NO_ANSWERS,
    ) -> None:
        super().__init__(plan, order.copy())
        self._began = order
        self.by = by
        self.now = now
        self.reason = reason
        self.events: list[Event] = []
        self.effects: list[Effect] = []
        self.under: list[Permit] = []
        self.asks: list[Question] = []
        self.alone = False
        self.answers = answers
        self.hops = 1
        self._flips = 0
        self._path: list[str] = []

    def is_answered(self, question: Question) -> bool:
        """Whether there is an answer to it; else the question is kept."""
        if question in self.answers:
            return True
        if question not in self.asks:
            self.asks.append(question)
        return False

    def head(self, person: str) -> str:
        """Who is above a person; where that is asked for the first time, the directory says."""
        if person and person not in self.order.heads:
            self.look_up(person)
        return super().head(person)

    def look_up(self, person: str) -> None:
        """Note who is above a person, as soon as the directory has said."""
        question = Question(HEAD_OF, person)
        if self.is_answered(question):
            head = next(iter(self.answers[question] or ()), "")
            if self.order.heads.get(person) != head:
                self.emit("headed", of=person, head=head)

    def permits(self, roles: tuple[str, ...], line: int | None) -> bool:
        """Whether one of those roles lets the one who asks do it; under which, and by which line, is kept."""
        role = self.by.role_among(roles)
        if role in roles and (permit := Permit(role, line)) not in self.under:
            self.under.append(permit)
        return role is not None

    @property
    def doer(self) -> str:
        """By whom something happens: while time passes alone by nobody, whoever comes next."""
        return "time" if self.alone else self.by.id

    @property
    def behind(self) -> str:
        """The person whose doing sets off what happens, who counts as having opened what is opened by it.
        Empty where that is nobody of the house: time, the host itself, the customer, another order.
        """
        is_person = not self.by.is_system and CUSTOMER not in self.by.roles
        return self.by.id if is_person and not self.alone else ""

    @property
    def motive(self) -> str:
        """The reason that was given for what happens, if anybody asked for it."""
        return "" if self.alone else self.reason

    def emit(self, kind: str, /, *moments: str, **data: Any) -> None:
        """Let something happen: record the event, and count those of its moments that are read later."""
        data["at"] = self.now
        known = self.plan.marks
        if TOUCHED in known and kind in _TOUCHES and "itself" not in data:
            moments = (*moments, TOUCHED)
        if moments and (marks := [moment for moment in moments if moment in known]):
            data["marks"] = marks
        event = Event(kind, data)
        self.events.append(event)
        apply(self.order, event)
        self.forget()

    def tell(self, roles: Iterable[str], about: str, *, overtaken: bool = False, **data: Any) -> None:
        """Leave a message about a moment, one for each role; its key is unique to this order.

        One that a later moment has `overtaken` before it could be sent stands in history and goes nowhere.
        """
        for role in dict.fromkeys(map(self.addressee, roles)):
            key = f"{about}/{self.order.told + 1}"
            self.emit(
                "told", role=role, about=about, key=key, **({"overtaken": True} if overtaken else {}), **data
            )
            if not overtaken:
                said = {"role": role, "about": about, "at": self.now, **data}
                self.effects.append(Effect("message", key, said))

    def realign(self) -> None:
        """Go on by the plan of the lanes that are in force now, and of the parts into which it is split."""
        plan = self.plan.of(self.order.fields, self.order.overlays)
        if plan is not self.plan:
            self.plan, self.facts = plan, OrderFacts(plan, self.order)
            self.forget()

    def turn_to(self, now: int) -> None:
        """Let what follows happen as of `now`; at another instant every stage may be entered again."""
        if now != self.now:
            self.now, self._flips = now, 0
            self._path.clear()

    def step_into(self, stage: str) -> None:
        """Note that a stage is entered. Raises Spinning when it was entered before at this instant."""
        if stage in self._path:
            raise Spinning((*self._path, stage))
        self._path.append(stage)

    def flip(self, name: str) -> None:
        """Note that a rule fires, or a hold comes or goes by itself. Raises Spinning on a circle."""
        self._flips += 1
        if self._flips > MOST_BY_ITSELF:
            raise Spinning((self.order.stage, name))

    def act(self, step: Callable[[Draft], None]) -> None:
        """Do what a rule or a mark asks for. What fails while time passes alone is left out, and on record:
        nobody could mend it, and neither lateness nor the rest of the order may wait for it.
        """
        if not self.alone:
            step(self)
        elif why := self.attempt(step):
            self.emit("stuck", stage=self.order.stage, why=why)

    def attempt(self, step: Callable[[Draft], None]) -> str:
        """Do a step wholly, or not at all where it runs in a circle or meets what cannot be evaluated.

        The reason for which it was not done; empty if it was.
        """
        plan, now, flips, path = self.plan, self.now, self._flips, self._path.copy()
        events, effects = len(self.events), len(self.effects)
        try:
            step(self)
        except (EvaluationFailed, Spinning) as reason:
            self.now, self._flips, self._path = now, flips, path
            del self.events[events:], self.effects[effects:]
            self._play_again(plan)
            return str(reason)
        return ""

    def _play_again(self, plan: Plan) -> None:
        """Stand where the events lead: seldom needed, where a copy for each attempt would be made always."""
        order = self._began.copy()
        for event in self.events:
            order = apply(order, event)
        self.plan, self.order, self.facts = plan, order, OrderFacts(plan, order)
        self.forget()

    def addressee(self, who: str) -> str:
        """Who is told: the owner of a stage or task where rows decide; a role or a person as they are."""
        return self.meant(who) or self.plan.owner
