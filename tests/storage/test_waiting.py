"""Answers of PostgreSQL: whoever waits for one stays awake where the last one came soon, and only there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from sys import getswitchinterval, setswitchinterval
from threading import Lock, Thread
from time import perf_counter
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from flowengine.kernel.commands import Done
from flowengine.storage import waiting
from flowengine.storage.prepared import PreparedCursor
from flowengine.storage.waiting import SOON, Waiting
from tests.runtime.shop import DESK, Shop
from tests.storage.racing import url_of

LOOK = SOON / 10
SOONER, LATER = SOON - 2 * LOOK, SOON + 2 * LOOK


class Server:
    """A connection whose server answers after a while; every look at it takes a tenth of what is soon."""

    def __init__(self) -> None:
        self.pgconn = self
        self.now = 0.0
        self.takes = 0.0
        self.waits: list[str] = []
        self._until = 0.0
        self._results: Iterator[str] = iter(())

    def time(self) -> float:
        return self.now

    def give_way(self) -> None:
        self.now += LOOK

    def exec_prepared(self, _name: bytes, _given: Any) -> str:
        self.waits.append("asleep")
        self.now += self.takes
        return "answer"

    def send_query_prepared(self, _name: bytes, _given: Any) -> None:
        self.waits.append("awake")
        self._until = self.now + self.takes
        self._results = iter(["first", "answer"])

    def is_busy(self) -> bool:
        return self.now < self._until

    def consume_input(self) -> None:
        pass

    def get_result(self) -> str | None:
        return next(self._results, None)

    def wait(self, _more: Any) -> list[str]:
        self.waits[-1] = "fell asleep"
        self.now = self._until
        return [*self._results]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(waiting, "perf_counter", server.time)
    monkeypatch.setattr(waiting, "_give_way", server.give_way)
    monkeypatch.setattr(waiting, "execute", lambda pgconn: pgconn)
    return server


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        ([SOONER, SOONER, SOONER], ["asleep", "awake", "awake"]),
        ([LATER, LATER, LATER], ["asleep", "asleep", "asleep"]),
        ([LATER, SOONER, SOONER], ["asleep", "asleep", "awake"]),
        ([SOONER, LATER, LATER], ["asleep", "fell asleep", "asleep"]),
        ([SOONER, LATER, SOONER, SOONER], ["asleep", "fell asleep", "asleep", "awake"]),
    ],
)
def test_how_an_answer_is_waited_for(server: Server, answers: list[float], waits: list[str]) -> None:
    line: Any = Waiting(server)  # type: ignore[arg-type]
    for server.takes in answers:
        assert line.run(b"read", []) == "answer"
    assert server.waits == waits


def test_each_statement_has_its_own_pace(server: Server) -> None:
    line: Any = Waiting(server)  # type: ignore[arg-type]
    for name, server.takes in ((b"read", SOONER), (b"save", LATER)) * 2:
        line.run(name, [])
    assert server.waits == ["asleep", "asleep", "awake", "asleep"]


def test_nobody_is_awake_who_cannot_give_way(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_give_way", None)
    line: Any = Waiting(server)  # type: ignore[arg-type]
    for _ in range(3):
        line.run(b"read", [])
    assert server.waits == ["asleep"] * 3


class Always(set[bytes]):
    """Every answer came soon."""

    def __contains__(self, _name: object) -> bool:
        return True


@pytest.fixture(params=["awake", "falls asleep"])
def cursor(
    request: pytest.FixtureRequest, shared_postgres: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PreparedCursor]:
    """A cursor that is always awake, as long as it takes or not at all."""
    monkeypatch.setattr(waiting, "SOON", 60.0 if request.param == "awake" else 0.0)
    with psycopg.connect(url_of(shared_postgres), autocommit=True) as connection:
        cursor = PreparedCursor(connection)
        cursor._waiting._quick = Always()
        yield cursor


def test_nothing_of_an_answer_is_lost(cursor: PreparedCursor) -> None:
    for rows in (0, 1, 100_000):
        cursor.execute("SELECT n, 'a text of some length' FROM generate_series(1, %s::int) AS n", [rows])
        assert [n for n, _ in cursor.fetchall()] == list(range(1, rows + 1))


def test_what_goes_wrong_is_raised_and_the_next_goes_well(cursor: PreparedCursor) -> None:
    for _ in range(2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            cursor.execute("SELECT 1 / %s::int", [0])
        cursor.execute("SELECT 1 / %s::int", [1])
        assert cursor.fetchall() == [(1,)]


def test_a_connection_that_is_lost_meanwhile_is_reported_as_lost(cursor: PreparedCursor) -> None:
    with pytest.raises(psycopg.OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)")
    with pytest.raises(psycopg.OperationalError):
        cursor.execute("SELECT 1")


def refused(shop: Shop, times: int) -> None:
    """Do again what is done already, if not yet for the first time."""
    for _ in range(times):
        shop.engine.do(1, Done("checked"), by=DESK)


def interrupted(at: int) -> Callable[[], None]:
    """A way to give way at which somebody presses Ctrl-C, once."""
    looks = count(1)

    def give_way() -> None:
        if next(looks) == at:
            raise KeyboardInterrupt

    return give_way


@pytest.mark.parametrize("at", [1, 2, 3])
def test_who_is_interrupted_awake_leaves_the_store_as_others_want_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(waiting, "SOON", 60.0)
    shop.engine.explain(1, by=DESK)
    refused(shop, 2)  # all have been answered soon by then
    monkeypatch.setattr(waiting, "_give_way", interrupted(at))
    with pytest.raises(KeyboardInterrupt):
        refused(shop, 100)
    assert shop.engine.do(1, Done("priced"), by=DESK).stage == "make"


def test_threads_of_this_process_go_on_while_one_is_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else would ask for the interpreter within this second, so somebody has to let go of it."""
    server, far = Server(), Lock()
    server.takes = SOON
    line: Any = Waiting(server)  # type: ignore[arg-type]
    line._quick.add(b"read")
    done: list[str] = []
    far.acquire()
    thread = Thread(target=lambda: (far.acquire(), done.append("went on")))
    thread.start()
    was = getswitchinterval()
    try:
        setswitchinterval(1.0)
        far.release()
        until = perf_counter() + 0.05
        monkeypatch.setattr(server, "is_busy", lambda: not done and perf_counter() < until)
        monkeypatch.setattr(waiting, "SOON", 1.0)
        line.run(b"read", [])
        assert done
    finally:
        setswitchinterval(was)
        thread.join()
