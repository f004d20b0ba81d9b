"""What the tests of the worker share: a process with one threshold, overdue orders, a time that we turn."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

from sqlalchemy import text

import flowengine
from flowengine import Engine, Principal
from flowengine.runtime.ports import system_clock
from flowengine.worker import Worker

DESK: Final = Principal.of("dora", "desk")
NOON: Final = 1_778_587_200_000  # 2026-05-12 12:00 UTC
HOUR: Final = 60 * 60_000
DAY: Final = 24 * HOUR
PROCESS: Final = """
flowengine: 1
process: order
version: "1"
owner: desk
order: {number: "{yyyy}-{serial:3}", fields: {customer: {type: text, required: true}}}
roles: {desk: {}}
stages:
  review: {owner: desk, due: 2h, needs: {checked: check, noted: note}, next: closed}
outcomes: {again: {from: any, to: review}}
"""


class Time:
    """The clock of an engine and the waits of a worker in one: waiting is what lets it pass.

    The worker is told to end at `until`, or when it has waited `most` times.
    """

    def __init__(self, now: int = NOON, *, until: int = NOON + 10_000 * DAY, most: int = 10_000) -> None:
        self.now = now
        self.until = until
        self.most = most
        self.waits: list[float] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self) -> int:
        return self.now

    def is_set(self) -> bool:
        return self.now >= self.until or len(self.waits) >= self.most

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        assert timeout >= 0
        self.waits.append(timeout)
        self.now += max(round(timeout * 1_000), 1)
        self.meanwhile()
        return self.is_set()


@contextmanager
def at_work(time: Time) -> Iterator[tuple[Engine, Worker]]:
    """An engine on which that time passes, and a worker for it that looks every minute."""
    with closing(flowengine.connect(":memory:", clock=time)) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        yield engine, Worker(engine, poll=60, rest=0)


def take_in(engine: Engine, orders: int) -> list[int]:
    """So many orders, in one transaction: nobody sees some of them."""
    with engine.batch() as batch:
        results = [batch.start("order", {"customer": f"No. {n}"}, by=DESK) for n in range(orders)]
        return [result.or_raise().order_id for result in results]


def take_in_overdue(place: str, orders: int) -> list[int]:
    """So many orders that became due days ago, with nobody having looked since."""
    with closing(flowengine.connect(place, clock=lambda: system_clock() - 2 * DAY)) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        return take_in(engine, orders)


def late(engine: Engine) -> int:
    """How many orders became late; each of them once, as their histories say."""
    wanted = text("SELECT count(*), count(DISTINCT order_id) FROM fe_history WHERE record LIKE :late")
    with engine.store.engine.connect() as connection:
        times, orders = connection.execute(wanted, {"late": '%"event":"late"%'}).one()
    assert times == orders
    return int(orders)


def times_late(engine: Engine, order_id: int) -> int:
    """How often the order's history says that it became late."""
    entries = engine.history(order_id, by=DESK).items
    return sum(event["event"] == "late" for entry in entries for event in entry.record["events"])


def log_of(records: list[logging.LogRecord]) -> list[tuple[str, str]]:
    """The lines of a log, each with its level."""
    return [(record.levelname, record.getMessage()) for record in records]
