"""Two processes that are linked, held against each other: each must have what the other speaks of.

Done wherever the file of the other one is known: beside this one, or deployed before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from flowengine.definition.builtin_fields import builtin_fields
from flowengine.definition.check import check_process
from flowengine.definition.expressions import parse
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.inner import is_inner
from flowengine.definition.kinds import Kind
from flowengine.definition.patching.sources import Sources
from flowengine.definition.references import ends_of
from flowengine.definition.scope import every_action, fields_of, scope_of
from flowengine.definition.words import Action, Field, Link, Process

_SAME: Final = ({"text", "choice"}, {"integer", "decimal", "money"}, {"date", "datetime"})
"""Types of which one may be read as the other."""


def pair_findings(process: Process, others: Mapping[str, Process]) -> Iterator[Finding]:
    """What `process` says of the processes that it is linked with, and is not so."""
    for link in (process.links or {}).values():
        for other in (others[name] for name in link.process if name in others):
            yield from _named_there(process, link, other)
            yield from _reads(link, other)
            yield from _ends(link, other)
            yield from _copies(process, link, other)
    for action in every_action(process):
        if (started := others.get(action.start or "")) and action.start not in (process.parts or {}):
            yield from _started(process, action, started)


def reading_findings(process: Process, other: Process) -> Iterator[Finding]:
    """What `process` reads of orders of the other one, or copies, and is not there like that."""
    for link in (process.links or {}).values():
        if other.process in link.process:
            yield from _reads(link, other)
            yield from _copies(process, link, other)


def strangers(process: Process, others: Mapping[str, Process]) -> Iterator[Finding]:
    """The links to processes of which there is no file: nobody can tell whether they agree."""
    for name in (name for link in (process.links or {}).values() for name in link.process):
        if name not in others and not is_inner(name) and name != process.process:
            yield Finding("FE696", name.place, {"process": name}, severity="warning")


def linked_processes(process: Process) -> set[str]:
    """The processes with which this one is linked, but for those that it brings itself."""
    names = {str(name) for link in (process.links or {}).values() for name in link.process}
    return {name for name in names if not is_inner(name) and name != process.process}


def linked_beside(process: Process, own: str, sources: Sources) -> dict[str, Process]:
    """The processes with which this one is linked, as far as their files stand beside it and are sound."""
    wanted = linked_processes(process)
    found: dict[str, Process] = {}
    for name in sources.beside() if wanted else ():
        data = sources.read(name) if name != own else None
        if data is not None and any(speaks_of(data, each) for each in wanted - found.keys()):
            other = check_process(data, sources.shown(name), sources).process
            if other and other.process in wanted:
                found[str(other.process)] = other
    return found


def speaks_of(data: bytes | str, process: str) -> bool:
    """Whether a file may be that of a process: it holds the words."""
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    return re.search(rf"process[\"']?[ \t]*:[ \t]*[\"']?{re.escape(process)}\b", text) is not None


def _named_there(process: Process, link: Link, other: Process) -> Iterator[Finding]:
    links = (other.links or {}).values()
    if link.many:
        mine = (each for each in links if not each.many and process.process in each.process)
        if not any(each.known_there_as == link.name for each in mine):
            params = {"name": link.name, "process": other.process, "own": process.process}
            yield Finding("FE695", link.place, params)
    elif link.known_there_as not in [
        each.name for each in links if each.many and process.process in each.process
    ]:
        assert link.known_there_as is not None, "a link without it was found before"
        params = {"name": link.known_there_as, "process": other.process, "own": process.process}
        yield Finding("FE690", link.known_there_as.place, params)


def _reads(link: Link, other: Process) -> Iterator[Finding]:
    fields, scope = {**fields_of(other), **builtin_fields(other)}, scope_of(other)
    for name, column in (link.reads or {}).items():
        field = fields.get(name)
        if field is None:
            yield unknown("FE691", column.place, name, fields, process=other.process)
        elif field.private:
            yield Finding("FE693", column.place, {"word": name, "process": other.process})
        elif not _fits(field.type, column.type):
            params = {"word": name, "process": other.process, "there": field.type, "here": column.type}
            yield Finding("FE692", column.place, params)
        elif column.required and not (name in scope.names and scope.names[name].always):
            yield Finding("FE653", column.place, {"word": name, "process": other.process})


def _started(process: Process, action: Action, other: Process) -> Iterator[Finding]:
    """What an order is opened with: fields that it has, of their types, and all that it must have."""
    fields = {**fields_of(other), **builtin_fields(other)}
    scope, given = scope_of(process), action.fields or {}
    for name, written in given.items():
        if name not in fields:
            yield unknown("FE691", written.place, name, fields, process=other.process)
        elif fields[name].type != "list":
            source, place, at = written
            yield from parse(source, scope, place, at=at, expect=Kind(fields[name].type), guarded=False)[1]
    links = (link for link in (other.links or {}).values() if process.process in link.process)
    filled = {*given, *(name for link in links for name in link.copies or {})}
    for name, field in fields.items():
        if field.required and field.default is None and name not in filled:
            yield Finding("FE652", action.place, {"word": name, "process": other.process})


def _fits(there: str, here: str) -> bool:
    return there == here or any({there, here} <= kinds for kinds in _SAME)


def _ends(link: Link, other: Process) -> Iterator[Finding]:
    known = ends_of(other)
    for name in link.ends or ():
        if name not in known:
            yield unknown("FE694", name.place, name, known, process=other.process)


def _copies(process: Process, link: Link, other: Process) -> Iterator[Finding]:
    mine, theirs = fields_of(process), fields_of(other)
    for here, there in (link.copies or {}).items():
        field = theirs.get(there)
        if field is None:
            yield unknown("FE691", there.place, there, theirs, process=other.process)
        elif here in mine and _kind(field) != _kind(mine[here]) and not _may_take(mine[here], field):
            params = {
                "word": there, "process": other.process, "there": _kind(field), "here": _kind(mine[here]),
            }  # fmt: skip
            yield Finding("FE692", there.place, params)


def _may_take(mine: Field, theirs: Field) -> bool:
    return not (mine.private or theirs.private) and _fits(theirs.type, mine.type)


def _kind(field: Field) -> str:
    return f"{field.type} (private)" if field.private else field.type
