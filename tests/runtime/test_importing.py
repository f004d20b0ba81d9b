"""Many orders at once (R06): every record is an order or a line of the report, and none stops the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.errors import WrongInput
from flowengine.kernel.decision import Blocker
from flowengine.runtime.importing import Format, records_of
from tests.runtime.shop import DESK, HOST, SHOP, Shop, opened

READ: dict[str, tuple[Format, str, list[tuple[int, object]]]] = {
    "csv": ("csv", "a,b\n1,2\n3,4\n", [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": "4"})]),
    "csv without a last line end": ("csv", "a\n1", [(2, {"a": "1"})]),
    "csv with blank lines": ("csv", "\na\n\n1\n\n\n2\n\n", [(4, {"a": "1"}), (7, {"a": "2"})]),
    "csv over several lines": (
        "csv",
        'a,b\n"x\ny",2\n3,4\n',
        [(2, {"a": "x\ny", "b": "2"}), (4, {"a": "3", "b": "4"})],
    ),
    "csv with quotes and commas": ("csv", 'a,b\n"x, ""y""",\n', [(2, {"a": 'x, "y"', "b": ""})]),
    "csv with blanks in the heading": ("csv", " a ,b\n 1 ,2\n", [(2, {"a": " 1 ", "b": "2"})]),
    "csv with an empty last column": ("csv", "a,b,\n1,2,\n", [(2, {"a": "1", "b": "2"})]),
    "csv with dots in the heading": ("csv", "buyer.name\n张三\n", [(2, {"buyer.name": "张三"})]),
    "csv with a cell too many": ("csv", "a,b\n1,2,3\n4,5\n", [(2, "columns"), (3, {"a": "4", "b": "5"})]),
    "csv with a cell too few": ("csv", "a,b\n1\n4,5\n", [(2, "columns"), (3, {"a": "4", "b": "5"})]),
    "csv with a wrong quote": ("csv", 'a\n"1"x\n2\n', [(2, "unreadable"), (3, {"a": "2"})]),
    "csv with a quote that never ends": ("csv", 'a\n1\n"2\n3\n', [(2, {"a": "1"}), (3, "unreadable")]),
    "csv with a heading that cannot be read": ("csv", '"a"x\n1\n', [(1, "unreadable")]),
    "csv with one heading twice": ("csv", "a,b,a\n1,2,3\n", [(1, "unreadable")]),
    "csv with nothing but a heading": ("csv", "a,b\n", []),
    "csv with nothing": ("csv", "", []),
    "json lines": ("jsonl", '{"a": 1}\n{"a": "x"}\n', [(1, {"a": 1}), (2, {"a": "x"})]),
    "json lines with blank ones": ("jsonl", '\n{"a": 1}\n  \n\n{"a": 2}', [(2, {"a": 1}), (5, {"a": 2})]),
    "json with an amount to the cent": ("jsonl", '{"a": 0.1}', [(1, {"a": Decimal("0.1")})]),
    "json that breaks off": ("jsonl", '{"a": 1\n{"a": 2}', [(1, "unreadable"), (2, {"a": 2})]),
    "json that is no record": (
        "jsonl",
        '[1]\n"x"\n7\nnull\n{"a": 2}',
        [*[(n, "unreadable") for n in (1, 2, 3, 4)], (5, {"a": 2})],
    ),
    "json with what is no number": (
        "jsonl",
        '{"a": NaN}\n{"a": -Infinity}',
        [(1, "unreadable"), (2, "unreadable")],
    ),
    "json nested beyond reason": (
        "jsonl",
        '{"a": ' + "[" * 50_000 + "]" * 50_000 + "}\n{}",
        [(1, "unreadable"), (2, {})],
    ),
    "json with a number beyond reason": (
        "jsonl",
        '{"a": ' + "9" * 5_000 + "}\n{}",
        [(1, "unreadable"), (2, {})],
    ),
}


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@pytest.mark.parametrize(("form", "text", "records"), READ.values(), ids=READ)
def test_each_record_of_a_file_is_read_with_the_line_it_begins_on(
    form: Format, text: str, records: list[tuple[int, object]]
) -> None:
    found = records_of(lines(text), form)
    assert [(line, each.code if isinstance(each, Blocker) else each) for line, each in found] == records


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@given(text=st.text(max_size=80))
def test_no_file_whatsoever_stops_the_reading(form: Format, text: str) -> None:
    for line, record in records_of(lines(text), form):
        assert line >= 1
        assert isinstance(record, Mapping | Blocker)


FIELDS = """
  channels: {plain: {}, web: {maps: {amount: total.value}}}
  checks: [{that: amount / pieces >= 1, else: too cheap}]
  fields:
    pieces: {type: integer, default: 1}
"""
MARKET = SHOP.replace("  fields:\n", FIELDS.removeprefix("\n"))


