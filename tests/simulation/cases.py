"""Exceptions in a storm: raised by people and by lateness, several of one cause, rising, worked on in their
cases and settled by their orders, while clerks give commands twice and everybody crashes anywhere.

In the calm afterwards each raising must have come to one case, and each side know what the other does.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from flowengine import Done, Engine, Principal, Raise, Write, connect
from flowengine.definition.scope import EXCEPTION_MOMENTS
from flowengine.kernel.commands import Command
from flowengine.kernel.order import Order
from flowengine.kernel.state import Raised
from tests.simulation.driver import Process, driven
from tests.simulation.errands import Hand
from tests.simulation.simulation import CALM, Databases, Failed, Outcome, undisturbed
from tests.simulation.world import MINUTE, World
from tests.sound import assert_sound

PARCEL: Final = """
flowengine: 1
process: parcel
version: "1"
owner: desk
roles: {desk: {may: raise}, head: {}, boss: {}}
order: {number: "P{serial:3}", fields: {found: {type: integer, default: 0}}}
holds: {waits: {by: desk}}
tiers:
  1: {team: head, answer: 30m, tell: 1h, resolve: 2h}
  2: {team: boss, answer: 30m, resolve: 2h}
exceptions:
  lost: {tier: 1, hold: waits, then: [{notify: customer}]}
  delay: {tier: [{over: 2h, tier: 2}, {tier: 1}]}
stages:
  ship: {owner: desk, due: {within: 1h, late: [{raise: delay}]}, needs: {shipped: check}}
  arrive: {owner: desk, needs: {arrived: check}, next: closed}
rules:
  turned_up: {after: found.changed, each: true, then: [{resolve: lost}]}
  solved: {after: lost.resolved, each: true, then: [{notify: desk}]}
