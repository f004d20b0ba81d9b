"""Each way in which a database cannot be used as it is, refused with the direction and left as it was."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from flowengine import connect
from flowengine.errors import OrderBusy, StoreUnusable
from flowengine.storage.migrations import ground
from flowengine.storage.postgres import is_postgres
from flowengine.storage.schema import _command, migrate, migrate_place
from tests.postgres import Server, _execute
from tests.postgres import server as running
from tests.storage.migrations.conftest import opened
from tests.storage.migrations.shapes import shape
from tests.storage.migrations.shop import NEXT, NOW


def run(*statements: str) -> Callable[[Engine], None]:
    def prepare(database: Engine) -> None:
        with database.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    return prepare


def made(*statements: str) -> Callable[[Engine], None]:
    def prepare(database: Engine) -> None:
        migrate_place(database)
        run(*statements)(database)

    return prepare


def version(value: str) -> Callable[[Engine], None]:
    return made(f"UPDATE fe_meta SET value = '{value}'")


UNUSABLE: dict[str, tuple[Callable[[Engine], None], str]] = {
    "newer": (version(NEXT), f"version {NEXT}, newer than this flowengine's {NOW}; upgrade flowengine: pip"),
    "much newer": (version("900"), "version 0900, newer than this"),
    "no number": (version("abc"), "version 'abc', which no flowengine has written; restore a backup"),
    "nothing": (version(""), "version '', which no"),
    "zero": (version("0000"), "version '0000', which no"),
    "another alphabet": (version("²"), "version '²', which no"),
    "version lost": (made("DELETE FROM fe_meta"), "fe_meta that does not say the version.*restore a backup"),
    "a foreign fe_meta": (run("CREATE TABLE fe_meta (a TEXT)"), "fe_meta that does not say the version"),
    "foreign tables": (
        run("CREATE TABLE fe_orders (a TEXT)", "CREATE TABLE fe_work (a TEXT)"),
        "called like ours and are not: fe_orders, fe_work; use another database, or rename them",
    ),
    "a foreign view": (run("CREATE VIEW fe_history AS SELECT 1 AS a"), "are not: fe_history"),
    "a foreign index": (
        run("CREATE TABLE t (a TEXT)", "CREATE INDEX fe_orders_due ON t (a)"),
        "cannot be used: .*fe_orders_due.* already exists",
    ),
}


@pytest.mark.parametrize(("prepare", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_it_is_refused_and_left_as_it_is(
    database: Engine, prepare: Callable[[Engine], None], said: str
) -> None:
    prepare(database)
    with database.connect() as connection:
        before = shape(connection)
    for ask in (lambda: connect(database), lambda: migrate_place(database)):
        with pytest.raises(StoreUnusable, match=said):
            ask()
    with database.connect() as connection:
        assert shape(connection) == before


def test_a_version_may_be_written_with_fewer_digits(database: Engine) -> None:
    version(str(int(NOW)))(database)
    connect(database).close()


@pytest.mark.usefixtures("newer")
def test_an_older_one_is_refused_with_the_command_that_brings_it_up(place: str, database: Engine) -> None:
    with database.begin() as connection:
        migrate(connection, to="0001")
    for create in (True, False):
        with pytest.raises(StoreUnusable) as refused:
            connect(database, create=create)
        assert f"migrate --db {named(place)}" in str(refused.value)
        assert f"have version 0001, older than this flowengine's {NEXT}; stop what works on it" in str(
            refused.value
        )


def named(place: str) -> str:
    return shlex.quote(place.replace("+psycopg", ""))


def test_an_empty_one_that_is_not_to_be_made_says_how_it_can_be(place: str, database: Engine) -> None:
    with pytest.raises(StoreUnusable) as refused:
        connect(database, create=False)
    assert "no orders; deploy a process to it first" in str(refused.value)
    assert f"flowengine migrate --db {named(place)}" in str(refused.value)
    with database.connect() as connection:
        assert shape(connection) == {}


def test_the_command_never_holds_a_password() -> None:
    url = make_url("postgresql+psycopg://li:s3cret@db.example/orders?password=s3cret&sslmode=require")
    assert _command(url) == "flowengine migrate --db 'postgresql://li@db.example/orders?sslmode=require'"
    assert _command(make_url("sqlite:///my orders.db")) == "flowengine migrate --db 'my orders.db'"


def test_a_library_that_is_too_old_is_named(
    place: str, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "OLDEST_SQLITE", (4, 1))
    for ask in (lambda: connect(database), lambda: migrate_place(database)):
        if is_postgres(place):
            ask()
        else:
            with pytest.raises(
                StoreUnusable, match=r"has SQLite 3\..*, and flowengine needs 4\.1; use a newer"
            ):
                ask()


def test_a_kind_of_database_that_was_never_tried_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    database = sa.create_engine("sqlite://")
    monkeypatch.setattr(database.dialect, "name", "mysql")
    with pytest.raises(StoreUnusable, match="in SQLite or PostgreSQL, not in mysql"):
        connect(database)


@pytest.fixture
def server() -> Server:
    """The PostgreSQL server of this run."""
    return running()


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_postgres_with_an_encoding_that_cannot_hold_every_language(server: Server, encoding: str) -> None:
    name = f"flowengine_{encoding.lower()}"
    _execute(server.url, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    # Without it SQLAlchemy itself is handed bytes by SQL_ASCII.
    url = make_url(server.url).set(database=name).update_query_dict({"client_encoding": "utf8"})
    database = opened(url.render_as_string(hide_password=False))
    try:
        for ask in (lambda: connect(database), lambda: migrate_place(database)):
            with pytest.raises(
                StoreUnusable, match=f"encoding {encoding}.*ENCODING 'UTF8' TEMPLATE template0"
            ):
                ask()
    finally:
        database.dispose()
        _execute(server.url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def clerk(url: str) -> Iterator[Engine]:
    """A role that may look and write, and make nothing."""
    _execute(url, "DROP ROLE IF EXISTS flowengine_clerk")
    _execute(url, "CREATE ROLE flowengine_clerk LOGIN PASSWORD 'clerk'")
    _execute(url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    database = opened(
        make_url(url).set(username="flowengine_clerk", password="clerk").render_as_string(hide_password=False)
    )
    try:
        yield database
    finally:
        database.dispose()
        _execute(url, "DROP OWNED BY flowengine_clerk")
        _execute(url, "DROP ROLE flowengine_clerk")


def test_postgres_with_a_role_that_may_make_nothing(postgres_database: str) -> None:
    with clerk(postgres_database) as database:
        for ask in (lambda: connect(database), lambda: migrate_place(database)):
            with pytest.raises(
                StoreUnusable, match=r"role may not make or change tables here .*denied for schema"
            ):
                ask()
        admin = opened(postgres_database)
        migrate_place(admin)
        admin.dispose()
        with pytest.raises(StoreUnusable, match=r"may not make or change .*denied for table fe_meta"):
            connect(database)
        _execute(
            postgres_database,
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO flowengine_clerk",
        )
        _execute(postgres_database, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO flowengine_clerk")
        connect(database).close()


@pytest.mark.usefixtures("newer")
def test_postgres_with_somebody_at_work_on_the_tables(postgres_database: str) -> None:
    """It waits, and no longer than the lock may take; the next try succeeds."""
    database = opened(postgres_database)
    with database.begin() as connection:
        migrate(connection, to="0001")
    with database.begin() as worker, database.connect() as upgrade:
        worker.exec_driver_sql("UPDATE fe_orders SET id = id")
        upgrade.exec_driver_sql("SET lock_timeout = '50ms'")
        with pytest.raises(OrderBusy, match=r"somebody else works on the tables .*nothing was changed"):
            migrate(upgrade)
        upgrade.rollback()
    assert migrate_place(database) == ("0001", NEXT)
    database.dispose()
