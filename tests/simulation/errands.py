"""What orders have done outside and tell each other, in a storm: sales that call, tell and open cases.

Beside the clerks are couriers and tickers, who crash between any two statements. The outside keeps what it
was asked and told; in the calm afterwards everything must have come to it, or to the other order.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol
from unittest.mock import patch

from flowengine import Choose, Done, Engine, FlowEngineError, Principal, connect
from flowengine.delivery import threads
from flowengine.delivery.carrier import NotSent
from flowengine.delivery.dispatch import Dispatch
from flowengine.kernel.commands import Command
from tests.faults.points import Crash
from tests.simulation.driver import Process, driven
from tests.simulation.simulation import CALM, Databases, Failed, Outcome, undisturbed
from tests.simulation.world import MINUTE, SECOND, World
from tests.sound import assert_sound

SALE: Final = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {}}
order: {number: "S{serial:3}", fields: {ref: {type: text, required: true}, credit: integer}}
links: {cases: {process: case, many: true, reads: {mark: integer}}}
stages:
  check: {owner: desk, due: 1h, needs: {asked: {call: ask}, seen: check}, next: ship}
  ship: {owner: desk, needs: {shipped: check}, next: closed}
outcomes: {complain: {from: any, by: desk, then: [{start: case, fields: {mark: "7"}}]}}
calls: {ask: {function: ask, send: [number, ref], sets: {credit: result.n}, tries: 500}}
rules:
  goes: {after: check.left, then: [{notify: customer}]}
  case_began: {after: cases.started, each: true, then: [{notify: desk}]}
"""
CASE: Final = """
flowengine: 1
process: case
version: "1"
owner: desk
roles: {desk: {}}
order: {number: "C{serial:3}", fields: {mark: integer}}
links: {sale: {process: sale, required: true, known_there_as: cases, reads: {credit: integer}}}
stages: {look: {owner: desk, needs: {looked: check}, next: closed}}
"""
DESK: Final = Principal.of("an", "desk")
NAMES: Final = ("clerk 1", "clerk 2", "ticker 1", "ticker 2", "courier 1", "courier 2", CALM)
KEEP_SIGNALS: Final = """
CREATE TABLE said (id INTEGER, to_id INTEGER);
CREATE TRIGGER keep_said AFTER INSERT ON fe_signals BEGIN INSERT INTO said VALUES (NEW.id, NEW.to_id); END;
"""
LONGEST_CALM: Final = 300


