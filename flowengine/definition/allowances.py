"""Comments that allow a warning, with a reason: `# flowengine: allow FE408 because …`.

Such a comment stands on the line of the warning, or alone on the line above it. Errors are never allowed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import yaml

from flowengine.definition.document.characters import decoded, shown
from flowengine.definition.document.parsing import PARSER
from flowengine.definition.findings import Finding, Place, nearest, ordered
from flowengine.texts import TEXTS

_MENTIONED: Final = re.compile(r"#[ \t]*flowengine[ \t]*[:\uff1a]")
_COMMENT: Final = re.compile(
    r"(?:^|(?<=[ \t]))\#[ \t]*flowengine[ \t]*(?P<colon>[:\uff1a])[ \t]*"
    r"(?P<verb>[A-Za-z]\w*)(?P<rest>[^\r\n]*)",
    re.MULTILINE,
)
_ALLOWED: Final = re.compile(
    r"[ \t]+(?P<codes>[A-Za-z]+[0-9]+(?:[ \t]*,[ \t]*[A-Za-z]+[0-9]+)*)(?:[ \t]+because[ \t]*(?P<reason>.*))?"
)
_CODE: Final = re.compile(r"[A-Za-z]+[0-9]+")
_LINE: Final = re.compile(r"(?:\A|(?<=\n)|(?<=\r)(?!\n))")
_COMMENT_LINE: Final = re.compile(r"[ \t]*#")
_REST_OF_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_KNOWN: Final = re.compile(r"FE[0-9]{3}")


class Allowed(NamedTuple):
    """A warning that a comment allows, and the reason that it gives."""

    finding: Finding
    reason: str


@dataclass(slots=True)
class _Allowance:
    """One code that a comment allows on line `target`."""

    place: Place
    code: str
    target: int
    reason: str
    used: bool = field(default=False)


def weighed(
    findings: Iterable[Finding], data: bytes | str, file: str, *, whole: bool = True
) -> tuple[tuple[Finding, ...], tuple[Allowed, ...]]:
    """The findings that are to be told, those on comments among them; and the warnings that are allowed.

    Of a file that is not `whole` nobody knows what else is found in it, so no comment is called useless.
    """
    found = tuple(findings)
    text, unreadable = decoded(data, file)
    if unreadable or not _MENTIONED.search(text):
        return found, ()
    sheet = _Sheet(text, file)
    told = [finding for comment in sheet.comments() for finding in sheet.read(comment)]
    rest, allowed = sheet.parted(found)
    useless = _useless(found, sheet.allowances) if whole else ()
    return ordered([*told, *rest, *useless]), allowed


def allowed_in(
    findings: Iterable[Finding], data: bytes | str, file: str
) -> tuple[tuple[Finding, ...], tuple[Allowed, ...]]:
    """The findings that comments in one more file of the process do not allow, and those that they do.

    What is wrong with the comments themselves is told where that file is checked.
    """
    found = tuple(findings)
    text, unreadable = decoded(data, file)
    if unreadable or not _MENTIONED.search(text):
        return found, ()
    sheet = _Sheet(text, file)
    for comment in sheet.comments():
        tuple(sheet.read(comment))
    return sheet.parted(found)


def _useless(findings: tuple[Finding, ...], allowances: Iterable[_Allowance]) -> Iterator[Finding]:
    """Comments that allow nothing. In a file with errors nobody knows: it was not checked to its end."""
    errors = {(each.place.line, each.code) for each in findings if each.severity == "error"}
    for each in allowances:
        if (each.target, each.code) in errors:
            yield _warning("FE604", each.place, word=each.code)
        elif not each.used and not errors:
            yield _warning("FE603", each.place, word=each.code, line=each.target)


class _Sheet:
    """The text of a file with the comments in it. Looks things up: a hostile file is full of comments."""

    def __init__(self, text: str, file: str) -> None:
        self.allowances: list[_Allowance] = []
        self._by_line: dict[tuple[int, str], _Allowance] = {}
        self._text = text
        self._file = file
        self._lines = [line.start() for line in _LINE.finditer(text)]
        self._next = self._lines_that_are_no_comments()

    def parted(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Allowed, ...]]:
        """The findings that no comment allows, and those that one does."""
        rest: list[Finding] = []
        allowed: list[Allowed] = []
        for finding in findings:
            allowance = self._allowance(finding)
            if allowance:
                allowance.used = True
                allowed.append(Allowed(finding, allowance.reason))
            else:
                rest.append(finding)
        return tuple(rest), tuple(allowed)

    def _allowance(self, finding: Finding) -> _Allowance | None:
        """What allows a finding, if anything does."""
        if finding.severity == "error" or finding.place.file != self._file:
            return None
        return self._by_line.get((finding.place.line, finding.code))

    def comments(self) -> Iterator[re.Match[str]]:
        """The comments for the checker: what looks like one inside a text in quotes or a block is none."""
        texts = list(_texts(self._text))
        starts = [start for start, _ in texts]
        for comment in _COMMENT.finditer(self._text):
            before = bisect_right(starts, comment.start()) - 1
            if before < 0 or comment.start() >= texts[before][1]:
                yield comment

    def read(self, comment: re.Match[str]) -> Iterator[Finding]:
        """Notes what a comment allows; gives what is wrong with it."""
        clause = _ALLOWED.fullmatch(comment["rest"].rstrip())
        if comment["colon"] != ":":
            yield _warning("FE605", self._place(comment.start("colon")), word=comment["colon"])
        elif comment["verb"] != "allow" or not clause:
            word = comment["verb"] if comment["verb"] != "allow" else shown(f"allow{comment['rest']}")
            yield _warning("FE605", self._place(comment.start("verb")), word=word)
        else:
            yield from self._allowed(comment, clause)

    def _allowed(self, comment: re.Match[str], clause: re.Match[str]) -> Iterator[Finding]:
        reason = (clause["reason"] or "").strip()
        target = self._target(comment.start())
        for code in _CODE.finditer(clause["codes"]):
            at = self._place(comment.start("rest") + clause.start("codes") + code.start())
            if not (_KNOWN.fullmatch(code[0]) and code[0] in TEXTS):
                yield _unknown(at, code[0])
            elif not reason:
                yield _warning("FE601", at, word=code[0])
            else:
                allowance = _Allowance(at, code[0], target, reason)
                self.allowances.append(allowance)
                self._by_line.setdefault((target, code[0]), allowance)

    def _target(self, index: int) -> int:
        """The line that a comment is about: its own or, if it stands alone, the next that is no comment."""
        line = bisect_right(self._lines, index)
        if self._text[self._lines[line - 1] : index].strip():
            return line
        return self._next[line - 1]

    def _lines_that_are_no_comments(self) -> list[int]:
        """For each line the number of the first one from it on that is no comment; of the last, its own."""
        found = [len(self._lines)]
        for number in range(len(self._lines), 0, -1):
            is_comment = _COMMENT_LINE.match(self._text, self._lines[number - 1])
            found.append(found[-1] if is_comment else number)
        return found[:0:-1]

    def _place(self, index: int) -> Place:
        line = bisect_right(self._lines, index)
        return Place(self._file, line, index - self._lines[line - 1] + 1)


def _unknown(place: Place, word: str) -> Finding:
    codes = [key for key in TEXTS if _KNOWN.fullmatch(key)]
    guess = nearest(word, codes)
    params = {"word": word, "guess": guess}
    return Finding("FE602", place, params, "hint.did_you_mean" if guess else "", "warning")


def _warning(code: str, place: Place, **params: object) -> Finding:
    return Finding(code, place, params, severity="warning")


def _texts(text: str) -> Iterator[tuple[int, int]]:
    """Where each text begins and ends that a `#` may be part of; of a block from its second line on."""
    stream: Any = yaml.scan(text, Loader=PARSER)
    try:
        for token in stream:
            if isinstance(token, yaml.ScalarToken) and not token.plain:
                start, end = token.start_mark.index, token.end_mark.index
                if token.style in ("|", ">"):
                    header = _REST_OF_LINE.match(text, start)
                    start = header.end() if header else start
                yield start, end
    except (yaml.YAMLError, ValueError, RecursionError):
        return  # what cannot be read has findings of its own
