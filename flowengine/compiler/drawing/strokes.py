"""Lines through points as SVG path data: corners rounded, arrowheads at the end.

Only `svg` uses it. It knows points and nothing of boxes or ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Final

Point = tuple[float, float]

CORNER: Final = 9.0  # the radius where a line turns
HEAD: Final = 9.0  # an arrowhead from tip to base, and half as wide as this
HALF: Final = 4.2
SAME: Final = 0.05  # points nearer to one another than this are one


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def shaft(points: Sequence[Point]) -> str:
    """The line up to where its arrowhead begins."""
    bends = _bends(points)
    return path((*bends[:-1], _toward(bends[-1], bends[-2], HEAD - 2)))


def path(points: Sequence[Point]) -> str:
    """The line through the points."""
    bends = _bends(points)
    steps = [f"M{_at(bends[0])}"]
    for before, corner, after in zip(bends, bends[1:], bends[2:], strict=False):
        room = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        begins, ends = _toward(corner, before, room), _toward(corner, after, room)
        steps.append(f"L{_at(begins)}Q{_at(corner)} {_at(ends)}")
    return "".join((*steps, f"L{_at(bends[-1])}"))


def head(points: Sequence[Point]) -> str:
    """The arrowhead at the last point."""
    before, tip = _bends(points)[-2:]
    x, y = _toward(tip, before, HEAD)
    aside, down = (0.0, HALF) if y == tip[1] else (HALF, 0.0)
    return f"M{_at(tip)}L{_at((x - aside, y - down))}L{_at((x + aside, y + down))}Z"


def _bends(points: Sequence[Point]) -> list[Point]:
    """The points at which the line begins, turns and ends."""
    bends: list[Point] = []
    for point in points:
        if bends and _length(bends[-1], point) < SAME:
            continue
        if len(bends) > 1 and any(bends[-2][axis] == bends[-1][axis] == point[axis] for axis in (0, 1)):
            bends.pop()
        bends.append(point)
    return bends


def _toward(start: Point, end: Point, distance: float) -> Point:
    part = distance / _length(start, end)
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _length(start: Point, end: Point) -> float:
    return hypot(end[0] - start[0], end[1] - start[1])


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
