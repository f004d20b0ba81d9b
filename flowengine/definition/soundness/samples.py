"""Which values of fields and counts have to be tried so that a condition cannot tell more of them apart.

Between the values with which fields are compared lie gaps; as many points of each gap are enough as there
are fields that are compared with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from flowengine.definition.expressions.terms import (
    Among,
    Compared,
    Constant,
    Gathered,
    Presence,
    Read,
    Term,
    Times,
)
from flowengine.definition.kinds import NUMBERS, Kind, Known
from flowengine.definition.soundness.truth import GIVEN, MISSING, count_of, plain, within
from flowengine.definition.values import FIRST_YEAR, LAST_YEAR

_SOME_DAY: Final = date(2026, 1, 1).toordinal()


@dataclass(slots=True)
class Variables:
    """What a question is about: the fields that it reads, the counts, and what can only be guessed."""

    fields: dict[str, Known] = field(default_factory=dict)
    counts: set[str] = field(default_factory=set)
    guesses: set[str] = field(default_factory=set)
    constants: dict[str, set[Any]] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)

    def root(self, name: str) -> str:
        """The field that stands for all with which `name` is compared, one after the other."""
        while (above := self.beside.get(name, name)) != name:
            name = above
        return name

    def together(self, name: str) -> list[str]:
        """The fields that are compared with each other, `name` among them."""
        mine = self.root(name)
        return [each for each in self.fields if self.root(each) == mine]


def variables_of(terms: Iterable[Term]) -> Variables:
    """Everything that decides whether these conditions hold."""
    found = Variables()
    for whole in terms:
        for term in within(whole):
            _note(found, term)
    return found


def _note(found: Variables, term: Term) -> None:
    match term:
        case Compared() | Among() if plain(term):
            members: Sequence[Term] = (
                term.operands if isinstance(term, Compared) else (term.operand, *term.members)
            )
            names = [_named(found, each) for each in members]
            known = [name for name in names if name]
            for name in known:
                found.beside.setdefault(name, name)
                found.beside[found.root(name)] = found.root(known[0])
                found.constants.setdefault(name, set()).update(
                    each.value for each in members if isinstance(each, Constant)
                )
        case Presence(always=True):
            pass
        case Presence(name=name):
            if "." in name:
                found.counts.add(name)
            else:
                found.fields.setdefault(name, Known(Kind.LIST))
        case Read(name=name, known=known_):
            found.fields[name] = known_
        case Constant():
            pass
        case _:
            found.guesses.add(term.text)


def _named(found: Variables, term: Term) -> str:
    match term:
        case Read(name=name, known=known):
            found.fields[name] = known
            return name
        case Times(moment=name) | Gathered(rows=Read(name=name)):
            found.counts.add(name)
            return count_of(name)
    return ""


def field_samples(found: Variables, name: str) -> list[Any]:
    """The values of a field that have to be tried, `MISSING` among them if it may have none."""
    known = found.fields[name]
    together = found.together(name) or [name]
    constants = {value for each in together for value in found.constants.get(each, ())}
    if known.kind is Kind.BOOLEAN:
        values: list[Any] = [True, False]
    elif known.kind is Kind.CHOICE and known.choices:
        values = list(known.choices)
    elif known.kind in NUMBERS:
        values = _numbers(found, together, constants, known)
    elif known.kind is Kind.DATE:
        values = _days(constants, len(together))
    elif known.kind in (Kind.TEXT, Kind.CHOICE):
        values = [*sorted(constants), *(f"text {number}" for number in range(1, len(together) + 1))]
    else:
        values = [GIVEN]  # only whether it has a value is asked
    return values if known.always else [*values, MISSING]


def _numbers(found: Variables, together: Sequence[str], constants: set[Any], known: Known) -> list[Any]:
    each_known = [found.fields[each] for each in together]
    bounds = {bound for each in each_known for bound in (each.least, each.most) if bound is not None}
    whole = all(each.kind is Kind.INTEGER for each in each_known)
    marks = sorted({Decimal(value) for value in constants | bounds})
    return [
        point
        for point in _points(marks, len(together), whole=whole)
        if (known.least is None or point >= known.least) and (known.most is None or point <= known.most)
    ]


def _points(marks: Sequence[Decimal], many: int, *, whole: bool) -> Iterator[Any]:
    """The marks and `many` points between any two neighbours, below the first and above the last."""
    if not marks:
        yield from range(1, many + 1)
        return
    if whole:
        wholes = sorted({int(mark) for mark in marks} | {int(mark) + 1 for mark in marks if mark % 1})
        yield from sorted({at + step for at in wholes for step in range(-many, many + 1)})
        return
    yield from (marks[0] - step for step in range(many, 0, -1))
    for low, high in pairwise(marks):
        yield low
        middle = (low + high) / 2
        yield from (
            [round(middle)]
            if many == 1 and low < round(middle) < high
            else (low + (high - low) * step / (many + 1) for step in range(1, many + 1))
        )
    yield marks[-1]
    yield from (marks[-1] + step for step in range(1, many + 1))


def _days(constants: set[Any], many: int) -> list[date]:
    marks = sorted(day.toordinal() for day in constants) or [_SOME_DAY]
    ordinals = sorted({at + step for at in marks for step in range(-many, many + 1)})
    return [day for at in ordinals if FIRST_YEAR <= (day := date.fromordinal(at)).year <= LAST_YEAR]


def count_samples(found: Variables, name: str, least: int, most: int | None) -> list[int]:
    """How often something may have happened: the numbers that have to be tried, within these bounds."""
    marks = {int(value) for value in found.constants.get(count_of(name), ())} | {0, least}
    near = {at + step for at in marks for step in (-1, 0, 1)}
    return sorted(
        at
        for at in near | ({most} if most is not None else set())
        if at >= least and (most is None or at <= most)
    )
