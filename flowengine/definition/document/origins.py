"""Where in the file a character of a value stands, when escapes or several lines make it another place.

Used by whoever finds something wrong inside a value, such as a condition. What YAML changes on the way from
file to value is blanks, line ends and escapes; every other character keeps its order, and is found by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flowengine.definition.document.characters import moved
from flowengine.definition.findings import Place

_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n)?")
_SINGLE = re.compile(r"''|.", re.DOTALL)
_DOUBLE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)|[^\\]", re.DOTALL)
_PLAIN = re.compile(r".", re.DOTALL)
_ESCAPED_BLANKS = frozenset("tnvfrNLP_ \t\r\n")


@dataclass(frozen=True, slots=True)
class Origin:
    """A value as it stands in the file from `place` on: `raw`, with its quotes or its `|`, meaning `text`."""

    place: Place
    raw: str
    text: str

    def at(self, offset: int) -> Place:
        """The place of the character at `offset` of the text; of the end, right behind the last one."""
        return moved(self.place, self.raw[: self._offsets()[offset]])

    def _offsets(self) -> list[int]:
        """For each character of the text, and for its end, the offset in the file's own writing."""
        signs = self._signs()
        offsets: list[int] = []
        behind = self._start()
        for character in self.text:
            if character.isspace():
                same = self.raw[behind : behind + 1] == character
                offsets.append(behind)
                behind += same and character not in "\r\n"
                continue
            start, behind = next(signs, (behind, behind))
            offsets.append(start)
        return [*offsets, behind]

    def _start(self) -> int:
        header = _HEADER.match(self.raw)
        return header.end() if header else int(self.raw[:1] in ("'", '"'))

    def _signs(self) -> Iterator[tuple[int, int]]:
        """Where each character that is no blank begins and ends."""
        pattern = {"'": _SINGLE, '"': _DOUBLE}.get(self.raw[:1], _PLAIN)
        end = len(self.raw) - (pattern is not _PLAIN)
        for sign in pattern.finditer(self.raw, self._start(), end):
            if not _is_blank(sign[0]):
                yield sign.span()


def _is_blank(sign: str) -> bool:
    if sign[0] != "\\" or len(sign) == 1:
        return sign.isspace()
    if sign[1] in "xuU" and len(sign) > len("\\x"):
        return chr(min(int(sign.lstrip("\\xuU"), 16), 0x10FFFF)).isspace()
    return sign[1] in _ESCAPED_BLANKS
