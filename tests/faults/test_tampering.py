"""Whoever alters the database behind the engine's back is found out: `verify` names the order and the row.

The attacker here has the file, knows the tables and removes the triggers. What a chain alone cannot show,
that its end was cut off or that all of it is new, is found against checkpoints: `test_checkpoints.py`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from flowengine import Choose, Engine, Write
from flowengine.runtime.catalog import hash_of
from flowengine.runtime.chain import GENESIS, link_of
from flowengine.runtime.rows import HistoryRow
from tests.faults.attacker import ALTERED, HISTORY, INSERTED, Store, history, names, unguarded
from tests.faults.dumps import changed, dump, raw
from tests.faults.workshop import (
    DAY,
    DESK,
    MAKER,
    NOON,
    QA,
    WORKSHOP,
    Clock,
    cancelled,
    in_inspection,
    in_making,
    made,
    opened,
    order,
    received,
)

ANOTHER: Final = WORKSHOP.replace("process: workshop", "process: copy").replace('"W{yyyy}', '"C{yyyy}')


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Sixty rows of history over seven orders, open, late, ended and opened again, on two definitions."""
    clock = Clock()
    with opened(":memory:", clock) as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        engine.deploy(ANOTHER, file="copy.yaml")
        a_history(engine, clock)
        store = unguarded(engine)
        assert len(store.rows("SELECT 1 FROM fe_history")) >= 60
        yield store


@pytest.fixture(scope="module")
def small_store() -> Iterator[Store]:
    """One order with three rows of history."""
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        in_making(engine, "x")
        yield unguarded(engine)


def a_history(engine: Engine, clock: Clock) -> None:
    reworked = in_inspection(engine, "reworked").order_id
    for turn in range(7):
        engine.do(reworked, Choose("redo"), by=QA, reason=f"第 {turn} 次").or_raise()
        made(engine, reworked)
    engine.do(reworked, Choose("failed"), by=QA, reason="裂纹").or_raise()
    for name in ("reopened", "ended"):
        cancelled(engine, name)
    engine.do(2, Choose("reopen"), by=DESK, reason="wanted again").or_raise()
    engine.do(in_making(engine, "written").order_id, Write({"amount": "1200.50"}), by=MAKER)
    in_making(engine, "dated", promised="2026-05-14", items=[{"sku": "A1", "quantity": 2}])
    received(engine, "waiting")
    engine.start("copy", order("of another process"), by=DESK).or_raise()
    clock.now += 3 * DAY
    engine.tick()
    for turn in range(16):
        engine.do(6, Choose("wrong"), by=DESK, reason=f"again {turn}", key=f"wrong/{turn}").or_raise()


@pytest.mark.parametrize("column", HISTORY)
def test_each_column_of_each_row_of_history(store: Store, column: str) -> None:
    for row in history(store):
        assert_named(store, row, column, ALTERED[column](row[column]))


SUBTLY: Final[tuple[tuple[str, str, Callable[[Any], Any]], ...]] = (
    ("order_id", "to another order", lambda id: id % 6 + 1),
    ("seq", "before the beginning", lambda seq: -seq),
    ("at", "earlier", lambda at: at - 1),
    ("at", "a text", lambda _: "yesterday"),
    ("actor", "nobody", lambda _: ""),
    ("actor", "with a sign that cannot be seen", lambda actor: actor + "\u200b"),
    ("actor", "bytes", str.encode),
    ("command_key", "empty", lambda _: ""),
    ("command_key", "taken away", lambda _: None),
    ("digest", "bytes", str.encode),
    ("record", "a space at the end", lambda record: record + " "),
    (
        "record",
        "another order of keys",
        lambda record: json.dumps(dict(reversed(json.loads(record).items()))),
    ),
    ("record", "no JSON", lambda _: "{"),
    ("record", "bytes", str.encode),
    ("hash", "capitals", str.upper),
    ("hash", "bytes", str.encode),
)


