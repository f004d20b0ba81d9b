"""One expression on its way from characters to terms: where its parts stand, what was found wrong.

Passed along by everything that reads an expression; it decides nothing about the language itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import field

from flowengine.definition.findings import Finding, Place
from flowengine.definition.kinds import Kind, Scope
from flowengine.definition.unwritten import unwritten
from flowengine.texts import Phrase

_BREAKS = re.compile(r"\s*\n\s*")
_BEFORE_OPERATOR = re.compile(r"[\s)]*")
_SHOWN = 60


@unwritten(frozen=True, slots=True)
class Sentence:
    """The expression `source`, which begins at `place`. Offsets count characters from 0.

    `at` gives the place in the file of the character at an offset.
    """

    source: str
    place: Place
    scope: Scope
    at: Callable[[int], Place]
    findings: list[Finding] = field(default_factory=list)

    def line(self) -> str:
        """The expression on one line without space around it: what is given to the parser."""
        return self.source.strip().replace("\n", " ").replace("\r", " ")

    def span(self, node: ast.expr) -> tuple[int, int]:
        """The offsets of the first character of a parsed part and of the one after its last."""
        lead = len(self.source) - len(self.source.lstrip())
        start, end = node.col_offset, node.end_col_offset or node.col_offset
        if not self.source.isascii():  # the parser counts bytes of UTF-8
            line = self.line().encode()
            start, end = len(line[:start].decode()), len(line[:end].decode())
        return lead + start, lead + end

    def text(self, start: int, end: int) -> str:
        """What is written between two offsets, on one line."""
        return _BREAKS.sub(" ", self.source[start:end])

    def written(self, node: ast.expr) -> str:
        """What is written for a parsed part, without the brackets around it."""
        return self.text(*self.span(node))

    def operator_after(self, node: ast.expr) -> int:
        """The offset of the operator that follows a parsed part."""
        end = self.span(node)[1]
        found = _BEFORE_OPERATOR.match(self.source, end)
        return found.end() if found else end

    def wrong(self, code: str, offset: int, *, hint: str = "", **params: object) -> None:
        """Notes that something is wrong at `offset`. Kinds are put into words, long texts are cut."""
        said = {name: _said(value) for name, value in params.items()}
        self.findings.append(Finding(code, self.at(offset), said, hint))


def _said(value: object) -> object:
    match value:
        case Kind():
            return Phrase(f"value.{value}")
        case str():
            return shortened(value)
    return value


def shortened(text: str) -> str:
    """The text as a message quotes it: no longer than a person reads."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
