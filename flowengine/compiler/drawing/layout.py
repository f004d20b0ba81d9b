"""Where everything in the drawing of a process stands: a chart in, coordinates in pixels out.

The normal path runs down the middle with forward jumps on its right and returns on its left, so a
reader knows a detour by its side alone. `svg` paints the result and decides nothing about places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from flowengine.compiler.drawing.cards import Card, card_of
from flowengine.compiler.drawing.chart import Box, Chart, Way
from flowengine.compiler.drawing.courses import LEFT, RIGHT, Manner, Run, columns, runs_of
from flowengine.compiler.drawing.lanes import CLEAR, LOOP, flank
from flowengine.compiler.drawing.legend import Entry, legend
from flowengine.compiler.drawing.lettering import HEADING, SMALL, clean
from flowengine.compiler.drawing.ports import BAND, Heights, Notes, heights_of
from flowengine.compiler.drawing.strokes import Point

PAGE_EDGE: Final = 28.0
MARK: Final = 42.0  # left of the words of a box, where its number or mark stands
APPROACH: Final = 22.0  # from the last lane to the ends beside the path
NOTE_WIDTH: Final = 165.0
LEAST: Final = 260.0  # the drawing is at least so wide, or its legend would be a tower


@dataclass(frozen=True, slots=True)
class Panel:
    """A box in its place, with its words."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    card: Card

    @property
    def radius(self) -> float:
        """That of the corners; the ends are round."""
        return 8.0 if self.box.kind == "stage" else min(22.0, self.height / 2)

    def face(self, side: int, y: float) -> Point:
        """The point of the outline at that height: round shapes stand back near top and bottom."""
        depth = max(0.0, self.radius - (y - self.y), self.radius - (self.y + self.height - y))
        inset = self.radius - sqrt(max(0.0, self.radius**2 - depth**2))
        return (self.x + inset if side == LEFT else self.x + self.width - inset, y)


