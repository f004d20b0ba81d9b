"""The store of the runtime on a database: transactions of its own, and parts of a host's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from typing import Any, Final

from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import StaticPool

from flowengine.errors import (
    ConnectionLost,
    OrderBusy,
    OutcomeUnknown,
    StoreUnusable,
    TransactionTooLate,
    WrongInput,
)
from flowengine.storage.postgres_keeping import PostgresKeeper
from flowengine.storage.reader import SqlReader
from flowengine.storage.sqlite import READING, take_lock
from flowengine.storage.sqlite_keeping import SqliteKeeper
from flowengine.storage.statements import Statements
from flowengine.storage.trouble import FAILED_ALREADY, translated
from flowengine.storage.turns import Turns
from flowengine.storage.writer import Keeper, SqlWriter

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
                yield _writer(cursor, self.engine.dialect, locking=True)
            except BaseException:
                cursor.close()  # a statement that was cut off would keep its lock
                raw.rollback()
                raise
            cursor.close()
            self._commit(raw)

    @contextmanager
    def reading(self) -> Iterator[SqlReader]:
        """A transaction that sees one moment of the store and hinders no writer."""
        with self._turn, _translating(self.engine.dialect), self.engine.connect() as connection:
            if self._is_sqlite:
                connection.execution_options(**{READING: True})
            else:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                if self._is_sqlite and not _driver_of(connection).in_transaction:
                    connection.exec_driver_sql("BEGIN")  # a host's engine, which would begin with a write
                yield SqlReader(connection)

    @contextmanager
    def together(self) -> Iterator[HostStore]:
        """A transaction of our own for many commands; it commits at its end, or nothing of it is there."""
        with self._turn, _translating(self.engine.dialect), self.engine.connect() as connection:
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
            writer = _writer(raw.cursor(), self.engine.dialect, locking=False)
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
        with _translating(self.engine.dialect):
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


class HostStore:
    """The store on one connection of somebody else: it never commits, rolls back or tries again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"

    def attempts(self, *, whole: bool = False) -> Iterator[AbstractContextManager[SqlWriter]]:  # noqa: ARG002
        """The one attempt there is: only the host can begin again."""
        yield self.writing()

    @contextmanager
    def writing(self) -> Iterator[SqlWriter]:
        """Part of the host's transaction.

        Raises TransactionTooLate when it read before and cannot write, WrongInput where there can be none.
        """
        connection = self._connection
        with _translating(connection.dialect):
            driver = _driver_of(connection)
            if _commits_by_itself(connection, driver):
                raise WrongInput("this connection commits by itself; give one inside a transaction")
            if not connection.in_transaction():
                connection.begin()
            cursor = connection.connection.cursor()
            try:
                if self._is_sqlite:
                    _lock_late(driver, cursor)
                with _whole(connection, cursor) if self._is_sqlite else nullcontext():
                    yield _writer(cursor, connection.dialect, locking=True)
            except Exception as error:
                if isinstance(translated(error, connection.dialect), ConnectionLost):
                    connection.invalidate()  # or the host's rollback would fail, and hide what went wrong
                raise
            finally:
                if not connection.invalidated:
                    cursor.close()

    @contextmanager
    def reading(self) -> Iterator[SqlReader]:
        """What the host's transaction sees."""
        with _translating(self._connection.dialect):
            yield SqlReader(self._connection)

    def close(self) -> None:
        """Leave the connection to the host."""


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


@contextmanager
def _whole(connection: Connection, cursor: Any) -> Iterator[None]:
    """A command of which nothing stays when it fails, for a host may catch the error and commit.

    Where SQLite has ended the transaction by itself, or cannot go back, the host's commit must fail.
    """
    cursor.execute("SAVEPOINT flowengine")
    try:
        yield
        cursor.execute("RELEASE flowengine")
    except BaseException:
        try:
            cursor.execute("ROLLBACK TO flowengine")
            cursor.execute("RELEASE flowengine")
        except Exception:  # noqa: BLE001 - the error that led here is the one to raise
            connection.invalidate()
        raise


def _driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _commits_by_itself(connection: Connection, driver: Any) -> bool:
    """Whether each statement is a transaction of its own, as the driver or SQLAlchemy was told."""
    by_engine = getattr(connection.dialect, "_on_connect_isolation_level", None)
    told = connection.get_execution_options().get("isolation_level", by_engine)
    return told == "AUTOCOMMIT" or getattr(driver, "autocommit", None) is True


def _lock_late(driver: Any, cursor: Any) -> None:
    began_before = driver.in_transaction
    try:
        take_lock(driver, cursor)
    except Exception as error:
        if began_before and "locked" in str(error):
            raise TransactionTooLate from error
        raise


def _writer(cursor: Any, dialect: Dialect, *, locking: bool) -> SqlWriter:
    statements, keeper = _tools(dialect)
    return SqlWriter(cursor, statements, keeper, locking=locking)


@lru_cache
def _tools(dialect: Dialect) -> tuple[Statements, Keeper]:
    """Compiled once for each engine: the statements, and how to save."""
    if dialect.name == "sqlite":
        # Not the host's own dialect: it may prefer other marks for parameters, its driver takes ours too.
        return Statements.of(sqlite.dialect()), SqliteKeeper()
    return Statements.of(dialect), PostgresKeeper(dialect)


@contextmanager
def _translating(dialect: Dialect) -> Iterator[None]:
    try:
        yield
    except PendingRollbackError as error:
        raise StoreUnusable(FAILED_ALREADY) from error
    except PoolTimeout as error:
        raise OrderBusy("all connections are in use; nothing was written, try again") from error
    except (DBAPIError, dialect.loaded_dbapi.Error) as error:
        said = translated(error, dialect)
        if said is error:
            raise
        raise said from error
