"""Which names may have no value where an expression uses them.

What a condition proves present on its way is present in what follows: `has(x) and x > 5` and
`not has(x) or x > 5` need no more than that.
"""

from __future__ import annotations

from typing import NamedTuple

from flowengine.definition.expressions.terms import (
    Calculated,
    Constant,
    Every,
    Gathered,
    Joined,
    Opposite,
    Presence,
    Read,
    Term,
    parts,
)

Names = frozenset[str]
_NONE: Names = frozenset()


class Proof(NamedTuple):
    """The names that surely have a value once a condition was found true, and found false."""

    true: Names
    false: Names


def unguarded(term: Term) -> tuple[Proof, tuple[Read, ...]]:
    """What a term proves, and the reads that may meet no value, each where it stands.

    A name is not repeated once it was read.
    """
    missing: list[Read] = []
    return _proof(term, _NONE, missing), tuple(missing)


def is_total(term: Term) -> bool:
    """Whether a term comes to something for all values: a division may be by zero, an average of nothing."""
    match term:
        case Calculated(operator="/", right=right) if not isinstance(right, Constant):
            return False
        case Gathered(word="average"):
            return False
    return all(is_total(part) for part in parts(term))


def _proof(term: Term, present: Names, missing: list[Read]) -> Proof:  # noqa: PLR0911
    match term:
        case Read():
            return _read(term, present, missing)
        case Presence(name=name):
            return Proof(frozenset({name}), _NONE)
        case Opposite(part=part):
            true, false = _proof(part, present, missing)
            return Proof(false, true)
        case Joined():
            return _joined(term, present, missing)
        case Gathered():
            return _gathered(term, present, missing)
        case Every():
            rows = _proof(term.rows, present, missing).true
            _proof(term.condition, present | rows, missing)
            return Proof(rows, rows)
        case _:
            return _each(parts(term), present, missing)


def _read(term: Read, present: Names, missing: list[Read]) -> Proof:
    """A name that was read counts as present, so that what is missing is said once."""
    if not term.known.always and term.name not in present and term.kind is not None:
        missing.append(term)
    read = frozenset({term.name})
    return Proof(read, read)


def _joined(term: Joined, present: Names, missing: list[Read]) -> Proof:
    """`and` goes on only while its parts are true, `or` only while they are false."""
    onwards: Names = _NONE
    stopped: Names | None = None
    for part in term.parts:
        true, false = _proof(part, present | onwards, missing)
        on, off = (true, false) if term.word == "and" else (false, true)
        stopped = onwards | off if stopped is None else stopped & (onwards | off)
        onwards |= on
    return Proof(onwards, stopped or _NONE) if term.word == "and" else Proof(stopped or _NONE, onwards)


def _gathered(term: Gathered, present: Names, missing: list[Read]) -> Proof:
    if term.word == "count":
        return Proof(_NONE, _NONE)
    if term.column and not term.column.known.always:
        missing.append(term.column)
    return _proof(term.rows, present, missing)


def _each(terms: tuple[Term, ...], present: Names, missing: list[Read]) -> Proof:
    read: Names = _NONE
    for term in terms:
        true, false = _proof(term, present | read, missing)
        read |= true & false
    return Proof(read, read)
