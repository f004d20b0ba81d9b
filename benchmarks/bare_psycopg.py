"""What one would write by hand with psycopg: a command as a transaction, statement by statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from flowengine.runtime.rows import Change
from flowengine.storage.postgres_keeping import PostgresKeeper
from flowengine.storage.statements import CHANGED, HISTORY, MESSAGE, ORDER

Changes = list[Change]


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f'%({n})s' for n in columns)})"


FIND = f"SELECT {', '.join(ORDER)} FROM fe_orders WHERE id = %s FOR UPDATE"
HISTORY_ROW = _insert("fe_history", HISTORY)
NEW_ORDER = _insert("fe_orders", ORDER)
MESSAGE_ROW = _insert("fe_outbox", MESSAGE)
CHANGED_ORDER = (
    f"UPDATE fe_orders SET {', '.join(f'{name} = %({name})s' for name in CHANGED)} "
    "WHERE id = %(id)s AND revision = %(revision)s - 1"
)
COME = """INSERT INTO fe_work (order_id, role, priority, due_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (order_id, role) DO UPDATE SET priority = excluded.priority, due_at = excluded.due_at"""
GONE = "DELETE FROM fe_work WHERE order_id = %s AND role = %s"
SERIAL = """INSERT INTO fe_counters (process, period, value) VALUES (%s, '', 1)
    ON CONFLICT (process, period) DO UPDATE SET value = fe_counters.value + 1 RETURNING value"""


@contextmanager
def noting_changes(noted: Changes) -> Iterator[None]:
    """Write down the changes that are kept meanwhile, new orders among them."""
    save, open_ = PostgresKeeper.save, PostgresKeeper.open

    def saving(keeper: PostgresKeeper, cursor: Any, changes: Sequence[Change]) -> None:
        noted.extend(changes)
        save(keeper, cursor, changes)

    def opening(keeper: PostgresKeeper, cursor: Any, change: Change) -> bool:
        noted.append(change)
        return open_(keeper, cursor, change)

    with patch.object(PostgresKeeper, "save", saving), patch.object(PostgresKeeper, "open", opening):
        yield


def by_hand(connection: Any, changes: Changes) -> None:
    """Make the changes again, each in a transaction that holds the order first."""
    for change in changes:
        _transaction(connection.execute, change)
        connection.commit()


def _transaction(execute: Callable[..., Any], change: Change) -> None:
    if change.before.revision == 0:
        execute(SERIAL, (change.after.process,)).fetchone()
        execute(NEW_ORDER, _named(change.after, ORDER))
        execute(HISTORY_ROW, _named(change.history, HISTORY))
    else:
        assert execute(FIND, (change.before.id,)).fetchone()
        execute(HISTORY_ROW, _named(change.history, HISTORY))
        assert execute(CHANGED_ORDER, _named(change.after, ("id", *CHANGED))).rowcount == 1
    for role in change.gone:
        execute(GONE, (change.after.id, role))
    for role in change.come:
        execute(COME, (change.after.id, role, *change.after.turn[:2]))
    for message in change.messages:
        execute(MESSAGE_ROW, _named(message, MESSAGE))


def _named(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