@dataclass(frozen=True, slots=True)
class Line:
    """One or more ways drawn as one: the first stroke ends in the arrow, the others join it."""

    ways: tuple[Way, ...]
    manner: Manner
    strokes: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a line: the rectangle that they fill, aligned to its inner side."""

    ways: tuple[Way, ...]
    manner: Manner
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    side: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing with every coordinate settled; nothing lies outside `width` by `height`."""

    width: float
    height: float
    heading: tuple[str, ...]
    subtitle: tuple[str, ...]
    panels: tuple[Panel, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    legend: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Across:
    """The settled places from left to right: the faces of the path, the column beside it, every run."""

    faces: Mapping[int, float]
    words: Mapping[int, float]
    aside: float
    runs: Mapping[Run, float]


def layout(chart: Chart) -> Layout:
    """The drawing of the chart; the same chart always gives the same coordinates."""
    spine, aside = columns(chart)
    runs = runs_of(chart, spine, aside)
    cards = {box.name: card_of(box) for box in chart.boxes}
    widths = _column_width(spine, runs, cards), _column_width(aside, (), cards)
    notes = {run: _note(run, widths[0]) for run in runs}
    heading = HEADING.wrap(clean(chart.title), width=480, lines=3)
    subtitle = SMALL.wrap(clean(chart.subtitle), width=480, lines=2)
    head = len(heading) * HEADING.line + len(subtitle) * SMALL.line
    start = PAGE_EDGE + head + (2 * CLEAR if head else CLEAR)
    heights = heights_of(spine, aside, runs, notes, cards, start=start)
    across = _across(runs, notes, heights, widths)
    panels = _panels(spine, heights, cards, x=across.faces[LEFT], width=widths[0])
    panels |= _panels(aside, heights, cards, x=across.aside, width=widths[1])
    lines = tuple(_line(run, heights, panels, across) for run in runs)
    labels = tuple(_label(run, notes[run], heights, panels, across) for run in runs if notes[run])
    rights = [PAGE_EDGE + max(HEADING.width(heading), SMALL.width(subtitle), LEAST)]
    rights += [panel.x + panel.width for panel in panels.values()]
    rights += [label.x + label.width for label in labels]
    rights += [x for line in lines for stroke in line.strokes for x, _ in stroke]
    bottom = max((panel.y + panel.height for panel in panels.values()), default=start)
    entries = legend(
        chart,
        (line.manner for line in lines),
        x=PAGE_EDGE,
        y=bottom + PAGE_EDGE,
        width=max(rights) - PAGE_EDGE,
    )
    bottom = max((bottom, *(entry.y + entry.height for entry in entries)))
    return Layout(
        width=max(rights) + PAGE_EDGE,
        height=bottom + PAGE_EDGE,
        heading=heading,
        subtitle=subtitle,
        panels=tuple(panels[box.name] for box in chart.boxes),
        lines=lines,
        labels=labels,
        legend=entries,
    )


def _column_width(boxes: Sequence[Box], runs: Sequence[Run], cards: Mapping[str, Card]) -> float:
    """One width for all boxes of a column: room for their words and for those of the straight ways."""
    words = (cards[box.name].width + MARK + 16 for box in boxes)
    straight = (SMALL.width([word]) for run in runs if run.course == "straight" for word in run.words)
    return max((150.0, *words, *(2 * min(width, NOTE_WIDTH - 30) + 4 * CLEAR for width in straight)))


def _note(run: Run, width: float) -> tuple[str, ...]:
    room = width / 2 - 2 * CLEAR if run.course == "straight" else NOTE_WIDTH
    return tuple(row for word in run.words for row in SMALL.wrap(word, width=room, lines=3))


def _across(runs: Sequence[Run], notes: Notes, heights: Heights, widths: tuple[float, float]) -> _Across:
    flanks = {side: flank(side, runs, notes, heights) for side in (LEFT, RIGHT)}
    left = PAGE_EDGE + flanks[LEFT].reach
    faces = {LEFT: left, RIGHT: left + widths[0]}
    between = (SMALL.width(notes[run]) + CLEAR for run in runs if run.labelled_at in run.beside)
    aside = faces[RIGHT] + flanks[RIGHT].reach + APPROACH + max(between, default=0.0)
    places = {run: faces[side] + side * out for side in flanks for run, out in flanks[side].out.items()}
    places |= {run: aside + widths[1] + LOOP for run in runs if run.course == "loop" and run.beside}
    return _Across(faces, {side: faces[side] + side * flanks[side].words for side in flanks}, aside, places)


def _panels(
    boxes: Sequence[Box], heights: Heights, cards: Mapping[str, Card], *, x: float, width: float
) -> dict[str, Panel]:
    return {
        box.name: Panel(box, x, heights.tops[box.name], width, heights.heights[box.name], cards[box.name])
        for box in boxes
    }


def _line(run: Run, heights: Heights, panels: Mapping[str, Panel], across: _Across) -> Line:
    first, target = panels[run.sources[0]], panels[run.target]
    if run.course == "straight":
        middle = first.x + first.width / 2
        return Line(run.ways, run.manner, (((middle, first.y + first.height), (middle, target.y)),))
    x = across.runs[run]
    bands = {name: heights.bands[run, name] for name in (*run.sources, run.target)}
    ports = {name: panels[name].face(run.face(name) or RIGHT, band.line) for name, band in bands.items()}
    if run.course == "loop":
        band = bands[run.target]
        leaves, enters = (target.face(run.side, y) for y in (band.bottom - BAND / 2, band.top + BAND / 2))
        return Line(run.ways, run.manner, ((leaves, (x, leaves[1]), (x, enters[1]), enters),))
    start, end = ports[run.sources[0]], ports[run.target]
    joining = ((ports[name], (x, ports[name][1])) for name in run.sources[1:])
    return Line(run.ways, run.manner, ((start, (x, start[1]), (x, end[1]), end), *joining))


def _label(
    run: Run, rows: tuple[str, ...], heights: Heights, panels: Mapping[str, Panel], across: _Across
) -> Label:
    """Words stand on the line where it leaves its box, but beside a rail, a loop or a straight line."""
    width, height = SMALL.width(rows), len(rows) * SMALL.line
    side, at = run.side, panels[run.labelled_at]
    if run.course == "straight":
        inner, y = at.x + at.width / 2 + CLEAR, (at.y + at.height + panels[run.target].y - height) / 2 - 2
    else:
        band = heights.bands[run, run.labelled_at]
        inner, y = across.words[side], band.line - (height + 3 if run.course == "lane" else height / 2)
    if run.labelled_at in run.beside:
        lane = run.course == "lane"
        side, inner = (LEFT, across.aside - CLEAR) if lane else (RIGHT, across.runs[run] + CLEAR)
    x = inner if side == RIGHT else inner - width
    return Label(run.ways, run.manner, rows, x, y, width, height, side)
