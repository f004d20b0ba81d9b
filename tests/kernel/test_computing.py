"""Fields that come from others: computed after every write, or filled at intake by the row that holds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.definition.words import Field, Place
from flowengine.kernel.commands import Choose, Create, Done, Write
from flowengine.kernel.computing import rounded
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from tests.kernel.desk import DAY, DESK, HOUR, MINUTE, NOON, Story, happened, line_of, plan_of, why

SHOP = """
order:
  fields:
    total: {type: money, currency: CNY, value: net + fee}
    fee:
      type: money
      currency: CNY
      value:
        - {when: method == 'express', value: net * 0.125}
        - {when: has(discount), value: 5 - discount}
        - {value: 5}
    net: {type: money, currency: CNY, value: sum(items.price), max: 1000}
    pieces: {type: integer, value: sum(items.quantity)}
    dearest: {type: decimal, value: net / pieces}
    usual: {type: decimal, value: average(items.price)}
    discount: money
    method:
      type: choice
      choices: [express, freight]
      default: [{when: pieces > 10, value: freight}, {value: express}]
    patience: {type: duration, default: [{when: method == 'express', value: 2h}, {value: 2d}]}
    open_from: {type: datetime, value: order.created + patience}
    big: {type: boolean, value: total > 100}
    items:
      type: list
      required: true
      of: {quantity: {type: integer, required: true}, price: {type: money, required: true}}
  checks: [{that: total < 900}]
stages:
  one: {owner: desk, needs: {large: {field: big}, seen: check}, next: [{when: big, to: two}, {to: closed}]}
  two: {owner: desk, due: {by: open_from}, needs: {b: check}, next: closed}
"""
ROW = {"quantity": 2, "price": "80.10"}


def refused_at_intake(process: str, values: Mapping[str, Any]) -> Decision:
    return decide(plan_of(process), None, Create(values, number="1"), DESK, NOON)


def test_everything_is_worked_out_at_intake_whatever_the_order_in_which_it_stands() -> None:
    story = Story(SHOP, {"items": [ROW]})
    assert {name: value for name, value in story.order.fields.items() if name != "items"} == {
        "net": "80.1",
        "pieces": 2,
        "method": "express",
        "patience": 2 * HOUR,
        "fee": "10.01",
        "total": "90.11",
        "dearest": "40.05",
        "usual": "80.1",
        "open_from": "2026-05-12T06:00:00.000Z",
        "big": False,
    }


def test_it_is_worked_out_again_after_a_write_and_stands_in_the_same_event() -> None:
    story = Story(SHOP, {"items": [ROW]})
    decision = story.do(Write({"items": [ROW, ROW], "discount": 1}), DESK)
    (event,) = [event for event in decision.events if event.kind == "set"]
    assert {name: new for name, (_, new) in event.data["fields"].items() if name != "items"} == {
        "discount": "1",
        "net": "160.2",
        "pieces": 4,
        "fee": "20.03",
        "total": "180.23",
        "big": True,
    }
    assert event.data["fields"]["total"][0] == "90.11"


def test_a_write_that_changes_none_of_what_it_reads_leaves_it_alone() -> None:
    story = Story(SHOP, {"items": [ROW]})
    decision = story.do(Write({"discount": 1}), DESK)
    assert list(decision.events[0].data["fields"]) == ["discount"]


def test_it_moves_the_order_meets_needs_and_sets_the_due_instant() -> None:
    story = Story(SHOP, {"items": [{"quantity": 1, "price": 200}]})
    story.do(Done("seen"), DESK)
    assert story.stage == "two"
    assert story.order.due_at == NOON + 2 * HOUR
    story.do(Write({"patience": "1d 30m"}), DESK)
    assert story.order.due_at == NOON + DAY + 30 * MINUTE


def test_a_default_by_rows_is_filled_once_and_then_a_value_like_any_other() -> None:
    story = Story(SHOP, {"items": [{"quantity": 11, "price": 1}]})
    assert (story.order.fields["method"], story.order.fields["patience"]) == ("freight", 2 * DAY)
    story.do(Write({"items": [ROW]}), DESK)
    assert story.order.fields["method"] == "freight"
    given = Story(SHOP, {"items": [{"quantity": 11, "price": 1}], "method": "express", "patience": "5m"})
    assert (given.order.fields["method"], given.order.fields["patience"]) == ("express", 5 * MINUTE)


@pytest.mark.parametrize("name", ["total", "pieces", "big"])
def test_nobody_writes_it(name: str) -> None:
    story = Story(SHOP, {"items": [ROW]})
    decision = story.do(Write({name: 1, "discount": 2}))
    assert why(decision) == [("computed", name)]
    assert "computed from" in decision.blockers[0].message("en")
    assert "计算得出" in decision.blockers[0].message("zh")
    assert decision.blockers[0].line == line_of(SHOP, f"    {name}: ")
    assert why(refused_at_intake(SHOP, {"items": [ROW], name: 1})) == [("computed", name)]


def test_what_comes_out_must_fit_its_field() -> None:
    decision = refused_at_intake(SHOP, {"items": [{"quantity": 1, "price": 1001}]})
    assert ("not_computable", "net") in why(decision)
    assert "1001 is more than 1000" in decision.blockers[0].message("en")
    story = Story(SHOP, {"items": [ROW]})
    assert ("not_computable", "net") in why(story.do(Write({"items": [ROW] * 13}), DESK))


def test_a_check_sees_what_is_computed() -> None:
    story = Story(SHOP, {"items": [ROW]})
    assert why(story.do(Write({"items": [ROW] * 10}), DESK)) == [("check_failed", "total < 900")]


MISSING = """
order:
  fields:
    a: integer
    b: integer
    rows: {type: list, of: {n: integer}}
    both: {type: integer, value: a + b}
    ratio: {type: decimal, value: a / b}
    either: {type: integer, value: [{when: has(a), value: a}, {when: has(b), value: b}, {value: 0}]}
    mean: {type: decimal, value: average(rows.n)}
    mostly: {type: decimal, value: sum(rows.n)}
    guess: {type: integer, default: [{when: has(a) and a / 1 > 5, value: 1}, {value: 2}]}
