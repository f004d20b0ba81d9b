"""Cases that the calendar opens: each once, as of the moment at which it was to be opened, by whoever looks
first. After a standstill those that were missed are opened one after the other.
"""

from __future__ import annotations

from typing import Final

from flowengine.errors import ChangedMeanwhile, FlowEngineError
from flowengine.kernel.commands import Create, Principal, Request
from flowengine.kernel.opening_day import beginning_with
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.ports import Clock, Store, Writer, present
from flowengine.runtime.rows import SCHEDULE_KEY, ScheduleRow
from flowengine.runtime.scheduling import move_on
from flowengine.runtime.ticking import storable, wait_after

CALENDAR: Final = Principal(id="calendar", is_system=True)


class Schedules:
    """Opens what the calendar says. Safe to run at any time, anywhere, by any number of callers."""

    def __init__(self, store: Store, catalog: Catalog, clock: Clock | None, commanding: Commanding) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._commanding = commanding

    def open_due(self, limit: int) -> tuple[int, int, list[int]]:
        """Open at most `limit` orders; how many were and how many could not be, and the orders in which work
        has come up for which people must be found.
        """
        failed = 0
        asking: list[int] = []
        while len(asking) + failed < limit:
            opened = self._next()
            if opened is None:
                break
            if isinstance(opened, int):
                asking.append(opened)
            else:
                failed += 1
        return len(asking), failed, asking

    def _next(self) -> int | str | None:
        """Open one order: its id, or why it could not be; None where nothing is due."""
        due: ScheduleRow | None = None
        now = present(self._store, self._clock)
        try:
            with self._store.writing() as unit:
                due = unit.claim_schedule(now)
                if due is None:
                    return None
                opened = self._opened(unit, due)
                if isinstance(opened, str):
                    unit.keep_schedule(_later(due, now, opened))
                return opened
        except Exception as error:
            if due is None and not isinstance(error, ChangedMeanwhile):
                raise
            said = str(error) if isinstance(error, FlowEngineError) else f"{type(error).__name__}: {error}"
            if due is not None:
                with self._store.writing() as unit:
                    unit.keep_schedule(_later(due, now, said))
            return said

    def _opened(self, unit: Writer, due: ScheduleRow) -> int | str | None:
        definition = self._catalog.newest(unit, due.process)
        plan = definition[1]
        if plan.opened is None:
            unit.drop_schedule(due.process)
            return None
        command = Create(beginning_with(plan.opened, due.next_at))
        request = Request(command, CALENDAR, key=f"{SCHEDULE_KEY}{due.next_at}")
        result = self._commanding.open_within(unit, definition, request, at=due.next_at)
        if not result.ok:
            return "; ".join(blocker.message("en") for blocker in result.blockers)
        move_on(unit, plan, due.next_at)
        return result.order_id


def _later(due: ScheduleRow, now: int, why: str) -> ScheduleRow:
    wait = wait_after(due.failures)
    return due._replace(failures=due.failures + 1, failure=storable(why), wake_at=now + wait)
