"""What a text of a file means: nothing, yes or no, a number, or itself; and which texts may be keys.

Unquoted text follows the core schema of YAML 1.2 without its octal, hexadecimal and not-a-number forms,
and with exact decimals; quoted text is always text. Used by the document reader.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from flowengine.definition.document.characters import UNREADABLE, code_point, shown
from flowengine.definition.document.nodes import Scalar, Style
from flowengine.definition.document.wide import is_wide_quoted, wide_finding
from flowengine.definition.findings import Finding, Place

LONGEST_KEY: Final = 200
"""Characters of a key. The parsers themselves stop looking for its colon after a thousand."""

LONGEST_TEXT: Final = 100_000
"""Characters of a value, quoted or not."""

LONGEST_NUMBER: Final = 30
"""Digits that a number may have when written out without an exponent."""

Doubt = Literal["", "FE020", "FE021"]
"""The finding that an unquoted text deserves: a number must not be this long; editors read a number here."""

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS: Final = frozenset("+-.0123456789")
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL: Final = re.compile(
    r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE](?P<exponent>[-+]?[0-9]+))?"
)
_WHOLE: Final = re.compile(r"[1-9][0-9]?")
_NUMBER_TO_EDITORS: Final = re.compile(
    r"0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[-+]?0[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?"
)


def meaning(text: str) -> tuple[Scalar, Doubt]:
    """The value of an unquoted text, and what is doubtful about it. A doubtful text stays text."""
    if text in _WORDS:
        return _WORDS[text], ""
    if text[0] not in _NUMBER_STARTS:
        return text, ""
    if _INTEGER.fullmatch(text):
        return (text, "FE020") if len(text.lstrip("+-")) > LONGEST_NUMBER else (int(text), "")
    number = _DECIMAL.fullmatch(text)
    if number:
        return _decimal(text, number["exponent"] or "0")
    return text, "FE021" if _NUMBER_TO_EDITORS.fullmatch(text) else ""


def value_of(text: str, style: Style, place: Place) -> tuple[Scalar, Finding | None]:
    """The value of a text as it stands in a file, and what is wrong with it."""
    if len(text) > LONGEST_TEXT:
        return text, Finding("FE019", place, {"limit": LONGEST_TEXT}, "FE019.text")
    if style != "plain":
        return text, _unprintable(text, place) if style == "double" else None
    value, doubt = meaning(text)
    if not doubt:
        return value, wide_finding(place, text[0]) if is_wide_quoted(text) else None
    params = {"word": shown(text), "limit": LONGEST_NUMBER}
    return value, Finding(doubt, place, params, severity="warning" if doubt == "FE021" else "error")


def key_fault(text: str, style: Style, place: Place, *, numbered: bool) -> Finding | None:
    """What is wrong with a key; `numbered` keys may be whole numbers: tiers are, and only they."""
    if text.isidentifier() and style != "block" and text not in _WORDS and len(text) <= LONGEST_KEY:
        return None  # what most keys are
    if style == "block":
        return Finding("FE018", place)
    if not text:
        return Finding("FE017", place, {"word": ""}, "FE017.empty")
    if len(text) > LONGEST_KEY:
        return Finding("FE019", place, {"limit": LONGEST_KEY}, "FE019.key")
    if style == "plain":
        return _unclear(text, place, numbered=numbered)
    return _unprintable(text, place) if style == "double" else None


def _unclear(text: str, place: Place, *, numbered: bool) -> Finding | None:
    if text == "<<":
        return Finding("FE013", place)
    value, doubt = meaning(text)
    if doubt == "FE021":
        return Finding(doubt, place, {"word": text}, severity="warning")
    if not doubt and (isinstance(value, str) or (numbered and _WHOLE.fullmatch(text))):
        return None
    return Finding("FE017", place, {"word": shown(text)})


def _unprintable(text: str, place: Place) -> Finding | None:
    """An escape such as `\\0` in double quotes can write what a file itself may not hold."""
    bad = UNREADABLE.search(text)
    return Finding("FE003", place, {"character": code_point(bad.group())}) if bad else None


def _decimal(text: str, exponent: str) -> tuple[str | Decimal, Doubt]:
    # Looked at before it is a number: `1e999999999` costs nothing here and the whole memory as an integer.
    mantissa = re.split("[eE]", text.lstrip("+-"))[0].replace(".", "")
    if len(mantissa) > LONGEST_NUMBER or len(exponent) > len("-30"):
        return text, "FE020"
    value = Decimal(text)
    size = value.as_tuple()
    assert isinstance(size.exponent, int), "the pattern lets no infinity pass"
    before_point, after_point = max(len(size.digits) + size.exponent, 1), max(-size.exponent, 0)
    return (text, "FE020") if before_point + after_point > LONGEST_NUMBER else (value, "")
