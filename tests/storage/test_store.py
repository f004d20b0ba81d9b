"""What the store itself holds to: history is only added to, a transaction is whole, nothing hangs loose."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from flowengine import Engine, connect
from flowengine.errors import ChangedMeanwhile, FlowEngineError
from flowengine.kernel.commands import Done
from flowengine.runtime.rows import Change, OrderFilter, OrderRow
from flowengine.storage.store import SqlStore
from flowengine.storage.tables import orders
from flowengine.storage.writer import SqlWriter
from tests.faults.dumps import changed, dump
from tests.kernel.desk import DAY
from tests.runtime.places import empty
from tests.runtime.shop import DESK, HOST, SHOP, Clock, Shop, opened

PLACES = ("in a file", "in memory", "postgres")
ALL = OrderFilter(None)


def opened_at(request: pytest.FixtureRequest, where: str, folder: Path) -> Engine:
    if where == "postgres":
        database = request.getfixturevalue("shared_postgres")
        empty(database)
        return connect(database, clock=Clock())
    return connect(":memory:" if where == "in memory" else folder / "orders.db", clock=Clock())


@pytest.fixture(params=PLACES)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A shop with one order that has a history of two rows."""
    engine = opened_at(request, request.param, tmp_path)
    assert isinstance(engine.clock, Clock)
    shop = Shop(engine, engine.clock)
    shop.deploy(SHOP)
    shop.do(shop.start("A").order_id, Done("checked"))
    yield shop
    assert engine.verify().problems == ()
    if request.param != "postgres":
        engine.close()


def store(shop: Shop) -> SqlStore:
    assert isinstance(shop.engine.store, SqlStore)
    return shop.engine.store


def is_postgres(shop: Shop) -> bool:
    return store(shop).engine.dialect.name == "postgresql"


FORBIDDEN = {
    "altered": "UPDATE fe_history SET record = '{}' WHERE seq = 1",
    "altered in nothing": "UPDATE fe_history SET at = at",
    "removed": "DELETE FROM fe_history WHERE seq = 2",
    "removed as a whole": "DELETE FROM fe_history",
    "replaced on conflict": """INSERT INTO fe_history SELECT * FROM fe_history WHERE seq = 1
        ON CONFLICT (order_id, seq) DO UPDATE SET record = '{}'""",
}
FORBIDDEN_HERE = {
    "sqlite": "INSERT OR REPLACE INTO fe_history SELECT * FROM fe_history WHERE seq = 1",
    "postgresql": "TRUNCATE fe_history",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_history_cannot_be(shop: Shop, statement: str) -> None:
    refused(shop, statement)


def test_history_cannot_be_got_rid_of_in_the_way_of_its_own_database(shop: Shop) -> None:
    refused(shop, FORBIDDEN_HERE[store(shop).engine.dialect.name])


def refused(shop: Shop, statement: str) -> None:
    with (
        pytest.raises((DBAPIError, FlowEngineError), match="append-only"),
        store(shop).engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)


ORPHANS = {
    "an order without a definition": "UPDATE fe_orders SET definition_id = 77",
    "work for no order": "INSERT INTO fe_work (order_id, role) VALUES (77, 'desk')",
    "a message about no order": "INSERT INTO fe_outbox VALUES (77, 77, 'n', 'desk', 'c', 'a', '{}', 0, NULL)",
    "a definition that orders run on, removed": "DELETE FROM fe_definitions",
    "an order that has work, removed": "DELETE FROM fe_orders",
}


@pytest.mark.parametrize("statement", ORPHANS.values(), ids=ORPHANS)
def test_what_points_at_nothing_is_refused(shop: Shop, statement: str) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), store(shop).engine.begin() as connection:
        connection.exec_driver_sql(statement)


def copied(**others: str) -> str:
    """A second order like the first, but for these columns."""
    names = [column.name for column in orders.columns]
    return (
        f"INSERT INTO fe_orders SELECT {', '.join(others.get(name, name) for name in names)} FROM fe_orders"
    )


TWICE = {
    "a number": copied(id="9", identity="'x'", start_key="'x'"),
    "an identity": copied(id="9", number="'x'", start_key="'x'"),
    "an id": copied(number="'x'", identity="'x'", start_key="'x'"),
    "a row of history": "INSERT INTO fe_history SELECT * FROM fe_history",
    "work of a role": "INSERT INTO fe_work SELECT * FROM fe_work",
    "a definition": """INSERT INTO fe_definitions
        SELECT 9, hash, process, 'x', file, text, deployed_at, seal FROM fe_definitions""",
}


