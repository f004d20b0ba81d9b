"""Databases for the tests of the storage, and hosts that live in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from flowengine import connect
from tests.postgres import postgres_database, postgres_server
from tests.runtime.places import empty, shared_postgres
from tests.runtime.shop import SHOP, Clock, Shop
from tests.sound import assert_sound
from tests.storage.hosts import Host, drop, hosted, pysqlite
from tests.storage.racing import Pair
from tests.storage.recording import recorded

__all__ = ["postgres_database", "postgres_server", "shared_postgres"]


@pytest.fixture
def postgres(shared_postgres: sa.Engine) -> Iterator[Host]:
    """A host on PostgreSQL."""
    empty(shared_postgres)
    database = sa.create_engine(shared_postgres.url)
    host = hosted(connect(shared_postgres, clock=Clock()), database)
    yield host
    drop(database)
    database.dispose()
    assert_sound(host.shop.engine)


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Host]:
    """A host on SQLite that leaves the transactions to the driver, as SQLAlchemy does by itself."""
    path = tmp_path / "host.db"
    with connect(path, clock=Clock()) as engine:
        host = hosted(engine, pysqlite(path))
        yield host
        assert_sound(engine)
        host.database.dispose()


@pytest.fixture(params=["lite", "postgres"])
def host(request: pytest.FixtureRequest) -> Host:
    """A host on SQLite and on PostgreSQL."""
    found: Host = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def pair(shared_postgres: sa.Engine) -> Iterator[Pair]:
    """A shop with one order in its first stage, number 1, opened by two engines."""
    empty(shared_postgres)
    url, clock = shared_postgres.url.render_as_string(hide_password=False), Clock()
    with connect(url, clock=clock) as first, connect(url, clock=clock) as second:
        Shop(second, clock).deploy(SHOP)
        Shop(second, clock).start("A")
        with recorded(first.store.engine) as recorder:
            yield Pair(Shop(first, clock), Shop(second, clock), recorder)
        assert_sound(second)


@pytest.fixture
def shop(shared_postgres: sa.Engine) -> Iterator[Shop]:
    """A shop on PostgreSQL with one order, whose engine has connections of its own."""
    empty(shared_postgres)
    shared_postgres.dispose()
    clock = Clock()
    with connect(shared_postgres.url.render_as_string(hide_password=False), clock=clock) as engine:
        shop = Shop(engine, clock)
        shop.deploy(SHOP)
        shop.start("A")
        yield shop
        assert_sound(engine)
