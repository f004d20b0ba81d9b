"""The places where a command touches the database, counted, and what can go wrong at each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NoReturn, TypeVar
from weakref import WeakSet

from sqlalchemy import Engine, event
from sqlalchemy.pool import StaticPool

T = TypeVar("T")
Fault = Literal["crash before", "crash after", "interrupted", "busy", "broken", "ended", "answer lost"]
FAULTS: Final[tuple[Fault, ...]] = ("crash before", "crash after", "busy", "broken", "ended", "answer lost")


class Crash(BaseException):
    """The process dies here, or somebody presses Ctrl-C. Not an Exception: nothing may catch it and go on."""


@dataclass
class Points:
    """The statements seen so far, and the one at which the fault strikes; no fault while `at` is None.
    `at_first` says it by the beginning of the statement.

    A crash ends everything: each later statement crashes too. `interrupted` strikes when the statement has
    been carried out, and the process lives on. `busy` refuses one statement, `broken` that one and all that
    follow; `ended` refuses it and rolls the transaction back, as SQLite does by itself when the disk is full;
    `answer lost` carries the statement out and reports an error. `died` is called at the moment of a crash,
    and of an end.
    """

    fault: Fault = "crash before"
    at: int | None = None
    at_first: str = ""
    died: Callable[[], object] = lambda: None
    passed: Callable[[str], object] = lambda _statement: None
    seen: list[str] = field(default_factory=list)

    def pass_by(self, statement: str, run: Callable[[], T], end: Callable[[], object]) -> T:
        """Run one statement, or let it go wrong; `end` rolls the transaction back."""
        here = len(self.seen)
        if self.at is None and self.at_first and statement.startswith(self.at_first):
            self.at = here
        self.seen.append(statement)
        if self.at is None or here < self.at:
            answer = run()
            self.passed(statement)
            return answer
        if here == self.at:
            self._strike(run, end)
        return self._aftermath(run)

    def _strike(self, run: Callable[[], object], end: Callable[[], object]) -> NoReturn:
        if self.fault in ("crash after", "interrupted", "answer lost"):
            run()
        if self.fault in ("crash before", "crash after", "interrupted"):
            self.died()
            raise Crash
        if self.fault == "ended":
            end()
            self.died()
        raise sqlite3.OperationalError("database is locked" if self.fault == "busy" else "disk I/O error")

    def _aftermath(self, run: Callable[[], T]) -> T:
        if self.fault in ("crash before", "crash after"):
            raise Crash
        if self.fault == "broken":
            raise sqlite3.OperationalError("disk I/O error")
        return run()


class WatchedConnection(sqlite3.Connection):
    """A connection of the driver whose every statement passes by `points`, whoever executes it."""

    points: Points | None = None

    def pass_by(self, statement: str, run: Callable[[], T]) -> T:
        """Run one statement as `points` wants it, or as it is where nobody watches."""
        return run() if self.points is None else self.points.pass_by(statement, run, super().rollback)

    def cursor(self, factory: Any = None) -> Any:  # type: ignore[override]
        return super().cursor(factory or _WatchedCursor)

    # The driver's own shortcuts, and its `with`, go past the methods of this class.
    def execute(self, *asked: Any) -> _WatchedCursor:
        return self.cursor().execute(*asked)

    def executemany(self, *asked: Any) -> _WatchedCursor:
        return self.cursor().executemany(*asked)

    def executescript(self, script: str, /) -> _WatchedCursor:
        return self.cursor().executescript(script)

    def commit(self) -> None:
        self.pass_by("COMMIT", super().commit)

    def rollback(self) -> None:
        self.pass_by("ROLLBACK", super().rollback)

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> Literal[False]:
        if kind is None:
            self.commit()
        else:
            self.rollback()
        return False


class _WatchedCursor(sqlite3.Cursor):
    connection: WatchedConnection

    def execute(self, statement: str, values: Any = (), /) -> _WatchedCursor:
        return self._pass_by(statement, lambda: super(_WatchedCursor, self).execute(statement, values))

    def executemany(self, statement: str, values: Any, /) -> _WatchedCursor:
        return self._pass_by(statement, lambda: super(_WatchedCursor, self).executemany(statement, values))

    def executescript(self, script: str, /) -> _WatchedCursor:
        return self._pass_by(script, lambda: super(_WatchedCursor, self).executescript(script))

    def _pass_by(self, statement: str, run: Callable[[], object]) -> _WatchedCursor:
        try:
            self.connection.pass_by(statement, run)
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self.fetchall()  # a statement that gives an error is over, and hinders no COMMIT
            raise
        return self


@contextmanager
def watched(database: Engine, points: Points) -> Iterator[Points]:
    """Let every statement of the database pass by `points`, with BEGIN, COMMIT and ROLLBACK.

    The watch sits in the driver, below everything that may execute a statement. Connections are made anew
    for it, and are watched once they are set up; they live on afterwards, as the faults have left them.
    """
    assert not isinstance(database.pool, StaticPool), "a database in memory ends with its connection"
    made: WeakSet[WatchedConnection] = WeakSet()

    def connecting(_dialect: Any, _record: Any, arguments: Any, named: Any) -> WatchedConnection:
        made.add(connection := sqlite3.connect(*arguments, **{**named, "factory": WatchedConnection}))
        return connection

    def connected(connection: WatchedConnection, _record: Any) -> None:
        connection.points = points

    database.dispose()
    event.listen(database, "do_connect", connecting)
    event.listen(database, "connect", connected)
    try:
        yield points
    finally:
        event.remove(database, "do_connect", connecting)
        event.remove(database, "connect", connected)
        for connection in made:
            connection.points = None
