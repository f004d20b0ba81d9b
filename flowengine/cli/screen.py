"""Words on a terminal: how wide they are, under each other, pointed at. Pure but for colour and printing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, Final
from unicodedata import category, east_asian_width

import click

ROOM: Final = 100
"""The columns of a source line that are shown around the place that is pointed at."""


def width(text: str) -> int:
    """The columns that `text` takes on a terminal: a Chinese character takes two, an accent none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def visible(text: str) -> str:
    """`text` on one line and without the signs that would steer a terminal."""
    return "".join(
        " " if sign in "\t\n\r" else "�" if category(sign) in ("Cc", "Cs") else sign for sign in text
    )


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """`text` with blanks up to so many columns, behind it or before it."""
    blanks = " " * max(columns - width(text), 0)
    return blanks + text if right else text + blanks


def table(
    rows: Iterable[Sequence[object]], *, head: Sequence[str] = (), right: Collection[int] = (), gap: int = 2
) -> Iterator[str]:
    """The rows as lines with their cells under each other; the columns numbered in `right` end together."""
    lines = [[visible(str(cell)) for cell in row] for row in ([head, *rows] if head else rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [padded(cell, widths[at], right=at in right) for at, cell in enumerate(line)]
        yield (" " * gap).join(cells).rstrip()


def pointed(line: str, column: int, length: int = 1, *, room: int = ROOM) -> tuple[str, str]:
    """A source line and the line below it with carets under `length` characters from `column` (from 1) on.

    Both are cut around the place when the line takes more than `room` columns.
    """
    at = min(column - 1, len(line))
    shown = line.replace("\t", " ")
    ends = list(accumulate(map(_columns, shown), initial=0))
    first, last = 0, len(shown)
    if ends[-1] > room:
        first = next(index for index, end in enumerate(ends) if end >= ends[at] - room // 2 or index == at)
        last = max(index for index, end in enumerate(ends) if end <= ends[first] + room)
        shown = shown[:last]
    before = "…" if first else ""
    carets = max(ends[min(at + length, last)] - ends[at], 1)
    return visible(before + shown[first:]), " " * (width(before) + ends[at] - ends[first]) + "^" * carets


def iso(at: int | None) -> str | None:
    """An instant in milliseconds UTC as programs read it: `2026-02-12T08:30:00.000Z`."""
    if at is None:
        return None
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def json_text(data: Any, encoding: str | None = "utf-8") -> str:
    """`data` as JSON that is valid UTF-8 even where it is printed in another encoding: then it is escaped."""
    is_utf8 = (encoding or "").lower().replace("-", "").replace("_", "") == "utf8"
    return json.dumps(data, ensure_ascii=not is_utf8, indent=2, default=str)


def takes_colour(stream: Any) -> bool:
    """Whether `stream` is a terminal that shows colours, and nobody has asked for none."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and bool(stream.isatty())


def print_json(data: Any) -> None:
    """Print `data` as JSON."""
    click.echo(json_text(data, getattr(sys.stdout, "encoding", None)))
