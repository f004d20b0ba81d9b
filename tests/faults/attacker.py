"""Somebody who has the database, knows its tables and removes its triggers; what he did is put back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flowengine import Engine
from flowengine.kernel.events import replay
from flowengine.runtime.catalog import plan_of
from flowengine.runtime.chain import GENESIS, link_of
from flowengine.runtime.saving import projected
from flowengine.runtime.verifying import Problem
from tests.faults.dumps import raw

HISTORY: Final = ("order_id", "seq", "at", "actor", "command_key", "digest", "record", "hash")


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is tampered with and put back, again and again. `known` is what is found of it before.

    It is held against `lines`, the checkpoints that lie elsewhere, where there are any.
    """

    engine: Engine
    pristine: bytes
    known: tuple[Problem, ...]
    lines: tuple[str, ...] | None = None

    @property
    def driver(self) -> Any:
        with raw(self.engine) as connection:
            return connection.driver_connection

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the store as it was before anybody tampered with it."""
        self.driver.deserialize(self.pristine)
        return self.driver.execute(sql, values).fetchall()

    def after(self, *statements: str, values: tuple[Any, ...] = ()) -> tuple[Problem, ...]:
        """What is found once these statements, the last with `values`, have been carried out."""
        self.driver.deserialize(self.pristine)
        for statement in statements[:-1]:
            self.driver.execute(statement)
        changes = self.driver.total_changes
        self.driver.execute(statements[-1], values)
        assert self.driver.total_changes > changes, "nothing was altered"
        return self.found()

    def found(self) -> tuple[Problem, ...]:
        """What is found of the store as it stands, and was not found of the true one."""
        problems = self.engine.verify(self.lines).problems
        return tuple(problem for problem in problems if problem not in self.known)


def unguarded(engine: Engine) -> Store:
    """The store of an engine without its triggers and foreign keys, as it is kept to be put back."""
    assert engine.verify().problems == ()
    with raw(engine) as connection:
        driver = connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            driver.execute(f"DROP TRIGGER {name}")
        pristine = driver.serialize()
    return Store(engine, pristine, engine.verify().problems)


def names(problems: tuple[Problem, ...]) -> set[tuple[str, int | None]]:
    """The places that the problems name."""
    return {(problem.number, problem.seq) for problem in problems}


def history(store: Store) -> list[dict[str, Any]]:
    """Every row of every history with the number of its order, as it truly is."""
    columns = ", ".join(f"h.{name}" for name in HISTORY)
    found = store.rows(
        f"SELECT {columns}, o.number, o.revision FROM fe_history h JOIN fe_orders o ON o.id = h.order_id "
        "ORDER BY h.order_id, h.seq"
    )
    return [dict(zip((*HISTORY, "number", "revision"), row, strict=True)) for row in found]


def other_hex(text: str) -> str:
    return ("1" if text[0] == "0" else "0") + text[1:]


ALTERED: Final[Mapping[str, Callable[[Any], Any]]] = {
    "order_id": lambda _: 999,
    "seq": lambda seq: seq + 1_000,
    "at": lambda at: at + 1,
    "actor": lambda actor: actor + "x",
    "command_key": lambda key: (key or "") + "x",
    "digest": other_hex,
    "record": lambda record: record.replace('"stage":"', '"stage":"x'),
    "hash": other_hex,
}


INSERTED: Final = (
    "INSERT INTO fe_history SELECT order_id, ?, at, actor, NULL, digest, record, hash "
    "FROM fe_history WHERE order_id = ? AND seq = ?"
)


def put_back(store: Store, id: int) -> None:
    """Make an order fit a history that is shorter than it was, with everything that follows from it."""
    with store.engine.store.reading() as unit:
        row = unit.order(id)
        rows = unit.history(id, after=0, limit=1_000)
        plan = plan_of(unit.definition(row.definition_id))
    events = [event for each in rows for event in json.loads(each.record)["events"]]
    back = projected(row, plan, replay(events), revision=len(rows), head=rows[-1].hash)._asdict()
    columns = ", ".join(f"{name} = :{name}" for name in back)
    store.driver.execute(f"UPDATE fe_orders SET {columns} WHERE id = :id", back)
    store.driver.execute("DELETE FROM fe_work WHERE order_id = ?", (id,))
    turn = (back["priority"], back["next_due"])
    roles = [(id, role, *turn) for role in back["waits_for"].split()]
    store.driver.executemany("INSERT INTO fe_work VALUES (?, ?, ?, ?)", roles)
    told = {event["key"] for event in events if event["event"] == "told"}
    for (cause,) in store.driver.execute("SELECT cause FROM fe_outbox WHERE order_id = ?", (id,)).fetchall():
        if cause not in told:
            store.driver.execute("DELETE FROM fe_outbox WHERE order_id = ? AND cause = ?", (id, cause))


def cut_off(store: Store, id: int, length: int) -> None:
    """Take away what stands behind so many rows of a history, and make the order fit."""
    store.driver.deserialize(store.pristine)
    store.driver.execute("DELETE FROM fe_history WHERE order_id = ? AND seq > ?", (id, length))
    put_back(store, id)


def write_anew(store: Store, id: int, first: int) -> None:
    """Put another actor into a history from a row on, and compute every hash up to the head of the order."""
    store.driver.deserialize(store.pristine)
    with store.engine.store.reading() as unit:
        rows = unit.history(id, after=0, limit=1_000)
    head = rows[first - 2].hash if first > 1 else GENESIS
    for row in rows[first - 1 :]:
        head = link_of(row._replace(actor="somebody else"), head)
        change = "UPDATE fe_history SET actor = 'somebody else', hash = ? WHERE order_id = ? AND seq = ?"
        store.driver.execute(change, (head, id, row.seq))
    store.driver.execute("UPDATE fe_orders SET head = ? WHERE id = ?", (head, id))


def remove(store: Store, id: int) -> None:
    """Take an order away with everything that is there of it; of the newest one the counter is put back."""
    store.driver.deserialize(store.pristine)
    for table in ("fe_history", "fe_work", "fe_outbox"):
        store.driver.execute(f"DELETE FROM {table} WHERE order_id = ?", (id,))
    store.driver.execute("DELETE FROM fe_orders WHERE id = ?", (id,))
    store.driver.execute("UPDATE fe_counters SET value = (SELECT max(id) FROM fe_orders)")
