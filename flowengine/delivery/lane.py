"""What waits for one endpoint, and how long that endpoint is left alone by every courier of a store."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Rest(NamedTuple):
    """An endpoint that is left alone until an instant (milliseconds UTC), for so many `times` in a row;
    nothing was taken there `since` an instant.
    """

    endpoint: str
    until: int
    times: int
    since: int


class Lane(NamedTuple):
    """An endpoint for which parcels wait, and when the first of these is due. The one without a name is of
    parcels that nobody has made ready yet.
    """

    endpoint: str
    due_at: int
    rest: Rest | None

    @property
    def opens_at(self) -> int:
        """The instant from which on something may be taken."""
        return max(self.due_at, self.rest.until) if self.rest else self.due_at


def open_lanes(lanes: Collection[Lane], now: int) -> list[Lane]:
    """Those of which something may be taken, the longest due first."""
    return sorted((lane for lane in lanes if lane.opens_at <= now), key=lambda lane: lane.due_at)


def next_opening(lanes: Collection[Lane]) -> int | None:
    """The instant at which something may be taken next."""
    return min((lane.opens_at for lane in lanes), default=None)