@pytest.mark.parametrize("statement", TWICE.values(), ids=TWICE)
def test_what_must_be_there_once_cannot_be_there_twice(shop: Shop, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)unique|append-only"), store(shop).engine.begin() as connection:
        connection.exec_driver_sql(statement)


def row_of(unit: SqlWriter, id: int = 1) -> OrderRow:
    found = unit.find(id, None)
    assert found is not None
    return found.row


@pytest.mark.parametrize("trouble", [InterruptedError, KeyboardInterrupt, FlowEngineError])
def test_a_transaction_that_ends_badly_leaves_nothing(shop: Shop, trouble: type[BaseException]) -> None:
    def end_badly(unit: SqlWriter) -> None:
        assert unit.next_serial("shop", "x") == 1
        unit.park(row_of(unit)._replace(failures=3, failure="?", wake_at=7))
        raise trouble

    before = dump(shop.engine)
    with pytest.raises(trouble), store(shop).writing() as unit:
        end_badly(unit)
    assert changed(before, dump(shop.engine)) == {}
    with store(shop).writing() as unit:
        assert unit.next_serial("shop", "x") == 1
        unit.return_serial("shop", "x", 1)


def next_change(row: OrderRow, *, revision: int | None = None, **others: Any) -> Change:
    """A change of the order of that row, as if it had been decided."""
    before = row if revision is None else row._replace(revision=revision)
    after = before._replace(revision=before.revision + 1, **others)
    with_seq = {"order_id": row.id, "seq": after.revision, "at": 0, "actor": "a", "command_key": None}
    return Change(before, after, _history(with_seq), ())


def _history(given: Mapping[str, Any]) -> Any:
    from flowengine.runtime.rows import HistoryRow

    return HistoryRow(**given, digest="d", record="{}", hash="h")


def test_changes_are_kept_all_or_none(shop: Shop) -> None:
    """The second is of a row that is not as it was: nothing of the first is there either."""
    first, second = (shop.engine.order(shop.start(ref).order_id, by=HOST).row for ref in "BC")
    before = dump(shop.engine)
    with pytest.raises(ChangedMeanwhile), store(shop).writing() as unit:
        unit.save([next_change(first, waits_for="maker qa"), next_change(second, revision=7)])
    assert changed(before, dump(shop.engine)) == {}


def test_a_change_that_comes_too_late_leaves_nothing_in_the_transaction_of_a_host(shop: Shop) -> None:
    before = dump(shop.engine)
    with store(shop).engine.connect() as connection:
        with pytest.raises(ChangedMeanwhile), store(shop).joined(connection).writing() as unit:
            unit.save([next_change(row_of(unit), revision=7, waits_for="maker qa")])
        connection.commit()
    assert changed(before, dump(shop.engine)) == {}


def test_a_number_or_an_identity_that_is_there_opens_nothing(shop: Shop) -> None:
    shop.start("B")
    before = dump(shop.engine)
    with store(shop).writing() as unit:
        row = row_of(unit)
        fresh = unit.opening("shop", None, None).id
        for taken in (
            {"identity": None, "start_key": None},
            {"number": "S-9", "start_key": None},
            {"number": "S-9", "identity": None, "start_key": "k", "id": row.id},
        ):
            again = row._replace(**{"id": fresh, **taken, "revision": 0})
            assert not unit.open(next_change(again))
    assert changed(before, dump(shop.engine)) == {}


def test_an_opening_finds_those_who_came_before(shop: Shop) -> None:
    made = shop.engine.start("shop", {"ref": "B"}, by=DESK, key="k1")
    with store(shop).writing() as unit:
        identity = row_of(unit, made.order_id).identity
        found = [
            unit.opening(process, key, like)
            for process, key, like in (
                ("shop", "k1", identity),
                ("shop", "k2", identity),
                ("shop", None, None),
                ("outlet", "k1", identity),
            )
        ]
    assert [(each.by_key, each.by_identity) for each in found] == [
        (made.order_id, made.order_id),
        (None, made.order_id),
        (None, None),
        (None, None),
    ]
    assert min(each.id for each in found) > made.order_id


def test_serials_are_counted_apart_by_process_and_period_and_can_be_given_back(shop: Shop) -> None:
    before = dump(shop.engine)
    with store(shop).writing() as unit:
        places = [tuple(each) for each in ("ax", "ax", "ay", "bx", "ax")]
        taken = [unit.next_serial(*place) for place in places]
        assert taken == [1, 2, 1, 1, 3]
        for place, serial in reversed(list(zip(places, taken, strict=True))):
            unit.return_serial(*place, serial)
    assert changed(before, dump(shop.engine)) == {}


