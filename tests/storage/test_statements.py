"""What a command costs: its round trips to PostgreSQL, and its statements on SQLite.

Round trips are counted where they happen, between libpq and the server: one for each time that it is ready
for the next question. A change of these figures is no mistake, but nobody should make it unawares.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from flowengine import connect
from flowengine.errors import NotFound
from flowengine.kernel.commands import Choose, Done, Write
from flowengine.runtime.flow import Flow
from tests.kernel.desk import DAY
from tests.runtime.places import empty
from tests.runtime.shop import DESK, HOST, SHOP, Clock, Shop
from tests.storage.recording import recorded

WARM: Final = 7
"""So many repetitions, and psycopg has had every statement prepared."""


@pytest.fixture
def postgres(shared_postgres: sa.Engine) -> Shop:
    """A shop on PostgreSQL whose every command goes over one connection."""
    if sys.platform != "linux":
        pytest.skip("libpq can be traced on Linux only")
    empty(shared_postgres)
    shared_postgres.dispose()
    return furnished(shared_postgres)


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Shop]:
    """A shop on a file of SQLite."""
    database = connect(tmp_path / "orders.db").store.engine
    yield furnished(database)
    database.dispose()


def furnished(database: sa.Engine) -> Shop:
    """A shop with an order that was begun, and one that waits in its second stage."""
    clock = Clock()
    shop = Shop(connect(database, clock=clock), clock)
    shop.deploy(SHOP)
    shop.engine.start("shop", {"ref": "A"}, by=DESK, key="a").or_raise()
    shop.do(shop.start("B").order_id, Done("checked"), Done("priced"))
    shop.engine.do(1, Write({"amount": 1}), by=DESK, key="k").or_raise()
    return shop


def nothing(flow: Flow) -> None:
    with pytest.raises(NotFound):
        flow.do(77, Done("checked"), by=DESK)


Act = Callable[[Flow, int], object]
READ, SAVE, RECEIPT, DEFINITION, OPENING, SERIAL, OPEN, BEGIN, COMMIT = (1,) * 9
ACTS: dict[str, tuple[Act, int]] = {
    "an act": (lambda flow, n: flow.do(1, Write({"amount": n}), by=DESK).or_raise(), READ + SAVE),
    "an act under a key": (
        lambda flow, n: flow.do(1, Write({"amount": n}), by=DESK, key=f"n{n}").or_raise(),
        READ + SAVE,
    ),
    "an act again": (lambda flow, _: flow.do(1, Write({"amount": 1}), by=DESK, key="k"), READ + RECEIPT),
    "an act that is refused": (lambda flow, _: flow.do(1, Done("nonsense"), by=DESK), READ),
    "an act on nothing": (lambda flow, _: nothing(flow), READ),
    "an opening": (
        lambda flow, n: flow.start("shop", {"ref": f"N{n}"}, by=DESK).or_raise(),
        BEGIN + DEFINITION + OPENING + SERIAL + OPEN + COMMIT,
    ),
    "an opening again, by key": (
        lambda flow, _: flow.start("shop", {"ref": "A"}, by=DESK, key="a"),
        BEGIN + DEFINITION + OPENING + READ + RECEIPT + COMMIT,
    ),
    "an opening again, by what is unique": (
        lambda flow, _: flow.start("shop", {"ref": "A"}, by=DESK),
        BEGIN + DEFINITION + OPENING + READ + RECEIPT + COMMIT,
    ),
    "an opening that is refused": (
        lambda flow, _: flow.start("shop", {}, by=DESK),
        BEGIN + DEFINITION + OPENING + SERIAL + SERIAL + COMMIT,
    ),
    "a preview": (
        lambda flow, n: flow.preview(1, Write({"amount": n}), by=DESK),
        BEGIN + READ + READ + COMMIT,
    ),
}


def traced(database: sa.Engine, folder: Path, act: Callable[[], object]) -> int:
    """How many round trips the connection of a database makes for an act."""
    file = folder / "trace"
    with file.open("w") as trace:
        with closing(database.raw_connection()) as raw:
            driver: Any = raw.driver_connection
            driver.pgconn.trace(trace.fileno())
        act()
        driver.pgconn.untrace()
    return file.read_text("utf-8", "replace").count("ReadyForQuery")


@pytest.mark.parametrize(("act", "trips"), ACTS.values(), ids=ACTS)
def test_round_trips_of(postgres: Shop, tmp_path: Path, act: Act, trips: int) -> None:
    for n in range(WARM):
        act(postgres.engine, n)
    database = postgres.engine.store.engine
    assert traced(database, tmp_path, lambda: act(postgres.engine, WARM)) == trips


def test_round_trips_of_an_act_that_begins_another_stage(postgres: Shop, tmp_path: Path) -> None:
    """History, work and messages travel with the order: two, as for every act."""
    for _ in range(WARM):
        spoil(postgres)
        remake(postgres)
    assert traced(postgres.engine.store.engine, tmp_path, lambda: spoil(postgres)) == READ + SAVE
    assert [work.role for work in postgres.engine.work(by=HOST, process="shop").items if work.order_id == 2]
    assert len(postgres.engine.messages(by=HOST, limit=200).items) == 2 * (WARM + 1)


def spoil(shop: Shop) -> None:
    """Back to the first stage: work comes and goes, and two roles are told."""
    shop.do(2, Choose("spoiled"))


def remake(shop: Shop) -> None:
    shop.do(2, Done("checked"), Done("priced"))


HOSTED = {name: trips for name, (_, trips) in ACTS.items() if name != "a preview"}


@pytest.mark.parametrize("name", HOSTED)
def test_round_trips_inside_the_transaction_of_a_host_of(postgres: Shop, tmp_path: Path, name: str) -> None:
    """The same without what begins and ends a transaction; the plan of a process is known by then."""
    act, database = ACTS[name][0], postgres.engine.store.engine
    trips: list[int] = []
    for n in range(WARM + 1):
        with database.connect() as connection:
            connection.exec_driver_sql("SELECT 1")  # the host has begun
            driver: Any = connection.connection.driver_connection
            file = tmp_path / f"trace-{n}"
            with file.open("w") as trace:
                driver.pgconn.trace(trace.fileno())
                act(postgres.engine.at(connection), n)
                driver.pgconn.untrace()
            connection.commit()
        trips.append(file.read_text("utf-8", "replace").count("ReadyForQuery"))
    inside = HOSTED[name] - (BEGIN + COMMIT if "opening" in name else 0)
    assert trips[-1] == inside


def test_statements_of_a_tick_on_postgresql(postgres: Shop) -> None:
    """Two hundred orders are two batches; each is claimed and saved at once."""
    with postgres.engine.batch() as batch:
        for n in range(198):
            batch.start("shop", {"ref": f"N{n}"}, by=DESK).or_raise()
    postgres.do(2, Choose("spoiled"))
    postgres.clock.now += 2 * DAY
    with recorded(postgres.engine.store.engine) as recorder:
        assert postgres.engine.tick().late == 200
    writing = [verb for verb in recorder.verbs() if verb not in {"SET", "ROLLBACK"}]
    look = nothing_left = ["SELECT", "COMMIT"]
    batch_of_100 = ["SELECT", "WITH", "COMMIT"]
    assert writing == [*look, *batch_of_100, *batch_of_100, *nothing_left, *look]


def test_a_tick_with_nothing_due_looks_once(postgres: Shop) -> None:
    with recorded(postgres.engine.store.engine) as recorder:
        assert postgres.engine.tick().orders == 0
    assert recorder.verbs().count("SELECT") == 1


ON_SQLITE: dict[str, list[str]] = {
    "an act": ["SELECT", "INSERT", "UPDATE"],
    "an act under a key": ["SELECT", "INSERT", "UPDATE"],
    "an act again": ["SELECT", "SELECT"],
    "an act that is refused": ["SELECT"],
    "an opening": ["SELECT", "SELECT", "INSERT", "INSERT", "INSERT", "INSERT", "INSERT"],
    "an opening again, by key": ["SELECT", "SELECT", "SELECT", "SELECT"],
    "an opening that is refused": ["SELECT", "SELECT", "INSERT", "UPDATE"],
}


@pytest.mark.parametrize(("name", "statements"), ON_SQLITE.items(), ids=ON_SQLITE)
def test_statements_on_sqlite_of(lite: Shop, name: str, statements: list[str]) -> None:
    """Each role that has something to do is one more statement for an opening, and none for an act."""
    act = ACTS[name][0]
    act(lite.engine, 0)
    with recorded(lite.engine.store.engine) as recorder:
        act(lite.engine, 1)
    assert ours(recorder.verbs()) == ["BEGIN", *statements, "COMMIT"]


@pytest.mark.parametrize("name", ["an act", "an act again", "an act that is refused"])
def test_statements_on_sqlite_inside_the_transaction_of_a_host_of(lite: Shop, name: str) -> None:
    """The lock comes first; a savepoint keeps what is written whole."""
    with recorded(lite.engine.store.engine) as recorder, lite.engine.store.engine.connect() as connection:
        ACTS[name][0](lite.engine.at(connection), 0)
        connection.commit()
    assert ours(recorder.verbs()) == ["BEGIN", "UPDATE", "SAVEPOINT", *ON_SQLITE[name], "RELEASE", "COMMIT"]


def ours(verbs: list[str]) -> list[str]:
    """Without what a connection is set up with, and the rollback with which it goes back to the pool."""
    return [verb for verb in verbs if verb not in {"PRAGMA", "ROLLBACK"}]
