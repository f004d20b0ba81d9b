"""A process that takes part: its own engine, its own clock, and the answers it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol

from flowengine import Create, Engine, FlowEngineError, Principal, Result
from flowengine.runtime.flow import Flow
from tests.faults.points import Crash
from tests.simulation.auditor import Auditor
from tests.simulation.driver import Process
from tests.simulation.intents import Before, Intent, Operation, check_answer, check_error
from tests.simulation.processes import PROCESS, ROLES, Versions
from tests.simulation.world import MINUTE, SECOND, World

EVERYBODY: Final = Principal.of("an", *ROLES, name="An 安")
SKEW: Final = 60 * SECOND
Results = Sequence[Result | None]
Work = Callable[[], Results]


@dataclass(slots=True)
class Board:
    """What is wanted by whom, and which orders are known: what would stand in the hosts' own databases."""

    intents: dict[str, Intent] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    unkeyed: int = 0
    """How many commands were given without a key: once, as what is not acknowledged is for a person then."""


class Place(Protocol):
    """Where the people work."""

    world: World
    auditor: Auditor
    board: Board
    names: tuple[str, ...]
    versions: Versions

    @property
    def people(self) -> list[Person]: ...

    def open(self, name: str, clock: Callable[[], int]) -> Engine: ...


class Person(Process):
    """One process with its own engine and its own clock, which is not quite right."""

    def __init__(self, name: str, place: Place, operations: int) -> None:
        super().__init__(name, self._live)
        self.place = place
        self.world = place.world
        self.left = operations
        self.operation = Operation("idle")
        self.engine: Engine | None = None
        self.skew = self.dice.randint(-SKEW, SKEW)

    @property
    def dice(self) -> Random:
        return self.world.dice

    def clock(self) -> int:
        """The clock of this machine."""
        reading = self.world.now + self.skew
        self.operation.readings.append(reading)
        return reading

    def act(self, engine: Engine) -> None:
        """Call the engine once."""
        raise NotImplementedError

    def wants_to_go_on(self) -> bool:
        """Whether there is anything left to do."""
        return self.left > 0

    def _live(self) -> None:
        while self.wants_to_go_on():
            self.left -= 1
            self._set_clock()
            try:
                self.engine = self.engine or self._opened()
                self.act(self.engine)
            except Crash:
                self.engine = None
                self.bury()
            except FlowEngineError as error:
                self.world.hits[type(error).__name__] += 1
                self.world.note(self, type(error).__name__)
                check_error(self.operation, error)
            finally:
                self.operation = Operation("idle")

    def _opened(self) -> Engine:
        self.operation = Operation("open")
        return self.place.open(self.name, self.clock)

    def _set_clock(self) -> None:
        if self.dice.random() < self.world.weather.clock_set:
            was = self.skew
            self.skew = self.dice.choice(
                [self.dice.randint(-SKEW, SKEW), was - self.dice.randint(0, 10) * MINUTE]
            )
            self.world.hits["clock set back"] += self.skew < was

    def give(self, engine: Engine, intent: Intent) -> None:
        """Give a command, and hold the answer against the store."""
        self.together((intent,), "do", lambda: [call(engine, intent)])

    def together(self, intents: tuple[Intent, ...], kind: str, work: Work) -> None:
        """Give commands that are over together, and hold the answers against the store."""
        others = [
            each for person in self.place.people if person is not self for each in person.operation.intents
        ]
        self.world.hits["one key given twice at once"] += any(each in others for each in intents)
        self.operation = Operation(kind, intents)
        before = [Before.of(self.place.auditor, intent) for intent in intents]
        results = work()
        for intent, stood, result in zip(intents, before, results, strict=True):
            if result is None:
                assert intent not in self.operation.wrote.values(), f"{intent.key} failed, and was written"
                continue
            check_answer(self.place.auditor, self.operation, intent, stood, result)
            self.world.note(self, f"{intent.key} {result.verdict} {result.revision}")
            self.world.hits["repeated" if result.repeated else str(result.verdict)] += 1
            if intent.opens and result.ok:
                self.place.board.orders[intent.name] = result.order_id


def call(engine: Flow, intent: Intent) -> Result:
    """The call of the engine for an intent."""
    key = intent.key if intent.keyed else None
    if isinstance(intent.command, Create):
        return engine.start(PROCESS, intent.command.values, by=intent.by, key=key, reason=intent.reason)
    return engine.do(
        intent.order_id, intent.command, by=intent.by, key=key, reason=intent.reason, expect=intent.expect
    )
