"""What `include` does: the parts of a library are added to a process, and nothing in it is replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place, elsewhere
from flowengine.definition.shapes import Named, Shape, Sub
from flowengine.definition.vocabulary import SHAPES

OF_THE_FILE: Final = frozenset({"flowengine", "include", "language", "title"})
"""The keys of a library that are about the file itself."""


def added(process: Node, library: Node) -> tuple[Node, tuple[Finding, ...]]:
    """The process with the library's parts in it, and every name that stands in both."""
    clashes = tuple(_clashes(SHAPES["process"], process, library, OF_THE_FILE))
    return _added(SHAPES["process"], process, library, OF_THE_FILE), clashes


def _added(shape: Shape, process: Node, library: Node, left_out: Collection[str] = ()) -> Node:
    entries, keys = dict(process.entries), dict(process.keys)
    for name, node in library.entries.items():
        if name in left_out:
            continue
        key, own = shape.key(name), entries.get(name)
        if own is None:
            entries[name], keys[name] = node, library.keys[name]
        elif key and isinstance(key.value, Sub):
            entries[name] = _added(SHAPES[key.value.shape], own, node)
        elif key and isinstance(key.value, Named):
            entries[name] = Node("map", own.place, {**node.entries, **own.entries}, {**node.keys, **own.keys})
    return Node("map", process.place, entries, keys)


def _clashes(shape: Shape, process: Node, library: Node, left_out: Collection[str] = ()) -> Iterator[Finding]:
    for name in library.entries:
        if name in left_out or name not in process.entries:
            continue
        key, own, other = shape.key(name), process.entries[name], library.entries[name]
        if key and isinstance(key.value, Sub):
            yield from _clashes(SHAPES[key.value.shape], own, other)
        elif key and isinstance(key.value, Named):
            for each in other.entries:
                if each in own.entries:
                    yield _clash(each, own.keys[each], other.keys[each])
        else:
            yield _clash(name, process.keys[name], library.keys[name])


def _clash(word: str, here: Place, there: Place) -> Finding:
    return Finding("FE707", here, {"word": word, "where": elsewhere(there, here)})