@dataclass
class Outside:
    """The other systems: they keep what comes, and now and then nobody hears that they have."""

    world: World
    calls: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    messages: dict[tuple[str, str, str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    is_calm: bool = False

    def ask(self, id: str, sent: Mapping[str, Any]) -> dict[str, int]:
        """The function: its answer is another one each time."""
        self.calls[sent["number"]].append(id)
        self._trouble(ConnectionError("nobody knows what became of it"))
        return {"n": sum(map(len, self.calls.values()))}

    def endpoint(self, address: str) -> str:
        return address

    def send(self, dispatch: Dispatch) -> None:
        """The channel."""
        self.messages[dispatch.number, dispatch.to, dispatch.about, dispatch.at].add(dispatch.key)
        self._trouble(NotSent("no_answer"))

    def addresses(self, whom: str, *, process: str, number: str) -> Mapping[str, str]:
        return {"post": whom}

    def _trouble(self, lost: Exception) -> None:
        dice, running = self.world.dice, self.world.turns.running
        if self.is_calm or dice.random() < 0.7:
            return
        if isinstance(running, Process) and dice.random() < 0.5:
            running.is_dead = True  # it dies before its next statement
            self.world.hits["died after it was sent"] += 1
            return
        self.world.hits["answer lost outside"] += 1
        raise lost


class Workplace(Protocol):
    """Where hands work: the place of one seed."""

    world: World

    def open(self, name: str, clock: Callable[[], int]) -> Engine: ...


class Hand(Process):
    """One process that works until the clerks are done."""

    def __init__(self, name: str, place: Workplace, operations: int, act: Callable[[Engine], object]) -> None:
        super().__init__(name, self._live)
        self._place, self._left, self._act = place, operations, act
        self._skew = place.world.dice.randint(-5, 5) * SECOND
        self._engine: Engine | None = None

    def _live(self) -> None:
        while self._left > 0:
            self._left -= 1
            try:
                self._engine = self._engine or self._place.open(self.name, self._clock)
                self._act(self._engine)
            except Crash:
                self._engine = None
                self.bury()
            except FlowEngineError as error:
                self._place.world.hits[type(error).__name__] += 1

    def _clock(self) -> int:
        return self._place.world.now + self._skew


class Errands:
    """The place where the hands of one seed work."""

    def __init__(self, seed: int, path: Path, databases: Databases) -> None:
        self.world, self._databases, self._path = World(seed), databases, path
        self.outside = Outside(self.world)
        self.sales: list[int] = []
        dice = self.world.dice
        with driven(self.world, self, path):
            engine = self.open(CALM, lambda: self.world.now)
            for text in (SALE, CASE):
                engine.deploy(text, file="errands.yaml")
            engine.close()
        with sqlite3.connect(path) as connection:
            connection.executescript(KEEP_SIGNALS)
        connection.close()
        acts: dict[str, Callable[[Engine], object]] = {
            "clerk": self._serve,
            "ticker": lambda engine: engine.tick(limit=dice.choice([1, 2, 100])),
            "courier": lambda engine: engine.deliver(limit=1),
        }
        self._hands = [
            Hand(name, self, dice.randint(10, 20), acts[name.partition(" ")[0]])
            for name in NAMES
            if name != CALM
        ]

    def open(self, name: str, clock: Callable[[], int]) -> Engine:
        """An engine of a new process, which carries calls and messages to the outside."""
        return Engine(
            connect(self._databases.of(name), clock=clock).store,
            clock=clock,
            functions={"ask": self.outside.ask},
            channels={"post": self.outside},
            addresses=self.outside,
            rng=self.world.dice.random,
        )

    def committed(self, by: Process) -> None:
        """Nothing is looked at before the calm."""

    def run(self) -> None:
        """The storm, then the calm."""
        with patch.object(threads, "Thread", AtOnce), driven(self.world, self, self._path):
            try:
                self.world.turns.run([*self._hands])
            finally:
                for hand in self._hands:
                    hand.bury()
            self.outside.is_calm = True
            engine = self.open(CALM, lambda: self.world.now)
            try:
                self._settle(engine)
                assert_sound(engine)
            finally:
                engine.close()
        check(self._path, self.outside)

    def _serve(self, engine: Engine) -> None:
        """A clerk opens a sale, or does something with one."""
        dice = self.world.dice
        if not self.sales or dice.random() < 0.3:
            opened = engine.start("sale", {"ref": "x"}, by=DESK)
            if opened.ok:
                self.sales.append(opened.order_id)
            return
        commands: list[Command] = [Done("seen"), Done("shipped"), Choose("complain"), Choose("complain")]
        engine.do(dice.choice(self.sales), dice.choice(commands), by=DESK)

    def _settle(self, engine: Engine) -> None:
        """Let everything come to its end."""
        for _ in range(LONGEST_CALM):
            ticked, done = engine.tick(), engine.deliver()
            moments = [each for each in (ticked.next_at, done.next_at) if each is not None]
            if moments:  # one that is due may wait for another of its queue
                self.world.now = max(self.world.now + MINUTE, min(moments))
            elif not done.sent:  # an answer has something to tell other orders
                return
        raise AssertionError("it does not come to an end")


class AtOnce:
    """A thread that is none: whoever starts it waits for it."""

    def __init__(self, *, target: Callable[[], None], name: str, daemon: bool) -> None:
        self._target = target

    def start(self) -> None:
        self._target()


def check(path: Path, outside: Outside) -> None:
    """Nothing is lost, nothing is there that should not be, and each errand had one id."""
    with sqlite3.connect(path) as connection:
        numbers = dict(connection.execute("SELECT id, number FROM fe_orders").fetchall())
        history = connection.execute("SELECT order_id, actor, record FROM fe_history").fetchall()
        told = connection.execute("SELECT number, role, about, at FROM fe_outbox").fetchall()
        states = connection.execute("SELECT kind, state, count(*) FROM fe_parcels GROUP BY 1, 2").fetchall()
        said = connection.execute("SELECT count(*) FROM said").fetchone()[0]
        left = connection.execute("SELECT count(*) FROM fe_signals").fetchone()[0]
    connection.close()
    happened: Counter[tuple[str, int]] = Counter()
    heard = 0
    for id, actor, record in history:
        heard += actor == "signal"
        for each in json.loads(record)["events"]:
            happened[each["event"], id] += 1
    sales = {id: number for id, number in numbers.items() if number.startswith("S")}
    for id, number in sales.items():
        assert happened["called", id] == happened["call_done", id] == 1, f"{number} has one answer"
        assert len({*outside.calls[number]}) == 1, f"{number} was asked under {outside.calls[number]}"
    assert {*outside.calls} == {*sales.values()}, "no order asked that is not there"
    assert (left, heard) == (0, said), f"{said} signals, {heard} were heard and {left} are left"
    wanted = Counter(told)
    assert {*outside.messages} == {*wanted}, "every message came, and no other"
    for each, keys in outside.messages.items():
        assert len(keys) <= wanted[each], f"{each} came under {keys}"
    assert all(state == "sent" for _, state, _ in states), states


def run_errands(seed: int, databases: Databases, *, lines: list[str] | None = None) -> Outcome:
    """Run one seed. Raises Failed."""
    with undisturbed():
        try:
            errands = Errands(seed, databases.fresh(), databases)
            errands.world.lines = lines
            errands.run()
        except Exception as found:
            raise Failed(seed, found, "errands ") from found
    world = errands.world
    return Outcome(seed, world.trace, world.step, world.hits)
