"""Texts with marks in them: `|` is where the cursor stands, `«…»` is what is underlined."""

from __future__ import annotations

from typing import NamedTuple

from tests.editor.language_server import Place


class Marked(NamedTuple):
    """A text without its marks, where the cursor stands in it, and what is underlined."""

    text: str
    cursor: Place | None
    underlined: tuple[tuple[Place, Place], ...]


def marked(text: str) -> Marked:
    """The text and its marks. The cursor is the first `|`, if there is one."""
    bare, at, starts, ranges = "", None, [], []
    for sign in text:
        if sign == "«":
            starts.append(place(bare))
        elif sign == "»":
            ranges.append((starts.pop(), place(bare)))
        elif sign == "|" and at is None:
            at = place(bare)
        else:
            bare += sign
    return Marked(bare, at, tuple(sorted(ranges)))


def place(before: str) -> Place:
    """The place behind a text, in UTF-16 units, of which a rare character has two."""
    last = before[before.rfind("\n") + 1 :]
    return Place(before.count("\n"), len(last.encode("utf-16-le")) // 2)
