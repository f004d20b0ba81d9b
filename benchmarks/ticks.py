"""A tick that finds nothing due, among few open orders and among many, beside the bare look at the index."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from statistics import median
from typing import Any

from benchmarks.copies import copy_orders
from benchmarks.figure import Figure, Goal, spread
from benchmarks.order7 import open_engine
from benchmarks.places import libpq, postgres_database, sqlite_file
from benchmarks.sizes import Sizes
from benchmarks.turns import take_turns

SAME = Goal(gate=0.20, aim=0.10, of="measured", near=True)
PROBE = "SELECT wake_at FROM fe_orders WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1"
DAY = 24 * 60 * 60_000

Probing = Callable[[Any, ExitStack], Callable[[], object]]
"""Makes the bare look at a database's index."""


def measure(sizes: Sizes) -> Iterator[Figure]:
    """Empty ticks on both databases."""
    with sqlite_file(in_memory=True) as few, sqlite_file(in_memory=True) as many:
        yield from _figures("SQLite", (few, many), _sqlite_probe, sizes)
    with postgres_database() as few, postgres_database() as many:
        yield from _figures("PostgreSQL", (few, many), _postgres_probe, sizes)


def _figures(name: str, places: tuple[Any, Any], probing: Probing, sizes: Sizes) -> Iterator[Figure]:
    with ExitStack() as stack:
        ways: dict[str, Callable[[int], object]] = {}
        for size, place in zip(("few", "many"), places, strict=True):
            engine = stack.enter_context(open_engine(place, real_time=True, working=True))
            copy_orders(engine, getattr(sizes, size), first=_tomorrow(), spread=DAY)
            assert engine.tick().orders == 0
            probe = probing(place, stack)
            ways[size] = _each(engine.tick)
            ways[f"bare {size}"] = _each(probe)
        rounds = [take_turns(ways, range(sizes.ticks)) for _ in range(sizes.rounds)]
    cost = {way: median([each[way].wall for each in rounds]) / sizes.ticks for way in ways}
    shares = [each["bare many"].wall / each["many"].wall for each in rounds]
    ratios = [each["many"].wall / each["few"].wall for each in rounds]
    yield Figure(
        f"empty tick, {name}, {sizes.many:,} open orders",
        1 / cost["many"],
        "ticks/s",
        1 / cost["bare many"],
        median(shares),
        note=f"{cost['many'] * 1e6:,.0f} µs; the look at the index alone {cost['bare many'] * 1e6:,.0f} µs",
    )
    yield Figure(
        f"empty tick, {name}, cost against {sizes.few:,}",
        median(ratios),
        "times",
        goal=SAME,
        note=spread(ratios),
    )


def _each(act: Callable[[], object]) -> Callable[[int], object]:
    return lambda _number: act()


def _sqlite_probe(path: Any, stack: ExitStack) -> Callable[[], object]:
    connection = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
    return lambda: connection.execute(PROBE).fetchone()


def _postgres_probe(url: str, stack: ExitStack) -> Callable[[], object]:
    import psycopg

    connection = stack.enter_context(psycopg.connect(libpq(url), autocommit=True))
    return lambda: connection.execute(PROBE).fetchone()


def _tomorrow() -> int:
    return time.time_ns() // 1_000_000 + DAY
