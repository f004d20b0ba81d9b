"""What a database is made of, read from its own catalogue, to compare two ways of making it."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy.engine import Connection

Shape = dict[str, Any]

_POSTGRES: Final = {
    "columns": """
        SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
            a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            AND a.attnum > 0 AND NOT attisdropped""",
    "constraints": """
        SELECT conrelid::regclass || '.' || conname, contype, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "indexes": """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index
        JOIN pg_class ON oid = indexrelid WHERE relnamespace = 'public'::regnamespace""",
    "triggers": "SELECT tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
    "relations": "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace",
}


def shape(connection: Connection) -> Shape:
    """Every column, constraint, index, trigger and function by its name, in whatever order they were made."""
    if connection.dialect.name == "sqlite":
        return _of_sqlite(connection)
    rows = {kind: connection.exec_driver_sql(asked).all() for kind, asked in _POSTGRES.items()}
    return {f"{kind} {row[0]}": tuple(row[1:]) for kind, found in rows.items() for row in found}


def _of_sqlite(connection: Connection) -> Shape:
    def ask(statement: str) -> list[Any]:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]

    found: Shape = {}
    for kind, name, table, text in ask("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if kind == "table":
            columns = ask(f"PRAGMA table_xinfo({name})")
            found[f"table {name}"] = sorted(column[1:] for column in columns)
            found[f"keys of {name}"] = sorted(key[2:] for key in ask(f"PRAGMA foreign_key_list({name})"))
            indexes = ask(f"PRAGMA index_list({name})")
            found[f"indexes of {name}"] = sorted(
                (*index[2:], [row[2:] for row in ask(f"PRAGMA index_xinfo({index[1]})")]) for index in indexes
            )
        else:  # the words of an index hold its condition, those of a trigger are all there is
            found[f"{kind} {name}"] = (table, re.sub(r"\s+", " ", text or "").replace('"', ""))
    return found
