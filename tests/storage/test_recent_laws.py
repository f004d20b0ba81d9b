"""Whatever is done, by whom and when: whoever remembers how orders were left is told the same, and keeps the
same, as whoever reads each of them first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import pytest
import sqlalchemy as sa

from flowengine import Engine, Principal, connect
from flowengine.errors import FlowEngineError
from flowengine.kernel.commands import (
    Abstain,
    Approve,
    Choose,
    Claim,
    Command,
    Done,
    GiveBack,
    Hold,
    Open,
    PassTime,
    Raise,
    Refuse,
    Release,
    RequestLane,
    Withdraw,
    Write,
)
from flowengine.runtime.flow import Flow
from flowengine.storage.recent import Recent
from tests.faults.dumps import Dump, changed, dump
from tests.kernel.desk import DAY, HOUR
from tests.runtime.places import empty
from tests.runtime.shop import HOST, Clock
from tests.sound import assert_sound

PROCESS: Final = """
flowengine: 1
process: mix
version: "1"
owner: desk
roles:
  desk: {sees: all, edits: [n, code], may: [create, raise], members: [dora, otto], assign: round_robin}
  boss: {sees: [n]}
  head: {}
order:
  number: "M{serial:3}"
  unique: [ref]
  fields:
    ref: {type: text, required: true}
    n: {type: integer, default: 0}
    code: text
    place: text
    rate: {type: integer, default: 1}
  checks: [{that: 6 / rate > 0, else: too little}]
tiers: {1: {team: head, answer: 4h, resolve: 2d}}
holds: {stopped: {by: desk, pauses: all}}
exceptions: {flood: {tier: 1, hold: stopped, same: code}}
events:
  scan:
    data: {code: text, scan: text, place: text}
    match: {code: event.code}
    unique: scan
    sets: {place: event.place}
parts:
  claims:
    by: desk
    at_most: 2
    fields: {claimed: {type: integer, required: true, min: 1}}
    stages: {assess: {owner: desk, due: 2d, needs: {report: check}, next: closed}}
    order_ends: withdrawn
    ends: {withdrawn: {kind: cancelled}}
stages:
  take: {owner: desk, due: 1d, needs: {seen: check, sign: approval}}
  wait:
    owner: desk
    due: 4h
    needs: {no_claims: {that: not any(claims.open)}, billed: {check: Billed, by: boss}}
    next: closed
approvals: {sign: {steps: [{all: [boss, head], not_by: creator}], refused: [{notify: desk}]}}
lanes:
  green:
    request: {by: desk, reason: required}
    approval: sign
    limits: {per_requester: 1 per year}
    grants: {stages: {take: {due: 4h}}}
