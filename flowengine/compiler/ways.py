"""The arrows of a process for its machine: every way that an order can take, with its trigger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from flowengine.compiler.machine import Arrow
from flowengine.compiler.plan import NEXT, End, Outcome, Stage, every_outcome, trigger_of
from flowengine.definition.detours import BACK


def arrows(
    stages: Mapping[str, Stage], ends: Mapping[str, End], detours: Mapping[str, Set[str]]
) -> Iterator[Arrow]:
    """Every arrow; `detours` says where `back` may lead from a stage."""
    for stage in stages.values():
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
        if target == BACK:
            yield from (Arrow(trigger_of(trigger, origin), place, origin) for origin in sorted(origins))
        else:
            yield Arrow(trigger, place, target)
