"""How high everything stands: the boxes of both columns, and where each line meets a box.

A line gets a band of its own on the face of a box, high enough for its words, and the bands are so
ordered that lines on one face need not cross. `layout` adds what lies to the left and right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flowengine.compiler.drawing.cards import Card
from flowengine.compiler.drawing.chart import Box
from flowengine.compiler.drawing.courses import LEFT, RIGHT, Run
from flowengine.compiler.drawing.lettering import SMALL

Notes = Mapping[Run, tuple[str, ...]]
Stacks = Mapping[tuple[str, int], Sequence["Band"]]

GAP: Final = 34.0  # between the boxes of the normal path; the ends beside it stand closer
GAP_ASIDE: Final = 22.0
PAD: Final = 10.0  # above and below the words of a box
BAND: Final = 16.0  # for a line without words
LOOP_HEIGHT: Final = 20.0


@dataclass(frozen=True, slots=True)
class Band:
    """The part of a face that one run has to itself; its line meets the box at height `line`."""

    run: Run
    top: float
    height: float
    line: float

    @property
    def bottom(self) -> float:
        """Where the next band may begin."""
        return self.top + self.height

    def lowered(self, by: float) -> Band:
        """The same band so much further down."""
        return Band(self.run, self.top + by, self.height, self.line + by)


@dataclass(frozen=True, slots=True)
class Heights:
    """What is settled: the top and height of each box, and the band of each run at each box."""

    tops: Mapping[str, float]
    heights: Mapping[str, float]
    bands: Mapping[tuple[Run, str], Band]


def heights_of(
    spine: Sequence[Box],
    aside: Sequence[Box],
    runs: Sequence[Run],
    notes: Notes,
    cards: Mapping[str, Card],
    *,
    start: float,
) -> Heights:
    """The boxes one under another from `start`, the ends beside the path level with its good end."""
    names = [box.name for box in (*spine, *aside)]
    sides = (LEFT, RIGHT)
    stacks = {(name, side): _stack(name, side, runs, notes, names) for name in names for side in sides}
    heights = {
        box.name: PAD + max(cards[box.name].height + PAD, *(_deep(stacks[box.name, side]) for side in sides))
        for box in (*spine, *aside)
    }
    gaps = {run.sources[0]: len(notes[run]) * SMALL.line + 24 for run in runs if run.course == "straight"}
    tops: dict[str, float] = {}
    for box in spine:
        tops[box.name] = start
        start += heights[box.name] + max(GAP, gaps.get(box.name, 0.0))
    if spine and spine[-1].kind != "stage":
        start = _level(spine[-1].name, [box.name for box in aside], tops, heights, stacks)
    for box in aside:
        tops[box.name] = start
        start += heights[box.name] + GAP_ASIDE
    bands = {
        (band.run, name): band.lowered(tops[name] + (heights[name] - _deep(stack)) / 2)
        for (name, _), stack in stacks.items()
        for band in stack
    }
    return Heights(tops, heights, bands)


def _level(
    end: str, aside: Sequence[str], tops: Mapping[str, float], heights: Mapping[str, float], stacks: Stacks
) -> float:
    """The top of the first end beside the path: level with the end of the path, if their lines allow it."""
    level = tops[end]
    if aside:
        level = max(level, level + (heights[end] - heights[aside[0]]) / 2)
    used = stacks[end, RIGHT]
    far = any(band.run.beside for band in used)
    above = 0.0
    for name in aside:
        stack = stacks[name, LEFT]
        # Lines at one height run into each other where one reaches as far out as the other comes from.
        if used and (far or any(band.run.course == "rail" for band in stack)):
            lowest = tops[end] + (heights[end] + _deep(used)) / 2
            level = max(level, lowest - above - (heights[name] - _deep(stack)) / 2)
        above += heights[name] + GAP_ASIDE
    return level


def _stack(name: str, side: int, runs: Sequence[Run], notes: Notes, names: Sequence[str]) -> list[Band]:
    """The bands on one face, from the top of the stack down: lines that go up, loops, lines that go down."""
    here = [(near, run) for near, run in enumerate(runs) if run.face(name) == side]
    stack: list[Band] = []
    for _, run in sorted(here, key=lambda entry: _order(name, names, near=entry[0], run=entry[1])):
        height, drop = _room(run, len(notes[run]) if run.labelled_at == name else 0)
        top = _deep(stack)
        stack.append(Band(run, top, height, top + drop))
    return stack


def _order(name: str, names: Sequence[str], *, near: int, run: Run) -> tuple[int, int]:
    """Of lines going up, the nearest must come first or the others cut across it; down, the farthest."""
    other = names.index(run.sources[0] if run.target == name else run.target)
    up = other < names.index(name)
    group = 0 if run.course == "loop" else -1 if up else 1
    # An end beside the path has the lanes on its left: those near the path are far from it.
    return group, near if up != (name in run.beside) else -near


def _room(run: Run, rows: int) -> tuple[float, float]:
    """The height of a band with so many rows of words, and how far down in it the line runs."""
    words = rows * SMALL.line
    if run.course == "loop":
        height = max(words, LOOP_HEIGHT) + BAND
        return height, height / 2
    if run.course == "rail":
        height = max(words + 4, BAND)
        return height, height / 2
    return (words + 8, words + 3) if rows else (BAND, BAND / 2)


def _deep(stack: Sequence[Band]) -> float:
    return stack[-1].bottom if stack else 0.0
