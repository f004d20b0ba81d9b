"""For which types of order a lane may be asked at all: only those need fit it."""

from __future__ import annotations

from flowengine.definition.expressions import parse
from flowengine.definition.scope import scope_of
from flowengine.definition.soundness.truth import truth
from flowengine.definition.words import Lane, Process


def may_be_asked(process: Process, lane: Lane, of_type: str) -> bool:
    """Whether the lane may be asked for in an order of that type, empty where there are none."""
    when = lane.request.when
    if when is None:
        return True
    expression, _ = parse(when.source, scope_of(process), when.place, at=when.at)
    return expression is None or truth(expression.term)({"type": of_type} if of_type else {}) is not False
