"""Many open orders, made from one real order by SQL: rows for ticks and choices, without a history."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from benchmarks.order7 import open_order
from flowengine.storage.statements import ORDER

GIVEN = ("id", "number", "wake_at", "due_at", "state")


def copy_orders(engine: Any, count: int, *, first: int, spread: int) -> int:
    """`count` copies of a new order; the id of the first.

    The `n`-th copy falls due at `first` (milliseconds UTC), `spread` later than that, or in between.
    """
    model = open_order(engine, 0)
    database: sa.Engine = engine.store.engine
    with database.begin() as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM fe_orders").scalar_one()
        found = connection.exec_driver_sql(f"SELECT number, due_at, state FROM fe_orders WHERE id = {model}")
        number, due, _state = found.one()
        connection.exec_driver_sql(
            _copying(database.dialect.name, model, number, due, last, count, first, spread)
        )
        if database.dialect.name == "postgresql":
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('fe_orders', 'id'), {last + count})"
            )
        connection.exec_driver_sql("ANALYZE")
    return int(last) + 1


def _copying(
    dialect: str, model: int, number: str, due: int, last: int, count: int, first: int, spread: int
) -> str:
    if dialect == "sqlite":
        counted = f"WITH RECURSIVE each(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < {count}) "
        source = "each"
    else:
        counted, source = "", f"generate_series(1, {count}) AS each(n)"
    instant = f"({first} + CAST(each.n AS BIGINT) * {spread} / {count})"
    ringing = f"({instant} + 1)"
    renamed = f'replace(state, \'"number":"{number}"\', \'"number":"copy-\' || ({last} + each.n) || \'"\')'
    given = {
        "id": f"{last} + each.n",
        "number": f"'copy-' || ({last} + each.n)",
        "due_at": instant,
        "wake_at": ringing,
        # A clock's due instant, and beside it the one at which it rings.
        "state": f"replace({renamed}, ',{due},{due + 1},', ',' || {instant} || ',' || {ringing} || ',')",
    }
    columns = ", ".join(given.get(name, name) for name in ORDER)
    return (
        f"INSERT INTO fe_orders ({', '.join(ORDER)}) {counted}"
        f"SELECT {columns} FROM fe_orders, {source} WHERE fe_orders.id = {model}"
    )
