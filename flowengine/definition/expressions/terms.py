"""The typed tree of an expression: what `grammar` builds, `presence` checks and `closures` runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from flowengine.definition.kinds import Kind, Known
from flowengine.definition.unwritten import unwritten

Arithmetic = Literal["+", "-", "*", "/"]
Relation = Literal["==", "!=", "<", "<=", ">", ">="]
Gathering = Literal["count", "sum", "average"]


@unwritten(frozen=True, slots=True)
class Term:
    """A part of an expression: its text, its offset, and its kind (None: already found wrong)."""

    text: str
    start: int
    kind: Kind | None


@unwritten(frozen=True, slots=True)
class Constant(Term):
    """A value written out."""

    value: object


@unwritten(frozen=True, slots=True)
class Read(Term):
    """The value of a field or a moment, or of a column within `Every`."""

    name: str
    known: Known


@unwritten(frozen=True, slots=True)
class Presence(Term):
    """Whether a name has a value: `has(x)`, `happened(x)`; `always` if no order lacks it."""

    name: str
    always: bool = False


@unwritten(frozen=True, slots=True)
class Times(Term):
    """How often something happened: `count(quality.failed)`."""

    moment: str


@unwritten(frozen=True, slots=True)
class Spent(Term):
    """How long an order has been in a stage: `duration(review)`; `moment` is the name that facts know."""

    moment: str


@unwritten(frozen=True, slots=True)
class Days(Term):
    """The whole days of a duration: `days(a - b)`."""

    part: Term


@unwritten(frozen=True, slots=True)
class Gathered(Term):
    """One number from all rows of a list: `count(items)`, `sum(items.quantity)`."""

    word: Gathering
    rows: Read
    column: Read | None


@unwritten(frozen=True, slots=True)
class Every(Term):
    """Whether a condition holds for `any` or `all` rows; `columns` are the columns by dotted name."""

    word: Literal["any", "all"]
    rows: Read
    condition: Term
    columns: Mapping[str, str]


@unwritten(frozen=True, slots=True)
class Negative(Term):
    """Minus a number or a duration."""

    number: Term


@unwritten(frozen=True, slots=True)
class Calculated(Term):
    """Two numbers, points in time or durations, and an operator."""

    operator: Arithmetic
    left: Term
    right: Term


@unwritten(frozen=True, slots=True)
class Compared(Term):
    """Two operands and a relation, or a chain of them."""

    operands: tuple[Term, ...]
    relations: tuple[Relation, ...]


@unwritten(frozen=True, slots=True)
class Among(Term):
    """Whether a value is one of those written out."""

    operand: Term
    members: tuple[Constant, ...]
    within: bool


@unwritten(frozen=True, slots=True)
class Joined(Term):
    """Conditions joined by one word."""

    word: Literal["and", "or"]
    parts: tuple[Term, ...]


@unwritten(frozen=True, slots=True)
class Opposite(Term):
    """Not a condition."""

    part: Term


def parts(term: Term) -> tuple[Term, ...]:
    """The terms directly within a term, in the order in which they are evaluated."""
    match term:
        case Gathered(rows=rows):
            return (rows,)
        case Every(rows=rows, condition=condition):
            return (rows, condition)
        case Negative(number=part) | Opposite(part=part) | Among(operand=part) | Days(part=part):
            return (part,)
        case Calculated(left=left, right=right):
            return (left, right)
        case Compared(operands=within) | Joined(parts=within):
            return within
    return ()


def withheld(term: Term) -> Iterator[Read]:
    """The private values that a term reads: it may only ask whether there are any."""
    if isinstance(term, Read) and term.known.private:
        yield term
    for part in parts(term):
        yield from withheld(part)


def names(term: Term) -> Iterator[str]:
    """The fields and moments that a term reads, as often as it reads them; columns are not names."""
    match term:
        case Read(name=name) | Presence(name=name) | Times(moment=name) | Spent(moment=name):
            yield name
        case Every(columns=columns):
            yield from (name for part in parts(term) for name in names(part) if name not in columns)
        case _:
            yield from (name for part in parts(term) for name in names(part))
