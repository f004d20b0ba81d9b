"""Couriers killed at any moment, answers lost on the way: every message arrives, under one id, and no other.

Two children at a time deliver until they are killed without a warning. The receiver takes some messages and
hangs up without an answer. Some customers are at endpoints where nobody answers, half of these at the same
one: what goes there is given up, and holds up nobody. Orders that a host rolled back were told of nobody.
FLOWENGINE_SOAK_MESSAGES says how many messages the soak sends.
"""

from __future__ import annotations

import json
import logging
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

import pytest

from flowengine import Engine, Flow, Write, connect
from flowengine.delivery.channels.webhook import Webhook
from flowengine.delivery.parcel import ParcelRow
from tests.delivery.post import DESK, PROCESS
from tests.delivery.test_signing import OLD
from tests.faults.children import Say, forked
from tests.kernel.desk import DAY, NOON
from tests.postgres import server
from tests.runtime.places import KEYS, PLACES
from tests.runtime.shop import Clock

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
SOAK: Final = int(os.environ.get("FLOWENGINE_SOAK_MESSAGES", "50000"))
TOGETHER: Final = 500
"""Orders that are opened in one transaction."""
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

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

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
            return {"hook": nowhere(number)}
        return {"hook": self.url} if whom in ("customer", "@wu") else {}


def is_nowhere(number: str) -> bool:
    return int(number[1:]) % 100 == 7


def nowhere(number: str) -> str:
    """Every other one is at an address of its own."""
    which = int(number[1:]) // 100
    return f"http://127.1.{which // 250}.{which % 250 + 2}:9/" if which % 2 else "http://127.2.0.2:9/"


@dataclass(frozen=True)
class House:
    """Where the orders are, and how an engine is opened on them."""

    place: str
    clock: Clock
    receiver: Receiver

    def engine(self) -> Engine:
        channels = {"hook": Webhook(OLD, allow=["127.0.0.0/8"])}
        book = Addresses(self.receiver.url)
        return connect(self.place, clock=self.clock, keys=KEYS, channels=channels, addresses=book)


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that several processes open."""
    if request.param == "sqlite":
        yield str(tmp_path / "orders.db")
        return
    with server().new_database() as url:
        yield url


def told(engine: Engine, orders: int) -> set[Told]:
    """Orders of which two are told each, and between them some that a host rolled back."""
    expected: set[Told] = set()
    for begun in range(0, orders, TOGETHER):
        many = min(TOGETHER, orders - begun)
        with engine.store.engine.connect() as connection:
            shipped(engine.at(connection), many // 5, "Nobody")
            connection.rollback()
        with engine.batch() as flow:
            numbers = shipped(flow, many, "Zhang")
        expected |= {(number, whom) for number in numbers for whom in ("customer", "@wu")}
    return expected


def shipped(flow: Flow, orders: int, buyer: str) -> list[str]:
    """Orders whose waybill is known."""
    numbers = []
    for _ in range(orders):
        order = flow.start("parcels", {"buyer": buyer}, by=DESK).or_raise()
        flow.do(order.order_id, Write({"waybill": "SF1"}), by=DESK).or_raise()
        numbers.append(order.number)
    return numbers


@pytest.mark.parametrize(("messages", "kills"), [(60, 6), pytest.param(SOAK, 60, marks=pytest.mark.soak)])
def test_every_message_arrives_under_one_id_and_no_other(messages: int, kills: int, place: str) -> None:
    dice, clock = random.Random(messages), Clock(NOON)
    with Receiver(dice) as receiver:
        Thread(target=receiver.serve_forever, daemon=True).start()
        house = House(place, clock, receiver)
        with house.engine() as engine:
            engine.deploy(PROCESS, file="parcels.yaml")
            expected = told(engine, messages // 2)
        for _ in range(kills // 2):
            clock.now += DAY  # the leases of those who were killed are over
            deliver_until_killed(house, len(receiver.taken) + dice.randrange(1, 3 * messages // kills))
        receiver.loses = 0.0
        with house.engine() as engine:
            deliver_all(engine, clock)
            fates = {(number, row.queue[3:]): row.state for row, number in parcels(engine)}
        receiver.shutdown()
    dead = {each for each in expected if each[1] == "customer" and is_nowhere(each[0])}
    sent_again = sum(len(each) > 1 for each in receiver.taken.values())
    said = {"messages": len(receiver.taken), "answers lost": receiver.lost, "sent again": sent_again}
    endpoints = len({nowhere(number) for number, _ in dead})
    logging.getLogger(__name__).info("%s, %s kills, %s given up at %s", said, kills, len(dead), endpoints)
    assert {*receiver.taken} == expected - dead, "none lost, no phantom"
    assert all(len({*ids}) == 1 for ids in receiver.taken.values()), "one id over all attempts"
    ids = [ids[0] for ids in receiver.taken.values()]
    assert len({*ids}) == len(ids) == messages - len(dead)
    assert fates == {each: "dead" if each in dead else "sent" for each in expected}
    assert receiver.lost > messages // 50
    assert sent_again > 0


def deliver_until_killed(house: House, wanted: int) -> None:
    """Let two children deliver until so many messages have arrived, and a moment longer."""

    def work(_say: Say) -> None:
        with house.engine() as engine:
            deliver_all(engine, house.clock)

    children = [forked(work), forked(work)]
    while len(house.receiver.taken) < wanted and any(child.listen(0.002) for child in children):
        pass
    children[0].listen(house.receiver.dice.uniform(0.0, 0.005))
    for child in children:
        child.kill()


def deliver_all(engine: Engine, clock: Clock) -> None:
    """Deliver until nothing is left; when nothing is due, time goes on to the next attempt."""
    while (done := engine.deliver(limit=200)).next_at is not None:
        clock.now = max(done.next_at, clock.now)


def parcels(engine: Engine) -> list[tuple[ParcelRow, str]]:
    found: list[tuple[ParcelRow, str]] = []
    after: int | None = 0
    while after is not None:
        page = engine.parcels(after=after, limit=200)
        found += page.items
        after = page.after
    return found
