"""Clients and workers as processes of their own, on a clock by which an hour is a second.

A client gives keyed commands, each again until it is answered, and keeps what was acknowledged: that is what
history has to say in the end, no more and no less.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeVar

from flowengine import Choose, Done, Engine, Result, Write
from flowengine.errors import ConnectionLost, OrderBusy
from flowengine.worker import Worker
from flowengine.worker.ticked import Ticked
from tests.chaos.record import assert_late_once, rows
from tests.faults.children import Child, Say, forked
from tests.worker.office import DESK, HOUR, NOON
from tests.worker.office import PROCESS as OFFICE

T = TypeVar("T")

PROCESS: Final = OFFICE.replace("from: any", "from: [review, closed]")
"""Each visit is due after two hours, and an order that has ended may be visited again."""
PATIENCE: Final = 60.0
"""Seconds after which a command that is given again and again has failed."""
PAUSE: Final = 0.05
_OPEN_AT_ONCE: Final = 20
THREADS: Final = 2


@dataclass(frozen=True, slots=True)
class Hours:
    """A clock on which a second is an hour, the same for all processes of this machine."""

    began: float = field(default_factory=time.monotonic)

    def __call__(self) -> int:
        return NOON + round((time.monotonic() - self.began) * HOUR)


@dataclass(slots=True)
class Kept:
    """What a client knows of one order of its own, by the answers that it was given."""

    acks: list[tuple[str, int]] = field(default_factory=list)
    done: dict[str, Any] = field(default_factory=dict)
    status: str = "open"


@dataclass(slots=True)
class Diary:
    """What a client tells at its end: its orders, and when each command was answered, after how long."""

    orders: dict[int, Kept] = field(default_factory=dict)
    answered: list[tuple[float, float]] = field(default_factory=list)
    troubles: dict[str, int] = field(default_factory=dict)


class Client:
    """One thread of a client: commands on orders of its own, now and then leaving one until it is late."""

    def __init__(self, engine: Engine, name: str, dice: random.Random) -> None:
        self._engine = engine
        self._name = name
        self._dice = dice
        self._turn = 0
        self.diary = Diary()

    def work(self, until: float, pause: float) -> Diary:
        """Give a command about every so many seconds, until it is so late on the monotonic clock."""
        due = time.monotonic()
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            self._command()
            due += pause * self._dice.uniform(0.5, 1.5)
        return self.diary

    def _command(self) -> None:
        self._turn += 1
        key = f"{self._name}/{self._turn}"
        recent = list(self.diary.orders)[-_OPEN_AT_ONCE:]
        if not recent or self._dice.random() < 0.3:
            opened = self._answered(
                lambda: self._engine.start("order", {"customer": key}, by=DESK, key=key).or_raise()
            )
            self._keep(opened, key, {})
            return
        id = self._dice.choice(recent)
        kept = self.diary.orders[id]
        command, done = self._next(kept)
        if command is not None:
            answer = self._answered(lambda: self._engine.do(id, command, by=DESK, key=key).or_raise())
            self._keep(answer, key, done)

    def _next(self, kept: Kept) -> tuple[Any, dict[str, Any]]:
        """A command that is allowed now, and what is done in this visit afterwards."""
        if kept.status == "closed" or self._dice.random() < 0.2:
            return Choose("again"), {}
        if "checked" not in kept.done:
            return Done("checked"), {**kept.done, "checked": True}
        note = f"note {self._turn} of {self._name}"
        return Write({"noted": note}), {}  # with it, the order is closed

    def _keep(self, answer: Result, key: str, done: dict[str, Any]) -> None:
        kept = self.diary.orders.setdefault(answer.order_id, Kept())
        kept.acks.append((key, answer.revision))
        kept.done, kept.status = done, answer.status

    def _answered(self, give: Callable[[], Result]) -> Result:
        began = time.monotonic()
        while True:
            try:
                answer = give()
            except (ConnectionLost, OrderBusy) as trouble:
                kind = type(trouble).__name__
                self.diary.troubles[kind] = self.diary.troubles.get(kind, 0) + 1
                if time.monotonic() - began > PATIENCE:
                    raise
                time.sleep(PAUSE)
            else:
                now = time.monotonic()
                self.diary.answered.append((now, now - began))
                return answer


class _Until:
    """Tells a worker to end when it is so late on the monotonic clock."""

    def __init__(self, end: float) -> None:
        self._end = end

    def is_set(self) -> bool:
        return time.monotonic() >= self._end

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        time.sleep(max(0.0, min(timeout, self._end - time.monotonic())))
        return self.is_set()


class _Watched:
    """An engine's tick that notes when it succeeded."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.succeeded: list[float] = []
        self.orders = 0

    def tick(self, *, limit: int) -> Ticked:
        ticked = self._engine.tick(limit=limit)
        self.succeeded.append(time.monotonic())
        self.orders += ticked.orders
        return ticked


