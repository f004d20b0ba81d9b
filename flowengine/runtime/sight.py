"""What a reader sees of an order: everything handed out goes through here, and loses the values that the
roles of the reader do not see. Private ones are opened here, for those who see them in full, or masked.

Times stay: a stage is due for everybody. So do notes, evidence and reasons, which are no fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.expressions import Reason
from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Principal
from flowengine.kernel.decision import Blocker, Decision, Effect
from flowengine.kernel.events import Event
from flowengine.kernel.explain import Choice, Explanation, Point
from flowengine.kernel.ledger import Ledger
from flowengine.kernel.order import Order
from flowengine.kernel.rights import hidden
from flowengine.kernel.variant import plan_for
from flowengine.runtime.ports import Definitions
from flowengine.runtime.privacy.lens import Lens, Opener
from flowengine.runtime.result import Result
from flowengine.runtime.rows import HistoryRow, OrderRow
from flowengine.texts import Phrase, say

_HIDDEN: Final = Phrase("sight.hidden")
_OPENLY: Final = nullcontext()
_BASIS: Final = 5
"""Where the stored form of a clock holds from which length or date it was reckoned."""


@contextmanager
def _without_values() -> Iterator[None]:
    try:
        yield
    except EvaluationFailed:
        raise EvaluationFailed(say("sight.hidden", "en")) from None


@contextmanager
def _through(lens: Lens) -> Iterator[None]:
    try:
        yield
    except EvaluationFailed as failed:
        raise EvaluationFailed(lens.within(str(failed))) from None


@dataclass(frozen=True, slots=True)
class Sight:
    """How one reader sees one order: without the fields that are `hidden`, and through a `lens` where it
    holds private values.
    """

    hidden: frozenset[str] = frozenset()
    lens: Lens | None = None

    @classmethod
    def of(cls, plan: Plan, order: Order | None, by: Principal, opener: Opener | None = None) -> Sight:
        """The sight of `by`."""
        typed = plan_for(plan, order) if order else plan
        return cls(hidden(typed, order, by), Lens.of(typed, opener, by) if opener else None)

    @classmethod
    def on(cls, plan: Plan, row: OrderRow, by: Principal, opener: Opener | None = None) -> Sight:
        """The same, of an order that is not read yet; one that cannot be read has no work for anybody."""
        if opener is None and (by.is_system or not any(each.is_guarded or each.links for each in plan.every)):
            return cls()
        try:
            return cls.of(plan, Order.load(row.state), by, opener)
        except (LookupError, TypeError, ValueError):
            return cls.of(plan, None, by, opener)

    @property
    def is_clear(self) -> bool:
        """Whether everything is handed out as it is stored."""
        return not self.hidden and self.lens is None

    def learn(self, unit: Definitions, texts: Iterable[str]) -> None:
        """Read whose private values stand in these texts, while they can be read."""
        if self.lens:
            self.lens.opener.learn(unit, texts)

    def row(self, row: OrderRow) -> OrderRow:
        """The row as it may be handed out; a snapshot that cannot be read is handed out to nobody limited."""
        if self.is_clear:
            return row
        row = row._replace(state=self._state(row.state), failure=row.failure and self._sentence(row.failure))
        return row._replace(identity=None, start_key=None) if self.hidden else row

    def order(self, order: Order) -> Order:
        """The snapshot."""
        if self.is_clear:
            return order
        seen = order.copy()
        seen.fields = self._seen(order.fields)
        seen.linked, seen.coming = (
            {
                name: {id: self._said(name, says) for id, says in others.items()}
                for name, others in linked.items()
            }
            for linked in (order.linked, order.coming)
        )
        if self.hidden:
            seen.received = {}
            seen.clocks = {
                name: cycle._replace(basis=cycle.basis and "-") for name, cycle in order.clocks.items()
            }
        return seen

    def key(self, row: HistoryRow) -> str | None:
        """The key of a command; that of an opening is made of values, as the identity is."""
        return None if self.hidden and row.seq == 1 else row.command_key

    def record(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A row of history."""
        if self.is_clear:
            return dict(record)
        events = (self._event(event["event"], event) for event in record["events"])
        shown = {**record, "events": [event for event in events if event.get("fields", True)]}
        do = record.get("do", {})
        if "values" in do:  # those of an opening stand under names of their own
            elsewhere = do["verb"] in ("create", "open")
            values = {} if elsewhere and self.hidden else self._seen(do["values"])
            shown["do"] = {**do, "values": values}
        if "data" in do and self.hidden:
            shown["do"] = {**do, "data": {}}
        return shown

    def result(self, result: Result) -> Result:
        """The answer to a command."""
        if self.is_clear:
            return result
        return replace(result, events=self._events(result.events), blockers=self.blockers(result.blockers))

    def decision(self, decision: Decision) -> Decision:
        """What a command would come to."""
        if self.is_clear:
            return decision
        return Decision(
            decision.order and self.order(decision.order),
            self._events(decision.events),
            tuple(map(self._effect, decision.effects)),
            self.blockers(decision.blockers),
        )

    def failing(self) -> AbstractContextManager[None]:
        """What cannot be worked out here is said without the values that its message quotes."""
        if self.hidden:
            return _without_values()
        return _OPENLY if self.lens is None else _through(self.lens)

    def blockers(self, blockers: Iterable[Blocker]) -> tuple[Blocker, ...]:
        """Reasons against something."""
        return tuple(map(self._blocker, blockers)) if self.hidden else tuple(blockers)

    def explanation(self, explanation: Explanation) -> Explanation:
        """What an order waits for, and why."""
        if self.is_clear:
            return explanation
        return replace(
            explanation,
            points=self._points(explanation.points),
            blockers=self.blockers(explanation.blockers),
            choices=tuple(map(self._choice, explanation.choices)),
            tasks=tuple(replace(task, points=self._points(task.points)) for task in explanation.tasks),
            clocks=tuple(replace(each, points=self._points(each.points)) for each in explanation.clocks),
            holds=tuple(replace(each, points=self._points(each.points)) for each in explanation.holds),
            lanes=tuple(replace(each, blockers=self.blockers(each.blockers)) for each in explanation.lanes),
        )

    def ledger(self, ledger: Ledger) -> Ledger:
        """Why something is due: which field moved it stays, from what to what does not."""
        if not self.hidden:
            return ledger
        lines = tuple(
            replace(
                line,
                causes=tuple(
                    replace(cause, old=None, new=None) if cause.name in self.hidden else cause
                    for cause in line.causes
                ),
            )
            for line in ledger.lines
        )
        return replace(ledger, lines=lines)

    def _state(self, state: str) -> str:
        try:
            return self.order(Order.load(state)).dump()
        except (TypeError, ValueError):
            return ""

    def _seen(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._opened(value) for name, value in values.items() if name not in self.hidden}

    def _said(self, link: str, says: Mapping[str, Any]) -> dict[str, Any]:
        """What a linked order has said, without what it says of fields that are hidden."""
        if link in self.hidden:
            return {**says, "fields": {}}
        fields = {name: each for name, each in says["fields"].items() if f"{link}.{name}" not in self.hidden}
        return {**says, "fields": fields}

    def _opened(self, value: Any) -> Any:
        return self.lens.seen(value) if self.lens else value

    def _sentence(self, said: str) -> str:
        """What could not be worked out, without values that it must not quote."""
        if self.hidden:
            return say("sight.hidden", "en")
        return self.lens.within(said) if self.lens else said

    def _events(self, events: Iterable[Event]) -> tuple[Event, ...]:
        seen = (Event(event.kind, self._event(event.kind, event.data)) for event in events)
        return tuple(event for event in seen if event.data.get("fields", True))

    def _effect(self, effect: Effect) -> Effect:
        """What would go outside; to other orders go values of both, under the names that they have there."""
        if self.hidden and effect.kind in ("start", "signal"):
            return Effect(effect.kind, effect.key, {})
        return Effect(effect.kind, effect.key, self._event(effect.kind, effect.data))

    def _event(self, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = dict(data) if self.lens is None else self.lens.seen(data)
        if "fields" in shown:
            shown["fields"] = self._seen(shown["fields"])
        if kind in ("linked", "opening"):
            shown["says"] = self._said(shown["link"], shown["says"])
        if not self.hidden:
            return shown
        if kind == "received":  # what came may stand in fields by now
            shown["data"] = {}
        if kind == "stuck":  # the reason is a sentence, and quotes values
            shown["why"] = say("sight.hidden", "en")
        state: list[Any] = list(shown.get("state", ()))
        if state[_BASIS:] and state[_BASIS]:
            state[_BASIS] = "-"
            shown["state"] = state
        return shown

    def _blocker(self, blocker: Blocker) -> Blocker:
        theirs = blocker.code == "wrong_value" and blocker.name not in self.hidden
        if "why" in blocker.params and blocker.code != "not_by" and not theirs:
            return replace(blocker, params={**blocker.params, "why": _HIDDEN})
        return blocker

    def _choice(self, choice: Choice) -> Choice:
        return replace(choice, blockers=self.blockers(choice.blockers))

    def _points(self, points: Iterable[Point]) -> tuple[Point, ...]:
        return tuple(
            replace(point, why=point.why and self._reason(point.why), parts=self._points(point.parts))
            for point in points
        )

    def _reason(self, reason: Reason) -> Reason:
        """A condition and whether it holds, without the values that decide; rows of a list are values."""
        names = {
            name: self._opened(value) for name, value in reason.names.items() if not self._is_hidden(name)
        }
        if len(names) == len(reason.names):
            parts = tuple(self._reason(part) for part in reason.parts)
            return replace(reason, names=names, parts=parts) if self.lens else reason
        parts = tuple(self._reason(part) for part in reason.parts if not part.row)
        return replace(reason, value=reason.holds, names=names, parts=parts)

    def _is_hidden(self, name: str) -> bool:
        """A name of a condition, or the list of linked orders of which a column is hidden."""
        if name in self.hidden or name.partition(".")[0] in self.hidden:
            return True
        return any(each.startswith(f"{name}.") for each in self.hidden)
