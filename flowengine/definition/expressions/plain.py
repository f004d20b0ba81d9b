"""A condition in the words of the people who run the process: for drawings, and for what has changed.

It reads the typed tree and asks `Naming` what things are called; it decides nothing. A term that it has no
words for stands as it was written.
"""

from __future__ import annotations

from typing import Final, Protocol

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
    Spent,
    Term,
    Times,
)
from flowengine.definition.kinds import Kind
from flowengine.texts import Lang, say

_SIGNS: Final = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "*": "×", "/": "÷"}
_REVERSED: Final = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Naming(Protocol):
    """What people call the things that a condition speaks of, in one language."""

    @property
    def lang(self) -> Lang:
        """The language of the names and of the words between them."""

    def name(self, name: str) -> str:
        """A field, a column of a list (`items.quantity`) or a moment (`quality.failed`)."""

    def value(self, name: str, value: str) -> str:
        """A value that is written out beside the field of that name."""


def plain(term: Term, naming: Naming) -> str:
    """The condition or value in words."""
    return _Plain(naming).said(term)


class _Plain:
    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def said(self, term: Term) -> str:  # noqa: PLR0911 - one line for each kind of term
        match term:
            case Constant():
                return self._constant(term, "")
            case Read(name=name, kind=Kind.BOOLEAN):
                return self._say("is_yes", name=self._naming.name(name))
            case Presence() | Opposite() | Among():
                return self._whether(term, holds=True)
            case Times(moment=moment):
                return self._say("times", name=self._naming.name(moment))
            case Spent(moment=moment):
                return self._naming.name(moment)
            case Days(part=part):
                return self._say("days", length=self.said(part))
            case Gathered():
                column = self._naming.name(term.column.name) if term.column else ""
                return self._say(term.word, name=self._naming.name(term.rows.name), column=column)
            case Every():
                rows, condition = self._naming.name(term.rows.name), self.said(term.condition)
                return self._say(f"rows.{term.word}", name=rows, condition=condition)
            case Negative(number=number):
                return f"-{self._operand(number)}"
            case Calculated():
                parts = (self._calculated(part, term.operator) for part in (term.left, term.right))
                return self._joined(tuple(parts), (term.operator,))
            case Compared():
                return self._joined(self._operands(term.operands), term.relations)
            case Joined():
                between = self._say(f"join.{term.word}")
                return f" {between} ".join(self._bracketed(part) for part in term.parts)
        return term.text

    def _whether(self, term: Term, *, holds: bool) -> str:
        """A condition, or its opposite in words of its own where there are some."""
        match term:
            case Opposite(part=part):
                return self._whether(part, holds=not holds)
            case Presence(name=name):
                kind = "given" if term.text.startswith("has") or "." not in name else "happened"
                return self._say(kind if holds else f"not_{kind}", name=self._naming.name(name))
            case Read(name=name) if not holds:
                return self._say("is_no", name=self._naming.name(name))
            case Among():
                within = term.within is holds
                field = term.operand.name if isinstance(term.operand, Read) else ""
                members = self._say("join.or").join(f" {self._constant(m, field)} " for m in term.members)
                key = "among" if within else "not_among"
                return self._say(key, name=self._operand(term.operand), members=members.strip())
            case Compared(operands=operands, relations=(relation,)) if not holds:
                return self._joined(self._operands(operands), (_REVERSED[relation],))
        return self.said(term) if holds else self._say("opposite", condition=self.said(term))

    def _operands(self, terms: tuple[Term, ...]) -> tuple[str, ...]:
        field = next((term.name for term in terms if isinstance(term, Read)), "")
        return tuple(
            self._constant(term, field) if isinstance(term, Constant) else self._operand(term)
            for term in terms
        )

    def _operand(self, term: Term) -> str:
        if isinstance(term, Read):
            return self._naming.name(term.name)
        return self.said(term)

    def _calculated(self, term: Term, operator: str) -> str:
        """A part of a calculation, in brackets where its own operator would not come first."""
        said = term.text if isinstance(term, Constant) else self._operand(term)
        if not isinstance(term, Calculated):
            return said
        alone = operator != "+" if term.operator in "+-" else operator in "*/"
        return f"({said})" if alone else said

    def _constant(self, term: Constant, field: str) -> str:
        if isinstance(term.value, bool):
            return self._say("yes" if term.value else "no")
        if isinstance(term.value, str):
            return self._naming.value(field, term.value)
        return term.text.strip("\"'")  # a date or a length of time stands in quotes

    def _bracketed(self, term: Term) -> str:
        said = self.said(term)
        return self._say("bracketed", condition=said) if isinstance(term, Joined) else said

    def _joined(self, words: tuple[str, ...], signs: tuple[str, ...]) -> str:
        rest = (f"{_SIGNS.get(sign, sign)} {word}" for sign, word in zip(signs, words[1:], strict=True))
        return " ".join((words[0], *rest))

    def _say(self, key: str, **params: object) -> str:
        return say(f"plain.{key}", self._naming.lang, params)
