"""The parcels of a store, for the courier: each call is a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Final

from flowengine.delivery.lane import Lane, Rest
from flowengine.delivery.parcel import ParcelRow, State
from flowengine.delivery.reasons import plain
from flowengine.delivery.waits import wait_after
from flowengine.runtime.ports import Clock, Store, instant

_LOG: Final = logging.getLogger("flowengine.courier")
Hearing = Callable[[ParcelRow], ParcelRow]
"""Takes in what became of a parcel; the parcel as it is to be kept."""


class StoreDepot:
    """What the courier needs of a store. The time is the database's where it has one.

    `hearing` are those who are told what became of parcels, by their kind.
    """

    def __init__(
        self, store: Store, clock: Clock | None, hearing: Mapping[str, Hearing] | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._hearing = hearing or {}

    def now(self) -> int:
        """The present instant, milliseconds UTC."""
        if self._clock is not None:
            return self._clock()
        with self._store.reading() as unit:
            return instant(None, unit.now())

    def lanes(self, kind: str) -> list[Lane]:
        """The endpoints for which parcels of a kind wait."""
        with self._store.reading() as unit:
            return unit.lanes(kind)

    def take(self, kind: str, shares: Mapping[str, int], now: int, until: int, limit: int) -> list[ParcelRow]:
        """Take parcels whose time has come, for oneself `until` then, of each queue the first: at most so
        many for each endpoint of `shares`, in their order, and `limit` in all.
        """
        rows: list[ParcelRow] = []
        with self._store.writing() as unit:
            for endpoint, share in shares.items():
                if room := min(share, limit - len(rows)):
                    rows += unit.take_parcels(kind, endpoint, now, until, room)
        return rows

    def settle(self, row: ParcelRow) -> State | None:
        """Keep what became of a parcel; the state in which it is kept, None where somebody else has taken it
        meanwhile.

        Who hears of its kind is told first: whatever happens in between, it is told again under the same key.
        """
        if row.state != "ready" and row.kind in self._hearing:
            row = self._heard(row)
        with self._store.writing() as unit:
            return row.state if unit.settle_parcel(row) else None

    def _heard(self, row: ParcelRow) -> ParcelRow:
        """A parcel whose fate was told; where it could not be, it is to be tried again."""
        try:
            return self._hearing[row.kind](row)
        except Exception as error:  # noqa: BLE001 - one order that cannot hear it stops no other
            kind = plain(type(error).__name__)
            _LOG.warning("parcel %s: %s", row.key, kind)
            again = self.now() + wait_after(row.attempts, 0.0)
            return row._replace(state="ready", next_at=again, done_at=None, error=f"not_taken_in: {kind}")

    def begin_rest(self, rest: Rest) -> None:
        """Let every courier leave an endpoint alone."""
        with self._store.writing() as unit:
            unit.begin_rest(rest)

    def end_rest(self, endpoint: str) -> None:
        """Let every courier go to an endpoint again."""
        with self._store.writing() as unit:
            unit.end_rest(endpoint)
