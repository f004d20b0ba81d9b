"""What is said about expressions that are wrong: where, what, and what to do.

In each row a `¦` stands before the character at which the finding points; it is not part of the source.
"""

from __future__ import annotations

import re

import pytest

from flowengine.definition.expressions import parse
from flowengine.definition.findings import Place
from flowengine.definition.kinds import Kind
from flowengine.texts import TEXTS
from tests.definition.expression_desk import PLACE, SCOPE, refused, understood

FAR_TOO_MUCH = " or ".join(["customer_overdue"] * 40)

FINDINGS = [
    # what the file holds, the code, and words of the sentence or of the remedy
    ("¦", "FE301", "is empty"),
    (" \n ", "FE301", "is empty"),
    (f"¦{FAR_TOO_MUCH}", "FE302", "500 are allowed"),
    ("-" * 29 + "¦--1 > 0", "FE303", "30 levels"),
    ("(" * 30 + "¦(amount > 5" + ")" * 31, "FE303", "30 levels"),
    ("amount ¦= 5", "FE304", "write `==`"),
    ("amount ¦=> 5", "FE304", "write `>=`"),
    ("amount ¦=< 5", "FE304", "write `<=`"),
    ("amount ¦<> 5", "FE304", "write `!=`"),
    ("amount ¦=== 5", "FE304", "write `==`"),
    ("amount ¦\u2265 5", "FE304", "write `>=`"),
    ("amount ¦\uff1e 5", "FE304", "write `>`"),
    ("amount > 5 ¦&& stock > 1", "FE304", "write `and`"),
    ("amount > 5 ¦|| stock > 1", "FE304", "write `or`"),
    ("¦!customer_overdue", "FE304", "write `not`"),
    ("amount > 5 ¦\u5e76\u4e14 stock > 1", "FE304", "write `and`"),
    ("amount > 5 ¦\u6216 stock > 1", "FE304", "write `or`"),
    ("grade == ¦\u201cA\u201d", "FE304", 'write `"`'),
    ("grade == ¦\u2018A\u2019", "FE304", "write `'`"),
    ("has¦\uff08supplier_date\uff09", "FE304", "write `(`"),
    ("grade in ['A'¦\uff0c 'B']", "FE304", "write `,`"),
    ("grade in ['A'¦\u3001 'B']", "FE304", "write `,`"),
    ("grade in 'A' ¦\uff5c 'B'", "FE304", "write `|`"),
    ("amount > ¦5%", "FE304", "write `0.05`"),
    ("amount ¦% 7 == 0", "FE304", "made of names, values"),
    ("amount > 5 ¦# and more", "FE304", "comments"),
    ("customer == 'a¦\\n'", "FE304", "backslash"),
    ("customer == 'a¦\ud800'", "FE304", "U+D800"),
    ("customer == 'a¦\u202eb'", "FE304", "U+202E"),
    ("amount¦\u3000> 5", "FE304", "ordinary space"),
    ("¦\u91d1\u989d > 5", "FE304", "letters a to z"),
    ("am¦\u043eunt > 5", "FE304", "U+043E"),
    ("customer == ¦'abc", "FE305", "not closed"),
    ("customer == 'it's¦'", "FE305", "not closed"),
    ("amount > ¦5\u4e07", "FE306", "write `50000`"),
    ("amount > ¦1.5\u4e07", "FE306", "write `15000`"),
    ("amount > ¦50k", "FE306", "write `50000`"),
    ("amount > ¦30m", "FE306", "in quotes: `'30m'`"),
    ("amount > ¦3wd", "FE306", "no working time"),
    ("amount > ¦1e5", "FE306", "digits only"),
    ("amount > ¦0x1F", "FE306", "digits only"),
    ("amount > ¦007", "FE306", "zeros"),
    ("amount > 5 ¦AND stock > 1", "FE307", "write `and`"),
    ("¦NOT customer_overdue", "FE307", "write `not`"),
    ("amount > 5 ¦stock > 1", "FE307", "missing before it"),
    ("customer == '\u516c\u53f8' ¦stock > 1", "FE307", "missing before it"),
    ("amount >¦", "FE307", "missing after “>”"),
    ("¦(amount > 5", "FE308", "no partner"),
    ("amount > 5¦)", "FE308", "no partner"),
    ("grade in ['A', 'B'¦) and (stock > 1]", "FE308", "no partner"),
    ("amount ¦** 2 > 1", "FE309", "no such operator"),
    ("amount ¦// 2 > 1", "FE309", "no such operator"),
    ("type == 'urgent' ¦| 'custom'", "FE309", "stand after `in`"),
    ("customer¦.upper() == 'A'".replace("¦.", ".¦"), "FE309", "no methods"),
    ("amount.¦real > 1", "FE309", "no attributes"),
    ("¦amount if customer_overdue else stock", "FE309", "rows with `when`"),
    ("¦customer[0] == 'A'", "FE309", "position or key"),
    ("1 < stock ¦in [1, 2]", "FE309", "write `and` between"),
    ("grade ¦is 'A'", "FE309", "compare with `==`"),
    ("¦amuont > 5", "FE310", "did you mean “amount”?"),
    ("quality.¦enterd > order.created", "FE310", "did you mean “quality.entered”?"),
    ("¦qualty.entered > order.created", "FE310", "did you mean “quality.entered”?"),
    ("¦quality == order.created", "FE310", "quality.entered, quality.failed"),
    ("¦x.y == 1", "FE310", "known here: order, production, quality"),
    ("grade == ¦A", "FE310", "put it in quotes: `'A'`"),
    ("customer_overdue == ¦yes", "FE310", "write `true`"),
    ("promised_date > ¦today", "FE310", "does not know the time"),
    ("¦hass(supplier_date)", "FE311", "did you mean “has”?"),
    ("¦len(items) > 1", "FE311", "did you mean “count”?"),
    ("¦__import__('os')", "FE311", "known here: all, any, average, count"),
    ("¦has(amount, stock)", "FE312", "exactly one"),
    ("¦has() and amount > 5", "FE312", "has(supplier_date)"),
    ("¦count(**items) > 1", "FE312", "exactly one"),
    ("happened(¦amount)", "FE313", "`has(amount)`"),
    ("has(¦amount > 5)", "FE313", "name of a field or a moment"),
    ("count(¦amount) > 1", "FE313", "which is an amount of money"),
    ("sum(¦items.sku) > 1", "FE313", "a column of numbers"),
    ("sum(¦amount) > 1", "FE313", "a column of numbers"),
    ("amount > ¦'5'", "FE314", "write `5`"),
    ("¦'abc' == amount", "FE314", "“'abc'” is a text and “amount” is an amount of money"),
    ("customer == ¦5", "FE314", "write `'5'`"),
    ("promised_date > ¦5", "FE314", "is a date and “5” is a whole number"),
    ("customer_overdue == ¦'yes'", "FE314", "write `true`"),
    ("customer == ¦promised_date", "FE314", "do not compare"),
    ("items == ¦3", "FE314", "count(…)"),
    ("stock in [1, ¦'2']", "FE314", "write `2`"),
    ("grade ¦> 'B'", "FE315", "no order"),
    ("customer ¦<= 'B'", "FE315", "no order"),
    ("customer_overdue ¦< true", "FE315", "no order"),
    ("type == ¦'ugrent'", "FE316", "did you mean “urgent”?"),
    ("¦'D' == grade", "FE316", "known here: A, B, C"),
    ("grade in 'A' | ¦'X'", "FE316", "not a choice of `grade`"),
    ("promised_date > ¦'2026-02-30'", "FE317", "'2026-02-28'"),
    ("order.created > ¦'20260228'", "FE317", "not a date"),
    ("¦customer + 1 == 2", "FE318", "put together"),
    ("¦promised_date - 1 > '2026-01-01'", "FE318", "one point in time less another"),
    ("¦promised_date + promised_date > 5", "FE318", "one point in time less another"),
    ("¦patience * 0.5 > '2h'", "FE318", "cannot be calculated with like this"),
    ("amount + ¦patience > 5", "FE318", "`… + '2d'`"),
    (
        "'2h' - ¦order.created > '2h'".replace("'2h' - ¦", "¦'2h' - "),
        "FE318",
        "one point in time less another",
    ),
    ("amount + ¦customer_overdue > 1", "FE318", "true or false"),
    ("¦amount and customer_overdue", "FE319", "`amount > 0`"),
    ("customer_overdue or ¦customer", "FE319", "`customer == '…'`"),
    ("not ¦items", "FE319", "`count(items) > 0`"),
    ("¦quality.failed", "FE319", "`happened(quality.failed)`"),
    ("not ¦supplier_date", "FE319", "`has(supplier_date)`"),
    ("¦supplier_date > promised_date", "FE321", "write `has(supplier_date) and …`"),
    ("¦quality.entered > order.created", "FE321", "write `happened(quality.entered) and …`"),
    ("not ¦approved", "FE321", "`has(approved) and …`"),
    ("sum(¦items.weight) > 1", "FE321", "make the column required"),
    ("any(¦items.weight > 1)", "FE321", "`has(items.weight) and …`"),
    ("amount / ¦0 > 1", "FE322", "divides by zero"),
    ("amount / ¦-0.00 > 1", "FE322", "divides by zero"),
    ("supplier_date == ¦None", "FE323", "write `not has(supplier_date)`"),
    ("supplier_date is not ¦None", "FE323", "write `has(supplier_date)`"),
    ("waybill != ¦null", "FE323", "write `has(waybill)`"),
    ("¦None", "FE323", "`not has(…)`"),
    ("type in ¦'urgent'", "FE324", "one value is compared with `==`"),
    ("type in ¦customer", "FE324", "write the values out"),
    ("type in ¦[]", "FE324", "write the values out"),
    ("type in ¦urgent | 'custom'", "FE324", "`'urgent'`"),
    ("stock in [1, ¦quantity]", "FE324", "not a list of values"),
    ("amount > ¦1234567890123456789", "FE325", "18 digits"),
    ("rate > ¦0.123456789012345678", "FE325", "18 digits"),
    ("items.¦quantity > 5", "FE326", "sum(items.quantity)"),
    ("any(¦stock > 5)", "FE327", "exactly one list"),
    ("any(¦items.quantity > 5 and claims.stage == 'open')", "FE327", "exactly one list"),
    ("any(any(¦items.quantity > 5))", "FE327", "exactly one list"),
    ("customer == ¦'a' 'b'", "FE328", "one pair of quotes"),
    ("customer == ¦r'a'", "FE328", "one pair of quotes"),
    ("customer == ¦'''a'''", "FE328", "one pair of quotes"),
    ("any(items.price > sum(¦items.price))", "FE313", "let a field with `value` hold"),
    ("late(¦qualty)", "FE310", "did you mean “quality”?"),
    ("duration(¦nothing) > '2h'", "FE310", "known here: quality"),
    ("duration(¦amount) > '2h'", "FE313", "the name of a stage"),
    ("late(¦quality.entered)", "FE313", "the name of a stage"),
    ("duration(¦'2h') > '1h'", "FE313", "itself is written `'2h'`"),
    ("days(¦amount) > 1", "FE313", "days(promised_date - order.created)"),
    ("days(¦promised_date) > 1", "FE313", "a length of time"),
    ("patience > ¦2", "FE314", "`'2h'` or `'1d 12h'`"),
    ("seller == ¦grade", "FE314", "is a choice"),
    ("seller ¦> 'a'", "FE315", "no order"),
    ("¦patience", "FE319", "`patience > '2h'`"),
    ("¦delay > '2h'", "FE321", "`has(delay) and …`"),
    ("fee + ¦customs > 5", "FE330", "“fee” is in CNY and “customs” in USD"),
    ("fee > ¦customs", "FE330", "neither compare nor add up"),
    ("-fee < ¦customs * 2", "FE330", "“customs * 2” in USD"),
    ("patience > ¦'soon'", "FE331", "`'30m'`, `'2h'`"),
    ("patience in '2h' | ¦'3wd'", "FE331", "stands beside a length of time"),
    ("order.created + ¦'soon' > order.created", "FE331", "beside a length of time"),
    ("promised_date + ¦'36h' > '2026-01-01'", "FE332", "whole days"),
    ("sum(items.¦quantitty) > 5", "FE329", "did you mean “quantity”?"),
    ("any(items.¦colour == 'red')", "FE329", "has no column “colour”"),
]


