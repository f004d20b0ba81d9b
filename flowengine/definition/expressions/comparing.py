"""Which kinds of value compare with which, and in which way; the terms of comparisons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from flowengine.definition.expressions.monetary import same_currency
from flowengine.definition.expressions.sentence import Sentence, shortened
from flowengine.definition.expressions.terms import Among, Compared, Constant, Read, Relation, Term
from flowengine.definition.findings import unknown
from flowengine.definition.kinds import NUMBERS, TIMES, WORDS, Kind
from flowengine.definition.spans import span

_GROUPS: Final = (
    NUMBERS, TIMES, WORDS - {Kind.PERSON}, WORDS - {Kind.CHOICE},
    frozenset({Kind.BOOLEAN}), frozenset({Kind.DURATION}),
)  # fmt: skip
_ORDERED: Final = NUMBERS | TIMES | {Kind.DURATION}
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
        meant_beside(sentence, term, operands[max(at - 1, 0) : at + 2]) for at, term in enumerate(operands)
    )
    for (left, right), operator in zip(pairwise(terms), operators, strict=True):
        if _comparable(sentence, left, right):
            _check_order(sentence, (left, right), operator)
    return Compared(whole.text, whole.start, Kind.BOOLEAN, terms, tuple(o.symbol for o in operators))


def among(
    sentence: Sentence, whole: Term, operand: Term, members: Sequence[Constant], *, within: bool
) -> Term:
    """The term of `in` and `not in`; reports members that the operand can never be."""
    terms = [meant_beside(sentence, member, (operand,)) for member in members]
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


def lasting(sentence: Sentence, term: Term) -> Term:
    """The term, or the duration that it means if it is a text written beside one."""
    if not isinstance(term, Constant) or term.kind is not Kind.TEXT:
        return term
    try:
        length = timedelta(milliseconds=span(str(term.value)))
    except ValueError:
        sentence.wrong("FE331", term.start, found=term.text)
        return replace(term, kind=None)
    return replace(term, kind=Kind.DURATION, value=length)


def is_day(term: Term) -> bool:
    """Whether a text written out looks like a date."""
    return isinstance(term, Constant) and _DAY.fullmatch(str(term.value)) is not None


def meant_beside(sentence: Sentence, term: Term, others: Sequence[Term]) -> Term:
    """The term, or what it means as a text beside a point in time or a duration."""
    if any(other.kind in TIMES for other in others):
        return dated(sentence, term)
    return lasting(sentence, term) if any(other.kind is Kind.DURATION for other in others) else term


def _comparable(sentence: Sentence, left: Term, right: Term) -> bool:
    if left.kind is None or right.kind is None:
        return False
    if any(left.kind in group and right.kind in group for group in _GROUPS):
        choices = check_choice(sentence, left, right) and check_choice(sentence, right, left)
        return same_currency(sentence, left, right) and choices
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
    if Kind.DURATION in (constant.kind, other.kind):
        return "FE314.hint.duration", ""
    return "", ""


def check_choice(sentence: Sentence, field: Term, constant: Term) -> bool:
    """Whether a word written out is one that the field may have; reports it if not."""
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
