"""Letting time pass: each order whose next moment has come decides, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from flowengine.compiler.plan import Plan
from flowengine.errors import FlowEngineError
from flowengine.kernel.commands import PassTime, Principal, Request
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.order import Order
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.ports import Clock, Store, Unit
from flowengine.runtime.rows import OrderRow
from flowengine.runtime.saving import save

TIME: Final = Principal(id="time", is_system=True)
_TIME_PASSES: Final = Request(PassTime(), TIME)
_BACK_OFF: Final = 60_000
_LONGEST_BACK_OFF: Final = 24 * 60 * 60_000


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: orders looked at, orders that became late, and orders whose decision failed."""

    orders: int = 0
    late: int = 0
    failed: int = 0


class Ticking:
    """Plays due moments. Safe to run at any time, anywhere, by any number of callers."""

    def __init__(self, store: Store, catalog: Catalog, clock: Clock) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock

    def tick(self, limit: int, progress: Callable[[int], None] | None = None) -> Ticked:
        """Let at most `limit` orders decide what has fallen due."""
        now = self._clock()
        with self._store.reading() as unit:
            ids = unit.due(now, limit)
        late = failed = 0
        for id in ids:
            with self._store.writing() as unit:
                outcome = self._wake(unit, id, now)
            late += outcome == "late"
            failed += outcome == "failed"
            if progress:
                progress(1)
        return Ticked(len(ids), late, failed)

    def _wake(self, unit: Unit, id: int, now: int) -> str:
        row = unit.order(id)
        if row is None or row.wake_at is None or row.wake_at > now:
            return "nothing"  # somebody else was faster
        found = self._decided(unit, row, now)
        if found is None or found[1].blockers or not found[1].events:
            unit.save_order(_backed_off(row, now))
            return "failed"
        plan, decided, at = found
        save(unit, row, plan, decided, _TIME_PASSES, at)
        return "late" if any(event.kind == "late" for event in decided.events) else "moved"

    def _decided(self, unit: Unit, row: OrderRow, now: int) -> tuple[Plan, Decision, int] | None:
        """What became due for one order; None when it cannot be decided, which must not stop the others.

        What the database raises passes through: that is no fault of the order.
        """
        try:
            plan = self._catalog.plan(unit, row.definition_id)
        except FlowEngineError:
            return None
        try:
            order = Order.load(row.state)
            at = max(now, order.last_at)
            return plan, decide(plan, order, PassTime(), TIME, at), at
        except Exception:  # noqa: BLE001 - nothing here but our own pure code and one order's data
            return None


def _backed_off(row: OrderRow, now: int) -> OrderRow:
    """The row, asked again later and later: a poison order leaves the head of the queue, not the queue."""
    wait = min(_BACK_OFF * 2**row.failures, _LONGEST_BACK_OFF)
    return replace(row, failures=row.failures + 1, wake_at=now + wait)
