"""Every keyword of a file with its shape and the place where it stands; names that people chose are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flowengine.definition.document import Node
from flowengine.definition.findings import Place
from flowengine.definition.shapes import Key, Many, Named, Patch, Shape, Sub, Value

Path = tuple[str | int, ...]


class Keyword(NamedTuple):
    """One key of the language as it stands in a file; `path` leads to its value."""

    shape: Shape
    key: Key
    path: Path
    place: Place
    node: Node


def keywords(shapes: Mapping[str, Shape], root: str, node: Node, path: Path = ()) -> Iterator[Keyword]:
    """All keywords of a sound file whose top level is the shape `root`, parents before children."""
    shape = shapes[root]
    for name, value in node.entries.items():
        key = shape.key(name)
        assert key is not None, name
        yield Keyword(shape, key, (*path, name), node.keys[name], value)
        yield from _within(shapes, key.value, value, (*path, name))


def _within(shapes: Mapping[str, Shape], value: Value, node: Node, path: Path) -> Iterator[Keyword]:
    match value:
        case Sub(shape=shape) | Patch(shape=shape) if node.kind == "map":
            yield from keywords(shapes, shape, node, path)
        case Named(of=of):
            for name, part in node.entries.items():
                yield from _within(shapes, of, part, (*path, name))
        case Many(of=of) if node.kind == "list":
            for number, part in enumerate(node.items):
                yield from _within(shapes, of, part, (*path, number))
        case Many(of=of):
            yield from _within(shapes, of, node, path)
        case _:
            pass
