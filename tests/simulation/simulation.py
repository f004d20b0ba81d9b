"""One run: a store, processes that work on it through a storm, and then a calm in which all is settled."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa

import flowengine
from flowengine import Engine
from tests.simulation.auditor import Auditor
from tests.simulation.client import Client
from tests.simulation.driver import Process, driven
from tests.simulation.ending import settle
from tests.simulation.person import Board, Person
from tests.simulation.processes import Versions
from tests.simulation.staff import Operator, Ticker
from tests.simulation.world import World

MOST_STEPS: Final = 50_000
CLIENTS: Final = ("client 1", "client 2", "client 3")
TICKERS: Final = ("ticker 1", "ticker 2")
OPERATOR: Final = "operator"
CALM: Final = "calm"
PROCESSES: Final = (*CLIENTS, *TICKERS, OPERATOR, CALM)


class Failed(AssertionError):
    """What was found in a run, and how to see it again."""

    def __init__(self, seed: int, found: BaseException, what: str = "") -> None:
        super().__init__(f"seed {seed}: {found}\nagain: python -m tests.simulation {what}{seed}")
        self.seed = seed


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run in which nothing was found: its trace, its length, and what it hit."""

    seed: int
    trace: str
    steps: int
    hits: Counter[str]


class Simulation:
    """The place where the people of one seed work."""

    def __init__(self, seed: int, path: Path, databases: Databases) -> None:
        self.path = path
        self.world = World(seed)
        dice = self.world.dice
        self.databases = databases
        self.versions = Versions(dice)
        self.names = tuple("abc"[: dice.randint(1, 3)])
        self.board = Board()
        with driven(self.world, self, path), self.calm() as engine:
            engine.deploy(self.versions.first.text, file="simulated.yaml")
        self.auditor = Auditor(path, self.versions.plan)
        self.world.next_moment = self.auditor.next_moment
        self.people: list[Person] = [
            *(Client(name, self, dice.randint(8, 20)) for name in CLIENTS),
            *(Ticker(name, self, 0) for name in TICKERS),
            Operator(OPERATOR, self, dice.randint(1, 6)),
        ]

    def open(self, name: str, clock: Callable[[], int]) -> Engine:
        """An engine of a new process."""
        return flowengine.connect(self.databases.of(name), clock=clock)

    @contextmanager
    def calm(self, clock: Callable[[], int] | None = None) -> Iterator[Engine]:
        """An engine that no storm reaches, with the right time."""
        engine = self.open(CALM, clock or (lambda: self.world.now))
        try:
            yield engine
        finally:
            engine.close()

    def committed(self, by: Process) -> None:
        """Somebody has written: the auditor looks."""
        assert isinstance(by, Person)
        late = by.operation.late
        self.auditor.look(by.operation)
        self.world.hits["late"] += by.operation.late - late
        if by.operation.late > late:
            moved = {id for id, _ in by.operation.wrote}
            others = [each for each in self.people if each is not by and each.operation.after & moved]
            self.world.hits["two tickers after one order"] += bool(others)
        if self.world.step > MOST_STEPS:
            raise AssertionError("the run does not come to an end")

    def run(self) -> None:
        """The storm, then the calm."""
        try:
            with driven(self.world, self, self.path):
                self.world.turns.run([*self.people])
                for person in self.people:
                    person.bury()
                settle(self)
        finally:
            for person in self.people:
                person.bury()
            self.auditor.close()


class Databases:
    """A folder with a store for each run, and what SQLAlchemy keeps of each process, whose statements it
    compiles once: to begin with nothing each time would take longer than all the rest.
    """

    def __init__(self, folder: Path, names: tuple[str, ...] = PROCESSES) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        self._number = 0
        self._known = {name: flowengine.connect(self._template).store.engine for name in names}
        for engine in self._known.values():
            engine.dispose()

    def of(self, name: str) -> sa.Engine:
        """The database as a process sees it that begins now: without a connection."""
        self._known[name].dispose(close=False)
        return self._known[name]

    def fresh(self) -> Path:
        """A store with its tables and nothing in them."""
        for old in self._folder.glob("orders-*"):
            old.unlink()
        self._number += 1
        path = self._folder / f"orders-{self._number}.db"  # what has failed may have the last one open
        shutil.copyfile(self._template, path)
        return path


def simulate(seed: int, databases: Databases, *, lines: list[str] | None = None) -> Outcome:
    """Run one seed. Raises Failed."""
    with undisturbed():
        try:
            simulation = Simulation(seed, databases.fresh(), databases)
            simulation.world.lines = lines
            simulation.run()
        except Exception as found:
            raise Failed(seed, found) from found
    world = simulation.world
    return Outcome(seed, world.trace, world.step, world.hits)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No collector closes a connection at a moment of its own, and the turns stay on one processor.

    To hand the turn to a thread on another processor takes ten times as long.
    """
    processors = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if processors:
        os.sched_setaffinity(0, {sorted(processors)[os.getpid() % len(processors)]})
    pool = logging.getLogger("sqlalchemy.pool")  # it tells of each connection that dies with its process
    level = pool.level
    pool.setLevel(logging.CRITICAL + 1)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        pool.setLevel(level)
        if was_enabled:
            gc.enable()
        if processors:
            os.sched_setaffinity(0, processors)
