"""By which values events find their order, and raisings the case of their cause: the same hash on both sides,
so that one look-up decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from flowengine.compiler.incoming import Incoming
from flowengine.compiler.plan import Plan
from flowengine.definition.event_references import NUMBER
from flowengine.definition.values import Stored
from flowengine.kernel.events import Event
from flowengine.kernel.order import Order, canonical
from flowengine.runtime.rows import MatchRow


def matches_of(plan: Plan, order: Order, happened: Iterable[Event]) -> tuple[MatchRow, ...] | None:
    """All by which events find an order after this has happened; None where none of it has changed."""
    matched = {name for event in plan.events.values() for name, _ in event.match}
    written = {name for event in happened if event.kind == "set" for name in event.data["fields"]}
    is_new = any(event.kind == "created" for event in happened)
    if not is_new and matched.isdisjoint(written):
        return None
    known = {**order.fields, NUMBER: order.number}
    shared = set(plan.unique) if order.part else set()  # what comes to the order by these comes to the whole
    found = {
        match_of(event, {name: known[name] for name, _ in event.match})
        for event in plan.events.values()
        if all(known.get(name) is not None and name not in shared for name, _ in event.match)
    }
    return tuple(sorted(found))


def cause_of(exception: str, same: Mapping[str, Stored]) -> MatchRow:
    """The look-up of a case that orders share with those values."""
    return MatchRow(",".join((exception, *sorted(same))), hash_of(same))


def match_of(event: Incoming, values: Mapping[str, Stored]) -> MatchRow:
    """The look-up of an event for those values."""
    return MatchRow(event.found_by, hash_of({name: values[name] for name, _ in event.match}))


def hash_of(said: Mapping[str, Stored]) -> str:
    """The hash of some values, the same wherever they are written alike."""
    return sha256(canonical(said).encode()).hexdigest()
