"""The counters of lanes against history: how often each person has asked for one, and putting that right.

A counter says how many requests are left. Nothing else follows from it, so it is rebuilt from what
is on record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from flowengine.compiler.plan import Plan
from flowengine.runtime.auditing import Problem
from flowengine.runtime.catalog import Refusal, plan_of
from flowengine.runtime.ports import Reader, Store
from flowengine.runtime.quotas import is_quota, requests_in
from flowengine.runtime.rows import OrderFilter

_PAGE: Final = 500
_ALL: Final = OrderFilter(definitions=None)


class Miscount(NamedTuple):
    """A counter that stands elsewhere than the last request on record."""

    process: str
    period: str
    counted: int
    on_record: int

    @property
    def problem(self) -> Problem:
        """The same as a finding of a verification."""
        return Problem("quota", self.period, self.counted, str(self.on_record), self.process)


def miscounts(unit: Reader) -> list[Miscount]:
    """The counters of lanes that are not as history says, in one moment of the store."""
    counted = {(row.process, row.period): row.value for row in unit.counters() if is_quota(row.period)}
    asked = _on_record(unit)
    return [
        Miscount(*key, counted.get(key, 0), asked.get(key, 0))
        for key in sorted({*counted, *asked})
        if counted.get(key, 0) != asked.get(key, 0)
    ]


def recount(store: Store) -> tuple[Miscount, ...]:
    """Let every counter of a lane stand as history says; what was put right.

    One that somebody moves meanwhile is left as it is: the next call finds it.
    """
    with store.reading() as unit:
        found = miscounts(unit)
    if not found:
        return ()
    with store.writing() as writer:
        return tuple(
            each
            for each in found
            if writer.put_serial(each.process, each.period, was=each.counted, now=each.on_record)
        )


def _on_record(unit: Reader) -> Mapping[tuple[str, str], int]:
    """The last request of each counter."""
    last: dict[tuple[str, str], int] = {}
    for process, plan, events in _histories(unit):
        for period, used in requests_in(plan, events):
            last[process, period] = max(used, last.get((process, period), 0))
    return last


def _histories(unit: Reader) -> Iterator[tuple[str, Plan, list[dict[str, Any]]]]:
    """The events of all orders that may have asked for a lane with a quota."""
    after = 0
    while rows := unit.orders(_ALL, after=after, limit=_PAGE):
        for row in rows:
            plan = _plan(unit, row.definition_id)
            if plan and any(lane.quota for each in plan.every for lane in each.lanes.values()):
                yield row.process, plan, _events(unit, row.id)
        after = rows[-1].id


def _events(unit: Reader, order_id: int) -> list[dict[str, Any]]:
    """The events of an order; a row that nobody can read has none, and `verify` names it."""
    found: list[dict[str, Any]] = []
    after = 0
    while rows := unit.history(order_id, after=after, limit=_PAGE):
        for row in rows:
            try:
                found += json.loads(row.record)["events"]
            except (LookupError, TypeError, ValueError):
                continue
        after = rows[-1].seq
    return found


def _plan(unit: Reader, definition_id: int) -> Plan | None:
    """The plan of a definition; one that is not as it was deployed is named by `verify`."""
    row = unit.definition(definition_id)
    try:
        return plan_of(row) if row else None
    except Refusal:
        return None
