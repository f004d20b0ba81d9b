"""How the shop opens its database: one URL, for blocking code and for asynchronous code.

flowengine changes no setting of a host's own engine, so the host sets here what flowengine sets where it
opens a database itself: nobody waits for a lock without end, and on SQLite nobody who reads keeps a writer
waiting.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

PATIENCE = 5.0
"""Seconds after which a request that waits for a lock is told to come again."""


def open_database(url: str, patience: float = PATIENCE) -> sa.Engine:
    """The database for blocking code."""
    wanted = _url(url)
    return _prepared(sa.create_engine(wanted, connect_args=_arguments(wanted, patience)))


def open_async_database(url: str, patience: float = PATIENCE) -> AsyncEngine:
    """The same database for asynchronous code. Of the two drivers, psycopg speaks both ways."""
    wanted = _url(url)
    if _is_sqlite(wanted):
        wanted = wanted.set(drivername="sqlite+aiosqlite")
    engine = create_async_engine(wanted, connect_args=_arguments(wanted, patience))
    _prepared(engine.sync_engine)
    return engine


def _url(url: str) -> sa.URL:
    wanted = sa.make_url(url)
    return wanted.set(drivername="postgresql+psycopg") if wanted.drivername == "postgresql" else wanted


def _is_sqlite(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _arguments(url: sa.URL, patience: float) -> dict[str, Any]:
    if _is_sqlite(url):
        return {"timeout": patience}
    return {"options": f"-c lock_timeout={int(patience * 1000)}"}


def _prepared(engine: sa.Engine) -> sa.Engine:
    if _is_sqlite(engine.url):
        sa.event.listen(engine, "connect", _on_connect)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
