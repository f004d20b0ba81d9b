"""The public call: makes, brings up, leaves alone; always part of the caller's transaction, never its end."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from flowengine import Done, connect
from flowengine.errors import StoreUnusable, WrongInput
from flowengine.storage import schema
from flowengine.storage.migrations.stamp import read_version
from flowengine.storage.postgres import is_postgres
from flowengine.storage.schema import is_ours, migrate, migrate_place
from flowengine.storage.tables import metadata
from tests.sound import assert_sound
from tests.storage.migrations.conftest import opened
from tests.storage.migrations.shapes import Shape, shape
from tests.storage.migrations.shop import DESK, NEXT, NOW, SHOP


def shape_of(database: Engine) -> Shape:
    with database.connect() as connection:
        return shape(connection)


def version_of(database: Engine) -> str | None:
    with database.connect() as connection:
        return read_version(connection)


def test_nothing_becomes_the_tables_and_a_second_call_changes_nothing(database: Engine) -> None:
    with database.begin() as connection:
        assert migrate(connection) == schema.NEWEST
        once = shape(connection)
        assert migrate(connection) == schema.NEWEST
    assert shape_of(database) == once
    assert migrate_place(database) == (schema.NEWEST, schema.NEWEST)
    assert shape_of(database) == once


def test_a_place_says_where_it_came_from(database: Engine) -> None:
    assert migrate_place(database) == (None, schema.NEWEST)


@pytest.mark.usefixtures("newer")
def test_each_revision_may_be_the_last_and_no_call_leads_back(database: Engine) -> None:
    steps = ["0001", "0001", NEXT, "0001", None]
    with database.begin() as connection:
        assert [migrate(connection, to=step) for step in steps] == ["0001", "0001", NEXT, NEXT, NEXT]


def test_orders_of_an_older_version_go_on_in_the_newer(
    place: str, database: Engine, request: pytest.FixtureRequest
) -> None:
    with connect(place) as engine:
        engine.deploy(SHOP)
        order = engine.start("shop", {"customer": "张三"}, by=DESK).or_raise()
    request.getfixturevalue("newer")
    with pytest.raises(StoreUnusable, match=f"older than this flowengine's {NEXT}"):
        connect(database)
    assert migrate_place(database) == (NOW, NEXT)
    with database.connect() as connection:
        asked = sa.text("SELECT weight, number FROM fe_orders")
        weight, number = connection.execute(asked).one()
        assert weight == 5
        assert connection.execute(sa.text("SELECT number, tag FROM fe_tags")).one() == (number, "receive")
    with connect(place, create=False) as engine:
        engine.do(order.order_id, Done("checked"), by=DESK).or_raise()
        assert_sound(engine)


@pytest.mark.parametrize("given", [lambda host: host, lambda _: None, str], ids=["engine", "nothing", "text"])
def test_what_is_no_connection_is_not_migrated(database: Engine, given: Callable[[Engine], Any]) -> None:
    with pytest.raises(WrongInput, match="a connection of SQLAlchemy is wanted"):
        migrate(given(database))
    assert shape_of(database) == {}


@pytest.mark.parametrize("to", ["0000", NEXT, "1", "", "head", "-1", "²"])
def test_a_version_that_does_not_exist_is_refused(database: Engine, to: str) -> None:
    with database.connect() as connection, pytest.raises(WrongInput, match=f"go from '0001' to '{NOW}'"):
        migrate(connection, to=to)
    assert shape_of(database) == {}


def as_it_comes(_engine: Engine) -> None:
    """The host's engine as SQLAlchemy makes it."""


def deferred(engine: Engine) -> None:
    """SQLAlchemy's own recipe for SQLite: the driver leaves BEGIN to an event."""

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    def began(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", connected)
        event.listen(engine, "begin", began)


@pytest.fixture(params=[as_it_comes, deferred], ids=lambda way: way.__name__)
def host(request: pytest.FixtureRequest, place: str) -> Any:
    """An engine that is the host's own."""
    way: Callable[[Engine], None] = request.param
    engine = sa.create_engine(place if is_postgres(place) else f"sqlite:///{place}")
    way(engine)
    yield engine
    engine.dispose()


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize("to", ["0001", None])
def test_what_the_host_rolls_back_was_never_there(host: Engine, to: str | None) -> None:
    with host.connect() as connection:
        migrate(connection, to=to)
        assert connection.in_transaction()
        assert shape(connection)
        connection.rollback()
        assert shape(connection) == {}
    assert shape_of(host) == {}


@pytest.mark.usefixtures("newer")
def test_the_tables_of_the_host_come_and_go_with_ours(host: Engine) -> None:
    ended: list[str] = []
    for name in ("commit", "rollback"):
        event.listen(host, name, lambda _connection, name=name: ended.append(name))
    with host.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE customers (name TEXT)")
        connection.exec_driver_sql("INSERT INTO customers VALUES ('Zhang')")
        migrate(connection, to="0001")
        migrate(connection)
        assert ended == []
        connection.commit()
        assert migrate(connection) == NEXT
        connection.exec_driver_sql("INSERT INTO customers VALUES ('Li')")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT name FROM customers").scalars().all() == ["Zhang"]


def test_a_connection_that_commits_by_itself_is_refused_or_given_a_transaction(host: Engine) -> None:
    """On PostgreSQL the turn would be over at once; on SQLite our BEGIN holds whatever the mode."""
    with host.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if host.dialect.name == "postgresql":
            with pytest.raises(WrongInput, match="commits by itself"):
                migrate(connection)
        else:
            migrate(connection)
            connection.rollback()
    assert shape_of(host) == {}


@pytest.mark.parametrize("level", ["AUTOCOMMIT", "SERIALIZABLE"])
def test_an_engine_of_the_host_may_be_set_to_anything(place: str, level: str) -> None:
    host = sa.create_engine(place if is_postgres(place) else f"sqlite:///{place}", isolation_level=level)
    with host.connect() as connection:
        set_to = connection.get_isolation_level()
    connect(host).close()
    assert migrate_place(host) == (schema.NEWEST, schema.NEWEST)
    with host.connect() as connection:
        assert connection.get_isolation_level() == set_to
    host.dispose()


def test_a_host_that_is_asynchronous_hands_it_on(place: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    async def run() -> None:
        engine = create_async_engine(place if is_postgres(place) else f"sqlite+aiosqlite:///{place}")
        async with engine.begin() as connection:
            assert await connection.run_sync(migrate) == schema.NEWEST
        await engine.dispose()

    asyncio.run(run())
    database = opened(place)
    assert version_of(database) == schema.NEWEST
    database.dispose()


def test_a_database_in_memory_is_brought_up_too() -> None:
    database = opened(":memory:")
    assert migrate_place(database) == (None, schema.NEWEST)
    assert migrate_place(database) == (schema.NEWEST, schema.NEWEST)


def test_ours_are_the_tables_by_name_and_nothing_else() -> None:
    assert all(is_ours(name) for name in metadata.tables)
    assert not any(map(is_ours, ["fe_customers", "customers", "FE_ORDERS", "", None]))


def test_alembic_is_loaded_only_to_bring_up_what_is_older() -> None:
    script = """
import sys, flowengine
from flowengine.storage.schema import NEWEST, migrate_place
engine = flowengine.connect(":memory:")
assert migrate_place(engine.store.engine)[0] == NEWEST
assert not {"alembic", "mako"} & set(sys.modules), "Alembic was loaded"
import flowengine.storage.migrations.revisions
assert "alembic" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)
