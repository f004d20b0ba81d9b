"""Reckoning the due times of open orders again, as after a change of holidays, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from flowengine.compiler.plan import Plan
from flowengine.delivery.courier import LEASE
from flowengine.errors import ChangedMeanwhile, FlowEngineError
from flowengine.kernel.commands import Principal, Reckon, Request
from flowengine.kernel.decide import decide
from flowengine.kernel.events import Event
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.directory import Directory
from flowengine.runtime.ports import Clock, Definitions, Store, instant, present
from flowengine.runtime.rows import Change, OrderFilter, OrderRow
from flowengine.runtime.saving import changed
from flowengine.worker.ticked import BATCH

_OPEN: Final = OrderFilter(None, status="open")
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


_Found = tuple[Change, tuple[Moved, ...]]
"""What becomes of an order, and which of its due times move."""


class _Look(NamedTuple):
    """One page of orders, the changes of those that move, and how many could not be decided."""

    rows: list[OrderRow]
    found: list[_Found]
    failed: int


class Reckoning:
    """Reckons again. Safe to run at any time: an order whose due times are as they were is not written."""

    def __init__(
        self, store: Store, catalog: Catalog, clock: Clock | None, directory: Directory | None
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._commanding = Commanding(store, catalog, clock, directory)

    def reckon(self, *, dry_run: bool, each: Callable[[Moved], None] | None) -> Reckoned:
        """Go through all open orders, a batch in each transaction, and let messages that wait for working
        time be looked at again; `dry_run` writes nothing.
        """
        orders = moved = late = failed = after = 0
        while True:
            look = self._look(after)
            if not look.rows:
                if not dry_run:
                    self._ask_quiet_again()
                return Reckoned(orders, moved, late, failed)
            found = look.found if dry_run or not look.found else self._saved(look.found)
            orders, failed = orders + len(look.rows), failed + look.failed
            moved += sum(bool(moves) for _, moves in found)
            late += sum(any(move.late for move in moves) for _, moves in found)
            for move in (move for _, moves in found for move in moves):
                if each:
                    each(move)
            after = look.rows[-1].id

    def _ask_quiet_again(self) -> None:
        """A day that is worked after all ends the waiting of messages; where it does not they wait on."""
        now = present(self._store, self._clock)
        with self._store.writing() as unit:
            unit.ask_quiet_again(now, now + LEASE)

    def _look(self, after: int) -> _Look:
        """The page of open orders behind the id `after`, and what would become of them."""
        look, failed = _Look([], [], 0), 0
        with self._store.reading() as unit:
            now = instant(self._clock, None if self._clock else unit.now())
            look.rows.extend(unit.orders(_OPEN, after=after, limit=BATCH))
            for row in look.rows:
                try:
                    look.found.extend(self._decided(unit, row, now))
                except (FlowEngineError, LookupError, TypeError, ValueError):
                    failed += 1
        return look._replace(failed=failed)

    def _saved(self, found: list[_Found]) -> list[_Found]:
        """Save a page in one transaction, each order as it is then.

        Where somebody is faster with one of the orders, each is done in a transaction of its own.
        """
        saved: list[_Found] = []
        try:
            with self._store.writing() as unit:
                for change, moves in found:
                    now = unit.find(change.before.id, None)
                    if now and now.row.revision == change.before.revision:
                        saved.append((change, moves))
                    elif now and now.row.status == "open":
                        saved.extend(self._decided(unit, now.row, change.history.at))
                unit.save([change for change, _ in saved])
        except ChangedMeanwhile:
            for change, _ in saved:
                self._commanding.do(change.before.id, _RECKONS, expect=None)
        return saved

    def _decided(self, unit: Definitions, row: OrderRow, now: int) -> Iterator[_Found]:
        """The change of one order and the due times that move in it; nothing where no clock is another."""
        plan, order = self._catalog.plan(unit, row.definition_id), Order.load(row.state)
        at = max(now, order.last_at)
        decision = decide(plan, order, _RECKONS.command, _RECKONS.by, at)
        moves = tuple(_moves(row, plan_for(plan, order), decision.events, at))
        if moves or any(map(_is_anew, decision.events)):
            yield changed(row, plan, decision, _RECKONS, at), moves


def _moves(row: OrderRow, plan: Plan, events: Iterable[Event], now: int) -> Iterator[Moved]:
    for event in events:
        data = event.data
        if not _is_anew(event):
            continue
        was, due = data.get("was"), data.get("due")
        if was is not None and due is not None:
            yield Moved(row.id, row.number, plan, data["clock"], was, due, due < now <= was)


def _is_anew(event: Event) -> bool:
    """Whether a clock was reckoned anew, be it that only its warnings move or its due time is certain now."""
    return event.kind == "clock" and event.data["did"] == "moved"
