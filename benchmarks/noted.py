"""The statements that the engine sends, noted on the driver's own cursor, to be sent again without it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from benchmarks.order7 import warm_up, whole_order


@dataclass(frozen=True, slots=True)
class Statement:
    """One call of the driver. `alone`: it is a transaction of its own."""

    text: str
    values: Any
    alone: bool = False


Noted = list[Statement]


def note_sqlite(engine: Any, noted: Noted) -> None:
    """Let the engine's next connections write down what is executed on them, transactions included."""

    class Noting(sqlite3.Cursor):
        def execute(self, statement: str, values: Any = ()) -> Any:
            if not statement.startswith("PRAGMA"):
                noted.append(Statement(statement, values))
            return super().execute(statement, values)

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> sqlite3.Cursor:  # type: ignore[override]
            return super().cursor(Noting)

        def commit(self) -> None:
            noted.append(Statement("COMMIT", ()))
            super().commit()

    def connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> sqlite3.Connection:
        return sqlite3.connect(*arguments, **named, factory=Connection)

    event.listen(engine.store.engine, "do_connect", connect)
    engine.close()


@contextmanager
def noting_postgres(noted: Noted) -> Iterator[None]:
    """The same for PostgreSQL, on connections that are made meanwhile."""
    from psycopg.pq import TransactionStatus

    from flowengine.storage import prepared

    class Noting(prepared.PreparedCursor):
        def execute(self, statement: str, values: Any = ()) -> None:
            alone = self._pgconn.transaction_status == TransactionStatus.IDLE
            noted.append(Statement(statement, values, alone))
            super().execute(statement, values)

    with patch.object(prepared, "PreparedCursor", Noting):
        yield


def noted_by_order(engine: Any, noted: Noted, count: int) -> list[Noted]:
    """What each of `count` orders sends."""
    warm_up(engine)
    orders = []
    for number in range(count):
        noted.clear()
        whole_order(engine, number)
        orders.append(list(noted))
    engine.close()
    return orders


def send_sqlite(connection: sqlite3.Connection, statements: Noted) -> None:
    """Send statements again, and read whatever they answer."""
    cursor = connection.cursor()
    for each in statements:
        cursor.execute(each.text, each.values)
        if each.text.startswith("SELECT") or "RETURNING" in each.text:
            cursor.fetchall()


def send_postgres(connection: Any, statements: Noted) -> None:
    """Send statements again, those that stood alone as transactions of their own, the others as one."""
    connection.autocommit = True
    for each in statements:
        if connection.autocommit != each.alone:
            connection.commit()
            connection.autocommit = each.alone
        cursor = connection.execute(each.text, each.values)
        if cursor.description:
            cursor.fetchall()
    connection.commit()
