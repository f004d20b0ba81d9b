"""What reaches the driver, written down below SQLAlchemy: each statement, COMMIT and ROLLBACK.

A recorder may do something before a statement runs: let somebody else go first, or cut the connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from unittest.mock import patch

import psycopg
import sqlalchemy as sa
from sqlalchemy import event

from flowengine.storage import prepared

T = TypeVar("T")


@dataclass
class Recorder:
    """The statements in their order; `before` hears of each that is about to run, `after` when it ran."""

    before: Callable[[str], object] = lambda _statement: None
    after: Callable[[str], object] = lambda _statement: None
    seen: list[str] = field(default_factory=list)

    def pass_by(self, statement: str, run: Callable[[], T]) -> T:
        """Run one statement."""
        self.before(statement)
        self.seen.append(statement)
        answer = run()
        self.after(statement)
        return answer

    def verbs(self) -> list[str]:
        """The first word of each statement."""
        return [statement.split()[0] for statement in self.seen]

    def at(self, beginning: str, *acts: Callable[[], object], when: str = "before") -> None:
        """Do the first of these before (or after) the next statement with this beginning, and so on."""
        left = list(acts)

        def strike(statement: str) -> None:
            if left and statement.startswith(beginning):
                left.pop(0)()

        setattr(self, when, strike)


class _Recorded:
    """What the connections of both drivers have in common."""

    recorder: Recorder | None = None

    def pass_by(self, statement: str, run: Callable[[], T]) -> T:
        return run() if self.recorder is None else self.recorder.pass_by(statement, run)


class _PostgresConnection(_Recorded, psycopg.Connection[Any]):
    def commit(self) -> None:
        self.pass_by("COMMIT", super().commit)

    def rollback(self) -> None:
        self.pass_by("ROLLBACK", super().rollback)


class _PostgresCursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        connection: Any = self.connection
        return connection.pass_by(query, lambda: super(_PostgresCursor, self).execute(query, params, **more))


class _PreparedCursor(prepared.PreparedCursor):
    """What commands use beside psycopg's own cursor; on connections that nobody records it is as it is."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self._pass_by = getattr(connection, "pass_by", lambda _statement, run: run())

    def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        self._pass_by(statement, lambda: super(_PreparedCursor, self).execute(statement, values))

    def commit(self) -> None:
        self._pass_by("COMMIT", super().commit)


class _SqliteConnection(_Recorded, sqlite3.Connection):
    def cursor(self, *_: Any) -> Any:
        return super().cursor(_SqliteCursor)

    def commit(self) -> None:
        self.pass_by("COMMIT", super().commit)

    def rollback(self) -> None:
        self.pass_by("ROLLBACK", super().rollback)


class _SqliteCursor(sqlite3.Cursor):
    def execute(self, statement: str, values: Any = ()) -> Any:
        connection: Any = self.connection
        return connection.pass_by(statement, lambda: super(_SqliteCursor, self).execute(statement, values))


@contextmanager
def recorded(database: sa.Engine) -> Iterator[Recorder]:
    """Write down what is executed on a database, on connections that are made anew for it."""
    recorder = Recorder()

    def connecting(_dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        if database.dialect.name == "sqlite":
            return sqlite3.connect(*arguments, **{**named, "factory": _SqliteConnection})
        return _PostgresConnection.connect(*arguments, **named, cursor_factory=_PostgresCursor)

    def connected(connection: Any, _record: Any) -> None:
        connection.recorder = recorder

    database.dispose()
    event.listen(database, "do_connect", connecting)
    event.listen(database, "connect", connected)
    try:
        with patch.object(prepared, "PreparedCursor", _PreparedCursor):
            yield recorder
    finally:
        event.remove(database, "do_connect", connecting)
        event.remove(database, "connect", connected)
        database.dispose()
