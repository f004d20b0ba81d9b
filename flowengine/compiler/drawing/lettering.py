"""How much room words take in a drawing and where their lines break, without asking any font.

The layout measures with it and the drawings clean their words with it. It estimates on the wide
side: a box a little too large is better than a word that runs out of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

ELLIPSIS: Final = "…"
# What XML 1.0 forbids, and the C1 controls it merely discourages.
_FORBIDDEN: Final = re.compile("[^\t\n\r -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BROAD: Final = frozenset("mwMW@%&")
_NEVER_FIRST: Final = frozenset("，。、；：！？）》」』】〉%,.;:!?)]}…")
_NEVER_LAST: Final = frozenset("（《「『【〈([{")


@dataclass(frozen=True, slots=True)
class Face:
    """A size of letters in pixels: `line` from one line to the next, `weight` what bold adds in width."""

    size: float
    line: float
    weight: float = 1.0

    def width(self, rows: Iterable[str]) -> float:
        """The width of the longest row in pixels."""
        return max((measure(row) for row in rows), default=0.0) * self.size * self.weight

    def wrap(self, text: str, *, width: float, lines: int) -> tuple[str, ...]:
        """The text in at most `lines` rows of at most `width` pixels."""
        return wrap(text, width=width / self.size / self.weight, lines=lines)


HEADING: Final = Face(20.0, 28.0, 1.07)
TITLE: Final = Face(15.0, 20.0, 1.07)
TASK: Final = Face(13.0, 17.0, 1.07)
SMALL: Final = Face(12.5, 16.5)


def clean(text: str) -> str:
    """The words on one line, without the characters that no XML document may hold."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def measure(text: str) -> float:
    """The width of a line in em."""
    return sum(_advance(character) for character in text)


def wrap(text: str, *, width: float, lines: int) -> tuple[str, ...]:
    """The text as at most `lines` lines of at most `width` em; what does not fit becomes "…"."""
    rows = _filled(text, width)
    if len(rows) > lines:
        last = rows[lines - 1]
        return (*rows[: lines - 1], last[: _longest(last, width - 1)].rstrip() + ELLIPSIS)
    # As narrow as the same number of lines allows, or a single character may be left to the last one.
    narrower = (_filled(text, width - step / 2) for step in range(1, int(width)))
    return (rows, *takewhile(lambda other: len(other) == len(rows), narrower))[-1]


def _filled(text: str, width: float) -> tuple[str, ...]:
    rows: list[str] = []
    while text:
        end = _fitting(text, width)
        rows.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return tuple(rows)


def _fitting(text: str, width: float) -> int:
    longest = _longest(text, width)
    if longest == len(text):
        return longest
    # Between two words rather than within one, as long as the row is not left half empty.
    words = (at for at in range(longest, longest * 3 // 5, -1) if " " in text[at - 1 : at + 1])
    return next(words, None) or next((at for at in range(longest, 0, -1) if _may_break(text, at)), longest)


def _longest(text: str, width: float) -> int:
    used = 0.0
    for at, character in enumerate(text):
        used += _advance(character)
        if used > width and at > 0:
            return at
    return len(text)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if " " in (before, after):
        return True
    return (_wide(before) or _wide(after)) and before not in _NEVER_LAST and after not in _NEVER_FIRST


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def _advance(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if _wide(character):
        return 1.0
    if character in _BROAD:
        return 0.9
    return 0.55 if character.isascii() and not character.isupper() else 0.7
