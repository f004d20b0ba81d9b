"""Cases that the calendar opens: what they may be given, and what is wrong with how they are opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, builtin_fields
from flowengine.definition.expressions import parse
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.kinds import Kind, Known, Scope
from flowengine.definition.scope import channels_of, fields_of, scope_of
from flowengine.definition.time_references import PERIODS, unreadable_period
from flowengine.definition.words import Name, Opened, Process, Written

DAYS: Final[Mapping[str, Kind]] = {
    "today()": Kind.DATE, "yesterday()": Kind.DATE,
    "this_week()": Kind.TEXT, "last_week()": Kind.TEXT, "this_month()": Kind.TEXT, "last_month()": Kind.TEXT,
}  # fmt: skip
"""What is known of the moment at which a case is opened: days, and the names of weeks and months."""


def opened_of(process: Process) -> Opened | None:
    """How the calendar opens orders of a process, if it does."""
    return process.order.opened if process.order else None


def opening_scope(process: Process) -> Scope:
    """What the values may be made of with which a case is opened; its fields are there to be filled."""
    scope = scope_of(process)
    days = {name: Known(kind, always=True) for name, kind in DAYS.items()}
    return Scope({**scope.names, **days}, scope.zone)


def opening_findings(process: Process) -> Iterator[Finding]:
    """Everything that is wrong with how the calendar opens orders of a process."""
    opened = opened_of(process)
    if opened is None:
        return
    yield from _times(process, opened)
    scope = opening_scope(process)
    for name, written in (opened.sets or {}).items():
        assert isinstance(name, Name)
        yield from _value(process, scope, name, written)
    yield from _lacking(process, opened)


def _times(process: Process, opened: Opened) -> Iterator[Finding]:
    every = opened.every
    if every not in PERIODS:
        yield from unreadable_period(every)
        if opened.at:
            yield Finding("FE742", opened.at.place, {"every": str(every)})
    known = process.calendars or {}
    if opened.calendar and opened.calendar not in known:
        yield unknown("FE270", opened.calendar.place, opened.calendar, known)
    if (every == "workday" or every.endswith(("wd", "wh"))) and not (opened.calendar or process.calendar):
        yield Finding("FE341", every.place, {"word": every})


def _value(process: Process, scope: Scope, name: Name, written: Written) -> Iterator[Finding]:
    fields = fields_of(process)
    if name not in scope.names or "." in name or name in ("stage", "number"):
        yield unknown("FE203", name.place, name, fields)
        return
    field = fields.get(name)
    if name in SET_BY_THE_PROCESS or (field and (field.value or field.type == "list" or field.private)):
        yield Finding("FE743", name.place, {"field": name})
        return
    source, place, at = written
    expression, findings = parse(
        source, scope, place, at=at, expect=scope.names[name].kind, guarded=False, into=name
    )
    yield from findings
    for read in sorted(expression.names - DAYS.keys() if expression else ()):
        yield Finding("FE744", place, {"name": read})


def _lacking(process: Process, opened: Opened) -> Iterator[Finding]:
    """Whatever an order must have when it is opened is set, or comes by default."""
    fields = {**fields_of(process), **builtin_fields(process)}
    given = opened.sets or {}
    lacking = [
        name
        for name, field in fields.items()
        if field.required and field.default is None and name not in given
    ]
    lacking += ["channel"] if channels_of(process) and "channel" not in given else []
    lacking += [name for name, link in (process.links or {}).items() if link.required]
    if lacking:
        yield Finding("FE745", opened.place, {"fields": lacking})
