"""Random well-typed conditions, with an evaluator and a writer that share nothing with the engine's.

A tree is a tuple that begins with a word. Whatever may have no value is written with its guard. Lengths of
time are whole minutes here; a column of a row stands for the value in the row that is looked at.
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
COLUMNS = {"items.quantity", "items.price"}
SHANGHAI = timedelta(hours=8)  # without summer time in all the years drawn here


def _days_of(number: int) -> Tree:
    return ("length", number * 1440)


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
        st.sampled_from([("count", "items"), ("sum", "items.quantity"), ("sum", "items.price")]),
        st.deferred(lambda: st.tuples(st.just("days"), lengths)),
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


minutes = st.integers(1, 5000)
lengths_written = minutes.map(lambda number: ("length", number))
lengths = st.recursive(
    st.one_of(
        st.sampled_from(["patience", "quality.duration"]).map(lambda name: ("name", name)),
        st.just(("sum", "items.handling")),
        st.just(("since", ("name", "promised_date"), ("name", "order.created"))),
        st.just(("since", ("name", "order.created"), ("name", "promised_date"))),
        days.map(lambda day: ("since", ("name", "promised_date"), ("day", day.isoformat()))),
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["longer", "shorter"]), inner, inner | lengths_written),
        st.tuples(st.just("times"), inner, st.integers(0, 9)),
    ),
    max_leaves=3,
)
moved = st.one_of(
    st.tuples(st.just("moved"), st.just(("name", "order.created")), minutes.map(lambda n: ("length", n))),
    st.tuples(st.just("moved"), st.just(("name", "promised_date")), st.integers(1, 9).map(_days_of)),
)
beside_a_column = st.one_of(  # no list is asked within its own rows
    written_numbers.map(lambda text: ("number", text)),
    st.sampled_from(["amount", "quantity", "rate"]).map(lambda name: ("name", name)),
    st.just(("count", "items")),
)
row_conditions = st.recursive(
    st.one_of(
        st.sampled_from(sorted(COLUMNS)).flatmap(
            lambda name: st.tuples(st.just("chain"), st.just(("name", name)), relations, beside_a_column)
        ),
        st.tuples(
            st.just("chain"),
            st.just(("name", "items.handling")),
            relations,
            lengths_written | st.just(("name", "patience")),
        ),
        st.just(("name", "items.fragile")),
        st.just(
            ("and", ("has", "items.packer"), ("chain", ("name", "items.packer"), "==", ("name", "seller")))
        ),
        st.just(
            ("or", ("not", ("has", "items.packer")), ("chain", ("name", "items.packer"), "!=", ("text", "B")))
        ),
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), inner, inner), st.tuples(st.just("not"), inner)
    ),
    max_leaves=3,
)


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
    st.tuples(st.just("chain"), lengths, relations, lengths | lengths_written),
    st.tuples(st.just("chain"), moved, relations, named_times),
    st.tuples(st.just("chain"), st.just(("name", "seller")), st.sampled_from(["==", "!="]), texts),
    st.tuples(
        st.sampled_from(["in", "not in"]),
        st.just(("name", "seller")),
        st.lists(texts, min_size=2, max_size=3),
    ),
    st.tuples(st.sampled_from(["any", "all"]), row_conditions),
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
items = st.fixed_dictionaries(
    {
        "quantity": st.integers(-9, 99),
        "price": st.decimals(0, 999, places=2, allow_nan=False),
        "fragile": st.booleans(),
        "handling": st.integers(0, 500).map(lambda number: timedelta(minutes=number)),
    },
    optional={"packer": st.sampled_from(["A", "B", "X"])},
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
        "seller": st.sampled_from(["A", "B", "X"]),
        "patience": st.integers(0, 5000).map(lambda number: timedelta(minutes=number)),
        "quality.duration": st.integers(0, 5000).map(lambda number: timedelta(minutes=number)),
        "items": st.lists(items, max_size=3),
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


def evaluate(tree: Tree, order: Mapping[str, Any]) -> Any:  # noqa: PLR0911 - one line per kind of tree
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
        case ("any" | "all" as word, condition):
            found = (evaluate(condition, {**order, **_named(row)}) for row in order["items"])
            return (any if word == "any" else all)(found)
        case ("since" | "longer" | "shorter" | "moved" | "times" | "days" as word, *operands):
            return lasting(
                word,
                [
                    evaluate(each, order) if word != "times" or n == 0 else each
                    for n, each in enumerate(operands)
                ],
            )
        case (sign, left, right):
            return SIGNS[sign](evaluate(left, order), evaluate(right, order))
        case (word, written):
            return look_up(word, written, order)
    raise AssertionError(tree)


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"items.{name}": value for name, value in row.items()}


def lasting(word: str, operands: list[Any]) -> Any:
    """What a sign between points in time and lengths of time comes to; lengths in minutes, exactly."""
    first, *rest = operands
    if word == "days":
        return Fraction(abs(first) // 1440 * (1 if first > 0 else -1))
    (second,) = rest
    match word:
        case "since":
            if isinstance(first, datetime) is not isinstance(second, datetime):
                first, second = local(first), local(second)
            return Fraction((first - second) // timedelta(microseconds=1), 60_000_000)
        case "moved":
            return first + timedelta(minutes=int(second))
        case "longer":
            return first + second
        case "shorter":
            return first - second
    return first * second


def look_up(word: str, written: str, order: Mapping[str, Any]) -> Any:  # noqa: PLR0911
    """A value written out, or one of the order."""
    if word == "has":
        return written in order
    if word == "length":
        return Fraction(written)
    if word == "sum":
        column = written.removeprefix("items.")
        return sum((_exact(row[column]) for row in order["items"]), Fraction(0))
    if written == "items":
        return Fraction(len(order["items"]))
    if word == "number":
        return Fraction(written)
    if word == "text":
        return written
    if word == "day":
        return date.fromisoformat(written)
    found = order[written]
    return _exact(found) if word == "count" or written in NUMBERS | COLUMNS or _is_length(found) else found


def _is_length(value: Any) -> bool:
    return isinstance(value, timedelta)


def _exact(value: Any) -> Fraction:
    return Fraction(value // timedelta(minutes=1)) if _is_length(value) else Fraction(value)


def local(at: Any) -> Any:
    """The day that a calendar in Shanghai shows."""
    return (at + SHANGHAI).date() if isinstance(at, datetime) else at


def holds(left: Any, word: str, right: Any) -> bool:
    """One comparison; an instant beside a date is read off a clock in Shanghai."""
    if isinstance(left, datetime) is not isinstance(right, datetime):
        left, right = local(left), local(right)
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
    "since": 6,
    "longer": 6,
    "shorter": 6,
    "moved": 6,
    "times": 7,
}
SIGN_OF = {"since": "-", "shorter": "-", "longer": "+", "moved": "+", "times": "*"}


def write(tree: Tree, around: int = 0) -> str:  # noqa: C901, PLR0912 - one line per kind of tree
    """The tree as an expression, with no more brackets than Python's order of operators asks for."""
    level = LEVELS.get(tree[0], 9)
    match tree:
        case ("text" | "day", word):
            text = f"'{word}'"
        case ("length", number):
            text = f"'{number // 60}h {number % 60}m'" if number % 60 and number > 60 else f"'{number}m'"
        case ("name", "quality.duration"):
            text = "duration(quality)"
        case ("number" | "name", text):
            pass
        case ("any" | "all" | "days" as function, inner):
            text = f"{function}({write(inner)})"
        case ("times", left, number):
            text = f"{write(left, level)} * {number}"
        case ("since" | "longer" | "shorter" | "moved" as word, left, right):
            text = f"{write(left, level)} {SIGN_OF[word]} {write(right, level + 1)}"
        case ("count" | "has" | "sum" as function, name):
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
