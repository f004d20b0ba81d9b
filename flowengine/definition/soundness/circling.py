"""Stages that hand an order on to each other without anybody: it would run round at one instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from flowengine.definition.findings import Finding
from flowengine.definition.flow import completes_itself
from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.certain import row_of
from flowengine.definition.soundness.possible import Edge, Possible
from flowengine.definition.soundness.questions import Where, Wish
from flowengine.definition.soundness.telling import order_with, told, way_to
from flowengine.definition.words import Stage

MOST_CIRCLES: Final = 100
LONGEST_CIRCLE: Final = 8


class Step(NamedTuple):
    """A way that an order takes at once when it comes into a stage, where these wishes come true."""

    edge: Edge
    wishes: tuple[Wish, ...]


def circles(possible: Possible) -> Iterator[Case]:
    """Every circle of stages that ask nobody, each told once."""
    steps = {
        name: tuple(_steps(possible, stage))
        for name, stage in possible.process.stages.items()
        if name in possible.here
    }
    told_of: set[frozenset[str]] = set()
    for number, circle in enumerate(_rounds(steps)):
        if number == MOST_CIRCLES:
            return
        stages = frozenset(step.edge.origin for step in circle)
        if stages not in told_of and (case := _case(possible, circle)):
            told_of.add(stages)
            yield case


def _steps(possible: Possible, stage: Stage) -> Iterator[Step]:
    automatic = [(key, each) for key, each in possible.outcomes_in(stage) if each.is_automatic]
    edges = possible.edges[stage.name]
    for _, outcome in automatic:
        if outcome.when and not outcome.after and not outcome.needs and outcome.at_most is None:
            for edge in edges:
                if (
                    edge.outcome is outcome
                    and _is_open(possible, edge)
                    and outcome.name in (stage.outcomes or {})
                ):
                    yield Step(edge, (possible.holds(outcome.when),))
    wishes = _nobody(possible, stage)
    if wishes is None or stage.opens or not completes_itself(stage):
        return
    wishes += [possible.fails(each.when) for _, each in automatic if each.when and not each.after]
    for edge in edges:
        if edge.is_next and _is_open(possible, edge):
            yield Step(edge, (*wishes, *row_of(possible, stage, edge)))


def _is_open(possible: Possible, edge: Edge) -> bool:
    target = possible.process.stages.get(edge.target)
    return target is not None and not target.entry


def _nobody(possible: Possible, stage: Stage) -> list[Wish] | None:
    """What must be so that a stage asks nobody; None if it always asks somebody."""
    wishes: list[Wish] = []
    for need in (stage.needs or {}).values():
        if need.defer is not None:
            continue
        if need.when:
            wishes.append(possible.fails(need.when))
        elif need.that and not need.after:
            wishes.append(possible.holds(need.that))
        else:
            return None
    for task in (stage.tasks or {}).values():
        if task.when is None:
            return None
        wishes.append(possible.fails(task.when))
    return wishes


def _rounds(steps: Mapping[str, tuple[Step, ...]]) -> Iterator[tuple[Step, ...]]:
    """Simple circles; each begins with its stage that stands first in the file."""
    order = {name: number for number, name in enumerate(steps)}
    for start in steps:
        paths: list[tuple[Step, ...]] = [(step,) for step in steps[start]]
        budget = MOST_CIRCLES * LONGEST_CIRCLE
        while paths and budget:
            budget -= 1
            path = paths.pop()
            at = path[-1].edge.target
            if at == start:
                yield path
            elif (
                len(path) < LONGEST_CIRCLE
                and order.get(at, -1) > order[start]
                and all(step.edge.origin != at for step in path)
            ):
                paths += [(*path, step) for step in steps[at]]


def _case(possible: Possible, circle: tuple[Step, ...]) -> Case | None:
    wishes = [wish for step in circle for wish in step.wishes]
    start = circle[0].edge.origin
    if any(wish.condition.names & {"stage", *possible.set} for wish in wishes):
        return None
    if not all(possible.is_left_alone(possible.process.stages[step.edge.origin]) for step in circle):
        return None
    where = Where("", frozenset().union(*(possible.here[step.edge.origin] for step in circle)))
    values = possible.questions.example(wishes, where)
    way = way_to(possible.edges, next(iter(possible.process.stages)), start)
    if values is None or way is None:
        return None
    others = [wish._replace(holds=not wish.holds) for wish in wishes]
    always = not any(possible.questions.may([other], where) for other in others)
    edges = [step.edge for step in circle]
    params = {
        "way": told(start, edges),
        "order": order_with(values),
        "stages": [edge.origin for edge in edges],
    }
    place = possible.process.stages[start].place
    finding = Finding("FE436", place, params, severity="error" if always else "warning")
    return Case("circles", finding, start, tuple(way), values)
