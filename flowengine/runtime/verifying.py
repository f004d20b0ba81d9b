"""Trusting the store: definitions against seals, orders against history, counters against orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from flowengine.compiler.plan import Plan
from flowengine.runtime.auditing import Problem, order_problems
from flowengine.runtime.catalog import Refusal, hash_of, plan_of
from flowengine.runtime.chain import seal_of
from flowengine.runtime.checkpoints import Trail, gone
from flowengine.runtime.numbers import number, period, serial_of
from flowengine.runtime.pools import TURNS
from flowengine.runtime.ports import Reader, Store
from flowengine.runtime.quotas import is_quota
from flowengine.runtime.recounting import miscounts
from flowengine.runtime.rows import CounterRow, DefinitionRow, OrderFilter, OrderRow

_PAGE: Final = 500
_ALL: Final = OrderFilter(definitions=None)

Counted = tuple[str, str]
"""A process and a period of its numbers."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at, and everything it found."""

    orders: int
    rows: int
    problems: tuple[Problem, ...]
    checkpoints: int = 0


def verify(store: Store, trail: Trail | None = None, *, root: str = "") -> Verified:
    """Check every definition and order: what was edited, removed, inserted or swapped is named.

    Others may write meanwhile: each page of orders is one moment of the store, and so are the last page and
    the counters. Found only against a `trail` of checkpoints kept elsewhere: the newest rows of a history
    cut off with the order put back to match, a history that somebody wrote anew with all its hashes, and
    the newest orders removed. `root` is one that was posted elsewhere: the trail must have it.
    """
    survey = _Survey(trail or Trail())
    if trail is not None:
        survey.problems += trail.problems(root)
    with store.reading() as unit:
        survey.look_around(unit)
    after = 0
    while True:
        with store.reading() as unit:
            rows = unit.orders(_ALL, after=after, limit=_PAGE)
            for row in rows:
                survey.look_at(unit, row)
            if len(rows) < _PAGE:
                survey.count(unit.counters())
                survey.problems += [each.problem for each in miscounts(unit)]
                return survey.found()
            after = rows[-1].id


def verify_newest(unit: Reader, limit: int) -> Verified:
    """Check the orders that were opened last, in one moment of the store; nothing is counted."""
    survey = _Survey(Trail())
    for row in unit.newest_orders(limit):
        survey.look_at(unit, row)
    return survey.found()


class _Survey:
    """What one verification has seen so far."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._unseen = dict(trail.known)
        self.orders = 0
        self.rows = 0
        self.problems: list[Problem] = []
        self._plans: dict[int, Plan | None] = {}
        self._serials: dict[Counted, list[int]] = defaultdict(list)
        self._numbered: dict[Counted, tuple[Plan, int]] = {}
        self._numbers: set[tuple[str, str]] = set()

    def look_around(self, unit: Reader) -> None:
        """Check what is there once: tables, definitions, history without an order."""
        self.problems += [Problem("part_missing", detail=name) for name in unit.missing_parts()]
        self.problems += [Problem("orphan", str(id)) for id in unit.orphaned_history()]
        for row in unit.definitions():
            self._plans[row.id] = trusted(row)
            if self._plans[row.id] is None:
                self.problems.append(Problem("definition", f"{row.process}@{row.version}"))

    def look_at(self, unit: Reader, row: OrderRow) -> None:
        """Check one order, and note its number."""
        self.orders += 1
        self.rows += row.revision
        plan = self._plan(unit, row.definition_id)
        self.problems += order_problems(unit, row, plan, self._trail.marks.get(row.id, ()))
        self._unseen.pop(row.id, None)
        self._numbers.add((row.process, row.number))
        if plan is None:
            return
        serial = serial_of(plan, row.number)
        key = row.process, period(plan, row.created_at)
        self._serials[key] += [serial] if serial else []
        self._numbered[key] = plan, row.created_at

    def count(self, counters: Iterable[CounterRow]) -> None:
        """Hold the counters against the numbers seen."""
        self.problems += _counter_problems(counters, self._serials, self._passed_over)

    def found(self) -> Verified:
        """All that was seen, once every order was looked at that was to be."""
        removed = map(gone, self._unseen.values())
        return Verified(self.orders, self.rows, (*self.problems, *removed), self._trail.length)

    def _passed_over(self, key: Counted, serial: int) -> bool:
        return (key[0], number(*self._numbered[key], serial)) in self._numbers

    def _plan(self, unit: Reader, definition_id: int) -> Plan | None:
        """The plan of a definition, also of one that was deployed since the survey began."""
        if definition_id not in self._plans:
            row = unit.definition(definition_id)
            self._plans[definition_id] = trusted(row) if row else None
        return self._plans[definition_id]


def trusted(row: DefinitionRow) -> Plan | None:
    """The plan of a definition that is as it was deployed."""
    if hash_of(row.text) != row.hash or seal_of(row) != row.seal:
        return None
    try:
        plan = plan_of(row)
    except Refusal:
        return None
    return plan if (plan.process, plan.version) == (row.process, row.version) else None


def _counter_problems(
    counters: Iterable[CounterRow],
    serials: dict[Counted, list[int]],
    passed_over: Callable[[Counted, int], bool],
) -> Iterator[Problem]:
    """Numbers have no gaps, so a counter that differs from the orders tells of an order that was removed.

    A number that an earlier version of the process had given is passed over, and is no gap. Counters of turns
    number nothing.
    """
    counted = {
        (row.process, row.period): row.value
        for row in counters
        if row.process[:1] != TURNS and not is_quota(row.period)
    }
    for key in sorted({*counted, *serials}):
        given = serials.get(key, [])
        if counted.get(key, 0) != max(given, default=0) or len(set(given)) != len(given):
            yield Problem("counter", " ".join(key), counted.get(key, 0), str(max(given, default=0)))
            continue
        known = set(given)
        gaps = (n for n in range(1, len(known) and max(known)) if n not in known and not passed_over(key, n))
        yield from (Problem("number_gap", " ".join(key), gap) for gap in islice(gaps, 1))