@pytest.mark.parametrize(
    ("marked", "code", "words"), FINDINGS, ids=[f"{code} {row}"[:60] for row, code, _ in FINDINGS]
)
def test_a_wrong_expression_is_one_finding_at_its_place(marked: str, code: str, words: str) -> None:
    findings = refused(marked.replace("¦", ""))
    assert [finding.code for finding in findings] == [code]
    assert findings[0].place == PLACE.right(max(marked.find("¦"), 0))
    assert words in f"{findings[0].message('en')} / {findings[0].remedy('en')}"


@pytest.mark.parametrize(
    ("source", "expect", "words"),
    [
        ("amount > 5", Kind.MONEY, "true or false; an amount of money is needed"),
        ("amount", Kind.INTEGER, "an amount of money; a whole number is needed"),
        ("customer", Kind.MONEY, "a text; an amount of money is needed"),
        ("order.created", Kind.DATE, "a moment; a date is needed"),
        ("items", Kind.TEXT, "a list; a text is needed"),
    ],
)
def test_another_kind_than_expected_is_a_finding(source: str, expect: Kind, words: str) -> None:
    (finding,) = refused(source, expect=expect)
    assert (finding.code, finding.place) == ("FE320", PLACE)
    assert words in finding.message("en")


def test_every_code_has_a_row() -> None:
    shown = {code for _, code, _ in FINDINGS} | {"FE320", "FE333", "FE334"}
    assert shown == {key for key in TEXTS if re.fullmatch(r"FE3[0-3]\d", key)}