"""
CASES: Final = "parcel#exceptions"
DESK: Final = Principal.of("an", "desk")
HOST: Final = Principal.system("simulation")
NAMES: Final = ("clerk 1", "clerk 2", "ticker 1", "ticker 2", CALM)
RESOLVING: Final[tuple[Command, ...]] = (
    Done("answer"),
    Write({"customer_told": "we look for it", "next_news": "2026-06-01 09:00"}),
    Write({"solution": "found"}),
)
REVIEW: Final = Write({"root_cause": "two labels", "plan_change": "one label"})
RESOLVED: Final = EXCEPTION_MOMENTS.index("resolved")
LONGEST_CALM: Final = 200
SOMETIMES: Final = (
    *("raised lost", "joined lost", "raised delay", "tier_risen delay"),
    *("settled lost", "progressed lost", "progressed delay"),
)
"""What has to happen in some seed or other."""


class Cases:
    """The place where the hands of one seed work."""

    def __init__(self, seed: int, path: Path, databases: Databases) -> None:
        self.world, self._databases, self._path = World(seed), databases, path
        self.parcels: list[int] = []
        self.raisings: set[str] = set()
        """The reasons for which somebody knows to have raised that a parcel is lost, each another one."""
        dice = self.world.dice
        with driven(self.world, self, path):
            engine = self.open(CALM, lambda: self.world.now)
            engine.deploy(PARCEL, file="cases.yaml")
            engine.close()
        acts: dict[str, Callable[[Engine], object]] = {
            "clerk": self._serve,
            "ticker": lambda engine: engine.tick(limit=dice.choice([1, 2, 100])),
        }
        self._hands = [
            Hand(name, self, dice.randint(10, 25), acts[name.partition(" ")[0]])
            for name in NAMES
            if name != CALM
        ]
        self._asked: list[tuple[int, str]] = []
        self._cases: dict[str, int] = {}
        """Which case is to be joined, by the key of the raising."""

    def open(self, name: str, clock: Callable[[], int]) -> Engine:
        """An engine of a new process."""
        return connect(self._databases.of(name), clock=clock)

    def committed(self, by: Process) -> None:
        """Nothing is looked at before the calm."""

    def run(self) -> None:
        """The storm, then the calm: everything is answered late, resolved, and reviewed."""
        with driven(self.world, self, self._path):
            try:
                self.world.turns.run([*self._hands])
            finally:
                for hand in self._hands:
                    hand.bury()
            engine = self.open(CALM, lambda: self.world.now)
            try:
                self._settle(engine)
                check_risen(engine)
                self._act(engine, RESOLVING, "resolved")
                check_resolved(engine)
                self._act(engine, (REVIEW,), "reviewed")
                assert_sound(engine)
            finally:
                engine.close()
        happened = check_record(self._path, self.raisings)
        self.world.hits.update({what: happened[what] for what in SOMETIMES})

    def _serve(self, engine: Engine) -> None:
        """A clerk opens a parcel, raises an exception of one, gives a command twice, or works on a case."""
        dice = self.world.dice
        roll = dice.random()
        if not self.parcels or roll < 0.15:
            opened = engine.start("parcel", {}, by=DESK)
            if opened.ok:
                self.parcels.append(opened.order_id)
        elif roll < 0.45:
            self._asked.append((dice.choice(self.parcels), f"raise/{len(self._asked)}"))
            self._raise(engine, *self._asked[-1])
        elif roll < 0.53:
            self._join(engine)
        elif roll < 0.6 and self._asked:
            self._raise(engine, *dice.choice(self._asked))
        elif roll < 0.7:
            engine.do(dice.choice(self.parcels), Write({"found": dice.randint(1, 9)}), by=HOST)
        elif roll < 0.73:
            engine.do(dice.choice(self.parcels), Done("shipped"), by=DESK)
        elif roll < 0.83:
            self.world.now += dice.choice([10, 40, 150]) * MINUTE
        elif cases := list(orders(engine, CASES)):
            engine.do(dice.choice(cases), dice.choice(RESOLVING), by=HOST)

    def _join(self, engine: Engine) -> None:
        """Raise it for another parcel, of the same cause as some case."""
        if cases := list(orders(engine, CASES)):
            self._asked.append((self.world.dice.choice(self.parcels), f"raise/{len(self._asked)}"))
            self._cases[self._asked[-1][1]] = self.world.dice.choice(cases)
            self._raise(engine, *self._asked[-1])

    def _raise(self, engine: Engine, parcel: int, key: str) -> None:
        command = Raise("lost", case=self._cases.get(key, 0))
        if engine.do(parcel, command, by=DESK, reason=key, key=key).ok:
            self.raisings.add(key)

    def _settle(self, engine: Engine) -> None:
        """Let everything happen that happens by itself, and everybody hear of it."""
        for _ in range(LONGEST_CALM):
            ticked = engine.tick()
            if ticked.next_at is not None:
                self.world.now = max(self.world.now + MINUTE, ticked.next_at)
            elif not ticked.heard:
                return
        raise AssertionError("it does not come to an end")

    def _act(self, engine: Engine, commands: tuple[Command, ...], until: str) -> None:
        """Do in each case what it still lacks, and let its order hear of it."""
        for id in list(orders(engine, CASES)):
            for command in commands:
                engine.do(id, command, by=HOST)
            assert engine.order(id, by=HOST).row.stage in (until, "reviewed"), f"case {id} is not {until}"
        self._settle(engine)


def orders(engine: Engine, process: str) -> Iterator[int]:
    """The ids of the orders of a process."""
    page = engine.orders(by=HOST, process=process, limit=200)
    while True:
        yield from (each.row.id for each in page.items)
        if page.after is None:
            return
        page = engine.orders(by=HOST, process=process, after=page.after, limit=200)


def stand(engine: Engine, process: str) -> dict[int, Order]:
    return {id: engine.order(id, by=HOST).order for id in orders(engine, process)}


def check_risen(engine: Engine) -> None:
    """Each raising has one case, no lower than the order wants it; what nobody has answered has risen."""
    cases = {str(each.fields["raised_as"]): each for each in stand(engine, CASES).values()}
    raised: dict[str, list[Raised]] = defaultdict(list)
    for order in stand(engine, "parcel").values():
        for key, each in order.raised.items():
            raised[key].append(each)
    assert cases.keys() == raised.keys(), "every raising has its case"
    for key, case in cases.items():
        tier = case.fields["tier"]
        assert isinstance(tier, int)
        wanted = max(each.tier for each in raised[key])
        assert tier >= wanted, f"the case of {key} is on tier {tier}, not {wanted}"
        assert case.stage != "raised" or tier == 2, f"the case of {key} has not risen"
        is_settled = all(each.settled for each in raised[key])
        assert not is_settled or case.stage == "resolved", f"the case of {key} is not told"


def check_resolved(engine: Engine) -> None:
    """Every order knows that its exceptions are resolved, and none is held by them any more."""
    for order in stand(engine, "parcel").values():
        open_ = [key for key, each in order.raised.items() if each.reached < RESOLVED]
        assert not open_, f"{order.number} has not heard that {open_} are resolved"
        assert not order.holds, f"{order.number} is held by {list(order.holds)}"


def check_record(path: Path, known: set[str]) -> Counter[str]:
    """What history says has happened once is told once, and no command has counted twice; how often what
    happened. Of the raisings some are `known` to have come about, by their reasons.
    """
    with sqlite3.connect(path) as connection:
        history = connection.execute("SELECT order_id, record FROM fe_history").fetchall()
        sent = connection.execute("SELECT about, role, count(*) FROM fe_outbox GROUP BY 1, 2").fetchall()
        keys = connection.execute(
            "SELECT json_extract(state, '$.fields.raised_as') FROM fe_orders WHERE process = ?", (CASES,)
        ).fetchall()
    connection.close()
    events = [each for _, record in history for each in json.loads(record)["events"]]
    happened = Counter(map(_kind, events))
    reasons = [each["reason"] for each in events if _kind(each) in ("raised lost", "joined lost")]
    told = {(about, role): count for about, role, count in sent}
    by_hand = len(reasons)
    assert known <= {*reasons}, "what somebody was told is done is there"
    assert len({*reasons}) == by_hand, "and nothing is done twice"
    assert len(keys) == len({*keys}), "no raising has two cases"
    assert told.get(("lost.raised", "customer"), 0) == by_hand, "the customer hears of each once"
    assert told.get(("solved", "desk"), 0) == by_hand, "and the desk that it is solved"
    return happened


def _kind(event: dict[str, Any]) -> str:
    """What an event is counted as."""
    if event["event"] == "raised" and "case" in event:
        return f"joined {event['exception']}"
    return f"{event['event']} {event['exception']}" if "exception" in event else str(event["event"])


def run_cases(seed: int, databases: Databases, *, lines: list[str] | None = None) -> Outcome:
    """Run one seed. Raises Failed."""
    with undisturbed():
        try:
            cases = Cases(seed, databases.fresh(), databases)
            cases.world.lines = lines
            cases.run()
        except Exception as found:
            raise Failed(seed, found, "cases ") from found
    world = cases.world
    return Outcome(seed, world.trace, world.step, world.hits)
