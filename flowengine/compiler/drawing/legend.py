"""What the lines and marks of a drawing mean, and the notes: rows under everything else.

Only what is drawn is explained. `layout` gives the width and the height at which it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from flowengine.compiler.drawing.chart import ITEM_MARKS, Chart, Mark
from flowengine.compiler.drawing.courses import Manner
from flowengine.compiler.drawing.lettering import SMALL, clean
from flowengine.texts.drawing import TEXTS

LINE: Final = 34.0  # the room of a sample before its words
SIGN: Final = 18.0
APART: Final = 18.0
LEADING: Final = 22.0
MANNERS: Final[tuple[Manner, ...]] = ("path", "jump", "return", "whole")


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample, or nothing, and the words beside it; `x` and `y` are the upper left corner."""

    sample: Manner | Mark | Literal[""]
    text: str
    x: float
    y: float

    @property
    def width(self) -> float:
        """Of the sample and the words."""
        return self.room + SMALL.width([self.text])

    @property
    def room(self) -> float:
        """Of the sample."""
        return (LINE if self.sample in MANNERS else SIGN) if self.sample else 0.0

    @property
    def height(self) -> float:
        """Of one row."""
        return SMALL.line


def legend(chart: Chart, manners: Iterable[Manner], *, x: float, y: float, width: float) -> tuple[Entry, ...]:
    """The notes, each in rows of its own, then the samples side by side as far as the width goes."""
    entries: list[Entry] = []
    for note in chart.notes:
        for row in SMALL.wrap(clean(note), width=width, lines=4):
            entries.append(Entry("", row, x, y))
            y += SMALL.line
    y += 6 if entries else 0
    at = x
    for sample in _samples(chart, set(manners)):
        entry = Entry(sample, TEXTS[f"drawing.legend.{sample}"][chart.language], at, y)
        if at > x and at + entry.width > x + width:
            at, y = x, y + LEADING
            entry = Entry(sample, entry.text, at, y)
        entries.append(entry)
        at += entry.width + APART
    return tuple(entries)


def _samples(chart: Chart, manners: set[Manner]) -> Sequence[Manner | Mark]:
    items = [
        item for box in chart.boxes for item in (*box.items, *(i for task in box.tasks for i in task.items))
    ]
    marks = {item.mark for item in items}
    lines = [manner for manner in MANNERS if manner in manners]
    # One kind of line alone needs no words.
    return [*(lines if len(lines) > 1 else ()), *(mark for mark in ITEM_MARKS if mark in marks)]
