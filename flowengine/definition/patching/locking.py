"""What a process has locked: dotted paths that no patch over it may touch."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place, elsewhere, unknown
from flowengine.definition.patching.merging import written_out
from flowengine.definition.shapes import Many, Named, Shape, Sub, Value
from flowengine.definition.vocabulary import SHAPES


def locks_of(process: Node) -> list[Node]:
    """The paths that a process has locked, as they were written."""
    return process.entries["locked"].items if "locked" in process.entries else []


def touched(locks: list[Node], patch: Node) -> Iterator[Finding]:
    """Every lock that a patch touches: at the path itself, within it, or by replacing what holds it."""
    for lock in locks:
        place = _touching(patch, str(lock.value).split("."))
        if place is not None:
            yield Finding("FE705", place, {"word": lock.value, "where": elsewhere(lock.place, place)})


def loose(process: Node) -> Iterator[Finding]:
    """Locked paths that lead to nothing in the process."""
    for lock in locks_of(process):
        node, name = process, ""
        value: Value = Sub("process")
        offset = 0
        for step in str(lock.value).split("."):
            known = _within(value, name, node)
            if step not in known:
                yield unknown("FE706", lock.within(offset), step, known, path=lock.value)
                break
            node, value, name = *known[step], step
            offset += len(step) + 1


def _touching(patch: Node, path: list[str]) -> Place | None:
    """The place at which a patch touches a path."""
    place = patch.place
    for step in path:
        if patch.kind != "map":
            return place  # it removes or replaces the whole that the path leads into
        if step not in patch.entries:
            return None
        patch, place = patch.entries[step], patch.keys[step]
    return place


def _within(value: Value, name: str, node: Node) -> dict[str, tuple[Node, Value]]:
    """What a path may name next, with its node and kind of value."""
    match value:
        case Sub(shape=shape) | Many(of=Sub(shape=shape), single=True) if node.kind != "list":
            return _keys(SHAPES[shape], written_out(SHAPES[shape], name, node))
        case Named(of=of):
            return {key: (part, of) for key, part in node.entries.items()}
        case _:
            return {}


def _keys(shape: Shape, node: Node) -> dict[str, tuple[Node, Value]]:
    return {key.name: (node.entries[key.name], key.value) for key in shape.keys if key.name in node.entries}
