"""Why something is due: reads the whole history of an order and asks the kernel for the ledger of a clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flowengine.errors import OrderDamaged
from flowengine.kernel.commands import PassTime, Principal
from flowengine.kernel.decide import decide
from flowengine.kernel.ledger import Ledger, ledger_of
from flowengine.kernel.ledger_lines import Noted
from flowengine.runtime.looking import MOST, Entry, Looking, OrderView, seen

_HOST: Final = Principal.system("time")


def why_due(
    looking: Looking, ref: int | str, clock: str, by: Principal, *, process: str | None, visit: int | None
) -> tuple[OrderView, Ledger]:
    """The ledger of a clock as a command now would find it: what has fallen due has happened.

    Raises NoClock, NotFound, and NotAllowed for whom the order does not concern.
    """
    view, sight = looking.whole(ref, by, process)
    history = [_noted(entry) for entry in _entries(looking, view)]
    try:
        with sight.failing():
            decision = decide(view.plan, view.order, PassTime(), _HOST, view.seen_at)
            if decision.events:
                events = [event.record() for event in decision.events]
                history.append(Noted(view.seen_at, "time", PassTime.verb, "", events))
            now = max(view.seen_at, view.order.last_at)
            ledger = ledger_of(view.plan, history, now, clock=clock, visit=visit)
        return seen(view, sight), sight.ledger(ledger)
    except (KeyError, IndexError) as error:
        raise OrderDamaged from error


def _entries(looking: Looking, view: OrderView) -> Iterator[Entry]:
    """The whole history up to the state that the view shows."""
    after: int | None = 0
    while after is not None:
        page = looking.history(view.row.id, _HOST, process=None, after=after, limit=MOST)
        yield from (entry for entry in page.items if entry.seq <= view.row.revision)
        after = page.after


def _noted(entry: Entry) -> Noted:
    record = entry.record
    verb = record.get("do", {}).get("verb", "")
    return Noted(entry.at, entry.actor, verb, record.get("reason", ""), record["events"])
