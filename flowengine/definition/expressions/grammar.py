"""From the parser's tree to typed terms: the closed list of what an expression may consist of.

Whatever is not listed in `_RULES` is refused with its place. A part that is wrong becomes a term without
a kind, which is never reported again, so that one reading finds everything.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, Literal

from flowengine.definition.expressions.comparing import Operator, among, compared, dated, is_day, lasting
from flowengine.definition.expressions.constants import alternatives, constant, minus
from flowengine.definition.expressions.functions import called
from flowengine.definition.expressions.monetary import same_currency
from flowengine.definition.expressions.naming import NOTHING, named, words
from flowengine.definition.expressions.reckoning import kind_of, whole_days
from flowengine.definition.expressions.sentence import Sentence
from flowengine.definition.expressions.terms import (
    Arithmetic,
    Calculated,
    Constant,
    Joined,
    Negative,
    Opposite,
    Relation,
    Term,
)
from flowengine.definition.kinds import NUMBERS, TIMES, WORDS, Kind
from flowengine.texts import Phrase

_ARITHMETIC: Final[Mapping[type[ast.operator], Arithmetic]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip
_RELATIONS: Final[Mapping[type[ast.cmpop], Relation]] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_OTHER_OPERATORS: Final[Mapping[type[ast.operator], str]] = {
    ast.Pow: "**", ast.FloorDiv: "//", ast.Mod: "%", ast.BitOr: "|",
}  # fmt: skip
_CONSTRUCTS: Final[Mapping[type[ast.expr], str]] = {
    ast.IfExp: "if", ast.Subscript: "subscript", ast.List: "list", ast.Tuple: "list",
    ast.JoinedStr: "template", ast.ListComp: "loop", ast.GeneratorExp: "loop",
}  # fmt: skip
_IN_TIME: Final = TIMES | {Kind.DURATION}
_CONDITION_HINTS: Final = (
    (NUMBERS, "FE319.hint.number"),
    (WORDS, "FE319.hint.text"),
    (frozenset({Kind.LIST}), "FE319.hint.list"),
    (frozenset({Kind.MOMENT}), "FE319.hint.moment"),
    (TIMES, "FE319.hint.time"),
    (frozenset({Kind.DURATION}), "FE319.hint.duration"),
)


def term(sentence: Sentence, node: ast.expr) -> Term:
    """The typed term for a parsed part; everything wrong within is noted in the sentence."""
    return _RULES.get(type(node), _refused)(sentence, node)


def condition(sentence: Sentence, node: ast.expr) -> Term:
    """The same where a condition is needed."""
    part = term(sentence, node)
    if part.kind in (None, Kind.BOOLEAN):
        return part
    hint = next((hint for kinds, hint in _CONDITION_HINTS if part.kind in kinds), "")
    sentence.wrong("FE319", part.start, hint=hint, found=part.text, kind=part.kind)
    return replace(part, kind=None)


def _whole(sentence: Sentence, node: ast.expr, kind: Kind | None = None) -> Term:
    start, end = sentence.span(node)
    return Term(sentence.text(start, end), start, kind)


def _refused(sentence: Sentence, node: ast.expr) -> Term:
    whole = _whole(sentence, node)
    what = Phrase(f"construct.{_CONSTRUCTS.get(type(node), 'other')}")
    sentence.wrong("FE309", whole.start, found=whole.text, what=what)
    return whole


def _joined(sentence: Sentence, node: ast.BoolOp) -> Term:
    whole = _whole(sentence, node)
    parts = tuple(condition(sentence, value) for value in node.values)
    word: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
    return Joined(whole.text, whole.start, Kind.BOOLEAN, word, parts)


def _unary(sentence: Sentence, node: ast.UnaryOp) -> Term:
    whole = _whole(sentence, node)
    if isinstance(node.op, ast.Not):
        return Opposite(whole.text, whole.start, Kind.BOOLEAN, condition(sentence, node.operand))
    if not isinstance(node.op, ast.USub):
        return _refused(sentence, node)
    number = _number(sentence, term(sentence, node.operand), NUMBERS | {Kind.DURATION})
    if isinstance(number, Constant):
        return replace(number, text=whole.text, start=whole.start, value=minus(number.value))
    return Negative(whole.text, whole.start, number.kind, number)


def _binary(sentence: Sentence, node: ast.BinOp) -> Term:
    whole = _whole(sentence, node)
    operator = _ARITHMETIC.get(type(node.op))
    if operator is None:
        symbol = _OTHER_OPERATORS.get(type(node.op), "")
        hint = "FE309.hint.choice" if symbol == "|" else ""
        at = sentence.operator_after(node.left)
        sentence.wrong("FE309", at, hint=hint, found=symbol, what=Phrase("construct.operator"))
        return whole
    left, right = term(sentence, node.left), term(sentence, node.right)
    left, right = _beside(sentence, operator, left, right), _beside(sentence, operator, right, left)
    kind = kind_of(operator, left.kind, right.kind) if left.kind and right.kind else None
    if kind is None:
        _refuse_operands(sentence, left, right)
    if operator == "/" and isinstance(right, Constant) and right.value == 0:
        sentence.wrong("FE322", right.start, found=whole.text)
    if kind is Kind.MONEY and operator in "+-" and not same_currency(sentence, left, right):
        kind = None
    if kind is Kind.DATE:
        _whole_days(sentence, left, right)
    return Calculated(whole.text, whole.start, kind, operator, left, right)


def _beside(sentence: Sentence, operator: Arithmetic, part: Term, other: Term) -> Term:
    """The part, or the day or duration that it means as a text beside a point in time or a duration."""
    if other.kind in TIMES and operator == "-" and is_day(part):
        return dated(sentence, part)
    return lasting(sentence, part) if other.kind in _IN_TIME else part


def _refuse_operands(sentence: Sentence, *parts: Term) -> None:
    """Reports the first part that cannot be calculated with; beside what is wrong, time may be right."""
    known = [part for part in parts if part.kind is not None]
    fitting = NUMBERS if len(known) == len(parts) else NUMBERS | _IN_TIME
    for part in known:
        if part.kind not in fitting:
            _number(sentence, part)
            return


def _whole_days(sentence: Sentence, *parts: Term) -> None:
    """A day knows no hours: what is added to it is whole days."""
    for part in parts:
        length = part.value if isinstance(part, Constant) else None
        if isinstance(length, timedelta) and length != timedelta(days=whole_days(length)):
            sentence.wrong("FE332", part.start, found=part.text)


def _number(sentence: Sentence, part: Term, kinds: Set[Kind] = NUMBERS) -> Term:
    if part.kind is None or part.kind in kinds:
        return part
    hint = "FE318.hint.time" if part.kind in _IN_TIME else "FE318.hint.text" if part.kind in WORDS else ""
    sentence.wrong("FE318", part.start, hint=hint, found=part.text, kind=part.kind)
    return replace(part, kind=None)


def _comparison(sentence: Sentence, node: ast.Compare) -> Term:
    whole = _whole(sentence, node, Kind.BOOLEAN)
    if _with_nothing(sentence, node):
        return whole
    if isinstance(node.ops[0], ast.In | ast.NotIn) and len(node.ops) == 1:
        return _membership(sentence, whole, node)
    nodes = [node.left, *node.comparators]
    operators = []
    for before, operator in zip(nodes, node.ops, strict=False):
        start = sentence.operator_after(before)
        symbol = _RELATIONS.get(type(operator))
        if symbol is None:
            identity = isinstance(operator, ast.Is | ast.IsNot)
            construct, found = ("identity", "is") if identity else ("chain", "in")
            sentence.wrong("FE309", start, found=found, what=Phrase(f"construct.{construct}"))
            return whole
        operators.append(Operator(symbol, start))
    return compared(sentence, whole, _operands(sentence, nodes), operators)


def _with_nothing(sentence: Sentence, node: ast.Compare) -> bool:
    """Whether something is compared with None or null, which is reported with the question to ask instead."""
    right = node.comparators[0]
    nothing = isinstance(right, ast.Constant) and right.value is None
    word = right.id if isinstance(right, ast.Name) and right.id not in sentence.scope.names else ""
    name = ".".join(part.text for part in words(sentence, node.left))
    if len(node.ops) > 1 or not name or not (nothing or word.lower() in NOTHING):
        return False
    asked = f"has({name})" if isinstance(node.ops[0], ast.NotEq | ast.IsNot) else f"not has({name})"
    start, end = sentence.span(right)
    hint = "expression.hint.write"
    sentence.wrong("FE323", start, hint=hint, found=sentence.text(start, end), wanted=asked)
    return True


def _operands(sentence: Sentence, nodes: list[ast.expr]) -> list[Term]:
    """The terms of the compared parts; a lone unknown name beside a text probably lacks its quotes."""
    names = [".".join(word.text for word in words(sentence, node)) for node in nodes]
    known = [sentence.scope.names.get(name) for name in names]
    beside_words = any(name and name.kind in WORDS for name in known)
    return [
        named(sentence, node, beside_words=beside_words)
        if isinstance(node, ast.Name)
        else term(sentence, node)
        for node in nodes
    ]


def _membership(sentence: Sentence, whole: Term, node: ast.Compare) -> Term:
    operand = term(sentence, node.left)
    members = alternatives(sentence, node.comparators[0])
    return among(sentence, whole, operand, members, within=isinstance(node.ops[0], ast.In))


_RULES: Final[Mapping[type[ast.expr], Callable[[Sentence, Any], Term]]] = {
    ast.BoolOp: _joined,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _comparison,
    ast.Name: named,
    ast.Attribute: named,
    ast.Constant: constant,
    ast.Call: lambda sentence, node: called(sentence, node, term, condition),
}
