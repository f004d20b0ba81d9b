"""A host with an Alembic of its own: its revision calls ours, its autogenerate leaves our tables alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Engine

from flowengine.storage.migrations.stamp import read_version
from flowengine.storage.postgres import is_postgres
from flowengine.storage.schema import is_ours
from flowengine.storage.tables import metadata as ours
from tests.storage.migrations.shop import NEXT, NOW

ENV = """
from alembic import context
from sqlalchemy import NullPool, create_engine

engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
FIRST = f"""
import sqlalchemy as sa
from alembic import op
from flowengine.storage.schema import migrate

revision, down_revision = "a1", None

def upgrade():
    op.create_table("customers", sa.Column("id", sa.Integer, primary_key=True))
    migrate(op.get_bind(), to="{NOW}")
    op.create_table("parcels", sa.Column("id", sa.Integer, primary_key=True))  # `op` is still the host's
"""
SECOND = """
from alembic import op
from flowengine.storage.schema import migrate

revision, down_revision = "b2", "a1"

def upgrade():
    migrate(op.get_bind())
    op.execute("INSERT INTO customers (id) VALUES (1)")
"""
FAILING = SECOND.replace("VALUES (1)", "VALUES (1), (1)")


@pytest.fixture
def host(place: str, tmp_path: Path) -> Config:
    """The host's folder of revisions, the first of which is there."""
    (tmp_path / "versions").mkdir()
    (tmp_path / "env.py").write_text(ENV, "utf-8")
    (tmp_path / "versions" / "a1.py").write_text(FIRST, "utf-8")
    config = Config()
    config.set_main_option("script_location", str(tmp_path))
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "sqlalchemy.url", (place if is_postgres(place) else f"sqlite:///{place}").replace("%", "%%")
    )
    return config


def add(host: Config, text: str) -> None:
    (Path(host.get_main_option("script_location") or "") / "versions" / "b2.py").write_text(text, "utf-8")


def state(database: Engine) -> tuple[str | None, str | None, int]:
    """Our version, the host's version, and how many customers it has."""
    with database.connect() as connection:
        theirs = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        customers: int = connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one()
        return read_version(connection), theirs, customers


@pytest.mark.usefixtures("newer")
def test_our_revisions_run_inside_those_of_the_host(database: Engine, host: Config) -> None:
    command.upgrade(host, "head")
    assert state(database) == (NOW, "a1", 0)
    add(host, SECOND)
    command.upgrade(host, "head")
    assert state(database) == (NEXT, "b2", 1)
    with database.connect() as connection:
        assert {"customers", "parcels", "alembic_version"} <= set(sa.inspect(connection).get_table_names())


@pytest.mark.usefixtures("newer")
def test_a_revision_of_the_host_that_fails_takes_ours_along(database: Engine, host: Config) -> None:
    command.upgrade(host, "head")
    add(host, FAILING)
    with pytest.raises(sa.exc.IntegrityError):
        command.upgrade(host, "head")
    assert state(database) == (NOW, "a1", 0)
    add(host, SECOND)
    command.upgrade(host, "head")
    assert state(database) == (NEXT, "b2", 1)


def test_autogenerate_drops_our_tables_unless_it_is_told_whose_they_are(
    database: Engine, host: Config
) -> None:
    command.upgrade(host, "head")
    theirs = sa.MetaData()
    for name in ("customers", "parcels"):
        sa.Table(name, theirs, sa.Column("id", sa.Integer, primary_key=True))

    def proposed(**options: Any) -> list[Any]:
        with database.connect() as connection:
            return list(compare_metadata(MigrationContext.configure(connection, opts=options), theirs))

    def include_name(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or not is_ours(name)

    dropped = {change[1].name for change in proposed() if change[0] == "remove_table"}
    assert dropped == set(ours.tables)
    assert proposed(include_name=include_name) == []
