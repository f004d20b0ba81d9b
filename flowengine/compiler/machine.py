"""The only file that imports `transitions`: a process as a Machine that says where orders go.

House rules. The Machine has no model and never gets one that stays: each move is made by a throw-away
token, because registered models are kept for ever. Conditions are callables, never strings, because a
dotted string would be imported and called. Business conditions decide *which* row of `next` holds; whether
an order may leave at all is the kernel's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from transitions import EventData, Machine, MachineError

from flowengine.definition.expressions import Expression, Facts


@dataclass(frozen=True, slots=True)
class Arrow:
    """One transition: under `trigger` from `source` to `target`, if `when` holds."""

    trigger: str
    source: str
    target: str
    when: Expression | None = None


class _Token:
    """Stands for one order during one move, and for nothing afterwards."""

    __slots__ = ("state",)
    state: str

    def __init__(self, state: str) -> None:
        self.state = state


class MachineRouter:
    """Routes orders with a `transitions` Machine built from the arrows of one process."""

    def __init__(self, states: Iterable[str], arrows: Iterable[Arrow]) -> None:
        self.machine = Machine(
            model=None, states=list(states), initial=None, auto_transitions=False, send_event=True
        )
        self._asking: set[tuple[str, str]] = set()
        self._known: dict[tuple[str, str], str] = {}
        for arrow in arrows:
            condition = _condition(arrow.when) if arrow.when else None
            if condition:
                self._asking.add((arrow.source, arrow.trigger))
            self.machine.add_transition(arrow.trigger, arrow.source, arrow.target, conditions=condition)

    def move(self, stage: str, trigger: str, facts: Facts) -> str:
        """Where `trigger` leads from `stage`. Raises LookupError where the process knows no such way."""
        way = (stage, trigger)
        if way in self._known:
            return self._known[way]
        target = self._moved(stage, trigger, facts)
        if way not in self._asking:  # no condition can make the machine answer otherwise
            self._known[way] = target
        return target

    def _moved(self, stage: str, trigger: str, facts: Facts) -> str:
        token = _Token(stage)
        event = self.machine.events.get(trigger)
        try:
            moved = event is not None and event.trigger(token, facts=facts)
        except MachineError:
            moved = False
        if not moved:
            raise LookupError(f"no way from {stage!r} by {trigger!r}")
        return token.state


def _condition(when: Expression) -> Callable[[EventData], bool]:
    def holds(event: EventData) -> bool:
        facts: Facts = event.kwargs["facts"]
        return when.holds(facts)

    return holds
