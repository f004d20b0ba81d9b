"""Faults reach whatever talks to the driver: SQLAlchemy, a raw cursor, the driver's own shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flowengine import Engine
from tests.faults.dumps import raw
from tests.faults.points import Crash, Fault, Points, watched
from tests.faults.workshop import opened

INSERT = "INSERT INTO fe_meta (key, value) VALUES (?, ?)"


def by_raw_cursor(engine: Engine) -> None:
    with raw(engine) as connection:
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(INSERT, ("x", "1"))
        cursor.execute("COMMIT")


def by_connection_of_sqlalchemy(engine: Engine) -> None:
    with engine.store.engine.begin() as connection:
        begin_at_once(connection)
        cursor = connection.connection.cursor()
        cursor.executemany(INSERT, [("x", "1")])


def by_core(engine: Engine) -> None:
    with engine.store.engine.begin() as connection:
        begin_at_once(connection)
        connection.execute(sa.text(INSERT.replace("?, ?", ":key, :value")), {"key": "x", "value": "1"})


def begin_at_once(connection: sa.Connection) -> None:
    """Whether `begin` of SQLAlchemy says BEGIN to the driver is up to the one who made its engine."""
    if not connection.connection.driver_connection.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def by_commit_of_the_driver(engine: Engine) -> None:
    with raw(engine) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT, ("x", "1"))
        connection.commit()


def by_block_of_the_driver(engine: Engine) -> None:
    with raw(engine) as connection, connection.driver_connection as driver:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute(INSERT, ("x", "1"))


WAYS = (
    by_raw_cursor,
    by_connection_of_sqlalchemy,
    by_core,
    by_commit_of_the_driver,
    by_block_of_the_driver,
)
Way = Callable[[Engine], None]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with opened(tmp_path / "orders.db") as engine:
        yield engine


def written(engine: Engine) -> int:
    """How many rows there are, as another connection sees it."""
    engine.close()
    with raw(engine) as connection, closing(connection.cursor()) as cursor:
        count: int = cursor.execute("SELECT count(*) FROM fe_meta WHERE key = 'x'").fetchone()[0]
        return count


@pytest.mark.parametrize("way", WAYS)
def test_every_statement_is_seen(way: Way, engine: Engine) -> None:
    with watched(engine.store.engine, Points()) as points:
        way(engine)
    assert [each.split()[0] for each in points.seen][:3] == ["BEGIN", "INSERT", "COMMIT"]
    assert {each.split()[0] for each in points.seen[3:]} <= {"ROLLBACK"}  # as it goes back to the pool
    assert written(engine) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("fault", "first", "error", "rows"),
    [
        ("crash before", "INSERT", Crash, 0),
        ("crash after", "INSERT", Crash, 0),
        ("interrupted", "INSERT", Crash, 0),
        ("busy", "INSERT", Exception, 0),
        ("broken", "INSERT", Exception, 0),
        ("ended", "INSERT", Exception, 0),
        ("answer lost", "INSERT", Exception, 0),
        ("crash before", "COMMIT", Crash, 0),
        ("crash after", "COMMIT", Crash, 1),
        ("busy", "COMMIT", Exception, 0),
        ("broken", "COMMIT", Exception, 0),
        ("ended", "COMMIT", Exception, 0),
        ("answer lost", "COMMIT", Exception, 1),
    ],
)
def test_every_fault_strikes(
    way: Way, fault: Fault, first: str, error: type[BaseException], rows: int, engine: Engine
) -> None:
    points = Points(fault=fault, at_first=first)
    with watched(engine.store.engine, points), pytest.raises(error):
        way(engine)
    assert written(engine) == rows


def test_a_broken_database_stays_broken_and_a_busy_one_does_not(engine: Engine) -> None:
    def attempts(fault: Fault) -> list[Any]:
        answers: list[Any] = []
        with watched(engine.store.engine, Points(fault=fault, at=1)), raw(engine) as connection:
            for number in range(3):
                with suppress(engine.store.engine.dialect.loaded_dbapi.OperationalError):
                    answers += connection.execute(f"SELECT {number}").fetchone()
        return answers

    assert attempts("busy") == [0, 2]
    assert attempts("broken") == [0]


def test_nothing_is_watched_before_and_after(engine: Engine) -> None:
    by_raw_cursor(engine)
    with watched(engine.store.engine, Points(at=0)) as points:
        pass
    assert written(engine) == 1
    assert points.seen == []


def test_the_connection_lives_on_as_the_fault_left_it(engine: Engine) -> None:
    """Or a transaction that an error left open would be cleaned up by the watch, and not by the engine."""
    with watched(engine.store.engine, Points()), raw(engine) as connection:
        driver = connection.driver_connection
    with raw(engine) as connection:
        assert connection.driver_connection is driver
