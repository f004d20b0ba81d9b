"""Calls that cannot be: made where nobody makes them, filling what no answer may fill, undone by nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING, builtin_fields
from flowengine.definition.deeds import deeds_of
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.scope import channels_of, every_action, fields_of, needs_of, tasks_of
from flowengine.definition.words import Action, Call, Name, Process

ALL: Final = "all"
OF_THE_ORDER: Final = frozenset({"number", "stage"})
"""What a call may send besides fields."""
_NOT_BESIDE: Final = ("by", "not_by")
"""Words of a need that say who does it: nobody does a call."""


def call_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the calls of a process, and with the needs and actions that make them."""
    calls, made = process.calls or {}, calls_made(process)
    yield from _needs(process)
    for action in every_action(process):
        if action.call and action.call not in calls:
            yield unknown("FE660", action.call.place, action.call, calls)
        yield from _undo(action, calls)
    for name, call in calls.items():
        own = call.place.file == process.place.file
        if own or name in made:
            yield from _call(process, call)
        if own and name not in made and not process.base:
            yield Finding("FE665", call.place, {"call": name}, severity="warning")
    yield from _circles(calls)


def calls_made(process: Process) -> frozenset[str]:
    """The calls that the process makes, and those that follow from them; a library may hold others."""
    calls = process.calls or {}
    todo = [str(need.call) for _, need in needs_of(process) if need.call]
    todo += [
        name for found in deeds_of(process) if found.occasion != "call" for name in _called(found.actions)
    ]
    made: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in made and name in calls:
            made.add(name)
            call = calls[name]
            todo += [*_called((*call.done, *call.failed)), *([str(call.undo)] if call.undo else [])]
    return frozenset(made)


def _called(actions: Iterable[Action]) -> Iterator[str]:
    yield from (str(action.call) for action in actions if action.call)


def _needs(process: Process) -> Iterator[Finding]:
    calls = process.calls or {}
    able = {id(need) for stage in process.stages.values() for need in (stage.needs or {}).values()}
    able |= {
        id(need) for _, task in tasks_of(process) if not task.each for need in (task.needs or {}).values()
    }
    for _, need in needs_of(process):
        if need.call is None:
            continue
        if need.call not in calls:
            place = need.place if need.call == need.name else need.call.place
            yield unknown("FE660", place, need.call, calls)
        elif id(need) not in able:
            yield Finding("FE661", need.place, {"need": need.name})
        for word in _NOT_BESIDE:
            if getattr(need, word):
                yield Finding("FE256", need.place, {"need": need.name, "kind": need.kind, "word": word})


def _call(process: Process, call: Call) -> Iterator[Finding]:
    fields, calls = fields_of(process), process.calls or {}
    sent = {*fields, *builtin_fields(process), *OF_THE_ORDER, *(("channel",) if channels_of(process) else ())}
    for number, name in enumerate(call.send):
        if name not in sent:
            yield unknown("FE203", name.place, name, sent)
        elif name in call.send[:number]:
            yield Finding("FE784", name.place, {"field": name})
    unique = process.order.unique if process.order else ()
    for name in call.sets or ():
        assert isinstance(name, Name)
        if name in STAYING or name in SET_BY_THE_PROCESS or name in unique:
            yield Finding("FE662", name.place, {"field": name})
        elif name not in fields:
            yield unknown("FE203", name.place, name, fields)
        elif fields[name].value is not None:
            yield Finding("FE662", name.place, {"field": name})
        elif fields[name].private:
            yield Finding("FE573", name.place, {"field": name, "word": "sets"})
    if call.undo and call.undo not in calls:
        yield unknown("FE660", call.undo.place, call.undo, calls)


def _undo(action: Action, calls: Mapping[str, Call]) -> Iterator[Finding]:
    """What is to be undone must be a call that says how."""
    undoable = [name for name, call in calls.items() if call.undo]
    for name in action.undo:
        if name == ALL:
            if len(action.undo) > 1 or not undoable:
                yield Finding("FE664", name.place, {"word": ALL}, "FE664.all")
        elif name not in calls:
            yield unknown("FE660", name.place, name, calls)
        elif name not in undoable:
            yield Finding("FE664", name.place, {"word": name})


def _circles(calls: Mapping[str, Call]) -> Iterator[Finding]:
    """Calls that make each other for ever, or that take each other back."""
    follows = {name: [*_called((*call.done, *call.failed))] for name, call in calls.items()}
    undoes = {name: [str(call.undo)] for name, call in calls.items() if call.undo}
    for graph in (follows, undoes):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            path = list(reversed(error.args[1]))
            yield Finding("FE663", calls[path[0]].place, {"path": " \u2192 ".join(path)})