NEVER = [
    "amount > 5 and amount < 3",
    "amount > 5 and amount <= 5",
    "stock > 5 and customer_overdue and not stock > 2",
    "5 < amount < 3",
    "grade == 'A' and grade == 'B'",
    "grade in 'A' | 'B' and grade == 'C'",
    "grade != 'A' and grade != 'B' and grade != 'C'",
    "customer_overdue and not customer_overdue",
    "promised_date > '2026-03-01' and promised_date < '2026-02-01'",
    "patience > '2h' and patience < '30m'",
    "score > 100",
    "score < 0 or score == 101",
    "count(order.created) > 1",
    "count(quality.failed) < 0",
    "any(items.quantity > 5 and items.quantity < 3)",
    "has(delay) and delay > '2h' and delay < '1h'",
    "false",
]
ALWAYS = [
    "amount > 5 or amount <= 5",
    "has(amount)",
    "not customer_overdue or customer_overdue",
    "grade in 'A' | 'B' | 'C'",
    "grade == 'A' or grade == 'B' or grade == 'C'",
    "score >= 0",
    "0 <= score <= 100",
    "score < 50 or score > 40",
    "count(order.created) == 1",
    "count(items) >= 0",
    "happened(order.created)",
    "all(items.quantity > 3 or items.quantity <= 3)",
    "not (amount > 5 and amount < 3)",
    "true",
]
OPEN = [
    "amount > 5 and amount > 3",
    "amount >= 5 and amount <= 5",
    "amount > 5 or amount < 3",
    "amount > 5 and stock < 3",
    "grade == 'A' or grade == 'B'",
    "grade != 'A' and grade != 'B'",
    "has(delay)",
    "not has(delay) or delay > '2h'",
    "any(items.quantity > 3 or items.quantity <= 3)",
    "all(items.quantity > 5 and items.quantity < 3)",
    "score > 0 and score < 100",
    "score != 0",
    "customer != 'A' and customer != 'B'",
    "count(items) > 0",
    "amount > stock and amount < stock",
    "order.created > '2026-01-01' or order.created < '2026-01-01'",
    "late(quality)",
]