outcomes: {cancel: {from: any, by: desk, reason: required, to: cancelled, then: [{notify: boss}]}}
rules: {many: {when: n > 3, then: [{notify: boss}]}}
"""
DORA, OTTO = Principal.of("dora", "desk"), Principal.of("otto", "desk")
BEA, HAL, SAM = Principal.of("bea", "boss"), Principal.of("hal", "head"), Principal.of("sam", "visitor")

Told = str
Step = Callable[["World"], Told]


@dataclass
class World:
    """Two engines on one database, and how much time has passed."""

    engines: Sequence[Engine]
    clock: Clock = field(default_factory=Clock)
    ticks: float = 0.0

    def remember(self, *, does: bool) -> None:
        """Begin anew, on empty tables; `does` they remember how orders were left."""
        empty(self.engines[0].store.engine)
        self.clock.now, self.ticks = Clock().now, 0.0
        for each in self.engines:
            each.store._lines.recent = Recent(lambda: self.ticks) if does else None
        self.engines[0].deploy(PROCESS, file="mix.yaml")
        for code in ("x", "y"):
            self.engines[0].start("mix", {"ref": code, "code": code}, by=DORA).or_raise()

    def play(self, steps: Sequence[Step], *, remembering: bool) -> tuple[list[Told], Dump]:
        """What everybody was told, and all that is kept at the end."""
        self.remember(does=remembering)
        return [self._told(step) for step in steps], kept(self.engines[0])

    def _told(self, step: Step) -> Told:
        try:
            return step(self)
        except FlowEngineError as error:
            return f"{type(error).__name__}: {error}"


@pytest.fixture
def world(shared_postgres: sa.Engine) -> Iterator[World]:
    url, clock = shared_postgres.url.render_as_string(hide_password=False), Clock()
    with connect(url, clock=clock) as first, connect(url, clock=clock) as second:
        yield World((first, second), clock)


@contextmanager
def own(engine: Engine) -> Iterator[Flow]:
    yield engine


@contextmanager
def of_host(engine: Engine) -> Iterator[Flow]:
    with engine.store.engine.begin() as connection:
        yield engine.at(connection)


def kept(engine: Engine) -> Dump:
    """All that is kept; what has ids that nobody names has its place among them, for a statement that fails
    uses up ids too.
    """
    rows = dump(engine)
    for name in ("fe_outbox", "fe_signals", "fe_parcels"):
        rows[name] = [(n, *row[1:]) for n, row in enumerate(sorted(rows[name]))]
    return rows


WAYS: Final[dict[str, Any]] = {"own": own, "batch": Engine.batch, "host": of_host}
DOES: Final[tuple[tuple[Principal, Command], ...]] = (
    (DORA, Write({"n": 1})),
    (DORA, Write({"n": 5, "code": "y"})),
    (DORA, Write({"code": "x"})),
    (DORA, Write({"code": None})),
    (OTTO, Write({"n": 2})),
    (DORA, Write({"rate": 0})),
    (DORA, Write({"rate": 9})),
    (BEA, Approve("sign")),
    (HAL, Approve("sign")),
    (BEA, Approve("sign")),
    (HAL, Approve("sign")),
    (BEA, Refuse("sign")),
    (HAL, Abstain("sign")),
    (DORA, Withdraw("sign")),
    (DORA, Done("seen")),
    (BEA, Done("billed")),
    (DORA, Done("report")),
    (DORA, RequestLane("green")),
    (DORA, Raise("flood")),
    (DORA, Raise("flood", case=5)),
    (DORA, Hold("stopped")),
    (DORA, Release("stopped")),
    (DORA, Claim("seen")),
    (DORA, GiveBack("seen")),
    (DORA, Open("claims", {"claimed": 2})),
    (DORA, Choose("cancel")),
    (HOST, PassTime()),
)


def some(rng: Random) -> Step:
    """Something that happens: most often a command."""
    engine = rng.choice([0, 0, 0, 1])
    if rng.random() < 0.2:
        what, value, key = rng.choice(sorted(OTHERS)), rng.choice("xyz"), rng.choice([None, "k", "l"])
        return said(
            lambda world: repr(OTHERS[what](world, world.engines[engine], value, key)),
            f"{what}({engine}, {value}, {key})",
        )
    by, command = rng.choice((*DOES, *[(DORA, Write({"n": rng.randint(0, 5)}))] * len(DOES)))
    if rng.random() < 0.2:
        by = rng.choice([DORA, OTTO, BEA, HAL, SAM, HOST])
    id, pause = rng.choice([2] * 8 + [4] * 3 + [5, 6, 99]), rng.choice([0, 0, 0, 0.3, 1.1])
    way = rng.choice(["own"] * 8 + ["batch", "host"])
    more: dict[str, Any] = {"reason": rng.choice(["so", "so", "so", ""])}
    if rng.random() < 0.4:
        more["key"] = rng.choice("klm")
    if rng.random() < 0.1:
        more["expect"] = rng.randint(1, 9)

    def act(world: World) -> Told:
        world.ticks += pause
        with WAYS[way](world.engines[engine]) as flow:
            return repr(flow.do(id, command, by=by, **more))

    return said(act, f"do({engine}, {way}, {id}, {command}, {by.id}, {more})")


def said(step: Step, name: str) -> Step:
    step.__qualname__ = name  # a step that fails is known by it
    return step


def wait(world: World, milliseconds: int) -> None:
    world.clock.now += milliseconds
    world.ticks += 2


OTHERS: Final[dict[str, Callable[[World, Engine, str, str | None], object]]] = {
    "start": lambda _, engine, value, key: engine.start(
        "mix", {"ref": value, "code": value}, by=DORA, key=key
    ),
    "event": lambda _, engine, value, key: engine.receive(
        "mix", "scan", {"code": value, "scan": f"{key}", "place": f"at {value}"}
    ),
    "tick": lambda _, engine, _value, _key: engine.tick(),
    "reckon": lambda _, engine, _value, _key: engine.reckon(),
    "an hour": lambda world, _engine, _value, _key: wait(world, HOUR),
    "two days": lambda world, _engine, _value, _key: wait(world, 2 * DAY),
}


@pytest.mark.parametrize("stories", [40, pytest.param(2_000, marks=pytest.mark.soak)])
def test_whoever_remembers_is_told_and_keeps_the_same(world: World, stories: int) -> None:
    for seed in range(stories):
        rng = Random(seed)
        steps = [some(rng) for _ in range(rng.randint(10, 50))]
        plain = world.play(steps, remembering=False)
        told, left = world.play(steps, remembering=True)
        for step, was, now in zip(steps, plain[0], told, strict=True):
            assert now == was, (seed, step)
        assert changed(plain[1], left) == {}, seed
        assert_sound(world.engines[0])
