"""Couriers killed at any moment, answers lost on the way: every message arrives, under one id, and no other.

Each child delivers until it is killed without a warning. The receiver takes some messages and hangs up
without an answer. Some customers are at endpoints where nobody answers: what goes there is given up, and
holds up nobody. Orders that a host rolled back were told of nobody.
"""

from __future__ import annotations

import json
import logging
import os
import random
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from flowengine import Engine, Write, connect
from flowengine.delivery.channels.webhook import Webhook
from tests.delivery.post import DESK, PROCESS
from tests.delivery.test_signing import OLD
from tests.faults.children import Say, forked
from tests.kernel.desk import DAY, NOON
from tests.runtime.places import KEYS
from tests.runtime.shop import Clock

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
Told = tuple[str, str]
"""The number of an order, and who is told."""


class Receiver(ThreadingHTTPServer):
    """Takes messages; of some it tells nobody that it has."""

    daemon_threads = True

    def __init__(self, dice: random.Random) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.taken: dict[Told, list[str]] = defaultdict(list)
        self.lost = 0
        self.dice = dice
        self.loses = 0.2

    def handle_error(self, *_: object) -> None:
        """Whoever is killed hangs up."""


class _Post(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["data"]
        self.server.taken[data["order"], data["to"]].append(self.headers["webhook-id"])
        if self.server.dice.random() < self.server.loses:
            self.server.lost += 1
            return
        with suppress(OSError):
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Addresses:
    """Everybody is at one URL, but for the customers of some orders, who are nowhere."""

    url: str

    def addresses(self, whom: str, *, process: str, number: str) -> Mapping[str, str]:
        if whom == "customer" and is_nowhere(number):
            return {"hook": f"http://127.0.0.{int(number[1:]) % 250 + 2}:9/"}
        return {"hook": self.url} if whom in ("customer", "@wu") else {}


def is_nowhere(number: str) -> bool:
    return int(number[1:]) % 100 == 7


def house(path: Path, clock: Clock, url: str) -> Engine:
    channels = {"hook": Webhook(OLD, allow=["127.0.0.0/8"])}
    return connect(path, clock=clock, keys=KEYS, channels=channels, addresses=Addresses(url))


def told(engine: Engine, orders: int, dice: random.Random) -> set[Told]:
    """Orders of which two are told each, and between them some that a host rolled back."""
    expected: set[Told] = set()
    for _ in range(orders):
        if dice.random() < 0.2:
            with engine.store.engine.connect() as connection:
                flow = engine.at(connection)
                id = flow.start("parcels", {"buyer": "Nobody"}, by=DESK).or_raise().order_id
                flow.do(id, Write({"waybill": "SF0"}), by=DESK).or_raise()
                connection.rollback()
        order = engine.start("parcels", {"buyer": "Zhang"}, by=DESK).or_raise()
        engine.do(order.order_id, Write({"waybill": "SF1"}), by=DESK).or_raise()
        expected |= {(order.number, "customer"), (order.number, "@wu")}
    return expected


@pytest.mark.parametrize(("messages", "kills"), [(60, 6), pytest.param(50_000, 60, marks=pytest.mark.soak)])
def test_every_message_arrives_under_one_id_and_no_other(messages: int, kills: int, tmp_path: Path) -> None:
    dice, clock, path = random.Random(messages), Clock(NOON), tmp_path / "orders.db"
    with Receiver(dice) as receiver:
        Thread(target=receiver.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{receiver.server_port}/"
        with house(path, clock, url) as engine:
            engine.deploy(PROCESS, file="parcels.yaml")
            expected = told(engine, messages // 2, dice)
        for _ in range(kills):
            clock.now += DAY  # the leases of those who were killed are over
            wanted = len(receiver.taken) + dice.randrange(1, messages // kills + 1)
            deliver_until_killed(path, clock, receiver, wanted)
        receiver.loses = 0.0
        with house(path, clock, url) as engine:
            while (done := engine.deliver()).next_at is not None:
                clock.now = max(done.next_at, clock.now)
            fates = {(number, row.queue[3:]): row.state for row, number in pages(engine)}
        receiver.shutdown()
    dead = {each for each in expected if each[1] == "customer" and is_nowhere(each[0])}
    logging.getLogger(__name__).info("%s messages, %s answers lost", len(receiver.taken), receiver.lost)
    assert {*receiver.taken} == expected - dead, "none lost, no phantom"
    assert all(len({*ids}) == 1 for ids in receiver.taken.values()), "one id over all attempts"
    ids = [ids[0] for ids in receiver.taken.values()]
    assert len({*ids}) == len(ids) == messages - len(dead)
    assert fates == {each: "dead" if each in dead else "sent" for each in expected}
    assert receiver.lost > messages // 50
    assert any(len(each) > 1 for each in receiver.taken.values()), "some were sent again"


def deliver_until_killed(path: Path, clock: Clock, receiver: Receiver, wanted: int) -> None:
    """Let a child deliver until so many messages have arrived, and a moment longer."""
    url = f"http://127.0.0.1:{receiver.server_port}/"

    def work(_say: Say) -> None:
        with house(path, clock, url) as engine:
            while engine.deliver(limit=40).more_is_due:
                pass

    child = forked(work)
    while len(receiver.taken) < wanted and child.listen(0.002):
        pass
    child.listen(receiver.dice.uniform(0.0, 0.005))
    child.kill()


def pages(engine: Engine) -> list[tuple[object, str]]:
    found, after = [], 0
    while after is not None:
        page = engine.parcels(after=after, limit=200)
        found += page.items
        after = page.after
    return found
