"""The functions of expressions: which there are, what each may be given, and the term a call becomes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from flowengine.definition.expressions.comparing import lasting
from flowengine.definition.expressions.naming import named, words
from flowengine.definition.expressions.rows import Call, Reading, every, gathered, refuse
from flowengine.definition.expressions.sentence import Sentence, shortened
from flowengine.definition.expressions.terms import Days, Gathered, Presence, Read, Spent, Term, Times
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.kinds import Kind
from flowengine.texts import Phrase

_MEANT: Final[Mapping[str, str]] = {
    "len": "count", "size": "count", "exists": "has", "present": "has", "defined": "has", "filled": "has",
    "avg": "average", "mean": "average", "total": "sum", "every": "all", "some": "any",
}  # fmt: skip


def called(sentence: Sentence, node: ast.Call, read: Reading, condition: Reading) -> Term:
    """The term for a call; `read` and `condition` turn what it is given into a term."""
    start, end = sentence.span(node)
    whole = Term(sentence.text(start, end), start, None)
    if not isinstance(node.func, ast.Name):
        _refuse_method(sentence, node.func, end)
        return whole
    word = node.func.id
    if (known := sentence.scope.names.get(f"{word}()")) and not (node.args or node.keywords):
        return Read(whole.text, start, known.kind, f"{word}()", known)
    if word not in FUNCTIONS:
        sentence.findings.append(_unknown(sentence, word, start))
        return whole
    if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
        sentence.wrong("FE312", start, hint=f"FE312.hint.{word}", word=word)
        return whole
    return FUNCTIONS[word](Call(sentence, word, whole, node.args[0], read, condition))


def _refuse_method(sentence: Sentence, function: ast.expr, end: int) -> None:
    at, last = sentence.span(function)
    method = isinstance(function, ast.Attribute)
    if isinstance(function, ast.Attribute):
        at = last - len(function.attr)
    what = Phrase("construct.method" if method else "construct.call")
    sentence.wrong("FE309", at, found=sentence.text(at, end), what=what)


def _unknown(sentence: Sentence, word: str, start: int) -> Finding:
    finding = unknown("FE311", sentence.at(start), shortened(word), FUNCTIONS)
    meant = _MEANT.get(word.lower())
    if not meant:
        return finding
    return replace(finding, params={**finding.params, "guess": meant}, hint="hint.did_you_mean")


def _present(call: Call) -> Term:
    name = _name(call)
    if name and call.word == "happened" and name.kind is not Kind.MOMENT:
        refuse(call, name, hint="FE313.hint.has")
        name = None
    if not name:
        return replace(call.whole, kind=Kind.BOOLEAN)
    return Presence(call.whole.text, call.whole.start, Kind.BOOLEAN, name.name, name.known.always)


def _counted(call: Call) -> Term:
    whole = replace(call.whole, kind=Kind.INTEGER)
    name = _name(call)
    if name and name.kind is Kind.LIST:
        return Gathered(whole.text, whole.start, Kind.INTEGER, "count", name, None)
    if name and name.kind is Kind.MOMENT:
        return Times(whole.text, whole.start, Kind.INTEGER, name.name)
    if name:
        refuse(call, name, hint="FE312.hint.count")
    return whole


def _spent(call: Call) -> Term:
    stage, whole = _with_moment(call, "left"), replace(call.whole, kind=Kind.DURATION)
    return Spent(whole.text, whole.start, Kind.DURATION, f"{stage}.duration") if stage else whole


def _late(call: Call) -> Term:
    thing, whole = _with_moment(call, "late"), replace(call.whole, kind=Kind.BOOLEAN)
    return Presence(whole.text, whole.start, Kind.BOOLEAN, f"{thing}.late") if thing else whole


def _with_moment(call: Call, moment: str) -> str:
    """The thing given, which must have that moment; anything else is reported."""
    names, node = call.sentence.scope.names, call.argument
    if isinstance(node, ast.Name) and f"{node.id}.{moment}" in names:
        return node.id
    known = sorted({name.removesuffix(f".{moment}") for name in names if name.endswith(f".{moment}")})
    at = call.sentence.span(node)[0]
    if isinstance(node, ast.Name) and node.id not in names and known:
        call.sentence.findings.append(unknown("FE310", call.sentence.at(at), shortened(node.id), known))
    else:
        call.sentence.wrong(
            "FE313",
            at,
            hint=f"FE312.hint.{call.word}",
            word=call.word,
            found=call.sentence.written(node),
            kind=Phrase("value.other"),
        )
    return ""


def _days(call: Call) -> Term:
    part, whole = lasting(call.sentence, call.term(call.sentence, call.argument)), call.whole
    if part.kind not in (Kind.DURATION, None):
        found = {"word": call.word, "found": part.text, "kind": part.kind}
        call.sentence.wrong("FE313", part.start, hint="FE312.hint.days", **found)
    return Days(whole.text, whole.start, Kind.INTEGER, part)


def _name(call: Call) -> Read | None:
    """The field or moment given; anything else is reported."""
    node = call.argument
    if isinstance(node, ast.Name | ast.Attribute) and words(call.sentence, node):
        term = named(call.sentence, node)
        if isinstance(term, Read) or term.kind is None:
            return term if isinstance(term, Read) else None
    refuse(call, None, hint=f"FE312.hint.{call.word}")
    return None


FUNCTIONS: Final[Mapping[str, Callable[[Call], Term]]] = {
    "has": _present,
    "happened": _present,
    "count": _counted,
    "late": _late,
    "duration": _spent,
    "days": _days,
    "sum": gathered,
    "average": gathered,
    "any": every,
    "all": every,
}
