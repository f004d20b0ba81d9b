"""From the parser's marks to places: where a value begins behind its anchor, where an empty one stands.

Used by the tree of a document. Both parsers count lines and characters from 0 in the same way once the
characters that they take for line ends are refused.
"""

from __future__ import annotations

import re
from typing import Any, Final

from flowengine.definition.document.characters import GAP, line_of, moved, shown
from flowengine.definition.findings import Line, Place

_COLON: Final = re.compile(GAP + ":")
_ANCHOR: Final = re.compile(r"&[0-9A-Za-z_-]+" + GAP)
_TAG: Final = re.compile(r"![^\s,\[\]{}]*")


class Marks:
    """The text of one file under the parser's marks. `apart` lets each line say of which file it is."""

    def __init__(self, text: str, file: str, *, apart: bool = False) -> None:
        self._text = text
        self._file = file
        self._apart = apart

    def place(self, mark: Any) -> Place:
        """The place of a mark: a value, or the anchor or tag before it."""
        line = Line(mark.line + 1, self._file) if self._apart else mark.line + 1
        return Place(self._file, line, mark.column + 1)

    def behind_anchor(self, mark: Any) -> Place:
        """The place of the value whose anchor begins at the mark."""
        anchor = _ANCHOR.match(self._text, mark.index)
        return moved(self.place(mark), anchor.group()) if anchor else self.place(mark)

    def raw(self, event: Any) -> str:
        """A text as the file has it, with quotes and all, if between them it is not what it means."""
        start, end = event.start_mark.index, event.end_mark.index
        if end - start == len(event.value) + (2 if event.style in ("'", '"') else 0):
            return ""
        anchor = _ANCHOR.match(self._text, start) if event.anchor else None
        return self._text[anchor.end() if anchor else start : end]

    def behind_colon(self, mark: Any) -> Place | None:
        """The place right behind the colon of the key that ends at the mark; none if it has no colon."""
        colon = _COLON.match(self._text, mark.index)
        return moved(self.place(mark), colon.group()) if colon else None

    def tag(self, mark: Any) -> tuple[Place, str]:
        """The tag at the mark, or behind the anchor that stands there, as it is written."""
        tag = _TAG.search(self._text, mark.index)
        assert tag, "the parser found one"
        return moved(self.place(mark), self._text[mark.index : tag.start()]), shown(tag.group())

    def line(self, mark: Any) -> str:
        """The line of the mark, as a sentence quotes it."""
        return shown(line_of(self._text, mark.index))
