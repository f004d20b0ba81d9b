"""The script of a training: what is played for the trainee, and each turn that is his."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from flowengine.definition.scenario_words import Scenario, Step
from flowengine.definition.words import Name
from flowengine.kernel.commands import Command
from flowengine.rehearsal.rows import Row, filled, filled_names
from flowengine.rehearsal.verbs import OPENING, Atom, atoms_of, commands_of


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played for the trainee: time that passes, or a step of somebody else."""

    step: Step


@dataclass(slots=True)
class Turn:
    """One step that the trainee has to find, as `person`. `atoms` are the parts that are not done yet."""

    step: Step
    person: Name
    reason: str
    commands: tuple[Command, ...]
    atoms: set[Atom] = field(default_factory=set)

    @property
    def rest(self) -> Iterator[Command]:
        """The commands of the step that are not wholly done."""
        return (command for command in self.commands if atoms_of(command) & self.atoms)


def script_of(scenario: Scenario, row: Row, trainee: str | None) -> list[Scene | Turn]:
    """The script with everybody's steps as turns, or only those of `trainee`.

    Orders are opened for the trainee: their data are the story. What the scenario shows to be refused is no
    step to be found, so it is left out; the time before it passes.
    """
    script: list[Scene | Turn] = []
    for step in scenario.steps:
        if step.wait is not None or step.until is not None:
            script.append(Scene(replace(step, by=(), event=None)))
        if step.expect is not None and step.expect.is_refusal:
            continue
        alone = replace(step, wait=None, until=None)
        if step.event is not None and not step.by:
            script.append(Scene(alone))
        for person in (Name.at(str(name), step.place) for name in filled_names(step.by, row)):
            if step.verb in OPENING or step.on is not None or (trainee is not None and person != trainee):
                script.append(Scene(replace(alone, by=(person,))))
            elif commands := commands_of(step, row):
                atoms = {atom for command in commands for atom in atoms_of(command)}
                reason = str(filled(step.reason, row))
                script.append(Turn(alone, person, reason, commands, atoms))
    return script
