"""How a store is: what stands in it unattended, where it is, and how much room is left."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from flowengine.runtime.rows import Place, Vitals
from flowengine.storage.migrations.stamp import read_version
from flowengine.storage.tables import events, orders, outbox, signals

_SERVER: Final = """SELECT current_database(), current_setting('server_version'),
    CASE WHEN has_database_privilege(current_database(), 'CONNECT')
    THEN pg_database_size(current_database()) END"""


def vitals(connection: Connection, now: int, soon: int) -> Vitals:
    """What can be told of all orders at once; only open orders that lie ahead and messages take a scan."""
    due = select(orders.c.wake_at).where(orders.c.wake_at <= now).subquery()
    later = select(func.min(orders.c.wake_at)).where(orders.c.wake_at > now)
    parked = select(func.count()).where(orders.c.failures > 0)
    ahead = select(func.count()).where(orders.c.status == "open", orders.c.entered_at > soon)
    figures = (
        select(func.count()).select_from(due),
        select(func.min(due.c.wake_at)),
        later,
        parked,
        ahead,
        select(func.count()).select_from(outbox),
        select(func.count()).where(events.c.why.is_not(None)),
        select(func.count()).select_from(signals),
    )
    found = connection.execute(select(*(each.scalar_subquery() for each in figures))).one()
    return Vitals(*found)


def place(connection: Connection) -> Place:
    """Where orders are kept, in which version of the tables, and the room that is left there."""
    version = read_version(connection) or ""
    if connection.dialect.name == "sqlite":
        return _file(connection, version)
    name, server, size = connection.exec_driver_sql(_SERVER).one()
    return Place(f"PostgreSQL {server.split()[0]}, {name}", version, size, None)


def _file(connection: Connection, version: str) -> Place:
    driver = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    path = next(row[2] for row in connection.exec_driver_sql("PRAGMA database_list") if row[1] == "main")
    if not path:
        return Place(f"SQLite {driver}, :memory:", version, None, None)
    beside = [Path(f"{path}{end}") for end in ("", "-wal")]
    size = sum(each.stat().st_size for each in beside if each.exists())
    return Place(f"SQLite {driver}, {path}", version, size, shutil.disk_usage(Path(path).parent).free)
