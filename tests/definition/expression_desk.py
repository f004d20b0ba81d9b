"""What the tests of expressions stand on: the names of one process, and the facts of one order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.definition.expressions import Expression, parse
from flowengine.definition.findings import Finding, Place
from flowengine.definition.kinds import Kind, Known, Scope

PLACE: Final = Place("orders.yaml", 7, 20)
ITEMS: Final = {
    "sku": Known(Kind.TEXT, always=True),
    "quantity": Known(Kind.INTEGER, always=True),
    "price": Known(Kind.MONEY, always=True),
    "weight": Known(Kind.DECIMAL),
    "fragile": Known(Kind.BOOLEAN, always=True),
    "handling": Known(Kind.DURATION, always=True),
    "packer": Known(Kind.PERSON),
}
SCOPE: Final = Scope(
    {
        "amount": Known(Kind.MONEY, always=True),
        "quantity": Known(Kind.INTEGER, always=True),
        "stock": Known(Kind.INTEGER, always=True),
        "rate": Known(Kind.DECIMAL, always=True),
        "discount": Known(Kind.MONEY),
        "grade": Known(Kind.CHOICE, always=True, choices=("A", "B", "C")),
        "type": Known(Kind.CHOICE, always=True, choices=("routine", "urgent", "custom")),
        "customer": Known(Kind.TEXT, always=True),
        "waybill": Known(Kind.TEXT),
        "customer_overdue": Known(Kind.BOOLEAN, always=True),
        "approved": Known(Kind.BOOLEAN),
        "promised_date": Known(Kind.DATE, always=True),
        "patience": Known(Kind.DURATION, always=True),
        "delay": Known(Kind.DURATION),
        "seller": Known(Kind.PERSON, always=True),
        "buyer": Known(Kind.PERSON),
        "fee": Known(Kind.MONEY, always=True, currency="CNY"),
        "customs": Known(Kind.MONEY, always=True, currency="USD"),
        "score": Known(Kind.INTEGER, always=True, least=0, most=100),
        "supplier_date": Known(Kind.DATE),
        "paid_at": Known(Kind.DATETIME),
        "items": Known(Kind.LIST, always=True, columns=ITEMS),
        "claims": Known(
            Kind.LIST, columns={"stage": Known(Kind.CHOICE, always=True, choices=("open", "settled"))}
        ),
        "order.created": Known(Kind.MOMENT, always=True),
        "production.entered": Known(Kind.MOMENT),
        "quality.entered": Known(Kind.MOMENT),
        "quality.left": Known(Kind.MOMENT),
        "quality.late": Known(Kind.MOMENT),
        "quality.failed": Known(Kind.MOMENT),
    },
    ZoneInfo("Asia/Shanghai"),
)
ORDER: Final[Mapping[str, object]] = {
    "amount": Decimal("60000.00"),
    "quantity": 12,
    "stock": 5,
    "rate": Decimal("0.1"),
    "grade": "A",
    "type": "urgent",
    "customer": "Acme 公司",
    "customer_overdue": False,
    "promised_date": date(2026, 2, 28),
    "patience": timedelta(hours=2),
    "seller": "lin",
    "fee": Decimal("12.50"),
    "customs": Decimal("3.00"),
    "score": 80,
    "items": [
        {
            "sku": "A1",
            "quantity": 2,
            "price": Decimal("100.10"),
            "fragile": True,
            "handling": timedelta(minutes=30),
        },
        {
            "sku": "B2",
            "quantity": 10,
            "price": Decimal("0.20"),
            "fragile": False,
            "weight": Decimal("1.5"),
            "handling": timedelta(hours=1),
        },
    ],
    "order.created": datetime(2026, 2, 12, 16, 30, tzinfo=UTC),
}


class Order:
    """An order that knows just these values; a moment that has a value happened as often as `times` says."""

    def __init__(self, times: Mapping[str, int] | None = None, **values: object) -> None:
        self._values = {**ORDER, **{name.replace("__", "."): value for name, value in values.items()}}
        self._times = times or {}

    def value(self, name: str) -> object | None:
        assert name in SCOPE.names or name == "quality.duration", f"asked for {name}, which is not declared"
        return self._values.get(name)

    def count(self, moment: str) -> int:
        return self._times.get(moment, 0)


def understood(source: str, *, expect: Kind | None = Kind.BOOLEAN) -> Expression:
    """The expression, which must be right."""
    expression, findings = parse(source, SCOPE, PLACE, expect=expect)
    assert expression is not None, [finding.message("en") for finding in findings]
    assert findings == ()
    return expression


def refused(source: str, *, expect: Kind | None = Kind.BOOLEAN) -> tuple[Finding, ...]:
    """What is wrong with the expression, each finding sayable in both languages."""
    expression, findings = parse(source, SCOPE, PLACE, expect=expect)
    assert expression is None
    assert findings
    for finding in findings:
        assert finding.message("en")
        assert finding.message("zh")
        assert finding.remedy("en") or not finding.remedy("zh")
        assert finding.place >= PLACE
    return findings
