"""The worker: ticks until nothing is due, waits, and ticks again, whatever goes wrong meanwhile.

It has no clock, no thread and no dice of its own: the engine tells the time, `stop` waits, `rng` spreads.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Final, Protocol

from flowengine.errors import OrderBusy, StoreUnusable
from flowengine.texts import Lang, say
from flowengine.worker.ticked import BATCH, Ticked

POLL: Final = 5.0
"""Seconds after which a worker looks again although nothing was due: orders come from elsewhere."""
REST: Final = 0.025
"""Seconds between two batches. SQLite lets those who wait for its lock look for it now and then, and whoever
writes without a pause has taken it again each time; PostgreSQL locks orders, and needs none."""
BEAT: Final = 15_000
"""Milliseconds between two heartbeats of a worker: each is a write."""
_SPREAD: Final = 0.2
_BACK_OFFS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds after the first trouble, the second …; from then on the last of them."""
_LOG: Final = logging.getLogger("flowengine.worker")


class Beats(Protocol):
    """Where it is kept that somebody is at work."""

    def beat(self, name: str, ticked: Ticked) -> None:
        """Keep that somebody of that name has ticked."""


class Ticks(Beats, Protocol):
    """What a worker needs of an engine."""

    def tick(self, *, limit: int) -> Ticked:
        """Let at most `limit` orders decide what has fallen due."""


class Stop(Protocol):
    """Tells when to end; a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether it is time to end."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for so many seconds, less when it is time to end before; whether it is."""


class Loop(ABC):
    """Works until it is told to stop, waits in between, and is ended by no error.

    Under its `name` it leaves heartbeats; without one it leaves none. It looks at least every `poll` seconds.
    `rng` gives numbers from 0 to 1, `random.random` for one, by which waits differ by up to a fifth, so that
    those which began together do not look together.
    """

    kind = "loop"
    """What its thread is called."""

    def __init__(
        self,
        beats: Beats,
        *,
        name: str,
        poll: float,
        rng: Callable[[], float],
        log: logging.Logger | None,
        lang: Lang,
    ) -> None:
        self._beats = beats
        self._name = name
        self._poll = poll
        self._rng = rng
        self._log = log or _LOG
        self._lang: Lang = lang
        self._failures = 0
        self._trouble: type[BaseException] | None = None
        self._beaten_at: int | None = None

    def run(self, stop: Stop) -> None:
        """Work until `stop` is set: it is asked after each batch, and ends every wait."""
        self._say(logging.INFO, f"{self.kind}.begins", seconds=f"{self._poll:g}")
        while not stop.is_set():
            stop.wait(self._turn(stop))
        self._say(logging.INFO, f"{self.kind}.ends")

    def acknowledge(self) -> None:
        """Say that it was told to stop, for the batch in hand may take a moment."""
        self._say(logging.INFO, "worker.told")

    def fell(self, error: BaseException) -> float:
        """Say what has ended it although nothing should; returns the seconds until it is to run again."""
        self._log.critical(say("worker.fell", self._lang, {"kind": self.kind}), exc_info=error)
        return self._back_off(error)

    @abstractmethod
    def _work(self, stop: Stop) -> float:
        """Do what there is to do; returns the seconds until the next turn."""

    def _turn(self, stop: Stop) -> float:
        """Work; returns the seconds until the next turn. No error ends it, and none is hidden."""
        try:
            pause = self._work(stop)
        except (StoreUnusable, OrderBusy) as error:
            # By its kind: while a server restarts, each attempt is told something else.
            level = logging.DEBUG if type(error) is self._trouble else logging.WARNING
            self._say(level, "worker.trouble", detail=" ".join(str(error).split()))
            return self._back_off(error)
        except Exception as error:  # noqa: BLE001 - logged with its traceback; time must not stand still
            self._log.exception(say("worker.bug", self._lang))
            return self._back_off(error)
        if self._failures:
            self._say(logging.INFO, "worker.recovered", times=self._failures)
        self._failures, self._trouble = 0, None
        return pause

    def _pause(self, next_at: int | None, now: int) -> float:
        """The seconds until there is something to do next, never fewer; but not many more than `poll`."""
        poll = self._poll * (1 + _SPREAD * (2 * self._rng() - 1))
        if next_at is None or next_at <= now:  # then the rest is in the hands of others
            return poll
        return min(poll, (next_at - now) / 1_000 * (1 + _SPREAD * self._rng()))

    def _back_off(self, error: BaseException) -> float:
        pause = _BACK_OFFS[min(self._failures, len(_BACK_OFFS) - 1)]
        self._failures, self._trouble = self._failures + 1, type(error)
        return pause * (1 - _SPREAD * self._rng())

    def _beat(self, ticked: Ticked) -> None:
        """Say now and then that somebody is there. It fails without harm: the work comes first."""
        is_early = self._beaten_at is not None and 0 <= ticked.now - self._beaten_at < BEAT
        if is_early or not self._name:
            return
        self._beaten_at = ticked.now
        try:
            self._beats.beat(self._name, ticked)
        except (StoreUnusable, OrderBusy) as error:
            self._say(logging.WARNING, "worker.no_heartbeat", detail=" ".join(str(error).split()))

    def _say(self, level: int, key: str, **params: object) -> None:
        self._log.log(level, "%s", say(key, self._lang, params))


class Worker(Loop):
    """Lets time pass for one engine. Any number of workers may share a database.

    `rest` is left to others between two batches.
    """

    kind = "worker"

    def __init__(
        self,
        engine: Ticks,
        *,
        name: str = "",
        poll: float = POLL,
        rest: float = REST,
        rng: Callable[[], float] = lambda: 0.5,
        log: logging.Logger = _LOG,
        lang: Lang = "en",
    ) -> None:
        super().__init__(engine, name=name, poll=poll, rng=rng, log=log, lang=lang)
        self._engine = engine
        self._rest = rest

    def step(self) -> Ticked:
        """Decide one batch of what is due, in one transaction. Raises what the store raises."""
        return self._engine.tick(limit=BATCH)

    def catch_up(self, stop: Stop | None = None) -> Ticked:
        """Step until nothing is due, or until `stop` is set; what came of all steps together."""
        stop, total = stop or Event(), Ticked()
        try:
            while True:
                ticked = self.step()
                total = _sum(total, ticked)
                self._beat(ticked)
                if not (ticked.did_something and ticked.more_is_due) or stop.wait(self._rest):
                    return total
        finally:
            self._report(total)

    def _work(self, stop: Stop) -> float:
        """Catch up; returns the seconds until the next turn."""
        ticked = self.catch_up(stop)
        return self._pause(ticked.next_at, ticked.now)

    def _report(self, total: Ticked) -> None:
        if total.orders:
            counts = {"orders": total.orders, "late": total.late, "failed": total.failed}
            self._say(logging.INFO, "worker.decided", **counts)
        if total.failed:
            self._say(logging.WARNING, "worker.parked", failed=total.failed)


def _sum(total: Ticked, ticked: Ticked) -> Ticked:
    return replace(
        ticked,
        orders=total.orders + ticked.orders,
        late=total.late + ticked.late,
        failed=total.failed + ticked.failed,
        heard=total.heard + ticked.heard,
        opened=total.opened + ticked.opened,
    )
