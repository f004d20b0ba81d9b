"""Why an expression holds or does not: the tree of its conditions, each with its text and what it read.

It always agrees with the evaluation itself; what cannot be evaluated says so instead of failing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flowengine.definition.expressions.closures import closure
from flowengine.definition.expressions.facts import Facts, failed, readings
from flowengine.definition.expressions.terms import Joined, Opposite, Term
from flowengine.errors import EvaluationFailed


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of an expression with what it came to.

    `holds` is None for a condition that could not be evaluated and for what is not a condition. Parts
    that the evaluation skipped are shown as they would have come out. `names` are the values read.
    """

    text: str
    value: object
    holds: bool | None
    parts: tuple[Reason, ...] = ()
    names: Mapping[str, object] = field(default_factory=dict)


def evaluated(term: Term, facts: Facts, zone: ZoneInfo) -> object:
    """The value of a term; raises `EvaluationFailed` where there is none."""
    try:
        return closure(term, zone)(facts)
    except (TypeError, ArithmeticError) as error:
        raise failed("expression.failed", term, facts, error=error) from error


def reason(term: Term, facts: Facts, zone: ZoneInfo) -> Reason:
    """Why `term` comes to what it comes to. Never raises."""
    names = readings(term, facts)
    match term:
        case Joined():
            parts = tuple(reason(part, facts, zone) for part in term.parts)
            holds = _joined(term, parts)
            return Reason(term.text, holds, holds, parts, names)
        case Opposite(part=part):
            within = reason(part, facts, zone)
            holds = None if within.holds is None else not within.holds
            return Reason(term.text, holds, holds, (within,), names)
    try:
        value = evaluated(term, facts, zone)
    except EvaluationFailed:
        value = None
    return Reason(term.text, value, value if isinstance(value, bool) else None, (), names)


def _joined(term: Joined, parts: tuple[Reason, ...]) -> bool | None:
    """The first part that decides, decides; one before it that cannot be evaluated leaves all open."""
    deciding = term.word == "or"
    for part in parts:
        if part.holds is not (not deciding):
            return part.holds
    return not deciding