@pytest.mark.parametrize(
    ("source", "holds"),
    [(each, holds) for some, holds in ((NEVER, False), (ALWAYS, True), (OPEN, None)) for each in some],
)
def test_what_holds_for_every_order_or_for_none_is_known(source: str, holds: bool | None) -> None:
    assert understood(source).certain() is holds


def test_one_reading_finds_everything() -> None:
    found = refused("amuont > 5 and supplier_date > '2026-02-30' and grade in 'A' | 'D' or not customer")
    assert [finding.code for finding in found] == ["FE310", "FE321", "FE317", "FE316", "FE319"]


def test_a_name_is_not_reported_again_once_it_was_read() -> None:
    found = refused("waybill == 'x' or waybill == 'y'")
    assert [finding.code for finding in found] == ["FE321"]


@pytest.mark.parametrize(
    "source",
    [
        "has(supplier_date) and supplier_date > promised_date",
        "not has(supplier_date) or supplier_date > promised_date",
        "not (has(supplier_date) and supplier_date > promised_date) or supplier_date > '2026-01-01'",
        "not (not has(supplier_date) or customer_overdue) and supplier_date > promised_date",
        "has(supplier_date) and has(waybill) and (waybill == 'x' or supplier_date > promised_date)",
        "(has(waybill) and stock > 1 or has(waybill) and stock < 0) and waybill == 'x'",
        "happened(quality.entered) and quality.entered > order.created",
        "has(approved) and approved and not approved",
        "has(approved) and stock > 1 or not has(approved) or approved",
        "has(claims) and any(claims.stage == 'open')",
        "has(discount) and any(items.price > discount)",
        "count(claims) == 0 and count(quality.failed) == 0",
        "stock < quantity < 5 or has(discount) and 1 < discount < amount",
    ],
)
def test_a_guard_reaches_as_far_as_it_proves(source: str) -> None:
    assert parse(source, SCOPE, PLACE)[1] == ()