def test_a_serial_that_somebody_has_gone_beyond_stays(shop: Shop) -> None:
    with store(shop).writing() as unit:
        for _ in range(3):
            unit.next_serial("a", "x")
        unit.return_serial("a", "x", 2)
        assert unit.next_serial("a", "x") == 4
        for serial in (4, 3, 2, 1):
            unit.return_serial("a", "x", serial)


def test_orders_are_claimed_the_longest_overdue_first(shop: Shop) -> None:
    for ref in "BCD":
        shop.clock.now -= DAY
        shop.start(ref)
    now = shop.clock.now + 9 * DAY
    with store(shop).writing() as unit:
        assert [row.number[-3:] for row in unit.claim(now, 3)] == ["004", "003", "002"]
        assert unit.claim(now - 9 * DAY, 3) == []


def test_the_time_of_the_database_is_told_where_it_has_one(shop: Shop) -> None:
    with store(shop).writing() as unit:
        found = unit.find(1, None)
        told = {found.now if found else 0, unit.opening("shop", None, None).now}
    with store(shop).reading() as reader:
        told.add(reader.now())
    if not is_postgres(shop):
        assert told == {None}
        return
    assert all(abs((instant or 0) - time.time() * 1_000) < 60_000 for instant in told)


@pytest.fixture(params=["in a file", "postgres"])
def open_shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A shop on a database that more than one connection can open."""
    engine = opened_at(request, request.param, tmp_path)
    assert isinstance(engine.clock, Clock)
    shop = Shop(engine, engine.clock)
    shop.deploy(SHOP)
    yield shop
    if request.param != "postgres":
        engine.close()


def test_a_reader_sees_one_moment_of_the_store(open_shop: Shop) -> None:
    open_shop.start("A")
    with store(open_shop).reading() as unit:
        assert len(unit.orders(ALL, after=0, limit=9)) == 1
        open_shop.start("B")
        assert len(unit.orders(ALL, after=0, limit=9)) == 1
    with store(open_shop).reading() as unit:
        assert len(unit.orders(ALL, after=0, limit=9)) == 2


def test_a_reader_cannot_write(shared_postgres: sa.Engine) -> None:
    """On PostgreSQL the database sees to it; SQLite knows no transaction that only reads."""
    with (
        pytest.raises(FlowEngineError, match="read-only"),
        SqlStore(shared_postgres).reading() as unit,
    ):
        unit._connection.exec_driver_sql("DELETE FROM fe_work")


def test_a_connection_goes_back_as_it_came(open_shop: Shop) -> None:
    """Read-only, REPEATABLE READ and autocommit are for one transaction, not for whoever comes next."""

    def ask(question: str) -> Any:
        with closing(store(open_shop).engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute(question)
            return cursor.fetchone()[0]

    order = open_shop.start("A").order_id
    open_shop.do(order, Done("checked"))
    open_shop.engine.orders(by=HOST)
    with pytest.raises(FlowEngineError):
        open_shop.engine.order(77, by=HOST)
    if is_postgres(open_shop):
        assert ask("SHOW transaction_isolation") == "read committed"
        assert ask("SHOW transaction_read_only") == "off"
    open_shop.engine.close()
    with closing(store(open_shop).engine.raw_connection()) as raw:
        assert not getattr(raw.driver_connection, "autocommit", False) or not is_postgres(open_shop)
        assert store(open_shop).engine.pool.checkedout() == 1  # type: ignore[attr-defined]


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


def test_an_engine_on_a_database_of_a_host_works_like_one_of_our_own(tmp_path: Path) -> None:
    database = sa.create_engine(f"sqlite:///{tmp_path / 'host.db'}")
    with connect(database, clock=Clock()) as engine:
        shop = Shop(engine, Clock())
        shop.deploy(SHOP)
        shop.do(shop.start("A").order_id, Done("checked"))
        with engine.batch() as batch:
            batch.start("shop", {"ref": "B"}, by=DESK).or_raise()
        assert [view.row.revision for view in engine.orders(by=HOST).items] == [2, 1]
        assert engine.verify().problems == ()
    assert database.pool.checkedin() == 1, "its pool is left to the host"  # type: ignore[attr-defined]
    database.dispose()
