"""What docs/databases.md says to run works as it is written; its `console` blocks run with all the others."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.engine import Engine, make_url

import flowengine
from flowengine import connect
from flowengine.storage.guards import missing_parts
from flowengine.storage.migrations.stamp import read_version
from flowengine.storage.schema import NEWEST, migrate, migrate_place
from flowengine.storage.tables import metadata
from tests.postgres import _execute
from tests.storage.migrations.conftest import opened
from tests.storage.migrations.shop import DESK, NEXT, NOW, SHOP

TEXT = (Path(__file__).parents[3] / "docs" / "databases.md").read_text("utf-8")
REVISION, CONFIGURE = re.findall(r"^```py\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
GRANTS, SCHEMA = re.findall(r"^```sql\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_the_revision_of_a_host(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flowengine, "migrate", migrate, raising=False)
    with database.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        exec(REVISION + "\nupgrade()\n", {})
    with database.connect() as connection:
        assert read_version(connection) == NEWEST


def test_the_line_for_autogenerate(database: Engine) -> None:
    given = {}

    class Context:
        configure = staticmethod(given.update)

    exec(CONFIGURE, {"context": Context, "connection": database, "target_metadata": None})
    include_name = given["include_name"]
    assert not any(include_name(name, "table", {}) for name in metadata.tables)
    assert include_name("customers", "table", {})
    assert include_name("fe_orders_due", "index", {"table_name": "fe_orders"})


def test_a_role_that_works_and_a_schema_apart(postgres_database: str) -> None:
    url = postgres_database
    app = opened(make_url(url).set(username="orders_app").render_as_string(hide_password=False))
    _execute(url, "DROP ROLE IF EXISTS orders_app")
    _execute(url, "CREATE ROLE orders_app LOGIN")
    admin = opened(url)
    try:
        migrate_place(admin)
        for statement in GRANTS.strip().splitlines():
            _execute(url, statement)
        with connect(app, create=False) as engine:
            engine.deploy(SHOP)
            engine.start("shop", {"customer": "张三"}, by=DESK).or_raise()
        for statement in SCHEMA.strip().splitlines():
            _execute(url, statement)
        _execute(url, "GRANT ALL ON SCHEMA orders TO orders_app")
        app.dispose()  # what a role was told holds for connections that come after
        connect(app)
        with app.connect() as connection:
            assert set(metadata.tables) <= set(sa.inspect(connection).get_table_names(schema="orders"))
            assert missing_parts(connection) == []
    finally:
        app.dispose()
        admin.dispose()
        _execute(url, "DROP OWNED BY orders_app CASCADE")
        _execute(url, "DROP ROLE orders_app")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (f"UPDATE fe_meta SET value = '{NEXT}'", f"newer than this flowengine's {NOW}"),
        ("DELETE FROM fe_meta", "does not say the version"),
        ("DROP TABLE fe_meta", "called like ours and are not"),
    ],
)
def test_the_command_line_refuses_in_a_sentence(place: str, database: Engine, harm: str, said: str) -> None:
    migrate_place(database)
    with database.begin() as connection:
        connection.exec_driver_sql(harm)
    command = [sys.executable, "-m", "flowengine", "migrate", "--lang", "en", "--db", place]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
