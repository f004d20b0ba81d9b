"""Places that orders cannot leave: only `back` leads away, nobody opens the door, or all ways are barred."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.detours import BACK, leads_to
from flowengine.definition.findings import Finding
from flowengine.definition.flow import completes_itself
from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.certain import values_for, values_on
from flowengine.definition.soundness.possible import BY_HAND, Edge, Possible
from flowengine.definition.soundness.telling import order_with, told, way_to
from flowengine.definition.words import Outcome, Stage


def stranded(possible: Possible) -> Iterator[Case]:
    """Every stage from which an order that came by some way cannot go on."""
    for name, stage in possible.process.stages.items():
        if name not in possible.here:
            continue
        yield from _nowhere_back(possible, stage)
        yield from _doors(possible, stage)
        if not any(edge.target != name for edge in possible.edges[name]) and _leads_anywhere(possible, stage):
            start = next(iter(possible.process.stages))
            way = way_to(possible.edges, start, name) or []
            params = {"stage": name, "way": told(start, way)}
            yield Case("stranded", Finding("FE439", stage.place, params), name, tuple(way))


def _leads_anywhere(possible: Possible, stage: Stage) -> bool:
    """Whether ways are written at all; that there are none is found elsewhere."""
    targets = {to for _, outcome in possible.outcomes_in(stage) for to in leads_to(outcome)}
    targets |= {row.to for row in possible.rows_of(stage)}
    return bool(targets - {stage.name})


def _nowhere_back(possible: Possible, stage: Stage) -> Iterator[Case]:
    """A stage whose only way out is `back`, entered by the normal way: then there is no way back."""
    if completes_itself(stage) or not stage.outcomes:
        return
    leading = [outcome for _, outcome in possible.outcomes_in(stage) if any(True for _ in leads_to(outcome))]
    others = [outcome for outcome in leading if set(leads_to(outcome)) - {BACK, stage.name}]
    if not leading or any("any" not in outcome.from_ for outcome in others):
        return
    start = next(iter(possible.process.stages))
    arriving = [edge for edges in possible.edges.values() for edge in edges if _is_normal(edge, stage.name)]
    for edge in sorted(arriving, key=lambda edge: values_for(possible, edge) is None):
        way = [] if stage.name == start else way_to(possible.edges, start, edge.origin)
        if way is None:
            continue
        whole = [*way, edge] if stage.name != start else []
        sure = not others and all(values_for(possible, each) is not None for each in whole)
        backs = [outcome.name for outcome in leading if outcome not in others]
        order = order_with(values_on(possible, whole))
        params = {"stage": stage.name, "way": told(start, whole), "outcomes": backs, "order": order}
        finding = Finding("FE437", stage.place, params, severity="error" if sure else "warning")
        yield Case("stranded", finding, stage.name, tuple(whole))
        return


def _is_normal(edge: Edge, stage: str) -> bool:
    return edge.target == stage and edge.is_next and edge.origin != stage


def _doors(possible: Possible, stage: Stage) -> Iterator[Case]:
    """`back` to a stage with a door: what it asks can be done by nobody where the order is then."""
    if stage.name not in possible.origins:
        return
    doable = {need.name for need in possible.doable_in(stage)}
    backs: list[Outcome] = [each for _, each in possible.outcomes_in(stage) if each.to == BACK]
    for origin in sorted(possible.origins[stage.name]):
        entry = (possible.process.stages[origin].entry or {}).values()
        barred = [
            need.name
            for need in entry
            if need.kind in BY_HAND
            and not (need.when or need.after or need.covers)
            and need.name not in doable
        ]
        for outcome in backs if barred else ():
            params = {"outcome": outcome.name, "stage": stage.name, "origin": origin, "needs": barred}
            yield Case("stranded", Finding("FE438", outcome.place, params, severity="warning"), stage.name)
