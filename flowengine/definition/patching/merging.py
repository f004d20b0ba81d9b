"""The patch algebra: what a base becomes under a patch of the same shape.

Maps merge by name, scalars and lists replace, `remove` takes away. Short forms are written out first, and
words of which only one may stand replace each other. Every node keeps the place at which it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place, unknown
from flowengine.definition.shapes import REMOVE, Any, Data, Many, Named, Patch, Shape, Str, Sub, Txt, Value
from flowengine.definition.vocabulary import SHAPES
from flowengine.definition.vocabulary.values import is_time

_IF_THERE: Final = "remove, if it is there"
"""How a patch removes what an earlier patch may have added: it is no mistake then that the base lacks it."""


def merged(base: Node, patch: Node, shape: str = "process") -> tuple[Node, tuple[Finding, ...]]:
    """The base of that shape under the patch, and what in the patch cannot be done.

    A patch that says nothing gives the base itself, and so does every part of it that says nothing.
    """
    merging = _Merging()
    return merging.shape(shape, base, patch, ""), tuple(merging.findings)


def composed(first: Node, second: Node, shape: str = "process") -> Node:
    """One patch that does what the two do one after the other.

    Not defined where the second gives back what the first removed, or puts a map on the first's list.
    """
    return _Merging(composing=True).shape(shape, first, second, "")


def is_removal(value: Value, node: Node) -> bool:
    """Whether a node is the word `remove`; in quotes it is a text where a text may stand."""
    if node.kind != "scalar" or node.value != REMOVE:
        return False
    return node.style == "plain" or not isinstance(value, Txt | Any | Str | Data)


def written_out(shape: Shape, name: str, node: Node) -> Node:
    """A node of that shape as the map that its short form stands for; `name` is the key above it."""
    if node.kind != "scalar" or shape.short is None:
        return node
    entries = dict(shape.short.expand(name, node))
    return Node("map", node.place, entries, dict.fromkeys(entries, node.place))


class _Merging:
    """One merge. While `composing`, the base is itself a patch: its removals and those over it both stay."""

    def __init__(self, *, composing: bool = False) -> None:
        self.findings: list[Finding] = []
        self._composing = composing

    def shape(self, shape_name: str, base: Node | None, patch: Node, name: str) -> Node:
        shape = SHAPES[shape_name]
        if patch.kind != "map" and base is None:
            return patch
        over = written_out(shape, name, patch)
        if base is None or base.kind == "list" or is_removal(Sub(shape_name), base):
            return self._entries(shape, _nothing(over), over)
        under = written_out(shape, name, base)
        return self._entries(shape, under, over) if over.entries else base

    def _entries(self, shape: Shape, under: Node, over: Node) -> Node:
        choice = shape.one_of or shape.at_most_one_of
        decides = any(word in over.entries for word in choice)
        gone = {word for word in choice if decides and word not in over.entries} - _beside(shape, under, over)
        entries = {word: node for word, node in under.entries.items() if word not in gone}
        keys = {word: under.keys[word] for word in entries}
        for word, node in over.entries.items():
            key = shape.key(word)
            assert key is not None, "the schema lets only keys of the shape in"
            if not key.required and is_removal(key.value, node):
                self._remove(word, node, entries, keys, over.keys[word])
            else:
                self._put(key.value, word, node, entries, keys, over.keys[word])
            if not key.required and self._is_bare(key.value, node, entries.get(word)):
                del entries[word], keys[word]
        return Node("map", over.place if decides else under.place, entries, keys)

    def _is_bare(self, value: Value, patch: Node, after: Node | None) -> bool:
        """Whether a patch has removed the last of what stood under a key, so that the key says nothing."""
        if self._composing or after is None or not isinstance(value, Named):
            return False
        return value.least > 0 and bool(patch.entries) and not after.entries

    def _named(self, of: Value, base: Node | None, patch: Node) -> Node:
        under = base if base is not None and base.kind == "map" else _nothing(patch)
        if base is under and not patch.entries:
            return base
        entries, keys = dict(under.entries), dict(under.keys)
        for name, node in patch.entries.items():
            if is_removal(of, node):
                self._remove(name, node, entries, keys, patch.keys[name])
            else:
                self._put(of, name, node, entries, keys, patch.keys[name])
        return Node("map", under.place, entries, keys)

    def _put(
        self,
        value: Value,
        name: str,
        node: Node,
        entries: dict[str, Node],
        keys: dict[str, Place],
        key: Place,
    ) -> None:
        before = entries.get(name)
        after = self._value(value, before, node, name)
        entries[name] = after
        if before is None or after.place == node.place:  # it is what the patch says, and stands there
            keys[name] = key

    def _remove(
        self, name: str, node: Node, entries: dict[str, Node], keys: dict[str, Place], key: Place
    ) -> None:
        if self._composing:
            added = name in entries and not is_removal(Sub(""), entries[name])
            entries[name], keys[name] = replace(node, raw=_IF_THERE) if added else node, key
        elif name in entries:
            del entries[name], keys[name]
        elif node.raw != _IF_THERE:
            self.findings.append(unknown("FE703", key, name, entries))

    def _value(self, value: Value, base: Node | None, patch: Node, name: str) -> Node:
        match value:
            case Named(of=of):
                return self._named(of, base, patch)
            case Sub(shape=shape):
                return self.shape(shape, base, patch, name)
            case Many(of=Sub(shape=shape), single=True) if _is_map(patch) or (
                _is_map(base) and not patch.items
            ):
                return self.shape(shape, base, patch, name)
            case Patch(shape=shape):
                return patch if base is None else composed(base, patch, shape)
            case _:
                return patch


def _beside(shape: Shape, under: Node, over: Node) -> set[str]:
    """The pair of words that stay beside each other: the period of a duty and its time of day."""
    given = {word for word in shape.one_of if word in over.entries}
    if not shape.pair or len(given) != 1 or not given < {*shape.pair}:
        return set()
    second = shape.pair[1]
    time = over.entries.get(second) or under.entries.get(second)
    return {*shape.pair} if time and time.kind == "scalar" and is_time(time.text) else set()


def _is_map(node: Node | None) -> bool:
    return node is not None and node.kind == "map"


def _nothing(patch: Node) -> Node:
    """The empty map at the place of a patch: what a patch of nothing is put on."""
    nothing: Mapping[str, Node] = {}
    return Node("map", patch.place, nothing, {})
