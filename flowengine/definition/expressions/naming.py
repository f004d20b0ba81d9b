"""Names in an expression: which field, moment or column is meant, and what is said when none is."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Final, NamedTuple

from flowengine.definition.expressions.sentence import Sentence, shortened
from flowengine.definition.expressions.terms import Constant, Read, Term
from flowengine.definition.findings import is_sure, nearest, unknown
from flowengine.definition.kinds import Kind
from flowengine.texts import Phrase

TRUTH: Final = {"true": True, "false": False}
NOTHING: Final = frozenset({"null", "nil", "none", "empty"})
_YES: Final = frozenset({"yes", "on", "true"})
_NO: Final = frozenset({"no", "off", "false"})
_NOW: Final = frozenset({"now", "today"})


class Word(NamedTuple):
    """One part of a dotted name and the offset of its first character."""

    text: str
    start: int


def words(sentence: Sentence, node: ast.expr) -> tuple[Word, ...]:
    """The parts of `a.b.c`; empty if there is anything but names between the dots."""
    if isinstance(node, ast.Name):
        return (Word(node.id, sentence.span(node)[0]),)
    if isinstance(node, ast.Attribute) and (before := words(sentence, node.value)):
        return (*before, Word(node.attr, sentence.span(node)[1] - len(node.attr)))
    return ()


def named(sentence: Sentence, node: ast.Name | ast.Attribute, *, beside_words: bool = False) -> Term:
    """The term for a name; `beside_words`: it is compared with texts, so it may lack its quotes."""
    start, end = sentence.span(node)
    text = sentence.text(start, end)
    parts = words(sentence, node)
    name = ".".join(word.text for word in parts)
    known = sentence.scope.names.get(name)
    if known:
        return Read(text, start, known.kind, name, known)
    if name in TRUTH:
        return Constant(text, start, Kind.BOOLEAN, TRUTH[name])
    if isinstance(node, ast.Attribute) and not parts:
        at = end - len(node.attr)
        sentence.wrong("FE309", at, found=f".{node.attr}", what=Phrase("construct.attribute"))
    elif len(parts) == 1:
        _unknown_word(sentence, parts[0], beside_words=beside_words)
    else:
        _unknown_dotted(sentence, parts)
    return Term(text, start, None)


def _unknown_word(sentence: Sentence, word: Word, *, beside_words: bool) -> None:
    lower = word.text.lower()
    if lower in NOTHING:
        sentence.wrong("FE323", word.start, found=word.text)
    elif beside_words:
        sentence.wrong("FE310", word.start, hint="FE310.hint.quotes", word=word.text, wanted=f"'{word.text}'")
    elif lower in _YES | _NO:
        truth = "true" if lower in _YES else "false"
        sentence.wrong("FE310", word.start, hint="expression.hint.write", word=word.text, wanted=truth)
    elif lower in _NOW:
        sentence.wrong("FE310", word.start, hint="FE310.hint.now", word=word.text)
    elif lists := [name for name, known in sentence.scope.names.items() if word.text in known.columns]:
        hint = {"rows": lists[0], "word": word.text}
        sentence.wrong("FE310", word.start, hint="FE326.hint.rows", **hint)
    elif moments := _below(sentence, f"{word.text}."):
        sentence.wrong("FE310", word.start, hint="hint.known", word=word.text, known=sorted(moments))
    else:
        _propose(sentence, word.text, word.start, [name for name in sentence.scope.names if "." not in name])


def _unknown_dotted(sentence: Sentence, parts: tuple[Word, ...]) -> None:
    """Points at the first part at which no name goes on as written."""
    before = ""
    for part in parts:
        if not _below(sentence, f"{before}{part.text}."):
            break
        before = f"{before}{part.text}."
    head = sentence.scope.names.get(parts[0].text)
    name = ".".join(word.text for word in parts)
    if head and head.kind is Kind.LIST and len(parts) == 2:  # noqa: PLR2004
        column(sentence, parts, alone=True)
    elif head and not before:
        sentence.wrong("FE309", parts[1].start, found=f".{parts[1].text}", what=Phrase("construct.attribute"))
    else:
        _propose(sentence, name, part.start, _below(sentence, before) if before else _things(sentence))


def column(sentence: Sentence, parts: tuple[Word, ...], *, alone: bool = False) -> Read | None:
    """The column meant by `items.quantity`; `alone`: it stands where one value is needed, which is wrong."""
    rows, wanted = parts
    known = sentence.scope.names[rows.text].columns
    if wanted.text not in known:
        at = sentence.at(wanted.start)
        sentence.findings.append(unknown("FE329", at, wanted.text, known, rows=rows.text))
        return None
    if alone:
        sentence.wrong("FE326", wanted.start, hint="FE326.hint.rows", word=wanted.text, rows=rows.text)
        return None
    name = f"{rows.text}.{wanted.text}"
    return Read(name, rows.start, known[wanted.text].kind, name, known[wanted.text])


def _below(sentence: Sentence, prefix: str) -> list[str]:
    return [name for name in sentence.scope.names if name.startswith(prefix)]


def _things(sentence: Sentence) -> set[str]:
    """What dotted names begin with."""
    return {name.partition(".")[0] for name in sentence.scope.names if "." in name}


def _propose(sentence: Sentence, word: str, at: int, listed: Iterable[str]) -> None:
    """Proposes the nearest of all names; only when none is near, lists the few that fit best."""
    guess = nearest(word, sentence.scope.names)
    known = [guess] if guess else listed
    sure = is_sure(word, sentence.scope.names)
    sentence.findings.append(unknown("FE310", sentence.at(at), shortened(word), known, sure=sure))
