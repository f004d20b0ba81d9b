"""Which kinds of value compare with which, and in which way; the terms of comparisons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from flowengine.definition.expressions.sentence import Sentence, shortened
from flowengine.definition.expressions.terms import Among, Compared, Constant, Read, Relation, Term
from flowengine.definition.findings import unknown
from flowengine.definition.kinds import NUMBERS, TIMES, WORDS, Kind

_GROUPS: Final = (NUMBERS, TIMES, WORDS, frozenset({Kind.BOOLEAN}))
_ORDERED: Final = NUMBERS | TIMES
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TRUTH: Final = frozenset({"true", "false", "yes", "no"})


class Operator(NamedTuple):
    """A relation and the offset where it is written."""

    symbol: Relation
    start: int


def compared(
    sentence: Sentence, whole: Term, operands: Sequence[Term], operators: Sequence[Operator]
) -> Term:
    """The term of a comparison or a chain; reports what cannot be compared. `whole` gives text and offset."""
    terms = tuple(
        dated(sentence, term) if _beside_time(operands, at) else term for at, term in enumerate(operands)
    )
    for (left, right), operator in zip(pairwise(terms), operators, strict=True):
        if _comparable(sentence, left, right):
            _check_order(sentence, (left, right), operator)
    return Compared(whole.text, whole.start, Kind.BOOLEAN, terms, tuple(o.symbol for o in operators))


def among(
    sentence: Sentence, whole: Term, operand: Term, members: Sequence[Constant], *, within: bool
) -> Term:
    """The term of `in` and `not in`; reports members that the operand can never be."""
    times = operand.kind in TIMES
    terms = [dated(sentence, member) if times else member for member in members]
    for member in terms:
        _comparable(sentence, operand, member)
    known = tuple(term for term in terms if isinstance(term, Constant))
    return Among(whole.text, whole.start, Kind.BOOLEAN, operand, known, within)


def dated(sentence: Sentence, term: Term) -> Term:
    """The term, or the day that it means if it is a text written beside a date."""
    if not isinstance(term, Constant) or term.kind is not Kind.TEXT:
        return term
    text = str(term.value)
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        sentence.wrong("FE317", term.start, found=term.text)
        return replace(term, kind=None)
    return replace(term, kind=Kind.DATE, value=day)


def _beside_time(operands: Sequence[Term], at: int) -> bool:
    return any(operand.kind in TIMES for operand in operands[max(at - 1, 0) : at + 2])


def _comparable(sentence: Sentence, left: Term, right: Term) -> bool:
    if left.kind is None or right.kind is None:
        return False
    if any(left.kind in group and right.kind in group for group in _GROUPS):
        return _check_choice(sentence, left, right) and _check_choice(sentence, right, left)
    pointed = left if isinstance(left, Constant) and not isinstance(right, Constant) else right
    other = right if pointed is left else left
    hint, wanted = _remedy(pointed, other)
    found = {"left": left.text, "left_kind": left.kind, "right": right.text, "right_kind": right.kind}
    sentence.wrong("FE314", pointed.start, hint=hint, wanted=wanted, **found)
    return False


def _remedy(constant: Term, other: Term) -> tuple[str, str]:
    """The hint for kinds that do not compare, and what to write, if quotes are the reason."""
    if isinstance(constant, Constant) and isinstance(constant.value, str):
        text = constant.value
        if other.kind in NUMBERS and _NUMBER.fullmatch(text):
            return "expression.hint.write", text
        if other.kind is Kind.BOOLEAN and text.lower() in _TRUTH:
            return "expression.hint.write", "true" if text.lower() in ("true", "yes") else "false"
    if isinstance(constant, Constant) and constant.kind in NUMBERS and other.kind in WORDS:
        return "expression.hint.write", f"'{constant.text}'"
    if Kind.LIST in (constant.kind, other.kind):
        return "FE314.hint.list", ""
    return "", ""


def _check_choice(sentence: Sentence, field: Term, constant: Term) -> bool:
    if not isinstance(field, Read) or not isinstance(constant, Constant) or not field.known.choices:
        return True
    word, choices = str(constant.value), field.known.choices
    if word in choices:
        return True
    finding = unknown("FE316", sentence.at(constant.start), word, choices, field=field.name)
    # The order in which the file lists the choices is the one that its reader knows.
    listed = {**finding.params, "known": list(choices), "word": shortened(word)}
    sentence.findings.append(replace(finding, params=listed))
    return False


def _check_order(sentence: Sentence, operands: tuple[Term, Term], operator: Operator) -> None:
    if operator.symbol in ("==", "!="):
        return
    for term in operands:
        if term.kind not in _ORDERED and term.kind is not None:
            found = {"found": term.text, "kind": term.kind}
            sentence.wrong("FE315", operator.start, operator=operator.symbol, **found)
            return
