"""Parts with a life of their own that cannot be: with words of the other kind, with data that no order reads,
or asking what only their order has. What is wrong with their stages is found as in any process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.inner.parts import ENDS_BY_DEFAULT, KEEP, ended_by
from flowengine.definition.people_references import people_of, roles_among
from flowengine.definition.scope import every_need, stage_needs
from flowengine.definition.words import Need, Part, Process

_OF_ORDER: Final = ("approval", "call", "event")
"""What a part cannot ask: approvals, calls and events are those of its order."""
_OF_OWN: Final = ("fields", "clocks", "outcomes", "ends", "opens", "each", "order_ends")


def part_word_findings(process: Process) -> Iterator[Finding]:
    """Words of one kind of parts in the other; and what is wrong with parts that have stages of their own."""
    for part in (process.parts or {}).values():
        strange = _OF_OWN if part.through else ("of",)
        for word in strange:
            if getattr(part, word) is not None:
                params = {"part": part.name, "word": word}
                hint = "FE751.divided" if part.through else "FE751.own"
                yield Finding("FE751", part.place, params, hint)
        for who in roles_among(process, part.by):
            if who not in (people := people_of(process)):
                yield unknown("FE201", who.place, who, people)
        if part.stages:
            yield from _own(process, part)


def own_parts_of(process: Process) -> Mapping[str, Part]:
    """The parts with stages of their own."""
    return {name: part for name, part in (process.parts or {}).items() if part.stages}


def _own(process: Process, part: Part) -> Iterator[Finding]:
    for field in (part.fields or {}).values():
        if field.private:
            yield Finding("FE752", field.place, {"field": field.name, "part": part.name})
    for need in _needs(part):
        if need.kind in _OF_ORDER:
            yield Finding("FE753", need.place, {"need": need.name, "part": part.name, "kind": need.kind})
    if part.order_ends and part.order_ends not in (known := [*(part.ends or ()), *ENDS_BY_DEFAULT, KEEP]):
        yield unknown("FE754", part.order_ends.place, part.order_ends, known)
    link = (process.links or {}).get(part.name)
    if link is not None and link.place != part.place:
        yield Finding("FE749", link.place, {"name": part.name, "part": part.name})
    outcome = (part.outcomes or {}).get(ended_by(part.name))
    if outcome is not None:
        yield Finding("FE749", outcome.place, {"name": outcome.name, "part": part.name})


def _needs(part: Part) -> Iterator[Need]:
    for stage in (part.stages or {}).values():
        yield from stage_needs(stage)
    for clock in (part.clocks or {}).values():
        yield from every_need(clock.needs)
    for outcome in (part.outcomes or {}).values():
        yield from every_need(outcome.needs)
