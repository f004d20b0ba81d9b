"""What one tick did: the one thing that whoever lets time pass must know of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BATCH: Final = 100
"""Orders in one transaction: enough that its cost is shared, few enough that others wait for an instant."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: orders looked at, orders that became late, and orders that had to be parked. It counts
    the orders that the calendar `opened`, what linked orders say and was `heard`, and beside the parked what
    `failed` to be.

    `next_at` is the instant (milliseconds UTC) at which the next order has something to decide or to hear, or
    is to be opened;
    `now` is the present one, by the clock that decides: on PostgreSQL not that of this machine.
    """

    orders: int = 0
    late: int = 0
    failed: int = 0
    next_at: int | None = None
    now: int = 0
    heard: int = 0
    opened: int = 0

    @property
    def did_something(self) -> bool:
        """Whether anything was due that this tick took care of."""
        return bool(self.orders or self.opened or self.heard)

    @property
    def more_is_due(self) -> bool:
        """Whether something is due still: beyond the limit, or in the hands of others."""
        return self.next_at is not None and self.next_at <= self.now

    @property
    def lag(self) -> int:
        """The milliseconds for which what is due longest has been waiting."""
        return 0 if self.next_at is None else max(self.now - self.next_at, 0)
