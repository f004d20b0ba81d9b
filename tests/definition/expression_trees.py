"""Random well-typed conditions, with an evaluator and a writer that share nothing with the engine's.

A tree is a tuple that begins with a word. Whatever may have no value is written with its guard.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Tree = tuple[Any, ...]
RELATIONS = {
    "==": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
NUMBERS = {"amount", "quantity", "stock", "rate", "discount"}
SHANGHAI = timedelta(hours=8)  # without summer time in all the years drawn here

written_numbers = st.one_of(
    st.integers(0, 9999).map(str),
    st.decimals(0, 999, places=2, allow_nan=False).map(lambda number: f"{number:f}"),
)
days = st.dates(date(2026, 1, 1), date(2026, 1, 20))
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 20)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001

numbers = st.recursive(
    st.one_of(
        written_numbers.map(lambda text: ("number", text)),
        st.sampled_from(["amount", "quantity", "stock", "rate"]).map(lambda name: ("name", name)),
        st.just(("count", "quality.failed")),
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("+-*"), inner, inner),
        st.tuples(
            st.just("/"), inner, st.sampled_from(["2", "4", "0.5", "10"]).map(lambda text: ("number", text))
        ),
        st.tuples(st.just("minus"), inner),
    ),
    max_leaves=4,
)
times = st.one_of(
    days.map(lambda day: ("day", day.isoformat())),
    st.sampled_from(["promised_date", "order.created"]).map(lambda name: ("name", name)),
)
texts = st.sampled_from(["A", "B", "C"]).map(lambda word: ("text", word))
relations = st.sampled_from(list(RELATIONS))
named_times = st.sampled_from(["promised_date", "order.created"]).map(lambda name: ("name", name))


def guarded(name: str) -> st.SearchStrategy[Tree]:
    """Conditions on something that may have no value, with the guard before them."""
    if name in NUMBERS:
        inner = st.tuples(st.just("chain"), st.just(("name", name)), relations, numbers)
    elif name == "waybill":
        inner = st.tuples(st.just("chain"), st.just(("name", name)), st.sampled_from(["==", "!="]), texts)
    elif name == "approved":
        inner = st.just(("name", name))
    else:
        inner = st.tuples(st.just("chain"), st.just(("name", name)), relations, named_times)
    has = ("has", name)
    return st.one_of(
        inner.map(lambda tree: ("and", has, tree)),
        inner.map(lambda tree: ("or", ("not", has), tree)),
        inner.map(lambda tree: ("not", ("or", ("not", has), ("not", tree)))),
    )


leaves = st.one_of(
    st.tuples(st.just("chain"), numbers, relations, numbers),
    st.tuples(st.just("chain"), numbers, relations, numbers, relations, numbers),
    st.tuples(st.just("chain"), named_times, relations, times),
    st.tuples(st.just("chain"), times, relations, named_times, relations, times),
    st.tuples(st.just("chain"), st.just(("name", "grade")), st.sampled_from(["==", "!="]), texts),
    st.tuples(
        st.sampled_from(["in", "not in"]), st.just(("name", "grade")), st.lists(texts, min_size=2, max_size=3)
    ),
    st.tuples(
        st.sampled_from(["in", "not in"]),
        numbers,
        st.lists(written_numbers.map(lambda text: ("number", text)), min_size=1, max_size=3),
    ),
    st.just(("name", "customer_overdue")),
    st.sampled_from(["supplier_date", "waybill", "production.entered"]).map(lambda name: ("has", name)),
    st.sampled_from(
        ["supplier_date", "waybill", "approved", "discount", "production.entered", "paid_at"]
    ).flatmap(guarded),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner, inner),
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("chain"), inner, st.sampled_from(["==", "!="]), inner),
    ),
    max_leaves=6,
)
orders = st.fixed_dictionaries(
    {
        "amount": st.decimals(0, 99999, places=2, allow_nan=False),
        "quantity": st.integers(-99, 99),
        "stock": st.integers(0, 99),
        "rate": st.decimals(-1, 1, places=3, allow_nan=False),
        "grade": st.sampled_from(["A", "B", "C"]),
        "customer_overdue": st.booleans(),
        "promised_date": days,
        "order.created": instants,
        "quality.failed": st.integers(0, 3),
    },
    optional={
        "discount": st.decimals(0, 999, places=2, allow_nan=False),
        "supplier_date": days,
        "waybill": st.sampled_from(["A", "B", "X"]),
        "approved": st.booleans(),
        "production.entered": instants,
        "paid_at": instants,
    },
)


def evaluate(tree: Tree, order: Mapping[str, Any]) -> Any:
    """What a tree comes to, in exact fractions."""
    match tree:
        case ("and" | "or" as word, *parts):
            return (all if word == "and" else any)(evaluate(part, order) for part in parts)
        case ("not" | "minus" as word, part):
            return (operator.not_ if word == "not" else operator.neg)(evaluate(part, order))
        case ("in" | "not in" as word, left, members):
            return (evaluate(left, order) in [evaluate(member, order) for member in members]) is (
                word == "in"
            )
        case ("chain", first, *rest):
            operands = [first, *rest[1::2]]
            pairs = zip(operands, rest[::2], operands[1:], strict=False)
            return all(
                holds(evaluate(left, order), word, evaluate(right, order)) for left, word, right in pairs
            )
        case (sign, left, right):
            return SIGNS[sign](evaluate(left, order), evaluate(right, order))
        case (word, written):
            return look_up(word, written, order)
    raise AssertionError(tree)


def look_up(word: str, written: str, order: Mapping[str, Any]) -> Any:
    """A value written out, or one of the order."""
    if word == "has":
        return written in order
    if word == "number":
        return Fraction(written)
    if word == "text":
        return written
    if word == "day":
        return date.fromisoformat(written)
    return Fraction(order[written]) if word == "count" or written in NUMBERS else order[written]


def holds(left: Any, word: str, right: Any) -> bool:
    """One comparison; an instant beside a date is read off a clock in Shanghai."""
    if isinstance(left, datetime) is not isinstance(right, datetime):
        left, right = ((at + SHANGHAI).date() if isinstance(at, datetime) else at for at in (left, right))
    return bool(RELATIONS[word](left, right))


LEVELS = {
    "or": 1,
    "and": 2,
    "not": 3,
    "chain": 4,
    "in": 4,
    "not in": 4,
    "+": 6,
    "-": 6,
    "*": 7,
    "/": 7,
    "minus": 8,
}


def write(tree: Tree, around: int = 0) -> str:
    """The tree as an expression, with no more brackets than Python's order of operators asks for."""
    level = LEVELS.get(tree[0], 9)
    match tree:
        case ("text" | "day", word):
            text = f"'{word}'"
        case ("number" | "name", text):
            pass
        case ("count" | "has" as function, name):
            text = f"{function}({name})"
        case ("minus", inner):
            text = f"-{write(inner, level)}"
        case ("not", part):
            text = f"not {write(part, level)}"
        case ("and" | "or" as word, *parts):
            text = f" {word} ".join(write(part, level + 1) for part in parts)
        case ("in" | "not in" as word, left, members):
            values = [write(member) for member in members]
            listed = " | ".join(values) if len(values) > 1 else f"[{values[0]}]"
            text = f"{write(left, level + 1)} {word} {listed}"
        case ("chain", first, *rest):
            text = write(first, level + 1)
            for word, operand in zip(rest[::2], rest[1::2], strict=True):
                text += f" {word} {write(operand, level + 1)}"
        case (sign, left, right):
            text = f"{write(left, level)} {sign} {write(right, level + 1)}"
    return f"({text})" if level < around else text
