"""What orders have to tell each other: each signal is heard once, in a transaction of its own, and those to
one order as they were said. An order that cannot hear it is told again later and later, and hinders nobody.
"""

from __future__ import annotations

import json
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.inner.exceptions import OPEN, RAISED_AS
from flowengine.errors import ChangedMeanwhile, FlowEngineError
from flowengine.kernel.commands import Create, Hear, Principal, Request
from flowengine.kernel.order import Order
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.matching import cause_of
from flowengine.runtime.opening import hold_serial
from flowengine.runtime.partners import case_says
from flowengine.runtime.ports import Clock, Store, Writer, present
from flowengine.runtime.result import Result
from flowengine.runtime.rows import OrderRow, SignalRow
from flowengine.runtime.ticking import storable, wait_after

_MOST_CASES: Final = 100
"""Cases of one cause that are looked at, the newest first; all others have been resolved."""
SIGNAL: Final = Principal(id="signal", is_system=True)


class Signals:
    """Hands on what orders say. Safe to run at any time, anywhere, by any number of callers."""

    def __init__(self, store: Store, catalog: Catalog, clock: Clock | None, commanding: Commanding) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._commanding = commanding

    def hand_on(self, limit: int) -> tuple[int, int, list[int]]:
        """Let at most `limit` signals be heard; how many were and how many could not be, and the orders in
        which work has come up for which people must be found.
        """
        heard = failed = 0
        asking: list[int] = []
        while heard + failed < limit:
            told = self._next()
            if told is None:
                break
            if isinstance(told, int):
                heard += 1
                asking.append(told)
            else:
                failed += 1
        return heard, failed, asking

    def _next(self) -> int | str | None:
        """Hand on one signal: the id of the order that has heard it, or why it could not; None for none."""
        signal: SignalRow | None = None
        now = present(self._store, self._clock)
        try:
            with self._store.writing() as unit:
                signal = unit.claim_signal(now)
                if signal is None:
                    return None
                result = self._heard(unit, signal)
                if result.ok:
                    unit.heard(signal)
                    return result.order_id
                why = "; ".join(blocker.message("en") for blocker in result.blockers)
                unit.put_off(_later(signal, now, why))
                return why
        except ChangedMeanwhile:
            return "changed meanwhile" if signal is None else self._put_off(signal, "changed meanwhile")
        except Exception as error:
            if signal is None:
                raise
            said = str(error) if isinstance(error, FlowEngineError) else f"{type(error).__name__}: {error}"
            return self._put_off(signal, said)

    def _put_off(self, signal: SignalRow, why: str) -> str:
        later = _later(signal, present(self._store, self._clock), why)
        with self._store.writing() as unit:
            unit.put_off(later)
        return why

    def _heard(self, unit: Writer, signal: SignalRow) -> Result:
        said: dict[str, Any] = json.loads(signal.payload)
        if signal.to_id is None:
            return self._opened(unit, signal, said)
        command = Hear(said["link"], signal.order_id, said["says"], said["hops"])
        return self._commanding.carry_out(unit, signal.to_id, Request(command, SIGNAL, key=signal.key))

    def _opened(self, unit: Writer, signal: SignalRow, said: dict[str, Any]) -> Result:
        """Open the order that is asked for, linked with the one that asks."""
        found = unit.find(signal.order_id, None)
        assert found is not None, "the order that said so is there"
        if "part" in said:
            return self._parted(unit, signal, said, found.row)
        definition = _, plan = self._catalog.opened_by(unit, found.row.definition_id, said["process"])
        links = {
            name: signal.order_id
            for name, link in plan.links.items()
            if found.row.process in link.process and link.known_there_as == said["link"]
        }
        if not links:
            raise FlowEngineError(
                f"{plan.process}@{plan.version} has no link to {found.row.process} that is known there as "
                f"{said['link']!r}"
            )
        if "same" in said and (heard := self._joined(unit, signal, said, plan)):
            return heard
        number, creator, same = said.get("number", ""), said.get("by", ""), said.get("same", {})
        command = Create(said["fields"], number, links, hops=said["hops"], creator=creator, same=same)
        return self._commanding.open_within(unit, definition, Request(command, SIGNAL, key=signal.key))

    def _joined(self, unit: Writer, signal: SignalRow, said: dict[str, Any], cases: Plan) -> Result | None:
        """Let an order join the case of its cause that is not resolved yet, if there is one.

        Whoever looks keeps others from looking and from opening one, until this transaction ends.
        """
        cause = cause_of(said["fields"]["type"], said["same"])
        hold_serial(unit, cases, self._clock)
        unit.lock_match(cases.process, cause)
        order = unit.find(signal.order_id, None)
        assert order is not None, "the order that said so is there"
        plan, known = self._catalog.plan(unit, order.row.definition_id), Order.load(order.row.state)
        for id, _, definition in unit.matching(cases.process, *cause, _MOST_CASES):
            found = unit.find(id, None)
            if found and found.row.stage in OPEN and str(id) not in known.linked.get(said["link"], {}):
                says = case_says(plan, self._catalog.plan(unit, definition), Order.load(found.row.state))
                key = said["fields"][RAISED_AS]
                command = Hear(said["link"], id, says, said["hops"], raised=key)
                request = Request(command, SIGNAL, key=signal.key)
                return self._commanding.carry_out(unit, signal.order_id, request)
        return None

    def _parted(self, unit: Writer, signal: SignalRow, said: dict[str, Any], whole: OrderRow) -> Result:
        """Open a part of the order that was split, on the definition of that and with a number of it."""
        plan = self._catalog.plan(unit, whole.definition_id)
        part = plan.parts[said["part"]]
        number, links = f"{whole.number}.{said['of']}", {part.whole: whole.id}
        creator, doers = said.get("by", ""), said.get("doers", {})
        command = Create(
            said["fields"], number, links, hops=said["hops"], part=part.name, creator=creator, doers=doers
        )
        definition = (whole.definition_id, plan)
        return self._commanding.open_within(unit, definition, Request(command, SIGNAL, key=signal.key))


def _later(signal: SignalRow, now: int, why: str) -> SignalRow:
    wait = wait_after(signal.failures)
    return signal._replace(failures=signal.failures + 1, failure=storable(why), wake_at=now + wait)
