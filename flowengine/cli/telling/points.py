"""All needs of an explanation, wherever they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.kernel.explain import Explanation, Point


def every_point(explanation: Explanation) -> Iterator[Point]:
    """Those of the stage, of its tasks, of clocks, holds and lanes, and the parts of a choice of several."""
    yield from _every(explanation.points)
    yield from _every(point for task in explanation.tasks for point in task.points)
    yield from _every(point for clock in explanation.clocks for point in clock.points)
    yield from _every(point for hold in explanation.holds for point in hold.points)
    yield from _every(lane.point for lane in explanation.lanes if lane.point)


def _every(points: Iterable[Point]) -> Iterator[Point]:
    for point in points:
        yield point
        yield from _every(point.parts)
