"""Reckoning the due times of open orders again, as after a change of holidays, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from flowengine.compiler.plan import Plan
from flowengine.errors import ChangedMeanwhile, FlowEngineError
from flowengine.kernel.commands import Principal, Reckon, Request
from flowengine.kernel.decide import decide
from flowengine.kernel.events import Event
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.ports import Clock, Reader, Store, instant
from flowengine.runtime.rows import Change, OrderFilter, OrderRow
from flowengine.runtime.saving import changed
from flowengine.worker.ticked import BATCH

_RECKONS: Final = Request(Reckon(), Principal.system("reckon"))


@dataclass(frozen=True, slots=True)
class Moved:
    """One clock of one order whose due instant moves (milliseconds UTC). `late`: the new one has passed."""

    order_id: int
    number: str
    plan: Plan
    clock: str
    was: int
    due: int
    late: bool

    @property
    def process(self) -> str:
        """The process of the order."""
        return self.plan.process


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How many open orders were reckoned again, how many of them move, and how many become late by it.

    Those that `failed` could not be decided and stay as they are.
    """

    orders: int
    moved: int
    late: int
    failed: int


class _Look(NamedTuple):
    """What became of one page of orders."""

    changes: list[Change]
    moves: list[tuple[Moved, ...]]
    failed: int


class Reckoning:
    """Reckons again. Safe to run at any time: an order whose due times are as they were is not written."""

    def __init__(self, store: Store, catalog: Catalog, clock: Clock | None) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._commanding = Commanding(store, catalog, clock)

    def reckon(self, *, dry_run: bool, each: Callable[[Moved], None] | None) -> Reckoned:
        """Go through all open orders, a batch in each transaction; `dry_run` writes nothing."""
        orders = moved = late = failed = 0
        for rows, look in self._pages():
            orders, failed = orders + len(rows), failed + look.failed
            moved += len(look.moves)
            late += sum(any(move.late for move in moves) for moves in look.moves)
            if not dry_run and look.changes:
                self._save(look.changes)
            for move in (move for moves in look.moves for move in moves):
                if each:
                    each(move)
        return Reckoned(orders, moved, late, failed)

    def _pages(self) -> Iterator[tuple[list[OrderRow], _Look]]:
        which, after = OrderFilter(None, status="open"), 0
        while True:
            with self._store.reading() as unit:
                rows = unit.orders(which, after=after, limit=BATCH)
                look = self._look(unit, rows)
            if not rows:
                return
            yield rows, look
            after = rows[-1].id

    def _look(self, unit: Reader, rows: Iterable[OrderRow]) -> _Look:
        now = instant(self._clock, None if self._clock else unit.now())
        look, failed = _Look([], [], 0), 0
        for row in rows:
            try:
                found = self._decided(unit, row, now)
            except (FlowEngineError, LookupError, TypeError, ValueError):
                failed += 1
                continue
            if found:
                look.changes.append(found[0])
                look.moves.append(found[1])
        return look._replace(failed=failed)

    def _decided(self, unit: Reader, row: OrderRow, now: int) -> tuple[Change, tuple[Moved, ...]] | None:
        """The change of one order and what moves in it; None where nothing does."""
        plan, order = self._catalog.plan(unit, row.definition_id), Order.load(row.state)
        at = max(now, order.last_at)
        decision = decide(plan, order, _RECKONS.command, _RECKONS.by, at)
        moves = tuple(_moves(row, plan_for(plan, order), decision.events, at))
        return (changed(row, plan, decision, _RECKONS, at), moves) if moves else None

    def _save(self, changes: list[Change]) -> None:
        """One transaction; where somebody was faster with one of the orders, each in its own."""
        try:
            with self._store.writing() as unit:
                unit.save(changes)
        except ChangedMeanwhile:
            for change in changes:
                self._commanding.do(change.before.id, _RECKONS, expect=None)


def _moves(row: OrderRow, plan: Plan, events: Iterable[Event], now: int) -> Iterator[Moved]:
    for event in events:
        data = event.data
        if event.kind != "clock" or data["did"] != "moved":
            continue
        was, due = data.get("was"), data.get("due")
        if was is not None and due is not None:
            yield Moved(row.id, row.number, plan, data["clock"], was, due, due < now <= was)
