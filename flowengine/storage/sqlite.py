"""SQLite: one file, or memory; the write lock comes first, and on disk before it is acknowledged."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from flowengine.errors import StoreUnusable

BUSY_SECONDS: Final = 10.0
_MOMENT: Final = 0.005
MEMORY: Final = ":memory:"
READING: Final = "flowengine_reading"
"""The execution option of a connection that will not write."""

# isolation_level None leaves BEGIN to us: the driver's own would begin late and without the write lock.
_CONNECT: Final[dict[str, Any]] = {
    "isolation_level": None,
    "timeout": BUSY_SECONDS,
    "check_same_thread": False,
}


def open_sqlite(path: str | Path) -> Engine:
    """A database in one file, or in memory for `:memory:`. Creates the file when it does not exist.

    Raises StoreUnusable when there is no such folder, or no path at all.
    """
    if str(path) == MEMORY:
        engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool, connect_args=_CONNECT)
    else:
        place = Path(path).absolute()  # a process may go to another folder meanwhile
        if not str(path).strip():
            raise StoreUnusable("the path of the database is empty; name a file, such as flowengine.db")
        if not place.parent.is_dir():
            raise StoreUnusable(f"there is no folder {place.parent}; create it first, or name another path")
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(place)), connect_args=_CONNECT)
        _watch(engine, place)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _watch(engine: Engine, place: Path) -> None:
    """Notice that the file was deleted or replaced: SQLite would go on writing where nobody can read."""
    # Kept until every connection is closed: the system may give the file's number to another one.
    seen: set[tuple[int, int] | None] = set()

    def on_checkout(_connection: object, _record: object, _proxy: object) -> None:
        seen.add(_identity(place))
        if None in seen or len(seen) > 1:
            raise StoreUnusable(
                f"the file {place} was deleted or replaced while it was open; nothing was written. "
                f"Put the right file there while nothing has it open, then start again"
            )

    event.listen(engine, "checkout", on_checkout)
    event.listen(engine, "engine_disposed", lambda _engine: seen.clear())


def _identity(place: Path) -> tuple[int, int] | None:
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _on_connect(connection: Any, _record: object) -> None:
    # A text that is no UTF-8 can only come from outside; verify has to read it to be able to name it.
    connection.text_factory = lambda data: str(data, "utf-8", "surrogateescape")
    cursor = connection.cursor()
    _keep_a_log(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """Switch the file to WAL. SQLite refuses one of two who do so at the same moment at once, whatever its
    timeout: there each would wait for the other. So it is tried again here, for as long as the timeout.
    """
    end = monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= end:
                raise
            sleep(_MOMENT)
        else:
            return


def _on_begin(connection: Connection) -> None:
    """Whoever begins a transaction through SQLAlchemy gets one: lock first, unless it only reads."""
    reading = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def take_lock(connection: Any, cursor: Any) -> None:
    """Take the write lock before anything is read, in a transaction that may have begun already.

    In WAL a transaction that reads and then writes fails at once, whatever the timeout; one that writes
    first waits. The update touches no row.
    """
    if connection.in_transaction:
        cursor.execute("UPDATE fe_orders SET id = id WHERE 0")
    else:
        cursor.execute("BEGIN IMMEDIATE")
