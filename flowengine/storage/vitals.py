"""How a store is: what stands in it unattended, where it is, and how much room is left."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from flowengine.runtime.rows import Carried, Place, Vitals
from flowengine.storage.migrations.stamp import read_version
from flowengine.storage.parcel_statements import is_resting
from flowengine.storage.tables import events, orders, outbox, parcels, signals

_HOUR: Final = 60 * 60_000
_WEEK: Final = 7 * 24 * _HOUR
_SERVER: Final = """SELECT current_database(), current_setting('server_version'),
    CASE WHEN has_database_privilege(current_database(), 'CONNECT')
    THEN pg_database_size(current_database()) END"""


def vitals(connection: Connection, now: int, soon: int) -> Vitals:
    """What can be told of all orders at once; only open orders that lie ahead and messages take a scan."""
    due = select(orders.c.wake_at).where(orders.c.wake_at <= now).subquery()
    later = select(func.min(orders.c.wake_at)).where(orders.c.wake_at > now)
    parked = select(func.count()).where(orders.c.failures > 0)
    ahead = select(func.count()).where(orders.c.status == "open", orders.c.entered_at > soon)
    unsent = (parcels.c.state == "ready", parcels.c.next_at <= now)
    ready = select(parcels.c.next_at).where(*unsent, ~is_resting(now - _HOUR)).subquery()
    figures = (
        select(func.count()).select_from(due),
        select(func.min(due.c.wake_at)),
        later,
        parked,
        ahead,
        select(func.count()).select_from(outbox),
        select(func.count()).where(events.c.why.is_not(None)),
        select(func.count()).select_from(signals),
        select(func.count()).select_from(ready),
        select(func.min(ready.c.next_at)),
    )
    found = connection.execute(select(*(each.scalar_subquery() for each in figures))).one()
    return Vitals(*found)._replace(parcels=_carried(connection, now))


def _carried(connection: Connection, now: int) -> tuple[Carried, ...]:
    """What is carried outside, by its kind. Quiet hours are no trouble."""
    waits, dead = parcels.c.state == "ready", parcels.c.state == "dead"
    in_vain = sa.and_(waits, parcels.c.error.not_in(("", "quiet")), parcels.c.made_at < now - _HOUR)
    recent = sa.and_(dead, parcels.c.done_at > now - _WEEK)
    counts = (func.coalesce(func.sum(sa.case((each, 1), else_=0)), 0) for each in (waits, in_vain, recent))
    wanted = select(parcels.c.kind, *counts).where(sa.or_(waits, dead)).group_by(parcels.c.kind)
    return tuple(Carried(*row) for row in connection.execute(wanted.order_by(parcels.c.kind)))


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
