"""Trusting the store: each order's chain is checked row by row, replayed, and held against what is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from flowengine.compiler.plan import Plan
from flowengine.errors import FlowEngineError
from flowengine.kernel.events import replay
from flowengine.kernel.order import Order
from flowengine.runtime.catalog import hash_of, plan_of
from flowengine.runtime.chain import GENESIS, link
from flowengine.runtime.ports import Store, all_orders
from flowengine.runtime.rows import HistoryRow, OrderFilter, OrderRow
from flowengine.runtime.saving import projected, work_rows
from flowengine.texts import Lang, say

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as history says: in which order, at which row of its history, and what."""

    code: str
    number: str = ""
    seq: int | None = None
    detail: str = ""

    def message(self, lang: Lang) -> str:
        """The problem in one sentence."""
        return say(
            f"verify.{self.code}", lang, {"number": self.number, "seq": self.seq, "detail": self.detail}
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at, and everything it found."""

    orders: int
    rows: int
    problems: tuple[Problem, ...]


def verify(store: Store) -> Verified:
    """Check every definition and order: what was edited, removed, inserted or swapped is named."""
    problems: list[Problem] = []
    with store.reading() as unit:
        definitions = unit.definitions()
        problems += [Problem("orphan", str(id)) for id in unit.orphaned_history()]
    plans: dict[int, Plan] = {}
    for row in definitions:
        if hash_of(row.text) != row.hash:
            problems.append(Problem("definition", f"{row.process}@{row.version}"))
        else:
            plans[row.id] = plan_of(row)
    orders = rows = 0
    for order in all_orders(store, OrderFilter(definitions=None)):
        orders += 1
        rows += order.revision
        problems += _order_problems(store, order, plans.get(order.definition_id))
    return Verified(orders, rows, tuple(problems))


def _order_problems(store: Store, row: OrderRow, plan: Plan | None) -> Iterator[Problem]:
    history = list(_history(store, row.id))
    broken = next(_chain_problems(row, history), None)
    if broken:
        yield broken
        return
    if plan is None:
        yield Problem("no_definition", row.number, detail=str(row.definition_id))
        return
    try:
        order = replay(event for each in history for event in json.loads(each.record)["events"])
    except (LookupError, TypeError, ValueError, AttributeError) as reason:
        yield Problem("replay", row.number, detail=str(reason))
        return
    if order is not None:
        yield from _state_problems(store, row, plan, order)


def _history(store: Store, order_id: int) -> Iterator[HistoryRow]:
    after = 0
    while True:
        with store.reading() as unit:
            rows = unit.history(order_id, after=after, limit=_PAGE)
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1].seq


def _chain_problems(row: OrderRow, history: list[HistoryRow]) -> Iterator[Problem]:
    head = GENESIS
    for expected, each in enumerate(history, 1):
        if each.seq != expected:
            yield Problem("gap", row.number, expected)
        if link(each, head) != each.hash:
            yield Problem("altered", row.number, each.seq)
        head = each.hash
    if row.revision != len(history):
        yield Problem("length", row.number, len(history), str(row.revision))
    if row.head != head:
        yield Problem("head", row.number, len(history))


def _state_problems(store: Store, row: OrderRow, plan: Plan, order: Order) -> Iterator[Problem]:
    if order.dump() != row.state:
        yield Problem("state", row.number)
        return
    derived = projected(row, plan, order)
    if row.failures:  # a parked order is asked again later than its own moment
        derived = replace(derived, wake_at=row.wake_at)
    for name in _differing(row, derived):
        yield Problem("column", row.number, detail=name)
    with store.reading() as unit:
        work, messages = unit.work_of(row.id), unit.messages_of(row.id)
        history = unit.history(row.id, after=0, limit=1_000_000)
    if set(work) != set(work_rows(plan, row, order)):
        yield Problem("work", row.number)
    told = {
        (e["role"], e["key"]) for h in history for e in json.loads(h.record)["events"] if e["event"] == "told"
    }
    if {(message.role, message.cause) for message in messages} != told:
        yield Problem("messages", row.number)


def _differing(row: OrderRow, derived: OrderRow) -> list[str]:
    values: list[tuple[str, Any, Any]] = [
        (f.name, getattr(row, f.name), getattr(derived, f.name)) for f in fields(OrderRow)
    ]
    return [name for name, stored, wanted in values if stored != wanted]


def assert_sound(store: Store) -> None:
    """Raise FlowEngineError naming the first problem, if there is one."""
    problems = verify(store).problems
    if problems:
        raise FlowEngineError(problems[0].message("en"))
