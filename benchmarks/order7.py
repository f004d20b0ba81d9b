"""ORDER-7: one order through seven stages, each with an owner, a deadline and two checks.

The bare driver is given the very statements that the engine executed, with the same values, in the same
transactions, on a database file of its own; so the share is what deciding, hashing and SQLAlchemy cost.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

import flowengine

STAGES = ("receive", "review", "purchase", "production", "quality", "delivery", "after_sales")
CHECKS = ("first", "second")
CLERK = flowengine.Principal.of("clerk", "desk")

Statement = tuple[str, Any]


@dataclass(frozen=True)
class Round:
    """One round: seconds of the engine and of the bare driver for the same commands."""

    commands: int
    statements: int
    engine: float
    bare: float

    @property
    def share(self) -> float:
        """The engine's speed as a share of the bare driver's."""
        return self.bare / self.engine


def process() -> str:
    """The process file of the workload."""
    stages = "".join(
        f"  {stage}: {{owner: desk, due: 24h, needs: {{{stage}_first: check, {stage}_second: check}}}}\n"
        for stage in STAGES[:-1]
    )
    last = STAGES[-1]
    return (
        'flowengine: 1\nprocess: order-7\nversion: "1"\nowner: desk\nroles: {desk: {}}\n'
        "order: {fields: {customer: {type: text, required: true}, amount: {type: money, required: true}}}\n"
        f"stages:\n{stages}"
        f"  {last}: {{owner: desk, due: 24h, needs: {{{last}_first: check, {last}_second: check}}, next: closed}}\n"
    )


def measure(folder: Path, number: int, orders: int) -> Round:
    """Run the workload through the engine, then the same statements through sqlite3."""
    clock = iter(range(1_700_000_000_000, 1_800_000_000_000, 1_000))
    engine = flowengine.connect(folder / f"engine-{number}.db", clock=lambda: next(clock))
    engine.deploy(process(), file="order-7.yaml")
    bare = _copy(folder / f"engine-{number}.db", folder / f"bare-{number}.db")
    with _listening(engine) as statements:
        start = time.perf_counter()
        commands = sum(_one_order(engine, each) for each in range(orders))
        taken = time.perf_counter() - start
        executed = list(statements)
    return Round(commands, len(executed), taken, _replayed(bare, executed))


def _one_order(engine: Any, number: int) -> int:
    order = engine.start("order-7", {"customer": f"customer {number}", "amount": number}, by=CLERK)
    for stage in STAGES:
        for check in CHECKS:
            answer = engine.do(order.order_id, flowengine.Done(f"{stage}_{check}"), by=CLERK, key=f"{stage}/{check}")
    assert answer.status == "closed"
    return 1 + len(STAGES) * len(CHECKS)


class _listening:
    """Writes down every statement that the engine executes, transactions included."""

    def __init__(self, engine: Any) -> None:
        self._database = engine.store.engine
        self.statements: list[Statement] = []

    def __enter__(self) -> list[Statement]:
        event.listen(self._database, "before_cursor_execute", self._note)
        event.listen(self._database, "commit", self._commit)
        return self.statements

    def __exit__(self, *_: object) -> None:
        event.remove(self._database, "before_cursor_execute", self._note)
        event.remove(self._database, "commit", self._commit)

    def _note(self, _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        self.statements.append((statement, values if not many else list(values)))

    def _commit(self, _connection: Any) -> None:
        self.statements.append(("COMMIT", ()))


def _copy(source: Path, target: Path) -> sqlite3.Connection:
    with sqlite3.connect(source) as origin:
        connection = sqlite3.connect(target, isolation_level=None)
        origin.backup(connection)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _replayed(connection: sqlite3.Connection, statements: list[Statement]) -> float:
    cursor = connection.cursor()
    start = time.perf_counter()
    for statement, values in statements:
        if isinstance(values, list):
            cursor.executemany(statement, values)
        else:
            cursor.execute(statement, values)
            if statement.startswith("SELECT"):
                cursor.fetchall()
    taken = time.perf_counter() - start
    connection.close()
    return taken
