"""The courier: takes parcels from the store, has them sent in threads, and keeps what became of each.

Taking is one short transaction, the result another; nothing is sent within one. Who is killed in between
leaves parcels that somebody else takes after the lease, under the same key: at least once, never lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Protocol

from flowengine.delivery.carrier import TRIES, Carrier, Load, NotSent
from flowengine.delivery.circuits import TOGETHER, Circuits
from flowengine.delivery.delivered import Delivered
from flowengine.delivery.hand import Hand
from flowengine.delivery.lane import Lane, Rest, next_opening, open_lanes
from flowengine.delivery.parcel import ParcelRow, State
from flowengine.delivery.reasons import plain, reason
from flowengine.delivery.threads import Threads
from flowengine.delivery.waits import spread, wait_after

LEASE: Final = 5 * 60_000
"""Milliseconds for which a parcel belongs to who took it: far longer than it waits and is under way."""
_HANDS: Final = 200
"""Parcels that one courier has in hand at most."""
GIVEN_UP: Final = 2 * 24 * 60 * 60_000
"""Milliseconds after which what waits for an endpoint is given up, if more than `TRIES` attempts failed there
meanwhile and none did not: as long as all attempts take where each is made.
"""
_HANGING: Final = 60_000
"""Milliseconds after which is looked again whether those that hang at an endpoint have ended."""
_ELSEWHERE: Final = 15_000
"""Milliseconds for which a parcel is left to couriers that can carry it."""


class Depot(Protocol):
    """Where parcels are kept."""

    def now(self) -> int:
        """The present instant, milliseconds UTC."""

    def lanes(self, kind: str) -> list[Lane]:
        """The endpoints for which parcels of a kind wait."""

    def take(self, kind: str, shares: Mapping[str, int], now: int, until: int, limit: int) -> list[ParcelRow]:
        """Take parcels whose time has come, for oneself `until` then, of each queue the first: at most so
        many for each endpoint of `shares`, in their order, and `limit` in all.
        """

    def settle(self, row: ParcelRow) -> State | None:
        """Keep what became of a parcel; the state in which it is kept, None where somebody else has taken it
        meanwhile.
        """

    def begin_rest(self, rest: Rest) -> None:
        """Let every courier leave an endpoint alone."""

    def end_rest(self, endpoint: str) -> None:
        """Let every courier go to an endpoint again."""


class Courier:
    """Carries parcels, each by the carrier of its kind; of other kinds it leaves them to others.

    `rng` gives numbers from 0 to 1, by which waits differ.
    """

    def __init__(
        self,
        depot: Depot,
        carriers: Mapping[str, Carrier],
        *,
        rng: Callable[[], float],
        lease: int = LEASE,
    ) -> None:
        self._depot = depot
        self._carriers = carriers
        self._rng = rng
        self._lease = lease
        self._circuits = Circuits()
        self._threads = Threads()

    def deliver(self, limit: int) -> Delivered:
        """Carry at most `limit` parcels, and wait for what becomes of them."""
        tally: Counter[str] = Counter()
        hand, left = Hand(self._threads), limit
        while True:
            rows = self._take(hand, min(left, _HANDS - len(hand)))
            left -= len(rows)
            tally.update(self._accept(row, hand) for row in rows)
            now = self._depot.now()
            self._send(hand, now)
            if not rows and not len(hand):
                break
            for each in hand.come_back(now):
                tally.update(self._settle(*each))
        lanes = [lane for kind in self._carriers for lane in self._depot.lanes(kind)]
        counts = tally["sent"], tally["retried"], tally["dead"]
        return Delivered(*counts, next_opening(lanes), self._depot.now(), tally["held"])

    def _take(self, hand: Hand, room: int) -> list[ParcelRow]:
        """Take parcels for every endpoint that does not rest: of each a few, whatever waits for another."""
        rows: list[ParcelRow] = []
        for kind in self._carriers:
            if room > len(rows):
                now, lanes = self._depot.now(), self._depot.lanes(kind)
                self._circuits.learn(lanes)
                wanted = {
                    lane.endpoint: share
                    for lane in open_lanes(lanes, now)
                    if (share := self._share(lane.endpoint, hand, room))
                }
                if wanted:
                    rows += self._depot.take(kind, wanted, now, now + self._lease, room - len(rows))
        return rows

    def _share(self, endpoint: str, hand: Hand, room: int) -> int:
        return self._circuits.share(endpoint, hand.line(endpoint)) if endpoint else room

    def _accept(self, row: ParcelRow, hand: Hand) -> str:
        """Make a parcel ready, and let it wait for its endpoint."""
        try:
            load = self._carriers[row.kind].load(row, self._depot.now())
        except BaseException as error:  # noqa: BLE001 - what cannot be made ready stops nothing else
            return self._failed(row, reason(row.key, error), TRIES)
        row = row._replace(endpoint=plain(load.endpoint))
        if row.attempts > load.tries:
            # Whoever had it was killed each time, or its result was: it may be what kills.
            return self._failed(row, NotSent("never_came_back", final=True), load.tries)
        if not hand.put(row, load):
            self._put_back(row, 0)  # now that its endpoint is known, it is taken when its turn comes
        return ""

    def _send(self, hand: Hand, now: int) -> None:
        for row, _ in hand.outlived(now):
            self._put_back(row, 0)
        hand.send(lambda endpoint: self._room(endpoint, now), now)
        for endpoint in hand.waiting():
            if self._threads.lost(endpoint) >= TOGETHER and not self._circuits.pause(endpoint, now):
                self._depot.begin_rest(self._circuits.rest(endpoint, now, _HANGING))
            if pause := self._circuits.pause(endpoint, now):
                for row, _ in hand.drop(endpoint):
                    self._put_back(row, pause)

    def _room(self, endpoint: str, now: int) -> int:
        """How many parcels may be under way to an endpoint; fewer where some never came back."""
        return min(self._circuits.room(endpoint, now), TOGETHER - self._threads.lost(endpoint))

    def _settle(self, row: ParcelRow, load: Load, error: BaseException | None) -> Iterator[str]:
        now = self._depot.now()
        if error is None:
            if self._circuits.worked(row.endpoint):
                self._depot.end_rest(row.endpoint)
            yield self._keep(row._replace(state="sent", next_at=now, done_at=now, error=""))
            return
        failed = reason(row.key, error)
        yield self._failed(row, failed, load.tries)
        if not failed.final and (rest := self._circuits.failed(row.endpoint, now, failed.wait)):
            self._depot.begin_rest(rest)
            if rest.times > TRIES and now - rest.since > GIVEN_UP:
                yield from self._give_up(row.kind, rest.endpoint, now)

    def _give_up(self, kind: str, endpoint: str, now: int) -> Iterator[str]:
        """Of what waits for an endpoint where nobody is any more, let what has waited too long be dead, or go
        another way: one attempt in each rest would never come to an end with all of it.
        """
        for row in self._depot.take(kind, {endpoint: _HANDS}, now, now + self._lease, _HANDS):
            if now - row.made_at > GIVEN_UP:
                yield self._failed(row, NotSent("nobody_there", final=True), 0)
            else:
                self._put_back(row, 0)

    def _failed(self, row: ParcelRow, failed: NotSent, tries: int) -> str:
        """Try it again later, in another way, or not at all."""
        now = self._depot.now()
        row = row._replace(error=failed.why)
        if failed.elsewhere:
            pause = failed.wait or spread(_ELSEWHERE, self._rng())
            return self._keep(row._replace(attempts=row.attempts - 1, next_at=now + pause))
        if not failed.final and row.attempts < tries:
            wait = wait_after(row.attempts, self._rng(), failed.wait)
            return self._keep(row._replace(next_at=now + wait))
        content = self._carriers[row.kind].instead(row, failed)
        if content is not None:
            return self._keep(row._replace(content=content, endpoint="", attempts=0, next_at=now))
        return self._keep(row._replace(state="dead", next_at=now, done_at=now))

    def _put_back(self, row: ParcelRow, pause: int) -> None:
        """It was not tried, so that counts for nothing."""
        next_at = self._depot.now() + spread(pause, self._rng())
        self._depot.settle(row._replace(attempts=row.attempts - 1, next_at=next_at))

    def _keep(self, row: ParcelRow) -> str:
        """Keep what became of it; how that is counted."""
        state = self._depot.settle(row)
        waits = "held" if row.error == "quiet" else "retried"
        return waits if state == "ready" else state or ""
