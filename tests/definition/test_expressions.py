"""What expressions mean: their values, their missing values, and their reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, localcontext

import pytest

from flowengine.definition.expressions import Reason, parse
from flowengine.definition.expressions.facts import DividedByZero, NothingToAverage
from flowengine.definition.expressions.reasons import SHOWN_ROWS
from flowengine.definition.kinds import Kind, Known, Scope
from flowengine.errors import EvaluationFailed
from flowengine.texts import LANGUAGES, TEXTS
from tests.definition.expression_desk import PLACE, Order, understood

LATE_FEBRUARY_11 = datetime(2026, 2, 11, 15, 59, tzinfo=UTC)
EARLY_FEBRUARY_12 = datetime(2026, 2, 11, 16, 0, tzinfo=UTC)  # midnight in Shanghai


@pytest.mark.parametrize(
    ("source", "order", "holds"),
    [
        ("amount > 50000 and grade in 'A' | 'B'", Order(), True),
        ("amount > 50000 and grade in 'A' | 'B'", Order(grade="C"), False),
        ("amount > 60000", Order(), False),
        ("amount >= 60000", Order(), True),
        ("amount == 60000.0", Order(), True),
        ("amount != 60000", Order(), False),
        ("50000 < amount <= 60000 < 70_000", Order(), True),
        ("1 < stock < quantity < 12", Order(), False),
        ("stock - quantity < -6.5", Order(), True),
        ("stock in [-5, 5]", Order(), True),
        ("stock in (4, 6.0)", Order(stock=6), True),
        ("grade not in ['A', 'B']", Order(), False),
        ("type == 'urgent' or amount > 99999", Order(), True),
        ("customer == 'Acme 公司'", Order(), True),
        ('customer == "it\'s"', Order(customer="it's"), True),
        ("not customer_overdue", Order(), True),
        ("customer_overdue == false", Order(), True),
        ("customer_overdue != True", Order(), True),
        ("not (customer_overdue or grade == 'A')", Order(), False),
        ("true", Order(), True),
        ("(\n  amount > 1\n  and grade == 'A'\n)", Order(), True),
        ("  amount > 1\nand grade == 'A'\n", Order(), True),
        ("has(supplier_date) and supplier_date > promised_date", Order(), False),
        ("has(supplier_date) and supplier_date > promised_date", Order(supplier_date=date(2026, 3, 1)), True),
        ("not has(supplier_date) or supplier_date > promised_date", Order(), True),
        ("has(amount)", Order(), True),
        ("happened(production.entered)", Order(), False),
        ("happened(production.entered)", Order(production__entered=EARLY_FEBRUARY_12), True),
        ("has(production.entered)", Order(production__entered=EARLY_FEBRUARY_12), True),
        ("count(quality.failed) >= 2", Order(), False),
        ("count(quality.failed) >= 2", Order({"quality.failed": 2}), True),
        ("count(items) == 2", Order(), True),
        ("count(claims) == 0", Order(), True),
        ("sum(items.quantity) == quantity", Order(), True),
        ("sum(items.price) == 100.3", Order(), True),
        ("sum(items.quantity) == 0", Order(items=[]), True),
        ("any(items.quantity > 9)", Order(), True),
        ("any(items.quantity > 9)", Order(items=[]), False),
        ("all(items.quantity > 9)", Order(), False),
        ("all(items.quantity > 9)", Order(items=[]), True),
        ("any(items.fragile and items.quantity < stock)", Order(), True),
        ("any(has(items.weight) and items.weight > 1)", Order(), True),
        ("not has(claims) or all(claims.stage == 'settled')", Order(), True),
        ("not has(claims) or all(claims.stage == 'settled')", Order(claims=[{"stage": "open"}]), False),
    ],
)
def test_a_condition_holds_or_does_not(source: str, order: Order, holds: bool) -> None:
    expression = understood(source)
    assert expression.holds(order) is holds
    assert expression.value(order) is holds
    assert expression.why(order).holds is holds


@pytest.mark.parametrize(
    ("source", "created", "holds"),
    [
        ("order.created >= '2026-02-12'", LATE_FEBRUARY_11, False),
        ("order.created >= '2026-02-12'", EARLY_FEBRUARY_12, True),
        ("order.created == '2026-02-12'", EARLY_FEBRUARY_12, True),
        ("order.created in '2026-02-12' | '2026-02-13'", LATE_FEBRUARY_11, False),
        ("order.created in '2026-02-12' | '2026-02-13'", EARLY_FEBRUARY_12, True),
        ("order.created not in '2026-02-12' | '2026-02-13'", EARLY_FEBRUARY_12, False),
        ("promised_date > order.created", datetime(2026, 2, 27, 15, 59, tzinfo=UTC), True),
        ("promised_date > order.created", datetime(2026, 2, 27, 16, 0, tzinfo=UTC), False),
        ("'2026-02-12' <= order.created < promised_date", EARLY_FEBRUARY_12, True),
        ("promised_date in ['2026-02-28', '2026-03-01']", EARLY_FEBRUARY_12, True),
    ],
)
def test_an_instant_beside_a_date_is_the_local_day(source: str, created: datetime, holds: bool) -> None:
    """Where the process lives it is already tomorrow; neither UTC nor the machine's zone decides."""
    elsewhere = created.astimezone(timezone(-timedelta(hours=7)))
    assert understood(source).holds(Order(order__created=created)) is holds
    assert understood(source).holds(Order(order__created=elsewhere)) is holds