def imported(shop: Shop, records: Iterable[Mapping[str, Any]], **more: Any) -> list[str]:
    """What became of each record: its order's number, or the reasons against it."""
    answers = list(shop.engine.import_orders("shop", enumerate(records, 1), by=DESK, **more))
    assert [each.line for each in answers] == list(range(1, len(answers) + 1))
    return [
        f"{each.outcome} {each.result.number}" if each.result.ok else " ".join(_reasons(each.result.blockers))
        for each in answers
    ]


def _reasons(blockers: Iterable[Blocker]) -> list[str]:
    return [f"{blocker.code}:{blocker.name}".rstrip(":") for blocker in blockers]


OK: dict[str, Any] = {"channel": "plain", "amount": 5}


@pytest.fixture
def market() -> Any:
    with opened(MARKET) as shop:
        yield shop


def test_each_record_is_an_order_or_a_list_of_reasons(market: Shop) -> None:
    assert imported(
        market,
        [
            {**OK, "ref": "A"},
            {"channel": "plain", "amount": "much", "colour": "red"},
            {**OK, "ref": "B"},
            {**OK, "ref": "A"},
            {**OK, "ref": "C", "amount": 0},
            {**OK, "ref": "D"},
        ],
    ) == [
        "created S202605-001",
        "wrong_value:amount no_such_field:colour missing_fields:ref",
        "created S202605-002",
        "already_there S202605-001",
        "check_failed:amount / pieces >= 1",
        "created S202605-003",
    ]


def test_a_file_that_was_put_right_is_imported_again_as_a_whole(market: Shop) -> None:
    first = [{**OK, "ref": "A"}, {**OK, "ref": "B", "amount": "x"}]
    imported(market, first)
    assert imported(market, [first[0], {**OK, "ref": "B"}]) == [
        "already_there S202605-001",
        "created S202605-002",
    ]


HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "a condition that cannot be worked out": ({"pieces": 0}, "check_failed"),
    "half a character in a field": ({"ref": "\ud800"}, "wrong_value:ref"),
    "half a character in a name": ({"\ud800": 1}, "no_such_field:\ud800"),
    "a number beyond reason": ({"amount": "1e999999999"}, "wrong_value:amount"),
    "no date at all": ({"day": "9999-12-31"}, "wrong_value:day"),
    "a map for a text": ({"ref": {"a": 1}}, "wrong_value:ref"),
}


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(("values", "reasons"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_record_is_refused_and_the_others_are_orders(
    market: Shop, values: dict[str, Any], reasons: str
) -> None:
    records = [{**OK, "ref": "A"}, {**OK, "ref": "X", **values}, {**OK, "ref": "B"}]
    assert imported(market, records) == ["created S202605-001", reasons, "created S202605-002"]


@pytest.mark.parametrize(
    "extra", ["\ud800", {"\ud800": ["\udfff"]}, float("nan"), b"\xff", nested(40)], ids=repr
)
def test_what_a_mapping_channel_sends_besides_does_no_harm_whatever_it_is(market: Shop, extra: Any) -> None:
    record = {"channel": "web", "ref": "A", "total": {"value": 5}, "extra": extra}
    assert imported(market, [record]) == ["created S202605-001"]
    assert market.engine.verify().problems == ()


def test_nesting_that_python_cannot_follow_stops_one_record_and_not_the_rest(market: Shop) -> None:
    deep = {"channel": "web", "ref": "A", "total": {"value": 5}, "extra": nested(5_000)}
    assert imported(market, [deep, {**OK, "ref": "B"}])[1] == "created S202605-001"


def test_one_channel_may_be_that_of_all_records(market: Shop) -> None:
    records = [{"ref": "A", "total.value": "7"}, {"ref": "B", "total": {"value": 8}, "channel": "plain"}]
    imported(market, records, channel="web")
    orders = [view.order.fields for view in market.engine.orders(by=HOST).items]
    assert [(order["channel"], order["amount"]) for order in orders] == [("web", "7"), ("web", "8")]


def test_records_are_taken_one_by_one_so_that_a_file_of_any_size_fits(market: Shop) -> None:
    def endless() -> Iterable[tuple[int, Mapping[str, Any]]]:
        number = 0
        while True:
            number += 1
            yield number, {**OK, "ref": str(number)}

    answers = market.engine.import_orders("shop", endless(), by=DESK)
    assert [next(answers).result.number for _ in range(3)] == [f"S202605-00{n}" for n in (1, 2, 3)]


def test_why_they_came_stands_in_the_history_of_each(market: Shop) -> None:
    imported(market, [{**OK, "ref": "A"}], reason="month end")
    (entry,) = market.engine.history(1, by=DESK).items
    assert entry.record["reason"] == "month end"


@pytest.mark.parametrize(
    "reason", ["\ud800", "a\x00b", "张" * 20_000], ids=["half a character", "nul", "long"]
)
def test_a_reason_that_no_history_can_hold_is_refused(market: Shop, reason: str) -> None:
    with pytest.raises(WrongInput, match="reason"):
        imported(market, [{**OK, "ref": "A"}], reason=reason)
    assert market.engine.verify().orders == 0
