"""Where the engine meets its store: the one place that knows both."""

from __future__ import annotations

from pathlib import Path

from flowengine.errors import StoreUnusable
from flowengine.runtime.engine import Engine
from flowengine.runtime.ports import Clock, system_clock
from flowengine.storage.database import open_sqlite, prepare
from flowengine.storage.store import SqlStore


def connect(
    path: str | Path = "flowengine.db", *, clock: Clock = system_clock, create: bool = True
) -> Engine:
    """The engine on a SQLite file; `:memory:` leaves no file.

    The file and its tables are made when they do not exist, unless `create` is False. Raises StoreUnusable
    when the path cannot be a database of this version.
    """
    place = Path(path)
    if str(path) != ":memory:" and not place.parent.is_dir():
        raise StoreUnusable(f"there is no folder {place.parent}; create it first, or name another path")
    database = open_sqlite(path)
    prepare(database, create=create)
    return Engine(SqlStore(database), clock=clock)
