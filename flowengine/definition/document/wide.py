"""Full-width characters where YAML or the language has signs of its own, as Chinese keyboards type them.

Within a text for people they are what they should be; where a colon parts a key from its value, a comma two
entries or a number is meant, only the half-width character counts. Used by the reader and the first gate.
"""

from __future__ import annotations

import re
from typing import Final

from flowengine.definition.document.characters import code_point
from flowengine.definition.findings import Finding, Place
from flowengine.texts import TEXTS

_FIRST: Final = "\uff01"
_LAST: Final = "\uff5e"
_MEANT: Final = {
    "\u201c": '"', "\u201d": '"', "\u300c": '"', "\u300d": '"', "\u2018": "'", "\u2019": "'",
    "\u3001": ",", "\u3002": ".", "\u3000": " ",
}  # fmt: skip
_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.-]*"
_IN_PLACE_OF_A_SIGN: Final = re.compile(
    rf"""^[\ \t]*(?:-\ +)*(?P<indent>\u3000)      # before anything else on the line
       | ^[\ \t]*(?P<dash>－)[\ \u3000]            # a list
       | (?:^[\ \t]*(?:-\ +)*|[{{,，]\s*){_NAME}\s*(?P<colon>：)
       | (?P<comma>[，、])\s*{_NAME}\s*[:：](?:\s|$)
       | (?P<bracket>[｛｝［］])""",
    re.VERBOSE | re.MULTILINE,
)
_QUOTES: Final = frozenset("“‘「")
_QUOTED: Final = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」", re.DOTALL)


def wide_sign(text: str, start: int = 0, end: int | None = None) -> int | None:
    """The index of the first full-width character between the two that stands for a sign of YAML."""
    found = _IN_PLACE_OF_A_SIGN.search(text, start, len(text) if end is None else end)
    return found.start(found.lastgroup or 0) if found else None


def wide_letter(word: str) -> int | None:
    """The index of the first full-width character of a word that would be right but for its width."""
    if word.isascii() or not all(_narrow(character).isascii() for character in word):
        return None
    return next(index for index, character in enumerate(word) if not character.isascii())


def is_wide_quoted(text: str) -> bool:
    """Whether a text without YAML's quotes stands in a pair of those that are printed."""
    return text[:1] in _QUOTES and bool(_QUOTED.fullmatch(text))


def wide_finding(place: Place, character: str) -> Finding:
    """The finding for the full-width `character` at `place`: which one to type instead."""
    if character.isspace():
        return Finding("FE030", place, {"found": code_point(character), "wanted": TEXTS["FE030.space"]})
    return Finding("FE030", place, {"found": character, "wanted": _narrow(character)})


def _narrow(character: str) -> str:
    if _FIRST <= character <= _LAST:
        return chr(ord(character) - ord(_FIRST) + ord("!"))
    return _MEANT.get(character, character)
