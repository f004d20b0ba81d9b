"""Closures that ask the facts: a field or moment, the rows of a list, a number over a column.

Every answer is held to the kind that was declared for it before anything is done with it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from flowengine.definition.expressions.facts import NO_ROWS, NO_VALUE, Facts, Row, failed
from flowengine.definition.expressions.reckoning import EXACT
from flowengine.definition.expressions.terms import Gathered, Read, Term
from flowengine.definition.kinds import Kind
from flowengine.errors import EvaluationFailed
from flowengine.texts import Phrase

Closure = Callable[[Facts], Any]
Rows = Sequence[Mapping[str, object]]
_ACCEPTED: Final[Mapping[Kind | None, type | tuple[type, ...]]] = {
    Kind.TEXT: str, Kind.CHOICE: str, Kind.BOOLEAN: bool, Kind.LIST: (list, tuple),
    Kind.INTEGER: int, Kind.DECIMAL: (Decimal, int), Kind.MONEY: (Decimal, int),
    Kind.PERSON: str, Kind.DURATION: timedelta,
}  # fmt: skip


def asked(term: Read, phrase: Term) -> Closure:
    """Reads a field or moment; `phrase` is the part that the error names if the answer cannot be used."""
    if term.kind in _ACCEPTED:
        return _quickly(term, phrase, _ACCEPTED[term.kind])
    name, usable = term.name, _USABLE[term.kind]

    def read(facts: Facts) -> object:
        value = facts.value(name)
        if usable(value):
            return value
        raise _unusable(phrase, facts, term, value)

    return read


def rows(term: Read, phrase: Term) -> Callable[[Facts], Rows]:
    """Reads a list of rows."""
    read = asked(term, phrase)

    def read_rows(facts: Facts) -> Rows:
        found: Rows = read(facts)
        for row in found:
            if not isinstance(row, Mapping):
                raise _unusable(phrase, facts, term, row)
        return found

    return read_rows


def counted_rows(term: Gathered) -> Closure:
    """The number of rows; a list without a value has none."""
    name, read = term.rows.name, asked(term.rows, term)
    return lambda facts: 0 if facts.value(name) is None else len(read(facts))


def gathered(term: Gathered, column: Read, phrase: Term) -> Closure:
    """The sum or the average of a column. No rows sum up to 0; they have no average."""
    read_rows, read = rows(term.rows, phrase), asked(column, column)
    columns = {column.name: column.name.removeprefix(f"{term.rows.name}.")}
    length = column.kind is Kind.DURATION
    add = operator.add if length or column.kind is Kind.INTEGER else EXACT.add
    divide = operator.floordiv if length else EXACT.divide
    nothing = timedelta() if length else 0
    average = term.word == "average"

    def gather(facts: Facts) -> object:
        found = read_rows(facts)
        total: Any = nothing
        for row in found:
            total = add(total, read(Row(facts, columns, row)))
        if average and not found:
            raise failed(NO_ROWS, term, facts)
        return divide(total, len(found)) if average else total

    return gather


def _quickly(term: Read, phrase: Term, accepted: type | tuple[type, ...]) -> Closure:
    name = term.name

    def read(facts: Facts) -> object:
        value = facts.value(name)
        if isinstance(value, accepted):
            return value
        raise _unusable(phrase, facts, term, value)

    return read


def _is_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)  # Python calls a datetime a date


def _is_instant(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


_USABLE: Final[Mapping[Kind | None, Callable[[object], bool]]] = {
    Kind.DATE: _is_date,
    Kind.DATETIME: _is_instant,
    Kind.MOMENT: _is_instant,
}


def _unusable(phrase: Term, facts: Facts, term: Read, value: object) -> EvaluationFailed:
    if value is None:
        return failed(NO_VALUE, phrase, facts, name=term.name)
    found = {"name": term.name, "kind": Phrase(f"value.{term.known.kind}"), "type": type(value).__name__}
    return failed("expression.kind", phrase, facts, **found)
