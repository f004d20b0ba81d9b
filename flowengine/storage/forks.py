"""A forked process must not go on with connections that its parent holds too: it opens its own."""

from __future__ import annotations

import os
from typing import Final
from weakref import WeakSet

from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

_OURS: Final[WeakSet[Engine]] = WeakSet()


def forget_when_forked(engine: Engine) -> None:
    """Let a child process begin with an empty pool. A database in memory is the connection: it stays."""
    if not isinstance(engine.pool, StaticPool):
        _OURS.add(engine)


def _forget() -> None:
    for engine in list(_OURS):
        engine.dispose(close=False)  # closing them would say goodbye to the server in the parent's name


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
