"""A training in play: it hands out turns, lets the trainee act on the real engine, and marks what he does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from flowengine.definition.scenario_words import Expect, Scenario, Step
from flowengine.definition.words import Name
from flowengine.kernel.commands import Attach, Command, Confirm, Write
from flowengine.kernel.decision import Blocker
from flowengine.rehearsal.expectations import differences
from flowengine.rehearsal.playing import Rehearsal
from flowengine.rehearsal.rows import Row
from flowengine.rehearsal.scenario import said, with_row
from flowengine.rehearsal.stage import Connect
from flowengine.rehearsal.training.marks import Mark, Score
from flowengine.rehearsal.training.options import Option, options
from flowengine.rehearsal.training.script import Scene, Turn, script_of
from flowengine.rehearsal.verbs import Atom, atoms_of
from flowengine.texts import Lang

Answer = Literal["refused", "right", "partly", "early", "besides", "otherwise"]
"""What an act was: refused; the step; a part of it; a step that comes later; something else that leaves the
step open; something else after which the step cannot be done any more."""

_LASTING: Final = ("stage", "blocked_by", "fields", "todo")
"""The expectations that speak of where an order ends, not of when or of what has just happened."""


class Training:
    """One scenario with one of its rows, for one of its people or for all.

    `rehearsal` is the stage on which it is played: ask it where the order stands.
    """

    def __init__(
        self, connect: Connect, scenario: Scenario, process: Path, row: Row, *, trainee: str | None
    ) -> None:
        self._scenario = scenario
        self._row = row
        self._script = script_of(scenario, row, trainee)
        self._at = -1
        reference = Rehearsal(connect, scenario, process, row)
        with closing(reference.engine):
            self._visits = list(_visits(reference, self._script))
            self._ending = _ending(reference, with_row(_last(scenario), row))
        self.rehearsal = Rehearsal(connect, scenario, process, row)
        self.turn: Turn | None = None
        self.marks: list[Mark] = []

    @property
    def turns(self) -> int:
        """How many steps the trainee has to find."""
        return sum(isinstance(each, Turn) for each in self._script)

    def onward(self) -> Iterator[Scene]:
        """Play on up to the next turn, scene by scene; afterwards `turn` is that turn, None at the end."""
        self.turn = None
        for at in range(self._at + 1, len(self._script)):
            self._at = at
            match self._script[at]:
                case Scene(step=step) as scene:
                    self.rehearsal.play(step)
                    self.rehearsal.turn_back()
                    yield scene
                case Turn() as turn:
                    told = said(with_row(replace(turn.step, by=()), self._row))
                    self.marks.append(Mark(len(self.marks) + 1, turn.person, told))
                    if turn.atoms:
                        self.turn = turn
                        return

    def options(self, lang: Lang) -> tuple[Option, ...]:
        """What a screen would offer now."""
        return options(self.rehearsal.plan, self.rehearsal.view.order, lang)

    def would_do(self, command: Command) -> bool:
        """Whether the engine would carry this out now for the person of the turn."""
        return not self._preview(command, reason="?")

    def act(self, command: Command, reason: str) -> Answer:
        """Let the trainee do something; why it was refused is asked of the rehearsal."""
        turn, mark = self._turn
        was_possible = self._is_possible(turn)
        self.rehearsal.give(command, turn.person, reason)
        if self.rehearsal.blockers or self.rehearsal.failure:
            mark.refused += 1
            return "refused"
        hit, rest = atoms_of(command) & turn.atoms, atoms_of(command) - turn.atoms
        turn.atoms -= hit
        rest -= self._done_ahead(rest)
        if rest:
            mark.besides.append(_told(rest))
        if not turn.atoms:
            return self._settled(mark, done=True)
        if hit:
            return "partly"
        if was_possible and self._is_possible(turn):
            return "besides" if rest else "early"
        return self._settled(mark, done=False)

    def leave(self) -> None:
        """The trainee does nothing more in this turn."""
        _, mark = self._turn
        self._settled(mark, done=False)

    def hint(self) -> int:
        """Give a hint: 1 for what the engine would take, 2 for the step itself."""
        _, mark = self._turn
        mark.hints += 1
        return min(mark.hints, 2)

    def known(self, atom: Atom) -> str:
        """What the scenario writes there, in this turn or a later one, else before; empty if nowhere."""
        later = [each for each in (*self._script[self._at :], *self._script) if isinstance(each, Turn)]
        for turn in later:
            for command in turn.commands:
                if atom in atoms_of(command):
                    return _written(command, atom[1])
        return ""

    def score(self) -> Score:
        """How it went. A turn that was not ended is no mark."""
        finished = self.turn is None and self._at + 1 >= len(self._script)
        marks = self.marks if self.turn is None else self.marks[:-1]
        lacking = (each for each in differences(self.rehearsal, self._ending) if each[0] in _LASTING)
        return Score(tuple(marks), finished, tuple(lacking))

    @property
    def _turn(self) -> tuple[Turn, Mark]:
        assert self.turn is not None, "it is nobody's turn"
        return self.turn, self.marks[-1]

    def _settled(self, mark: Mark, *, done: bool) -> Answer:
        mark.settle(done=done)
        self.turn = None
        return "right" if done else "otherwise"

    def _is_possible(self, turn: Turn) -> bool:
        """Whether the next part of the step would be carried out now."""
        command = next(turn.rest, None)
        return command is not None and not self._preview(command, turn.reason)

    def _preview(self, command: Command, reason: str) -> tuple[Blocker, ...]:
        return self.rehearsal.preview(command, self._turn[0].person, reason)

    def _done_ahead(self, atoms: frozenset[Atom]) -> frozenset[Atom]:
        """What of this is to be done later in the same visit of the stage, by whomever: it is done now."""
        found: set[Atom] = set()
        for at in range(self._at + 1, len(self._script)):
            later = self._script[at]
            if isinstance(later, Turn) and self._same_visit(at):
                found |= later.atoms & atoms
                later.atoms -= atoms
        return frozenset(found)

    def _same_visit(self, at: int) -> bool:
        return self._visits[at] == self._visits[self._at]


def _visits(rehearsal: Rehearsal, script: list[Scene | Turn]) -> Iterator[tuple[str, int]]:
    """Play the script as it is written: in which visit of which stage each part of it finds the order."""
    for each in script:
        yield _visit(rehearsal)
        rehearsal.play(each.step if isinstance(each, Scene) else replace(each.step, by=(each.person,)))
        rehearsal.turn_back()


def _last(scenario: Scenario) -> Step:
    """The last step that speaks of the order of the scenario, and not of a linked one."""
    return next((step for step in reversed(scenario.steps) if step.on is None), scenario.steps[-1])


def _ending(rehearsal: Rehearsal, last: Step) -> Step:
    """What holds of the order when the script is over, as the expectations of a step."""
    stage, _ = _visit(rehearsal)
    lasting: dict[str, Any] = {word: getattr(last.expect, word, None) for word in _LASTING}
    lasting["stage"] = Name(stage) if stage else None
    expect = Expect(place=last.place, **lasting)
    return Step(place=last.place, expect=expect)


def _visit(rehearsal: Rehearsal) -> tuple[str, int]:
    if not rehearsal.has_order:
        return "", 0
    order = rehearsal.view.order
    return order.stage, order.visits.get(order.stage, 0)


def _written(command: Command, name: str) -> str:
    match command:
        case Attach(reference=reference):
            return reference
        case Confirm(values=values):
            return " ".join(f"{field}={value}" for field, value in values.items())
        case Write(values=values):
            return "" if values[name] is None else str(values[name])
    return ""


def _told(atoms: frozenset[Atom]) -> str:
    return ", ".join(" ".join(atom) for atom in sorted(atoms))
