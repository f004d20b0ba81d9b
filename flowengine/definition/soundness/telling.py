"""How a counterexample is told: the way that an order takes, and the values that it has."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from flowengine.definition.findings import Finding, Place, Severity
from flowengine.definition.soundness.possible import Edge
from flowengine.definition.soundness.truth import GIVEN, MISSING
from flowengine.texts import Phrase

LONGEST_WAY: Final = 6


def way_to(
    edges: Mapping[str, Iterable[Edge]],
    start: str,
    target: str,
    taken: Callable[[Edge], bool] = lambda _: True,
    first: Iterable[Edge] | None = None,
) -> list[Edge] | None:
    """The shortest way from `start` to `target` over edges that may be taken; None if there is none.

    `first` are the edges with which it may begin; then it has at least one.
    """
    if first is None and start == target:
        return []
    todo: deque[tuple[Edge, ...]] = deque(
        (edge,) for edge in (edges.get(start, ()) if first is None else first)
    )
    seen = {start} if first is None else set()
    while todo:
        way = todo.popleft()
        last = way[-1]
        if last.target in seen or not taken(last):
            continue
        if last.target == target:
            return list(way)
        seen.add(last.target)
        todo.extend((*way, edge) for edge in edges.get(last.target, ()))
    return None


def told(start: str, way: Sequence[Edge]) -> str:
    """A way as a line: `receive → review → receive (unclear)`."""
    steps = [start, *(f"{edge.target} ({edge.name})" if edge.name else edge.target for edge in way)]
    if len(steps) > LONGEST_WAY:
        steps = [*steps[:2], "…", *steps[-3:]]
    return " → ".join(steps)


def order_with(values: Mapping[str, Any]) -> Phrase:
    """`an order with amount = 100 and no waybill`; any order where the values do not matter."""
    if not values:
        return Phrase("sound.any_order")
    return Phrase("sound.order_with", {"values": [_shown(name, value) for name, value in values.items()]})


def _shown(name: str, value: object) -> Phrase:
    if value is MISSING:
        return Phrase("sound.without", {"field": name})
    if value is GIVEN:
        return Phrase("sound.given", {"field": name})
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, str):
        text = f"'{value}'"
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    return Phrase("sound.with", {"field": name, "value": text})


def said(
    code: str,
    variant: str,
    place: Place,
    params: Mapping[str, object],
    *,
    severity: Severity = "warning",
    hint: str = "",
) -> Finding:
    """A finding whose sentence has variants; `hint` is the variant of its remedy, where that has some too."""
    what = Phrase(f"sound.{code}.{variant}", params)
    return Finding(code, place, {**params, "what": what}, f"{code}.hint.{hint}" if hint else "", severity)
