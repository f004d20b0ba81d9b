"""The drawing of a process as Mermaid text, for the places that draw it themselves: wikis, READMEs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from flowengine.compiler.drawing.chart import Box, Chart, Item, Way
from flowengine.compiler.drawing.lettering import clean
from flowengine.compiler.drawing.palette import PALETTE
from flowengine.texts import TEXTS, Lang

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
    if title := clean(f"{chart.title} {chart.subtitle}" if chart.subtitle else chart.title):
        yield f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---"
    yield "flowchart TD"
    yield from (f"    {_box(box, chart.language)}" for box in chart.boxes)
    yield from (f"    {_way(way)}" for way in chart.ways)
    if chart.notes:
        words = "<br/>".join(_escaped(clean(note)) for note in chart.notes)
        yield f'    notes["{words}"]:::notes'
        yield "    classDef notes fill:none,stroke:none"
    yield from map(_class, _LOOKS)


def _class(name: str) -> str:
    fill, stroke, more = _LOOKS[name]
    light = {colour: schemes[0] for colour, schemes in PALETTE.items()}
    return f"    classDef {name} fill:{light[fill]},stroke:{light[stroke]},color:{light['ink']}{more}"


def _box(box: Box, language: Lang) -> str:
    words = "<br/>".join(map(_escaped, _said(box, language)))
    shape = f'["{words}"]' if box.kind == "stage" else f'(["{words}"])'
    return f"{_id(box.name)}{shape}:::{'here' if box.here else box.kind}"


def _said(box: Box, language: Lang) -> Iterator[str]:
    yield box.called
    yield from map(clean, box.lines)
    yield from (_item(item, language) for item in box.items)
    for task in box.tasks:
        yield f"▪ {clean(task.title)}"
        yield from map(clean, task.lines)
        yield from (_item(item, language) for item in task.items)


def _item(item: Item, language: Lang) -> str:
    """A need with its kind in words: Mermaid draws no marks."""
    if item.mark in ("entry", "outcome", "any", "clock", "rule"):
        return f"{'· ' * item.depth}▷ {clean(item.text)}"
    kind = TEXTS[f"need_kind.{item.mark}"][language]
    return TEXTS["drawing.item"][language].format(indent="· " * item.depth, text=clean(item.text), kind=kind)


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
