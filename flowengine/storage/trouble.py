"""What the driver says when something goes wrong, in the words of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from flowengine.errors import (
    ChangedMeanwhile,
    ConnectionLost,
    FlowEngineError,
    OrderBusy,
    OrderDamaged,
    StoreUnusable,
)

FAILED_ALREADY: Final = "the transaction has failed already; roll it back, then try again"
_NO_TABLE: Final = "42P01"
_NO_RIGHT: Final = "42501"
_SERVER_GONE: Final = ("57P01", "57P02", "57P03", "08")
_BUSY: Final = "the order stayed locked for too long; nothing was written, try again"
_CUT_OFF: Final = "the server cut the statement off, for its time or by hand; nothing was written, try again"
_KNOWN: Final[dict[str, tuple[type[FlowEngineError], str]]] = {
    "40001": (ChangedMeanwhile, ""),
    "40P01": (ChangedMeanwhile, ""),
    "55P03": (OrderBusy, _BUSY),
    "57014": (OrderBusy, _CUT_OFF),
    "25P02": (StoreUnusable, FAILED_ALREADY),
}


def told(error: BaseException, dialect: Dialect) -> BaseException:
    """An error of driver, pool or SQLAlchemy as one of the engine; every other stays what it is."""
    if isinstance(error, PendingRollbackError):
        return StoreUnusable(FAILED_ALREADY)
    if isinstance(error, PoolTimeout):
        return OrderBusy("all connections are in use; nothing was written, try again")
    if isinstance(error, (DBAPIError, dialect.loaded_dbapi.Error)):
        return translated(error, dialect)
    return error


def translated(error: Exception, dialect: Dialect) -> Exception:
    """The error for a caller of the engine; what is a mistake of ours stays as it is."""
    original: Any = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, FlowEngineError):
        return original
    if isinstance(original, dialect.loaded_dbapi.IntegrityError):
        return OrderDamaged(f"{OrderDamaged()} ({_first_line(original)})")
    if dialect.name == "sqlite":
        return _of_sqlite(original, error)
    return _of_postgres(original, error)


@contextmanager
def translating(dialect: Dialect) -> Iterator[None]:
    """Raise what the driver raises inside as the errors of the engine."""
    try:
        yield
    except Exception as error:
        said = told(error, dialect)
        if said is error:
            raise
        raise said from error


def _of_sqlite(original: Exception, error: Exception) -> Exception:
    said = str(original)
    if "locked" in said or "busy" in said:
        return OrderBusy("the database stayed locked for too long; nothing was written, try again")
    if type(original).__name__ == "ProgrammingError":
        return error
    return StoreUnusable(f"the database cannot be used: {said}")


def _of_postgres(original: Any, error: Exception) -> Exception:
    # A host's psycopg2 calls it pgcode.
    state = getattr(original, "sqlstate", None) or getattr(original, "pgcode", None) or ""
    said = _first_line(original)
    if state in _KNOWN:
        kind, message = _KNOWN[state]
        return kind(message)
    if state == _NO_TABLE:
        return StoreUnusable(f"the database lacks a table ({said}); migrate it first")
    if state == _NO_RIGHT:
        return StoreUnusable(
            f"this role lacks a right ({said}); let the owner of the tables grant it their use"
        )
    if state.startswith(_SERVER_GONE) or (not state and type(original).__name__ == "OperationalError"):
        return ConnectionLost(f"{ConnectionLost()} ({said})")
    if type(original).__name__ == "ProgrammingError":
        return error
    return StoreUnusable(f"the database cannot be used: {said}")


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0]
