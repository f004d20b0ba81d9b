"""A worker in a thread beside the host's own: opt-in, by `with run_in_thread(engine): …`."""

from __future__ import annotations

import random  # noqa: TID251 - when a worker looks again is no decision about an order
import threading
from collections.abc import Callable
from typing import Self

from flowengine.texts import Lang
from flowengine.worker.heartbeat import signature
from flowengine.worker.loop import POLL, REST, Ticks, Worker


class Running:
    """A worker in a thread of its own, from `begin` until it is stopped or the process ends.

    A process that ends without stopping it loses nothing: the batch in hand is rolled back.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=worker.run, args=(self._stop,), name="flowengine-worker", daemon=True
        )

    def begin(self) -> None:
        """Begin, once."""
        self._thread.start()

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Have it end after the batch in hand; returns at once."""
        if not self._stop.is_set():
            self._worker.acknowledge()
        self._stop.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for its end, for at most so many seconds; whether it has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.join()


def run_in_thread(
    engine: Ticks,
    *,
    poll: float = POLL,
    rest: float = REST,
    rng: Callable[[], float] = random.random,
    lang: Lang = "en",
) -> Running:
    """Let time pass for `engine` in a thread, looking every `poll` seconds; what it does is logged.

    On PostgreSQL `rest` may be 0. Begin it after a fork, in each process that shall have one.
    """
    running = Running(Worker(engine, name=signature("thread"), poll=poll, rest=rest, rng=rng, lang=lang))
    running.begin()
    return running