@pytest.mark.parametrize(
    ("column", "alter"), [pytest.param(column, alter, id=f"{column}, {how}") for column, how, alter in SUBTLY]
)
def test_a_row_of_history_altered_subtly(store: Store, column: str, alter: Callable[[Any], Any]) -> None:
    for row in history(store)[::8]:
        if alter(row[column]) != row[column]:
            assert_named(store, row, column, alter(row[column]))


def assert_named(store: Store, row: dict[str, Any], column: str, value: Any) -> None:
    """Alter a column of a row of history, whatever stands in the way of it, and be told which row it was."""
    found = store.after(
        f"UPDATE OR REPLACE fe_history SET {column} = ? WHERE order_id = ? AND seq = ?",
        values=(value, row["order_id"], row["seq"]),
    )
    at = {row["seq"]}
    if column == "seq" and value < 1:
        at |= {1}  # what stands first is not the first
    assert {(row["number"], seq) for seq in at} & names(found), (row["number"], row["seq"], found)


@pytest.mark.parametrize("column", ["actor", "command_key", "digest", "record", "hash"])
def test_each_single_byte_of_two_rows_of_history(small_store: Store, column: str) -> None:
    for row in history(small_store)[:2]:
        data = row[column].encode()
        for place in range(len(data)):
            altered = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            change = f"UPDATE fe_history SET {column} = CAST(? AS TEXT) WHERE order_id = ? AND seq = ?"
            found = small_store.after(change, values=(altered, row["order_id"], row["seq"]))
            assert (row["number"], row["seq"]) in names(found), altered


def test_a_byte_that_makes_a_record_no_text_any_more(small_store: Store) -> None:
    row = history(small_store)[0]
    broken = row["record"].encode()[:-3] + b"\xff" + row["record"].encode()[-2:]
    change = "UPDATE fe_history SET record = CAST(? AS TEXT) WHERE order_id = ? AND seq = ?"
    found = small_store.after(change, values=(broken, row["order_id"], row["seq"]))
    assert (row["number"], row["seq"]) in names(found)


