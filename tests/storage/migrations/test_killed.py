"""Cut off at any statement, a database is as before or as after, and the next try completes it.

A process is killed on SQLite; on PostgreSQL its connection is cut, or the statement is never sent.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from flowengine import connect
from flowengine.errors import ConnectionLost
from flowengine.storage import schema
from flowengine.storage.migrations.stamp import read_version
from flowengine.storage.schema import migrate_place, prepare
from flowengine.storage.sqlite import open_sqlite
from tests.faults.children import Say, forked
from tests.faults.points import Crash, Fault, Points, watched
from tests.postgres import terminate_backends
from tests.storage.migrations.conftest import opened
from tests.storage.migrations.shapes import shape
from tests.storage.migrations.shop import DESK, SHOP

ORDERS: Final = 3
Work = Callable[[Engine], object]


def make(database: Engine) -> None:
    prepare(database, create=True)


def with_data(database: Engine) -> None:
    """A database that is in use."""
    with connect(database) as engine:
        engine.deploy(SHOP)
        for _ in range(ORDERS):
            engine.start("shop", {"customer": "张三"}, by=DESK).or_raise()


CASES: dict[str, tuple[Work, Work, bool]] = {
    "the tables in one go": (lambda _database: None, make, False),
    "all revisions from nothing": (lambda _database: None, migrate_place, True),
    "one revision, with data": (with_data, migrate_place, True),
}
STATEMENTS: Final = 8
"""Fewer would mean that the watch sees nothing."""


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request: pytest.FixtureRequest, database: Engine) -> tuple[Work, str]:
    """What is cut off, and the version that it leads to; the database is ready for it."""
    before, work, next_version = request.param
    before(database)
    database.dispose()
    if next_version:
        request.getfixturevalue("newer")
    return work, schema.NEWEST


def content(place: str) -> dict[str, Any]:
    """What a database is made of and what its tables hold."""
    database = opened(place)
    try:
        with database.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
            rows = {name: connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables}
            return {"shape": shape(connection), **{name: sorted(map(repr, rows[name])) for name in rows}}
    finally:
        database.dispose()


def version(place: str) -> str | None:
    database = opened(place)
    try:
        with database.connect() as connection:
            return read_version(connection)
    finally:
        database.dispose()


def killed(place: str, work: Work, at: int | None = None, fault: Fault = "crash before") -> list[str]:
    """Run the work in a process that is killed at a statement; without one, the statements it came to."""

    def child(say: Say) -> None:
        database = open_sqlite(place)
        points = Points(fault=fault, at=at, died=lambda: os.kill(os.getpid(), signal.SIGKILL))
        with watched(database, points):
            work(database)
            say(*points.seen)

    said = forked(child).wait()
    assert bool(said) == (at is None)
    return [str(statement) for statement in said[0]] if said else []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_process_killed_at_any_statement(place: str, case: tuple[Work, str]) -> None:
    work, newest = case
    before, copy = content(place), place + ".copy"
    copied(place, copy)
    statements = killed(copy, work)
    after = content(copy)
    commit = statements.index("COMMIT")
    assert commit > STATEMENTS
    for at in range(commit + 1):  # the moment after a statement is the moment before the next
        killed(place, work, at, "crash before")
        assert content(place) == before, statements[at]
    killed(place, work, commit, "crash after")
    assert content(place) == after
    database = opened(place)
    work(database)
    database.dispose()
    assert content(place) == after
    assert version(place) == newest


def copied(place: str, to: str) -> None:
    """The whole database in another file, also what still stands in its log."""
    database = open_sqlite(place)
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.rollback()
        connection.connection.driver_connection.execute("VACUUM INTO ?", (to,))
    database.dispose()


@contextmanager
def cut(database: Engine, at: int | None, strike: Callable[[], object]) -> Iterator[list[str]]:
    """Count the statements and the COMMIT of an engine, and strike before one of them."""
    seen: list[str] = []

    def passing(statement: str) -> None:
        seen.append(statement)
        if len(seen) - 1 == at:
            strike()

    def executing(_c: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        passing(statement)

    def committing(_connection: Connection) -> None:
        passing("COMMIT")

    event.listen(database, "before_cursor_execute", executing)
    event.listen(database, "commit", committing)
    try:
        yield seen
    finally:
        event.remove(database, "before_cursor_execute", executing)
        event.remove(database, "commit", committing)


def crash() -> None:
    raise Crash


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_connection_cut_at_any_statement(place: str, database: Engine, case: tuple[Work, str]) -> None:
    work, newest = case
    before = content(place)
    at = 0
    while at < 200:
        with cut(database, at, crash) as seen:
            try:
                work(database)
            except Crash:
                assert content(place) == before, seen[-1]
            else:
                break  # `at` lies behind the last statement
        at += 1
    statements = len(seen)
    assert STATEMENTS < statements == at
    assert seen[-1] == "COMMIT"
    assert version(place) == newest


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_server_that_goes_away_at_any_statement(
    place: str, database: Engine, case: tuple[Work, str]
) -> None:
    work, newest = case
    before = content(place)
    at = 0
    while at < 200:
        database.dispose()
        with cut(database, at, lambda: terminate_backends(place)):
            try:
                work(database)
            except ConnectionLost:
                assert content(place) == before, at
            else:
                break
        at += 1
    assert at > STATEMENTS
    assert version(place) == newest