stages: {one: {owner: desk, needs: {ok: {that: either > 9 and guess > 0}}, next: closed}}
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"either": 0}),
        ({"a": 7}, {"either": 7, "guess": 1}),
        ({"b": 7}, {"either": 7}),
        ({"a": 7, "b": 0}, {"both": 7, "either": 7, "guess": 1}),
        ({"a": 1, "b": 3}, {"both": 4, "ratio": "0.3333333333", "either": 1}),
        ({"rows": []}, {"either": 0, "mostly": "0"}),
        ({"rows": [{}]}, {"either": 0}),
        ({"rows": [{"n": 1}, {"n": 2}]}, {"either": 0, "mean": "1.5", "mostly": "3"}),
    ],
)
def test_where_something_is_missing_there_is_no_value(
    given: dict[str, Any], expected: dict[str, Any]
) -> None:
    story = Story(MISSING, given)
    derived = {name: value for name, value in story.order.fields.items() if name not in given}
    assert derived == {"guess": 2, **expected}


def test_a_value_goes_when_what_it_comes_from_goes() -> None:
    story = Story(MISSING, {"a": 1, "b": 3})
    story.do(Write({"b": None}))
    assert "both" not in story.order.fields
    assert "ratio" not in story.order.fields


def plainly(order: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields of MISSING come to, worked out from the given ones in plain Python."""
    a, b, rows = order.get("a"), order.get("b"), order.get("rows")
    cells = [row.get("n") for row in rows or []]
    told = rows is not None and None not in cells
    return {
        "both": a + b if a is not None and b is not None else None,
        "ratio": Fraction(a, b) if a is not None and b else None,
        "either": a if a is not None else b if b is not None else 0,
        "mean": Fraction(sum(cells), len(cells)) if told and cells else None,
        "mostly": Fraction(sum(cells)) if told else None,
    }


NUMBER = st.none() | st.integers(-99, 99)
WRITES = st.fixed_dictionaries(
    {},
    optional={"a": NUMBER, "b": NUMBER, "rows": st.none() | st.lists(st.builds(dict, n=NUMBER), max_size=3)},
)


@given(WRITES, st.lists(WRITES.filter(bool), max_size=4))
def test_it_is_what_plain_python_says_after_every_write(given_first: Any, writes: list[Any]) -> None:
    """The need asks for more than 99, so that the order stays where it is."""
    story = Story(MISSING.replace("either > 9", "either > 99"), given_first)
    for values in ({}, *writes):
        if values:
            assert not story.do(Write(values)).blockers
        fields = story.order.fields
        for name, expected in plainly(fields).items():
            found = fields.get(name)
            assert (found is None) is (expected is None), name
            if expected is not None:
                assert abs(Fraction(str(found)) - expected) <= Fraction(1, 2 * 10**10)


@pytest.mark.parametrize(
    ("kind", "currency", "value", "expected"),
    [
        ("money", "CNY", "0.125", "0.13"),
        ("money", "CNY", "-0.125", "-0.13"),
        ("money", "JPY", "0.5", "1"),
        ("money", "BHD", "0.0005", "0.001"),
        ("money", "", "0.005", "0.01"),
        ("decimal", "", "0.00000000005", "0.0000000001"),
        ("decimal", "", "123456789012345678901234567890.5", "123456789012345678901234567890.5000000000"),
    ],
)
def test_halves_are_rounded_away_from_zero(kind: str, currency: str, value: str, expected: str) -> None:
    field = Field(name="it", place=Place("x", 1, 1), type=kind, currency=currency)
    assert rounded(field, Decimal(value)) == Decimal(expected)


HUGE = """
order:
  fields:
    a: {type: decimal, required: true}
    b: {type: decimal, value: a * a * a}
    c: {type: date, value: d + long}
    d: date
    long: duration
stages: {one: {owner: desk, needs: {seen: check}, next: closed}}
"""


@pytest.mark.parametrize(
    ("values", "name"),
    [({"a": "9" * 29}, "b"), ({"a": 1, "d": "9990-01-01", "long": "3650d"}, "c")],
    ids=["too many digits", "beyond the calendar"],
)
def test_what_cannot_be_stored_is_refused_with_the_reason(values: dict[str, Any], name: str) -> None:
    decision = refused_at_intake(HUGE, values)
    assert why(decision) == [("not_computable", name)]
    for lang in ("en", "zh"):
        assert decision.blockers[0].message(lang)  # type: ignore[arg-type]


SPENT = """
stages:
  one: {owner: desk, due: 2h, needs: {seen: check}, outcomes: {again: {to: one}}}
  two:
    owner: desk
    needs: {b: check}
    next:
      - {when: "duration(one) > '3h' and late(one)", to: three}
      - {when: "duration(two) >= '1h'", to: four}
      - {to: closed}
  three: {owner: desk, needs: {c: check}, next: closed}
  four: {owner: desk, needs: {d: check}, next: closed}
"""


def test_the_time_in_a_stage_adds_up_over_its_visits() -> None:
    story = Story(SPENT)
    story.do(Choose("again"), wait=HOUR)
    story.do(Done("seen"), wait=2 * HOUR + MINUTE)
    assert story.order.seen["one.duration"] == [3 * HOUR + MINUTE, story.now]
    story.do(Done("b"))
    assert story.stage == "three"


def test_it_counts_the_visit_that_goes_on() -> None:
    story = Story(SPENT)
    story.do(Done("seen"), wait=MINUTE)
    story.do(Done("b"), wait=HOUR)
    assert story.stage == "four"


def test_without_a_question_nothing_is_kept() -> None:
    story = Story("stages: {one: {owner: desk, needs: {seen: check}, next: closed}}")
    decision = story.do(Done("seen"), wait=HOUR)
    assert happened(decision)[1] == "left one"
    assert story.order.seen == {}


def test_a_need_for_what_is_computed_is_nobodys_work() -> None:
    process = """
order: {fields: {a: integer, b: {type: integer, value: a + 1}}}
stages: {one: {owner: desk, needs: {b: field, seen: check}, next: closed}}
"""
    story = Story(process)
    assert why(story.explained) == [("need_open", "b"), ("need_open", "seen")]
    assert story.todo == ["seen"]
    story.do(Done("seen"))
    story.do(Write({"a": 1}))
    assert story.stage == "closed"
