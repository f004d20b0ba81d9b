"""Having parcels carried: messages are sorted first, then the courier takes what is ready."""

from __future__ import annotations

from collections.abc import Callable

from flowengine.delivery.carrier import Carrier
from flowengine.delivery.courier import Courier
from flowengine.delivery.delivered import Delivered
from flowengine.delivery.parcel import ParcelRow, State
from flowengine.runtime.callers import Callers
from flowengine.runtime.depot import StoreDepot
from flowengine.runtime.looking import MOST, Page
from flowengine.runtime.mailroom import Mailroom
from flowengine.runtime.missing import missing
from flowengine.runtime.ports import Clock, Store


class Delivering:
    """The courier of one engine, with the carriers that it has."""

    def __init__(
        self,
        store: Store,
        clock: Clock | None,
        rng: Callable[[], float],
        mailroom: Mailroom | None,
        callers: Callers | None = None,
    ) -> None:
        self._store = store
        self._depot = StoreDepot(store, clock, {"call": callers.heard} if callers else {})
        self._mailroom = mailroom
        self._carriers: dict[str, Carrier] = {"message": mailroom} if mailroom else {}
        if callers:
            self._carriers["call"] = callers
        self._courier = Courier(self._depot, self._carriers, rng=rng)

    @property
    def carries(self) -> bool:
        """Whether there is anything that could be carried."""
        return bool(self._carriers)

    def deliver(self, limit: int) -> Delivered:
        """Carry at most `limit` parcels."""
        if not self.carries:
            return Delivered()
        while self._mailroom and self._mailroom.sort(self._depot.now()):
            pass
        return self._courier.deliver(limit)

    def parcels(self, state: State | None, after: int, limit: int) -> Page[tuple[ParcelRow, str]]:
        """A page of parcels by id, each with the number of its order."""
        limit = min(max(limit, 1), MOST)
        with self._store.reading() as unit:
            rows = unit.parcels(state, after=after, limit=limit)
        return Page(tuple(rows), rows[-1][0].id if len(rows) == limit else None)

    def retry(self, key: str) -> None:
        """Let a dead parcel be carried once more, and at once: whoever asks for it knows that its endpoint is
        back. Raises NotFound.
        """
        now = self._depot.now()
        with self._store.writing() as unit:
            if not unit.retry_parcel(key, now):
                raise missing("parcel", key=key)
            unit.end_rest_of(key)
