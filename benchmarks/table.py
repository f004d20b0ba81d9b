"""All figures as plain text in fixed columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.figure import Figure, number

HEAD = ("what", "measured", "unit", "bare driver", "share", "gate", "aim", "met?", "remarks")
TEXTS = frozenset({"what", "unit", "met?", "remarks"})


def table(figures: Iterable[Figure]) -> str:
    """The table, with a line for each figure."""
    rows = [HEAD, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.what,
        number(figure.measured),
        figure.unit,
        "" if figure.bare is None else number(figure.bare),
        "" if figure.share is None else f"{figure.share:.2f}",
        figure.goal.shown(figure.goal.gate),
        figure.goal.shown(figure.goal.aim),
        figure.met,
        figure.note,
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.ljust(width) if name in TEXTS else cell.rjust(width)
        for name, cell, width in zip(HEAD, row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()
