"""The nodes of one file, growing event by event of the parser; used by the document reader alone.

Decides where each value hangs, which keys a map takes, and where things stand. What a step costs is
charged to the guard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from yaml import events

from flowengine.definition.document.characters import shown
from flowengine.definition.document.guard import Anchored, Guard
from flowengine.definition.document.marks import Marks
from flowengine.definition.document.nodes import Node, Style, scalar
from flowengine.definition.document.scalars import key_fault, value_of
from flowengine.definition.document.wide import wide_finding, wide_sign
from flowengine.definition.findings import Finding, Place, one_slip_away

NUMBERED: Final = frozenset({"tiers"})
"""The maps whose keys are whole numbers in the process language; as keys they are text like all others."""

_STYLES: Final[Mapping[str | None, Style]] = {
    None: "plain", "": "plain", "'": "single", '"': "double", "|": "block", ">": "block",
}  # fmt: skip

_NOWHERE: Final = Place("", 1, 1)


@dataclass(slots=True)
class _Open:
    """A map or list that has not ended; `next` is what it waits for, `dropped` the value of a refused key.

    `held` is what stands in it so far: by key in a map, whose `keys` tell their places.
    """

    node: Node
    next: Literal["key", "value", "dropped", "item"]
    held: Any
    keys: dict[str, Place]
    anchor: str | None = None
    under: str = ""
    is_key: bool = False
    nodes_before: int = 0
    findings_before: int = 0
    height: int = 1
    key: str = ""
    key_place: Place = _NOWHERE
    key_end: Any = None

    def take(self, node: Node) -> None:
        """The value that it waited for."""
        if self.next == "item":
            self.held.append(node)
            return
        if self.next == "value":
            self.held[self.key] = node
            self.keys[self.key] = self.key_place
        self.next = "key"


class Tree:
    """What has been read of a file: its account, its root, and the maps and lists that are still open."""

    def __init__(self, text: str, file: str, *, apart: bool = False) -> None:
        self.guard = Guard()
        self.marks = Marks(text, file, apart=apart)
        self.root: Node | None = None
        self._open: list[_Open] = []

    @property
    def unfinished(self) -> bool:
        """Whether the reading stopped inside a map or list."""
        return bool(self._open)

    def open_map(self, event: events.MappingStartEvent) -> None:
        """A map begins."""
        held: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        self._begin(event, _Open(Node("map", self._place(event), held, keys), "key", held, keys))

    def open_list(self, event: events.SequenceStartEvent) -> None:
        """A list begins."""
        held: list[Node] = []
        self._begin(event, _Open(Node("list", self._place(event), held), "item", held, {}))

    def close(self, _: object) -> None:
        """The innermost map or list ends."""
        done = self._open.pop()
        if done.anchor:
            nodes = self.guard.nodes - done.nodes_before
            self.guard.settle(done.anchor, Anchored(done.node, nodes, done.height))
        if done.is_key:  # what it holds was most likely meant as text: one finding is enough
            del self.guard.findings[done.findings_before :]
        self._reaches(done.height)

    def alias(self, event: Any) -> None:
        """An alias stands for a node read before; the node keeps its own place."""
        place, top = self.marks.place(event.start_mark), self._top()
        if top and top.next == "key":
            self._fault(top, Finding("FE018", place))
            return
        anchored = self.guard.resolve(event.anchor, place, len(self._open))
        if anchored:
            self._attach(anchored.node)
            self._reaches(anchored.height)
        elif top and top.next != "item":
            top.next = "key"

    def scalar(self, event: events.ScalarEvent) -> None:
        """A text begins and ends: a key, or a value."""
        top = self._open[-1] if self._open else None
        text, style = event.value, _STYLES[event.style]
        empty = not text and style == "plain"
        place = self.marks.place(event.start_mark)
        if event.anchor and not empty:
            place = self.marks.behind_anchor(event.start_mark)
        self.guard.count(place)
        if event.anchor or event.tag:
            self._properties(event)
        if top and top.next == "key":
            self._key(top, text, style, place, event.end_mark)
            if event.anchor:
                self.guard.settle(event.anchor, Anchored(scalar(text, place, text, style), 1, 0))
            return
        if empty and top and top.next != "item":
            node = self._nothing(top, place)
        else:
            value, fault = value_of(text, style, place)
            node = scalar(value, place, text, style, self.marks.raw(event))
            self._attach(node)
            if fault:
                self.guard.add(fault)
        if event.anchor:
            self.guard.settle(event.anchor, Anchored(node, 1, 0))

    def _top(self) -> _Open | None:
        return self._open[-1] if self._open else None

    def _place(self, event: Any) -> Place:
        return (self.marks.behind_anchor if event.anchor else self.marks.place)(event.start_mark)

    def _begin(self, event: events.CollectionStartEvent, opened: _Open) -> None:
        guard, top, place = self.guard, self._top(), opened.node.place
        opened.anchor, opened.nodes_before = event.anchor, guard.nodes
        guard.count(place)
        guard.descend(place, len(self._open) + 1)
        if event.anchor or event.tag:
            self._properties(event)
        if top and top.next == "key":
            opened.is_key, top.next = True, "dropped"
            if not top.is_key:  # `{{ number }}` is to be quoted from its first brace on
                guard.say("FE018", place if top.keys else top.node.place)
        else:
            opened.under = top.key if top and top.next == "value" else ""
            self._attach(opened.node)
        opened.findings_before = len(guard.findings)
        self._open.append(opened)

    def _properties(self, event: Any) -> None:
        if event.tag:
            place, tag = self.marks.tag(event.start_mark)
            self.guard.say("FE014", place, tag=tag)
        if event.anchor:
            self.guard.announce(event.anchor, self.marks.place(event.start_mark))

    def _attach(self, node: Node) -> None:
        if self._open:
            self._open[-1].take(node)
        else:
            self.root = node

    def _reaches(self, height: int) -> None:
        if self._open:
            self._open[-1].height = max(self._open[-1].height, height + 1)

    def _key(self, top: _Open, text: str, style: Style, place: Place, end: Any) -> None:
        top.key, top.key_place, top.key_end, top.next = text, place, end, "value"
        fault = key_fault(text, style, place, numbered=text.isdigit() and _is_numbered(top.under))
        if fault:
            self._fault(top, fault)
        if top.next == "value" and text in top.keys:
            lines = {"first": top.keys[text].line, "again": place.line}
            self._fault(top, Finding("FE016", place, {"word": shown(text), **lines}))

    def _nothing(self, top: _Open, place: Place) -> Node:
        """A key without a value; without even a colon it was most likely part of a text."""
        colon = self.marks.behind_colon(top.key_end) if top.next == "value" else place
        if colon is None:
            self._fault(top, self._valueless(top))
        node = scalar(None, colon or place, "")
        self._attach(node)
        return node

    def _valueless(self, top: _Open) -> Finding:
        wide = wide_sign(top.key)
        if wide is not None:
            return wide_finding(top.key_place.right(wide), top.key[wide])
        params = {"word": shown(top.key), "shown": self.marks.line(top.key_end)}
        return Finding("FE022", top.key_place, params, "FE022.space" if ":" in top.key else "")

    def _fault(self, top: _Open, fault: Finding) -> None:
        if fault.severity == "error":
            top.next = "dropped"
        self.guard.add(fault)


def _is_numbered(under: str) -> bool:
    """Whether a map takes whole numbers as keys, or would if the key above it were not misspelt: that slip
    alone is told.
    """
    return under in NUMBERED or bool(one_slip_away(under, NUMBERED))
