"""Characters that no expression can hold, and what somebody who wrote them probably meant.

Looks at characters only, before the parser (which would warn, normalise or ignore some of them) and
after it has given up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Final

from flowengine.definition.expressions.sentence import Sentence, shortened

# Not within quotes: control characters, halves of a pair, and marks that turn the direction of reading,
# so that what a reviewer sees is what is evaluated. Backslashes would hide any of them.
_INSIDE = r"\\\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
_CLEAN = re.compile(
    rf"""(?: [\ \t\r\n]++
          | [A-Za-z_][A-Za-z0-9_]*+
          | '[^'{_INSIDE}]*+' | "[^"{_INSIDE}]*+"
          | (?:0|[1-9][0-9]*+)(?:_[0-9]++)*+(?:\.[0-9]++)?+(?![\w.])
          | [=!<>]=(?!=) | <(?![>=<]) | >(?![>=])
          | [-+*/(),.\[\]] | \|(?!\|)
        )*+""",
    re.VERBOSE,
)
_MEANT: Final[Mapping[str, str]] = {
    "&&": "and", "&": "and", "||": "or", "!": "not", "~": "not", "¬": "not", "∧": "and", "∨": "or",
    "且": "and", "并且": "and", "而且": "and", "和": "and", "或": "or", "或者": "or", "非": "not",
    "===": "==", "!==": "!=", "=>": ">=", "=<": "<=", "=": "==", ":=": "==", "<>": "!=",
    "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "、": ",", "。": ".",
    "【": "[", "】": "]", "`": "'",
}  # fmt: skip
_LONGEST: Final = max(map(len, _MEANT))
_ALONE: Final[Mapping[str, str]] = {
    "#": "FE304.hint.comment", "\\": "FE304.hint.backslash",
    "\u3000": "FE304.hint.space", "\xa0": "FE304.hint.space",
}  # fmt: skip
_WRITE: Final = "expression.hint.write"
_EXACT: Final = Context(prec=600, traps=[])
_WORD = re.compile(r"\w+")
_NUMBERISH = re.compile(r"[0-9][\w.]*")
_PERCENT = re.compile(r"(?<![\w.])([0-9]+(?:\.[0-9]+)?)\s*%")
_GROUPED = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3})+(?![\w,])")
_SCALED = re.compile(r"([0-9]+(?:\.[0-9]+)?)(k|K|w|W|千|万|百万|千万|亿|元)")
_SCALE: Final[Mapping[str, int]] = {
    "k": 10**3, "千": 10**3, "w": 10**4, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "元": 1,
}  # fmt: skip
_LIKE_NUMBERS: Final = (
    (re.compile(r"[0-9]+(m|h|d)"), "FE306.hint.duration"),
    (re.compile(r"[0-9]+(wh|wd)"), "FE306.hint.working"),
    (re.compile(r"0[0-9_.]+"), "FE306.hint.zeros"),
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_SHOUTED = re.compile(r"\b(AND|OR|NOT|IN|And|Or|Not|In)\b")
_PAIRS: Final[Mapping[str, str]] = {")": "(", "]": "["}


def stray(sentence: Sentence) -> bool:
    """Reports the first character that cannot stand where it stands; whether there is one."""
    if "," in sentence.source and (grouped := _GROUPED.search(_without_texts(sentence.source))):
        wanted = grouped[0].replace(",", "")
        sentence.wrong("FE306", grouped.start(), hint=_WRITE, found=grouped[0], wanted=wanted)
        return True
    found = _CLEAN.match(sentence.source)
    at = found.end() if found else 0
    if at == len(sentence.source):
        return False
    character = sentence.source[at]
    if character in "'\"":
        _text(sentence, at)
    elif character in "0123456789":
        _number(sentence, at)
    else:
        _character(sentence, at)
    return True


def unreadable(sentence: Sentence, at: int) -> None:
    """Reports why the parser gave up at offset `at`: a bracket, a word in capitals, or a missing part."""
    bare = _without_texts(sentence.source)
    shouted = _SHOUTED.search(bare)
    bracket = _unpaired(bare)
    if shouted:
        word = shouted[0]
        sentence.wrong("FE307", shouted.start(), hint=_WRITE, found=word, wanted=word.lower())
    elif bracket is not None:
        sentence.wrong("FE308", bracket, found=bare[bracket])
    elif at >= len(bare.rstrip()):
        sentence.wrong("FE307", len(bare.rstrip()), hint="FE307.hint.end", found=sentence.source.split()[-1])
    else:
        sentence.wrong("FE307", at, found=sentence.text(at, len(sentence.source)))


def deep_bracket(source: str, limit: int) -> int | None:
    """The offset of the first bracket within more than `limit` others; the parser's tree shows none."""
    if source.count("(") + source.count("[") <= limit:
        return None
    depth = 0
    for at, character in enumerate(_without_texts(source)):
        depth += (character in "([") - (character in ")]")
        if depth > limit:
            return at
    return None


