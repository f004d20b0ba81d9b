"""Which order numbers are complete: a table, and the proof that the others could not do what they promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, groupby
from types import SimpleNamespace
from typing import Any

import pytest

from flowengine.calendars.days import milliseconds
from flowengine.definition.check import check_process
from flowengine.definition.references import is_complete
from flowengine.runtime.numbers import number, period
from tests.definition.mutations import yaml
from tests.definition.small_process import small

DAYS = [datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(3 * 365)]
PARTS = ("{yyyy}", "{yy}", "{mm}", "{dd}")
PATTERNS = [
    "".join((*dates, *serials))
    for size in range(len(PARTS) + 1)
    for dates in combinations(PARTS, size)
    for serials in ((), ("-{serial:3}",), ("-{serial:3}", "/{serial:1}"))
]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("{yyyy}{mm}-{serial:3}", []),
        ("{serial:6}", []),
        ("{yyyy}-{serial:4}", []),
        ("{yy}{mm}{dd}{serial:2}", []),
        ("S{serial:3}/{mm}.{yyyy}", []),
        ("订单{yyyy}{serial:3}", []),
        ("{yy}{yyyy}{serial:3}", []),
        ("{yyyy}{yyyy}{serial:3}", []),
        ("{yyyy}{mm}", ["FE219"]),
        ("{mm}{serial:3}", ["FE219"]),
        ("yyyy-{mm}-{serial:3}", ["FE219"]),
        ("{yyyy}{dd}{serial:3}", ["FE219"]),
        ("{dd}{serial:3}", ["FE219"]),
        ("{yyyy}{serial:3}{serial:3}", ["FE219"]),
        ("2026-001", ["FE105"]),
        ("{serial}", ["FE105"]),
        ("{serial:0}", ["FE105"]),
        ("{serial:10}", ["FE105"]),
        ("{year}{serial:3}", ["FE105"]),
        ("{YYYY}{serial:3}", ["FE105"]),
        ("{serial:3", ["FE105"]),
        ("{{serial:3}}", ["FE105"]),
        ("{serial:3}\n", ["FE105"]),
        ("\u202e{serial:3}", ["FE105"]),
        ("", ["FE105"]),
    ],
)
def test_an_order_number_is_taken_or_refused(written: str, codes: list[str]) -> None:
    findings = check_process(yaml(small(order={"number": written})), "any.yaml").findings
    assert [finding.code for finding in findings] == codes


@pytest.mark.parametrize("pattern", PATTERNS, ids=PATTERNS)
def test_it_is_complete_exactly_if_one_serial_begins_again_with_each_span_of_time(pattern: str) -> None:
    assert is_complete(pattern) == (pattern.count("{serial") == 1 and spans_are_told_apart(pattern))


@pytest.mark.parametrize("pattern", [pattern for pattern in PATTERNS if is_complete(pattern)])
def test_with_a_complete_number_no_two_orders_are_called_the_same(pattern: str) -> None:
    """Also when there are so many orders that the serial outgrows its width."""
    taken = {
        (period(plan(pattern), at(day)), serial): at(day) for day in DAYS for serial in (1, 9, 11, 111, 1111)
    }
    numbers = {number(plan(pattern), when, serial) for (_, serial), when in taken.items()}
    assert len(numbers) == len(taken)


def spans_are_told_apart(pattern: str) -> bool:
    """Whether days of one name lie side by side, so that a serial never goes on where it once ended."""
    spans = [name for name, _ in groupby(period(plan(pattern), at(day)) for day in DAYS)]
    return len(spans) == len(set(spans))


def plan(pattern: str) -> Any:
    return SimpleNamespace(number=pattern, zone=UTC)


def at(day: datetime) -> int:
    return milliseconds(day)
