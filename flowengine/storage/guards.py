"""What makes history append-only in the database itself, and how to see that it is still there.

Whoever edits history must first remove these, and then the chain still tells.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from flowengine.storage.tables import metadata

_SQLITE: Final = {
    "fe_history_no_update": "BEFORE UPDATE ON fe_history",
    "fe_history_no_delete": "BEFORE DELETE ON fe_history",
    # For INSERT OR REPLACE, which removes rows without asking a trigger for DELETE.
    "fe_history_no_replace": "BEFORE INSERT ON fe_history WHEN EXISTS (SELECT 1 FROM fe_history "
    "WHERE order_id = NEW.order_id AND (seq = NEW.seq OR command_key = NEW.command_key))",
}
_REFUSAL: Final = """CREATE OR REPLACE FUNCTION fe_history_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"""
_POSTGRES: Final = {
    "fe_history_no_update": "BEFORE UPDATE OR DELETE ON fe_history FOR EACH ROW",
    "fe_history_no_truncate": "BEFORE TRUNCATE ON fe_history FOR EACH STATEMENT",
}


def guard_statements(dialect: str) -> list[str]:
    """The statements that put the guards on the history of a new database."""
    if dialect == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        return [f"CREATE TRIGGER {name} {when} {refuse}" for name, when in _SQLITE.items()]
    act = "EXECUTE FUNCTION fe_history_refuse()"
    return [_REFUSAL, *(f"CREATE TRIGGER {name} {when} {act}" for name, when in _POSTGRES.items())]


def missing_parts(connection: Connection) -> list[str]:
    """The indexes and triggers that keep the store in order and are not there any more."""
    if connection.dialect.name == "sqlite":
        wanted, there = _SQLITE, "SELECT name FROM sqlite_master"
    else:
        wanted = _POSTGRES
        there = """SELECT indexname FROM pg_indexes WHERE schemaname = ANY(current_schemas(false)) UNION ALL
            SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND tgrelid = 'fe_history'::regclass"""
    found = set(connection.execute(sa.text(there)).scalars())
    indexes = {str(index.name) for table in metadata.sorted_tables for index in table.indexes}
    return sorted((indexes | set(wanted)) - found)
