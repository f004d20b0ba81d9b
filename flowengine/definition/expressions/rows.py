"""Functions over the rows of a list: `sum` and `average` of a column, `any` and `all` of a condition.

A condition is read once with the columns as further names and evaluated per row. Lists do not nest, so
the work is the number of rows times the length of the expression, never more.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from flowengine.definition.expressions.naming import Word, column, words
from flowengine.definition.expressions.sentence import Sentence
from flowengine.definition.expressions.terms import Every, Gathered, Read, Term
from flowengine.definition.kinds import NUMBERS, Kind, Scope
from flowengine.texts import Phrase

_SUMMED: Final = NUMBERS | {Kind.DURATION}
Reading = Callable[[Sentence, ast.expr], Term]


class Call(NamedTuple):
    """A call of a known function with one argument; `whole` is its term as long as nothing is known."""

    sentence: Sentence
    word: str
    whole: Term
    argument: ast.expr
    term: Reading
    condition: Reading


def gathered(call: Call) -> Term:
    """The term of `sum(items.quantity)` or `average(items.price)`."""
    parts = words(call.sentence, call.argument)
    rows = _rows(call.sentence, parts)
    if not rows:
        within = ".".join(part.text for part in parts) in call.sentence.scope.names and len(parts) > 1
        refuse(call, None, hint="FE312.hint.within" if within else f"FE312.hint.{call.word}")
        return call.whole
    numbers = column(call.sentence, parts)
    if numbers and numbers.kind not in _SUMMED:
        refuse(call, numbers, hint=f"FE312.hint.{call.word}")
    if not numbers or numbers.kind not in _SUMMED:
        return call.whole
    text, start = call.whole.text, call.whole.start
    if call.word == "sum":
        return Gathered(text, start, numbers.kind, "sum", rows, numbers)
    kind = Kind.DURATION if numbers.kind is Kind.DURATION else Kind.DECIMAL
    return Gathered(text, start, kind, "average", rows, numbers)


def every(call: Call) -> Term:
    """The term of `any(claims.stage == 'settled')` or `all(…)`."""
    whole = replace(call.whole, kind=Kind.BOOLEAN)
    attributes = [part for part in ast.walk(call.argument) if isinstance(part, ast.Attribute)]
    mentioned = [_rows(call.sentence, words(call.sentence, attribute)) for attribute in attributes]
    lists = {rows.name: rows for rows in mentioned if rows}
    if len(lists) != 1:
        found = call.sentence.written(call.argument)
        call.sentence.wrong("FE327", call.sentence.span(call.argument)[0], word=call.word, found=found)
        return whole
    rows = next(iter(lists.values()))
    columns = {f"{rows.name}.{name}": name for name in rows.known.columns}
    known = {name: rows.known.columns[short] for name, short in columns.items()}
    scope = Scope({**call.sentence.scope.names, **known}, call.sentence.scope.zone)
    condition = call.condition(replace(call.sentence, scope=scope), call.argument)
    word: Literal["any", "all"] = "any" if call.word == "any" else "all"
    return Every(whole.text, whole.start, whole.kind, word, rows, condition, columns)


def refuse(call: Call, given: Read | None, *, hint: str) -> None:
    """Reports that the function cannot be given what it is given."""
    at = given.start if given else call.sentence.span(call.argument)[0]
    found = given.name if given else call.sentence.written(call.argument)
    kind = given.kind if given else Phrase("value.other")
    call.sentence.wrong("FE313", at, hint=hint, word=call.word, found=found, kind=kind)


def _rows(sentence: Sentence, parts: tuple[Word, ...]) -> Read | None:
    """The list that `items.quantity` takes a column of, if it does and is not within `any` already."""
    if len(parts) != 2 or ".".join(part.text for part in parts) in sentence.scope.names:  # noqa: PLR2004
        return None
    name, start = parts[0]
    known = sentence.scope.names.get(name)
    return Read(name, start, Kind.LIST, name, known) if known and known.kind is Kind.LIST else None
