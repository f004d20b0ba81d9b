"""Where the tests of the runtime keep their orders: in memory, or in a PostgreSQL database that all share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

import pytest
import sqlalchemy as sa

from flowengine import Engine, connect
from flowengine.runtime.directory import Directory
from flowengine.runtime.ports import Clock
from flowengine.runtime.privacy.master import MasterKeys
from flowengine.storage.recent import Recent
from tests.postgres import server

KEYS: Final = MasterKeys.thrown_away()
PLACES: Final = ("sqlite", "postgres")

_SHARED: ContextVar[sa.Engine | None] = ContextVar("shared", default=None)

# A database for each test would cost more than the test. Triggers are asleep for a replica, those too that
# let nobody delete history.
_EMPTIED: Final = """
SET LOCAL session_replication_role = replica;
DELETE FROM fe_signals; DELETE FROM fe_schedules; DELETE FROM fe_rests;
DELETE FROM fe_tokens; DELETE FROM fe_parcels; DELETE FROM fe_outbox; DELETE FROM fe_work;
DELETE FROM fe_history;
DELETE FROM fe_orders; DELETE FROM fe_definitions; DELETE FROM fe_counters; DELETE FROM fe_heartbeats;
DELETE FROM fe_subjects; DELETE FROM fe_traces; DELETE FROM fe_events; DELETE FROM fe_matches;
SELECT setval(pg_get_serial_sequence(name, 'id'), 1, false)
FROM unnest(ARRAY['fe_orders', 'fe_definitions', 'fe_events', 'fe_outbox', 'fe_parcels', 'fe_signals'])
AS name
"""


@pytest.fixture(scope="session")
def shared_postgres() -> Iterator[sa.Engine]:
    """A database with our tables, for one test after the other; what it commits need not survive."""
    with server().new_database() as url:
        database = sa.create_engine(url)
        with database.begin() as connection:
            name = sa.make_url(url).database
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
        database.dispose()
        with connect(url) as engine:
            yield engine.store.engine


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    """The kind of database on which `opened_here` opens engines, as long as the test runs."""
    if request.param == "sqlite":
        yield request.param
        return
    token = _SHARED.set(request.getfixturevalue("shared_postgres"))
    try:
        yield request.param
    finally:
        _SHARED.reset(token)


@contextmanager
def opened_here(clock: Clock, directory: Directory | None = None) -> Iterator[Engine]:
    """An engine on an empty store: in memory where nothing else was asked for by the fixture `place`."""
    shared = _SHARED.get()
    if shared is None:
        with connect(":memory:", clock=clock, directory=directory, keys=KEYS) as engine:
            yield engine
        return
    empty(shared)
    # Its connections stay open for the next test.
    engine = connect(shared, clock=clock, directory=directory, keys=KEYS)
    engine.store._lines.recent = Recent()  # as an engine whose pool is its own
    yield engine


def empty(database: sa.Engine) -> None:
    """Take every row out of our tables, and let ids begin at 1 again."""
    with database.begin() as connection:
        connection.exec_driver_sql(_EMPTIED)
