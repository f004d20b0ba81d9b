"""The arrows of a process for its machine: every way that an order can take, with its trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from flowengine.compiler.machine import Arrow
from flowengine.compiler.plan import NEXT, End, Outcome, Stage, every_outcome, trigger_of
from flowengine.definition.detours import BACK


class Move(NamedTuple):
    """A move that is made by itself, from `stage` or, where that is empty, from wherever an order is."""

    stage: str
    trigger: str
    target: str


def arrows(
    stages: Mapping[str, Stage],
    ends: Mapping[str, End],
    detours: Mapping[str, Set[str]],
    moves: Iterable[Move],
) -> Iterator[Arrow]:
    """Every arrow; `detours` says where `back` may lead from a stage."""
    for stage in stages.values():
        origins = detours.get(stage.name, frozenset())
        for move in moves:
            if move.stage in ("", stage.name):
                yield from _way(move.trigger, stage.name, move.target, origins)
        yield from (Arrow(NEXT, stage.name, way.to, way.when) for way in stage.ways)
        for outcome in every_outcome(stage):
            yield from _ways_of(outcome, stage.name, detours.get(stage.name, frozenset()))
    for end in ends.values():
        for outcome in end.outcomes.values():
            yield from _ways_of(outcome, end.name, frozenset())


def _ways_of(outcome: Outcome, place: str, origins: Set[str]) -> Iterator[Arrow]:
    moves = [(outcome.key, outcome.to)] if outcome.to else []
    moves += [(outcome.beyond_trigger, action.move) for action in outcome.beyond if action.move]
    for trigger, target in moves:
        yield from _way(trigger, place, target, origins)


def _way(trigger: str, place: str, target: str, origins: Set[str]) -> Iterator[Arrow]:
    if target == BACK:
        yield from (Arrow(trigger_of(trigger, origin), place, origin) for origin in sorted(origins))
    else:
        yield Arrow(trigger, place, target)
