"""The order while one decision is made: every event that is emitted is applied at once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flowengine.compiler.plan import Need, Plan, Stage
from flowengine.definition.values import Stored
from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Principal
from flowengine.kernel.decision import Blocker, Effect
from flowengine.kernel.events import Event, apply
from flowengine.kernel.facts import OrderFacts
from flowengine.kernel.order import Order
from flowengine.texts import say


class Spinning(Exception):
    """A stage was entered twice at one instant, so the process would run round for ever."""

    def __init__(self, path: Iterable[str]) -> None:
        self.path = tuple(path)
        super().__init__(say("blocker.spinning", "en", {"path": self.path}))


def spinning_blocker(spinning: Spinning) -> Blocker:
    """The refusal of a command that would make the order run in a circle."""
    return Blocker("spinning", name=spinning.path[-1], params={"path": list(spinning.path)})


class Draft:
    """Private to one `decide`. `now` is the instant as of which things happen."""

    __slots__ = ("_path", "by", "effects", "events", "facts", "now", "order", "plan", "reason")

    def __init__(self, plan: Plan, order: Order, by: Principal, now: int, reason: str) -> None:
        self.plan = plan
        self.order = order
        self.by = by
        self.now = now
        self.reason = reason
        self.events: list[Event] = []
        self.effects: list[Effect] = []
        self.facts = OrderFacts(plan, order)
        self._path: list[str] = []

    @property
    def stage(self) -> Stage:
        """The stage that the order is in. Only for open orders."""
        return self.plan.stages[self.order.stage]

    def emit(self, kind: str, /, *moments: str, **data: Any) -> None:
        """Let something happen: record the event, and count those of its moments that are read later."""
        data["at"] = self.now
        if marks := [moment for moment in moments if moment in self.plan.marks]:
            data["marks"] = marks
        event = Event(kind, data)
        self.events.append(event)
        apply(self.order, event)

    def tell(self, roles: Iterable[str], about: str, **data: Any) -> None:
        """Leave a message about a moment, one for each role; its key is unique to this order."""
        for role in dict.fromkeys(roles):
            key = f"{about}/{self.order.told + 1}"
            self.emit("told", role=role, about=about, key=key, **data)
            said = {"role": role, "about": about, "at": self.now, **data}
            self.effects.append(Effect("message", key, said))

    def turn_to(self, now: int) -> None:
        """Let what follows happen as of `now`; at another instant every stage may be entered again."""
        if now != self.now:
            self.now = now
            self._path.clear()

    def step_into(self, stage: str) -> None:
        """Note that a stage is entered. Raises Spinning when it was entered before at this instant."""
        if stage in self._path:
            raise Spinning((*self._path, stage))
        self._path.append(stage)

    def attempt(self, step: Callable[[Draft], None]) -> str:
        """Do a step wholly, or not at all where it runs in a circle or meets what cannot be evaluated.

        The reason for which it was not done; empty if it was.
        """
        order, events, effects, path = self.order.copy(), len(self.events), len(self.effects), len(self._path)
        try:
            step(self)
        except (EvaluationFailed, Spinning) as reason:
            self.order, self.facts = order, OrderFacts(self.plan, order)
            del self.events[events:], self.effects[effects:], self._path[path:]
            return str(reason)
        return ""

    def is_met(self, need: Need) -> bool:
        """Whether a need is fulfilled: acts count for this visit, fields and conditions as they are now."""
        if need.that is not None:
            return need.that.holds(self.facts)
        if need.kind == "field":
            return is_given(self.order.fields.get(need.field))
        return need.name in self.order.acts

    def open(self, needs: Iterable[Need]) -> list[Need]:
        """The needs that are not met."""
        return [need for need in needs if not self.is_met(need)]

    def asked(self) -> list[Need]:
        """The needs that actions have added to this visit, without those that the stage asks anyway."""
        if not self.order.asked:
            return []
        own = {need.name for need in self.stage.needs}
        return [self.stage.doable[name] for name in self.order.asked if name not in own]


def is_given(stored: Stored) -> bool:
    """Whether a field with that value meets a need: no and nought are values, a list without rows is none."""
    return stored is not None and stored != []
