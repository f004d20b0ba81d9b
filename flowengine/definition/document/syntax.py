"""What the YAML parser complains of, said again for the person who wrote the line.

Used by the document reader when the parser gives up. The parser names the rule that broke; an analyst
needs the line and the remedy, so each frequent complaint is traced back to the slip that causes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from yaml import MarkedYAMLError

from flowengine.definition.document.characters import GAP, line_of, line_start, moved, shown
from flowengine.definition.document.scalars import LONGEST_KEY
from flowengine.definition.document.wide import wide_finding, wide_sign
from flowengine.definition.findings import Finding, Place
from flowengine.texts import TEXTS

_START: Final = re.compile(GAP)
_LINES_ABOVE: Final = 50  # to look through for the line that was meant to have a value
_LONGEST_SEARCHED: Final = 10_000  # characters before a fault in which its cause may lie
_GLUED: Final = re.compile(r"(\s*(?:- +)*[\w.-]+:)(?!//)(\S.*)")
_VALUED: Final = re.compile(r"\s*(?:- +)*[^\s#][^#]*?:\s+[^\s#]")


@dataclass(frozen=True, slots=True)
class _Slip:
    """A complaint with the text around it; `at` and `since` are indices: the fault, and what it is in."""

    text: str
    file: str
    at: int
    since: int
    problem: str

    def finding(self, code: str, at: int, hint: str = "", **params: object) -> Finding:
        place = moved(Place(self.file, 1, 1), self.text[:at])
        return Finding(code, place, {"shown": shown(line_of(self.text, at)), **params}, hint)

    def invalid(self, problem: str, at: int, hint: str = "", **params: object) -> Finding:
        """The finding that has no code of its own; `problem` is the key of what is wrong with it."""
        return self.finding("FE029", at, hint, problem=TEXTS[problem], **params)

    def indent(self, index: int) -> int:
        """The index of the first character on the line of `index` that is no space."""
        line = line_of(self.text, index)
        return line_start(self.text, index) + len(line) - len(line.lstrip())

    def width(self, index: int) -> int:
        """The blanks before the first character on the line of `index`."""
        return self.indent(index) - line_start(self.text, index)

    def line_before(self, index: int) -> int | None:
        """The index of the first character of the last line above that is neither empty nor a comment."""
        for _ in range(_LINES_ABOVE):
            index = line_start(self.text, index) - 1
            if index < 0:
                break
            first = self.indent(index)
            if first < index and self.text[first] != "#":
                return first
        return None


def explained(error: MarkedYAMLError, text: str, file: str) -> Finding:
    """The finding for a parser's complaint about `text`: the slip behind it, at the place of the slip."""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(text)) if mark else 0
    since = error.context_mark.index if error.context_mark else at
    problem = error.problem or ""
    slip = _Slip(text, file, at, since, problem)
    if wide := _wide(slip):
        return wide
    about = f"{error.context or ''}: {problem}"
    for pattern, said in _COMPLAINTS.items():
        if re.search(pattern, about):
            return said(slip)
    return _unnamed(slip)


def directive(text: str, file: str) -> Finding | None:
    """The finding for an instruction to the parser before the document, which no file needs."""
    start = _START.match(text)
    if not start or not text.startswith("%", start.end()):
        return None
    return _Slip(text, file, start.end(), start.end(), "").finding("FE015", start.end())


def left_over(text: str, file: str, end: int) -> tuple[Finding, ...]:
    """The finding for what stands behind the end of the document, if anything does."""
    gap = _START.match(text, end)
    at = gap.end() if gap else end
    if at == len(text):
        return ()
    slip = _Slip(text, file, at, at, "")
    code = "FE015" if text.startswith("%", at) else "FE006"
    return (_after_closing(slip) or slip.finding(code, at),)


def _wide(slip: _Slip) -> Finding | None:
    """What looks right and is no sign of YAML: from the line above where it began to where it failed."""
    first = min(slip.since, slip.at)
    above = slip.line_before(first)
    start = line_start(slip.text, first if above is None else above)
    end = line_start(slip.text, slip.at) + len(line_of(slip.text, slip.at))
    found = wide_sign(slip.text, max(start, end - _LONGEST_SEARCHED), end)
    if found is None:
        return None
    return wide_finding(moved(Place(slip.file, 1, 1), slip.text[:found]), slip.text[found])


def _unclosed_quote(slip: _Slip) -> Finding:
    return slip.finding("FE025", slip.since)


def _escape(slip: _Slip) -> Finding:
    # The two parsers mark different characters of the escape; both stand after its backslash.
    at = max(slip.text.rfind("\\", slip.since, slip.at + 1), slip.since)
    return slip.invalid("FE029.backslash", at, "FE029.escape")