def client(engine: Engine, name: str, *, until: float, pause: float) -> Child:
    """A process of two threads that give commands. Hand it an engine without open connections."""

    def work(say: Say) -> None:
        with ThreadPoolExecutor(THREADS) as threads:
            each = [
                threads.submit(Client(engine, f"{name}{n}", random.Random(f"{name}{n}")).work, until, pause)
                for n in range(THREADS)
            ]
            for diary in [done.result() for done in each]:
                say("client", asdict(diary))

    return forked(work)


def worker(engine: Engine, *, until: float, poll: float = 0.2) -> Child:
    """A process that lets time pass."""

    def work(say: Say) -> None:
        watched = _Watched(engine)
        Worker(watched, poll=poll, rng=random.random).run(_Until(until))
        say("worker", watched.orders, watched.succeeded)

    return forked(work)


@dataclass(frozen=True, slots=True)
class Told:
    """What all of them told at their end."""

    diaries: list[Diary]
    ticks: list[list[float]]
    ticked: int

    @property
    def seconds(self) -> list[float]:
        """How long each command waited for its answer, the quickest first."""
        return sorted(seconds for diary in self.diaries for _, seconds in diary.answered)

    @property
    def troubles(self) -> Counter[str]:
        """How often a client had to give a command again, by the kind of trouble."""
        return sum((Counter(diary.troubles) for diary in self.diaries), Counter())


@contextmanager
def at_work(children: Sequence[Child], *, until: float) -> Iterator[Callable[[], Told]]:
    """The block goes on beside them; what it gets waits for their end. None of them outlives it."""
    left = list(children)

    def ended() -> Told:
        said = []
        while left:
            assert not left[0].listen(until + PATIENCE - time.monotonic()), "it does not end"
            said.append(left.pop(0).wait())
        return _told(said)

    try:
        yield ended
    finally:
        for child in left:
            with suppress(AssertionError):
                child.kill()


def _told(said: list[list[Any]]) -> Told:
    diaries = [_diary(words[1]) for each in said for words in each if words[0] == "client"]
    workers = [words for each in said for words in each if words[0] == "worker"]
    return Told(diaries, [words[2] for words in workers], sum(words[1] for words in workers))


def _diary(told: dict[str, Any]) -> Diary:
    orders = {
        int(id): Kept([(key, revision) for key, revision in kept["acks"]], kept["done"], kept["status"])
        for id, kept in told["orders"].items()
    }
    return Diary(orders, [tuple(each) for each in told["answered"]], told["troubles"])


def assert_as_acknowledged(engine: Engine, diaries: list[Diary]) -> int:
    """Each order has had the commands that were acknowledged, in that order, and no others; how many."""
    wanted = {id: kept for diary in diaries for id, kept in diary.orders.items()}
    states = {id: json.loads(state) for id, state in rows(engine, "SELECT id, state FROM fe_orders")}
    assert states.keys() == wanted.keys()
    given: dict[int, list[tuple[str, int]]] = {id: [] for id in wanted}
    recorded = "SELECT order_id, command_key, seq FROM fe_history WHERE command_key IS NOT NULL"
    for id, key, seq in rows(engine, f"{recorded} ORDER BY order_id, seq"):
        given[id].append((key, seq))
    for id, kept in wanted.items():
        assert given[id] == kept.acks
        assert states[id]["status"] == kept.status
        assert {need: act[0] for need, act in states[id]["acts"].items()} == kept.done
    return sum(map(len, given.values()))


def assert_time_passed(engine: Engine) -> int:
    """Catch up with what is due; then every due moment was noticed once. How many there were."""
    while (ticked := engine.tick()).more_is_due:
        pass
    return assert_late_once(engine, ticked.now)
