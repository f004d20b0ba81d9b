"""What a database must be before it may hold orders, and the lock under which its tables are made."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from flowengine.errors import StoreUnusable, WrongInput

OLDEST_SQLITE: Final = (3, 35)  # the first with RETURNING
_LOCK: Final = 0x666C6F77  # "flow": the advisory lock under which the tables are made


def check_kind(dialect: Dialect) -> None:
    """Raise StoreUnusable for a kind of database, or a SQLite library, that cannot hold orders."""
    if dialect.name not in {"sqlite", "postgresql"}:
        raise StoreUnusable(f"flowengine keeps orders in SQLite or PostgreSQL, not in {dialect.name}")
    if dialect.name == "sqlite":
        driver: Any = dialect.loaded_dbapi
        if (found := driver.sqlite_version_info) < OLDEST_SQLITE:
            raise StoreUnusable(
                f"this Python has SQLite {_dotted(found)}, and flowengine needs {_dotted(OLDEST_SQLITE)}; "
                f"use a newer Python, or PostgreSQL"
            )


def check_empty(connection: Connection, wanted: set[str]) -> None:
    """Raise StoreUnusable when tables cannot be made here as they must be."""
    found = sa.inspect(connection)
    if taken := sorted(wanted & {*found.get_table_names(), *found.get_view_names()}):
        raise StoreUnusable(
            f"the database has tables that are called like ours and are not: {', '.join(taken)}; "
            f"use another database, or rename them"
        )
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise StoreUnusable(
                f"the database has the encoding {encoding}, and orders need every language: "
                f"make it anew with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )


def take_turn(connection: Connection) -> None:
    """Wait until nobody else makes or upgrades the tables; the turn ends with the transaction.

    Raises WrongInput for a connection that commits each statement by itself.
    """
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        if getattr(driver, "autocommit", False):
            raise WrongInput("this connection commits by itself; give one inside a transaction")
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    elif driver.in_transaction:
        # The one statement that takes SQLite's write lock and needs neither a table nor a change. Reading
        # first would fail later: a transaction that reads cannot go on to write when others wrote since.
        connection.exec_driver_sql("PRAGMA incremental_vacuum(1)").close()
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
