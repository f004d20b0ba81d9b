"""Threads that send, one for each parcel: who never comes back keeps neither the courier nor the end of the
process waiting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread


class Threads:
    """Begins threads, and knows how many of them were given up and have not ended yet, by their endpoint."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._lost: Counter[str] = Counter()

    def begin(self, send: Callable[[int], None], now: int) -> Future[None]:
        """Let `send` run beside us."""
        future: Future[None] = Future()

        def work() -> None:
            try:
                send(now)
            except BaseException as error:  # noqa: BLE001 - whoever waits for it looks at it
                future.set_exception(error)
            else:
                future.set_result(None)

        Thread(target=work, name="flowengine-courier", daemon=True).start()
        return future

    def give_up(self, future: Future[None], endpoint: str) -> None:
        """Wait no longer for what is sent to an endpoint."""
        self._count(endpoint, 1)
        future.add_done_callback(lambda _: self._count(endpoint, -1))

    def lost(self, endpoint: str) -> int:
        """How many threads hang at an endpoint."""
        with self._turn:
            return self._lost[endpoint]

    def _count(self, endpoint: str, by: int) -> None:
        with self._turn:
            self._lost[endpoint] += by
