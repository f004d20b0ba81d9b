"""What one courier has in hand: parcels under way, and behind them those that wait for the same endpoint."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Final

from flowengine.delivery.carrier import Load, NotSent
from flowengine.delivery.circuits import LINE
from flowengine.delivery.parcel import ParcelRow
from flowengine.delivery.threads import Threads

THREADS: Final = 32
"""Parcels under way at once."""
MARGIN: Final = 15_000
"""Milliseconds before the end of its lease at which nobody waits any longer for what is under way."""
_LOOK: Final = 0.2
"""Seconds after which is looked for new parcels while others are under way."""

Item = tuple[ParcelRow, Load]


class Hand:
    """Parcels that were taken and not settled; `threads` send them."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._lines: dict[str, deque[Item]] = {}
        self._under_way: dict[Future[None], Item] = {}

    def __len__(self) -> int:
        return len(self._under_way) + sum(map(len, self._lines.values()))

    def put(self, row: ParcelRow, load: Load) -> bool:
        """Let a parcel wait for its endpoint; False where too many do already."""
        line = self._lines.setdefault(row.endpoint, deque())
        if len(line) < LINE:
            line.append((row, load))
            return True
        return False

    def line(self, endpoint: str) -> int:
        """How many wait for an endpoint."""
        return len(self._lines.get(endpoint, ()))

    def send(self, room: Callable[[str], int], now: int) -> None:
        """Send what waits; `room` says how many parcels may be under way to an endpoint at once."""
        busy = Counter(row.endpoint for row, _ in self._under_way.values())
        for endpoint, line in self._lines.items():
            free = THREADS - len(self._under_way)
            for _ in range(min(len(line), room(endpoint) - busy[endpoint], free)):
                row, load = line.popleft()
                self._under_way[self._threads.begin(load.send, now)] = row, load

    def waiting(self) -> list[str]:
        """The endpoints for which something waits."""
        return [endpoint for endpoint, line in self._lines.items() if line]

    def drop(self, endpoint: str) -> Iterator[Item]:
        """What waits for an endpoint, out of the hand."""
        yield from self._lines.pop(endpoint, ())

    def outlived(self, now: int) -> Iterator[Item]:
        """What has waited until it is about to belong to others, out of the hand."""
        for line in self._lines.values():
            for item in [each for each in line if _is_over(each[0], now)]:
                line.remove(item)
                yield item

    def come_back(self, now: int) -> Iterator[tuple[ParcelRow, Load, BaseException | None]]:
        """What has come back, after a moment at most; with the error where it was not taken. What is about to
        belong to others is not waited for any longer.
        """
        done = wait(self._under_way, _LOOK, FIRST_COMPLETED).done if self._under_way else ()
        for future in done:
            row, load = self._under_way.pop(future)
            yield row, load, future.exception()
        for future, (row, load) in list(self._under_way.items()):
            if _is_over(row, now) and not future.done():
                del self._under_way[future]
                self._threads.give_up(future, row.endpoint)
                yield row, load, NotSent("never_ended")


def _is_over(row: ParcelRow, now: int) -> bool:
    """Whether somebody else may take it any moment."""
    return now > row.next_at - MARGIN
