"""Values written out in an expression: numbers, texts, truth, and the alternatives after `in`."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

from flowengine.definition.expressions.sentence import Sentence
from flowengine.definition.expressions.terms import Constant, Term
from flowengine.definition.kinds import Kind
from flowengine.texts import Phrase

DIGITS: Final = 18


def constant(sentence: Sentence, node: ast.Constant) -> Term:
    """The term of a value written out; None, bytes and the like are reported."""
    start, end = sentence.span(node)
    text = sentence.text(start, end)
    whole = Term(text, start, None)
    match node.value:
        case bool():
            return Constant(text, start, Kind.BOOLEAN, node.value)
        case int() | float():
            return _number(sentence, whole, node.value)
        case str() if text[0] == text[-1] and text[0] not in text[1:-1]:
            return Constant(text, start, Kind.TEXT, node.value)
        case str():  # two texts side by side, which the parser joins, or a letter before the quote
            sentence.wrong("FE328", start, found=text)
        case None:
            sentence.wrong("FE323", start, found=text)
        case _:
            sentence.wrong("FE309", start, found=text, what=Phrase("construct.other"))
    return whole


def alternatives(sentence: Sentence, node: ast.expr) -> tuple[Constant, ...]:
    """The values after `in`: `['a', 'b']` or `'a' | 'b'`. Whatever else stands there is reported."""
    written = [_written_out(sentence, part) for part in _listed(sentence, node)]
    return tuple(member for member in written if isinstance(member, Constant))


def minus(value: object) -> object:
    """The number with the other sign."""
    # Decimal's own minus rounds to the precision of the thread.
    if isinstance(value, Decimal):
        return value.copy_negate()
    return -value if isinstance(value, int | timedelta) else value


def _number(sentence: Sentence, whole: Term, value: float) -> Term:
    if sum(character.isdigit() for character in whole.text) > DIGITS:
        sentence.wrong("FE325", whole.start, found=whole.text, limit=DIGITS)
        return whole
    if isinstance(value, int):
        return Constant(whole.text, whole.start, Kind.INTEGER, value)
    # From the text, not from the parser's float: 0.1 is a tenth.
    return Constant(whole.text, whole.start, Kind.DECIMAL, Decimal(whole.text))


def _listed(sentence: Sentence, node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        return node.elts
    last: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        last.append(node.right)
        node = node.left
    if last:
        return [node, *reversed(last)]
    start, end = sentence.span(node)
    hint = "FE324.hint.lone" if isinstance(node, ast.Constant) else ""
    sentence.wrong("FE324", start, hint=hint, found=sentence.text(start, end))
    return []


def _written_out(sentence: Sentence, node: ast.expr) -> Term | None:
    if isinstance(node, ast.Constant):
        return constant(sentence, node)
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    if negated and isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        number = constant(sentence, node.operand)
        if isinstance(number, Constant) and number.kind in (Kind.INTEGER, Kind.DECIMAL):
            start, end = sentence.span(node)
            return replace(number, text=sentence.text(start, end), start=start, value=minus(number.value))
    start, end = sentence.span(node)
    hint = "FE324.hint.quotes" if isinstance(node, ast.Name) else ""
    sentence.wrong("FE324", start, hint=hint, found=sentence.text(start, end))
    return None
