"""The store of the runtime on a database: a transaction of its own for each command and each question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from flowengine.errors import ConnectionLost, OutcomeUnknown, WrongInput
from flowengine.storage.compiled import writer_on
from flowengine.storage.hosted import HostStore, driver_of
from flowengine.storage.reader import SqlReader
from flowengine.storage.sqlite import READING
from flowengine.storage.trouble import translated, translating
from flowengine.storage.turns import Turns
from flowengine.storage.writer import SqlWriter

EARLY_ATTEMPTS: Final = 2


class SqlStore:
    """A store on one database, with connections of its own out of the pool of `engine`.

    The pool of a host is left open at the end, and to the host.
    """

    def __init__(self, engine: Engine, *, of_host: bool = False) -> None:
        self.engine = engine
        self._of_host = of_host
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._turn = Turns() if isinstance(engine.pool, StaticPool) else nullcontext()

    def attempts(self, *, whole: bool = False) -> Iterator[AbstractContextManager[SqlWriter]]:
        """The transactions in which a command is tried, until one does not fail by others' doing.

        On PostgreSQL an order is at first read without a lock and saved by one guarded statement: two round
        trips. Whoever loses too often takes the lock; so does a command that writes as a `whole` more than
        one statement.
        """
        if not self._is_sqlite:
            early = self.writing if whole else self._unlocked
            yield from (early() for _ in range(EARLY_ATTEMPTS))
        yield self.writing()

    @contextmanager
    def writing(self) -> Iterator[SqlWriter]:
        """A transaction: on SQLite it holds the write lock from its beginning, elsewhere what it reads."""
        with self._turn, self._driver() as raw:
            cursor = raw.cursor()
            try:
                if self._is_sqlite:
                    cursor.execute("BEGIN IMMEDIATE")
                yield writer_on(cursor, self.engine.dialect, locking=True)
            except BaseException:
                cursor.close()  # a statement that was cut off would keep its lock
                raw.rollback()
                raise
            cursor.close()
            self._commit(raw)

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
            self._commit(connection)

    def joined(self, connection: Connection) -> HostStore:
        """The store inside a host's transaction. Raises WrongInput for what is no connection."""
        if not isinstance(connection, Connection):
            raise WrongInput(
                f"a connection of SQLAlchemy is wanted, such as `session.connection()`, not {connection!r}"
            )
        return HostStore(connection)

    def close(self) -> None:
        """Close every connection that is not in use."""
        if not self._of_host:
            self.engine.dispose()

    @contextmanager
    def _unlocked(self) -> Iterator[SqlWriter]:
        """A unit in which each statement is a transaction of its own, so one command may save once."""
        with self._driver(autocommit=True) as raw:
            writer = writer_on(raw.cursor(), self.engine.dialect, locking=False)
            try:
                yield writer
            except Exception as error:
                if writer.is_saving:
                    self._doubt(error)
                raise

    def _commit(self, connection: Any) -> None:
        try:
            connection.commit()
        except Exception as error:
            self._doubt(error)
            raise

    def _doubt(self, error: Exception) -> None:
        """Nobody knows what became of what was sent before the connection was lost."""
        if isinstance(translated(error, self.engine.dialect), ConnectionLost):
            raise OutcomeUnknown from error

    @contextmanager
    def _driver(self, *, autocommit: bool = False) -> Iterator[Any]:
        """A connection of the pool as the driver knows it. When one is lost, those that wait are too."""
        with translating(self.engine.dialect):
            raw = self.engine.raw_connection()
            try:
                with nullcontext() if self._is_sqlite else _committing(raw.driver_connection, autocommit):
                    yield raw
            except Exception as error:
                if isinstance(translated(error, self.engine.dialect), ConnectionLost):
                    raw.invalidate()
                    self.close()
                raise
            finally:
                raw.close()


@contextmanager
def _committing(driver: Any, autocommit: bool) -> Iterator[None]:  # noqa: FBT001
    """A connection that commits by itself or does not, whatever the engine of a host was told."""
    before, driver.autocommit = driver.autocommit, autocommit
    try:
        yield
    finally:
        # Asked first: psycopg refuses even what changes nothing while a transaction is open.
        if not driver.closed and driver.autocommit != before:
            driver.autocommit = before
