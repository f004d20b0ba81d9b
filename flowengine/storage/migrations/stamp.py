"""Which version the tables of a database have: the row `schema` of `fe_meta`, read without Alembic."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import NoSuchTableError

from flowengine.errors import StoreUnusable
from flowengine.storage.tables import meta

DIGITS: Final = 4
_IS_SCHEMA: Final = meta.c.key == "schema"


def read_version(connection: Connection) -> str | None:
    """The version of the tables; None where there are none.

    Raises StoreUnusable when something is there that no flowengine has written.
    """
    try:
        columns = {column["name"] for column in sa.inspect(connection).get_columns(meta.name)}
    except NoSuchTableError:
        return None
    found: str | None = None
    if columns >= {column.name for column in meta.columns}:
        found = connection.execute(sa.select(meta.c.value).where(_IS_SCHEMA)).scalar()
    if found is None:
        raise StoreUnusable(
            f"the database has a table {meta.name} that does not say the version of our tables: it was made "
            f"by something else, or damaged; use another database, or restore a backup"
        )
    if not (found.isascii() and found.isdecimal() and int(found)):
        raise StoreUnusable(
            f"the database says that its tables have version {found!r}, which no flowengine has written; "
            f"restore a backup"
        )
    return found.zfill(DIGITS)


def write_version(connection: Connection, version: str) -> None:
    """Say which version the tables have from now on."""
    found = connection.execute(meta.update().where(_IS_SCHEMA).values(value=version))
    if not found.rowcount:
        connection.execute(meta.insert().values(key="schema", value=version))
