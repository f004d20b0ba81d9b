"""What one delivery did: the one thing that whoever has parcels carried must know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivered:
    """Parcels that were taken outside, that are tried again later, and that were given up; those that are
    `held` wait for the end of quiet hours.

    `next_at` is the instant (milliseconds UTC) of the next attempt, None where nothing is left; `now` is the
    present one, by the clock that decides.
    """

    sent: int = 0
    retried: int = 0
    dead: int = 0
    next_at: int | None = None
    now: int = 0
    held: int = 0

    @property
    def more_is_due(self) -> bool:
        """Whether something could be carried still."""
        return self.next_at is not None and self.next_at <= self.now
