"""Callers killed at any moment, answers lost on the way: each call has one id, and is answered once."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from flowengine import Engine, connect
from tests.delivery.ledger import DESK, PROCESS
from tests.faults.children import Say, forked
from tests.kernel.desk import DAY, NOON
from tests.runtime.places import KEYS
from tests.runtime.shop import Clock
from tests.sound import assert_sound

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")


def house(path: Path, clock: Clock, made: Path, *, loses: float = 0.2) -> Engine:
    dice = random.Random()

    def check_credit(id: str, sent: Mapping[str, Any]) -> dict[str, bool]:
        """What it does is done when the line stands there, whoever hears of it."""
        with made.open("a") as lines:
            lines.write(f"{id} {sent['number']}\n")
        if dice.random() < loses:
            raise ConnectionError
        return {"overdue": False}

    functions = {"credit.check": check_credit, "stock.reserve": lambda _id, _sent: None}
    return connect(path, clock=clock, keys=KEYS, functions=functions)


def deliver_until_killed(path: Path, clock: Clock, made: Path, wanted: int) -> None:
    """Let a child make calls until so many are made, and a moment longer."""

    def work(_say: Say) -> None:
        with house(path, clock, made) as engine:
            while engine.deliver(limit=10).more_is_due:
                pass

    child = forked(work)
    while len(made.read_text().splitlines()) < wanted and child.listen(0.002):
        pass
    child.listen(random.uniform(0.0, 0.005))
    child.kill()


@pytest.mark.parametrize(("orders", "kills"), [(20, 3), pytest.param(5_000, 60, marks=pytest.mark.soak)])
def test_every_call_is_made_under_one_id_and_answered_once(orders: int, kills: int, tmp_path: Path) -> None:
    dice, clock, path, made = (
        random.Random(orders),
        Clock(NOON),
        tmp_path / "orders.db",
        tmp_path / "made.txt",
    )
    made.touch()
    many = PROCESS.replace("tries: 2", "tries: 99")
    with house(path, clock, made) as engine:
        engine.deploy(many, file="asking.yaml")
        ids = [engine.start("asking", {"buyer": "Zhang"}, by=DESK).or_raise().order_id for _ in range(orders)]
    for _ in range(kills):
        clock.now += DAY  # the leases of those who were killed are over
        wanted = len(made.read_text().splitlines()) + dice.randrange(1, orders // kills + 1)
        deliver_until_killed(path, clock, made, wanted)
    with house(path, clock, made, loses=0.0) as engine:
        clock.now += DAY
        while (done := engine.deliver()).next_at is not None:
            clock.now = max(done.next_at, clock.now)
        answered = [
            sum(
                event["event"] == "call_done" and event["name"] == "check_credit"
                for entry in engine.history(id, by=DESK).items
                for event in entry.record["events"]
            )
            for id in ids
        ]
        assert_sound(engine)
    lines = Counter(made.read_text().splitlines())
    keys, numbers = zip(*(line.split() for line in lines), strict=True)
    assert len({*keys}) == len({*numbers}) == len(lines) == orders, "none lost, no phantom, one id for each"
    assert max(lines.values()) > 1, "some were made again"
    assert answered == [1] * orders
