"""Whether a process that opens order after order grows: the slope of its resident memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import flowengine
from benchmarks.crew import together
from benchmarks.figure import Figure
from benchmarks.places import sqlite_file
from benchmarks.sizes import Sizes

CLERK = flowengine.Principal.of("clerk", "desk")
PROCESS = """flowengine: 1
process: moving
version: "1"
owner: desk
roles: {desk: {}}
order: {fields: {customer: {type: text, required: true}}}
stages:
  receive: {owner: desk, due: 24h, needs: {received: check}}
  send: {owner: desk, due: 24h, needs: {sent: check}, next: closed}
"""
BATCH = 500
WARM_UP = 0.25
"""The part of the orders after which growth counts."""

Point = tuple[int, float]
"""Orders so far, and MB of resident memory."""


def measure(sizes: Sizes) -> Iterator[Figure]:
    """Orders opened and moved to their second stage, in a process of their own."""
    with sqlite_file(in_memory=True) as path:
        [points] = together(_points, [(path, sizes.kept)])
    counted = points[int(len(points) * WARM_UP) :]
    yield Figure(
        f"memory, growth over {sizes.kept:,} orders",
        slope(counted) * 10_000,
        "MB/10,000 orders",
        note=f"{counted[0][1]:.1f} MB after {counted[0][0]:,} orders, {points[-1][1]:.1f} MB at the end",
    )


def slope(points: Sequence[Point]) -> float:
    """MB for each order, by least squares."""
    middle = sum(at for at, _ in points) / len(points)
    width = sum((at - middle) ** 2 for at, _ in points)
    return sum((at - middle) * held for at, held in points) / width if width else 0.0


def _points(begin: Callable[[], object], path: Path, orders: int) -> list[Point]:
    import psutil  # type: ignore[import-untyped]

    process = psutil.Process()
    points = []
    begin()
    with flowengine.connect(path) as engine:
        engine.deploy(PROCESS, file="moving.yaml")
        for start in range(0, orders, BATCH):
            end = min(start + BATCH, orders)
            with engine.batch() as flow:
                for number in range(start, end):
                    _move(flow, number)
            points.append((end, process.memory_info().rss / 2**20))
    return points


def _move(flow: Any, number: int) -> None:
    """A new order, moved to its second stage."""
    order = flow.start("moving", {"customer": f"customer {number}"}, by=CLERK).or_raise()
    moved = flow.do(order.order_id, flowengine.Done("received"), by=CLERK, key="received")
    assert moved.stage == "send"
