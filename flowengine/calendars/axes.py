"""Positions on the axes of working time and of working days: how much lies between two instants.

A calendar is cut into chapters of equal length; each holds its stretches of running time with sums, so that
a question about it is one search by halves. Who asks is `Calendar`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

CHAPTER: Final = 128 * 86_400_000
"""Milliseconds of a chapter: long enough for most clocks, short enough to be worked out at once."""


class Stretch(NamedTuple):
    """From `start` to `end` the position goes evenly from `position` on; it stands still until the next."""

    start: int
    end: int
    position: int


class Chapter:
    """One chapter of an axis. Positions count from its start; `total` is that of its end."""

    __slots__ = ("_ends", "_positions", "_reached", "_starts", "total")

    def __init__(self, number: int, stretches: Sequence[Stretch]) -> None:
        """Of `stretches`, which follow one another, the part that lies in the chapter of that number."""
        first, last = number * CHAPTER, (number + 1) * CHAPTER
        before = _position(stretches, first)
        parts = [Stretch(first, first, before)]
        for each in stretches:
            start, end = max(each.start, first), min(each.end, last)
            if start <= end:
                parts.append(Stretch(start, end, each.position + start - each.start))
        parts.append(Stretch(last, last, _position(stretches, last)))
        self._starts = [part.start for part in parts]
        self._ends = [part.end for part in parts]
        self._positions = [part.position - before for part in parts]
        self._reached = [part.position - before + part.end - part.start for part in parts]
        self.total = self._positions[-1]

    def position(self, at: int) -> int:
        """How far the axis has come at an instant of the chapter."""
        found = bisect_right(self._starts, at) - 1
        return self._positions[found] + min(at, self._ends[found]) - self._starts[found]

    def first(self, position: int) -> int:
        """The first instant at which the axis has come so far; at most `total` far."""
        found = bisect_left(self._reached, position)
        return self._starts[found] + max(0, position - self._positions[found])

    def last(self, position: int) -> int:
        """The last instant at which the axis has come no farther; from 0 to less than `total`."""
        found = bisect_right(self._positions, position) - 1
        at = self._starts[found] + position - self._positions[found]
        return at if at <= self._ends[found] else self._starts[found + 1] - 1


def _position(stretches: Sequence[Stretch], at: int) -> int:
    begun = [each for each in stretches if each.start <= at]
    if not begun:
        return stretches[0].position if stretches else 0
    return begun[-1].position + min(at, begun[-1].end) - begun[-1].start