def test_instants_compare_as_instants() -> None:
    source = "happened(quality.entered) and quality.entered > order.created"
    same = datetime(2026, 2, 12, 9, 30, tzinfo=timezone(-timedelta(hours=7)))
    assert not understood(source).holds(Order(quality__entered=same))
    assert understood(source).holds(Order(quality__entered=same + timedelta(microseconds=1)))


@pytest.mark.parametrize(
    ("source", "expect", "kind", "value"),
    [
        ("0.1 + 0.2", None, Kind.DECIMAL, Decimal("0.3")),
        ("amount * 0.06", Kind.MONEY, Kind.MONEY, Decimal("3600.0000")),
        ("stock * 2 - -1", Kind.INTEGER, Kind.INTEGER, 11),
        ("-stock", Kind.DECIMAL, Kind.INTEGER, -5),
        ("-(amount - 1)", Kind.MONEY, Kind.MONEY, Decimal("-59999.00")),
        ("stock / 2", None, Kind.DECIMAL, Decimal("2.5")),
        ("1 - 2 - 3 * 4 / 2", None, Kind.DECIMAL, Decimal(-7)),
        ("average(items.price)", None, Kind.DECIMAL, Decimal("50.15")),
        ("average(items.quantity)", None, Kind.DECIMAL, Decimal(6)),
        ("sum(items.quantity)", Kind.INTEGER, Kind.INTEGER, 12),
        ("count(items) / 4", Kind.MONEY, Kind.DECIMAL, Decimal("0.5")),
        ("customer", Kind.TEXT, Kind.TEXT, "Acme 公司"),
        ("'x'", Kind.CHOICE, Kind.TEXT, "x"),
        ("grade", Kind.TEXT, Kind.CHOICE, "A"),
        ("promised_date", Kind.DATE, Kind.DATE, date(2026, 2, 28)),
        ("'2026-03-01'", Kind.DATE, Kind.DATE, date(2026, 3, 1)),
        ("order.created", Kind.DATETIME, Kind.MOMENT, datetime(2026, 2, 12, 16, 30, tzinfo=UTC)),
        ("999999999999999999 * 999999999999999999", None, Kind.INTEGER, 999999999999999998000000000000000001),
    ],
)
def test_an_expression_has_a_kind_and_an_exact_value(
    source: str, expect: Kind | None, kind: Kind, value: object
) -> None:
    expression = understood(source, expect=expect)
    assert expression.kind is kind
    assert expression.value(Order()) == value
    assert type(expression.value(Order())) is type(value)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_read_and_named(kind: Kind) -> None:
    """A kind that is added to the language must be given its values and its words."""
    expression, findings = parse("it", Scope({"it": Known(kind, always=True)}), PLACE, expect=None)
    assert expression is not None, findings
    with pytest.raises(EvaluationFailed, match="should be"):
        expression.value(Anything(object()))
    assert {f"value.{kind}"} <= TEXTS.keys()


class Anything:
    """Facts that answer everything with one value."""

    def __init__(self, value: object) -> None:
        self._value = value

    def value(self, name: str) -> object:
        return self._value

    def count(self, moment: str) -> int:
        return 0


def test_the_precision_of_the_thread_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 2
        assert understood("amount + 0.01 == 60000.01").holds(Order())
        assert understood("-60000.01", expect=None).value(Order()) == Decimal("-60000.01")
        assert understood("sum(items.price) == 100.30").holds(Order())
        third = understood("1 / 3", expect=None).value(Order())
    assert third == Decimal("0." + "3" * 50)


