"""The parcels of a store, for the courier: each call is a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Final

from flowengine.delivery.parcel import ParcelRow
from flowengine.errors import FlowEngineError
from flowengine.runtime.ports import Clock, Store, instant

_LOG: Final = logging.getLogger("flowengine.courier")
Hearing = Callable[[ParcelRow], None]


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

    def take(self, kind: str, now: int, until: int, limit: int) -> list[ParcelRow]:
        """Take parcels whose time has come, for oneself `until` then, of each queue the first."""
        with self._store.writing() as unit:
            return unit.take_parcels(kind, now, until, limit)

    def settle(self, row: ParcelRow) -> bool:
        """Keep what became of a parcel; False where somebody else has taken it meanwhile.

        Who hears of its kind is told first: whatever happens in between, it is told again under the same key.
        """
        if row.state != "ready" and row.kind in self._hearing:
            try:
                self._hearing[row.kind](row)
            except FlowEngineError as error:
                _LOG.warning("parcel %s: %s", row.key, type(error).__name__)
                return False
        with self._store.writing() as unit:
            return unit.settle_parcel(row)

    def next_at(self) -> int | None:
        """The instant of the next attempt of all."""
        with self._store.reading() as unit:
            return unit.next_parcel()
