"""`flowengine migrate`: bring the tables of a database up to this flowengine."""

from __future__ import annotations

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import db_option, format_option, verb
from flowengine.cli.screen import print_json


@verb("migrate")
@db_option
@format_option
@pass_desk
def command(desk: Desk) -> int:
    """All of it or nothing; a database that is up to date stays as it is."""
    desk.check_place()
    from flowengine.storage.postgres import open_postgres
    from flowengine.storage.schema import migrate_place
    from flowengine.storage.sqlite import open_sqlite

    database = open_postgres(desk.db) if desk.is_server else open_sqlite(desk.db)
    try:
        before, after = migrate_place(database)
    finally:
        database.dispose()
    if desk.format == "json":
        print_json({"before": before, "after": after})
    else:
        key = "made" if before is None else "same" if before == after else "done"
        desk.print(f"migrate.{key}", db=desk.place, before=before, after=after)
    return 0
