"""What an evaluation may ask of an order, and how it fails when the answer cannot be used.

Implemented by whoever holds an order; nothing else of the order is within an expression's reach.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, Protocol

from flowengine.definition.expressions.sentence import shortened
from flowengine.definition.expressions.terms import Every, Presence, Read, Spent, Term, Times, parts
from flowengine.definition.spans import elapsed, spelled
from flowengine.errors import EvaluationFailed
from flowengine.texts import say

NO_DIVISOR: Final = "expression.zero"
NO_ROWS: Final = "expression.no_rows"
NO_VALUE: Final = "expression.missing"


class ValueMissing(EvaluationFailed):
    """A condition met a missing value that its checks should have excluded. Guard it with `has()`."""


class DividedByZero(EvaluationFailed):
    """A condition divided by zero. Ask first whether the divisor is something else, as in `n != 0 and …`."""


class NothingToAverage(EvaluationFailed):
    """A condition averaged a list without rows. Ask first whether it has some: `count(items) > 0 and …`."""


_ERRORS: Final[Mapping[str, type[EvaluationFailed]]] = {
    NO_DIVISOR: DividedByZero, NO_ROWS: NothingToAverage, NO_VALUE: ValueMissing,
}  # fmt: skip


class Facts(Protocol):
    """One order as its expressions see it. Asking must be quick and must always give the same answer."""

    def value(self, name: str) -> object | None:
        """The value of a field or the instant of a moment; None if there is none.

        Integers are int, decimals and money Decimal (or int), texts and choices str, instants aware
        datetimes, durations timedelta, lists sequences of mappings from column to value. Under
        `review.duration` stands how long the order has been in the stage `review`.
        """

    def count(self, moment: str) -> int:
        """How often the moment happened."""


class Row:
    """The facts within `any` or `all`: the columns of one row, and the order around it."""

    __slots__ = ("_around", "_columns", "_row")

    def __init__(self, around: Facts, columns: Mapping[str, str], row: Mapping[str, object]) -> None:
        self._around = around
        self._columns = columns
        self._row = row

    def value(self, name: str) -> object | None:
        """The value of a column by its dotted name, else what the order says."""
        column = self._columns.get(name)
        return self._around.value(name) if column is None else self._row.get(column)

    def count(self, moment: str) -> int:
        """How often the moment happened to the order."""
        return self._around.count(moment)


def readings(term: Term, facts: Facts) -> dict[str, object]:
    """What a term reads, by name, with the present values; a count stands under `count(moment)`."""
    return dict(_readings(term, facts))


def failed(key: str, part: Term, facts: Facts, **params: object) -> EvaluationFailed:
    """The error that says which part could not be evaluated, why, and what it read."""
    values = [f"{name} = {_shown(value)}" for name, value in readings(part, facts).items()]
    found = {"part": shortened(part.text), "values": values or ["-"], **params}
    return _ERRORS.get(key, EvaluationFailed)(say(key, "en", found))


def _readings(term: Term, facts: Facts, columns: Container[str] = ()) -> Iterator[tuple[str, object]]:
    match term:
        case Read(name=name) | Presence(name=name):
            if name not in columns:
                yield name, facts.value(name)
        case Times(moment=moment):
            yield f"count({moment})", facts.count(moment)
        case Spent(text=text, moment=moment):
            yield text, facts.value(moment)
        case _:
            within = term.columns if isinstance(term, Every) else columns
            for part in parts(term):
                yield from _readings(part, facts, within)


def _shown(value: object) -> str:
    match value:
        case None:
            return say("expression.no_value", "en")
        case str():
            return shortened(repr(value))
        case date():
            return value.isoformat()
        case timedelta():
            return spelled(elapsed(value))
        case list() | tuple():
            return say("expression.rows", "en", {"number": len(value)})
        case _:
            return shortened(str(value))
