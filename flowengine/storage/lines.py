"""The connections that commands go over, kept from one command to the next.

Borrowing one from SQLAlchemy's pool and giving it back takes a fifth of a command on PostgreSQL. So a few
stay borrowed in between. They count in the pool as before, and end with it.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.exc import DisconnectionError

from flowengine.storage.compiled import writer_on
from flowengine.storage.recent import Recent
from flowengine.storage.trouble import translating
from flowengine.storage.writer import SqlWriter

KEPT: Final = 4
"""Fewer than the pool lends at once: questions must find one too."""
_PREPARED: Final = "flowengine_prepared"
"""Where a connection keeps, also in the pool, which statements the server knows on it. Not under the class
of the cursor: another one would begin to count anew, with names that are taken."""


class Line:
    """A connection of the driver that carries one command at a time."""

    __slots__ = ("_autocommit", "_cursor", "_dialect", "_driver", "_prepared", "borrowed", "home")

    def __init__(self, borrowed: Any, dialect: Dialect, home: deque[Line]) -> None:
        self.borrowed = borrowed
        self.home = home
        """Where it lies between commands, unless everything began anew meanwhile."""
        self._dialect = dialect
        self._driver: Any = borrowed.driver_connection
        self._cursor: Any = None
        self._prepared: Any = None
        self._autocommit: bool | None = None  # as the engine of a host was told

    def prepare(self) -> None:
        """Let the statements of commands be prepared, once for each connection."""
        if self._dialect.driver == "psycopg":
            from flowengine.storage.prepared import PreparedCursor  # noqa: PLC0415 - loads psycopg

            info = self.borrowed.info
            self._prepared = info.get(_PREPARED) or PreparedCursor(self._driver)
            info[_PREPARED] = self._prepared

    def alone(self, recent: Recent | None) -> SqlWriter:
        """A writer without a transaction: each statement is one."""
        self._commit_alone(wanted=True)
        return writer_on(self._open_cursor(), self._dialect, locking=False, recent=recent)

    def begin(self, recent: Recent | None) -> SqlWriter:
        """A writer in a transaction; on SQLite it holds the write lock."""
        cursor = self._open_cursor()
        if self._dialect.name == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        elif self._prepared:
            self._commit_alone(wanted=True)
            self._prepared.begin()
        else:
            self._commit_alone(wanted=False)
        return writer_on(cursor, self._dialect, locking=True, recent=recent)

    def commit(self) -> None:
        """End the transaction well."""
        self._close_cursor()
        (self._prepared or self._driver).commit()

    def roll_back(self) -> None:
        """End whatever was begun."""
        self._close_cursor()
        self._driver.rollback()

    def give_back(self) -> None:
        """Give the connection back to the pool as it was."""
        self._close_cursor()
        if self._autocommit is not None and not self._driver.closed:
            self._driver.autocommit = self._autocommit
        self.borrowed.close()

    def cut(self) -> None:
        """Close the connection: nobody knows in which state it is."""
        self.borrowed.invalidate()
        self.borrowed.close()

    def _commit_alone(self, *, wanted: bool) -> None:
        if self._driver.autocommit is not wanted:
            if self._autocommit is None:
                self._autocommit = self._driver.autocommit
            self._driver.autocommit = wanted

    def _open_cursor(self) -> Any:
        self._cursor = self._prepared or self._driver.cursor()
        return self._cursor

    def _close_cursor(self) -> None:
        if self._cursor is not None:
            self._cursor.close()  # on SQLite a statement that was cut off would keep its lock
            self._cursor = None


class Lines:
    """The lines of one store; up to `kept` of them lie idle between commands."""

    def __init__(self, engine: Engine, *, kept: int) -> None:
        self.dialect = engine.dialect
        self._engine = engine
        self._kept = kept
        self._idle: deque[Line] = deque()
        # A connection of a host's pool may have been lost: of a command that began by saving on it nobody
        # would know what became of it.
        self.recent = Recent() if kept and self.dialect.name == "postgresql" else None
        if kept:
            event.listen(engine, "engine_disposed", self._cut_idle)

    def take(self) -> Line:
        """A line for one command, to be put back, that was not lost while it lay idle.

        Raises StoreUnusable where there can be none.
        """
        while self._idle:
            try:
                line = self._idle.pop()
            except IndexError:
                break  # another thread was quicker
            if self._is_fit(line):
                return line
        with translating(self.dialect):
            line = Line(self._engine.raw_connection(), self.dialect, self._idle)
        if self._kept:
            line.prepare()
        return line

    def put_back(self, line: Line) -> None:
        """Keep a line for the next command, or give its connection back."""
        if line.home is not self._idle:
            line.cut()  # the pool was closed meanwhile
        elif len(self._idle) < self._kept:
            self._idle.append(line)
        else:
            line.give_back()

    def lose(self, line: Line) -> None:
        """Cut a line whose connection is lost, and with it all that lie idle: they are lost too."""
        line.cut()
        self._forget_orders()
        if self._kept:  # the pool is ours
            self._engine.dispose()

    def forget(self) -> None:
        """Drop the idle lines without a word: they belong to the process that this one was forked from."""
        self._idle = deque()
        self._forget_orders()

    def _cut_idle(self, _engine: Engine) -> None:
        idle, self._idle = self._idle, deque()
        self._forget_orders()
        for line in idle:
            line.cut()

    def _forget_orders(self) -> None:
        if self.recent is not None:
            self.recent.clear()

    def _is_fit(self, line: Line) -> bool:
        """Whether those who watch what is taken from the pool have nothing against it; else it is cut."""
        borrowed = line.borrowed
        try:
            self._engine.pool.dispatch.checkout(borrowed.dbapi_connection, borrowed, borrowed)
        except DisconnectionError:
            line.cut()
            return False
        except BaseException:
            line.cut()
            raise
        return True
