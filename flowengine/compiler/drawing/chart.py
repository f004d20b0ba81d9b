"""A process as boxes and ways between them: what the diagrams draw and the scenarios compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flowengine.compiler.drawing.lettering import clean
from flowengine.texts import Lang

BoxKind = Literal["stage", "success", "failure", "cancelled"]
WayKind = Literal["next", "outcome", "whole"]


@dataclass(frozen=True, slots=True)
class Box:
    """A stage or an end. `lines` are the small print: owner, time threshold, needs."""

    name: str
    title: str
    kind: BoxKind = "stage"
    lines: tuple[str, ...] = ()
    here: bool = False

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
    own words ("here"); titles and labels come in whatever language they were written.
    """

    title: str
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    language: Lang = "en"
