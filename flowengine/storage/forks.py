"""A forked process must not go on with connections that its parent holds too: it opens its own."""

from __future__ import annotations

import os
from typing import Final
from weakref import WeakSet

from flowengine.storage.store import SqlStore

_OURS: Final[WeakSet[SqlStore]] = WeakSet()


def forget_when_forked(store: SqlStore) -> None:
    """Let a child process begin without connections."""
    _OURS.add(store)


def _forget() -> None:
    for store in list(_OURS):
        store.forget()  # closing them would say goodbye to the server in the parent's name


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
