"""A process as one file: without what its libraries hold for other processes.

A process need not have everything of a library: a call that it never makes, a message that it never sends and
a field that roles see elsewhere are none of its business. In its own file they would be slips.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Final

from flowengine.definition.builtin_fields import TYPE
from flowengine.definition.call_references import calls_made
from flowengine.definition.document import Node, scalar
from flowengine.definition.inner.inner import items_of
from flowengine.definition.message_references import messages_sent
from flowengine.definition.role_references import nameable
from flowengine.definition.words import Process

_OF_FIELDS: Final = ("sees", "edits", "unmasked")
"""The words of a role that name fields."""
_USED: Final[dict[str, Callable[[Process], Collection[str]]]] = {
    "calls": calls_made,
    "messages": messages_sent,
}


def alone(document: Node, process: Process) -> Node:
    """The whole document of a process, without what comes of a library and no order of this process has."""
    every = tuple(_every(process))
    entries = dict(document.entries)
    for word, used in _USED.items():
        if word in entries:
            known = {name for each in every for name in used(each)}
            entries[word] = _with(entries[word], document, known)
            if not entries[word].entries:
                del entries[word]
    fields = {name for each in every for name in nameable(each)}
    roles = entries["roles"]
    known_roles = {name: _role(role, document, fields) for name, role in roles.entries.items()}
    return replace(document, value={**entries, "roles": replace(roles, value=known_roles)})


def _every(process: Process) -> Iterator[Process]:
    """The process, and what it is for each of its types and under its lanes."""
    yield process
    for each in (*process.variants.values(), *process.granted.values()):
        yield from _every(each)


def _with(section: Node, document: Node, known: Collection[str]) -> Node:
    entries = {
        name: each for name, each in section.entries.items() if name in known or _is_own(each, document)
    }
    return replace(section, value=entries)


def _role(role: Node, document: Node, fields: Collection[str]) -> Node:
    """A role of a library names the fields of this process alone. One that would see none sees the type,
    which all do: without a word it might see everything.
    """
    if _is_own(role, document):
        return role
    entries = dict(role.entries)
    for word in _OF_FIELDS:
        if (named := entries.get(word)) is None:
            continue
        left = [each for each in items_of(named) if each.value in fields]
        if left:
            entries[word] = replace(named, value=left) if named.kind == "list" else named
        elif word == "sees":
            entries[word] = scalar(TYPE, named.place)
        else:
            del entries[word]
    return replace(role, value=entries)


def _is_own(node: Node, document: Node) -> bool:
    return node.place.file == document.place.file