@pytest.mark.parametrize(
    ("source", "order", "says"),
    [
        ("amount > 5", Order(amount=None), ["“amount > 5”", "`amount` has no value", "amount = no value"]),
        ("stock in [1, 2]", Order(stock=None), ["“stock in [1, 2]”", "`stock` has no value"]),
        (
            "grade == 'A' and stock + quantity > 1",
            Order(quantity=None),
            ["“stock + quantity > 1”", "`quantity` has no value", "stock = 5, quantity = no value"],
        ),
        (
            "stock / (quantity - 12) > 1",
            Order(),
            ["“stock / (quantity - 12)”", "divides by zero", "quantity = 12"],
        ),
        (
            "amount > 5",
            Order(amount="60000"),
            ["should be an amount of money", "of type str", "amount = '60000'"],
        ),
        ("customer_overdue", Order(customer_overdue="no"), ["should be true or false", "of type str"]),
        (
            "promised_date > '2026-01-01'",
            Order(promised_date=EARLY_FEBRUARY_12),
            ["should be a date", "datetime"],
        ),
        (
            "order.created > '2026-01-01'",
            Order(order__created=EARLY_FEBRUARY_12.replace(tzinfo=None)),
            ["should be a moment", "of type datetime"],
        ),
        ("sum(items.quantity) > 1", Order(items=None), ["“sum(items.quantity) > 1”", "`items` has no value"]),
        ("sum(items.quantity) > 1", Order(items=[{"sku": "A1"}]), ["`items.quantity` has no value"]),
        ("sum(items.quantity) > 1", Order(items=["A1"]), ["should be a list", "items = 1 rows"]),
        ("any(items.quantity > stock)", Order(items=[{}]), ["“items.quantity > stock”", "stock = 5"]),
        ("count(items) > 1", Order(items=7), ["should be a list", "of type int"]),
        ("average(items.price) > 1", Order(items=[]), ["no rows to average"]),
        ("amount > 5", Order(amount=Decimal("sNaN")), ["“amount > 5”", "amount = sNaN"]),
    ],
)
def test_what_cannot_be_evaluated_is_an_error_that_names_it(
    source: str, order: Order, says: list[str]
) -> None:
    """Never a quiet False: the part, the reason and the values that were read."""
    expression = understood(source)
    with pytest.raises(EvaluationFailed) as failure:
        expression.holds(order)
    for words in says:
        assert words in str(failure.value)
    assert expression.why(order).holds is None


def test_a_number_is_no_condition() -> None:
    with pytest.raises(EvaluationFailed, match="not a condition"):
        understood("amount", expect=None).holds(Order())


def test_a_decided_condition_does_not_look_further() -> None:
    assert not understood("grade == 'B' and 1 / (stock - 5) > 0").holds(Order())
    assert understood("grade == 'A' or 1 / (stock - 5) > 0").holds(Order())
    assert not understood("6 < stock < 1 / (stock - 5)").holds(Order())
    assert not understood("grade == 'A' and stock == 6 and 1 / (stock - 5) > 0").holds(Order())


def test_the_names_that_are_read_are_known() -> None:
    expression = understood(
        "has(supplier_date) and happened(quality.entered) and count(quality.failed) > 0"
        " and any(items.quantity > stock) and sum(items.price) < amount and 'A' == grade"
    )
    assert expression.names == {
        "supplier_date", "quality.entered", "quality.failed", "items", "stock", "amount", "grade",
    }  # fmt: skip
    assert (expression.source[:3], expression.place, expression.kind) == ("has", PLACE, Kind.BOOLEAN)


def test_the_reasons_mirror_the_condition() -> None:
    order = Order({"quality.failed": 3}, grade="C")
    expression = understood("not (amount > 50000 and grade in 'A' | 'B') or count(quality.failed) >= 2")
    amount = Reason("amount > 50000", True, True, (), {"amount": Decimal("60000.00")})
    grade = Reason("grade in 'A' | 'B'", False, False, (), {"grade": "C"})
    failed = Reason("count(quality.failed) >= 2", True, True, (), {"count(quality.failed)": 3})
    both = Reason(
        "amount > 50000 and grade in 'A' | 'B'",
        False,
        False,
        (amount, grade),
        {**amount.names, **grade.names},
    )
    opposite = Reason("not (amount > 50000 and grade in 'A' | 'B')", True, True, (both,), both.names)
    names = {**both.names, **failed.names}
    assert expression.why(order) == Reason(expression.source, True, True, (opposite, failed), names)


def test_a_part_that_was_not_needed_is_shown_too() -> None:
    """The second part is skipped and could not be evaluated; the third is skipped and could."""
    why = understood("has(supplier_date) and supplier_date > promised_date and stock > 1").why(Order())
    assert [part.holds for part in why.parts] == [False, None, True]
    assert why.parts[1].names == {"supplier_date": None, "promised_date": date(2026, 2, 28)}
    assert why.holds is False


def test_an_open_part_leaves_the_whole_open() -> None:
    why = understood("amount > 1 and grade == 'B'").why(Order(amount=None))
    assert [part.holds for part in why.parts] == [None, False]
    assert why.holds is None


def test_the_reason_of_a_value_is_no_verdict() -> None:
    why = understood("amount * 2", expect=None).why(Order())
    assert (why.text, why.value, why.holds) == ("amount * 2", Decimal("120000.00"), None)


