"""What the people of the simulation want, what they were answered, and what an answer promises.

A command that was acknowledged is in history exactly once, one that was not is there or is not, and given
again under its key it is there exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from flowengine import Create, FlowEngineError, Principal, Result
from flowengine.errors import OrderBusy, OrderDamaged
from flowengine.kernel.commands import Command

TIME: Final = Principal(id="time", is_system=True)
"""In whose name a tick writes."""
Place = tuple[int, int]
"""The id of an order and a row of its history."""
Answer = tuple[int, str, int, str, str]


@dataclass(slots=True, eq=False)
class Intent:
    """A command that somebody wants carried out once. `name` is what the order is called outside."""

    key: str
    name: str
    command: Command
    by: Principal
    expect: int | None = None
    keyed: bool = True
    order_id: int = 0
    acknowledged: Answer | None = None

    @property
    def reason(self) -> str:
        """Why: it also tells in history which intent a row comes from."""
        return f"because {self.key}"

    @property
    def opens(self) -> bool:
        """Whether it opens an order."""
        return isinstance(self.command, Create)


@dataclass(slots=True)
class Operation:
    """One call of the engine by one process: what its clock showed meanwhile, and what it wrote."""

    kind: str
    intents: tuple[Intent, ...] = ()
    readings: list[int] = field(default_factory=list)
    wrote: dict[Place, Intent | None] = field(default_factory=dict)
    late: int = 0
    after: frozenset[int] = frozenset()
    """The orders that a tick is after: those that were due when it began."""


class Record(Protocol):
    """Who knows what stands in the store."""

    def place_of(self, intent: Intent) -> Place | None: ...
    def revision(self, order_id: int) -> int: ...
    def refusals(
        self, order_id: int, revision: int, intent: Intent, readings: list[int]
    ) -> list[tuple[Any, ...]]: ...


@dataclass(frozen=True, slots=True)
class Before:
    """What stood in the store when a command was given."""

    place: Place | None
    revision: int

    @classmethod
    def of(cls, record: Record, intent: Intent) -> Before:
        """As it stands now."""
        return cls(record.place_of(intent), record.revision(intent.order_id))


def check_answer(
    record: Record, operation: Operation, intent: Intent, before: Before, result: Result
) -> None:
    """An answer came back, and its transaction is over: hold it against the store."""
    if result.ok:
        _check_acknowledged(record, operation, intent, before, result)
    else:
        _check_refused(record, operation, intent, before, result)


def check_error(operation: Operation, error: FlowEngineError) -> None:
    """No answer came back. OrderBusy, and a host that rolled back, say that nothing was written."""
    assert not isinstance(error, OrderDamaged), f"{operation.kind}: {error}"
    rolled_back = operation.kind == "host" and error.__cause__ is None
    if operation.intents and (rolled_back or isinstance(error, OrderBusy)):
        assert not operation.wrote, f"{operation.wrote} was written, and the caller told that nothing was"


def _check_acknowledged(
    record: Record, operation: Operation, intent: Intent, before: Before, result: Result
) -> None:
    answer = (result.order_id, result.number, result.revision, result.stage, result.status)
    place = (result.order_id, result.revision)
    if intent.keyed:
        there = record.place_of(intent)
        assert there is not None, f"{intent.key} was acknowledged, and is not in history"
        assert there == place, f"{intent.key} is at {there}, not at {answer}"
    assert result.repeated or not before.place, f"{intent.key} was done at {before.place}, and done again"
    wrote = operation.wrote.get(place) is intent
    assert not (wrote and before.place), f"{intent.key} was done at {before.place}, and written again"
    assert wrote or result.repeated, f"{intent.key} was acknowledged as new, and is not"
    if wrote and intent.expect is not None:
        assert result.revision == intent.expect + 1, f"{intent.key} expected revision {intent.expect}"
    assert intent.acknowledged in (None, answer), f"{intent.key} gave {intent.acknowledged}, then {answer}"
    intent.acknowledged = answer
    intent.order_id = result.order_id


def _check_refused(
    record: Record, operation: Operation, intent: Intent, before: Before, result: Result
) -> None:
    assert before.place is None, f"{intent.key} was done at {before.place}, and then refused"
    assert intent not in operation.wrote.values(), f"{intent.key} was refused, and {operation.wrote} written"
    if intent.opens:
        return
    lowest, highest = before.revision, record.revision(intent.order_id)
    assert lowest <= result.revision <= highest, f"refused at revision {result.revision}, not {lowest}…"
    said = tuple((each.code, each.name) for each in result.blockers)
    possible = record.refusals(intent.order_id, result.revision, intent, operation.readings)
    assert said in possible, f"{intent.key} was refused with {said}, expected {possible}"
