"""What the store itself holds to: history is only added to, a transaction is whole, nothing hangs loose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from flowengine.errors import FlowEngineError
from flowengine.kernel.commands import Done
from flowengine.runtime.rows import OrderFilter
from flowengine.storage.store import SqlStore, SqlUnit
from tests.runtime.shop import DESK, HOST, SHOP, Shop, opened


@pytest.fixture(params=["in a file", "in memory"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A shop with one order that has a history of two rows."""
    path = str(tmp_path / "orders.db") if request.param == "in a file" else ":memory:"
    with opened(SHOP, path=path) as shop:
        shop.do(shop.start("A").order_id, Done("checked"))
        yield shop


def store(shop: Shop) -> SqlStore:
    assert isinstance(shop.engine.store, SqlStore)
    return shop.engine.store


FORBIDDEN = {
    "altered": "UPDATE fe_history SET record = '{}' WHERE seq = 1",
    "altered in nothing": "UPDATE fe_history SET at = at",
    "removed": "DELETE FROM fe_history WHERE seq = 2",
    "removed as a whole": "DELETE FROM fe_history",
    "replaced": "INSERT OR REPLACE INTO fe_history SELECT * FROM fe_history WHERE seq = 1",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_history_cannot_be(shop: Shop, statement: str) -> None:
    with (
        pytest.raises((DBAPIError, FlowEngineError), match="append-only"),
        store(shop).engine.begin() as connection,
    ):
        connection.execute(sa.text(statement))
    assert shop.engine.verify().problems == ()


ORPHANS = {
    "an order without a definition": "UPDATE fe_orders SET definition_id = 77",
    "work for no order": "INSERT INTO fe_work VALUES (77, 'n', 'p', 's', 'k', 'check', 'desk', NULL)",
    "a message about no order": "INSERT INTO fe_outbox VALUES (77, 77, 'n', 'desk', 'c', 'a', '{}', 0)",
    "a definition that orders run on, removed": "DELETE FROM fe_definitions",
}


@pytest.mark.parametrize("statement", ORPHANS.values(), ids=ORPHANS)
def test_what_points_at_nothing_is_refused(shop: Shop, statement: str) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), store(shop).engine.begin() as connection:
        connection.execute(sa.text(statement))


REST = """revision, head, status, stage, owner, entered_at, due_at, late, wake_at, failures, created_at,
    closed_at, state FROM fe_orders"""
TWICE = {
    "a number": f"INSERT INTO fe_orders SELECT 9, definition_id, process, number, 'x', 'x', {REST}",
    "an identity": f"INSERT INTO fe_orders SELECT 9, definition_id, process, 'x', identity, 'x', {REST}",
    "a row of history": "INSERT INTO fe_history SELECT * FROM fe_history",
    "a definition": """INSERT INTO fe_definitions
        SELECT 9, hash, process, 'x', file, text, deployed_at, seal FROM fe_definitions""",
}


@pytest.mark.parametrize("statement", TWICE.values(), ids=TWICE)
def test_what_must_be_there_once_cannot_be_there_twice(shop: Shop, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"UNIQUE|append-only"), store(shop).engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_a_transaction_that_ends_badly_leaves_nothing(shop: Shop) -> None:
    def trouble(unit: SqlUnit) -> None:
        unit.next_serial("shop", "x")
        unit.set_work(1, [])
        raise InterruptedError

    before = shop.engine.order(1, by=HOST)
    with pytest.raises(InterruptedError), store(shop).writing() as unit:
        trouble(unit)
    assert shop.engine.order(1, by=HOST) == before
    assert shop.engine.work(by=DESK).items
    with store(shop).writing() as unit:
        assert unit.next_serial("shop", "x") == 1


def test_a_reader_sees_one_moment_of_the_store(tmp_path: Path) -> None:
    with opened(SHOP, path=str(tmp_path / "orders.db")) as shop:
        shop.start("A")
        with store(shop).reading() as unit:
            assert len(unit.orders(OrderFilter(None), after=0, limit=9)) == 1
            shop.start("B")
            assert len(unit.orders(OrderFilter(None), after=0, limit=9)) == 1
        with store(shop).reading() as unit:
            assert len(unit.orders(OrderFilter(None), after=0, limit=9)) == 2


def test_serials_are_counted_apart_by_process_and_period(shop: Shop) -> None:
    with store(shop).writing() as unit:
        taken = [unit.next_serial(process, period) for process, period in ("ax", "ax", "ay", "bx", "ax")]
    assert taken == [1, 2, 1, 1, 3]


def test_closed_and_opened_again_everything_is_there(tmp_path: Path) -> None:
    path = str(tmp_path / "orders.db")
    with opened(SHOP, path=path) as shop:
        shop.do(shop.start("A").order_id, Done("checked"))
        before = shop.engine.order(1, by=HOST), shop.engine.history(1, by=HOST)
    with opened(path=path) as again:
        assert (again.engine.order(1, by=HOST).row, again.engine.history(1, by=HOST)) == (
            before[0].row,
            before[1],
        )
        assert again.start("B").number == "S202605-002"
        assert again.engine.verify().problems == ()
