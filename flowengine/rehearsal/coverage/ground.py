"""What there is to be met in a process: stages, ends, outcomes, needs, rows, checks, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from flowengine.definition.detours import BACK
from flowengine.definition.findings import Place
from flowengine.definition.scope import needs_of, outcomes_of
from flowengine.definition.words import Outcome, Process, Stage

Kind = Literal["stage", "late", "end", "outcome", "beyond", "need", "stopped", "task", "row", "check"]
KINDS: Final[tuple[Kind, ...]] = (
    "stage", "late", "end", "outcome", "beyond", "need", "stopped", "task", "row", "check",
)  # fmt: skip
"""In the order in which they are told. `late`: a stage is past its due time. `beyond`: an outcome is chosen
once more than allowed. `stopped`: a need alone keeps an order where it is, or somebody is refused for it."""


class Key(NamedTuple):
    """How a thing is known to events and plan: its kind, where it stands, its name.

    `at` is a stage, or `order`; of a need or check, which may bear one name in several places, the line.
    """

    kind: Kind
    at: str
    name: str


class Item(NamedTuple):
    """One thing that can be met. `stage` is where people look for it; `order` is the whole order."""

    key: Key
    stage: str
    place: Place


def ground_of(process: Process) -> Mapping[Key, Item]:
    """All there is, in the order of the kinds and then of the file."""
    items = sorted(_items(process), key=lambda item: (KINDS.index(item.key.kind), item.place))
    return {item.key: item for item in items}


def _items(process: Process) -> Iterator[Item]:
    for name, stage in process.stages.items():
        yield Item(Key("stage", name, name), name, stage.place)
        if stage.due:
            yield Item(Key("late", name, name), name, stage.due[0].place)
        for task in (stage.tasks or {}).values():
            yield Item(Key("task", task.name, task.name), name, task.place)
            if task.due:
                yield Item(Key("late", task.name, task.name), name, task.due[0].place)
        yield from _rows(name, stage)
    for at, outcome in outcomes_of(process):
        yield Item(Key("outcome", at, outcome.name), at, outcome.place)
        if outcome.at_most is not None:
            yield Item(Key("beyond", at, outcome.name), at, outcome.place)
    for at, need in needs_of(process):
        line = str(need.place.line)
        yield Item(Key("need", line, need.name), at, need.place)
        yield Item(Key("stopped", line, need.name), at, need.place)
    yield from _ends(process)
    for check in (process.order and process.order.checks) or ():
        yield Item(Key("check", str(check.place.line), check.that.source), "order", check.place)


def _rows(name: str, stage: Stage) -> Iterator[Item]:
    """The rows of `next`; a single one is no choice, and taken whenever the stage is left by itself."""
    if len(stage.next) > 1:
        for number, row in enumerate(stage.next, 1):
            yield Item(Key("row", name, str(number)), name, row.place)


def _ends(process: Process) -> Iterator[Item]:
    """The ends that something leads to, each where it is declared or else where it is first aimed at."""
    declared = process.ends or {}
    aimed: dict[str, Place] = {}
    for target, place in _targets(process):
        aimed.setdefault(target, place)
    for name, place in aimed.items():
        if name not in process.stages:
            yield Item(Key("end", name, name), name, declared[name].place if name in declared else place)


def _targets(process: Process) -> Iterator[tuple[str, Place]]:
    for stage in process.stages.values():
        yield from ((row.to, row.to.place) for row in stage.next)
    for _, outcome in outcomes_of(process):
        yield from _leads(outcome)


def _leads(outcome: Outcome) -> Iterator[tuple[str, Place]]:
    targets = (outcome.to, *(action.move for action in outcome.beyond))
    yield from ((target, target.place) for target in targets if target and target != BACK)
