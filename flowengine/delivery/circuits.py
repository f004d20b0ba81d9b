"""Which endpoints are left alone for a while, because what was sent there failed several times in a row.

Kept in the memory of one courier: another one finds out by itself, and so does this one after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TOGETHER: Final = 3
"""Parcels under way to one endpoint at once."""
PATIENCE: Final = 3
"""Failures in a row after which an endpoint is left alone."""
_FIRST: Final = 30_000
_LONGEST: Final = 15 * 60_000


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    opened: int = 0
    until: int = 0


class Circuits:
    """Counts failures by endpoint."""

    def __init__(self) -> None:
        self._known: dict[str, _Circuit] = {}
        self._proven: set[str] = set()

    def room(self, endpoint: str, now: int) -> int:
        """How many parcels may be under way there at once. Whoever has not taken one yet, or not of late, is
        given one at a time, so that those who dawdle hold few hands.
        """
        if self.pause(endpoint, now):
            return 0
        return TOGETHER if endpoint in self._proven else 1

    def pause(self, endpoint: str, now: int) -> int:
        """Milliseconds for which an endpoint is left alone still."""
        circuit = self._known.get(endpoint)
        return max(circuit.until - now, 0) if circuit else 0

    def worked(self, endpoint: str) -> None:
        """Something was taken there: all is well again."""
        self._known.pop(endpoint, None)
        self._proven.add(endpoint)

    def failed(self, endpoint: str, now: int, asked: int = 0) -> None:
        """Something was not taken there; the endpoint may have `asked` for so many milliseconds of peace."""
        self._proven.discard(endpoint)
        circuit = self._known.setdefault(endpoint, _Circuit())
        circuit.failures += 1
        if circuit.failures >= PATIENCE or asked:
            pause = min(_FIRST * 2 ** min(circuit.opened, 9), _LONGEST)
            circuit.opened += 1
            circuit.until = now + max(pause, min(asked, _LONGEST))
