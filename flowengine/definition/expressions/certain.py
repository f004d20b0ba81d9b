"""Conditions that come out the same for every order: `amount > 5 and amount < 3`, `has(required_field)`.

Decides only what follows from kinds, choices, `min` and `max` and the written values; where it says nothing,
nothing is known. Used by the checker, never when an order is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from flowengine.definition.expressions.terms import (
    Among,
    Compared,
    Constant,
    Every,
    Gathered,
    Joined,
    Opposite,
    Presence,
    Read,
    Relation,
    Term,
    Times,
)
from flowengine.definition.kinds import NUMBERS, Kind

_CREATED: Final = "order.created"
_OPPOSITE: Final[Mapping[Relation, Relation]] = {
    "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip
_TURNED: Final[Mapping[Relation, Relation]] = {
    "==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=",
}  # fmt: skip


class Atom(NamedTuple):
    """Something that is read, and what is said of it: a relation to a value, or to be among several."""

    read: Term
    relation: Relation
    values: tuple[Any, ...]

    def turned_round(self) -> Atom:
        """The atom that holds where this one does not."""
        return self._replace(relation=_OPPOSITE[self.relation])


@dataclass(slots=True)
class _Range:
    """What a value can still be."""

    least: Any = None
    most: Any = None
    open_below: bool = False
    open_above: bool = False
    only: set[Any] | None = None
    never: set[Any] = field(default_factory=set)

    def narrow(self, relation: Relation, values: tuple[Any, ...]) -> None:
        """Leave only what fits. `==` and `!=` have any number of values, the others one."""
        if relation == "==":
            self.only = {*values} if self.only is None else self.only & {*values}
        elif relation == "!=":
            self.never |= {*values}
        elif relation in (">", ">="):
            self._from(values[0], is_open=relation == ">")
        else:
            self._to(values[0], is_open=relation == "<")

    def _from(self, value: Any, *, is_open: bool) -> None:
        if self.least is None or (value, is_open) > (self.least, self.open_below):
            self.least, self.open_below = value, is_open

    def _to(self, value: Any, *, is_open: bool) -> None:
        if self.most is None or (value, not is_open) < (self.most, not self.open_above):
            self.most, self.open_above = value, is_open

    def is_empty(self) -> bool:
        """Whether no value is left."""
        if self.only is not None:
            return not any(self._allows(value) for value in self.only - self.never)
        if self.least is None or self.most is None or self.least < self.most:
            return False
        one_left = self.least == self.most and not (self.open_below or self.open_above)
        return not one_left or self.least in self.never

    def _allows(self, value: Any) -> bool:
        below = self.least is not None and (value < self.least or (self.open_below and value == self.least))
        above = self.most is not None and (value > self.most or (self.open_above and value == self.most))
        return not below and not above


def certain(term: Term) -> bool | None:
    """How a condition comes out for every order; None if that depends on the order."""
    match term:
        case Constant(kind=Kind.BOOLEAN, value=value):
            return value is True
        case Presence(always=True):
            return True
        case Opposite(part=part):
            within = certain(part)
            return None if within is None else not within
        case Every(word=word, condition=condition):
            # Without rows `any` fails and `all` holds, whatever the condition says.
            within = certain(condition)
            return within if within is (word == "all") else None
        case Joined():
            return _joined(term)
    return _by_values([*_atoms(term)], lone=True)


def _joined(term: Joined) -> bool | None:
    deciding = term.word == "or"
    within = [certain(part) for part in term.parts]
    if deciding in within:
        return deciding
    if None not in within:
        return not deciding
    atoms = [atom for part in _flat(term) for atom in _atoms(part, turned=deciding)]
    return deciding if _by_values(atoms) is False else None


def _flat(term: Joined) -> Iterator[Term]:
    for part in term.parts:
        if isinstance(part, Joined) and part.word == term.word:
            yield from _flat(part)
        else:
            yield part


def _by_values(atoms: list[Atom], *, lone: bool = False) -> bool | None:
    """Whether all atoms can hold together: False if not. A `lone` condition also holds if it cannot fail."""
    if _contradict(atoms):
        return False
    if lone and atoms and all(_contradict([atom.turned_round()]) for atom in atoms):
        return True
    return None


def _contradict(atoms: Iterable[Atom]) -> bool:
    ranges: dict[str, _Range] = {}
    for atom in atoms:
        within = ranges.setdefault(_name(atom.read), _range(atom.read))
        within.narrow(atom.relation, atom.values)
    return any(within.is_empty() for within in ranges.values())


def _atoms(term: Term, *, turned: bool = False) -> Iterator[Atom]:
    """What is said of single values, where all of it holds; `turned`: where the term does not hold."""
    match term:
        case Read(kind=Kind.BOOLEAN):
            yield Atom(term, "==", (not turned,))
        case Opposite(part=part):
            yield from _atoms(part, turned=not turned)
        case Among(operand=operand, members=members, within=within) if _is_read(operand):
            atom = Atom(operand, "==", tuple(member.value for member in members))
            yield atom if within is not turned else atom.turned_round()
        case Compared(operands=operands, relations=relations) if not turned or len(relations) == 1:
            for left, relation, right in zip(operands, relations, operands[1:], strict=False):
                for atom in _atom(left, relation, right):
                    yield atom.turned_round() if turned else atom


def _atom(left: Term, relation: Relation, right: Term) -> Iterator[Atom]:
    if _is_read(left) and isinstance(right, Constant):
        yield Atom(left, relation, (right.value,))
    elif isinstance(left, Constant) and _is_read(right):
        yield Atom(right, _TURNED[relation], (left.value,))


def _is_read(term: Term) -> bool:
    return isinstance(term, Read | Times) or (isinstance(term, Gathered) and term.column is None)


def _name(term: Term) -> str:
    return term.name if isinstance(term, Read) else " ".join(term.text.split())


def _range(term: Term) -> _Range:
    """What a value can be before anything is said of it."""
    match term:
        case Times(moment=moment):
            return _Range(least=1, most=1) if moment == _CREATED else _Range(least=0)
        case Gathered():
            return _Range(least=0)
        case Read(kind=Kind.BOOLEAN):
            return _Range(only={True, False})
        case Read(known=known) if known.choices:
            return _Range(only={*known.choices})
        case Read(kind=kind, known=known) if kind in NUMBERS:
            return _Range(least=known.least, most=known.most)
    return _Range()
