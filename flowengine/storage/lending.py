"""Lending the connection of a transaction to a function of the host, which may write there and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import SQLITE_ERROR

from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from flowengine.errors import WrongInput
from flowengine.storage.trouble import translated

_ENDS = ("commit", "rollback")


@contextmanager
def lending(connection: Connection) -> Iterator[None]:
    """Whoever uses it within cannot end the transaction. What others cause, such as a lock, is raised in our
    words; mistakes of the function stay what they are. It may be lent again within: to a function which has
    a command carried out there that makes a call in its turn.
    """
    if _ENDS[0] in vars(connection):
        yield
        return
    # No events: after those SQLAlchemy takes the transaction for ended, whatever they raise.
    for end in _ENDS:
        setattr(connection, end, _refuse)
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", None) == SQLITE_ERROR:
            raise  # SQLite's word for a statement that is wrong
        raise translated(error, connection.dialect) from error
    finally:
        for end in _ENDS:
            delattr(connection, end)


def _refuse() -> None:
    raise WrongInput("a function inside the transaction of a command must neither commit it nor roll it back")
