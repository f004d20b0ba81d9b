"""Orders as this process left them a moment ago: whoever commands them next need not read them first.

Nobody is told what came of such an order unless it was saved, and it is saved only where the store has the
order as it was left. Everything else is done again, on what is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, NamedTuple

from flowengine.runtime.rows import Found, OrderRow

FRESH: Final = 1.0
"""Seconds from the last reading of an order until it is read again, and with it the time of the database."""
MOST: Final = 256
_RUNNING: Final = getattr(time, "CLOCK_BOOTTIME", None)


def seconds() -> float:
    """A clock that never goes back; where the system has such a one, it goes on while the machine sleeps."""
    return time.monotonic() if _RUNNING is None else time.clock_gettime(_RUNNING)


class Look(NamedTuple):
    """When something was read: by the database in milliseconds UTC, and by the ticks of this process as it
    began to ask.
    """

    now: int | None
    at: float


class _Left(NamedTuple):
    row: OrderRow | None
    """None where somebody else has changed it: orders on which several work are read."""
    look: Look


class Recent:
    """The orders that the commands of one store left, for a second each. `ticks` counts seconds."""

    def __init__(self, ticks: Callable[[], float] = seconds) -> None:
        self.ticks = ticks
        self._left: dict[int, _Left] = {}

    def recall(self, id: int) -> tuple[Found, Look] | None:
        """An order as it was left, with the time that it is by now, and when it was read."""
        row, look = self._left.get(id) or (None, None)
        if row is None or look is None or (passed := self.ticks() - look.at) >= FRESH:
            return None
        now = None if look.now is None else look.now + int(passed * 1_000)
        return Found(row, None, now), look

    def leave(self, row: OrderRow, look: Look) -> None:
        """Keep how an order was left after that look, unless others work on it."""
        left = self._left.get(row.id)
        if left and left.row is None and look.at - left.look.at < FRESH:
            return
        if len(self._left) >= MOST:
            self._left.clear()
        self._left[row.id] = _Left(row, look)

    def mistake(self, id: int) -> None:
        """Have an order read for a while: it was not as it was left, or nothing could be done with it."""
        self._left[id] = _Left(None, Look(None, self.ticks()))

    def clear(self) -> None:
        """Forget all orders, as when nobody knows which database will answer next."""
        self._left.clear()
