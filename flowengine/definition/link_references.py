"""Links to orders of other processes, and the actions that start such orders: what one file alone can say.

Whether the other process agrees is found where its file is known, in `link_pairs`.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.expressions import parse
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.inner.inner import is_inner
from flowengine.definition.part_openings import part_start_findings
from flowengine.definition.part_references import own_parts_of
from flowengine.definition.scope import LINK_FACTS, LINK_MOMENTS, every_action, fields_of, scope_of
from flowengine.definition.words import Action, Link, Process

_OF_ONE = ("required", "known_there_as", "copies", "cascade")
"""The words of a link to one order: who links many says nothing of the kind, as they name it."""


def link_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the links of a process and with the orders that it starts."""
    for link in (process.links or {}).values():
        yield from _words(link)
        yield from _taken(link)
        yield from _copies(process, link)
    for action in every_action(process):
        yield from _start(process, action)


def is_brought(link: Link) -> bool:
    """Whether a link leads to orders of a process that this one brings: nobody has written it."""
    return all(is_inner(name) for name in link.process)


def links_to(process: Process, other: str) -> list[Link]:
    """The links to orders of another process that start with this one: those to `many` of them."""
    return [link for link in (process.links or {}).values() if link.many and other in link.process]


def _words(link: Link) -> Iterator[Finding]:
    if link.many:
        said = [word for word in _OF_ONE if getattr(link, word)]
        yield from (Finding("FE681", link.place, {"link": link.name, "word": word}) for word in said)
    elif link.known_there_as is None:
        yield Finding("FE680", link.place, {"link": link.name, "process": list(link.process)})


def _taken(link: Link) -> Iterator[Finding]:
    """Names that mean something of every linked order."""
    ends = link.ends or ()
    for name, column in (link.reads or {}).items():
        if name in (*LINK_FACTS, *LINK_MOMENTS, *ends):
            yield Finding("FE684", column.place, {"word": name})
    for name in ends:
        if name in (*LINK_FACTS, *LINK_MOMENTS):
            yield Finding("FE684", name.place, {"word": name})


def _copies(process: Process, link: Link) -> Iterator[Finding]:
    fields = fields_of(process)
    for name in link.copies or {}:
        if name not in fields:
            yield unknown("FE203", name.place, name, fields)
        elif fields[name].value is not None or fields[name].type == "list":
            yield Finding("FE686", name.place, {"field": name})


def _start(process: Process, action: Action) -> Iterator[Finding]:
    if action.start is None:
        if action.fields or action.each:
            yield Finding("FE683", action.place)
        return
    if part := own_parts_of(process).get(action.start):
        yield from part_start_findings(process, action, part)
        return
    if action.each:
        yield Finding("FE756", action.each.place, {"process": action.start})
    found = links_to(process, action.start)
    if len(found) != 1:
        hint = "FE682.several" if found else "FE682.none"
        params = {"process": action.start, "known": [link.name for link in found]}
        yield Finding("FE682", action.start.place, params, hint)
    scope = scope_of(process)
    for written in (action.fields or {}).values():
        source, place, at = written
        yield from parse(source, scope, place, at=at, expect=None)[1]
