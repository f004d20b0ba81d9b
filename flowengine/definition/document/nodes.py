"""A value of a file together with its place: what the document reader hands to every check that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, cast

from flowengine.definition.document.origins import Origin
from flowengine.definition.findings import Place

Scalar = str | int | Decimal | bool | None
Kind = Literal["map", "list", "scalar"]
Style = Literal["plain", "single", "double", "block"]

_NOTHING: Final[Mapping[str, Place]] = {}


@dataclass(slots=True)
class Node:
    """One value: a scalar, a list of nodes, or a map of text keys to nodes in the order of the file.

    `place` is that of the value's first character, for quoted text of its quote; an empty value stands
    right behind its colon or dash. `keys` gives the place of each key of a map. `text` is a scalar
    before it was understood, `1.10` where the value is a number; `raw` is how the file has it where escapes
    or several lines make that something else. Not frozen only because a file of
    thousands of values is read in the time that freezing them would take; nobody writes to a node.
    """

    kind: Kind
    place: Place
    value: object
    keys: Mapping[str, Place] = field(default_factory=dict)
    text: str = ""
    style: Style = "plain"
    raw: str = ""

    @property
    def entries(self) -> Mapping[str, Node]:
        """The values of a map by their keys; empty for everything else."""
        return cast("dict[str, Node]", self.value) if self.kind == "map" else {}

    @property
    def items(self) -> list[Node]:
        """The values of a list; empty for everything else."""
        return cast("list[Node]", self.value) if self.kind == "list" else []

    def within(self, offset: int = 0) -> Place:
        """The place of the character at `offset` of a scalar's text."""
        if self.raw:
            return Origin(self.place, self.raw, self.text).at(offset)
        return self.place.right(offset + (self.style in ("single", "double")))

    def plain(self) -> object:
        """The bare value, without places: dicts, lists and scalars, as a JSON Schema looks at them."""
        if self.kind == "map":
            return {key: node.plain() for key, node in self.entries.items()}
        if self.kind == "list":
            return [node.plain() for node in self.items]
        return self.value

    def at(self, path: Iterable[str | int]) -> Node:
        """The node at the end of `path`, or the last one on the way to it that exists."""
        node = self
        for step in path:
            within = node.items if isinstance(step, int) else node.entries.get(step)
            if isinstance(within, list):
                within = within[step] if isinstance(step, int) and -1 < step < len(within) else None
            if within is None:
                return node
            node = within
        return node


def scalar(
    value: Scalar, place: Place, text: str | None = None, style: Style = "plain", raw: str = ""
) -> Node:
    """The node of a scalar; `text` is how it was written, if that is not how the value reads."""
    return Node("scalar", place, value, _NOTHING, str(value) if text is None else text, style, raw)
