"""How a training went: a mark for each turn, what was done differently, and whether the order ended right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, Literal

How = Literal["at_once", "tried", "hinted", "otherwise", "left"]
HOWS: Final[tuple[How, ...]] = ("at_once", "tried", "hinted", "otherwise", "left")
"""Right at once; right after something else was tried; right with hints; another way; not done."""


@dataclass(slots=True)
class Mark:
    """One turn: how it went, how many hints were asked for, and what was done instead or besides."""

    number: int
    person: str
    said: str
    how: How = "at_once"
    hints: int = 0
    refused: int = 0
    besides: list[str] = field(default_factory=list)

    def settle(self, *, done: bool) -> None:
        """Decide how it went once the turn is over; `done` if the step itself was found."""
        if not done:
            self.how = "otherwise" if self.besides else "left"
        elif self.hints:
            self.how = "hinted"
        elif self.refused or self.besides:
            self.how = "tried"


@dataclass(frozen=True, slots=True)
class Score:
    """The whole training. `lacking` is what the scenario expects in the end and is not so."""

    marks: tuple[Mark, ...]
    finished: bool
    lacking: tuple[tuple[str, Any, Any], ...]

    @property
    def reached(self) -> bool:
        """Whether the order ended where the scenario's expectations hold, by whatever way."""
        return self.finished and not self.lacking

    @property
    def counts(self) -> Counter[How]:
        """How many turns went how."""
        return Counter(mark.how for mark in self.marks)
