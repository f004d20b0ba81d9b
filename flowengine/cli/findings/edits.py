"""What can be mended without asking anybody: for a finding, which characters of its line become which.

Only slips with one remedy. Whether an edit helps is tried by `mending`; here nothing is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from flowengine.definition.findings import Finding
from flowengine.definition.shapes import Exp
from flowengine.definition.vocabulary import SHAPES

_WIDE_LETTERS: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_WIDE_BRACKETS: Final = str.maketrans("\uff5b\uff5d\uff3b\uff3d", "{}[]")
_PARTNERS: Final[Mapping[str, str]] = {
    "\u201c": "\u201d", "\u2018": "\u2019", "\u300c": "\u300d", "\u201e": "\u201d",
}  # fmt: skip
_TO_HALF: Final = 0xFEE0
_GLUED: Final = re.compile(r"[\w.-]+:(?=\S)")
_COMMENT: Final = re.compile(r"\s+#.*|\s+$")
_OPENED: Final = re.compile(r"[\[{(]")
_STARTS_LINE: Final = re.compile(r"\s*(?:- +)*")
_WORDY: Final = re.compile(r"\w+|==|!=|>=|<=")
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")


class Edit(NamedTuple):
    """`length` characters at `column` of `line`, both from 1, become `new`."""

    line: int
    column: int
    length: int
    new: str


def edits_of(finding: Finding, source: str) -> tuple[Edit, ...]:
    """The edits that mend a finding in its line `source`; none where a person has to decide."""
    at = finding.place.column - 1
    rule = _BY_HINT.get(finding.hint) or _BY_CODE.get(finding.code)
    found = tuple(rule(finding, source, at)) if rule else ()
    found = found or tuple(_expression(finding, source, at))
    line = finding.place.line
    return tuple(Edit(line, start + 1, length, new) for start, length, new in found)


_Change = tuple[int, int, str]
_Rule = Callable[[Finding, str, int], Iterator[_Change]]


def _meant(finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """The one word that can be meant, in the place of the one that stands there."""
    word, guess = str(finding.params.get("word")), str(finding.params.get("guess"))
    if not finding.params.get("sure"):
        return
    at += source[at : at + 1] in ("'", '"')
    # `quality.enterd` is found at its last part, where alone the two differ.
    common = max((n for n in range(len(word)) if word[:n] == guess[:n] and word[:n].endswith(".")), default=0)
    for cut in (0, common):
        end = at + len(word) - cut
        if source.startswith(word[cut:], at) and not re.match(r"\w", source[end : end + 1]):
            yield at, len(word) - cut, guess[cut:]
            return


def _in_quotes(finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """A number that is meant as a text, or a text that other tools take for a number."""
    value = finding.params.get("value", finding.params.get("word"))
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    if source.startswith(text, at) and re.fullmatch(r"[\w.+-]+", text):
        yield at, len(text), f'"{text}"'


def _without_quotes(finding: Finding, source: str, at: int) -> Iterator[_Change]:
    wanted = str(finding.params["wanted"])
    if source[at + 1 : at + 1 + len(wanted)] == wanted and source[at : at + 1] in ("'", '"'):
        yield at, len(wanted) + 2, wanted


def _in_place(finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """What is wanted, in the place of what was found."""
    found = str(finding.params["found"])
    if source.startswith(found, at):
        yield at, len(found), str(finding.params["wanted"])


def _half_width(finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """The half-width sign; of quotes and brackets both, of a word all its letters."""
    found = source[at : at + 1]
    wanted = finding.params["wanted"]
    if letters := _WIDE_LETTERS.match(source, at):
        yield at, len(letters[0]), "".join(chr(ord(letter) - _TO_HALF) for letter in letters[0])
    elif found in _PARTNERS:
        yield from _pair(source, at, '"')
    elif found.translate(_WIDE_BRACKETS) != found:
        for place, sign in enumerate(source):
            if sign.translate(_WIDE_BRACKETS) != sign:
                yield place, 1, sign.translate(_WIDE_BRACKETS)
    elif found == finding.params["found"] and isinstance(wanted, str):
        blank = wanted in (":", ",") and not source[at + 1 : at + 2].isspace() and at + 1 < len(source)
        yield at, 1, wanted + " " * blank
    elif found.isspace():
        yield at, 1, " "


def _written_so(finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """A part of a condition as the finding says that it is written."""
    wanted = str(finding.params.get("wanted", ""))
    told = (str(finding.params.get(name, "")) for name in ("found", "word", "left", "right"))
    text = next((text for text in told if text and source.startswith(text, at)), "")
    if not text or not wanted or finding.code not in _EXACT:
        return
    if text in _PARTNERS:
        yield from _pair(source, at, "'")
        return
    end = at + len(text)
    apart = bool(_WORDY.fullmatch(wanted)) and finding.code in ("FE304", "FE307")
    close = " \t" if wanted in ("and", "or") else " \t(['\""
    before = " " * (apart and at > 0 and source[at - 1] not in close)
    after = " " * (apart and end < len(source) and source[end] not in " )\t")
    yield at, len(text), before + wanted + after


_EXACT: Final = frozenset({"FE304", "FE306", "FE307", "FE310", "FE314"})
"""Whose remedy `write …` stands for exactly what is found, not for more around it."""


def _pair(source: str, at: int, quote: str) -> Iterator[_Change]:
    end = source.find(_PARTNERS[source[at]], at)
    if end > at and quote not in source[at:end]:
        yield at, 1, quote
        yield end, 1, quote


def _space(_finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """`owner:desk` with its space."""
    if glued := _GLUED.match(source, at):
        yield at, len(glued[0]), f"{glued[0]} "


def _rest_in_quotes(_finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """A text up to the end of its line in quotes, where no bracket is open before it."""
    end = _end_of_line(source, at)
    if end > at and not _OPENED.search(_QUOTED.sub("", source[:at])):
        yield at, end - at, _quoted(source[at:end])


def _expression(finding: Finding, source: str, at: int) -> Iterator[_Change]:
    """A condition that holds signs of YAML, in quotes."""
    if finding.code not in _FALLEN_APART:
        return
    keys = [key for key in _keys().finditer(source, 0, at + 1) if key.end() <= at]
    if not keys:
        return
    begin, start = keys[-1].end(), keys[-1].start()
    lone = _STARTS_LINE.fullmatch(source, 0, start)
    end = _end_of_line(source, begin) if lone else _end_of_entry(source, begin)
    if end > begin and not ('"' in source[begin:end] and "'" in source[begin:end]):
        yield begin, end - begin, _quoted(source[begin:end])


_FALLEN_APART: Final = frozenset({"FE012", "FE022", "FE024", "FE026", "FE027"})


@cache
def _keys() -> re.Pattern[str]:
    """What stands before a condition: the keys of the language that take one."""
    names = {key.name for shape in SHAPES.values() for key in shape.keys if isinstance(key.value, Exp)}
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(sorted(names))}): +")


def _end_of_line(source: str, begin: int) -> int:
    comment = _COMMENT.search(source, begin)
    return comment.start() if comment else len(source)


def _end_of_entry(source: str, begin: int) -> int:
    """Where an entry between braces ends: at a comma or bracket that no quote or bracket encloses."""
    depth, quote = 0, ""
    for place in range(begin, len(source)):
        sign = source[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif depth == 0 and sign in ",]}":
            return place
        else:
            depth += (sign in "[{(") - (sign in ")]}")
    return begin


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


_BY_HINT: Final[Mapping[str, _Rule]] = {
    "hint.did_you_mean": _meant,
    "expression.hint.write": _written_so,
    "FE103.quote": _in_quotes,
    "FE109.quoted": _without_quotes,
    "FE009.space": _space,
    "FE022.space": _space,
    "FE029.start": _rest_in_quotes,
}
_BY_CODE: Final[Mapping[str, _Rule]] = {
    "FE021": _in_quotes,
    "FE024": _rest_in_quotes,
    "FE030": _half_width,
    "FE785": _in_place,
}
