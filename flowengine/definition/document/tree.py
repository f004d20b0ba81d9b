"""The nodes of one file, read event by event from the parser; used by the document reader alone.

Decides where each value hangs, which keys a map takes, and where things stand. What a step costs is
charged to the guard, which also says how deep the reading may go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

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


class Tree:
    """What has been read of a file: its account, the last event, and its root once that is whole.

    `take` gives the events of the parser, one after the other.
    """

    def __init__(self, text: str, file: str, take: Callable[[], Any], *, apart: bool = False) -> None:
        self.guard = Guard()
        self.marks = Marks(text, file, apart=apart)
        self.root: Node | None = None
        self.event: Any = None
        self._take = take
        self._depth = 0
        self._height = 0  # of the map or list that was read last: how many stand in each other

    def grow(self) -> None:
        """Read to the end of the first document. Raises what the parser does, and Stopped."""
        while type(event := self._next()) is not events.DocumentEndEvent:
            if isinstance(event, events.NodeEvent):
                self.root = self._value(event)
            elif event is None:
                return

    def _next(self) -> Any:
        self.event = event = self._take()
        return event

    def _value(self, event: Any, under: str = "") -> Node | None:
        """The value that begins with an event, behind the key `under`; none for an alias that is in error."""
        if type(event) is events.ScalarEvent:
            return self._scalar(event)
        if type(event) is events.AliasEvent:
            return self._alias(event)
        return self._collection(event, self._begun(event), under)

    def _collection(self, event: Any, place: Place, under: str = "", *, is_key: bool = False) -> Node:
        """The map or list that has begun with an event."""
        before, self._depth = self.guard.nodes - 1, self._depth + 1
        self.guard.descend(place, self._depth)
        is_map = type(event) is events.MappingStartEvent
        node = self._map(place, under, is_key=is_key) if is_map else self._list(place)
        if event.anchor:
            self.guard.settle(event.anchor, Anchored(node, self.guard.nodes - before, self._height))
        self._depth -= 1
        return node

    def _map(self, place: Place, under: str, *, is_key: bool) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        node = Node("map", place, entries, keys)
        height = 1
        while type(key := self._next()) is not events.MappingEndEvent:
            at = self._key(key, node, under, is_key=is_key)
            event = self._next()
            if type(event) is events.ScalarEvent:
                value = self._scalar(event) if event.value or event.style else self._nothing(event, key, at)
            else:
                value = self._value(event, key.value if at else "")
                height = max(height, self._height + 1)
            if at and value:
                entries[key.value] = value
                keys[key.value] = at
        self._height = height
        return node

    def _list(self, place: Place) -> Node:
        items: list[Node] = []
        height = 1
        while type(event := self._next()) is not events.SequenceEndEvent:
            item = self._value(event)
            if type(event) is not events.ScalarEvent:
                height = max(height, self._height + 1)
            if item:
                items.append(item)
        self._height = height
        return Node("list", place, items)

    def _alias(self, event: Any) -> Node | None:
        """What an alias stands for, a node read before; it keeps its own place."""
        anchored = self.guard.resolve(event.anchor, self.marks.place(event.start_mark), self._depth)
        self._height = anchored.height if anchored else 0
        return anchored.node if anchored else None

    def _scalar(self, event: Any) -> Node:
        """A text, as a value."""
        text, style = event.value, _STYLES[event.style]
        place = self._begun(event)
        value, fault = value_of(text, style, place)
        node = scalar(value, place, text, style, self.marks.raw(event))
        if fault:
            self.guard.add(fault)
        if event.anchor:
            self.guard.settle(event.anchor, Anchored(node, 1, 0))
        return node

    def _nothing(self, event: Any, key: Any, at: Place | None) -> Node | None:
        """A key without a value; without even a colon it was most likely part of a text, and is no key."""
        place = self._begun(event)
        colon = self.marks.behind_colon(key.end_mark) if at else place
        if at and colon is None:
            self.guard.add(self._valueless(key, at))
        node = scalar(None, colon or place, "")
        if event.anchor:
            self.guard.settle(event.anchor, Anchored(node, 1, 0))
        return node if colon else None

    def _key(self, event: Any, node: Node, under: str, *, is_key: bool) -> Place | None:
        """The place of the next key of a map, itself below the key `under`; none where it cannot be one."""
        if type(event) is not events.ScalarEvent:
            self._no_text(event, node, is_key=is_key)
            return None
        text, style = event.value, _STYLES[event.style]
        place = self._begun(event)
        if event.anchor:
            self.guard.settle(event.anchor, Anchored(scalar(text, place, text, style), 1, 0))
        fault = key_fault(text, style, place, numbered=text.isdigit() and _is_numbered(under))
        if fault:
            self.guard.add(fault)
            if fault.severity == "error":
                return None
        if text in node.keys:
            self.guard.say("FE016", place, word=shown(text), first=node.keys[text].line, again=place.line)
            return None
        return place

    def _no_text(self, event: Any, node: Node, *, is_key: bool) -> None:
        """What stands where a key should and was most likely meant as text: one finding is enough, and what
        it holds is not looked at.
        """
        if type(event) is events.AliasEvent:
            self.guard.say("FE018", self.marks.place(event.start_mark))
            return
        place = self._begun(event)
        if not is_key:  # `{{ number }}` is to be quoted from its first brace on
            self.guard.say("FE018", place if node.keys else node.place)
        found = len(self.guard.findings)
        self._collection(event, place, is_key=True)
        del self.guard.findings[found:]

    def _begun(self, event: Any) -> Place:
        """The place of a value or a key, which is counted."""
        place = self._place(event) if event.anchor else self.marks.place(event.start_mark)
        self.guard.count(place)
        if event.tag or event.anchor:
            self._properties(event)
        return place

    def _place(self, event: Any) -> Place:
        """The place of what begins with an event: behind its anchor, unless nothing stands there."""
        nothing = type(event) is events.ScalarEvent and not (event.value or event.style)
        named = event.anchor and not nothing
        return (self.marks.behind_anchor if named else self.marks.place)(event.start_mark)

    def _properties(self, event: Any) -> None:
        if event.tag:
            place, tag = self.marks.tag(event.start_mark)
            self.guard.say("FE014", place, tag=tag)
        if event.anchor:
            self.guard.announce(event.anchor, self.marks.place(event.start_mark))

    def _valueless(self, key: Any, place: Place) -> Finding:
        text = key.value
        wide = wide_sign(text)
        if wide is not None:
            return wide_finding(place.right(wide), text[wide])
        params = {"word": shown(text), "shown": self.marks.line(key.end_mark)}
        return Finding("FE022", place, params, "FE022.space" if ":" in text else "")


def _is_numbered(under: str) -> bool:
    """Whether a map takes whole numbers as keys, or would if the key above it were not misspelt: that slip
    alone is told.
    """
    return under in NUMBERED or bool(one_slip_away(under, NUMBERED))
