"""Opening a database: what every connection is set to, and each way in which a path cannot be one."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from flowengine import connect
from flowengine.errors import ConnectionLost, FlowEngineError, OrderBusy, StoreUnusable, WrongInput
from flowengine.storage import sqlite
from flowengine.storage.tables import metadata
from tests.postgres import postgres_database
from tests.runtime.shop import DESK, HOST, SHOP

__all__ = ["postgres_database"]

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database can be."""
    return tmp_path / "orders.db"


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file past everything that is ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def test_every_connection_waits_for_the_disk_and_keeps_rows_together(path: Path) -> None:
    with connect(path) as engine, ExitStack() as stack:
        three = [stack.enter_context(engine.store.engine.connect()) for _ in range(3)]
        assert len({id(connection.connection.dbapi_connection) for connection in three}) == 3
        for connection in three:
            cursor = connection.connection.cursor()
            assert {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS} == PRAGMAS


def test_a_file_is_made_with_its_tables_and_its_version(path: Path) -> None:
    connect(path).close()
    with raw(path) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        assert set(metadata.tables) <= tables
        assert [key for (key,) in connection.execute("SELECT key FROM fe_meta")] == ["schema"]


def test_opening_it_again_changes_nothing(path: Path) -> None:
    connect(path).close()
    before = path.read_bytes()
    connect(path).close()
    assert path.read_bytes() == before


def test_unless_it_is_to_be_made_a_database_without_orders_is_refused_and_stays_as_it_is(path: Path) -> None:
    with pytest.raises(StoreUnusable, match="deploy a process to it first"):
        connect(path, create=False)
    with raw(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)


def test_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    connect(":memory:").close()
    assert list(tmp_path.iterdir()) == []


def test_tables_of_a_host_in_the_same_database_are_left_alone(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE customers (name TEXT)")
        connection.execute("INSERT INTO customers VALUES ('Zhang')")
    connect(path).close()
    with raw(path) as connection:
        assert connection.execute("SELECT name FROM customers").fetchall() == [("Zhang",)]


@pytest.mark.parametrize(("found", "said"), [("9000", "newer"), ("nonsense", "no flowengine has written")])
def test_tables_of_another_version_are_refused_and_left_alone(path: Path, found: str, said: str) -> None:
    connect(path).close()
    with raw(path) as connection:
        connection.execute("UPDATE fe_meta SET value = ?", (found,))
    with pytest.raises(StoreUnusable, match=said):
        connect(path)
    with raw(path) as connection:
        assert connection.execute("SELECT value FROM fe_meta").fetchone() == (found,)


def no_database(path: Path) -> Path:
    path.write_text("these are not the orders you are looking for\n" * 50)
    return path


def a_folder(path: Path) -> Path:
    path.mkdir()
    return path


def in_a_missing_folder(path: Path) -> Path:
    return path.parent / "nowhere" / "orders.db"


def under_a_file(path: Path) -> Path:
    path.write_text("x")
    return path / "orders.db"


def a_torn_database(path: Path) -> Path:
    connect(path).close()
    path.write_bytes(path.read_bytes()[:1_500])
    return path


UNUSABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a file that is no database": (no_database, "not a database"),
    "a folder": (a_folder, "unable to open"),
    "a folder that is not there": (in_a_missing_folder, "no folder .*nowhere; create it first"),
    "a path that goes through a file": (under_a_file, "no folder"),
    "a database torn in the middle": (a_torn_database, "malformed"),
}


