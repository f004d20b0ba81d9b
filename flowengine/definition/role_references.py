"""What roles may see and write: fields that there are, and that somebody can change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING
from flowengine.definition.findings import Finding, is_sure, unknown
from flowengine.definition.scope import fields_of
from flowengine.definition.words import Name, Process, Role

ALL: Final = "all"
_ALWAYS: Final = STAYING | SET_BY_THE_PROCESS


def role_findings(process: Process) -> Iterator[Finding]:
    """Fields that no order has, or that nobody changes. A role of a library may name those of other
    processes: there only what can be nothing but a slip is found, and as a warning.
    """
    for role in process.roles.values():
        yield from _role(process, role)


def amending_findings(process: Process) -> Iterator[Finding]:
    """`changes` of fields that nobody can change, or that nobody may."""
    unique = process.order.unique if process.order else ()
    guarded = any(role.sees for role in process.roles.values())
    for name, field in fields_of(process).items():
        if field.changes is None:
            continue
        if field.value is not None or name in unique:
            yield Finding("FE390", field.changes.place, {"field": name})
        elif guarded and not (field.changes.by or any(name in role.edits for role in process.roles.values())):
            yield Finding("FE391", field.changes.place, {"field": name})


def nameable(process: Process) -> frozenset[str]:
    """What a role of the process may name: its fields, those that every process has, its links, and all."""
    return frozenset((*fields_of(process), *_ALWAYS, *(process.links or ()), ALL))


def _role(process: Process, role: Role) -> Iterator[Finding]:
    fields, unique = fields_of(process), process.order.unique if process.order else ()
    known = nameable(process)
    for name in role.sees:
        if name not in known:
            yield from _unknown(process, role, name, {*known} - _ALWAYS)
    for name in role.edits:
        if name in _ALWAYS or name in unique or (name in fields and fields[name].value is not None):
            yield Finding("FE524", name.place, {"field": name})
        elif name not in fields:
            yield from _unknown(process, role, name, {*fields})
    private = {name for name, field in fields.items() if field.private}
    for name in role.unmasked:
        is_elsewhere = role.place.file != process.place.file and name not in fields
        if name not in {*private, ALL} and not is_elsewhere:
            yield unknown("FE574", name.place, name, {*private, ALL})


def _unknown(process: Process, role: Role, name: Name, known: set[str]) -> Iterator[Finding]:
    if role.place.file == process.place.file:
        yield unknown("FE523", name.place, name, known)
    elif is_sure(name, known):
        yield replace(unknown("FE523", name.place, name, known), severity="warning")
