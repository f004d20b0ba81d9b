"""Two at once on PostgreSQL, without chance: who waits for whom is read off the server itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import psycopg
import sqlalchemy as sa

from tests.postgres import libpq

T = TypeVar("T")

PATIENCE: Final = 20.0
"""Seconds after which somebody who does not come is given up."""


@contextmanager
def others() -> Iterator[Callable[[Callable[[], T]], Future[T]]]:
    """Starts what others do meanwhile, each in a thread of its own; their ends are waited for."""
    with ThreadPoolExecutor(64) as pool:
        yield pool.submit


def at_once(*acts: Callable[[], T]) -> list[T]:
    """What came of each, all of them begun before the first can have ended."""
    from threading import Barrier

    barrier = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        barrier.wait(PATIENCE)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        begun = [pool.submit(run, act) for act in acts]
        return [each.result(PATIENCE) for each in begun]


def url_of(database: sa.Engine) -> str:
    """The URL as psycopg takes it."""
    return libpq(database.url.render_as_string(hide_password=False))


def wait_until_blocked(database: sa.Engine, how_many: int = 1) -> None:
    """Come back when so many transactions in the database wait for the lock of another."""
    question = """SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'"""
    wait_for(database, question, lambda found: found >= how_many)


def wait_until_gone(database: sa.Engine) -> None:
    """Come back when nobody but ourselves is connected to the database."""
    question = """SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()"""
    wait_for(database, question, lambda found: found == 0)


def wait_for(database: sa.Engine, question: str, is_so: Callable[[Any], bool]) -> None:
    """Ask until the answer is right; fail when it does not become so."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(url_of(database), autocommit=True) as connection:
        while not is_so(_only(connection.execute(question).fetchall())):
            assert time.monotonic() < deadline, f"it does not become so: {question}"


def _only(rows: Sequence[Any]) -> Any:
    ((value,),) = rows
    return value
