"""The tables of a database: making them in an empty one, bringing older ones up, refusing newer ones.

An empty database gets the tables as they are now, in one go. Any other is brought up revision by revision,
and only then Alembic is loaded.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.engine import URL, Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError

from flowengine.errors import OrderBusy, StoreUnusable, WrongInput
from flowengine.storage.connections import admit_connection
from flowengine.storage.guards import guard_statements
from flowengine.storage.migrations.ground import check_empty, check_kind, take_turn
from flowengine.storage.migrations.stamp import DIGITS, read_version, write_version
from flowengine.storage.sqlite import READING
from flowengine.storage.tables import metadata
from flowengine.storage.trouble import translated

NEWEST: Final = "0010"
"""The version of the tables that this flowengine works with: the number of the last revision."""

# What PostgreSQL says of tables that may not be made, or not now.
_NO_RIGHT: Final = "42501"
_LOCKED: Final = "55P03"


def prepare(engine: Engine, *, create: bool) -> None:
    """Make sure that the tables are there, and of this version; an existing store is only read for that.

    Raises StoreUnusable when they are of another version, or missing and not to be created.
    """
    check_kind(engine.dialect)
    with _in_our_words(engine.dialect), engine.connect() as connection:
        found = read_version(connection.execution_options(**{READING: True}))
    if found is None and create:
        with _in_our_words(engine.dialect), _transaction(engine) as connection:
            found = make(connection)
    if found is None:
        raise StoreUnusable(
            f"this database holds no orders; deploy a process to it first, or make its tables: "
            f"{_command(engine.url)}"
        )
    _refuse_newer(found)
    if found < NEWEST:
        raise StoreUnusable(
            f"the tables of this database have version {found}, older than this flowengine's {NEWEST}; "
            f"stop what works on it, make a backup, then run: {_command(engine.url)}"
        )


def make(connection: Connection) -> str:
    """Make the tables in the transaction of `connection` where there are none; the version that is there."""
    take_turn(connection)
    found = read_version(connection)  # five processes may begin at once: the first has the turn
    return found or _make_newest(connection)


def migrate(connection: Connection, *, to: str | None = None) -> str:
    """Make the tables, or bring them up to this flowengine's version; the version that is there now.

    It is part of the transaction of `connection`, which it begins where there is none and never ends: a host
    calls it from a revision of its own, or commits. What is up to date already stays as it is. With `to`,
    older tables go no further than that version; newer ones are never taken back.
    Raises StoreUnusable when they are newer than this flowengine or cannot be made here, WrongInput for a
    version that does not exist or a connection that commits by itself.
    """
    admit_connection(connection)
    wanted = NEWEST if to is None else _known(to)
    check_kind(connection.dialect)
    with _in_our_words(connection.dialect):
        take_turn(connection)
        found = read_version(connection)
        if found is None and wanted == NEWEST:
            return _make_newest(connection)
        if found is None:
            check_empty(connection, set(metadata.tables))
        else:
            _refuse_newer(found)
        if found is None or found < wanted:
            from flowengine.storage.migrations.revisions import carry_out  # noqa: PLC0415 - loads Alembic

            carry_out(connection, after=found, upto=wanted)
            return wanted
        return found


def migrate_place(engine: Engine) -> tuple[str | None, str]:
    """Migrate a database in a transaction of our own; its version before, None when empty, and after."""
    check_kind(engine.dialect)
    with _in_our_words(engine.dialect), _transaction(engine) as connection:
        take_turn(connection)
        return read_version(connection), migrate(connection)


def is_ours(name: str | None) -> bool:
    """Whether a table is flowengine's; for the `include_name` of a host's Alembic, which would drop it."""
    return name in metadata.tables


def _make_newest(connection: Connection) -> str:
    check_empty(connection, set(metadata.tables))
    metadata.create_all(connection, checkfirst=False)
    for statement in guard_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    write_version(connection, NEWEST)
    return NEWEST


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees what others did while it waited, whatever a host's engine is set to."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            yield connection


@contextmanager
def _in_our_words(dialect: Dialect) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, dialect.loaded_dbapi.Error) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        state, reason = getattr(original, "sqlstate", None), str(original).partition("\n")[0]
        if state == _NO_RIGHT:
            raise StoreUnusable(
                f"this role may not make or change tables here ({reason}); "
                f"let one that may run `flowengine migrate`, and grant this role the use of the tables"
            ) from error
        if state == _LOCKED:
            raise OrderBusy(
                f"somebody else works on the tables ({reason}); nothing was changed, "
                f"stop what uses the database and try again"
            ) from error
        said = translated(error, dialect)
        if said is error:
            raise
        raise said from error


def _refuse_newer(found: str) -> None:
    if found > NEWEST:
        raise StoreUnusable(
            f"the tables of this database have version {found}, newer than this flowengine's {NEWEST}; "
            f"upgrade flowengine: pip install --upgrade flowengine-orders"
        )


def _known(version: str) -> str:
    if (
        isinstance(version, str)
        and len(version) == DIGITS
        and version.isdecimal()
        and "0001" <= version <= NEWEST
    ):
        return version
    raise WrongInput(f"there is no version {version!r} of the tables; they go from '0001' to {NEWEST!r}")


def _command(url: URL) -> str:
    """How to bring this database up; never with its password."""
    place = url.database or ":memory:"
    if url.drivername.startswith("postgresql"):
        query = {key: value for key, value in url.query.items() if key not in {"password", "sslpassword"}}
        place = str(URL.create("postgresql", url.username, None, url.host, url.port, url.database, query))
    return f"flowengine migrate --db {shlex.quote(place)}"