def _without_texts(source: str) -> str:
    """The source with every text blanked out, as long as before."""
    return _QUOTED.sub(lambda quoted: "'" + " " * (len(quoted[0]) - 2) + "'", source)


def _text(sentence: Sentence, at: int) -> None:
    quote = sentence.source[at]
    end = sentence.source.find(quote, at + 1)
    strange = re.compile(f"[{_INSIDE}]").search(sentence.source, at + 1)
    if strange and (end < 0 or strange.start() < end) and strange[0] != "\n":
        _character(sentence, strange.start())
    else:
        sentence.wrong("FE305", at, found=sentence.source[at:].splitlines()[0])


def _number(sentence: Sentence, at: int) -> None:
    found = _NUMBERISH.match(sentence.source, at)
    word = found[0] if found else sentence.source[at]
    if scaled := _SCALED.fullmatch(word):
        value = _EXACT.multiply(Decimal(scaled[1]), Decimal(_SCALE[scaled[2].lower()]))
        wanted = f"{value.normalize(_EXACT):f}"
        sentence.wrong("FE306", at, hint=_WRITE, found=word, wanted=wanted)
    else:
        hint = next((hint for like, hint in _LIKE_NUMBERS if like.fullmatch(word)), "")
        sentence.wrong("FE306", at, hint=hint, found=word)


def _character(sentence: Sentence, at: int) -> None:
    if sentence.source[at].isalpha():
        _word(sentence, at)
        return
    ahead = sentence.source[at : at + _LONGEST]
    found = next((ahead[:size] for size in range(len(ahead), 0, -1) if ahead[:size] in _MEANT), ahead[0])
    percent = next((p for p in _PERCENT.finditer(sentence.source, 0, at + 1) if p.end() == at + 1), None)
    if percent:
        wanted = f"{_EXACT.divide(Decimal(percent[1]), Decimal(100)):f}"
        sentence.wrong("FE304", percent.start(), hint=_WRITE, found=percent[0], wanted=wanted)
    elif wanted := _MEANT.get(found) or _narrow(found):
        sentence.wrong("FE304", at, hint=_WRITE, found=_visible(found), wanted=wanted)
    else:
        sentence.wrong("FE304", at, hint=_ALONE.get(found, ""), found=_visible(found))


def _word(sentence: Sentence, at: int) -> None:
    found = _WORD.match(sentence.source, at)
    word = found[0] if found else sentence.source[at]
    if word in _MEANT:
        sentence.wrong("FE304", at, hint=_WRITE, found=word, wanted=_MEANT[word])
    else:
        # The number of the character tells apart letters that look alike.
        shown = f"{shortened(word)} ({_code(word)})"
        sentence.wrong("FE304", at, hint="FE304.hint.name", found=shown)


def _narrow(character: str) -> str:
    """The ASCII character of which this is the full-width form, as Chinese keyboards write it."""
    plain = unicodedata.normalize("NFKC", character)
    useful = plain != character and len(plain) == 1 and "!" <= plain <= "~"
    return _MEANT.get(plain, plain) if useful else ""


def _visible(found: str) -> str:
    return found if found.isprintable() and not found.isspace() else _code(found)


def _code(character: str) -> str:
    return f"U+{ord(character[0]):04X}"


def _unpaired(bare: str) -> int | None:
    """The offset of the first bracket without its partner."""
    opened: list[int] = []
    for at, character in enumerate(bare):
        if character in "([":
            opened.append(at)
        elif character in _PAIRS and (not opened or bare[opened.pop()] != _PAIRS[character]):
            return at
    return opened[-1] if opened else None
