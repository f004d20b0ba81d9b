"""Whether a condition holds when only some facts are known: true, false, or not known (None).

Works on the typed terms of expressions. What is decided here is what the closures of an expression decide
once everything is known; `plain` says which comparisons can be decided from values alone.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from flowengine.definition.expressions.reckoning import EXACT
from flowengine.definition.expressions.terms import (
    Among,
    Calculated,
    Compared,
    Constant,
    Gathered,
    Joined,
    Negative,
    Opposite,
    Presence,
    Read,
    Term,
    Times,
    parts,
)
from flowengine.definition.kinds import NUMBERS, Kind

Facts = Mapping[str, Any]
"""Values of fields by name (`MISSING`: none, `GIVEN`: any), counts as `count(moment)`, guesses by text."""
Truth = bool | None
Asked = Callable[[Facts], Truth]


class _Sentinel:
    pass


MISSING: Final = _Sentinel()
UNKNOWN: Final = _Sentinel()
GIVEN: Final = _Sentinel()
"""Some value, whichever it is."""
_NUMBER: Final = (int, Decimal)
_PLAIN: Final = NUMBERS | {Kind.TEXT, Kind.CHOICE, Kind.BOOLEAN, Kind.DATE}
_RELATIONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_CALCULATED: Final = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide}


def count_of(name: str) -> str:
    """The key under which facts hold how often a moment happened, or how many rows a list has."""
    return f"count({name})"


def plain(term: Compared | Among) -> bool:
    """Whether the values of fields and counts decide a comparison, so that no guess is needed."""
    operands = term.operands if isinstance(term, Compared) else (term.operand,)
    counted = any(isinstance(each, Times | Gathered) for each in operands)
    if counted and any(isinstance(each, Read) for each in operands):
        return False
    return all(
        isinstance(each, Constant | Times)
        or (isinstance(each, Gathered) and each.word == "count")
        or (isinstance(each, Read) and each.kind in _PLAIN)
        for each in operands
    ) and not any(isinstance(each, Constant) and isinstance(each.value, datetime) for each in operands)


def truth(term: Term) -> Asked:  # noqa: PLR0911
    """The function that says whether `term`, a condition, holds as far as the facts are known."""
    match term:
        case Joined():
            return _joined(term)
        case Opposite(part=part):
            return _opposite(truth(part))
        case Presence(always=True):
            return lambda _: True
        case Presence(name=name):
            return _presence(name)
        case Compared() | Among() if plain(term):
            return _compared(term) if isinstance(term, Compared) else _among(term)
        case Compared() | Among():
            return _guessed(term.text, _compared(term) if isinstance(term, Compared) else _among(term))
        case Constant(value=value):
            return lambda _: bool(value)
        case Read(name=name):
            return lambda facts: _known_truth(facts.get(name, UNKNOWN))
    text = term.text
    return lambda facts: facts.get(text)


def _known_truth(value: object) -> Truth:
    return value if isinstance(value, bool) else None


def _joined(term: Joined) -> Asked:
    """`and` is false as soon as one part is, `or` true; whatever else is not known leaves it open."""
    asked = tuple(truth(part) for part in term.parts)
    stops = term.word == "or"

    def joined(facts: Facts) -> Truth:
        found: Truth = not stops
        for part in asked:
            holds = part(facts)
            if holds is stops:
                return stops
            if holds is None:
                found = None
        return found

    return joined


def _opposite(part: Asked) -> Asked:
    def opposite(facts: Facts) -> Truth:
        holds = part(facts)
        return None if holds is None else not holds

    return opposite


def _presence(name: str) -> Asked:
    counted = count_of(name)

    def presence(facts: Facts) -> Truth:
        if name in facts:
            return facts[name] is not MISSING
        times = facts.get(counted) if "." in name else None
        return None if times is None else times > 0

    return presence


def _guessed(text: str, asked: Asked) -> Asked:
    def guessed(facts: Facts) -> Truth:
        return facts[text] if text in facts else asked(facts)

    return guessed


def _compared(term: Compared) -> Asked:
    operands = tuple(value(operand) for operand in term.operands)
    relations = tuple(_RELATIONS[relation] for relation in term.relations)

    def compared(facts: Facts) -> Truth:
        found = [operand(facts) for operand in operands]
        holds: Truth = True
        for relation, left, right in zip(relations, found, found[1:], strict=False):
            if left is UNKNOWN or right is UNKNOWN:
                holds = None
            elif not relation(left, right):
                return False
        return holds

    return compared


def _among(term: Among) -> Asked:
    operand, within = value(term.operand), term.within
    members = frozenset(member.value for member in term.members)

    def among(facts: Facts) -> Truth:
        found = operand(facts)
        return None if found is UNKNOWN else (found in members) is within

    return among


def value(term: Term) -> Callable[[Facts], Any]:
    """The function that gives the value of `term`, `UNKNOWN` where that cannot be said."""
    match term:
        case Constant(value=written):
            return lambda _: written
        case Read(name=name) if term.kind in _PLAIN:
            return lambda facts: _present(facts.get(name, UNKNOWN))
        case Times(moment=name) | Gathered(word="count", rows=Read(name=name)):
            counted = count_of(name)
            return lambda facts: facts.get(counted, UNKNOWN)
        case Negative(number=number):
            positive = value(number)
            return lambda facts: -found if isinstance(found := positive(facts), _NUMBER) else UNKNOWN
        case Calculated():
            return _calculated(term)
    return lambda _: UNKNOWN


def _present(found: object) -> object:
    return UNKNOWN if found is MISSING or found is GIVEN else found


def _calculated(term: Calculated) -> Callable[[Facts], Any]:
    left, right, calculate = value(term.left), value(term.right), _CALCULATED[term.operator]

    def calculated(facts: Facts) -> Any:
        one, other = left(facts), right(facts)
        if not isinstance(one, _NUMBER) or not isinstance(other, _NUMBER):
            return UNKNOWN
        if term.operator == "/" and other == 0:
            return UNKNOWN
        return calculate(one, other)

    return calculated


def within(term: Term) -> tuple[Term, ...]:
    """The terms of a condition that are decided by themselves: everything but `and`, `or` and `not`."""
    if isinstance(term, Joined | Opposite):
        return tuple(found for part in parts(term) for found in within(part))
    return (term,)
