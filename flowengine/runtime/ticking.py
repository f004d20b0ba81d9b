"""Letting time pass: orders whose next moment has come decide, a batch of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flowengine.errors import ChangedMeanwhile, FlowEngineError, OrderDamaged
from flowengine.kernel.commands import PassTime, Principal, Request
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.order import Order
from flowengine.runtime.admission import admit_order, admit_principal
from flowengine.runtime.catalog import Catalog, may_read
from flowengine.runtime.missing import denied, missing
from flowengine.runtime.ports import Clock, Store, Writer, instant
from flowengine.runtime.rows import Ahead, Change, OrderRow
from flowengine.runtime.saving import changed
from flowengine.worker.ticked import BATCH, Ticked

TIME: Final = Principal(id="time", is_system=True)
_TIME_PASSES: Final = Request(PassTime(), TIME)
_BACK_OFF: Final = 60_000
_LONGEST_BACK_OFF: Final = 24 * 60 * 60_000
_LONGEST_REASON: Final = 500


class Ticking:
    """Plays due moments. Safe to run at any time, anywhere, by any number of callers.

    `follow` is done after what events find orders of a process by has changed.
    """

    def __init__(
        self, store: Store, catalog: Catalog, clock: Clock | None, follow: Callable[[Writer, str], None]
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._follow = follow
        self._asking: list[int] = []

    def tick(
        self, limit: int, progress: Callable[[int], None] | None = None
    ) -> tuple[Ticked, Ahead, list[int]]:
        """Let at most `limit` orders decide what has fallen due; what comes next; and those in which work has
        come up for which people must be found: that is done later, when no order is locked.
        """
        self._asking = []
        now, ahead = self.look()
        orders = late = failed = 0
        while orders < limit and is_due(ahead.order_at, now):
            batch = self._batch(now, min(BATCH, limit - orders))
            if not batch:
                break  # the rest is in the hands of others
            orders += len(batch)
            late += batch.count("late")
            failed += batch.count("failed")
            if progress:
                progress(len(batch))
        if orders:
            now, ahead = self.look()
        return Ticked(orders, late, failed, ahead.next_at, now), ahead, self._asking

    def release(self, order_id: int, by: Principal) -> bool:
        """Let a parked order be decided at the next tick. Raises NotFound, NotAllowed and OrderDamaged."""
        admit_principal(by)
        admit_order(order_id)
        with self._store.writing() as unit:
            found = unit.find(order_id, None)
            if found is None:
                raise missing("order_id", id=order_id)
            plan = self._catalog.plan(unit, found.row.definition_id)
            if not may_read(plan, by):
                raise denied("order", order=order_id, roles=[*plan.roles])
            if found.row.failures:
                wake_at = _loaded(found.row).wake_at
                unit.park(found.row._replace(failures=0, failure=None, wake_at=wake_at))
            return found.row.failures > 0

    def look(self) -> tuple[int, Ahead]:
        """The present instant, and what comes next."""
        with self._store.reading() as unit:
            ahead = unit.look()
        return instant(self._clock, ahead.now), ahead

    def _batch(self, now: int, size: int) -> list[str]:
        """One transaction. What the database refuses as a whole is tried order by order."""
        try:
            with self._store.writing() as unit:
                return self._play(unit, unit.claim(now, size), now)
        except (OrderDamaged, ChangedMeanwhile):
            return self._one_by_one(now, size)

    def _one_by_one(self, now: int, size: int) -> list[str]:
        """The same orders, each in a transaction of its own, so that one that is damaged stops no other."""
        played = []
        for _ in range(size):
            rows: list[OrderRow] = []
            try:
                with self._store.writing() as unit:
                    rows = unit.claim(now, 1)
                    if not rows:
                        break
                    played += self._play(unit, rows, now)
            except OrderDamaged as damaged:
                with self._store.writing() as unit:
                    found = unit.find(rows[0].id, None)
                    if found and found.row.revision == rows[0].revision:  # nobody moved it meanwhile
                        unit.park(_parked(found.row, now, str(damaged)))
                played.append("failed")
        return played

    def _play(self, unit: Writer, rows: list[OrderRow], now: int) -> list[str]:
        changes, played = [], []
        for row in rows:
            change = self._decided(unit, row, now)
            if isinstance(change, str):
                unit.park(_parked(row, now, change))
                played.append("failed")
            else:
                changes.append(change[0])
                if change[1].asks:
                    self._asking.append(row.id)
                played.append("late" if any(each.kind == "late" for each in change[1].events) else "moved")
        if changes:
            unit.save(changes)
            for process in sorted({each.after.process for each in changes if each.matches is not None}):
                self._follow(unit, process)
        return played

    def _decided(self, unit: Writer, row: OrderRow, now: int) -> tuple[Change, Decision] | str:
        """What became due for one order; or why it cannot be decided, which must not stop the others.

        What the database raises passes through: that is no fault of the order.
        """
        try:
            plan = self._catalog.plan(unit, row.definition_id)
        except FlowEngineError as error:
            return str(error)
        try:
            order = Order.load(row.state)
            at = max(now, order.last_at)
            decision = decide(plan, order, PassTime(), TIME, at)
            if decision.blockers:
                return "; ".join(blocker.message("en") for blocker in decision.blockers)
            if not decision.events:
                return "its moment has come, and nothing happened"
            return changed(row, plan, decision, _TIME_PASSES, at), decision
        except Exception as error:  # noqa: BLE001 - nothing here but our own pure code and one order's data
            return f"{type(error).__name__}: {error}"


def is_due(at: int | None, now: int) -> bool:
    """Whether a moment has come; None is one that never does."""
    return at is not None and at <= now


def _loaded(row: OrderRow) -> Order:
    try:
        return Order.load(row.state)
    except (TypeError, ValueError) as error:
        raise OrderDamaged from error


def _parked(row: OrderRow, now: int, why: str) -> OrderRow:
    """The row, asked again later and later: a poison order leaves the head of the queue, not the queue."""
    wait = wait_after(row.failures)
    return row._replace(failures=row.failures + 1, failure=storable(why), wake_at=now + wait)


def wait_after(failures: int) -> int:
    """How long is waited after so many failures before, in milliseconds."""
    return int(min(_BACK_OFF * 2**failures, _LONGEST_BACK_OFF))


def storable(why: str) -> str:
    """A reason as every database can hold it: it may quote what is wrong with the data of the order."""
    return why.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")[:_LONGEST_REASON]
