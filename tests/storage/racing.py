"""Two at once on PostgreSQL, without chance: who waits for whom is read off the server itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from typing import Any, Final, TypeVar

import psycopg
import sqlalchemy as sa

from tests.kernel.desk import DAY
from tests.postgres import libpq, terminate_backends
from tests.runtime.shop import DESK, HOST, SHOP, Shop
from tests.storage.recording import Recorder

T = TypeVar("T")

READ, SAVE, COMMIT = "SELECT", "WITH", "COMMIT"
"""How the statements of a command begin."""
SECOND: Final = SHOP.replace('version: "1"', 'version: "2"')
"""A new version of the process, with nothing new."""
PATIENCE: Final = 20.0
"""Seconds after which somebody who does not come is given up."""


@contextmanager
def others() -> Iterator[Callable[[Callable[[], T]], Future[T]]]:
    """Starts what others do meanwhile, each in a thread of its own; their ends are waited for."""
    with ThreadPoolExecutor(64) as pool:
        yield pool.submit


def at_once(*acts: Callable[[], T]) -> list[T]:
    """What came of each, all of them begun before the first can have ended."""
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
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
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


@dataclass(frozen=True)
class Pair:
    """Two engines on one database and one clock: what the first does can be stopped at any statement."""

    first: Shop
    second: Shop
    recorder: Recorder

    def url(self) -> str:
        """Where they are."""
        return self.second.engine.store.engine.url.render_as_string(hide_password=False)

    def cut(self) -> None:
        """Cut the connections of both, as a failing network does."""
        terminate_backends(self.url())
        wait_until_gone(self.second.engine.store.engine)


def told(shop: Shop, id: int = 1) -> list[str]:
    """Who did what on an order, in the words of its history."""
    return [entry.record["do"]["verb"] for entry in shop.engine.history(id, by=HOST, limit=200).items]


def lates(shop: Shop, id: int = 1) -> int:
    """How often an order became late."""
    entries = shop.engine.history(id, by=HOST, limit=200).items
    return sum(event["event"] == "late" for entry in entries for event in entry.record["events"])


def overdue(shop: Shop, orders: int) -> None:
    """So many orders that should be late by now."""
    with shop.engine.batch() as batch:
        for n in range(orders):
            batch.start("shop", {"ref": f"N{n}"}, by=DESK).or_raise()
    shop.clock.now += 2 * DAY