def test_a_division_by_zero_has_a_remedy_of_its_own() -> None:
    """Whether there is a divisor is not the question: it is there, and it is nought."""
    with pytest.raises(DividedByZero):
        understood("stock / (quantity - 12) > 1").holds(Order())
    for lang in LANGUAGES:
        assert "has()" not in TEXTS[f"trouble.{DividedByZero.__name__}"][lang]


def test_an_average_of_no_rows_has_a_remedy_of_its_own() -> None:
    with pytest.raises(NothingToAverage):
        understood("average(items.price) > 1").holds(Order(items=[]))
    for lang in LANGUAGES:
        assert "has()" not in TEXTS[f"trouble.{NothingToAverage.__name__}"][lang]
        assert "count(" in TEXTS[f"trouble.{NothingToAverage.__name__}"][lang]


@pytest.mark.parametrize(
    ("source", "order", "value"),
    [
        ("patience", Order(), timedelta(hours=2)),
        ("patience + '1d' - '30m'", Order(), timedelta(days=1, hours=1, minutes=30)),
        ("patience * 3", Order(), timedelta(hours=6)),
        ("3 * patience", Order(), timedelta(hours=6)),
        ("-patience", Order(), timedelta(hours=-2)),
        ("patience / '8h'", Order(), Decimal("0.25")),
        ("'1d' / patience", Order(), Decimal(12)),
        ("sum(items.handling)", Order(), timedelta(minutes=90)),
        ("sum(items.handling)", Order(items=[]), timedelta()),
        ("average(items.handling)", Order(), timedelta(minutes=45)),
        ("promised_date - '2026-02-26'", Order(), timedelta(days=2)),
        ("'2026-03-01' - promised_date", Order(), timedelta(days=1)),
        ("promised_date + '2d'", Order(), date(2026, 3, 2)),
        ("'2d' + promised_date", Order(), date(2026, 3, 2)),
        ("promised_date - '2d'", Order(), date(2026, 2, 26)),
        ("order.created + patience", Order(), datetime(2026, 2, 12, 18, 30, tzinfo=UTC)),
        ("promised_date - order.created", Order(), timedelta(days=15)),  # in Shanghai the 13th has begun
        ("order.created - promised_date", Order(), timedelta(days=-15)),
        ("days(promised_date - order.created)", Order(), 15),
        ("days(patience)", Order(patience=timedelta(hours=47)), 1),
        ("days(patience)", Order(patience=timedelta(hours=-47)), -1),
        ("days('49h')", Order(), 2),
        ("duration(quality)", Order(), timedelta()),
        ("duration(quality)", Order(quality__duration=timedelta(hours=3)), timedelta(hours=3)),
        ("late(quality)", Order(quality__late=EARLY_FEBRUARY_12), True),
        ("late(quality)", Order(), False),
        ("patience > '1h 30m'", Order(), True),
        ("'30m' < patience <= '2h'", Order(), True),
        ("patience in '2h' | '1d'", Order(), True),
        ("seller == 'lin'", Order(), True),
        ("seller in 'mo' | 'bo'", Order(), False),
        ("has(buyer) and buyer != seller", Order(buyer="mo"), True),
        ("seller == customer", Order(seller="Acme 公司"), True),
        ("any(has(items.packer) and items.packer == seller)", Order(), False),
        ("fee * 2 + fee", Order(), Decimal("37.50")),
        ("fee / customs > 4", Order(), True),
    ],
)
def test_time_is_calculated_with(source: str, order: Order, value: object) -> None:
    found = understood(source, expect=None).value(order)
    assert found == value
    assert type(found) is type(value)


def test_a_division_by_no_time_is_one_by_zero() -> None:
    with pytest.raises(DividedByZero, match="patience = 0m"):
        understood("'1d' / patience > 1").holds(Order(patience=timedelta()))


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("any(items.quantity > 5)", [(2, True)]),
        ("all(items.quantity > 5)", [(1, False)]),
        ("any(items.quantity > 50)", [(1, False), (2, False)]),
        ("all(items.quantity > 1)", [(1, True), (2, True)]),
        ("all(items.quantity / (items.quantity - 10) < 1)", [(2, None)]),
    ],
)
def test_the_reasons_name_the_rows_that_decide(source: str, rows: list[tuple[int, bool | None]]) -> None:
    why = understood(source).why(Order())
    assert [(part.row, part.holds) for part in why.parts] == rows
    assert all("items.quantity" in part.names for part in why.parts)


def test_no_more_than_a_few_rows_are_told() -> None:
    rows = [{"quantity": 1}] * 100
    assert len(understood("any(items.quantity > 5)").why(Order(items=rows)).parts) == SHOWN_ROWS
