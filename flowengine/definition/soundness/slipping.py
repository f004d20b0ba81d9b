"""Stages that some orders slip through: what is asked there is conditional, and of them nothing is asked."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.possible import BY_HAND, Possible
from flowengine.definition.soundness.questions import Wish
from flowengine.definition.soundness.telling import order_with, said, told, way_to
from flowengine.definition.words import Need, Stage


def slips(possible: Possible) -> Iterator[Case]:
    """Every stage that asks some orders of nobody, with such an order."""
    start = next(iter(possible.process.stages))
    for name, stage in possible.process.stages.items():
        wishes = _unasked(possible, stage) if name in possible.here else None
        if not wishes:
            continue
        values = possible.questions.example(wishes, possible.where(name))
        way = way_to(possible.edges, start, name)
        if values is None or way is None:
            continue
        conditions = list(dict.fromkeys(wish.condition.source for wish in wishes))
        params = {
            "stage": name,
            "order": order_with(values),
            "conditions": conditions,
            "way": told(start, way),
        }
        several = len(conditions) > 1
        if several:
            finding = said("FE425", "several", stage.place, params)
        else:
            finding = said("FE425", "one", stage.place, params, severity="note")
        yield Case("slips", finding, name, tuple(way), values)


def _unasked(possible: Possible, stage: Stage) -> list[Wish] | None:
    """What must be so that a stage asks nothing; None if it always does, or is meant to let orders through.

    So is a stage of conditions and fields alone: it is a sieve.
    """
    needs = list((stage.needs or {}).values())
    tasks = list((stage.tasks or {}).values())
    doors = (possible.process.stages.get(row.to) for row in possible.rows_of(stage))
    if stage.opens or not (needs or tasks) or any(door and door.entry for door in doors):
        return None
    if not all(_asks_somebody(need) and need.when for need in needs) or not all(task.when for task in tasks):
        return None
    wishes = [possible.fails(need.when) for need in needs if need.when]
    wishes += [possible.fails(task.when) for task in tasks if task.when]
    for _, outcome in possible.outcomes_in(stage):
        if outcome.when and not outcome.after:
            wishes.append(possible.fails(outcome.when))
    return wishes


def _asks_somebody(need: Need) -> bool:
    return need.kind in (*BY_HAND, "any")
