"""Quiet hours and digests: who is told when, and of how many orders at once; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flowengine import Choose, Engine, Raise, Write
from flowengine.delivery.carrier import NotSent
from tests.delivery.post import DESK, PACKER, PROCESS, Kept, desk_with, opened_here
from tests.kernel.desk import HOUR, MINUTE
from tests.runtime.shop import Clock

ZONE = ZoneInfo("Asia/Shanghai")
KNOWN = {"customer": {"kept": "c@x"}, "@wu": {"kept": "wu@x"}}
QUIET = 'quiet: {hours: "22:00-07:00", except: urgent}'
DIGEST = 'digest: {what: [warn, late], at: ["09:00", "14:00"]}'
GRAVE = """quiet: {hours: "22:00-07:00", except: tier 2}}
exceptions: {broken: {tier: 1, by: desk}, lost: {tier: 2, by: desk}}
tiers:
  1: {team: packer, answer: 4h, tell: 1d, resolve: 2d}
  2: {team: packer, answer: 4h, tell: 1d, resolve: 2d"""
PRESSING = "pressing: {when: buyer == 'in a hurry', then: [{set: {priority: \"'urgent'\"}}]}"
WARNED = "{within: 1d, warn: [{at: 50%, then: [{notify: [customer, packer]}]}]}"


def at(text: str) -> int:
    """An instant in May 2026, by the clock in Shanghai: `13 22:30`."""
    return int(
        datetime.strptime(f"2026-05-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE).timestamp() * 1_000
    )


class Post:
    """A house with a process of those notices, and its one channel."""

    def __init__(self, plain: Engine, clock: Clock, notices: str) -> None:
        text = PROCESS.replace("due: 1d", f"due: {WARNED}").replace("rules:\n", f"rules:\n  {PRESSING}\n")
        text += f"notices: {{{notices}}}\n"
        plain.deploy(text, file="parcels.yaml")
        self.kept, self.clock = Kept(), clock
        self.engine = desk_with(plain, clock, {"kept": self.kept}, KNOWN)

    def start(self, buyer: str = "Z") -> int:
        return self.engine.start("parcels", {"buyer": buyer, "phone": "138"}, by=DESK).or_raise().order_id

    def ship(self, order: int, waybill: str = "SF1") -> None:
        self.engine.do(order, Write({"waybill": waybill}), by=DESK).or_raise()

    def deliver(self, when: str) -> list[str]:
        """What the customer got by then since the last look."""
        self.clock.now = at(when)
        self.engine.tick()
        before = len(self.kept.taken)
        self.engine.deliver()
        return [each.text for each in self.kept.taken[before:] if each.to == "customer"]


@pytest.fixture
def clock() -> Clock:
    return Clock(at("13 22:30"))


@pytest.fixture
def plain(clock: Clock, place: str) -> Iterator[Engine]:
    with opened_here(clock) as engine:
        yield engine


def test_what_is_told_at_night_is_sent_in_the_morning_and_in_order(plain: Engine, clock: Clock) -> None:
    post = Post(plain, clock, QUIET)
    order = post.start()
    post.ship(order, "SF1")
    clock.now += MINUTE
    post.engine.do(order, Choose("broken"), by=PACKER, reason="rain").or_raise()
    assert post.deliver("13 22:32") == []
    assert {(row.attempts, row.error) for row, _ in post.engine.parcels().items} == {
        (0, "quiet"),
        (0, "behind"),
    }
    assert post.deliver("14 06:59") == []
    first, second = post.deliver("14 07:00")
    assert ("SF1" in first, "rain" in second) == (True, True)
    told = {each.at for each in post.kept.taken}
    assert told == {at("13 22:30"), at("13 22:31")}, "each tells of its own instant"


def test_an_urgent_order_disturbs_and_overtakes_what_waits(plain: Engine, clock: Clock) -> None:
    post = Post(plain, clock, QUIET)
    order = post.start()
    post.ship(order, "SF1")
    assert post.deliver("13 22:31") == []
    urgent = post.start("in a hurry")
    post.ship(urgent, "SF9")
    assert [text[-3:] for text in post.deliver("13 22:32")] == ["SF9"]


def test_a_grave_exception_disturbs(plain: Engine, clock: Clock) -> None:
    post = Post(plain, clock, GRAVE)
    order = post.start()
    told = {}
    for name in ("broken", "lost"):
        post.engine.do(order, Raise(name), by=DESK, reason="rain").or_raise()
        post.deliver("13 22:31")
        told[name] = [each.to for each in post.kept.taken]
    assert told == {"broken": [], "lost": ["@wu"]}
    post.deliver("14 07:00")
    assert len(post.kept.taken) > 1, "the other one was only put off"


def test_what_failed_by_day_is_not_tried_again_at_night(plain: Engine, clock: Clock) -> None:
    clock.now = at("13 21:59")
    post = Post(plain, clock, QUIET)
    post.kept.refuses = [NotSent("x", wait=2 * MINUTE)]
    post.ship(post.start())
    assert post.deliver("13 21:59") == []
    assert post.deliver("13 22:05") == []
    assert len(post.deliver("14 07:00")) == 1


def test_one_message_tells_of_all_that_waited(plain: Engine, clock: Clock) -> None:
    clock.now = at("13 20:30")
    post = Post(plain, clock, DIGEST)
    for number in range(3):
        post.start(f"buyer {number}")
    assert post.deliver("14 08:59") == []
    post.start("a later one")
    assert post.engine.deliver().next_at == at("14 09:00")
    (text,) = post.deliver("14 09:00")
    assert [number for number in ("P001", "P002", "P003", "P004") if number in text] == [
        "P001",
        "P002",
        "P003",
    ]
    assert [(each.to, each.subject, each.about) for each in post.kept.taken] == [
        ("customer", "parcels: 3 messages", "digest"),
        ("@wu", "parcels: 3 messages", "digest"),
    ]
    assert len({each.key for each in post.kept.taken}) == 2
    assert post.deliver("14 21:00") == []
    assert "P004" in post.deliver("15 09:00")[0]


def test_what_does_not_wait_is_sent_at_once_and_a_single_one_as_it_is(plain: Engine, clock: Clock) -> None:
    clock.now = at("13 20:30")
    post = Post(plain, clock, DIGEST)
    post.ship(post.start())
    assert len(post.deliver("13 20:31")) == 1
    assert len(post.deliver("14 09:00")) == 1
    assert post.kept.taken[-1].about == "warned"


def test_a_digest_that_fails_is_tried_again_under_its_id_but_not_at_night(
    plain: Engine, clock: Clock
) -> None:
    clock.now = at("13 20:30")
    post = Post(plain, clock, f"{DIGEST}, {QUIET}")
    post.start()
    post.start()
    post.kept.refuses = [NotSent("x", wait=13 * HOUR)]
    assert post.deliver("14 09:00") == []
    kept = {row.key for row, _ in post.engine.parcels().items}
    assert post.deliver("14 22:05") == []
    assert len(post.deliver("15 07:00")) == 1
    assert kept <= {each.key for each in post.kept.taken}


def test_after_a_standstill_nobody_is_flooded(plain: Engine, clock: Clock) -> None:
    """Sixteen hours without a worker, thirty warnings: each recipient gets one message."""
    post = Post(plain, clock, f"{DIGEST}, {QUIET}")
    for _ in range(30):
        post.start()
    (text,) = post.deliver("14 15:00")
    assert text.count("P0") >= 30
    assert len(post.kept.taken) == 2
