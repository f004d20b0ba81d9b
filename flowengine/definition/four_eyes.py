"""Four eyes: whom `not_by` keeps from a thing, and where it keeps nobody, comes too late, or says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.scope import fields_of, needs_of, outcomes_of
from flowengine.definition.words import Field, Need, Outcome, Process

CREATOR: Final = "creator"
_DONE_BY_SOMEBODY: Final = ("check", "file", "note", "confirm")


def four_eyes_findings(process: Process) -> Iterator[Finding]:
    """Every `not_by` that names nothing, itself, or what nobody does."""
    kinds = _kinds(process)
    fields = fields_of(process)
    for _, need in needs_of(process):
        yield from _findings(need, kinds)
        yield from _too_late(need, fields.get(need.field or ""))
    for _, outcome in outcomes_of(process):
        yield from _findings(outcome, kinds)


def _kinds(process: Process) -> dict[str, set[str]]:
    """The kinds of the needs of each name; what a patch has removed is no mistake."""
    kinds = _kinds(process.base) if process.base else {}
    for _, need in needs_of(process):
        kinds.setdefault(need.name, set()).add(need.kind)
    return kinds


def done_by_somebody(process: Process) -> set[str]:
    """The needs that a person does, by name."""
    return {name for name, kinds in _kinds(process).items() if not kinds.isdisjoint(_DONE_BY_SOMEBODY)}


def _findings(thing: Need | Outcome, kinds: dict[str, set[str]]) -> Iterator[Finding]:
    for other in thing.not_by:
        if other == CREATOR:
            continue
        if other not in kinds:
            yield unknown("FE520", other.place, other, {*kinds, CREATOR} - {thing.name})
        elif other == thing.name:
            yield Finding("FE521", other.place, {"need": other})
        elif kinds[other].isdisjoint(_DONE_BY_SOMEBODY):
            yield Finding("FE522", other.place, {"need": other})


def _too_late(need: Need, field: Field | None) -> Iterator[Finding]:
    """The creator kept from filling in what every order has from its opening: nobody is asked for it then."""
    if field and (field.required or field.default):
        for other in need.not_by:
            if other == CREATOR:
                yield Finding("FE533", other.place, {"need": need.name, "field": need.field})
