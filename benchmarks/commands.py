"""Durable commands on SQLite, beside sqlite3 sending the very same statements with the same values.

So the share is what deciding, hashing and SQLAlchemy cost. The engine always runs with synchronous=FULL: only
that, on a disk, is durable, and has a gate. NORMAL and memory show how much of a command is our own work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event

from benchmarks.figure import Figure, Goal, spread
from benchmarks.noted import Noted, note_sqlite, noted_by_order, send_sqlite
from benchmarks.order7 import COMMANDS, open_engine, warm_up, whole_order
from benchmarks.places import folders, sqlite_file
from benchmarks.sizes import Sizes
from benchmarks.turns import Spent, settle_memory, take_turns

DURABLE = Goal(gate=0.30, aim=0.50)


def measure(sizes: Sizes) -> Iterator[Figure]:
    """ORDER-7 on disk and in memory, with both ways to synchronise."""
    for where, folder in folders().items():
        for synchronous in ("NORMAL", "FULL"):
            with sqlite_file(folder) as path:
                goal = DURABLE if (where, synchronous) == ("disk", "FULL") else Goal()
                yield _figure(f"commands, SQLite, {where}, {synchronous}", path, synchronous, sizes, goal)


def _figure(what: str, path: Path, synchronous: str, sizes: Sizes, goal: Goal) -> Figure:
    noted = _noted(path.with_name("noted.db"), sizes.rounds * sizes.orders)
    engine = _engine(path, synchronous)
    bare = _bare(path, path.with_name("bare.db"), synchronous)
    settle_memory()
    ways = {
        "engine": lambda number: whole_order(engine, number),
        "bare": lambda number: send_sqlite(bare, noted[number]),
    }
    rounds = [
        take_turns(ways, range(start, start + sizes.orders)) for start in range(0, len(noted), sizes.orders)
    ]
    engine.close()
    bare.close()
    return commands_figure(what, rounds, sizes.orders * COMMANDS, goal)


def commands_figure(
    what: str, rounds: list[dict[str, Spent]], commands: int, goal: Goal, *, against: str = "bare"
) -> Figure:
    """Commands per second and their share of another way's, with this process's own work in each."""
    shares = [each[against].wall / each["engine"].wall for each in rounds]
    cpu = {name: median([each[name].cpu for each in rounds]) / commands * 1e6 for name in rounds[0]}
    return Figure(
        what,
        commands / median([each["engine"].wall for each in rounds]),
        "commands/s",
        commands / median([each[against].wall for each in rounds]),
        median(shares),
        goal,
        f"share {spread(shares)}; own work {cpu['engine']:.0f} and {cpu[against]:.0f} µs a command",
    )


def _noted(path: Path, orders: int) -> list[Noted]:
    noted: Noted = []
    engine = open_engine(path)
    note_sqlite(engine, noted)
    return noted_by_order(engine, noted, orders)


def _engine(path: Path, synchronous: str) -> Any:
    engine: Any = open_engine(path)

    def synchronise(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")

    event.listen(engine.store.engine, "connect", synchronise)
    engine.close()
    warm_up(engine)
    return engine


def _bare(source: Path, target: Path, synchronous: str) -> sqlite3.Connection:
    """A connection to a copy of the database, in which the process is deployed and no order is."""
    origin = sqlite3.connect(source)
    connection = sqlite3.connect(target, isolation_level=None)
    origin.backup(connection)
    origin.close()
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
