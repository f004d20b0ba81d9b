"""Bytes to text: how large a file may be, its one encoding, and the characters it may hold.

Used by the document reader before the parser sees anything. What it lets through, both YAML parsers
accept, and they agree on where its lines end: at LF, CR LF and CR, as editors do.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from flowengine.definition.findings import Finding, Place

LARGEST: Final = 1024 * 1024
"""Bytes of UTF-8. The longest process files of a large company have a tenth of it."""

# NEL, LS and PS end a line for the YAML parsers but not for an editor: a comment could smuggle in a key.
UNREADABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
GAP: Final = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
"""The pattern of what may stand between two values without meaning anything: blanks, line ends, comments."""

_LONGEST_LINE: Final = 2000
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_SIGNATURES: Final = (  # UTF-32 first: its little-endian signature begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decoded(data: bytes | str, file: str) -> tuple[str, Finding | None]:
    """The text of a file without its byte order mark; or a finding, and then no text."""
    start = Place(file, 1, 1)
    size = len(data) if isinstance(data, bytes) else _size(data)
    if size > LARGEST:
        return "", Finding("FE001", start, {"size": f"{size / LARGEST:.1f}", "limit": LARGEST // 1024**2})
    text = data if isinstance(data, str) else _from_utf8(data, start)
    if isinstance(text, Finding):
        return "", text
    text = text.removeprefix("\ufeff")
    bad = UNREADABLE.search(text)
    if bad:
        return "", Finding("FE003", moved(start, text[: bad.start()]), {"character": code_point(bad.group())})
    return text, None


def moved(place: Place, passed: str) -> Place:
    """The place that is reached from `place` once the characters `passed` have been read."""
    line, column = place.line, place.column
    after = 0
    for end in _LINE_END.finditer(passed):
        line, column, after = line + 1, 1, end.end()
    return Place(place.file, line, column + len(passed) - after)


def line_start(text: str, index: int) -> int:
    """The index at which the line of `index` begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_of(text: str, index: int) -> str:
    """The line of `index`, cut if it is far too long to look at."""
    start = line_start(text, index)
    end = _LINE_END.search(text, index)
    return text[start : min(end.start() if end else len(text), start + _LONGEST_LINE)]


def code_point(character: str) -> str:
    """A character that cannot be shown, as the standard names it: `U+0000`."""
    return f"U+{ord(character):04X}"


def shown(text: str, longest: int = 60) -> str:
    """A text from the file as a sentence quotes it: on one line, and cut if it is long."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _size(text: str) -> int:
    if len(text) > LARGEST:
        return len(text)
    return len(text.encode("utf-8", "surrogatepass"))


def _from_utf8(data: bytes, start: Place) -> str | Finding:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return Finding("FE002", start, {"found": name})
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        return Finding("FE002", moved(start, before), {"found": f"0x{data[error.start]:02X}"})
