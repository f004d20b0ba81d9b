"""Everything a database holds, read past the engine, to compare two databases to the last byte."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from flowengine import Engine

Dump = dict[str, list[tuple[Any, ...]]]


def dump(place: Path | Engine) -> Dump:
    """Every row of every table, by table; of a file, or of the database that an engine has open."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection:
            return _rows(connection)
    with raw(place) as connection:
        return _rows(connection)


def raw(engine: Engine) -> closing[Any]:
    """The driver's connection of an engine, to look and to tamper; it goes back with the block."""
    return closing(engine.store.engine.raw_connection())


def _rows(connection: Any) -> Dump:
    cursor = connection.cursor()
    names = [
        name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    ]
    names.append("sqlite_master")  # indexes and triggers are content too
    return {name: sorted(cursor.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def changed(before: Dump, after: Dump) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that stand in only one of two dumps; for the message of a failed comparison."""
    tables = sorted({*before, *after})
    pairs = {name: set(before.get(name, ())) ^ set(after.get(name, ())) for name in tables}
    return {name: sorted(rows, key=repr) for name, rows in pairs.items() if rows}