@pytest.mark.parametrize(
    "which",
    [
        "first",
        "middle",
        "last",
    ],
)
def test_a_row_removed_from_a_history(store: Store, which: str) -> None:
    for id, number, length in store.rows("SELECT id, number, revision FROM fe_orders"):
        seq = {"first": 1, "middle": (length + 1) // 2, "last": length}[which]
        found = store.after("DELETE FROM fe_history WHERE order_id = ? AND seq = ?", values=(id, seq))
        assert (number, seq) in names(found)


def test_two_rows_of_a_history_swapped(store: Store) -> None:
    for row in history(store)[::2]:
        if row["seq"] == row["revision"]:
            continue
        id, seq = row["order_id"], row["seq"]
        found = store.after(
            f"UPDATE fe_history SET seq = -1 WHERE order_id = {id} AND seq = {seq}",
            f"UPDATE fe_history SET seq = {seq} WHERE order_id = {id} AND seq = {seq + 1}",
            f"UPDATE fe_history SET seq = {seq + 1} WHERE order_id = {id} AND seq = -1",
        )
        assert (row["number"], seq) in names(found)


@pytest.mark.parametrize(
    "seq",
    [
        pytest.param(lambda length: length + 1, id="after the end"),
        pytest.param(lambda length: length + 7, id="far after the end"),
        pytest.param(lambda _: 0, id="before the beginning"),
        pytest.param(lambda _: -3, id="far before the beginning"),
    ],
)
def test_a_row_inserted_into_a_history(store: Store, seq: Callable[[int], int]) -> None:
    for id, number, length in store.rows("SELECT id, number, revision FROM fe_orders"):
        found = store.after(INSERTED, values=(seq(length), id, length))
        assert {
            (number, seq(length)),
            (number, length + 1),
            (number, 1 if seq(length) < 1 else None),
        } & names(found)


def test_a_row_inserted_between_two_others(store: Store) -> None:
    for row in history(store)[::2]:
        id, seq = row["order_id"], row["seq"]
        found = store.after(
            f"UPDATE fe_history SET seq = -seq WHERE order_id = {id} AND seq >= {seq}",
            f"UPDATE fe_history SET seq = 1 - seq WHERE order_id = {id} AND seq < 0",
            f"INSERT INTO fe_history SELECT order_id, {seq}, at, actor, NULL, digest, record, hash "
            f"FROM fe_history WHERE order_id = {id} AND seq = {seq + 1}",
        )
        assert {(row["number"], seq), (row["number"], seq + 1)} & names(found)


def test_the_histories_of_two_orders_exchanged(store: Store) -> None:
    found = store.after(
        "UPDATE fe_history SET order_id = -4 WHERE order_id = 4",
        "UPDATE fe_history SET order_id = 4 WHERE order_id = 5",
        "UPDATE fe_history SET order_id = 5 WHERE order_id = -4",
    )
    numbers = {number for (number,) in store.rows("SELECT number FROM fe_orders WHERE id IN (4, 5)")}
    assert {(number, 1) for number in numbers} <= names(found)


def test_a_row_altered_and_its_own_hash_recomputed(store: Store) -> None:
    """The row then looks right by itself; the next one, or the order, is bound to the hash that it had."""
    before: dict[int, str] = {}
    for row in history(store):
        true = HistoryRow(**{name: row[name] for name in HISTORY})
        forged = link_of(true._replace(actor="somebody else"), before.get(true.order_id, GENESIS))
        before[true.order_id] = true.hash
        found = store.after(
            "UPDATE fe_history SET actor = 'somebody else', hash = ? WHERE order_id = ? AND seq = ?",
            values=(forged, true.order_id, true.seq),
        )
        assert (row["number"], min(row["seq"] + 1, row["revision"])) in names(found)


# What was wrong in the order itself, in what it waits for, in what was said, and in what it stands on.

ORDER: Final[tuple[tuple[str, str, Any], ...]] = (
    ("the head of its history", "head = ?", "0" * 64),
    ("its revision, more", "revision = revision + ?", 1),
    ("its revision, less", "revision = revision - ?", 1),
    ("its state, a field", "state = replace(state, ?, '李')", "张"),
    ("its state, a space", "state = state || ?", " "),
    ("its state, no JSON", "state = ?", "{"),
    ("its state, bytes", "state = CAST(state AS BLOB), number = number || ?", ""),
    ("its stage", "stage = stage || ?", "x"),
    ("its status", "status = CASE status WHEN ? THEN 'closed' ELSE 'open' END", "open"),
    ("its owner", "owner = owner || ?", "x"),
    ("its number", "number = number || ?", "x"),
    ("its process", "process = process || ?", "x"),
    ("its definition", "definition_id = 3 - definition_id + ?", 0),
    ("its identity", "identity = coalesce(identity, '') || ?", "x"),
    ("the key it was started under", "start_key = coalesce(start_key, '') || ?", "x"),
    ("when it came into its stage", "entered_at = entered_at + ?", 1),
    ("until when it is due", "due_at = coalesce(due_at, 0) + ?", 1),
    ("that it is late", "late = 1 - late + ?", 0),
    ("when it wakes", "wake_at = coalesce(wake_at, 0) + ?", 1),
    ("that it does not wake", "wake_at = CASE WHEN wake_at IS NULL THEN ? END", NOON),
    ("how often it failed", "failures = failures + ?", 1),
    ("that it failed, and never wakes", "failures = ?, wake_at = NULL, late = 0", 1),
    ("when it was created", "created_at = created_at - ?", 1),
    ("when it ended", "closed_at = coalesce(closed_at, 0) + ?", 1),
)


@pytest.mark.parametrize(
    ("change", "value"), [pytest.param(change, value, id=what) for what, change, value in ORDER]
)
def test_each_column_of_each_order(store: Store, change: str, value: Any) -> None:
    for id, number in store.rows("SELECT id, number FROM fe_orders"):
        found = store.after(f"UPDATE fe_orders SET {change} WHERE id = {id}", values=(value,))
        assert any(name.startswith(number) for name, _ in names(found)), (id, number, found)


def test_an_order_removed_and_its_history_left(store: Store) -> None:
    for (id,) in store.rows("SELECT id FROM fe_orders"):
        assert (str(id), None) in names(store.after("DELETE FROM fe_orders WHERE id = ?", values=(id,)))


def test_an_order_removed_with_everything_about_it(store: Store) -> None:
    removals = [f"DELETE FROM {table} WHERE order_id = 3" for table in ("fe_history", "fe_work", "fe_outbox")]
    assert store.after(*removals, "DELETE FROM fe_orders WHERE id = 3 AND 1 = ?", values=(1,))


def test_an_order_that_was_never_opened(store: Store) -> None:
    columns = [name for _, name, *_ in store.rows("PRAGMA table_info(fe_orders)")]
    given = {
        "id": "99",
        "number": "'W202605-099'",
        "identity": "NULL",
        "start_key": "NULL",
        "revision": "0",
        "head": "?",
    }
    values = ", ".join(given.get(name, name) for name in columns)
    found = store.after(
        f"INSERT INTO fe_orders SELECT {values} FROM fe_orders WHERE id = 6", values=(GENESIS,)
    )
    assert any(name == "W202605-099" for name, _ in names(found))


@pytest.mark.parametrize("change", ["order_id = order_id + 90", "role = role || '1'"])
def test_each_column_of_each_work_item(store: Store, change: str) -> None:
    for row, number in store.rows(
        "SELECT w.rowid, o.number FROM fe_work w JOIN fe_orders o ON o.id = w.order_id"
    ):
        update = f"UPDATE OR REPLACE fe_work SET {change} WHERE rowid = ?"
        assert (number, None) in names(store.after(update, values=(row,)))


def test_a_work_item_removed(store: Store) -> None:
    for row, number in store.rows(
        "SELECT w.rowid, o.number FROM fe_work w JOIN fe_orders o ON o.id = w.order_id"
    ):
        assert (number, None) in names(store.after("DELETE FROM fe_work WHERE rowid = ?", values=(row,)))


def test_a_work_item_added(store: Store) -> None:
    for id, number in store.rows("SELECT id, number FROM fe_orders"):
        change = "INSERT INTO fe_work (order_id, role) VALUES (?, 'forged')"
        assert (number, None) in names(store.after(change, values=(id,)))


@pytest.mark.parametrize("column", ["order_id", "number", "role", "cause", "about", "payload", "at"])
def test_each_column_of_each_message(store: Store, column: str) -> None:
    messages = store.rows("SELECT m.id, o.number FROM fe_outbox m JOIN fe_orders o ON o.id = m.order_id")
    assert len(messages) > 5
    for id, number in messages:
        altered = f"{column} + 1" if column in ("order_id", "at") else f"{column} || 'x'"
        found = store.after(
            f"UPDATE OR REPLACE fe_outbox SET {column} = {altered} WHERE id = ?", values=(id,)
        )
        assert (number, None) in names(found), found


def test_a_message_removed(store: Store) -> None:
    for id, number in store.rows(
        "SELECT m.id, o.number FROM fe_outbox m JOIN fe_orders o ON o.id = m.order_id"
    ):
        assert (number, None) in names(store.after("DELETE FROM fe_outbox WHERE id = ?", values=(id,)))


def test_a_message_added(store: Store) -> None:
    change = "INSERT INTO fe_outbox VALUES (99, ?, ?, 'desk', 'forged', 'late', '{}', 1, NULL)"
    for id, number in store.rows("SELECT id, number FROM fe_orders"):
        assert (number, None) in names(store.after(change, values=(id, number)))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("text = replace(text, 'due: 24h', 'due: 48h') || ?", id="its text"),
        pytest.param("hash = replace(hash, substr(hash, 1, 1), 'x') || ?", id="its hash"),
        pytest.param("process = process || 'x' || ?", id="its process"),
        pytest.param("version = version || '.1' || ?", id="its version"),
        pytest.param("file = 'other.yaml' || ?", id="the name of its file"),
        pytest.param("deployed_at = deployed_at + 1 + length(?)", id="when it was deployed"),
    ],
)
def test_each_column_of_a_definition(store: Store, change: str) -> None:
    found = store.after(f"UPDATE fe_definitions SET {change} WHERE id = 1", values=("",))
    assert any(name.startswith("workshop") for name, _ in names(found)), found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WORKSHOP.replace("due: 24h", "due: 48h"), id="another policy"),
        pytest.param(WORKSHOP.replace("owner: desk", "owner: nobody"), id="a policy with errors"),
    ],
)
def test_the_text_of_a_definition_and_its_hash(store: Store, text: str) -> None:
    """Every order that began on it has its hash on record, in its own chain."""
    found = store.after(
        "UPDATE fe_definitions SET text = ?, hash = ? WHERE id = 1", values=(text, hash_of(text))
    )
    numbers = {number for (number,) in store.rows("SELECT number FROM fe_orders WHERE definition_id = 1")}
    assert numbers <= {name for name, _ in names(found)}


