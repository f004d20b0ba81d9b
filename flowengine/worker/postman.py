"""The postman: has parcels carried outside, beside the worker, so that slow endpoints hold up no time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from typing import Final, Protocol

from flowengine.delivery.delivered import Delivered
from flowengine.texts import Lang
from flowengine.worker.loop import POLL, Beats, Loop, Stop
from flowengine.worker.ticked import Ticked

BATCH: Final = 200
"""Parcels of one delivery: after each is asked whether to stop."""


class Delivers(Beats, Protocol):
    """What a postman needs of an engine."""

    def deliver(self, *, limit: int) -> Delivered:
        """Carry at most `limit` parcels outside."""


class Postman(Loop):
    """Has parcels carried for one engine. Any number may share a database."""

    kind = "postman"

    def __init__(
        self,
        engine: Delivers,
        *,
        name: str = "",
        poll: float = POLL,
        rng: Callable[[], float] = lambda: 0.5,
        log: logging.Logger | None = None,
        lang: Lang = "en",
    ) -> None:
        super().__init__(engine, name=name, poll=poll, rng=rng, log=log, lang=lang)
        self._engine = engine

    def catch_up(self, stop: Stop | None = None) -> Delivered:
        """Deliver until nothing is due, or until `stop` is set; what came of all of it together."""
        stop, total = stop or Event(), Delivered()
        try:
            while True:
                done = self._engine.deliver(limit=BATCH)
                total = _sum(total, done)
                if done.now:
                    self._beat(Ticked(next_at=done.next_at, now=done.now))
                carried = done.sent + done.retried + done.dead + done.held
                if not (carried and done.more_is_due) or stop.is_set():
                    return total
        finally:
            self._report(total)

    def _work(self, stop: Stop) -> float:
        done = self.catch_up(stop)
        return self._pause(done.next_at, done.now)

    def _report(self, total: Delivered) -> None:
        if total.sent or total.retried or total.dead:
            counts = {"sent": total.sent, "retried": total.retried, "dead": total.dead}
            self._say(logging.INFO, "postman.done", **counts)
        if total.held:
            self._say(logging.INFO, "postman.held", held=total.held)
        if total.dead:
            self._say(logging.WARNING, "postman.dead", dead=total.dead)


def _sum(total: Delivered, done: Delivered) -> Delivered:
    return Delivered(
        total.sent + done.sent,
        total.retried + done.retried,
        total.dead + done.dead,
        done.next_at,
        done.now,
        total.held + done.held,
    )