@pytest.mark.parametrize(
    "marked",
    [
        "has(supplier_date) or ¦supplier_date > promised_date",
        "not has(supplier_date) and ¦supplier_date > promised_date",
        "¦supplier_date > promised_date and has(supplier_date)",
        "(has(supplier_date) or has(waybill)) and ¦supplier_date > promised_date",
        "(has(supplier_date) and stock > 1) or ¦supplier_date > promised_date",
        "has(supplier_date) == true and ¦supplier_date > promised_date",
        "(1 < stock < 5 or has(discount)) and ¦discount > 1",
        "any(items.price > ¦discount) and has(discount)",
        "any(items.price > 1) and ¦discount > 1",
        "has(waybill) and stock > 1 or ¦waybill == 'x'",
        "any(items.weight > 1 and stock > 1) and has(items)".replace("items.w", "¦items.w"),
    ],
)
def test_a_guard_reaches_no_further(marked: str) -> None:
    (finding,) = refused(marked.replace("¦", ""))
    assert (finding.code, finding.place) == ("FE321", PLACE.right(marked.index("¦")))


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("nope > 5", 7, 20),
        ("  nope > 5", 7, 22),
        ("customer == '公司' and nope > 5", 7, 41),
        ("amount > 5\nand nope > 5", 8, 5),
        ("amount > 5\r\n  and nope > 5", 8, 7),
        ("\n\nnope > 5", 9, 1),
        ("customer == '公司'\nand grade == '甲'", 8, 14),
        ("amount > 5\nand amount > '公司'", 8, 14),
        ("amount > 5\n&& stock > 1", 8, 1),
        ("amount > 5\nand stock > 1)", 8, 14),
    ],
)
def test_a_place_is_counted_in_characters_and_lines(source: str, line: int, column: int) -> None:
    """Only the first line stands to the right of a key; Chinese texts before it do not shift it."""
    assert refused(source)[0].place == Place("orders.yaml", line, column)


def test_a_chinese_reader_gets_chinese() -> None:
    (finding,) = refused("¦amount > '5'".replace("¦", ""))
    assert finding.message("zh") == "“amount”是金额，“'5'”是文字，两者不能比较"
    assert finding.remedy("zh") == "请写 `5`"
