"""The tables made in one go, those of the revisions and those that the statements ask for are the same."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from flowengine.storage.guards import missing_parts
from flowengine.storage.migrations import revisions
from flowengine.storage.migrations.stamp import read_version
from flowengine.storage.schema import NEWEST, make
from flowengine.storage.tables import metadata
from tests.storage.migrations.shapes import Shape, shape


def made_at_once(database: Engine) -> tuple[Shape, str | None]:
    with database.connect() as connection:
        make(connection)
        found = shape(connection), read_version(connection)
        connection.rollback()
    return found


def made_by_revisions(database: Engine) -> tuple[Shape, str | None]:
    with database.connect() as connection, connection.begin():
        revisions.carry_out(connection, after=None, upto=NEWEST)
        return shape(connection), read_version(connection)


def test_both_ways_make_the_same_and_say_the_same_version(database: Engine) -> None:
    at_once, by_revisions = made_at_once(database), made_by_revisions(database)
    assert at_once == by_revisions
    assert at_once[1] == NEWEST
    kinds = {name.split()[0] for name in at_once[0]}
    assert kinds >= (
        {"table", "index", "trigger", "keys", "indexes"}
        if database.dialect.name == "sqlite"
        else {"columns", "constraints", "indexes", "triggers", "functions", "relations"}
    )


def test_the_revisions_leave_nothing_for_alembic_to_propose(database: Engine) -> None:
    made_by_revisions(database)
    with database.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
        assert missing_parts(connection) == []


def test_the_revisions_are_one_line_of_numbers_up_to_the_newest() -> None:
    scripts = ScriptDirectory(str(revisions.HERE), version_locations=[str(f) for f in revisions.FOLDERS])
    line = [script.revision for script in scripts.walk_revisions()]
    assert line == [f"{number:04}" for number in range(int(NEWEST), 0, -1)]
    assert [path.name[:4] for path in sorted(revisions.FOLDERS[0].glob("[0-9]*.py"))] == line[::-1]


def test_a_difference_would_be_seen(database: Engine) -> None:
    """The comparison itself: one condition, one default, one trigger less."""
    sound, _version = made_at_once(database)
    harm = [
        "DROP INDEX fe_orders_due",
        "CREATE INDEX fe_orders_due ON fe_orders (due_at, id) WHERE status = 'closed'",
        "ALTER TABLE fe_orders ADD COLUMN more INTEGER",
        "DROP TRIGGER fe_history_no_update" + ("" if database.dialect.name == "sqlite" else " ON fe_history"),
    ]
    with database.connect() as connection:
        make(connection)
        seen = []
        for statement in harm:
            connection.exec_driver_sql(statement)
            seen.append(shape(connection))
        connection.rollback()
    assert len({repr(each) for each in [sound, *seen]}) == len(harm) + 1
