"""Turns for a database in memory: it is one connection, and so one transaction at a time."""

from __future__ import annotations

from threading import RLock
from typing import Final

from flowengine.errors import WrongInput

_INSIDE: Final = "a database in memory has one transaction at a time: in a batch use the flow it gives"


class Turns:
    """A lock that one thread after the other holds. Who asks again inside would wait for itself."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._taken = False

    def __enter__(self) -> None:
        self._lock.acquire()
        if self._taken:
            self._lock.release()
            raise WrongInput(_INSIDE)
        self._taken = True

    def __exit__(self, *_: object) -> None:
        self._taken = False
        self._lock.release()
