"""The statements compiled once for each dialect, and a writer that runs them on a cursor."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Dialect

from flowengine.storage.postgres_keeping import PostgresKeeper
from flowengine.storage.recent import Recent
from flowengine.storage.sqlite_keeping import SqliteKeeper
from flowengine.storage.statements import Statements
from flowengine.storage.writer import Keeper, SqlWriter


def writer_on(
    cursor: Any,
    dialect: Dialect,
    *,
    locking: bool,
    connection: Connection | None = None,
    recent: Recent | None = None,
) -> SqlWriter:
    """A writer on the driver's cursor; `locking` holds on to the orders that it reads. The `connection` of
    SQLAlchemy is lent to functions of the host. `recent` are the orders that need not be read.
    """
    kind: Any = type(dialect)
    statements, keeper = _for_sqlite() if dialect.name == "sqlite" else _for_postgres(kind)
    return SqlWriter(cursor, statements, keeper, locking=locking, connection=connection, recent=recent)


@lru_cache
def _for_sqlite() -> tuple[Statements, Keeper]:
    """Not for the dialect of a host: it may prefer other marks for parameters; its driver takes ours too."""
    return Statements.of(sqlite.dialect()), SqliteKeeper()


@lru_cache
def _for_postgres(kind: Any) -> tuple[Statements, Keeper]:
    """Once for each driver. Places without names, which every driver takes and fills sooner."""
    dialect = kind()
    if not dialect.positional:
        dialect = kind(paramstyle="format")
    return Statements.of(dialect), PostgresKeeper(dialect)
