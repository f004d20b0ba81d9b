"""Plain texts take the language of the file in which they stand, also where that file joins another."""

from __future__ import annotations

from dataclasses import replace

from flowengine.definition.document import Node
from flowengine.definition.patching.merging import is_removal
from flowengine.definition.shapes import Many, Named, Patch, Sub, Txt, Value
from flowengine.definition.vocabulary import SHAPES


def in_language(process: Node, language: str) -> Node:
    """A process, or a library, with its plain texts said to be in that language."""
    return _value(Sub("process"), process, language)


def _value(value: Value, node: Node, language: str) -> Node:
    match value:
        case Txt() if node.kind == "scalar" and not is_removal(value, node):
            return Node("map", node.place, {language: node}, {language: node.place})
        case Sub(shape=shape) | Patch(shape=shape) if node.kind == "map":
            keys = {key.name: key.value for key in SHAPES[shape].keys}
            return _map(
                node, {name: _value(keys[name], part, language) for name, part in node.entries.items()}
            )
        case Named(of=of) if node.kind == "map":
            return _map(node, {name: _value(of, part, language) for name, part in node.entries.items()})
        case Many(of=of) if node.kind == "list":
            return replace(node, value=[_value(of, part, language) for part in node.items])
        case Many(of=of, single=True):
            return _value(of, node, language)
        case _:
            return node


def _map(node: Node, entries: dict[str, Node]) -> Node:
    return replace(node, value=entries)
