"""How much of its line a finding is about: the word, quoted text or sign that begins at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flowengine.cli.findings.checking import Sheet
from flowengine.definition.findings import Finding

_TOLD: Final = ("word", "found", "value", "field", "stage", "outcome", "need", "end", "name")
"""The parameters of a finding that may be what stands at its place, as it stands there."""
_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_WORD: Final = re.compile(r"[*&!]?(?:[^\W_](?:[\w.\-]*\w)?|\w+)")


def extent(finding: Finding, line: str) -> int:
    """The characters of `line` from the finding's column on that it is about, at least one."""
    rest = line[finding.place.column - 1 :]
    quoted = _QUOTED.match(rest)
    told = {str(finding.params[name]) for name in _TOLD if name in finding.params}
    inside = quoted.group()[1:-1] if quoted else ""
    fitting = [len(word) for word in told if word and rest.startswith(word)]
    if quoted and (not fitting or inside in told):
        return len(quoted.group())
    word = _WORD.match(rest)
    return max(fitting) if fitting else len(word.group()) if word else 1


def written(finding: Finding, line: str) -> str:
    """What stands in `line` where the finding points; empty behind the end of the line."""
    start = finding.place.column - 1
    return line[start : start + extent(finding, line)]


class Lines:
    """The lines of every file that findings are about: those checked, and those that belong to them."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._lines = {name: lines for sheet in sheets for name, lines in sheet.others.items()}
        self._lines |= {sheet.file: sheet.lines for sheet in sheets}

    def of(self, file: str) -> tuple[str, ...]:
        """The lines of a file; none of one that was not read."""
        return self._lines.get(file, ())

    def line(self, finding: Finding) -> str:
        """The line of a finding; empty where there is none that could be shown."""
        place = finding.place
        lines = self.of(place.file)
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""
