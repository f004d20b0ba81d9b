"""What stands in a box and where: title, small print, marked items, and tasks side by side.

Everything is measured from the corner of the words; `layout` says where that corner stands, `svg` paints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from flowengine.compiler.drawing.chart import Box, Item, Mark, Task
from flowengine.compiler.drawing.lettering import SMALL, TASK, TITLE, Face, clean

TEXT_WIDTH: Final = 255.0
TASK_WIDTH: Final = 130.0
BESIDE: Final = 2  # so many tasks stand side by side, the others below
SIGN: Final = 16.0  # the room of a mark before its words, and what an item of depth 1 stands further in
ROWS: Final = 6  # more rows than this of one line are cut; its tooltip has it whole
GAP: Final = 3.0
PAD: Final = 8.0  # around the words of a task


@dataclass(frozen=True, slots=True)
class Row:
    """A row of words: the upper left corner, and the class that paints it."""

    text: str
    x: float
    y: float
    face: Face
    name: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The mark of an item, by its middle."""

    mark: Mark
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The edge of a task."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Card:
    """The words of a box, placed. `height` is how far down they reach so far."""

    rows: list[Row] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    height: float = 0.0

    @property
    def width(self) -> float:
        """How far to the right anything reaches."""
        words = (row.x + row.face.width([row.text]) for row in self.rows)
        return max((*words, *(frame.x + frame.width for frame in self.frames)), default=0.0)

    def write(
        self, text: str, face: Face, name: str, *, x: float = 0.0, width: float, rows: int = ROWS
    ) -> None:
        """The text in as many rows as it takes, below what is there."""
        for row in face.wrap(clean(text), width=width, lines=rows):
            self.rows.append(Row(row, x, self.height, face, name))
            self.height += face.line

    def enlist(self, items: Iterable[Item], width: float) -> None:
        """Items with their marks, below what is there."""
        for item in (item for item in items if clean(item.text)):
            inset = SIGN * item.depth
            self.signs.append(Sign(item.mark, inset + SIGN / 2 - 2, self.height + SMALL.line / 2))
            self.write(item.text, SMALL, "small", x=inset + SIGN, width=width - inset - SIGN)

    def put(self, other: Card, x: float, y: float) -> None:
        """Another card at that place."""
        self.rows += (Row(row.text, row.x + x, row.y + y, row.face, row.name) for row in other.rows)
        self.signs += (Sign(sign.mark, sign.x + x, sign.y + y) for sign in other.signs)
        self.frames += (Frame(each.x + x, each.y + y, each.width, each.height) for each in other.frames)


def card_of(box: Box) -> Card:
    """The words of a box, long ones broken, very long ones cut."""
    card = Card()
    card.write(box.called, TITLE, "title", width=TEXT_WIDTH)
    card.height += GAP if box.lines or box.items or box.tasks else 0.0
    for line in box.lines:
        card.write(line, SMALL, "small", width=TEXT_WIDTH)
    card.height += GAP if box.lines and box.items else 0.0
    card.enlist(box.items, TEXT_WIDTH)
    for beside in _rows(box.tasks):
        _put_beside(card, beside)
    return card


def _rows(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    return (tasks[at : at + BESIDE] for at in range(0, len(tasks), BESIDE))


def _put_beside(card: Card, tasks: Sequence[Task]) -> None:
    """Tasks in frames of one height, from left to right."""
    top = card.height + 2 * GAP
    cards = [_task(task) for task in tasks]
    height = max(each.height for each in cards) + 2 * PAD
    for at, each in enumerate(cards):
        x = at * (TASK_WIDTH + 2 * PAD + PAD)
        card.frames.append(Frame(x, top, TASK_WIDTH + 2 * PAD, height))
        card.put(each, x + PAD, top + PAD)
    card.height = top + height


def _task(task: Task) -> Card:
    card = Card()
    card.write(task.title, TASK, "task-title", width=TASK_WIDTH)
    for line in task.lines:
        card.write(line, SMALL, "small", width=TASK_WIDTH)
    card.enlist(task.items, TASK_WIDTH)
    return card
