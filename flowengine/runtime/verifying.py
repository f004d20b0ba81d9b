"""Trusting the store: definitions against seals, orders against history, counters against orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from flowengine.compiler.plan import Plan
from flowengine.errors import FlowEngineError
from flowengine.runtime.auditing import Problem, order_problems
from flowengine.runtime.catalog import Refusal, hash_of, plan_of
from flowengine.runtime.chain import seal_of
from flowengine.runtime.numbers import number, period, serial_of
from flowengine.runtime.ports import Store, all_orders
from flowengine.runtime.rows import CounterRow, DefinitionRow, OrderFilter


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at, and everything it found."""

    orders: int
    rows: int
    problems: tuple[Problem, ...]


def verify(store: Store) -> Verified:
    """Check every definition and order: what was edited, removed, inserted or swapped is named.

    Not found without a checkpoint kept elsewhere: the newest rows of a history cut off with the order put
    back to match, and a history that somebody wrote anew with all its hashes.
    """
    with store.reading() as unit:
        definitions = unit.definitions()
        counters = unit.counters()
        orphans = unit.orphaned_history()
    problems = [Problem("orphan", str(id)) for id in orphans]
    plans: dict[int, Plan] = {}
    for row in definitions:
        plan = _trusted(row)
        if plan is None:
            problems.append(Problem("definition", f"{row.process}@{row.version}"))
        else:
            plans[row.id] = plan
    orders = rows = 0
    serials: dict[tuple[str, str], list[int]] = defaultdict(list)
    numbered: dict[tuple[str, str], tuple[Plan, int]] = {}
    numbers: set[tuple[str, str]] = set()
    for order in all_orders(store, OrderFilter(definitions=None)):
        orders += 1
        rows += order.revision
        of_order = plans.get(order.definition_id)
        problems += order_problems(store, order, of_order)
        numbers.add((order.process, order.number))
        if of_order is not None:
            serial = serial_of(of_order, order.number)
            key = order.process, period(of_order, order.created_at)
            serials[key] += [serial] if serial else []
            numbered[key] = of_order, order.created_at

    def passed_over(key: tuple[str, str], serial: int) -> bool:
        return (key[0], number(*numbered[key], serial)) in numbers

    problems += _counter_problems(counters, serials, passed_over)
    return Verified(orders, rows, tuple(problems))


def _trusted(row: DefinitionRow) -> Plan | None:
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
    serials: dict[tuple[str, str], list[int]],
    passed_over: Callable[[tuple[str, str], int], bool],
) -> Iterator[Problem]:
    """Numbers have no gaps, so a counter that differs from the orders tells of an order that was removed.

    A number that an earlier version of the process had given is passed over, and is no gap.
    """
    counted = {(row.process, row.period): row.value for row in counters}
    for key in sorted({*counted, *serials}):
        given = serials.get(key, [])
        if counted.get(key, 0) != max(given, default=0) or len(set(given)) != len(given):
            yield Problem("counter", " ".join(key), counted.get(key, 0), str(max(given, default=0)))
            continue
        known = set(given)
        gaps = (n for n in range(1, len(known) and max(known)) if n not in known and not passed_over(key, n))
        yield from (Problem("number_gap", " ".join(key), gap) for gap in islice(gaps, 1))


def assert_sound(store: Store) -> None:
    """Raise FlowEngineError naming the first problem, if there is one."""
    problems = verify(store).problems
    if problems:
        raise FlowEngineError(problems[0].message("en"))
