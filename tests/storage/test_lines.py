"""The connections that commands go over: a few are kept, none is lost, and none is left in a wrong state."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from flowengine import connect
from flowengine.errors import NotFound
from flowengine.kernel.commands import Done, Write
from flowengine.storage.lines import KEPT, Lines
from flowengine.storage.prepared import PreparedCursor
from tests.faults.children import forked
from tests.runtime.shop import DESK, HOST, Shop
from tests.storage.racing import at_once, url_of, wait_until_gone
from tests.storage.recording import recorded


def borrowed(shop: Shop) -> int:
    """How many connections are out of the pool."""
    pool: Any = shop.engine.store.engine.pool
    return int(pool.checkedout())


@contextmanager
def line(shop: Shop) -> Iterator[psycopg.Connection[Any]]:
    """The connection over which the next command goes."""
    lines: Lines = shop.engine.store._lines  # type: ignore[attr-defined]
    taken = lines.take()
    yield taken._driver
    lines.put_back(taken)


def server_process(shop: Shop) -> int:
    """The process of the server that serves the next command."""
    with line(shop) as connection:
        return connection.info.backend_pid


def test_one_command_after_the_other_goes_over_one_connection(shop: Shop) -> None:
    first = server_process(shop)
    for n in range(1, 4):
        shop.engine.do(1, Write({"amount": n}), by=DESK).or_raise()
        shop.start(f"B{n}")
        with pytest.raises(NotFound):
            shop.engine.do(77, Done("checked"), by=DESK)
        shop.engine.orders(by=HOST)
    assert (server_process(shop), borrowed(shop)) == (first, 1)


def act(shop: Shop, n: int, key: str | None = None) -> None:
    shop.engine.do(1, Write({"amount": n}), by=DESK, key=key).or_raise()


def later(shop: Shop, n: int) -> None:
    """The same when the process does not know any more how it left the order."""
    recent = shop.engine.store._lines.recent  # type: ignore[attr-defined]
    recent.clear()
    act(shop, n)


TRIPS: dict[str, tuple[Callable[[Shop, int], object], int]] = {
    "an act at once after another": (act, 1),
    "an act under a key at once after another": (lambda shop, n: act(shop, n, f"n{n}"), 1),
    "an act a while later": (later, 2),
    "an act that is refused": (lambda shop, _: shop.engine.do(1, Done("nonsense"), by=DESK), 1),
    "an opening": (lambda shop, n: shop.start(f"N{n}"), 6),
}


@pytest.mark.skipif(sys.platform != "linux", reason="libpq can be traced on Linux only")
@pytest.mark.parametrize(("act", "trips"), TRIPS.values(), ids=TRIPS)
def test_round_trips_from_the_second_time_on(
    shop: Shop, tmp_path: Path, act: Callable[[Shop, int], object], trips: int
) -> None:
    """As on the connections of a host, where `test_statements` counts more of them."""
    act(shop, 1)
    with (tmp_path / "trace").open("w+") as trace:
        with line(shop) as connection:
            connection.pgconn.trace(trace.fileno())
        act(shop, 2)
        connection.pgconn.untrace()
        trace.seek(0)
        assert trace.read().count("ReadyForQuery") == trips


def test_many_at_once_leave_a_few_behind(shop: Shop) -> None:
    at_once(*(partial(shop.engine.do, 1, Write({"amount": n}), by=DESK) for n in range(1, 13)))
    assert 1 <= borrowed(shop) <= KEPT
    assert len(at_once(*[lambda: shop.engine.orders(by=HOST)] * 12)) == 12


def test_closed_it_leaves_nobody_connected(shop: Shop) -> None:
    database = shop.engine.store.engine
    with shop.engine.store.writing() as unit:
        assert unit.find(1, None)
        shop.engine.close()  # as another thread may, and this command ends all the same
    wait_until_gone(database)
    assert shop.do(1, Done("checked")).ok


def test_a_command_that_was_interrupted_leaves_no_transaction_open(shop: Shop) -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    engine = connect(
        shop.engine.store.engine.url.render_as_string(hide_password=False), clock=interrupt, create=False
    )
    for command in (
        lambda: engine.start("shop", {"ref": "B"}, by=DESK),
        lambda: engine.do(1, Done("checked"), by=DESK),
    ):
        with pytest.raises(KeyboardInterrupt):
            command()
        with psycopg.connect(url_of(engine.store.engine), autocommit=True) as other:
            open_ones = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
            assert other.execute(open_ones).fetchone() == (0,)
    engine.close()
    assert shop.start("B").number == "S202605-002"


def forgotten(raw: psycopg.Connection[Any]) -> None:
    raw.execute("DEALLOCATE ALL")


def changed(raw: psycopg.Connection[Any]) -> None:
    raw.execute("ALTER TABLE fe_orders ALTER COLUMN failures TYPE bigint")


def changed_back(raw: psycopg.Connection[Any]) -> None:
    raw.execute("ALTER TABLE fe_orders ALTER COLUMN failures TYPE integer")


@pytest.mark.parametrize("happen", [forgotten, changed, changed_back])
def test_statements_that_the_server_cannot_run_any_more_are_prepared_anew(
    shop: Shop, happen: Callable[[psycopg.Connection[Any]], None]
) -> None:
    shop.engine.do(1, Write({"amount": 1}), by=DESK).or_raise()
    for command in (
        lambda: shop.engine.do(1, Write({"amount": 2}), by=DESK),
        lambda: shop.engine.start("shop", {"ref": "B"}, by=DESK),
    ):
        with line(shop) as connection:
            happen(connection)
        assert command().ok


def test_what_a_connection_prepared_is_known_when_it_comes_out_of_the_pool_again(shop: Shop) -> None:
    """Whichever class the cursor has by then: a recorder of another engine puts its own."""
    lines: Lines = shop.engine.store._lines  # type: ignore[attr-defined]
    first, *others = [lines.take() for _ in range(1 + KEPT)]
    for each in (*others, first):
        lines.put_back(each)  # the first that was used finds no place any more, and goes to the pool
    with recorded(sa.create_engine(shop.engine.store.engine.url)):
        kept = [lines.take() for _ in others]
        assert shop.do(1, Done("checked")).ok
        assert borrowed(shop) == 1 + KEPT
    for each in kept:
        lines.put_back(each)


def test_a_forked_process_leaves_the_connections_of_its_parent_alone(shop: Shop) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("nothing is forked here")
    before = server_process(shop)

    def work(say: Callable[..., None]) -> None:
        shop.engine.do(1, Done("checked"), by=DESK).or_raise()
        say(server_process(shop))
        shop.engine.close()

    ((other,),) = forked(work).wait()
    assert other != before
    assert shop.engine.do(1, Done("priced"), by=DESK).stage == "make"
    assert server_process(shop) == before


@pytest.fixture
def cursor(shared_postgres: sa.Engine) -> Iterator[PreparedCursor]:
    with psycopg.connect(url_of(shared_postgres), autocommit=True) as connection:
        yield PreparedCursor(connection)


def test_values_come_back_as_they_went(cursor: PreparedCursor) -> None:
    sent = (2**62, -1, True, None, "林\n%s'", "")
    for _ in range(2):
        cursor.execute("SELECT %s::bigint, %s::int, %s::bool, %s::text, %s::text, %s::text", sent)
        assert cursor.fetchone() == sent
    cursor.execute("SELECT n FROM generate_series(1, %s::int) AS n", [3])
    assert (cursor.fetchall(), cursor.rowcount) == ([(1,), (2,), (3,)], 3)
    cursor.execute("SELECT 1 WHERE false")
    assert (cursor.fetchone(), cursor.fetchall()) == (None, [])


@pytest.mark.parametrize(
    ("statement", "value", "kind"),
    [
        ("SELECT %s::text", "a\0b", psycopg.DataError),
        ("SELECT 1 / %s::int", 0, psycopg.errors.DivisionByZero),
        ("SELECT nonsense(%s::int)", 0, psycopg.errors.UndefinedFunction),
    ],
)
def test_what_goes_wrong_is_raised_as_psycopg_raises_it(
    cursor: PreparedCursor, statement: str, value: Any, kind: type[Exception]
) -> None:
    for _ in range(2):
        with pytest.raises(kind):
            cursor.execute(statement, [value])
    cursor.execute("SELECT %s::int", [1])
    assert cursor.fetchone() == (1,)
