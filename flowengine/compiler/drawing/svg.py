"""The drawing of a process as one SVG document: for a page, a wall, a browser in light or dark.

It paints what `layout` has placed, in the colours of `palette`, and says in words what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

from flowengine.compiler.drawing.cards import Sign
from flowengine.compiler.drawing.chart import Box, Chart, Mark, Way
from flowengine.compiler.drawing.courses import LEFT
from flowengine.compiler.drawing.layout import MARK, PAGE_EDGE, Label, Line, Panel, layout
from flowengine.compiler.drawing.legend import Entry
from flowengine.compiler.drawing.lettering import HEADING, SMALL, TITLE, Face, clean
from flowengine.compiler.drawing.palette import style
from flowengine.compiler.drawing.strokes import head, path, shaft
from flowengine.compiler.drawing.strokes import number as _n
from flowengine.texts import Lang
from flowengine.texts.drawing import TEXTS

MARKS: Final = {
    "success": "M-4.8 .2 -1.5 3.6 4.8 -3.4",
    "failure": "M-3.6 -3.6 3.6 3.6M3.6 -3.6 -3.6 3.6",
    "cancelled": "M-4.8 0H4.8",
}
# How a reader tells the kinds of need apart, black on white as well: a tick, a page, lines, a field, a
# question, a stamp, a bubble, an arrow out, a choice, a door, a fork; a clock, and a bolt for what happens by
# itself.
SHAPES: Final[Mapping[Mark, str]] = {
    "check": "M-4.5 -4.5h9v9h-9ZM-2.3 .1 -.5 1.9 2.5 -1.9",
    "file": "M-3.6 -5h4.4l2.8 2.8v7.2h-7.2ZM.8 -5v2.8h2.8",
    "note": "M-4.5 -3.2h9M-4.5 0h9M-4.5 3.2h5.5",
    "field": "M-5 -3.2h10v6.4h-10ZM-2.6 -1.3v2.6",
    "that": "M0 -5 5 0 0 5 -5 0Z",
    "approval": "M-1.8 -3.2A1.8 1.8 0 1 1 1.8 -3.2L1 0H4.6V2.6H-4.6V0H-1ZM-4.6 5h9.2",
    "confirm": "M-5 -4.4h10v6.6H-.6L-3.4 5V2.2H-5ZM-2.2 -1.2 -.6 .4 2.4 -2.6",
    "call": "M-5 0H2.4M-.6 -3 2.4 0 -.6 3M5 -4.6V4.6",
    "event": "M-5 -3.6h10v7.2h-10ZM-5 -3.6 0 1 5 -3.6",
    "any": "M-4.6 -4.6h3.2v3.2h-3.2ZM-4.6 1.4h3.2v3.2h-3.2ZM1 -3h4M1 3h4",
    "entry": "M-5 0H1.6M-1.2 -2.8 1.6 0 -1.2 2.8M4.4 -4.6v9.2",
    "outcome": "M-4.8 3.4H-3C0 3.4 -1 -2.6 2 -2.6H4.6M2.6 -4.8 4.8 -2.6 2.6 -.4",
    "clock": "M0 -4.8A4.8 4.8 0 1 1 -.01 -4.8ZM0 -2.8V0L2 1.4",
    "rule": "M1.6 -5 -3 .8H.4L-1.4 5 3.4 -1.2H0Z",
}
DISC: Final = 11.0
_XML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def svg(chart: Chart) -> str:
    """The drawing of the chart: a complete SVG document that needs nothing from elsewhere."""
    placed = layout(chart)
    width, height = _n(placed.width), _n(placed.height)
    lines = sorted(placed.lines, key=lambda line: line.manner != "whole")
    size = f'width="{width}" height="{height}"'
    names = f'class="fe-drawing" role="img" lang="{chart.language}"'
    rows = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {names} viewBox="0 0 {width} {height}" {size}>',
        f"<title>{_xml(clean(chart.title))}</title>",
        f"<desc>{_xml(' '.join(_description(chart)))}</desc>",
        f"<style>{style()}</style>",
        f'<rect class="fe-paper" {size} rx="10"/>',
        *_text("fe-heading", placed.heading, PAGE_EDGE, PAGE_EDGE, HEADING),
        *_text("fe-small", placed.subtitle, PAGE_EDGE, PAGE_EDGE + len(placed.heading) * HEADING.line, SMALL),
        *(_line(line, chart) for line in lines),
        *(_panel(panel, number, chart) for number, panel in enumerate(placed.panels, 1)),
        *(_label(label, chart) for label in placed.labels),
        *(_entry(entry) for entry in placed.legend),
        "</svg>",
    )
    return "\n".join(rows) + "\n"


def _line(line: Line, chart: Chart) -> str:
    """A line with its arrow. It is cased in paper, so that what it crosses seems to pass under it."""
    main, *joining = line.strokes
    paths = [shaft(main), *map(path, joining)]
    return _group(
        f"fe-{line.manner}",
        _sentences(line.ways, chart),
        *(f'<path class="fe-casing" d="{each}"/>' for each in paths if line.manner != "whole"),
        *(f'<path class="fe-line" d="{each}"/>' for each in paths),
        *(f'<circle class="fe-head" cx="{_n(x)}" cy="{_n(y)}" r="2.4"/>' for *_, (x, y) in joining),
        f'<path class="fe-head" d="{head(main)}"/>',
    )


def _panel(panel: Panel, number: int, chart: Chart) -> str:
    """A box: its number or the mark of its kind, its title, the small print."""
    box, card = panel.box, panel.card
    left, top = panel.x + MARK, panel.y + (panel.height - card.height) / 2
    x, y = panel.x + MARK / 2, top + TITLE.line / 2
    mark = f'<path class="fe-mark" transform="translate({_n(x)} {_n(y)})" d="{MARKS.get(box.kind)}"/>'
    digits = f'<text class="fe-number" x="{_n(x)}" y="{_n(y + 4)}">{number}</text>'
    frame = _sized(panel.x, panel.y, panel.width, panel.height)
    return _group(
        f"fe-{box.kind} fe-here" if box.here else f"fe-{box.kind}",
        "\n".join(_said(box)),
        f'<rect class="fe-box" {frame} rx="{_n(panel.radius)}"/>',
        f'<circle class="fe-disc" cx="{_n(x)}" cy="{_n(y)}" r="{DISC}"/>',
        digits if box.kind == "stage" else mark,
        *(
            f'<rect class="fe-task" {_sized(left + f.x, top + f.y, f.width, f.height)} rx="5"/>'
            for f in card.frames
        ),
        *(_sign(sign, left, top) for sign in card.signs),
        *(
            text
            for row in card.rows
            for text in _text(f"fe-{row.name}", [row.text], left + row.x, top + row.y, row.face)
        ),
        *(_flag(panel, chart) if box.here else ()),
    )


def _said(box: Box) -> Iterator[str]:
    """Everything in a box, whole, a line for each: for whoever points at it, and for who cannot see it."""
    yield box.called
    yield from map(clean, box.lines)
    yield from (clean(item.text) for item in box.items)
    for task in box.tasks:
        yield clean(task.title)
        yield from (clean(line) for line in (*task.lines, *(item.text for item in task.items)))


def _sign(sign: Sign, left: float, top: float) -> str:
    at = f"translate({_n(left + sign.x)} {_n(top + sign.y)})"
    return f'<path class="fe-sign" transform="{at}" d="{SHAPES[sign.mark]}"/>'


def _entry(entry: Entry) -> str:
    """A sample of a line or a mark, with what it means."""
    middle = entry.y + entry.height / 2
    words = _text("fe-small", [entry.text], entry.x + entry.room, entry.y, SMALL)
    if not entry.sample:
        return "".join(words)
    if entry.sample in SHAPES:
        return _sign(Sign(cast(Mark, entry.sample), 6, 0), entry.x, middle) + "".join(words)
    ends = (entry.x, middle), (entry.x + entry.room - 8, middle)
    line = f'<path class="fe-line" d="{shaft(ends)}"/><path class="fe-head" d="{head(ends)}"/>'
    return f'<g class="fe-{entry.sample}">{line}</g>' + "".join(words)


def _flag(panel: Panel, chart: Chart) -> Iterator[str]:
    """The word "here" on the upper edge of the box."""
    word = TEXTS["drawing.here"][chart.language]
    width = SMALL.width([word]) + 18
    x, y = panel.x + panel.width - width - 14, panel.y - 10
    yield f'<rect class="fe-flag" {_sized(x, y, width, 20)} rx="10"/>'
    yield f'<text class="fe-flag-word" x="{_n(x + width / 2)}" y="{_n(y + 14)}">{_xml(word)}</text>'


def _label(label: Label, chart: Chart) -> str:
    """The words of a line, in full where somebody points at them."""
    outer = label.side == LEFT
    x = label.x + label.width if outer else label.x
    note = "fe-note fe-outer" if outer else "fe-note"
    rows = _text(note, label.lines, x, label.y, SMALL)
    return _group(f"fe-{label.manner}", _sentences(label.ways, chart), *rows)


def _description(chart: Chart) -> Iterator[str]:
    language = chart.language
    for box in chart.boxes:
        if box.kind != "stage":
            yield TEXTS[f"drawing.{box.kind}"][language].format(box=box.called)
        if box.here:
            yield TEXTS["drawing.is_here"][language].format(box=box.called)
    yield _sentences(chart.ways, chart)


def _sentences(ways: Iterable[Way], chart: Chart) -> str:
    titles = {box.name: box.called for box in chart.boxes}
    return " ".join(_sentence(way, titles, chart.language) for way in ways)


def _sentence(way: Way, titles: Mapping[str, str], language: Lang) -> str:
    label = clean(way.label)
    key = "drawing.whole" if way.kind == "whole" else "drawing.way"
    sentence = TEXTS[f"{key}_labelled" if label else key][language]
    return sentence.format(source=titles[way.source], target=titles[way.target], label=label)


def _group(names: str, title: str, *content: str) -> str:
    return f'<g class="{names}"><title>{_xml(title)}</title>{"".join(content)}</g>'


def _text(name: str, rows: Sequence[str], x: float, top: float, face: Face) -> Iterator[str]:
    for number, row in enumerate(rows):
        y = top + number * face.line + (face.line + face.size * 0.72) / 2
        yield f'<text class="{name}" x="{_n(x)}" y="{_n(y)}">{_xml(row)}</text>'


def _sized(x: float, y: float, width: float, height: float) -> str:
    return f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'


def _xml(text: str) -> str:
    return text.translate(_XML)
