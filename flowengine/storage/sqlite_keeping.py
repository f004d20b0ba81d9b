"""Keeping what was decided on SQLite: a row at a time, under the write lock, history first."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import bindparam
from sqlalchemy.dialects import sqlite

from flowengine.errors import ChangedMeanwhile
from flowengine.runtime.rows import Change
from flowengine.storage.statements import CHANGED, HISTORY, MESSAGE, ORDER, SIGNAL, Statement, put_work
from flowengine.storage.tables import history, orders, outbox, signals, work

_changed: Final = attrgetter(*CHANGED)
_order: Final = attrgetter(*ORDER)
_history: Final = attrgetter(*HISTORY)
_message: Final = attrgetter(*MESSAGE)
_signal: Final = attrgetter(*SIGNAL)


class SqliteKeeper:
    """Saves inside a transaction that holds the write lock."""

    lets_others_write = False
    lock_definitions = ""

    def __init__(self) -> None:
        dialect = sqlite.dialect()
        update = orders.update().where(
            orders.c.id == bindparam("this"), orders.c.revision == bindparam("was")
        )
        self._update = Statement(update.values({name: bindparam(name) for name in CHANGED}), dialect).text
        self._open = Statement(sqlite.insert(orders).on_conflict_do_nothing(), dialect).text
        self._history = Statement(history.insert(), dialect).text
        self._come = Statement(put_work(sqlite.insert(work)), dialect).text
        gone = work.delete().where(work.c.order_id == bindparam("this"), work.c.role == bindparam("role"))
        self._gone = Statement(gone, dialect).text
        told: dict[str, Any] = {name: bindparam(name) for name in MESSAGE}
        self._tell = Statement(sqlite.insert(outbox).values(told).on_conflict_do_nothing(), dialect).text
        said: dict[str, Any] = {name: bindparam(name) for name in SIGNAL}
        self._signal = Statement(signals.insert().values(said), dialect).text

    def save(self, cursor: Any, changes: Sequence[Change]) -> None:
        """Keep changes of orders. Raises ChangedMeanwhile when one of them is not as it was."""
        for change in changes:
            cursor.execute(self._history, _history(change.history))
            place = (change.before.id, change.before.revision)
            cursor.execute(self._update, (*_changed(change.after), *place))
            if cursor.rowcount != 1:
                raise ChangedMeanwhile
            self._tail(cursor, change)

    def open(self, cursor: Any, change: Change) -> bool:
        """Keep a new order; False, and nothing kept, when its number, key or identity is there already."""
        cursor.execute(self._open, _order(change.after))
        is_new: bool = cursor.rowcount == 1
        if is_new:
            cursor.execute(self._history, _history(change.history))
            self._tail(cursor, change)
        return is_new

    def _tail(self, cursor: Any, change: Change) -> None:
        id = change.after.id
        if not change.is_same_work:
            for role in change.gone:
                cursor.execute(self._gone, (id, role))
            for role in change.come:
                cursor.execute(self._come, (id, role, *change.after.turn[:2]))
        for message in change.messages:
            cursor.execute(self._tell, _message(message))
        for signal in change.signals:
            cursor.execute(self._signal, _signal(signal))
