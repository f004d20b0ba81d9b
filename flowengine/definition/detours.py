"""Where `back` leads: the stages that an order may have left, for a stage that offers `back`.

A detour begins when an outcome or another move brings an order into such a stage, and lasts as long as they
lead on from one such stage to another: whoever goes back returns to the first origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from flowengine.definition.deeds import moves_by_itself
from flowengine.definition.same import kept
from flowengine.definition.same_names import is_open_in
from flowengine.definition.words import Outcome, Process, Stage

BACK: Final = "back"


def outcomes_in(process: Process, stage: Stage) -> Iterator[Outcome]:
    """Everything that may happen instead in a stage: its own outcomes, its tasks', the whole order's."""
    yield from (stage.outcomes or {}).values()
    for task in (stage.tasks or {}).values():
        yield from (task.outcomes or {}).values()
    for outcome in (process.outcomes or {}).values():
        if is_open_in(outcome, stage.name):
            yield outcome


def leads_to(outcome: Outcome) -> Iterator[str]:
    """The words after `to` and `move` of an outcome, `back` among them."""
    if outcome.to:
        yield str(outcome.to)
    yield from (str(action.move) for action in outcome.beyond if action.move)


@kept
def origins_of(process: Process) -> Mapping[str, frozenset[str]]:
    """For each stage that offers `back`: the stages to which it may lead."""
    moved = moves_by_itself(process)
    steps = {
        name: {
            *(target for outcome in outcomes_in(process, stage) for target in leads_to(outcome)),
            *moved[name],
        }
        for name, stage in process.stages.items()
    }
    origins: dict[str, set[str]] = {name: set() for name, targets in steps.items() if BACK in targets}
    grows = bool(origins)
    while grows:
        grows = False
        for source, targets in steps.items():
            began = {source} | origins.get(source, set())
            for target in targets & set(origins) - {source}:
                new = began - {target} - origins[target]
                origins[target] |= new
                grows = grows or bool(new)
    return {name: frozenset(found) for name, found in origins.items()}
