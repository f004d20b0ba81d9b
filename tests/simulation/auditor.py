"""Looks at the store past the engine, each time something was committed, and says what must not be.

It keeps each order as its history tells it, row by row, and holds the stored state against that.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Create, PassTime
from flowengine.kernel.decide import decide
from flowengine.kernel.events import replay
from flowengine.kernel.order import Order
from tests.simulation.intents import TIME, Intent, Operation, Place

ORDERS: Final = (
    "SELECT id, revision, number, status, stage, due_at, late, wake_at, failures, state FROM fe_orders"
)
ROWS: Final = (
    "SELECT seq, at, actor, command_key, record FROM fe_history WHERE order_id = ? AND seq > ? ORDER BY seq"
)


@dataclass(slots=True)
class Known:
    """One order as its history tells it: every event, and the state after each row."""

    id: int
    plan: Plan
    number: str
    events: list[dict[str, Any]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    rows: list[tuple[int, str, str | None, str]] = field(default_factory=list)
    wake_at: int | None = None
    due: int | None = None
    late: bool = False
    """The due moment of this visit and whether it has passed, as the events say it, not as the state does."""
    last_at: int = 0

    @property
    def now(self) -> Order:
        """The order after its last row."""
        return Order.load(self.states[-1])


class Auditor:
    """Sees what every other process sees, and nothing that is not committed."""

    def __init__(self, path: Path, plan_of: Callable[[str], Plan]) -> None:
        self.orders: dict[int, Known] = {}
        self.keys: dict[tuple[int, str], list[int]] = {}
        self._plan_of = plan_of
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def look(self, operation: Operation) -> None:
        """Something was committed in this operation: find out what, and whether it may be."""
        for id, revision, *columns in self._connection.execute(ORDERS + " ORDER BY id").fetchall():
            known = self.orders.get(id)
            if known is None or revision != len(known.rows) or columns[6] != known.wake_at:
                self._advance(id, revision, columns, operation)
        rows = sum(len(known.rows) for known in self.orders.values())
        (counted,) = self._connection.execute("SELECT count(*) FROM fe_history").fetchone()
        assert counted == rows, f"{counted} rows of history for {rows} changes of orders"

    def next_moment(self) -> int | None:
        """The next instant at which something falls due."""
        return min((known.wake_at for known in self.orders.values() if known.wake_at), default=None)

    def due(self, now: int) -> frozenset[int]:
        """The orders for which something is due."""
        return frozenset(known.id for known in self.orders.values() if known.wake_at and known.wake_at <= now)

    def place_of(self, intent: Intent) -> Place | None:
        """Where in history the intent stands; for one that opens an order, its first row."""
        if intent.opens:
            ids = [id for id, known in self.orders.items() if known.now.fields["external_id"] == intent.name]
            assert len(ids) < 2, f"{intent.name} was opened {len(ids)} times"
            return (ids[0], 1) if ids else None
        seqs = self.keys.get((intent.order_id, intent.key), [])
        assert len(seqs) < 2, f"{intent.key} is in history {len(seqs)} times"
        return (intent.order_id, seqs[0]) if seqs else None

    def revision(self, order_id: int) -> int:
        """How many rows the history of an order has."""
        return len(self.orders[order_id].rows) if order_id in self.orders else 0

    def refusals(
        self, order_id: int, revision: int, intent: Intent, readings: list[int]
    ) -> list[tuple[Any, ...]]:
        """With what the intent may be refused by an order as it was, by a clock that showed one of these."""
        if intent.expect not in (None, revision):
            return [(("changed_meanwhile", self.orders[order_id].number),)]
        known = self.orders[order_id]
        order = Order.load(known.states[revision - 1])
        decisions = [
            decide(
                known.plan, order, intent.command, intent.by, max(now, order.last_at), reason=intent.reason
            )
            for now in readings
        ]
        return [tuple((each.code, each.name) for each in decision.blockers) for decision in decisions]

    def _advance(self, id: int, revision: int, columns: list[Any], operation: Operation) -> None:
        number, status, stage, due_at, late, wake_at, failures, state = columns
        known = self.orders.get(id)
        for seq, at, actor, key, text in self._connection.execute(
            ROWS, (id, len(known.rows) if known else 0)
        ).fetchall():
            record = json.loads(text)
            if known is None:
                known = Known(id, self._plan_of(record["events"][0]["definition"]), number)
                self.orders[id] = known
            assert seq == len(known.rows) + 1, f"history of {number} has a hole before {seq}"
            intent = _check_row(known, at, actor, key, record, operation)
            known.events += record["events"]
            order = replay(known.events)
            assert order is not None
            known.states.append(order.dump())
            known.rows.append((at, actor, key, record.get("reason", "")))
            if key is not None:
                self.keys.setdefault((id, key), []).append(seq)
            operation.wrote[(id, seq)] = intent
        assert known is not None, f"order {id} has no history"
        assert len(known.rows) == revision, f"{number} says {revision} rows, and has {len(known.rows)}"
        assert known.states[-1] == state, f"the history of {number} does not give its state"
        order = known.now
        told = (order.number, order.status, order.stage, order.due_at, order.late, order.wake_at)
        assert told == (number, status, stage, due_at, bool(late), wake_at), f"columns of {number}: {columns}"
        assert (known.due, known.late) == (due_at, bool(late)), (
            f"{number} is due at {due_at}, not {known.due}"
        )
        assert failures == 0, f"{number} is parked"
        known.wake_at = wake_at


def _check_row(
    known: Known, at: int, actor: str, key: str | None, record: dict[str, Any], operation: Operation
) -> Intent | None:
    """A new row of history: who wrote it, when, and that it is what the kernel decides. Whose it is."""
    where = f"{known.number} row {len(known.rows) + 1}"
    before = known.now if known.states else None
    last_at = before.last_at if before else at
    shown = {max(now, last_at) for now in operation.readings}
    assert at in shown, f"{where}: at {at}, which no clock showed"
    intent = _author(where, actor, key, record, operation)
    _check_decision(known, before, at, record, intent)
    _check_lateness(where, known, at, record["events"], operation)
    return intent


def _author(
    where: str, actor: str, key: str | None, record: dict[str, Any], operation: Operation
) -> Intent | None:
    """The intent that the row is about; None for a tick."""
    if operation.kind == "tick":
        assert (actor, key) == (TIME.id, None), f"{where}: a tick wrote in the name of {actor}"
        return None
    asked = [each for each in operation.intents if each.reason == record.get("reason")]
    assert len(asked) == 1, f"{where} was written by {operation.kind}, and nobody there wanted it"
    intent = asked[0]
    assert actor == intent.by.id, f"{where}: {actor} wrote what {intent.by.id} wanted"
    assert key == (intent.key if intent.keyed else None), f"{where}: key {key}, not {intent.key}"
    assert intent not in operation.wrote.values(), f"{intent.key} wrote {operation.wrote} and {where}"
    return intent


def _check_decision(
    known: Known, before: Order | None, at: int, record: dict[str, Any], intent: Intent | None
) -> None:
    """The same state, command, person and instant give the same events."""
    command = intent.command if intent else PassTime()
    if isinstance(command, Create):
        command = Create(command.values, number=known.number)
    by, reason = (intent.by, intent.reason) if intent else (TIME, "")
    decision = decide(known.plan, before, command, by, at, reason=reason)
    decided = json.loads(json.dumps([event.record() for event in decision.events]))
    assert decided == record["events"], f"{known.number}: {record['events']} were saved, {decided} decided"


def _check_lateness(
    where: str, known: Known, at: int, events: list[dict[str, Any]], operation: Operation
) -> None:
    """Each due moment is late once, not before it has passed, and before anything else that comes after."""
    if known.due is not None and not known.late and known.due < at:
        assert events[0]["event"] == "late", f"{where}: {known.due} passed, and first came {events[0]}"
    for event in events:
        match event["event"]:
            case "clock":
                known.due = event["due"]
                known.late = known.late and known.due is not None and known.due < event["at"]
            case "left":
                known.due, known.late = None, False
            case "late":
                assert event["due"] == known.due, f"{where}: late for {event['due']}, not {known.due}"
                assert not known.late, f"{where}: late for the second time"
                moment = max(event["due"], known.last_at)  # a date may have passed before it was set
                assert event["at"] == moment, f"{where}: late as of {event['at']}, not {moment}"
                assert event["due"] < at, f"{where}: late before {event['due']} has passed"
                known.late = True
                operation.late += 1
        known.last_at = max(known.last_at, event["at"])
