"""Overdue orders becoming late: how fast workers drain them, and how long people wait meanwhile.

Their deadlines count working hours, and at each the calendar says when the next of their marks comes.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa

from benchmarks.copies import copy_orders
from benchmarks.crew import together
from benchmarks.figure import Figure, Goal, percentile, spread
from benchmarks.order7 import CHECKS, open_engine, open_order, tick_off
from benchmarks.places import postgres_database, sqlite_file
from benchmarks.sizes import Sizes
from flowengine.worker.loop import REST
from flowengine.worker.ticked import BATCH

EACH = Goal(gate=2_500, aim=5_000, of="measured")
SCALING = Goal(aim=1.7, of="measured")
HOUR = 60 * 60_000
PACE = 0.01
"""Seconds between the commands that a person gives meanwhile."""
ONCE = """SELECT count(*), count(DISTINCT order_id), count(DISTINCT CASE WHEN late THEN id END)
    FROM fe_history LEFT JOIN fe_orders ON id = order_id
    WHERE order_id >= :first AND record LIKE '%"event":"late"%'"""


@dataclass(frozen=True, slots=True)
class Drained:
    """One drain: overdue orders per second, and seconds that each command given meanwhile took."""

    rate: float
    waits: list[float]


def measure(sizes: Sizes) -> Iterator[Figure]:
    """One worker and two on PostgreSQL, one on SQLite."""
    with sqlite_file() as path:
        yield from _figures("SQLite", path, (1,), sizes)
    with postgres_database() as url:
        yield from _figures("PostgreSQL", url, (1, 2), sizes)


def _figures(name: str, place: Any, crews: tuple[int, ...], sizes: Sizes) -> Iterator[Figure]:
    with open_engine(place, real_time=True, working=True) as engine:
        quiet = {crew: [] for crew in crews}  # type: dict[int, list[Drained]]
        busy = {crew: [] for crew in crews}  # type: dict[int, list[Drained]]
        for _ in range(sizes.drains):
            for crew in crews:
                quiet[crew].append(_drain(engine, place, crew, 0, sizes))
                busy[crew].append(_drain(engine, place, crew, 1, sizes))
    for crew in crews:
        yield _rate(name, crew, quiet[crew])
        yield _waiting(name, crew, busy[crew])
    if 2 in crews:
        scaling = [two.rate / one.rate for one, two in zip(quiet[1], quiet[2], strict=True)]
        what = f"drain, {name}, two workers against one"
        yield Figure(what, median(scaling), "times", goal=SCALING, note=spread(scaling))


def _rate(name: str, crew: int, drains: list[Drained]) -> Figure:
    rates = [each.rate / crew for each in drains]
    return Figure(
        f"drain, {name}, {crew} worker{'s' if crew > 1 else ''}, each",
        median(rates),
        "orders/s",
        goal=EACH if name == "PostgreSQL" else Goal(),
        note=f"{spread(rates)}; {median(rates) * crew:,.0f} in all; each became late once",
    )


def _waiting(name: str, crew: int, drains: list[Drained]) -> Figure:
    waits = [wait * 1e3 for each in drains for wait in each.waits]
    return Figure(
        f"commands meanwhile, {name}, {crew} worker{'s' if crew > 1 else ''}, p99",
        percentile(waits, 0.99),
        "ms",
        note=f"p50 {percentile(waits, 0.5):.2f} ms, longest {max(waits):.1f} ms, {len(waits)} commands; "
        f"drained {median([each.rate for each in drains]):,.0f} orders/s",
    )


def _drain(engine: Any, place: Any, workers: int, people: int, sizes: Sizes) -> Drained:
    now = time.time_ns() // 1_000_000
    first = copy_orders(engine, sizes.overdue, first=now - 2 * HOUR, spread=HOUR)
    engine.close()
    rest = REST if people and engine.store.engine.dialect.name == "sqlite" else 0.0
    done = together(_member, [("worker", place, rest)] * workers + [("person", place, rest)] * people)
    _check_once(engine, first, sizes.overdue)
    seconds = max(seconds for seconds, _, _ in done[:workers])
    assert sum(orders for _, orders, _ in done[:workers]) == sizes.overdue
    return Drained(sizes.overdue / seconds, [wait for _, _, waits in done[workers:] for wait in waits])


def _check_once(engine: Any, first: int, orders: int) -> None:
    """Every order became late, and its history says so once."""
    with engine.store.engine.connect() as connection:
        said, ids, late = connection.execute(sa.text(ONCE), {"first": first}).one()
    assert (said, ids, late) == (orders, orders, orders), (said, ids, late, orders)


def _member(
    begin: Callable[[], object], role: str, place: Any, rest: float
) -> tuple[float, int, list[float]]:
    """Seconds until nothing was overdue any more, orders that became late by this one, and its waits."""
    with open_engine(place, real_time=True, working=True) as engine:
        open_order(engine, 0)  # so that statements and process are compiled
        return _work(begin, engine, rest) if role == "worker" else _person(begin, engine)


def _work(begin: Callable[[], object], engine: Any, rest: float) -> tuple[float, int, list[float]]:
    """Batch after batch, with a rest between two as the worker's on SQLite while others write there."""
    begin()
    start, last, late = time.perf_counter(), 0.0, 0
    while True:
        ticked = engine.tick(limit=BATCH)
        time.sleep(rest)
        late += ticked.late
        if ticked.orders:
            last = time.perf_counter() - start
        elif ticked.next_at is None or ticked.next_at > time.time_ns() // 1_000_000:
            return last, late, []


def _person(begin: Callable[[], object], engine: Any) -> tuple[float, int, list[float]]:
    """One command after the other at a steady pace, until nothing is overdue."""
    commands = _commands(engine)
    waits: list[float] = []
    begin()
    start = time.perf_counter()
    while not waits or _is_overdue(engine):
        began = time.perf_counter()
        next(commands)
        waits.append(time.perf_counter() - began)
        time.sleep(PACE)
    return time.perf_counter() - start, 0, waits


def _commands(engine: Any) -> Iterator[object]:
    """Order after order, a command at each step."""
    for number in itertools.count():
        order_id = open_order(engine, number)
        yield order_id
        for check in CHECKS:
            yield tick_off(engine, order_id, (check,))


def _is_overdue(engine: Any) -> bool:
    with engine.store.reading() as unit:
        next_at = unit.look()[1]
    return next_at is not None and next_at < time.time_ns() // 1_000_000
