"""A host on SQLite: however it begins its transactions, and what it hears when it calls us too late."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flowengine.errors import OrderBusy, StoreUnusable, TransactionTooLate, WrongInput
from tests.faults.dumps import changed
from tests.runtime.shop import DESK, HOST
from tests.storage.hosts import Host, Note, pysqlite, story, write

MODES: dict[str, Callable[[Path], sa.Engine]] = {
    "as the driver does it": pysqlite,
    "begun with BEGIN": lambda path: pysqlite(path, "BEGIN", isolation_level=None),
    "begun with BEGIN IMMEDIATE": lambda path: pysqlite(path, "BEGIN IMMEDIATE", isolation_level=None),
    "begun by nobody": lambda path: pysqlite(path, isolation_level=None),
    "begun at once by the driver": lambda path: pysqlite(path, isolation_level="IMMEDIATE"),
    "with another mark for parameters": lambda path: sa.create_engine(
        f"sqlite:///{path}", paramstyle="named"
    ),
}
if sys.version_info >= (3, 12):
    MODES["as PEP 249 wants it"] = lambda path: pysqlite(path, autocommit=False)


@pytest.mark.parametrize("ours_first", [True, False], ids=["ours first", "its own row first"])
@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_however_a_host_begins_its_transactions_on_sqlite(
    lite: Host, mode: Callable[[Path], sa.Engine], ours_first: bool
) -> None:
    database = mode(Path(lite.database.url.database or ""))
    before = lite.ours()
    for end in ("rollback", "commit"):
        with database.connect() as connection:
            if (
                not ours_first and mode is not MODES["begun by nobody"]
            ):  # there each row of its own is committed
                write(connection, "mine")
            id = story(lite.at(connection))
            assert changed(before, lite.ours()) == {}, "nobody else sees it yet"
            getattr(connection, end)()
        if end == "rollback":
            assert changed(before, lite.ours()) == {}
            assert lite.notes() == []
    assert lite.shop.engine.order(id, by=HOST).row.revision == 4
    database.dispose()


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the driver has no attribute `autocommit` yet")
def test_a_driver_that_commits_by_itself_is_refused(lite: Host) -> None:
    database = pysqlite(lite.database.url.database, autocommit=True)
    with database.connect() as connection, pytest.raises(WrongInput, match="commits by itself"):
        story(lite.at(connection))
    database.dispose()


@pytest.fixture
def deferred(lite: Host) -> Iterator[sa.Engine]:
    """A host that begins with a plain BEGIN, which takes no lock."""
    database = pysqlite(lite.database.url.database, "BEGIN", isolation_level=None)
    yield database
    database.dispose()


def test_a_host_that_read_before_somebody_wrote_comes_too_late(lite: Host, deferred: sa.Engine) -> None:
    with deferred.connect() as connection:
        connection.execute(sa.select(Note)).all()
        lite.shop.start("A")
        with pytest.raises(
            TransactionTooLate, match="call flowengine first, or begin with `BEGIN IMMEDIATE`"
        ):
            lite.at(connection).start("shop", {"ref": "B"}, by=DESK)
        connection.rollback()
        assert lite.at(connection).start("shop", {"ref": "B"}, by=DESK).or_raise().number.endswith("-002")
        connection.commit()


def test_a_host_that_read_while_somebody_writes_comes_too_late(lite: Host, deferred: sa.Engine) -> None:
    with deferred.connect() as connection:
        connection.execute(sa.select(Note)).all()
        with lite.database.begin() as other:
            lite.at(other).start("shop", {"ref": "A"}, by=DESK)
            with pytest.raises(TransactionTooLate):
                lite.at(connection).start("shop", {"ref": "B"}, by=DESK)


def test_a_host_that_calls_us_first_waits_its_turn(lite: Host, deferred: sa.Engine) -> None:
    with deferred.connect() as connection, lite.database.begin() as other:
        lite.at(other).start("shop", {"ref": "A"}, by=DESK)
        with pytest.raises(OrderBusy, match="Nothing was written"):  # it has the patience of its own driver
            lite.at(connection).start("shop", {"ref": "B"}, by=DESK)


def test_a_host_that_only_looked_before_is_in_time_where_the_driver_begins_late(lite: Host) -> None:
    with lite.database.connect() as connection:
        connection.execute(sa.select(Note)).all()
        lite.at(connection).orders(by=HOST)
        lite.shop.start("A")
        assert lite.at(connection).start("shop", {"ref": "B"}, by=DESK).or_raise().number.endswith("-002")
        connection.commit()


def test_a_database_of_a_host_that_broke_its_transaction_off_is_told_as_it_is(lite: Host) -> None:
    """SQLite ends a transaction by itself on some errors; what it said first is what the host hears."""
    with lite.database.connect() as connection:
        flow = lite.at(connection)
        flow.start("shop", {"ref": "A"}, by=DESK)
        driver: Any = connection.connection.driver_connection
        driver.set_authorizer(lambda *asked: sqlite3.SQLITE_DENY if asked[1] == "fe_history" else 0)
        with pytest.raises(StoreUnusable, match="cannot be used: not authorized"):
            flow.start("shop", {"ref": "B"}, by=DESK)
        driver.set_authorizer(None)
        assert flow.start("shop", {"ref": "C"}, by=DESK).number.endswith("-002")
        connection.commit()
