"""Keeping what was decided on PostgreSQL: one statement for all of it, because round trips cost most.

Many rows travel as JSON: one parameter of one type, whatever is in them, so the server prepares one plan. One
order of which no messages tell, as it is with most acts, has statements of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

from flowengine.errors import ChangedMeanwhile
from flowengine.runtime.rows import Change, OrderRow
from flowengine.storage.statements import CHANGED, HISTORY, MESSAGE, ORDER, SIGNAL, Statement, put_work
from flowengine.storage.tables import history, orders, outbox, signals, work

_WAS: Final = {"was": "revision", "head_was": "head", "failures_was": "failures"}
"""By what an order is known to be as it was: the end of its history, which no other order of that id has, and
whether it is parked, of which no history tells.
"""
_GONE: Final = ("order_id", "role")
_COME: Final = (*_GONE, "priority", "due_at")
_PLAIN: Final = (*ORDER, *(f"history_{name}" for name in HISTORY), *_WAS, "gone", "come")


class PostgresKeeper:
    """Saves in one statement, which is a transaction of its own outside of one."""

    lets_others_write = True
    lock_definitions = "LOCK TABLE fe_definitions IN SHARE ROW EXCLUSIVE MODE"

    def __init__(self, dialect: Dialect) -> None:
        self._save = Statement(_saving(), dialect)
        self._open = Statement(_opening(), dialect)
        self._act, self._move = (_Plain(_acting(moves=moves), dialect) for moves in (False, True))
        self._pass, self._begin = (_Plain(wanted, dialect) for wanted in (_passing(), _beginning()))

    def save(self, cursor: Any, changes: Sequence[Change]) -> None:
        """Keep changes of orders. Raises ChangedMeanwhile when one of them is not as it was."""
        if len(changes) == 1 and _is_plain(changes[0]):
            kept = self._for(changes[0]).run(cursor, changes[0])
        else:
            kept = len(self._run(cursor, self._save, changes, ("id", *CHANGED)))
        if kept != len(changes):
            raise ChangedMeanwhile

    def open(self, cursor: Any, change: Change) -> bool:
        """Keep a new order; False, and nothing kept, when its number, key or identity is there already."""
        if _is_plain(change):
            return self._begin.run(cursor, change) == 1
        return bool(self._run(cursor, self._open, [change], ORDER))

    def _for(self, change: Change) -> _Plain:
        """The statement that writes no more than has changed."""
        if change.before.waits_for != change.after.waits_for:
            return self._pass
        return self._act if change.is_same_work else self._move

    def _run(
        self, cursor: Any, statement: Statement, changes: Sequence[Change], columns: Sequence[str]
    ) -> list[Any]:
        rows = {
            "orders": [
                {**_named(each.after, columns), **dict(zip(_WAS, _was(each), strict=True))}
                for each in changes
            ],
            "history": [_named(each.history, HISTORY) for each in changes],
            "gone": [{"order_id": each.before.id, "role": role} for each in changes for role in each.gone],
            "come": [_come(each.after, role) for each in changes for role in each.come],
            "told": [_named(message, MESSAGE) for each in changes for message in each.messages],
            "signalled": [_named(signal, SIGNAL) for each in changes for signal in each.signals],
        }
        given = {name: _json(each) for name, each in rows.items()}
        cursor.execute(statement.text, statement.values(given))
        found: list[Any] = cursor.fetchall()
        return found


class _Plain:
    """A statement that keeps one change with plain parameters, which cost a third less than rows as JSON."""

    def __init__(self, wanted: Any, dialect: Dialect) -> None:
        statement = Statement(wanted, dialect)
        self._text = statement.text
        self._pick = itemgetter(*(_PLAIN.index(name) for name in statement.names))
        self._passes = "come" in statement.names

    def run(self, cursor: Any, change: Change) -> int:
        """Keep a change; how many orders were as it was, or were not there yet."""
        passed = (_json(change.gone), _json(change.come)) if self._passes else ()
        values = (*change.after, *change.history, *_was(change), *passed)
        cursor.execute(self._text, self._pick(values))
        kept: int = cursor.rowcount
        return kept


def _was(change: Change) -> tuple[int, str, int]:
    before = change.before
    return before.revision, before.head, before.failures


def _come(row: OrderRow, role: str) -> dict[str, Any]:
    return {"order_id": row.id, "role": role, "priority": row.priority, "due_at": row.next_due}


def _json(rows: list[Any]) -> str:
    return json.dumps(rows, ensure_ascii=False) if rows else "[]"


def _is_plain(change: Change) -> bool:
    """Whether nothing but the order, its history and its work changes: so it is for most acts."""
    return not (change.messages or change.signals)


def _acting(*, moves: bool) -> Any:
    """One order and its history.

    One that `moves` stands elsewhere in the queues of those for whom it waits.
    """
    kept = _kept()
    if not moves:
        return _said(kept)
    turn: dict[str, Any] = {"priority": bindparam("priority"), "due_at": bindparam("next_due")}
    moved = work.update().values(turn).where(work.c.order_id.in_(select(kept.c.id)))
    return _said(kept).add_cte(moved.cte("moved"))


def _passing() -> Any:
    """The same of an order that has something to do for others than before."""
    kept = _kept()
    theirs = work.c.role.in_(select(_roles("gone")))
    less = work.delete().where(work.c.order_id.in_(select(kept.c.id)), theirs)
    return _said(kept).add_cte(less.cte("less"), _more(kept))


def _beginning() -> Any:
    """The same of a new order."""
    values: dict[str, Any] = {name: bindparam(name) for name in ORDER}
    insert = postgresql.insert(orders).values(values).on_conflict_do_nothing()
    kept = insert.returning(orders.c.id).cte("kept")
    return _said(kept).add_cte(_more(kept))


def _kept() -> sa.CTE:
    update = orders.update().values({name: bindparam(name) for name in CHANGED})
    was = (orders.c[name] == bindparam(given) for given, name in _WAS.items())
    kept = update.where(orders.c.id == bindparam("id"), *was)
    return kept.returning(orders.c.id).cte("kept")


def _said(kept: sa.CTE) -> Any:
    """The history of what was kept."""
    said = [bindparam(f"history_{name}", type_=history.c[name].type) for name in HISTORY]
    return history.insert().from_select(list(HISTORY), select(*said).select_from(kept))


def _more(kept: sa.CTE) -> Any:
    """The work of those who have something to do, or stand elsewhere in their queues."""
    turn = (bindparam(name, type_=orders.c[name].type) for name in ("priority", "next_due"))
    rows = select(kept.c.id, _roles("come"), *turn).select_from(kept)
    return put_work(postgresql.insert(work).from_select(list(_COME), rows)).cte("more")


def _roles(name: str) -> Any:
    """The texts of one parameter as if they were a column."""
    given = sa.cast(bindparam(name, type_=sa.Text), sa.JSON)
    return func.json_array_elements_text(given).column_valued(f"{name}_given")


def _named(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _rows(name: str, table: sa.Table, columns: Iterable[str], *more: sa.ColumnClause[Any]) -> Any:
    """The rows of one parameter as if they were a table."""
    wanted = [sa.column(each, table.c[each].type) for each in columns]
    given = func.json_to_recordset(sa.cast(bindparam(name, type_=sa.Text), sa.JSON))
    return given.table_valued(*wanted, *more).render_derived(name=f"{name}_given", with_types=True)


def _saving() -> Any:
    given = _rows(
        "orders",
        orders,
        ("id", *CHANGED),
        *(sa.column(each, orders.c[name].type) for each, name in _WAS.items()),
    )
    update = orders.update().values({name: given.c[name] for name in CHANGED})
    was = (orders.c[name] == given.c[each] for each, name in _WAS.items())
    applied = update.where(orders.c.id == given.c.id, *was)
    kept = applied.returning(orders.c.id).cte("kept")
    less = _rows("gone", work, _GONE)
    gone = work.delete().where(
        work.c.order_id == less.c.order_id,
        work.c.role == less.c.role,
        work.c.order_id.in_(select(kept.c.id)),
    )
    return _with_tail(kept).add_cte(gone.cte("gone"))


def _opening() -> Any:
    given = _rows("orders", orders, ORDER)
    insert = postgresql.insert(orders).from_select(list(ORDER), select(*given.c)).on_conflict_do_nothing()
    return _with_tail(insert.returning(orders.c.id).cte("kept"))


def _with_tail(kept: sa.CTE) -> Any:
    """The ids of the orders that were kept; their history, work and messages with them."""
    tail = (
        ("history", history, HISTORY, sa.insert(history)),
        ("come", work, _COME, postgresql.insert(work)),
        ("told", outbox, MESSAGE, postgresql.insert(outbox).on_conflict_do_nothing()),
        ("signalled", signals, SIGNAL, sa.insert(signals)),
    )
    wanted = select(kept.c.id)
    for name, table, columns, insert in tail:
        given = _rows(name, table, columns)
        rows = select(*given.c).where(given.c.order_id.in_(select(kept.c.id)))
        made = insert.from_select(list(columns), rows)
        wanted = wanted.add_cte((put_work(made) if table is work else made).cte(f"{name}_kept"))
    return wanted