@pytest.mark.parametrize(("make", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_path_that_cannot_be_a_database_is_refused_with_the_reason(
    path: Path, make: Callable[[Path], Path], said: str
) -> None:
    with pytest.raises(StoreUnusable, match=said):
        connect(make(path))


@pytest.mark.parametrize("empty", ["", " ", "\t"], ids=repr)
def test_an_empty_path_is_refused(empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreUnusable, match="path of the database is empty; name a file"):
        connect(empty)
    assert list(tmp_path.iterdir()) == []


def test_every_refusal_of_a_store_names_a_remedy() -> None:
    assert re.search(r"[Cc]heck the path, its permissions and its free space", StoreUnusable.__doc__ or "")
    assert issubclass(StoreUnusable, FlowEngineError)


@contextmanager
def nobody() -> Iterator[None]:
    """Somebody without rights: the superuser may write everywhere, whatever the folder says."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def readable_folder() -> Iterator[Path]:
    """A folder that everybody may look into and nobody may write to, when `locked`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        folder.chmod(stat.S_IRWXU)


def locked(folder: Path) -> None:
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)


def test_a_folder_that_cannot_be_written_to_is_refused(readable_folder: Path) -> None:
    connect(":memory:").close()  # everything is imported before the rights are gone
    locked(readable_folder)
    with nobody(), pytest.raises(StoreUnusable, match=r"cannot be used: .*(unable to open|readonly)"):
        connect(readable_folder / "orders.db")


def test_a_database_that_cannot_be_written_to_is_refused(readable_folder: Path) -> None:
    path = readable_folder / "orders.db"
    connect(path).close()
    locked(readable_folder)
    with nobody(), pytest.raises(StoreUnusable, match=r"cannot be used: .*(unable to open|readonly)"):
        connect(path)


def test_a_database_that_stays_locked_is_busy_and_not_broken(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite._CONNECT, "timeout", 0.05)
    with connect(path) as engine, raw(path) as other:
        engine.deploy(SHOP)
        other.execute("BEGIN IMMEDIATE")
        for write in (lambda: engine.start("shop", {"ref": "A"}, by=DESK), lambda: engine.deploy(SHOP)):
            with pytest.raises(OrderBusy, match="nothing was written, try again"):
                write()
        assert engine.orders(by=HOST).items == (), "a reader waits for nobody"
        other.execute("COMMIT")
        assert engine.start("shop", {"ref": "A"}, by=DESK).ok


def test_who_opens_a_file_that_somebody_is_just_making_waits_for_him(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There SQLite does not wait by itself: it says at once that the database is locked."""
    waits: list[float] = []
    with raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(sqlite, "sleep", lambda wait: (waits.append(wait), other.execute("COMMIT")))
        connect(path).close()
    assert len(waits) == 1


def test_a_file_that_somebody_makes_without_an_end_is_busy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.02)
    with raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OrderBusy, match="nothing was written, try again"):
            connect(path)


def test_connections_that_never_come_free_are_busy_too(path: Path) -> None:
    small = sa.create_engine(f"sqlite:///{path}", pool_size=1, max_overflow=0, pool_timeout=0.01)
    with connect(small) as engine, small.connect() as taken:
        assert taken.exec_driver_sql("SELECT 1").scalar() == 1
        for ask in (lambda: engine.orders(by=HOST), lambda: engine.deploy(SHOP)):
            with pytest.raises(OrderBusy, match="all connections are in use"):
                ask()
    small.dispose()


def test_in_memory_nobody_waits_for_himself(path: Path) -> None:
    """One connection is one transaction: inside a batch the engine itself would end the batch."""
    with connect(":memory:") as engine:
        engine.deploy(SHOP)
        with engine.batch() as batch:
            batch.start("shop", {"ref": "A"}, by=DESK)
            for ask in (lambda: engine.orders(by=HOST), lambda: engine.start("shop", {"ref": "B"}, by=DESK)):
                with pytest.raises(WrongInput, match="in a batch use the flow it gives"):
                    ask()
            assert len(batch.orders(by=HOST).items) == 1
        assert len(engine.orders(by=HOST).items) == 1


NO_PLACES: dict[str, tuple[Callable[[], Any], str]] = {
    "nothing": (lambda: None, "not NoneType"),
    "a URL of SQLAlchemy": (lambda: sa.make_url("sqlite://"), "not URL"),
    "an asynchronous engine": (lambda: create_async_engine("sqlite+aiosqlite://"), "not AsyncEngine"),
    "the engine in it": (lambda: create_async_engine("sqlite+aiosqlite://").sync_engine, "is asynchronous"),
    "a connection": (lambda: sa.create_engine("sqlite://").connect(), "not Connection"),
}


@pytest.mark.parametrize(("place", "said"), NO_PLACES.values(), ids=NO_PLACES)
def test_what_is_no_place_is_refused(place: Callable[[], Any], said: str) -> None:
    given = place()
    with pytest.raises(WrongInput, match=said):
        connect(given)
    getattr(given, "close", lambda: None)()


def test_where_a_url_of_sqlite_is_given_it_says_what_to_write() -> None:
    with pytest.raises(StoreUnusable, match="path of a SQLite file, such as orders"):
        connect("sqlite:///orders.db")


UNREACHABLE: dict[str, tuple[str, type[StoreUnusable]]] = {
    "a port where nobody listens": ("postgresql://li:s3cret@127.0.0.1:1/orders", ConnectionLost),
    "a folder without a socket": ("postgresql://li:s3cret@/orders?host=/nowhere", ConnectionLost),
    "a port that is no number": ("postgresql://li:s3cret@127.0.0.1:http/orders", StoreUnusable),
    "a driver that is not there": ("postgresql+magic://li:s3cret@127.0.0.1/orders", StoreUnusable),
    "a driver for loops": ("postgresql+psycopg_async://li:s3cret@127.0.0.1/orders", StoreUnusable),
    "another database": ("mysql://li:s3cret@127.0.0.1/orders", StoreUnusable),
    "SQLite as a URL": ("sqlite:///orders.db", StoreUnusable),
}


@pytest.mark.parametrize(("url", "kind"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_a_server_that_cannot_be_reached_is_refused_without_giving_the_password_away(
    url: str, kind: type[StoreUnusable]
) -> None:
    with pytest.raises(kind) as refused:
        connect(url)
    assert "s3cret" not in str(refused.value)


def test_without_its_driver_postgresql_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnusable, match=r"pip install 'flowengine-orders\[postgres\]'"):
        connect("postgresql://127.0.0.1/orders")


def test_a_database_that_is_not_there_is_refused(postgres_database: str) -> None:
    with pytest.raises(StoreUnusable, match="does not exist"):
        connect(f"{postgres_database.partition('?')[0]}_gone?{postgres_database.partition('?')[2]}")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_the_url_opens_the_same_database(scheme: str, postgres_database: str) -> None:
    with connect(scheme + "://" + postgres_database.partition("://")[2]) as engine:
        assert engine.verify().problems == ()
