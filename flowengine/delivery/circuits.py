"""Which endpoints are left alone for a while, because what was sent there failed several times in a row.

One courier counts failures in memory. That an endpoint rests is kept in the store, for all couriers of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flowengine.delivery.lane import Lane, Rest

TOGETHER: Final = 3
"""Parcels under way to one endpoint at once."""
LINE: Final = 12
"""Parcels that wait in one courier's hand for an endpoint."""
PATIENCE: Final = 3
"""Failures in a row after which an endpoint is left alone."""
_FIRST: Final = 30_000
_LONGEST: Final = 15 * 60_000


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    rest: Rest | None = None


class Circuits:
    """Counts failures by endpoint."""

    def __init__(self) -> None:
        self._known: dict[str, _Circuit] = {}
        self._proven: set[str] = set()

    def learn(self, lanes: Iterable[Lane]) -> None:
        """Take over which endpoints rest, as all couriers have found."""
        for lane in lanes:
            known = self._known.get(lane.endpoint)
            if lane.rest:
                self._known.setdefault(lane.endpoint, _Circuit()).rest = lane.rest
            elif known and known.rest:  # somebody else has reached it
                del self._known[lane.endpoint]

    def room(self, endpoint: str, now: int) -> int:
        """How many parcels may be under way there at once. Whoever has not taken one yet, or not of late, is
        given one at a time, so that those who dawdle hold few hands.
        """
        if self.pause(endpoint, now):
            return 0
        return TOGETHER if endpoint in self._proven else 1

    def share(self, endpoint: str, waiting: int) -> int:
        """How many parcels may be taken for an endpoint for which so many wait in the hand already. It is
        filled up when half is sent, not for each one.
        """
        line = LINE if endpoint in self._proven else 1
        return line - waiting if 2 * waiting <= line else 0

    def pause(self, endpoint: str, now: int) -> int:
        """Milliseconds for which an endpoint is left alone still."""
        known = self._known.get(endpoint)
        return max(known.rest.until - now, 0) if known and known.rest else 0

    def worked(self, endpoint: str) -> bool:
        """Something was taken there: all is well again. Whether it had rested."""
        known = self._known.pop(endpoint, None)
        self._proven.add(endpoint)
        return bool(known and known.rest)

    def failed(self, endpoint: str, now: int, asked: int = 0) -> Rest | None:
        """Something was not taken there; the endpoint may have `asked` for so many milliseconds of peace. The
        rest that begins, if any: at once where it has just rested.
        """
        self._proven.discard(endpoint)
        known = self._known.setdefault(endpoint, _Circuit())
        known.failures += 1
        if self.pause(endpoint, now) >= max(asked, 1):
            return None  # it was under way when the rest began
        if known.failures < PATIENCE and not known.rest and not asked:
            return None
        return self.rest(endpoint, now, asked)

    def rest(self, endpoint: str, now: int, asked: int) -> Rest:
        """Leave an endpoint alone, longer each time, and for what it `asked` for within reason."""
        known = self._known.setdefault(endpoint, _Circuit())
        times, since = (known.rest.times, known.rest.since) if known.rest else (0, now)
        pause = max(min(_FIRST * 2 ** min(times, 9), _LONGEST), min(asked, _LONGEST))
        known.rest = Rest(endpoint, now + pause, times + 1, since)
        return known.rest
