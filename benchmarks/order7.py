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

Statement = tuple[str, Any, bool]


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
    needs = f"{{{last}_first: check, {last}_second: check}}"
    return (
        'flowengine: 1\nprocess: order-7\nversion: "1"\nowner: desk\nroles: {desk: {}}\n'
        "order: {fields: {customer: {type: text, required: true}, amount: {type: money, required: true}}}\n"
        f"stages:\n{stages}"
        f"  {last}: {{owner: desk, due: 24h, needs: {needs}, next: closed}}\n"
    )


def measure(folder: Path, number: int, orders: int) -> Round:
    """Run the workload through the engine, then the same statements through sqlite3."""
    statements = _noted(folder, number, orders)
    engine = _engine(folder / f"engine-{number}.db")
    bare = _copy(folder / f"engine-{number}.db", folder / f"bare-{number}.db")
    start = time.perf_counter()
    commands = sum(_one_order(engine, each) for each in range(orders))
    taken = time.perf_counter() - start
    return Round(commands, len(statements), taken, _replayed(bare, statements))


def _one_order(engine: Any, number: int) -> int:
    order = engine.start("order-7", {"customer": f"customer {number}", "amount": number}, by=CLERK)
    for stage in STAGES:
        for check in CHECKS:
            done = flowengine.Done(f"{stage}_{check}")
            answer = engine.do(order.order_id, done, by=CLERK, key=f"{stage}/{check}")
    assert answer.status == "closed"
    return 1 + len(STAGES) * len(CHECKS)


class _Noting(sqlite3.Cursor):
    """A cursor that writes down what it executes."""

    def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        NOTED.append((statement, values, False))
        return super().execute(statement, values)

    def executemany(self, statement: str, values: Any) -> sqlite3.Cursor:
        NOTED.append((statement, list(values), True))
        return super().executemany(statement, values)


class _NotingConnection(sqlite3.Connection):
    """A connection that writes down what is executed on it, transactions included."""

    def cursor(self, *_: Any) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(_Noting)

    def commit(self) -> None:
        NOTED.append(("COMMIT", (), False))
        super().commit()


NOTED: list[Statement] = []


def _noted(folder: Path, number: int, orders: int) -> list[Statement]:
    """The statements of a round, taken from a run of its own so that noting them is not timed."""
    engine = _engine(folder / f"noted-{number}.db")
    event.listen(engine.store.engine, "do_connect", _noting)
    engine.close()
    NOTED.clear()
    for each in range(orders):
        _one_order(engine, each)
    engine.close()
    return list(NOTED)


def _noting(_dialect: Any, _record: Any, arguments: Any, named: Any) -> sqlite3.Connection:
    return sqlite3.connect(*arguments, **named, factory=_NotingConnection)


def _engine(path: Path) -> Any:
    clock = iter(range(1_700_000_000_000, 1_800_000_000_000, 1_000))
    engine = flowengine.connect(path, clock=lambda: next(clock))
    engine.deploy(process(), file="order-7.yaml")
    return engine


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
    for statement, values, many in statements:
        if many:
            cursor.executemany(statement, values)
        elif not statement.startswith("PRAGMA"):
            cursor.execute(statement, values)
            if statement.startswith("SELECT") or "RETURNING" in statement:
                cursor.fetchall()
    taken = time.perf_counter() - start
    connection.close()
    return taken