def _directive(slip: _Slip) -> Finding:
    return slip.finding("FE015", slip.since)


def _tag(slip: _Slip) -> Finding:
    word = re.split(r"[\s,\]}]", slip.text[slip.since : slip.since + 200], maxsplit=1)[0]
    return slip.finding("FE014", slip.since, tag=shown(word))


def _in_brackets(slip: _Slip) -> Finding:
    nothing_left = not slip.text[slip.at :].strip()
    if nothing_left or slip.text.startswith(("---", "..."), line_start(slip.text, slip.at)):
        named = slip.text.startswith(("[", "{"), slip.since)
        before = slip.text[: slip.at]
        return slip.finding("FE026", slip.since if named else max(before.rfind("["), before.rfind("{"), 0))
    closing = slip.text[slip.at] in "]}"
    below = line_start(slip.text, slip.at) > slip.since
    outdented = below and slip.width(slip.at) <= slip.width(slip.since)
    if closing or outdented:
        return slip.finding("FE026", slip.since)
    return slip.finding("FE012", slip.at)


def _tab(slip: _Slip) -> Finding:
    return slip.finding("FE023", slip.text.find("\t", slip.at))


def _start_of_text(slip: _Slip) -> Finding:
    character = slip.text[slip.since : slip.since + 1]
    if character == "\t":
        return _tab(slip)
    return slip.invalid("FE029.begins", slip.since, "FE029.start", character=character)


def _colon_in_text(slip: _Slip) -> Finding:
    first = slip.indent(slip.at)
    before = slip.text[first : slip.at]
    if ": " in before:
        value = re.compile(r": +").search(slip.text, first)
        assert value, "it is in the text before the fault"
        rest = line_of(slip.text, slip.at)[value.end() - line_start(slip.text, slip.at) :]
        fixed = slip.text[first : value.end()] + _quoted(re.split(r"\s+#", rest)[0].rstrip())
        return slip.finding("FE024", value.end(), fixed=shown(fixed, 100))
    if len(before) > LONGEST_KEY:
        return slip.finding("FE019", first, "FE019.key", limit=LONGEST_KEY)
    above = slip.line_before(slip.at)
    if above is None:
        return _unnamed(slip)
    if _VALUED.match(line_of(slip.text, above)):
        return slip.finding("FE028", first)
    return _no_colon(slip, above)


def _no_colon(slip: _Slip, index: int | None = None) -> Finding:
    first = slip.indent(slip.since if index is None else index)
    glued = _GLUED.match(line_of(slip.text, first))
    if glued:
        return slip.finding("FE009", first, "FE009.space", fixed=shown(f"{glued[1]} {glued[2]}".strip()))
    return slip.finding("FE009", first)


def _list_on_line(slip: _Slip) -> Finding:
    return slip.invalid("FE029.dash", slip.at, "FE029.list")


def _next_key(slip: _Slip) -> Finding:
    if slip.text.startswith(":", slip.at) and slip.indent(slip.at) == slip.at:
        return slip.finding("FE017", slip.at, "FE017.empty", word="")
    return _after_closing(slip) or slip.finding("FE028", slip.at)


def _after_closing(slip: _Slip) -> Finding | None:
    before = slip.text[line_start(slip.text, slip.at) : slip.at].rstrip()
    if not before.endswith(("'", '"', "]", "}")):
        return None
    return slip.finding("FE027", slip.at, "FE027.apostrophe" if before.endswith("'") else "")


def _unnamed(slip: _Slip) -> Finding:
    problem = {**TEXTS["FE029.unknown"], "en": slip.problem} if slip.problem else TEXTS["FE029.unknown"]
    return slip.finding("FE029", slip.at, problem=problem)


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


# By what both parsers say: libyaml "did not find expected key", the Python parser "expected <block end>".
_COMPLAINTS: Final[Mapping[str, Callable[[_Slip], Finding]]] = {
    r"quoted scalar: found unexpected (end of stream|document)": _unclosed_quote,
    r"quoted scalar": _escape,
    r"a directive|incompatible": _directive,
    r"a tag\b|tag handle": _tag,
    r"an (alias|anchor):": _start_of_text,
    r"flow node|',' or '|unexpected ':'": _in_brackets,
    r"tab character": _tab,
    r"cannot start any token|mapping keys|block node|block scalar": _start_of_text,
    r"mapping values": _colon_in_text,
    r"expected ':'": _no_colon,
    r"sequence entries": _list_on_line,
    r"expected key|<block end>|'-' indicator": _next_key,
}
