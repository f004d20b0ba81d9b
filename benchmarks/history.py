"""A command on an order with a long history, beside the same command on a new one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import flowengine
from benchmarks.figure import Figure, Goal, spread
from benchmarks.places import postgres_database, sqlite_file
from benchmarks.sizes import Sizes

SAME = Goal(gate=0.10, aim=0.05, of="measured", near=True)
CLERK = flowengine.Principal.of("clerk", "desk")
BATCH = 500
RENEWED = 25
"""Commands after which the new order is replaced by a newer one."""
PROCESS = """flowengine: 1
process: diary
version: "1"
owner: desk
roles: {desk: {}}
order: {fields: {customer: {type: text, required: true}}}
stages:
  writing: {owner: desk, due: 24h, needs: {remark: note, finished: check}, next: closed}
"""


def measure(sizes: Sizes) -> Iterator[Figure]:
    """On both databases."""
    with sqlite_file(in_memory=True) as path:
        yield _figure("SQLite", path, sizes)
    with postgres_database() as url:
        yield _figure("PostgreSQL", url, sizes)


def _figure(name: str, place: Path | str, sizes: Sizes) -> Figure:
    with flowengine.connect(place) as engine:
        engine.deploy(PROCESS, file="diary.yaml")
        old = _open(engine)
        for start in range(0, sizes.history, BATCH):
            with engine.batch() as flow:
                for each in range(start, min(start + BATCH, sizes.history)):
                    _write(flow, old, f"first/{each}")
        rounds = [_round(engine, old, number, sizes.pairs) for number in range(sizes.rounds)]
    ratios = [long / short for long, short in rounds]
    return Figure(
        f"command after {sizes.history:,} others, {name}",
        median([1 / long for long, _ in rounds]),
        "commands/s",
        median([1 / short for _, short in rounds]),
        median([short / long for long, short in rounds]),
        Goal(gate=SAME.gate, aim=SAME.aim, near=True),
        f"bare: on a new order; cost {median(ratios):.3f} times, {spread(ratios)}",
    )


def _round(engine: Any, old: int, number: int, pairs: int) -> tuple[float, float]:
    """The median seconds of a command on the old order and on a new one, in turns."""
    spent: dict[str, list[float]] = {"old": [], "new": []}
    new = 0
    for each in range(pairs):
        if each % RENEWED == 0:
            new = _open(engine)
        turns = (("old", old), ("new", new)) if each % 2 else (("new", new), ("old", old))
        for name, order_id in turns:
            start = time.perf_counter()
            _write(engine, order_id, f"{number}/{each}")
            spent[name].append(time.perf_counter() - start)
    return median(spent["old"]), median(spent["new"])


def _open(engine: Any) -> int:
    return int(engine.start("diary", {"customer": "customer"}, by=CLERK).or_raise().order_id)


def _write(flow: Any, order_id: int, key: str) -> None:
    flow.do(order_id, flowengine.Write({"remark": f"remark {key}"}), by=CLERK, key=key).or_raise()