def test_a_definition_removed(store: Store) -> None:
    found = store.after("DELETE FROM fe_definitions WHERE id = ?", values=(1,))
    numbers = {number for (number,) in store.rows("SELECT number FROM fe_orders WHERE definition_id = 1")}
    assert numbers <= {name for name, _ in names(found)}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE fe_counters SET value = value - ?", id="rolled back"),
        pytest.param("UPDATE fe_counters SET value = value + ?", id="moved on"),
        pytest.param("UPDATE fe_counters SET period = period || ?", id="to another month"),
        pytest.param("DELETE FROM fe_counters WHERE ? = 1", id="removed"),
    ],
)
def test_the_counter_of_order_numbers(store: Store, change: str) -> None:
    """Rolled back, it would give a number twice; moved on, it would leave a hole."""
    assert store.after(change, values=(1,))


def test_orders_of_two_processes_with_the_same_number_are_told_apart() -> None:
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        engine.deploy(WORKSHOP.replace("process: workshop", "process: copy"), file="copy.yaml")
        assert received(engine, "x").number == engine.start("copy", order("x"), by=DESK).number
        store = unguarded(engine)
        one, other = (store.after(f"UPDATE fe_orders SET state = '{{}}' WHERE id = {id}") for id in (1, 2))
        assert one
        assert other
        assert one != other


