"""The store of the runtime on SQLAlchemy Core: every statement of the engine stands in this file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import fields, replace
from threading import RLock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from flowengine.runtime.rows import (
    CounterRow,
    DefinitionRow,
    HistoryRow,
    MessageRow,
    OrderFilter,
    OrderRow,
    WorkRow,
)
from flowengine.storage.database import transaction
from flowengine.storage.tables import (
    TRIGGERS,
    counters,
    definitions,
    history,
    metadata,
    orders,
    outbox,
    work,
)


class SqlStore:
    """A store on one database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # A database in memory is one connection, so its transactions take turns.
        self._turn = RLock() if isinstance(engine.pool, StaticPool) else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[SqlUnit]:
        """A transaction that holds the write lock from its beginning."""
        with self._turn, transaction(self.engine) as connection:
            yield SqlUnit(connection)

    @contextmanager
    def reading(self) -> Iterator[SqlUnit]:
        """A transaction that sees one moment of the store and hinders no writer."""
        with self._turn, transaction(self.engine, reading=True) as connection:
            yield SqlUnit(connection)

    def close(self) -> None:
        """Close every connection that is not in use."""
        self.engine.dispose()


class SqlUnit:
    """One transaction on the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_definition(self, row: DefinitionRow) -> DefinitionRow:
        """Keep a definition; returns it with its id."""
        return replace(row, id=self._insert(definitions, row))

    def definition(self, id: int) -> DefinitionRow | None:
        """The definition with that id."""
        return next(
            iter(self._rows(DefinitionRow, sa.select(definitions).where(definitions.c.id == id))), None
        )

    def definition_by_hash(self, hash: str) -> DefinitionRow | None:
        """The definition whose text has that hash."""
        return next(
            iter(self._rows(DefinitionRow, sa.select(definitions).where(definitions.c.hash == hash))), None
        )

    def definitions(self) -> list[DefinitionRow]:
        """Every definition, in the order in which they were deployed."""
        return self._rows(DefinitionRow, sa.select(definitions).order_by(definitions.c.id))

    def order(self, id: int) -> OrderRow | None:
        """The order with that id."""
        return self._one_order(orders.c.id == id)

    def order_by_identity(self, process: str, identity: str) -> OrderRow | None:
        """The order with those values in the `unique` fields of its process."""
        return self._one_order(orders.c.process == process, orders.c.identity == identity)

    def order_by_start_key(self, process: str, key: str) -> OrderRow | None:
        """The order that was opened under that idempotency key."""
        return self._one_order(orders.c.process == process, orders.c.start_key == key)

    def orders(self, which: OrderFilter, *, after: int, limit: int) -> list[OrderRow]:
        """A page of orders by id."""
        wanted = sa.select(orders).where(orders.c.id > after, *_conditions(which))
        return self._rows(OrderRow, wanted.order_by(orders.c.id).limit(limit))

    def late_orders(self, which: OrderFilter, *, after: tuple[int, int], limit: int) -> list[OrderRow]:
        """A page of open orders past their due instant, the most overdue first."""
        late = sa.and_(orders.c.status == "open", orders.c.due_at < which.late_at)
        beyond = sa.tuple_(orders.c.due_at, orders.c.id) > sa.tuple_(*after)
        wanted = sa.select(orders).where(late, beyond, *_conditions(which))
        return self._rows(OrderRow, wanted.order_by(orders.c.due_at, orders.c.id).limit(limit))

    def count_by_stage(self, which: OrderFilter) -> list[tuple[str, str, str, int, int]]:
        """Process, status, stage, number of orders, number of open ones past due."""
        is_late = sa.and_(orders.c.status == "open", orders.c.due_at < which.late_at)
        late = sa.func.count().filter(is_late)
        columns = (orders.c.process, orders.c.status, orders.c.stage)
        wanted = sa.select(*columns, sa.func.count(), late).where(*_conditions(which)).group_by(*columns)
        return [tuple(row) for row in self._connection.execute(wanted.order_by(sa.func.min(orders.c.id)))]

    def due(self, now: int, limit: int) -> list[int]:
        """The ids of the orders whose next moment has come, the longest overdue first."""
        wanted = sa.select(orders.c.id).where(orders.c.wake_at <= now).order_by(orders.c.wake_at).limit(limit)
        return list(self._connection.execute(wanted).scalars())

    def add_order(self, row: OrderRow) -> int:
        """Keep a new order; returns its id."""
        return self._insert(orders, row)

    def save_order(self, row: OrderRow) -> None:
        """Write an order that stands in the store."""
        values = _values(row, without_id=True)
        self._connection.execute(orders.update().where(orders.c.id == row.id).values(values))

    def add_history(self, row: HistoryRow) -> None:
        """Append a history row."""
        self._connection.execute(history.insert().values(_values(row)))

    def receipt(self, order_id: int, key: str) -> HistoryRow | None:
        """The history row of the command with that idempotency key."""
        wanted = sa.select(history).where(history.c.order_id == order_id, history.c.command_key == key)
        return next(iter(self._rows(HistoryRow, wanted)), None)

    def history(self, order_id: int, *, after: int, limit: int) -> list[HistoryRow]:
        """A page of an order's history, oldest first."""
        wanted = sa.select(history).where(history.c.order_id == order_id, history.c.seq > after)
        return self._rows(HistoryRow, wanted.order_by(history.c.seq).limit(limit))

    def orphaned_history(self) -> list[int]:
        """The ids of orders that have a history and no row."""
        wanted = (
            sa.select(history.c.order_id).distinct().where(history.c.order_id.not_in(sa.select(orders.c.id)))
        )
        return list(self._connection.execute(wanted).scalars())

    def set_work(self, order_id: int, rows: Iterable[WorkRow]) -> None:
        """Replace the work items of an order."""
        self._connection.execute(work.delete().where(work.c.order_id == order_id))
        if values := [_values(row) for row in rows]:
            self._connection.execute(work.insert(), values)

    def work(
        self, roles: frozenset[str] | None, which: OrderFilter, *, after: tuple[int, str, str], limit: int
    ) -> list[WorkRow]:
        """A page of the work items for those roles; for all roles where None."""
        place = (work.c.order_id, work.c.key, work.c.role)
        wanted = sa.select(work).join(orders, orders.c.id == work.c.order_id).where(*_conditions(which))
        wanted = wanted.where(sa.tuple_(*place) > sa.tuple_(*after))
        if roles is not None:
            wanted = wanted.where(work.c.role.in_(sorted(roles)))
        return self._rows(WorkRow, wanted.order_by(*place).limit(limit))

    def work_of(self, order_id: int) -> list[WorkRow]:
        """The work items of one order."""
        return self._rows(WorkRow, sa.select(work).where(work.c.order_id == order_id))

    def add_messages(self, rows: Iterable[MessageRow]) -> None:
        """Leave messages."""
        if values := [_values(row, without_id=True) for row in rows]:
            self._connection.execute(outbox.insert(), values)

    def messages(self, roles: frozenset[str] | None, *, after: int, limit: int) -> list[MessageRow]:
        """A page of the messages for those roles; for all roles where None."""
        wanted = sa.select(outbox).where(outbox.c.id > after)
        if roles is not None:
            wanted = wanted.where(outbox.c.role.in_(sorted(roles)))
        return self._rows(MessageRow, wanted.order_by(outbox.c.id).limit(limit))

    def messages_of(self, order_id: int) -> list[MessageRow]:
        """The messages about one order."""
        return self._rows(MessageRow, sa.select(outbox).where(outbox.c.order_id == order_id))

    def number_taken(self, process: str, number: str) -> bool:
        """Whether an order of the process has that number."""
        wanted = sa.select(orders.c.id).where(orders.c.process == process, orders.c.number == number)
        return self._connection.execute(wanted).first() is not None

    def missing_parts(self) -> list[str]:
        """The indexes and triggers that keep the store in order and are not there any more."""
        if self._connection.dialect.name != "sqlite":
            return []
        there = set(self._connection.execute(sa.text("SELECT name FROM sqlite_master")).scalars())
        indexes = {str(index.name) for table in metadata.sorted_tables for index in table.indexes}
        return sorted((indexes | TRIGGERS) - there)

    def counters(self) -> list[CounterRow]:
        """Every counter of order numbers."""
        return self._rows(CounterRow, sa.select(counters))

    def next_serial(self, process: str, period: str) -> int:
        """The next serial of a process and period, locked until this transaction ends."""
        here = (counters.c.process == process, counters.c.period == period)
        counted = self._connection.execute(counters.update().where(*here).values(value=counters.c.value + 1))
        if counted.rowcount == 0:
            self._connection.execute(counters.insert().values(process=process, period=period, value=1))
        return int(self._connection.execute(sa.select(counters.c.value).where(*here)).scalar_one())

    def _insert(self, table: sa.Table, row: Any) -> int:
        values = _values(row, without_id=True)
        key = self._connection.execute(table.insert().values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _one_order(self, *where: sa.ColumnElement[bool]) -> OrderRow | None:
        return next(iter(self._rows(OrderRow, sa.select(orders).where(*where))), None)

    def _rows(self, kind: Any, wanted: sa.Select[Any]) -> list[Any]:
        return [kind(**row) for row in self._connection.execute(wanted).mappings()]


def _values(row: Any, *, without_id: bool = False) -> dict[str, Any]:
    """The columns of a row. Not `dataclasses.asdict`, which copies every value deeply."""
    names = (each.name for each in fields(row))
    return {name: getattr(row, name) for name in names if not (without_id and name == "id")}


def _conditions(which: OrderFilter) -> Iterator[sa.ColumnElement[bool]]:
    if which.definitions is not None:
        yield orders.c.definition_id.in_(which.definitions)
    if which.process is not None:
        yield orders.c.process == which.process
    if which.stage is not None:
        yield orders.c.stage == which.stage
    if which.status is not None:
        yield orders.c.status == which.status
    if which.number is not None:
        yield orders.c.number == which.number
