"""Why an expression holds or does not: the tree of its conditions, each with its text and what it read.

It always agrees with the evaluation itself; what cannot be evaluated says so instead of failing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.definition.expressions.asking import Closure
from flowengine.definition.expressions.closures import closure
from flowengine.definition.expressions.facts import Facts, Row, failed, readings
from flowengine.definition.expressions.terms import Every, Joined, Opposite, Term
from flowengine.errors import EvaluationFailed

SHOWN_ROWS: Final = 3
"""So many rows are told of where none decides alone."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of an expression with what it came to.

    `holds` is None for a condition that could not be evaluated and for what is not a condition. Parts
    that the evaluation skipped are shown as they would have come out. `names` are the values read. Below
    `any` and `all` stand the rows that decide, with their numbers from 1; `row` is 0 for everything else.
    """

    text: str
    value: object
    holds: bool | None
    parts: tuple[Reason, ...] = ()
    names: Mapping[str, object] = field(default_factory=dict)
    row: int = 0


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
    holds = value if isinstance(value, bool) else None
    parts = _rows(term, facts, zone, holds=holds) if isinstance(term, Every) else ()
    return Reason(term.text, value, holds, parts, names)


def _rows(term: Every, facts: Facts, zone: ZoneInfo, *, holds: bool | None) -> tuple[Reason, ...]:
    """The one row that decides, or where none does alone, the first few."""
    found = facts.value(term.rows.name)
    if not isinstance(found, list | tuple):
        return ()
    within = [Row(facts, term.columns, row) for row in found]
    check = closure(term.condition, zone)
    deciding = holds is None or holds is (term.word == "any")
    which = [next((n for n, row in enumerate(within) if _came_to(check, row) is holds), 0)]
    if not deciding:
        which = [*range(len(within))][:SHOWN_ROWS]
    return tuple(replace(reason(term.condition, within[n], zone), row=n + 1) for n in which if within)


def _came_to(check: Closure, row: Row) -> object:
    try:
        return check(row)
    except (EvaluationFailed, TypeError, ArithmeticError):
        return None


def _joined(term: Joined, parts: tuple[Reason, ...]) -> bool | None:
    """The first part that decides, decides; one before it that cannot be evaluated leaves all open."""
    deciding = term.word == "or"
    for part in parts:
        if part.holds is not (not deciding):
            return part.holds
    return not deciding
