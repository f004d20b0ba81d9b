"""The world of one run: its die, its clock, its weather, and the trace by which two runs are compared.

Nothing happens by chance but what this die says, and time passes only where this clock is set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import Final, Literal

from tests.simulation.turns import Turn, Turns

SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
NOON: Final = 1_778_558_400_000
"""Noon of 12 May 2026 in Shanghai."""
STEPS: Final = (1, SECOND, 5 * SECOND, 30 * SECOND, 200 * SECOND)
"""How much time may pass between two statements."""

Fault = Literal["crash before", "crash after", "busy", "broken", "rolled back", "answer lost"]

FAULTS: Final[dict[str, tuple[Fault, ...]]] = {
    "BEGIN": ("crash before", "crash after", "busy", "broken"),
    "COMMIT": ("crash before", "crash after", "busy", "broken", "rolled back", "answer lost", "answer lost"),
    "ROLLBACK": ("crash before", "crash after", "broken"),
    "ROLLBACK TO": ("crash before", "crash after", "broken", "rolled back"),
    "RELEASE": ("crash before", "crash after", "broken", "answer lost", "rolled back"),
    "": ("crash before", "crash after", "busy", "broken", "rolled back"),
}
"""What may go wrong at a statement, by its first word."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How rough a run is: chances at each statement that another actor goes on, that time passes, …"""

    switch: float = 0.0
    pause: float = 0.0
    time: float = 0.0
    fault: float = 0.0
    fault_at_commit: float = 0.0
    clock_set: float = 0.0

    @classmethod
    def drawn(cls, dice: Random) -> Weather:
        """The weather of a seed: some runs are calm, some are rough, in different ways."""
        return cls(
            switch=dice.choice([0.05, 0.2, 0.5, 1.0]),
            pause=dice.choice([0.0, 0.005, 0.02]),
            time=dice.choice([0.005, 0.02, 0.06]),
            fault=dice.choice([0.0, 0.002, 0.005, 0.01, 0.03]),
            fault_at_commit=dice.choice([0.0, 0.03, 0.1, 0.25]),
            clock_set=dice.choice([0.0, 0.05, 0.2]),
        )


class Actor(Turn):
    """Whoever takes part in a run: `sleeps_until` is the step up to which others go first."""

    sleeps_until = 0


class World:
    """What the actors of one run share."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.weather = Weather.drawn(self.dice)
        self.now = NOON
        self.step = 0
        self.hits: Counter[str] = Counter()
        self.lines: list[str] | None = None
        self.turns = Turns(self.another)
        self.next_moment: Callable[[], int | None] = lambda: None
        self._trace = blake2b(digest_size=12)

    @property
    def trace(self) -> str:
        """What tells this run from every other."""
        return self._trace.hexdigest()

    def point(self, actor: Turn, statement: str) -> None:
        """A statement is about to be executed: perhaps somebody else goes first, perhaps time passes."""
        self.step += 1
        self.note(actor, statement)
        if self.dice.random() < self.weather.time:
            self._let_time_pass()
        if self.dice.random() < self.weather.pause and isinstance(actor, Actor):
            actor.sleeps_until = self.step + self.dice.randint(10, 200)
            self.hits["pause"] += 1
        elif self.dice.random() >= self.weather.switch:
            return
        self.turns.hand_to(self.another(self.turns.ready))

    def wait(self, actor: Turn) -> None:
        """The actor can do nothing now: a little time passes, and somebody else goes on."""
        self.now += self.dice.randint(1, 1_500)
        others = [turn for turn in self.turns.ready if turn is not actor]
        if others:
            self.turns.hand_to(self.another(others))

    def another(self, among: list[Turn]) -> Turn:
        """Somebody of them, and rather one who does not sleep."""
        awake = [turn for turn in among if getattr(turn, "sleeps_until", 0) <= self.step]
        return self.dice.choice(awake or among)

    def fault_at(self, statement: str) -> Fault | None:
        """What goes wrong at this statement, if anything does."""
        word = "ROLLBACK TO" if statement.startswith("ROLLBACK TO") else statement.split(None, 1)[0].upper()
        chance = self.weather.fault_at_commit if word == "COMMIT" else self.weather.fault
        if chance == 0.0 or self.dice.random() >= chance:
            return None
        return self.dice.choice(FAULTS.get(word, FAULTS[""]))

    def note(self, actor: Turn, what: str) -> None:
        """Put something into the trace."""
        line = f"{self.step} {actor.name} {what[:40]}"
        self._trace.update(line.encode("utf-8", "replace"))
        if self.lines is not None:
            self.lines.append(f"{self.now - NOON:>12} {line}")

    def _let_time_pass(self) -> None:
        moment = self.next_moment()
        if moment is not None and moment > self.now and self.dice.random() < 0.3:
            self.now = max(self.now, moment + self.dice.choice([-1, 0, 1, SECOND]))
            self.hits["time jumps to a due moment"] += 1
        else:
            self.now += self.dice.choice(STEPS)
