"""Nodes to words: builds the frozen values from a document that has passed its schema.

Driven by the vocabulary: each shape has one class, each key one attribute. What remains to be found
wrong here is what a schema cannot see inside a scalar, such as a duration of no length.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as Anything

from flowengine.definition import scenario_words, words
from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place
from flowengine.definition.lengths import Length, length
from flowengine.definition.shapes import Any, Data, Dur, Exp, Many, Named, Patch, Shape, Str, Sub, Txt, Value
from flowengine.definition.spans import span
from flowengine.definition.words import Name
from flowengine.texts import Lang

SCENARIO_CLASSES: Mapping[str, type[words.Word]] = {
    "scenario": scenario_words.Scenario,
    "step": scenario_words.Step,
    "expect": scenario_words.Expect,
    "sent": scenario_words.Sent,
}
CLASSES: Mapping[str, type[words.Word]] = {
    "process": words.Process,
    "order": words.Order,
    "channel": words.Channel,
    "opened": words.Opened,
    "order check": words.Check,
    "field": words.Field,
    "column": words.Column,
    "default row": words.DefaultRow,
    "value row": words.ValueRow,
    "amending": words.Amending,
    "role": words.Role,
    "person": words.Person,
    "stage": words.Stage,
    "task": words.Task,
    "owner row": words.OwnerRow,
    "assign row": words.Row,
    "due": words.Due,
    "clock": words.Clock,
    "length row": words.LengthRow,
    "point row": words.PointRow,
    "hold": words.Hold,
    "release": words.Release,
    "link": words.Link,
    "part": words.Part,
    "rule": words.Rule,
    "approval": words.Approval,
    "approval step": words.ApprovalStep,
    "lane": words.Lane,
    "lane request": words.LaneRequest,
    "lane limits": words.LaneLimits,
    "lane revoke": words.LaneRevoke,
    "defaults": words.Defaults,
    "default due": words.DefaultDue,
    "warning": words.Warn,
    "late row": words.LateRow,
    "need": words.Need,
    "outcome": words.Outcome,
    "task outcome": words.Outcome,
    "whole outcome": words.Outcome,
    "row": words.Row,
    "action": words.Action,
    "telling": words.Action,
    "end": words.End,
    "calendar": words.Calendar,
    "event": words.Event,
    "datum": words.Datum,
    "message": words.Message,
    "call": words.Call,
    "exception": words.Exceptional,
    "tier row": words.TierRow,
    "report": words.Report,
    "review": words.Report,
    "default exception": words.DefaultException,
    "tier": words.Tier,
    "notices": words.Notices,
    "quiet": words.Quiet,
    "digest": words.Digest,
    "whom": words.Whom,
}


def _plainly(word: Anything) -> Anything:
    """A word, or the name that it stands for."""
    if isinstance(word, words.Whom):
        return word.named
    return word.row if isinstance(word, words.OwnerRow) else word


class Reader:
    """Reads one document, and those that share nodes with it.

    `findings` holds what the schema could not see.
    """

    def __init__(
        self, shapes: Mapping[str, Shape], classes: Mapping[str, type[words.Word]], language: Lang
    ) -> None:
        self._shapes = shapes
        self._classes = classes
        self._language = language
        self.findings: list[Finding] = []
        self._attributes: dict[str, dict[str, tuple[str, Value]]] = {}
        # Keeps each node with its word: the id of one that is gone would soon be that of another.
        self._known: dict[tuple[int, str, str, Place | None], tuple[Node, Anything]] = {}

    def word(self, shape_name: str, node: Node, *, name: str = "", place: Place | None = None) -> Anything:
        """The word of that shape; `name` and `place` are those of the key that it stands under.

        The same node read again is the same word: types of order share whatever they leave as it is.
        """
        known = id(node), shape_name, name, place
        if known not in self._known:
            self._known[known] = node, self._read(shape_name, node, name, place)
        return self._known[known][1]

    def _read(self, shape_name: str, node: Node, name: str, place: Place | None) -> Anything:
        shape = self._shapes[shape_name]
        entries = self._entries(shape, name, node)
        if shape_name not in self._attributes:
            self._attributes[shape_name] = {key.name: (key.attribute, key.value) for key in shape.keys}
        known = self._attributes[shape_name]
        given = {
            known[word][0]: self._value(known[word][1], part, word)
            for word, part in entries.items()
            if word in known
        }
        return self._classes[shape_name](name=name, place=place or node.place, **given)

    def _entries(self, shape: Shape, name: str, node: Node) -> Mapping[str, Node]:
        if node.kind == "map":
            return node.entries
        assert shape.short is not None, "the schema lets a scalar stand only for a shape with a short form"
        return shape.short.expand(name, node)

    def _value(self, value: Value, node: Node, name: str) -> Anything:  # noqa: PLR0911, PLR0912 - one line per kind of value
        match value:  # what most words are comes first
            case Str(ref=ref):
                return Name.at(str(node.value), node.place) if ref else node.value
            case Sub(shape=shape):
                word = self.word(shape, node, name=name)
                return _plainly(word)
            case Named(of=of):
                return {Name.at(key, node.keys[key]): self._named(of, node, key) for key in node.entries}
            case Many(of=of):
                items = node.items if node.kind == "list" else (node,)
                return tuple(self._value(of, item, "") for item in items)
            case Txt(template=template):
                return self._wording(node) if template else self._text(node)
            case Dur():
                return self._length(value, node)
            case Exp():
                return words.Written(node.text, node.within(), node.within)
            case Patch():
                return words.Type(name=name, place=node.place, says=frozenset(node.entries))
            case Any():
                written = node.kind == "scalar" and isinstance(node.value, str)
                return Name.at(node.text, node.within()) if written else node.plain()
            case Data(like="told") if node.kind == "scalar":
                return Name.at(str(node.value), node.place)
            case Data() if node.kind == "map":
                return {Name.at(key, node.keys[key]): value.plain() for key, value in node.entries.items()}
            case Data():
                return node.plain()
            case _:
                return node.value

    def _named(self, of: Value, node: Node, key: str) -> Anything:
        item = node.entries[key]
        if isinstance(of, Sub):
            return self.word(of.shape, item, name=key, place=node.keys[key])
        if isinstance(of, Patch):
            return words.Type(name=key, place=node.keys[key], says=frozenset(item.entries))
        return self._value(of, item, key)

    def _text(self, node: Node) -> words.Text:
        if node.kind == "map":
            return words.Text(**{lang: str(part.value) for lang, part in node.entries.items()})
        text = str(node.value)
        return words.Text(zh=text) if self._language == "zh" else words.Text(en=text)

    def _wording(self, node: Node) -> words.Wording:
        texts = node.entries if node.kind == "map" else {self._language: node}
        said = {
            lang: words.Written(str(part.value), part.within(), part.within) for lang, part in texts.items()
        }
        return words.Wording(**said)

    def _length(self, value: Dur, node: Node) -> Anything:
        text = str(node.value)
        if value.field and text[0].isalpha():
            return Name.at(text, node.place)
        try:
            return length(text) if value.working else span(text)
        except ValueError:
            hint = f"FE105.{value.what.replace(' ', '_')}"
            self.findings.append(Finding("FE105", node.place, {"word": node.value}, hint=hint))
            return Length(1) if value.working else 1
