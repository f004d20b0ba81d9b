"""A worker in a thread beside the host's own: opt-in, by `with run_in_thread(engine): …`."""

from __future__ import annotations

import random  # noqa: TID251 - when a worker looks again is no decision about an order
import threading
from collections.abc import Callable
from typing import Protocol, Self

from flowengine.texts import Lang
from flowengine.worker.heartbeat import signature
from flowengine.worker.loop import POLL, REST, Loop, Ticks, Worker
from flowengine.worker.postman import Delivers, Postman


class Running:
    """Workers, each in a thread of its own, from `begin` until they are stopped or the process ends.

    A process that ends without stopping it loses nothing: the batch in hand is rolled back.
    """

    def __init__(self, *workers: Loop) -> None:
        self._workers = workers
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._attend, args=(each,), name=f"flowengine-{each.kind}", daemon=True)
            for each in workers
        ]

    def begin(self) -> None:
        """Begin, once."""
        for thread in self._threads:
            thread.start()

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Have it end after the batch in hand; returns at once."""
        if not self._stop.is_set():
            self._workers[0].acknowledge()
        self._stop.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for their end, for at most so many seconds each; whether all have ended."""
        for thread in self._threads:
            thread.join(timeout)
        return not any(thread.is_alive() for thread in self._threads)

    def _attend(self, worker: Loop) -> None:
        """Have it work until it is told to stop; whatever ends it before, it begins again."""
        while not self._stop.is_set():
            try:
                worker.run(self._stop)
            except BaseException as error:  # noqa: BLE001 - it is said, and nobody else would begin it again
                self._stop.wait(worker.fell(error))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.join()


class Engine(Ticks, Delivers, Protocol):
    """What both of them need of an engine."""


def run_in_thread(
    engine: Engine,
    *,
    poll: float = POLL,
    rest: float = REST,
    rng: Callable[[], float] = random.random,
    lang: Lang = "en",
    delivers: bool = False,
) -> Running:
    """Let time pass for `engine` in a thread, looking every `poll` seconds; what it does is logged. In a
    second thread it `delivers`.

    On PostgreSQL `rest` may be 0. Begin it after a fork, in each process that shall have one.
    """
    worker = Worker(engine, name=signature("thread"), poll=poll, rest=rest, rng=rng, lang=lang)
    name = signature(Postman.kind)
    postman = [Postman(engine, name=name, poll=poll, rng=rng, lang=lang)] if delivers else []
    running = Running(worker, *postman)
    running.begin()
    return running
