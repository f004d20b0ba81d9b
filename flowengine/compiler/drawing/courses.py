"""Which course each way takes through a drawing: straight down, round a side, along a rail, in a loop.

`layout` asks it what to place; it knows the order of the boxes and nothing of coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flowengine.compiler.drawing.chart import Box, Chart, Way
from flowengine.compiler.drawing.lettering import clean

LEFT: Final = -1
RIGHT: Final = 1
Course = Literal["straight", "lane", "rail", "loop"]
Manner = Literal["path", "jump", "return", "whole"]


@dataclass(frozen=True, slots=True)
class Run:
    """Ways drawn as one line. A rail gathers the ways of the whole order to one target on its way.

    `sources` starts with the one farthest from the target. `beside` names those of its boxes that stand
    beside the normal path, `span` is the number of rows that it passes.
    """

    ways: tuple[Way, ...]
    course: Course
    side: int
    sources: tuple[str, ...]
    target: str
    beside: frozenset[str]
    span: int

    @property
    def words(self) -> tuple[str, ...]:
        """What is written at the line: each label once, and of several one can see where each begins."""
        labels = tuple(dict.fromkeys(filter(None, (clean(way.label) for way in self.ways))))
        return labels if len(labels) == 1 else tuple(f"· {label}" for label in labels)

    @property
    def manner(self) -> Manner:
        """What the line means for an order, which is how it looks."""
        if all(way.kind == "whole" for way in self.ways):
            return "whole"
        if self.course == "straight":
            return "path"
        return "return" if self.side == LEFT or self.course == "loop" else "jump"

    @property
    def labelled_at(self) -> str:
        """The box next to which the words stand: where the way is taken, if that is on the path."""
        source = self.sources[0]
        return self.target if source in self.beside and self.target not in self.beside else source

    def face(self, name: str) -> int | None:
        """The side on which the run touches that box; None where it does not, or from above or below."""
        if self.course == "straight" or name not in (*self.sources, self.target):
            return None
        return LEFT if name in self.beside and self.course != "loop" else self.side


def columns(chart: Chart) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The boxes of the normal path, its good end last, and the other ends, which stand beside it."""
    stages = tuple(box for box in chart.boxes if box.kind == "stage")
    ends = tuple(box for box in chart.boxes if box.kind != "stage")
    reached = {way.target for way in chart.ways if stages and way.source == stages[-1].name}
    good = [box for box in ends if box.kind == "success" or not stages]
    final = next((box for box in good if box.name in reached), good[0] if good else None)
    return (*stages, final) if final else stages, tuple(box for box in ends if box is not final)


def runs_of(chart: Chart, spine: Iterable[Box], aside: Iterable[Box]) -> tuple[Run, ...]:
    """All ways as runs, those that keep nearest to the boxes first."""
    beside = frozenset(box.name for box in aside)
    rows = {box.name: row for row, box in enumerate((*spine, *aside))}
    bundles: dict[tuple[str | bool, ...], list[Way]] = {}
    for way in chart.ways:
        course = _course(way, rows, beside)
        onward = rows[way.target] > rows[way.source]
        start = (clean(way.label), onward) if course == "rail" else (way.source, way.kind == "whole")
        bundles.setdefault((course, way.target, *start), []).append(way)
    runs = (_run(_course(ways[0], rows, beside), tuple(ways), rows, beside) for ways in bundles.values())
    return tuple(sorted(runs, key=lambda run: (run.course == "lane", len(run.beside), run.span)))


def _course(way: Way, rows: Mapping[str, int], beside: frozenset[str]) -> Course:
    if way.source == way.target:
        return "loop"
    if way.kind == "whole" and way.source not in beside:
        return "rail"
    follows = rows[way.target] == rows[way.source] + 1
    return "straight" if follows and way.target not in beside else "lane"


def _run(course: Course, ways: tuple[Way, ...], rows: Mapping[str, int], beside: frozenset[str]) -> Run:
    target = ways[0].target
    names = {way.source for way in ways}
    sources = tuple(sorted(names, key=lambda name: -abs(rows[target] - rows[name])))
    touching = beside & {target, *sources}
    returns = not touching and rows[target] < rows[sources[0]]
    loops = course == "loop" and not touching
    return Run(
        ways=ways,
        course=course,
        side=LEFT if returns or loops else RIGHT,
        sources=sources,
        target=target,
        beside=touching,
        span=abs(rows[target] - rows[sources[0]]),
    )
