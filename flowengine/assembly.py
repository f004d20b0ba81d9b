"""Where the engine meets its store: the one place that knows both."""

from __future__ import annotations

from pathlib import Path

from flowengine.errors import StoreUnusable
from flowengine.runtime.engine import Engine
from flowengine.runtime.ports import Clock, system_clock
from flowengine.storage.database import open_sqlite, prepare
from flowengine.storage.store import SqlStore


def connect(path: str | Path = "flowengine.db", *, clock: Clock = system_clock) -> Engine:
    """The engine on a SQLite file, created with its tables when it does not exist; `:memory:` leaves no file.

    Raises StoreUnusable when the path cannot be a database of this version.
    """
    place = Path(path)
    if str(path) != ":memory:" and not place.parent.is_dir():
        raise StoreUnusable(f"there is no folder {place.parent}; create it first, or name another path")
    database = open_sqlite(path)
    prepare(database)
    return Engine(SqlStore(database), clock=clock)
