"""Everything a database holds, read past the engine, to compare two databases to the last byte."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from flowengine import Engine

Dump = dict[str, list[tuple[Any, ...]]]

# How to ask for the names of the tables; and for indexes and triggers, which are content too. What a
# sequence of PostgreSQL has given is not: it stays given when the transaction is rolled back.
_OF_SQLITE: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table'",
    "SELECT * FROM sqlite_master",
)
_OF_POSTGRES: Final = (
    "SELECT tablename FROM pg_tables WHERE schemaname = ANY(current_schemas(false))",
    """SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = ANY(current_schemas(false)) UNION ALL
    SELECT tgname, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal""",
)


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
    names, parts = _OF_SQLITE if isinstance(_driver(connection), sqlite3.Connection) else _OF_POSTGRES
    cursor = connection.cursor()

    def read(question: str) -> list[tuple[Any, ...]]:
        return sorted(cursor.execute(question).fetchall(), key=repr)

    found = {name: read(f"SELECT * FROM {name}") for (name,) in read(names)}
    return {**found, "parts": read(parts)}


def _driver(connection: Any) -> Any:
    return getattr(connection, "driver_connection", connection)


def changed(before: Dump, after: Dump) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that stand in only one of two dumps; for the message of a failed comparison."""
    tables = sorted({*before, *after})
    pairs = {name: set(before.get(name, ())) ^ set(after.get(name, ())) for name in tables}
    return {name: sorted(rows, key=repr) for name, rows in pairs.items() if rows}
