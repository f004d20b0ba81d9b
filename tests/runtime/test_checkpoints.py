"""Checkpoints on each kind of database: what they hold, and that old ones hold while orders go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import pytest

from flowengine import CheckpointRefused, Done
from flowengine.runtime.checkpoints import FIRST, Checkpoint
from tests.runtime.places import opened_here
from tests.runtime.shop import HOST, SHOP, Clock, Shop

TABLES: Final = ("fe_history", "fe_work", "fe_outbox", "fe_counters", "fe_orders")


@pytest.fixture
def bent() -> Iterator[Shop]:
    """A shop whose store will not be sound at the end."""
    clock = Clock()
    with opened_here(clock) as engine:
        shop = Shop(engine, clock)
        shop.deploy(SHOP)
        yield shop


def execute(shop: Shop, *statements: str) -> None:
    """Change the store behind the engine's back, past its triggers."""
    with shop.engine.store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            wanted = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in connection.exec_driver_sql(wanted).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.exec_driver_sql(statement)


def marks(checkpoint: Checkpoint) -> list[tuple[int, str, int]]:
    return [(mark.order_id, mark.number, mark.length) for mark in checkpoint.changed]


def codes(shop: Shop, lines: list[str]) -> list[tuple[str, str, int | None]]:
    """What is found, but for the triggers that somebody took away."""
    problems = shop.engine.verify(lines).problems
    return [(each.code, each.number, each.seq) for each in problems if each.code != "part_missing"]


def test_a_checkpoint_holds_what_has_changed_since_the_last(shop: Shop) -> None:
    shop.start("A")
    shop.start("B")
    first = shop.engine.checkpoint()
    assert (first.sequence, first.at, first.orders, first.rows) == (1, shop.clock.now, 2, 2)
    assert first.previous == FIRST
    assert marks(first) == [(1, "S202605-001", 1), (2, "S202605-002", 1)]
    shop.do(2, Done("checked"))
    shop.start("C")
    second = shop.engine.checkpoint([first.line()])
    assert (second.sequence, second.orders, second.rows) == (2, 3, 4)
    assert second.previous == first.root
    assert marks(second) == [(2, "S202605-002", 2), (3, "S202605-003", 1)]
    third = shop.engine.checkpoint([first.line(), second.line()])
    assert (third.sequence, third.changed) == (3, ())


def test_the_root_can_be_computed_by_anybody(shop: Shop) -> None:
    """Without this engine: the line without its root, keys in order, no blanks, behind one line of text."""
    import hashlib

    shop.start("A")
    said = json.loads(shop.engine.checkpoint().line())
    root = said.pop("root")
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(b"flowengine checkpoint 1\n" + text.encode()).hexdigest() == root


def test_old_checkpoints_hold_while_orders_go_on(shop: Shop) -> None:
    lines: list[str] = []
    for ref in "ABC":
        number = shop.start(ref).order_id
        lines.append(shop.engine.checkpoint(lines).line())
        shop.do(number, Done("checked"))
    found = shop.engine.verify(lines)
    assert (found.problems, found.checkpoints) == ((), 3)
    assert shop.engine.verify(lines[:1]).problems == ()


def test_a_history_cut_off_with_the_order_put_back(bent: Shop) -> None:
    bent.start("A")
    before = bent.engine.order(1, by=HOST).row
    bent.do(1, Done("checked"))
    lines = [bent.engine.checkpoint().line()]
    execute(
        bent,
        "DELETE FROM fe_history WHERE order_id = 1 AND seq = 2",
        f"UPDATE fe_orders SET revision = 1, head = '{before.head}', state = '{before.state}' WHERE id = 1",
    )
    assert codes(bent, lines) == [("cut", "S202605-001", 2)]
    with pytest.raises(CheckpointRefused):
        bent.engine.checkpoint(lines)


def test_an_order_removed_with_everything_there_was_of_it(bent: Shop) -> None:
    bent.start("A")
    lines = [bent.engine.checkpoint().line()]
    execute(bent, *(f"DELETE FROM {name}" for name in TABLES))
    assert codes(bent, lines) == [("gone", "S202605-001", 1)]
    assert codes(bent, []) == [("no_checkpoint", "", None)]


def test_many_orders_at_once(shop: Shop) -> None:
    """More than one statement can name: all that have grown are looked up."""
    with shop.engine.batch() as flow:
        ids = [flow.start("shop", {"ref": f"{n}"}, by=HOST).order_id for n in range(502)]
    lines = [shop.engine.checkpoint().line()]
    with shop.engine.batch() as flow:
        for id in ids:
            flow.do(id, Done("checked"), by=HOST).or_raise()
    assert len(shop.engine.checkpoint(lines).changed) == 502
