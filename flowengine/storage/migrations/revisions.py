"""Alembic at work; nothing else imports it, and this only when a database is not made in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from flowengine.storage.migrations.stamp import write_version

HERE: Final = Path(__file__).parent
FOLDERS: tuple[Path, ...] = (HERE / "versions",)


def carry_out(connection: Connection, *, after: str | None, upto: str) -> None:
    """Run the revisions after one version, or from nothing, up to another, each with its stamp.

    All of it is part of the transaction of `connection`. Alembic's own environment is left out: it commits
    by itself on SQLite, and it takes `alembic.op` away from a host whose revision called us.
    """
    scripts = ScriptDirectory(str(HERE), version_locations=[str(folder) for folder in FOLDERS])
    op = Operations(MigrationContext.configure(connection))
    for script in reversed(tuple(scripts.iterate_revisions(upto, after or "base"))):
        script.module.upgrade(op)
        write_version(connection, script.revision)
