"""A desk whose orders are late already: begun in the past, on a store that a worker can open."""

from __future__ import annotations

from contextlib import closing
from typing import Final

import flowengine
from flowengine import Engine, Principal
from flowengine.cli.init import starter
from flowengine.runtime.ports import system_clock

DESK: Final = Principal.of("dora", "order_desk")
DAY: Final = 24 * 60 * 60_000
PROCESS: Final = starter("order.yaml", "en")
"""The process of `flowengine init`, as a host has it that follows the guides."""


def basket(customer: str) -> dict[str, object]:
    """The values with which an order of the process opens."""
    return {"customer": customer, "amount": 800}


def take_in(place: str, *, orders: int) -> list[int]:
    """So many orders, two days old, each of them a day late, with nobody having looked since."""
    with closing(flowengine.connect(place, clock=lambda: system_clock() - 2 * DAY)) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        started = [engine.start("order", basket(f"No. {n}"), by=DESK) for n in range(orders)]
        return [result.or_raise().order_id for result in started]


def times_late(engine: Engine, order_id: int) -> int:
    """How often the order's history says that it became late."""
    entries = engine.history(order_id, by=DESK).items
    return sum(event["event"] == "late" for entry in entries for event in entry.record["events"])