# Without removing the triggers nobody gets that far.


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param("UPDATE fe_history SET actor = 'x' WHERE order_id = 1 AND seq = 1", id="update"),
        pytest.param("UPDATE fe_history SET actor = actor", id="update of all, to the same"),
        pytest.param("UPDATE OR REPLACE fe_history SET seq = 1 WHERE order_id = 1", id="update or replace"),
        pytest.param("DELETE FROM fe_history WHERE order_id = 1 AND seq = 1", id="delete"),
        pytest.param("DELETE FROM fe_history", id="delete of all"),
        pytest.param(
            "INSERT INTO fe_history SELECT * FROM fe_history WHERE true "
            "ON CONFLICT (order_id, seq) DO UPDATE SET actor = 'x'",
            id="upsert",
        ),
        pytest.param(
            "INSERT OR REPLACE INTO fe_history "
            "SELECT order_id, seq, at, 'x', command_key, digest, record, hash FROM fe_history",
            id="insert or replace",
        ),
        pytest.param(
            "INSERT OR REPLACE INTO fe_history "
            "SELECT order_id, seq + 10, at, 'x', command_key, digest, record, hash FROM fe_history "
            "WHERE command_key NOT NULL",
            id="insert or replace, by the key of a command",
        ),
    ],
)
def test_history_refuses_whoever_would_alter_it(attempt: str) -> None:
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        in_making(engine, "x")
        before = dump(engine)
        with raw(engine) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(attempt)
        assert changed(before, dump(engine)) == {}
