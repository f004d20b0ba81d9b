"""The drawing of a process as Mermaid text, for the places that draw it themselves: wikis, READMEs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from flowengine.compiler.drawing.chart import Box, Chart, Way
from flowengine.compiler.drawing.lettering import clean
from flowengine.compiler.drawing.palette import PALETTE

# Mermaid reads much of ASCII as marks of its own, even in quotes: entities, Markdown lists, comments.
_MARKS: Final = re.compile(r"[!-+\-.:;<>?@\[-`{-~]")
_LOOKS: Final = {
    "stage": ("panel", "frame", ""),
    "success": ("success-panel", "success", ""),
    "failure": ("failure-panel", "failure", ",stroke-width:2.5px"),
    "cancelled": ("cancelled-panel", "cancelled", ",stroke-dasharray:6 4"),
    "here": ("here-panel", "here", ",stroke-width:4px"),
}


def mermaid(chart: Chart) -> str:
    """The chart as a Mermaid flowchart; the same chart always gives the same text."""
    return "\n".join(_rows(chart)) + "\n"


def _rows(chart: Chart) -> Iterator[str]:
    if title := clean(chart.title):
        yield f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---"
    yield "flowchart TD"
    yield from (f"    {_box(box)}" for box in chart.boxes)
    yield from (f"    {_way(way)}" for way in chart.ways)
    yield from map(_class, _LOOKS)


def _class(name: str) -> str:
    fill, stroke, more = _LOOKS[name]
    light = {colour: schemes[0] for colour, schemes in PALETTE.items()}
    return f"    classDef {name} fill:{light[fill]},stroke:{light[stroke]},color:{light['ink']}{more}"


def _box(box: Box) -> str:
    words = "<br/>".join(_escaped(text) for text in (box.called, *map(clean, box.lines)))
    shape = f'["{words}"]' if box.kind == "stage" else f'(["{words}"])'
    return f"{_id(box.name)}{shape}:::{'here' if box.here else box.kind}"


def _way(way: Way) -> str:
    arrow = "-.->" if way.kind == "whole" else "-->"
    label = clean(way.label)
    words = f'|"{_escaped(label)}"|' if label else ""
    return f"{_id(way.source)} {arrow}{words} {_id(way.target)}"


def _id(name: str) -> str:
    # `end`, `style`, `class` and others are words of Mermaid; no word of it begins like this.
    return f"at_{name}"


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda mark: f"#{ord(mark[0])};", text)
