"""Which ways an order can surely take: somebody can do all that is asked, and values for it are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flowengine.definition.detours import BACK
from flowengine.definition.soundness.possible import Edge, Possible
from flowengine.definition.soundness.questions import Where, Wish
from flowengine.definition.words import Need, Outcome, Stage


def values_for(possible: Possible, edge: Edge) -> dict[str, Any] | None:
    """Values with which an order can take this way; None where that is not certain."""
    stage = possible.process.stages.get(edge.origin)
    if edge.moved or (stage and not possible.is_left_alone(stage)):
        return None
    if stage is None or stage.opens:
        return None
    wishes = (
        _of_outcome(possible, stage, edge, edge.outcome) if edge.outcome else _of_next(possible, stage, edge)
    )
    door = possible.process.stages.get(edge.target)
    if wishes is not None and door and edge.target != edge.origin:
        theirs = wished(possible, (door.entry or {}).values())
        wishes = None if theirs is None else wishes + theirs
    # What says which order it is was the same on all of the way.
    if wishes is None or any(wish.condition.names & (possible.fixed | possible.set) for wish in wishes):
        return None
    return possible.questions.example(wishes, Where(edge.origin, possible.here[edge.origin]))


def _of_next(possible: Possible, stage: Stage, edge: Edge) -> list[Wish] | None:
    wishes = wished(possible, (stage.needs or {}).values())
    for task in (stage.tasks or {}).values():
        if task.when:
            theirs: list[Wish] | None = [possible.fails(task.when)]
        elif task.after or not task.needs:
            theirs = None
        else:
            theirs = wished(possible, task.needs.values())
        wishes = None if wishes is None or theirs is None else wishes + theirs
    if wishes is None or any(outcome.after for _, outcome in possible.outcomes_in(stage)):
        return None
    wishes += [possible.fails(each.when) for _, each in possible.outcomes_in(stage) if each.when]
    return wishes + row_of(possible, stage, edge)


def row_of(possible: Possible, stage: Stage, edge: Edge) -> list[Wish]:
    """That the row of this way is the one that counts."""
    rows = possible.rows_of(stage)
    wishes = [possible.fails(row.when) for row in rows[: edge.row] if row.when]
    mine = rows[edge.row].when
    return [*wishes, possible.holds(mine)] if mine else wishes


def _of_outcome(possible: Possible, stage: Stage, edge: Edge, outcome: Outcome) -> list[Wish] | None:
    own = outcome in (stage.outcomes or {}).values() or bool(outcome.from_)
    if not own or outcome.to == BACK or outcome.to != edge.target or outcome.until or outcome.is_automatic:
        return None
    return wished(possible, (outcome.needs or {}).values())


def wished(possible: Possible, needs: Iterable[Need]) -> list[Wish] | None:
    """What must be so for somebody to be able to do all of this; None where that is not certain."""
    wishes: list[Wish] = []
    for need in needs:
        if need.defer is not None:
            continue
        if need.after:
            return None
        if need.that and need.when:
            wishes.append(possible.fails(need.when))
        elif need.that:
            wishes.append(possible.holds(need.that))
        elif need.any is not None and all(part.that for part in need.any.values()):
            return None
    return wishes


def values_on(possible: Possible, way: Iterable[Edge]) -> dict[str, Any]:
    """Values with which an order comes all of this way, those that need not change on it."""
    found: dict[str, Any] = {}
    changed: set[str] = set()
    for edge in way:
        for name, value in (values_for(possible, edge) or {}).items():
            if found.setdefault(name, value) != value:
                changed.add(name)
    return {name: value for name, value in found.items() if name not in changed}
