"""A round of approval as a value: its steps one after another, in each step its seats, in each seat a vote.

A round is stored as lists of its values; it holds nothing that the words of the process could tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

Vote = Literal["", "approve", "refuse", "abstain"]
Position = Literal["", "before", "beside", "after"]
Outcome = Literal["", "granted", "refused", "returned", "taken_back"]


class Seat(NamedTuple):
    """One vote of a step, for whoever holds `role`.

    One that was added stands `before`, `beside` or `after` the seat numbered `of`. While it is delegated,
    `helper` is the role that is asked for its opinion. `by` is the person who voted, `at` when (ms UTC), and
    `stands_for` whoever was away and for whom they did.
    """

    role: str
    veto: bool = False
    of: int = -1
    position: Position = ""
    helper: str = ""
    vote: Vote = ""
    by: str = ""
    at: int = 0
    stands_for: str = ""

    @property
    def is_added(self) -> bool:
        """Whether somebody has added it to a seat of the form."""
        return self.of >= 0


class Step(NamedTuple):
    """Seats that decide together. `least` is how many must approve; without, all who do not abstain.

    With `in_order` each waits for those before it. Whoever is `barred` has no vote here.
    """

    seats: tuple[Seat, ...]
    least: int = 0
    in_order: bool = False
    barred: tuple[str, ...] = ()

    def own(self) -> Iterator[tuple[int, Seat]]:
        """The seats of the form, with their numbers; those that were added count with them."""
        return ((number, seat) for number, seat in enumerate(self.seats) if not seat.is_added)

    def added_to(self, number: int) -> Iterator[Seat]:
        """The seats that were added to one."""
        return (seat for seat in self.seats if seat.of == number)


class Round(NamedTuple):
    """One asking for an approval. `step` is the one that votes now; `voted` are all who have a vote in it.

    `number` counts the rounds of one need. Without steps no one was found to ask: it is never granted.
    `requester` is the person who asked for what is put to the vote; a round that a need opened has none.
    """

    number: int
    opened: int
    steps: tuple[Step, ...] = ()
    step: int = 0
    outcome: Outcome = ""
    voted: tuple[str, ...] = ()
    digest: str = ""
    requester: str = ""

    @property
    def now(self) -> Step:
        """The step that votes now, or that has decided."""
        return self.steps[min(self.step, len(self.steps) - 1)]

    def plain(self) -> list[Any]:
        """The stored form."""
        steps = [[[list(seat) for seat in step.seats], *step[1:3], list(step.barred)] for step in self.steps]
        asked = [self.requester] if self.requester else []
        voted = list(self.voted)
        return [self.number, self.opened, steps, self.step, self.outcome, voted, self.digest, *asked]

    @classmethod
    def of(cls, values: list[Any]) -> Round:
        """The round that `plain` wrote."""
        number, opened, steps, step, outcome, voted, digest, *asked = values
        made = tuple(
            Step(tuple(Seat(*seat) for seat in seats), least, in_order, tuple(barred))
            for seats, least, in_order, barred in steps
        )
        return cls(number, opened, made, step, outcome, tuple(voted), digest, *asked)
