"""Opening a database so that a transaction is one: write lock first, on disk before it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from flowengine.errors import OrderBusy, StoreUnusable
from flowengine.storage.tables import SCHEMA_VERSION, meta, metadata

BUSY_SECONDS: Final = 10.0
_READ_ONLY: Final = {"flowengine_reading": True}


def open_sqlite(path: str | Path) -> Engine:
    """A database in one file, or in memory for `:memory:`. Creates the file when it does not exist."""
    if str(path) == ":memory:":
        engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool, connect_args=_CONNECT)
    else:
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args=_CONNECT)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


# isolation_level None leaves BEGIN to us: the driver's own would begin late and without the write lock.
_CONNECT: Final[dict[str, Any]] = {
    "isolation_level": None,
    "timeout": BUSY_SECONDS,
    "check_same_thread": False,
}


def _on_connect(connection: Any, _record: object) -> None:
    # A text that is no UTF-8 can only come from outside; verify has to read it to be able to name it.
    connection.text_factory = lambda data: str(data, "utf-8", "surrogateescape")
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    """Lock first: in WAL a transaction that reads and then writes fails at once, whatever the timeout."""
    reading = connection.get_execution_options().get("flowengine_reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def prepare(engine: Engine, *, create: bool) -> None:
    """Make sure that the tables are there, and of this version; an existing store is only read for that.

    Raises StoreUnusable when they are of another version, or missing and not to be created.
    """
    with transaction(engine, reading=True) as connection:
        found = _schema(connection)
    if found is None and create:
        with transaction(engine) as connection:
            found = _schema(connection)  # five processes may begin at once: the first has the write lock
            if found is None:
                metadata.create_all(connection)
                connection.execute(meta.insert().values(key="schema", value=str(SCHEMA_VERSION)))
                return
    if found is None:
        raise StoreUnusable("this database holds no orders; deploy a process to it first")
    if found != SCHEMA_VERSION:
        side = "newer" if found > SCHEMA_VERSION else "older"
        raise StoreUnusable(
            f"the database has schema {found}, which is {side} than this flowengine's {SCHEMA_VERSION}; "
            f"use the flowengine that made it, or another database"
        )


def _schema(connection: Connection) -> int | None:
    """The version of the tables in the database; None where there are none."""
    if not sa.inspect(connection).has_table(meta.name):
        return None
    found = connection.execute(sa.select(meta.c.value).where(meta.c.key == "schema")).scalar()
    return int(found) if found is not None and found.isdigit() else 0


@contextmanager
def transaction(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """A connection inside a transaction. Raises StoreUnusable or OrderBusy for the driver's errors."""
    try:
        with engine.connect() as connection:
            if reading:
                connection.execution_options(**_READ_ONLY)
            with connection.begin():
                yield connection
    except (IntegrityError, ProgrammingError):
        raise  # a mistake of ours, not of the database
    except DBAPIError as error:
        raise _translated(error) from error
    except engine.dialect.loaded_dbapi.DatabaseError as error:  # raised while rows are fetched
        raise _translated(error) from error


def _translated(error: Exception) -> Exception:
    said = str(getattr(error, "orig", error))
    if "locked" in said or "busy" in said:
        return OrderBusy(
            f"the database stayed locked for {BUSY_SECONDS:.0f} s; nothing was written, try again"
        )
    return StoreUnusable(f"the database cannot be used: {said}")
