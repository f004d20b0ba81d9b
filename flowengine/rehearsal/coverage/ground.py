"""What there is to be met in a process: stages, ends, outcomes, needs, rows, checks, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, get_args

from flowengine.definition.call_references import calls_made
from flowengine.definition.detours import BACK
from flowengine.definition.findings import Place
from flowengine.definition.scope import clocks_of, every_need, needs_of, outcomes_of, rules_of
from flowengine.definition.words import Due, LengthRow, Outcome, PointRow, Process, Row

Kind = Literal[
    "stage", "owner", "due", "late", "warned", "met", "end", "outcome", "beyond", "need", "stopped", "task",
    "row", "check", "held", "released", "fired", "received", "answered", "failed", "raised",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""In the order in which they are told. `owner`, `due`: a row decided who is accountable, or until when.
`late`, `warned`: the due time of a stage, task, clock or hold has passed, or a warning of its own was given.
`met`: a clock ended as it should. `beyond`: an outcome is chosen once more than allowed. `stopped`: a need
alone keeps an order where it is, or somebody is refused for it. `held`, `released`, `fired`: what holds and
rules do. `received`: an event came in. `answered`, `failed`: what calls out come to.
`raised`: an exception was."""


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
        yield from _rows("owner", name, name, stage.owner)
        yield from _times(name, name, stage.due)
        for task in (stage.tasks or {}).values():
            yield Item(Key("task", task.name, task.name), name, task.place)
            yield from _rows("owner", task.name, name, task.owner)
            yield from _times(task.name, name, task.due)
        yield from _rows("row", name, name, stage.next)
    for at, outcome in outcomes_of(process):
        yield Item(Key("outcome", at, outcome.name), at, outcome.place)
        if outcome.at_most is not None:
            yield Item(Key("beyond", at, outcome.name), at, outcome.place)
    beside = {id(need) for _, clock in clocks_of(process) for need in every_need(clock.needs)}
    for at, need in needs_of(process):
        line = str(need.place.line)
        yield Item(Key("need", line, need.name), at, need.place)
        if id(need) not in beside:  # what a clock asks for stands in nobody's way
            yield Item(Key("stopped", line, need.name), at, need.place)
    yield from _ends(process)
    yield from _by_itself(process)
    for check in (process.order and process.order.checks) or ():
        yield Item(Key("check", str(check.place.line), check.that.source), "order", check.place)


def _times(name: str, at: str, rows: Sequence[Due]) -> Iterator[Item]:
    """What may become of a due time: its rows, lateness, and the warnings that its own rows name."""
    yield from _rows("due", name, at, rows)
    if rows:
        yield Item(Key("late", name, name), at, rows[0].place)
    for row in rows:
        if row.warn:
            yield Item(Key("warned", name, name), at, row.place)
            return


def _by_itself(process: Process) -> Iterator[Item]:
    """Clocks, holds and rules. A clock without `until`, `needs` and `every` only ends with its place."""
    for stage, clock in clocks_of(process):
        at, name = stage.name if stage else "order", clock.name
        yield from _rows("due", name, at, clock.within or clock.by)
        yield Item(Key("late", name, name), at, clock.place)
        if clock.warn:
            yield Item(Key("warned", name, name), at, clock.place)
        if clock.until or clock.needs:
            yield Item(Key("met", name, name), at, clock.place)
    for name, hold in (process.holds or {}).items():
        yield Item(Key("held", "order", name), "order", hold.place)
        yield Item(Key("released", "order", name), "order", hold.place)
        yield from _times(name, "order", hold.due)
    made = calls_made(process)
    for name, call in (process.calls or {}).items():
        if name in made:  # a library may hold others
            yield Item(Key("answered", "order", name), "order", call.place)
            yield Item(Key("failed", "order", name), "order", call.place)
    for name, exception in (process.exceptions or {}).items():
        yield Item(Key("raised", "order", name), "order", exception.place)
    for stage, rule in rules_of(process):
        at = stage.name if stage else "order"
        yield Item(Key("fired", at, rule.name), at, rule.place)
    for name, event in (process.events or {}).items():
        yield Item(Key("received", "order", name), "order", event.place)


def _rows(kind: Kind, name: str, at: str, rows: Sequence[Row | Due | LengthRow | PointRow]) -> Iterator[Item]:
    """The rows that decide something of a place; a single one is no choice."""
    if len(rows) > 1:
        for number, row in enumerate(rows, 1):
            yield Item(Key(kind, name, str(number)), at, row.place)


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
