"""Outcomes that send an order back to a stage where nothing is left to do, so that it comes straight back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.definition.findings import Finding
from flowengine.definition.flow import completes_itself
from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.certain import row_of
from flowengine.definition.soundness.possible import BY_HAND, Edge, Possible
from flowengine.definition.soundness.questions import Where, Wish
from flowengine.definition.soundness.telling import order_with, told, way_to
from flowengine.definition.words import Need, Stage


def bounces(possible: Possible) -> Iterator[Case]:
    """Every outcome after which an order may be back at once, without anybody having done anything."""
    seen: set[tuple[int, str]] = set()
    for name in possible.process.stages:
        for edge in possible.edges.get(name, ()):
            outcome, target = edge.outcome, possible.process.stages.get(edge.target)
            if outcome is None or target is None or edge.target == name or outcome.to != edge.target:
                continue
            if outcome.edits or (outcome.when and not outcome.after) or (id(outcome), edge.target) in seen:
                continue
            if case := _bounce(possible, edge, target):
                seen.add((id(outcome), edge.target))
                yield case


def _bounce(possible: Possible, edge: Edge, target: Stage) -> Case | None:
    onward = [each for each in possible.edges[target.name] if each.outcome is None]
    stages = possible.process.stages  # at an end all is over, and asked anew
    way = way_to(possible.edges, target.name, edge.origin, lambda each: each.target in stages, onward)
    wishes = _nothing_left(possible, target) if way else None
    if way is None or wishes is None or edge.outcome is None:
        return None
    keys = possible.outcomes_in(possible.process.stages[edge.origin])
    key = next(key for key, each in keys if each is edge.outcome)
    passed = {f"{name}.{moment}" for name in (target.name, edge.origin) for moment in ("entered", "left")}
    surely = frozenset({key, *passed})
    where = Where(target.name, possible.here[target.name] | (surely & possible.read), surely & possible.read)
    values = possible.questions.example(wishes + row_of(possible, target, way[0]), where)
    if values is None and (values := possible.questions.example(wishes, where)) is None:
        return None
    start = next(iter(possible.process.stages))
    there = way_to(possible.edges, start, target.name)
    if there is None:
        return None
    params = {
        "outcome": edge.name,
        "moment": key,
        "stage": target.name,
        "origin": edge.origin,
        "order": order_with(values),
        "way": told(target.name, [*way, edge, *way[:1]]),
    }
    finding = Finding("FE435", edge.outcome.place, params, severity="warning")
    return Case("bounces", finding, target.name, (*there, *way, edge), values, edge.name)


def _nothing_left(possible: Possible, stage: Stage) -> list[Wish] | None:
    """What must be so that a stage once complete is so again at once; None if something is always left."""
    doors = (possible.process.stages.get(row.to) for row in possible.rows_of(stage))
    automatic = any(outcome.is_automatic for _, outcome in possible.outcomes_in(stage))
    if not completes_itself(stage) or stage.opens or automatic or any(door and door.entry for door in doors):
        return None
    wishes = _lasting(possible, stage, (stage.needs or {}).values())
    for task in (stage.tasks or {}).values():
        if task.when and (wishes is not None):
            wishes = [*wishes, possible.fails(task.when)]
            continue
        if task.each or not task.needs or wishes is None:
            return None
        theirs = _lasting(possible, stage, task.needs.values())
        wishes = None if theirs is None else wishes + theirs
    return wishes


def _lasting(possible: Possible, stage: Stage, needs: Iterable[Need]) -> list[Wish] | None:
    wishes: list[Wish] = []
    beside = possible.beside(stage)
    for need in needs:
        moments = possible.condition(need.when).moments if need.when else frozenset()
        if need.after and need.after.removesuffix(".done") not in beside:
            return None
        if need.defer is not None or need.kind == "field":
            continue
        if need.kind == "that" and need.that and (not need.when or moments):
            wishes.append(possible.holds(need.that))
        elif need.kind == "that" and need.that:
            if possible.condition(need.that).moments:
                wishes.append(possible.holds(need.that))
            else:  # as it was asked then, so it is now, and then it held
                continue
        elif need.kind in BY_HAND and need.covers and not moments:
            continue
        elif need.when:
            wishes.append(possible.fails(need.when))
        else:
            return None
    return wishes
