"""What a patch leaves incomplete: a patch demands nothing, but what comes of it must be whole.

Looks only at what the patch has changed; the rest was whole before.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place, one_slip_away, unknown
from flowengine.definition.patching.merging import written_out
from flowengine.definition.shapes import Many, Named, Shape, Sub, Value
from flowengine.definition.vocabulary import SHAPES


def incomplete(node: Node, before: Node | None, shape: str = "process") -> Iterator[Finding]:
    """What a node of that shape lacks, where it is not the same as `before`."""
    yield from _shape(SHAPES[shape], "", node, before, node.place)


def _shape(shape: Shape, name: str, node: Node, before: Node | None, place: Place) -> Iterator[Finding]:
    if node is before or node.kind != "map":
        return
    if missing := [key.name for key in shape.keys if key.required and key.name not in node.entries]:
        yield Finding("FE102", place, {"word": missing[0], "words": missing})
    given = [word for word in shape.one_of if word in node.entries]
    if shape.one_of and not shape.is_choice(given):
        hint = "FE106.several" if given else "FE106.none"
        yield Finding("FE106", place, {"given": given, "options": list(shape.one_of)}, hint)
    known = written_out(shape, name, before).entries if before is not None else {}
    for key in shape.keys:
        if part := node.entries.get(key.name):
            yield from _value(key.value, key.name, part, known.get(key.name), node.keys[key.name])


def _value(value: Value, name: str, node: Node, before: Node | None, place: Place) -> Iterator[Finding]:
    if node is before:
        return
    match value:
        case Sub(shape=shape):
            yield from _shape(SHAPES[shape], name, node, before, place)
        case Many(of=Sub(shape=shape), single=True) if node.kind == "map":
            yield from _shape(SHAPES[shape], name, node, before, place)
        case Named(of=of, least=least):
            if len(node.entries) < least:
                yield Finding("FE108", place)
            there = before.entries if before is not None else {}
            for key, part in node.entries.items():
                wrong = list(_value(of, key, part, there.get(key), node.keys[key]))
                if wrong and key not in there and one_slip_away(key, there):
                    yield unknown("FE101", node.keys[key], key, there)  # it was to change what is there
                else:
                    yield from wrong
        case _:
            return
