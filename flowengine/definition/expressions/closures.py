"""From typed terms to closures: evaluating an expression against the facts of one order.

A value that is missing, or of another kind than declared, is an error that names the part and what it
read, never a quiet False. Nothing here depends on the decimal context or the time zone of the thread.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flowengine.definition.expressions.asking import Closure, asked, counted_rows, gathered, rows
from flowengine.definition.expressions.facts import NO_DIVISOR, Facts, Row, failed
from flowengine.definition.expressions.reckoning import EXACT, operation, whole_days
from flowengine.definition.expressions.terms import (
    Among,
    Calculated,
    Compared,
    Constant,
    Days,
    Every,
    Gathered,
    Joined,
    Negative,
    Opposite,
    Presence,
    Read,
    Relation,
    Spent,
    Term,
    Times,
)
from flowengine.definition.kinds import Kind

_INSTANTS: Final = frozenset({Kind.DATETIME, Kind.MOMENT})
_UNROUNDED: Final = frozenset({Kind.INTEGER, Kind.DURATION})
_NO_TIME: Final = timedelta()
_RELATIONS: Final[Mapping[Relation, Callable[[Any, Any], bool]]] = {
    "==": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def closure(term: Term, zone: ZoneInfo) -> Closure:
    """The function from facts to the value of `term`; `zone` is where an instant's date is read off.

    It raises `EvaluationFailed`, or TypeError and ArithmeticError for facts that break their promise.
    """
    return _built(term, term, zone)


def _built(term: Term, phrase: Term, zone: ZoneInfo) -> Closure:  # noqa: C901, PLR0911, PLR0912 - one line per kind of term
    """`phrase` is the part that an error names: the whole comparison rather than the lone name."""
    match term:
        case Read():
            return asked(term, phrase)
        case Constant(value=value):
            return lambda _: value
        case Compared():
            return _compared(term, zone)
        case Among():
            return _among(term, zone)
        case Joined():
            return _joined(term, zone)
        case Opposite(part=part):
            condition = _built(part, part, zone)
            return lambda facts: not condition(facts)
        case Presence(name=name):
            return lambda facts: facts.value(name) is not None
        case Times(moment=moment):
            return lambda facts: facts.count(moment)
        case Spent(moment=moment):
            return lambda facts: facts.value(moment) or _NO_TIME
        case Days(part=part):
            length = _built(part, phrase, zone)
            return lambda facts: whole_days(length(facts))
        case Negative(number=number):
            positive = _built(number, phrase, zone)
            minus = operator.neg if number.kind in _UNROUNDED else EXACT.minus
            return lambda facts: minus(positive(facts))
        case Calculated():
            return _calculated(term, phrase, zone)
        case Gathered(column=None):
            return counted_rows(term)
        case Gathered(column=Read() as column):
            return gathered(term, column, phrase)
        case Every():
            return _every(term, zone)
    raise NotImplementedError(type(term).__name__)


def _compared(term: Compared, zone: ZoneInfo) -> Closure:
    operands = [_built(operand, term, zone) for operand in term.operands]
    kinds = [operand.kind for operand in term.operands]
    relations = [
        _relation(relation, kinds[at], kinds[at + 1], zone) for at, relation in enumerate(term.relations)
    ]
    first, second, relation = operands[0], operands[1], relations[0]
    constant = term.operands[1]
    if len(relations) > 1:
        return _chain(first, tuple(zip(relations, operands[1:], strict=True)))
    if isinstance(constant, Constant):
        value = constant.value
        return lambda facts: relation(first(facts), value)
    return lambda facts: relation(first(facts), second(facts))


def _chain(first: Closure, links: tuple[tuple[Callable[[Any, Any], bool], Closure], ...]) -> Closure:
    def chain(facts: Facts) -> bool:
        left = first(facts)
        for relation, operand in links:
            right = operand(facts)
            if not relation(left, right):
                return False
            left = right
        return True

    return chain


def _relation(
    relation: Relation, left: Kind | None, right: Kind | None, zone: ZoneInfo
) -> Callable[[Any, Any], bool]:
    """How two values compare; an instant beside a date counts as the local day on which it lies."""
    holds = _RELATIONS[relation]
    if left in _INSTANTS and right is Kind.DATE:
        return lambda instant, day: holds(instant.astimezone(zone).date(), day)
    if left is Kind.DATE and right in _INSTANTS:
        return lambda day, instant: holds(day, instant.astimezone(zone).date())
    return holds


def _among(term: Among, zone: ZoneInfo) -> Closure:
    operand = _built(term.operand, term, zone)
    members = frozenset(member.value for member in term.members)
    within = term.within
    if term.operand.kind in _INSTANTS:
        return lambda facts: (operand(facts).astimezone(zone).date() in members) is within
    if within:
        return lambda facts: operand(facts) in members
    return lambda facts: operand(facts) not in members


def _joined(term: Joined, zone: ZoneInfo) -> Closure:
    parts = tuple(_built(part, part, zone) for part in term.parts)
    if len(parts) == 2:  # noqa: PLR2004
        left, right = parts
        if term.word == "and":
            return lambda facts: left(facts) and right(facts)
        return lambda facts: left(facts) or right(facts)
    if term.word == "and":
        return lambda facts: all(part(facts) for part in parts)
    return lambda facts: any(part(facts) for part in parts)


def _calculated(term: Calculated, phrase: Term, zone: ZoneInfo) -> Closure:
    left, right = _built(term.left, phrase, zone), _built(term.right, phrase, zone)
    calculate = operation(term, zone)
    if term.operator != "/":
        return lambda facts: calculate(left(facts), right(facts))

    def divide(facts: Facts) -> object:
        dividend, divisor = left(facts), right(facts)
        if not divisor:
            raise failed(NO_DIVISOR, term, facts)
        return calculate(dividend, divisor)

    return divide


def _every(term: Every, zone: ZoneInfo) -> Closure:
    rows_of = rows(term.rows, term)
    condition = _built(term.condition, term.condition, zone)
    columns = term.columns
    combine = any if term.word == "any" else all
    return lambda facts: combine(condition(Row(facts, columns, row)) for row in rows_of(facts))
