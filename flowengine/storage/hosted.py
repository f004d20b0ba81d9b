"""The store inside a host's transaction: what is written there is the host's to commit or to roll back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy.engine import Connection

from flowengine.errors import ConnectionLost, TransactionTooLate, WrongInput
from flowengine.storage.compiled import writer_on
from flowengine.storage.reader import SqlReader
from flowengine.storage.sqlite import take_lock
from flowengine.storage.trouble import translated, translating
from flowengine.storage.writer import SqlWriter


class HostStore:
    """The store on one connection of somebody else: it never commits, rolls back or tries again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"

    def attempts(
        self,
        *,
        whole: bool = False,  # noqa: ARG002
        lent: bool = False,  # noqa: ARG002
    ) -> Iterator[AbstractContextManager[SqlWriter]]:
        """The one attempt there is: only the host can begin again."""
        yield self.writing()

    @contextmanager
    def writing(self) -> Iterator[SqlWriter]:
        """Part of the host's transaction.

        Raises TransactionTooLate when it read before and cannot write, WrongInput where there can be none.
        """
        connection = self._connection
        with translating(connection.dialect):
            driver = driver_of(connection)
            if _commits_by_itself(connection, driver):
                raise WrongInput("this connection commits by itself; give one inside a transaction")
            if not connection.in_transaction():
                connection.begin()
            cursor = connection.connection.cursor()
            began = self._is_sqlite and driver.in_transaction
            try:
                if self._is_sqlite:
                    _lock_late(driver, cursor)
                with _whole(connection, cursor) if self._is_sqlite else nullcontext():
                    yield writer_on(cursor, connection.dialect, locking=True, connection=connection)
            except Exception as error:
                ended = began and not connection.invalidated and not driver.in_transaction
                if ended or isinstance(translated(error, connection.dialect), ConnectionLost):
                    connection.invalidate()  # a rollback would fail, and hide what went wrong; a commit must
                raise
            finally:
                if not connection.invalidated:
                    cursor.close()

    @contextmanager
    def reading(self) -> Iterator[SqlReader]:
        """What the host's transaction sees."""
        with translating(self._connection.dialect):
            yield SqlReader(self._connection)


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


def driver_of(connection: Connection) -> Any:
    """The connection as the driver knows it."""
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
