"""What expressions may know of an event, and what is wrong with events: values by which no order is found,
fields that nothing can set, orders that would be opened without what they need, words that say nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING, builtin_fields
from flowengine.definition.expressions import parse
from flowengine.definition.field_references import column_findings
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.kinds import Kind, Known, Scope
from flowengine.definition.same import kept
from flowengine.definition.scope import EVENT_MOMENT, channels_of, fields_of, moment_named, needs_of, scope_of
from flowengine.definition.words import Event, Name, Process, Rule, Written

OF_EVENT: Final = "event."
NUMBER: Final = "number"
_ELSEWHERE: Final = ("stage", "priority")
"""What changes while an order runs and is no field of it: no order is found by that."""
FOUND_BY: Final = (Kind.TEXT, Kind.INTEGER, Kind.CHOICE, Kind.DATE, Kind.PERSON)
"""Kinds whose values are the same as soon as they are written alike."""


def events_of(process: Process) -> Mapping[str, Event]:
    """The declared events by name."""
    return process.events or {}


@kept
def scopes_of(process: Process) -> Mapping[str, Scope]:
    """For each event what expressions may read that belong to it: its data besides everything else."""
    scope = scope_of(process)
    return {
        name: Scope({**scope.names, **_data(event)}, scope.zone) for name, event in events_of(process).items()
    }


def _data(event: Event) -> dict[str, Known]:
    return {
        f"{OF_EVENT}{name}": Known(Kind(datum.type), always=datum.required, choices=datum.choices)
        for name, datum in event.data.items()
    }


def event_behind(process: Process, rule: Rule) -> str:
    """The event that sets a rule off; empty where none does."""
    moment = moment_named(scope_of(process), rule.after) if rule.after else None
    name, _, happened = (moment or "").partition(".")
    return name if happened == EVENT_MOMENT and name in events_of(process) else ""


def scope_behind(process: Process, rule: Rule) -> Scope:
    """What the condition of a rule may read: behind an event also what came with it."""
    name = event_behind(process, rule)
    return scopes_of(process)[name] if name else scope_of(process)


def event_findings(process: Process) -> Iterator[Finding]:
    """Everything that is wrong with the events of a process, and with the needs that wait for them."""
    events = events_of(process)
    awaited = {str(need.event) for _, need in needs_of(process) if need.event}
    for _, need in needs_of(process):
        if need.event and need.event not in events:
            place = need.place if need.event == need.name else need.event.place
            yield unknown("FE640", place, need.event, events)
    for name, event in events.items():
        for datum in event.data.values():
            yield from column_findings(datum)
        yield from _match(process, event)
        yield from _sets(process, event)
        if event.unique and event.unique not in event.data:
            yield unknown("FE641", event.unique.place, event.unique, event.data)
        if event.early and name not in awaited:
            yield Finding("FE645", event.place, {"event": name}, severity="warning")
        if event.creates:
            yield from _created(process, event)
            yield from _too_early(process, event, awaited)


def _match(process: Process, event: Event) -> Iterator[Finding]:
    fields, scope = fields_of(process), scopes_of(process)[event.name]
    for name, written in event.match.items():
        assert isinstance(name, Name)
        if name not in scope.names or "." in name or name in _ELSEWHERE:
            yield unknown("FE203", name.place, name, {*fields, NUMBER})
        elif name in fields and (fields[name].private or Kind(fields[name].type) not in FOUND_BY):
            yield Finding("FE642", name.place, {"field": name})
        else:
            yield from _value(written, scope, name, alone=True)


def _sets(process: Process, event: Event) -> Iterator[Finding]:
    fields, scope = fields_of(process), scopes_of(process)[event.name]
    for name, written in (event.sets or {}).items():
        assert isinstance(name, Name)
        if name in SET_BY_THE_PROCESS or (name in _staying(process) and not event.creates):
            yield Finding("FE643", name.place, {"field": name})
        elif name in STAYING and name in scope.names:
            yield from _value(written, scope, name, alone=True)
        elif name not in fields:
            yield unknown("FE203", name.place, name, fields)
        elif fields[name].value is not None or fields[name].type == "list" or fields[name].private:
            yield Finding("FE643", name.place, {"field": name})
        else:
            yield from _value(written, scope, name, alone=event.creates)


def _staying(process: Process) -> set[str]:
    """What stays as it was when the order was opened."""
    return {*STAYING, *(process.order.unique if process.order else ())}


def _value(written: Written, scope: Scope, into: str, *, alone: bool) -> Iterator[Finding]:
    """What becomes of a field, which must be something; `alone` where no order is known yet."""
    source, place, at = written
    kind = scope.names[into].kind
    expression, findings = parse(source, scope, place, at=at, expect=kind, guarded=False, into=into)
    foreign = [name for name in sorted(expression.names if expression else ()) if _is_foreign(name)]
    if alone and foreign:
        yield from (Finding("FE646", place, {"name": name}) for name in foreign)
    else:
        yield from findings or parse(source, scope, place, at=at, expect=kind, into=into)[1]


def _is_foreign(name: str) -> bool:
    return not name.startswith(OF_EVENT)


def _created(process: Process, event: Event) -> Iterator[Finding]:
    """Whatever an order must have when it is opened comes with the event, or by default."""
    given = {*event.match, *(event.sets or {})}
    fields = {**fields_of(process), **builtin_fields(process)}
    lacking = [
        name
        for name, field in fields.items()
        if field.required and field.default is None and name not in given
    ]
    lacking += ["channel"] if channels_of(process) and "channel" not in given else []
    if NUMBER in event.match:
        lacking.append(NUMBER)
    if lacking:
        yield Finding("FE644", event.place, {"event": event.name, "fields": lacking})
    for link in (process.links or {}).values():
        if link.required:
            yield Finding("FE651", event.place, {"event": event.name, "link": link.name})


def _too_early(process: Process, event: Event, awaited: Collection[str]) -> Iterator[Finding]:
    """An event that is refused where nothing waits for it can only open what waits for it at once."""
    first = next(iter(process.stages.values()))
    at_once = [need for need in (first.needs or {}).values() if not (need.when or need.after)]
    if event.early == "refuse" and event.name in awaited and event.name not in [n.event for n in at_once]:
        yield Finding("FE648", event.place, {"event": event.name, "stage": first.name})
