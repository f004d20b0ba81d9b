"""Amounts of different currencies, which neither compare nor add up."""

from __future__ import annotations

from flowengine.definition.expressions.sentence import Sentence
from flowengine.definition.expressions.terms import Calculated, Gathered, Negative, Read, Term
from flowengine.definition.kinds import Kind


def currency_of(term: Term) -> str:
    """The currency of an amount; empty where it has none, or none is known."""
    match term:
        case Read(known=known) | Gathered(column=Read(known=known)):
            return known.currency
        case Negative(number=part):
            return currency_of(part)
        case Calculated(kind=Kind.MONEY, left=left, right=right):
            return currency_of(left) or currency_of(right)
    return ""


def same_currency(sentence: Sentence, left: Term, right: Term) -> bool:
    """Whether two amounts may stand beside each other; reports it at the second if not."""
    here, there = currency_of(left), currency_of(right)
    if not here or not there or here == there:
        return True
    found = {"left": left.text, "left_currency": here, "right": right.text, "right_currency": there}
    sentence.wrong("FE330", right.start, **found)
    return False
