"""A process as boxes and ways between them: what the diagrams draw and the scenarios compare.

`charting` makes it of a plan; the drawings know nothing else. A new thing of the language becomes a line, an
item, a task or a way here, and is then drawn without a change to any layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from flowengine.compiler.drawing.lettering import clean
from flowengine.texts import Lang

BoxKind = Literal["stage", "success", "failure", "cancelled"]
WayKind = Literal["next", "outcome", "whole"]
Mark = Literal[
    "check", "file", "note", "field", "that", "approval", "confirm", "call", "event", "any",
    "entry", "outcome", "clock", "rule",
]  # fmt: skip
ITEM_MARKS: Final[tuple[Mark, ...]] = (
    "check", "file", "note", "field", "that", "approval", "confirm", "call", "event", "any",
    "entry", "outcome", "clock", "rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the small print with the mark of its kind. At depth 1 it belongs to the one above."""

    mark: Mark
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A small stage beside others within a box: who, until when, what."""

    title: str
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A stage or an end. `lines` say who and until when, `items` what is needed and may be chosen."""

    name: str
    title: str
    kind: BoxKind = "stage"
    lines: tuple[str, ...] = ()
    here: bool = False
    items: tuple[Item, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def called(self) -> str:
        """The title on one line; the name where there is no title."""
        return clean(self.title) or self.name


@dataclass(frozen=True, slots=True)
class Way:
    """A way an order may take. `whole` ways come from an outcome of the whole order (cancel)."""

    source: str
    target: str
    label: str = ""
    kind: WayKind = "next"


@dataclass(frozen=True, slots=True)
class Chart:
    """One process drawn: boxes in file order, stages before ends; ways in the order written.

    Box names are unique and every way leads from a box to a box. `language` is that of the drawing's
    own words ("here"); titles and labels come in whatever language they were written. `subtitle` stands
    under the title, `notes` under the whole.
    """

    title: str
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    language: Lang = "en"
    subtitle: str = ""
    notes: tuple[str, ...] = ()
