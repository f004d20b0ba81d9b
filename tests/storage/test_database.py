"""Opening a database: what every connection is set to, and each way in which a path cannot be one."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from flowengine import connect
from flowengine.errors import FlowEngineError, OrderBusy, StoreUnusable
from flowengine.storage import database
from flowengine.storage.database import open_sqlite, transaction
from flowengine.storage.tables import SCHEMA_VERSION, metadata

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
    connect(path).close()
    engine = open_sqlite(path)
    with ExitStack() as stack:
        three = [stack.enter_context(transaction(engine, reading=True)) for _ in range(3)]
        assert len({id(connection.connection.dbapi_connection) for connection in three}) == 3
        for connection in three:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
            assert found == PRAGMAS
    engine.dispose()


def test_a_file_is_made_with_its_tables_and_its_version(path: Path) -> None:
    connect(path).close()
    with raw(path) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        assert set(metadata.tables) <= tables
        assert connection.execute("SELECT key, value FROM fe_meta").fetchall() == [
            ("schema", str(SCHEMA_VERSION))
        ]


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


VERSIONS = {
    "newer": (str(SCHEMA_VERSION + 1), "newer"),
    "much newer": ("900", "newer"),
    "older": (str(SCHEMA_VERSION - 1), "older"),
    "no version at all": ("abc", "older"),
}


@pytest.mark.parametrize(("found", "side"), VERSIONS.values(), ids=VERSIONS)
def test_tables_of_another_version_are_refused_with_the_direction(path: Path, found: str, side: str) -> None:
    connect(path).close()
    with raw(path) as connection:
        connection.execute("UPDATE fe_meta SET value = ?", (found,))
    with pytest.raises(
        StoreUnusable, match=f"{side} than this flowengine's {SCHEMA_VERSION}; use the flowengine"
    ):
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
    monkeypatch.setitem(database._CONNECT, "timeout", 0.05)
    engine = open_sqlite(path)
    database.prepare(engine, create=True)
    with raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OrderBusy, match="nothing was written, try again"), transaction(engine):
            pass
        with transaction(engine, reading=True) as connection:  # a reader waits for nobody
            assert connection.execute(sa.text("SELECT count(*) FROM fe_orders")).scalar() == 0
    with transaction(engine):
        pass
    engine.dispose()
