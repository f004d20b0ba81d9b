"""How far out from the boxes each line runs: rails nearest, then loops, the words of all, and lanes.

Two lines at the same height never get the same track. `layout` turns distances into coordinates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flowengine.compiler.drawing.courses import Run
from flowengine.compiler.drawing.lettering import SMALL
from flowengine.compiler.drawing.ports import Heights, Notes

RAIL: Final = 14.0  # from one track to the next, by course
LOOP: Final = 20.0
LANE: Final = 16.0
CLEAR: Final = 8.0  # between words and whatever stands next to them


@dataclass(frozen=True, slots=True)
class Flank:
    """One side of the normal path: how far out each run goes, where words begin, how far all reach."""

    out: Mapping[Run, float]
    words: float
    reach: float


def flank(side: int, runs: Sequence[Run], notes: Notes, heights: Heights) -> Flank:
    """The runs on that side of the path. A loop of an end beside the path stays outside its column."""
    here = [run for run in runs if run.side == side and not (run.course == "loop" and run.beside)]
    here = [run for run in here if run.course != "straight"]
    rails = _tracks([run for run in here if run.course == "rail"], heights)
    lanes = _tracks([run for run in here if run.course == "lane"], heights)
    loops = [run for run in here if run.course == "loop"]
    inner = RAIL * _count(rails) + (LOOP if loops else 0)
    words = max((SMALL.width(notes[run]) for run in here if run.labelled_at not in run.beside), default=0.0)
    gutter = inner + (words + 2 * CLEAR if words else CLEAR)
    out = {run: RAIL * (track + 1) for run, track in rails.items()}
    out |= dict.fromkeys(loops, inner)
    out |= {run: gutter + LANE * (track + 0.5) for run, track in lanes.items()}
    return Flank(out, inner + CLEAR, gutter + LANE * _count(lanes) if here else 0.0)


def _tracks(runs: Sequence[Run], heights: Heights) -> dict[Run, int]:
    """For each run the innermost track outside all that were given before to runs at the same height."""
    tracks: dict[Run, int] = {}
    spans: dict[Run, tuple[float, float]] = {}
    for run in runs:
        ends = [heights.bands[run, name].line for name in (*run.sources, run.target)]
        spans[run] = min(ends) - CLEAR / 2, max(ends) + CLEAR / 2
        inside = [track for other, track in tracks.items() if _meet(spans[run], spans[other])]
        tracks[run] = 1 + max(inside, default=-1)
    return tracks


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _count(tracks: Mapping[Run, int]) -> int:
    return 1 + max(tracks.values(), default=-1)
