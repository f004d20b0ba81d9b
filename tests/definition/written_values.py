"""Every scalar of a sound file with what the language takes it for, short forms included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flowengine.definition.document import Node
from flowengine.definition.shapes import Many, Named, Patch, Shape, Sub, Value


class Written(NamedTuple):
    """One scalar as it stands in a file, and its kind of value."""

    kind: Value
    node: Node


def written_values(shapes: Mapping[str, Shape], kind: Value, node: Node) -> Iterator[Written]:
    """All scalars of a sound value of that kind, in the order of the file."""
    match kind:
        case Sub(shape=name) | Patch(shape=name) if node.kind == "map":
            for word, part in node.entries.items():
                key = shapes[name].key(word)
                assert key is not None, word
                yield from written_values(shapes, key.value, part)
        case Sub(shape=name) if short := shapes[name].short:
            yield from written_values(shapes, short.value, node)
        case Named(of=of):
            for part in node.entries.values():
                yield from written_values(shapes, of, part)
        case Many(of=of):
            for part in node.items if node.kind == "list" else [node]:
                yield from written_values(shapes, of, part)
        case _ if node.kind == "scalar":
            yield Written(kind, node)
