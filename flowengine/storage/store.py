"""The store of the runtime on a database: a transaction of its own for each command and each question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from flowengine.errors import ConnectionLost, OrderBusy, OutcomeUnknown
from flowengine.storage.connections import admit_connection
from flowengine.storage.hosted import HostStore, driver_of
from flowengine.storage.lines import KEPT, Lines
from flowengine.storage.reader import SqlReader
from flowengine.storage.sqlite import READING
from flowengine.storage.transaction import Transaction
from flowengine.storage.trouble import told, translating
from flowengine.storage.turns import Turns
from flowengine.storage.writer import SqlWriter

EARLY_ATTEMPTS: Final = 2
WITH_PERSONS: Final = ("fe_subjects", "fe_traces", "fe_orders")
"""The tables from which something is deleted as a person is erased."""


class SqlStore:
    """A store on one database, with connections of its own out of the pool of `engine`.

    The pool of a host is left open at the end, and to the host.
    """

    def __init__(self, engine: Engine, *, of_host: bool = False) -> None:
        self.engine = engine
        self._of_host = of_host
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._in_memory = isinstance(engine.pool, StaticPool)
        self._turn = Turns() if self._in_memory else nullcontext()
        self._lines = Lines(engine, kept=0 if of_host or self._in_memory else KEPT)

    def attempts(
        self, *, whole: bool = False, lent: bool = False
    ) -> Iterator[AbstractContextManager[SqlWriter]]:
        """The transactions in which a command is tried, until one does not fail by others' doing.

        On PostgreSQL an order is at first read without a lock and saved by one guarded statement: two round
        trips. Whoever loses too often takes the lock; so does a command that writes as a `whole` more than
        one statement. A connection that is `lent` to functions of the host is one of SQLAlchemy.
        """
        if lent:
            yield self._lent()
            return
        if not self._is_sqlite:
            for _ in range(EARLY_ATTEMPTS):
                yield self._transaction(alone=not whole)
        yield self.writing()

    def writing(self) -> AbstractContextManager[SqlWriter]:
        """A transaction: on SQLite it holds the write lock from its beginning, elsewhere what it reads."""
        return self._in_turn() if self._in_memory else self._transaction(alone=False)

    @contextmanager
    def reading(self) -> Iterator[SqlReader]:
        """A transaction that sees one moment of the store and hinders no writer."""
        with self._turn, translating(self.engine.dialect), self.engine.connect() as connection:
            if self._is_sqlite:
                connection.execution_options(**{READING: True})
            else:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                if self._is_sqlite and not driver_of(connection).in_transaction:
                    connection.exec_driver_sql("BEGIN")  # a host's engine, which would begin with a write
                yield SqlReader(connection)

    @contextmanager
    def together(self) -> Iterator[HostStore]:
        """A transaction of our own for many commands; it commits at its end, or nothing of it is there."""
        with self._turn, translating(self.engine.dialect), self.engine.connect() as connection:
            yield HostStore(connection)
            try:
                connection.commit()
            except Exception as error:
                if isinstance(told(error, self.engine.dialect), ConnectionLost):
                    raise OutcomeUnknown from error
                raise

    def joined(self, connection: Connection) -> HostStore:
        """The store inside a host's transaction. Raises WrongInput for what is no connection."""
        admit_connection(connection)
        return HostStore(connection)

    def scrub(self, *, vacuum: bool = False) -> bool:
        """Write anew what persons were deleted from, so that nothing of it is left; False where it may be.

        The file of SQLite as a whole, unless others read it. A server does it in its own time, or with
        `vacuum` at once: orders wait meanwhile.
        """
        if self._in_memory:
            return True
        if not self._is_sqlite:
            return vacuum and self._vacuumed()
        with translating(self.engine.dialect), self.engine.connect() as connection:
            driver = driver_of(connection)
            driver.execute("VACUUM")
            is_busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy

    def _vacuumed(self) -> bool:
        """Write the tables anew; False where somebody holds on to one of them for too long."""
        try:
            with translating(self.engine.dialect), self.engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql(f"VACUUM FULL {', '.join(WITH_PERSONS)}")
        except OrderBusy:
            return False
        return True

    def close(self) -> None:
        """Close every connection that is not in use."""
        if not self._of_host:
            self.engine.dispose()

    def forget(self) -> None:
        """Drop every connection without a word: they belong to the process that this one was forked from."""
        if not self._in_memory:  # there the connection is the database, and goes along
            self._lines.forget()
            self.engine.dispose(close=False)

    @contextmanager
    def _lent(self) -> Iterator[SqlWriter]:
        with self.together() as store, store.writing() as writer:
            yield writer

    def _transaction(self, *, alone: bool) -> Transaction:
        return Transaction(self._lines, alone=alone)

    @contextmanager
    def _in_turn(self) -> Iterator[SqlWriter]:
        with self._turn, self._transaction(alone=False) as writer:
            yield writer
