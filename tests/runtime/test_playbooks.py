"""The playbooks of a process: what they ask for, what reviews have found, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from flowengine import Done, NotFound, Raise, Write
from tests.runtime.shop import HOST, Shop, opened
from tests.runtime.test_exceptions import CLERK, DESK, HEAD, NEWS, SHOP, settle, stand, started

PLAIN = """
flowengine: 1
process: plain
version: "1"
owner: desk
roles: {desk: {}}
stages: {a: {owner: desk, needs: {b: check}, next: closed}}
"""


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(SHOP, PLAIN) as shop:
        yield shop


def reviewed(shop: Shop, cause: str, change: str) -> tuple[str, str]:
    """An order of which a parcel was lost, and its case, which has been reviewed."""
    order = started(shop)
    shop.engine.do(order, Raise("lost"), by=DESK, reason="no trace").or_raise()
    settle(shop)
    case = int(*stand(shop, order).linked["exceptions"])
    review = Write({"root_cause": cause, "plan_change": change})
    for act in (Done("answer"), NEWS, Write({"solution": "found"}), Done("claim"), review):
        shop.do(case, act, by=HEAD)
        settle(shop)
    shop.wait(1_000)
    return stand(shop, order).number, stand(shop, case).number


def learned(shop: Shop, need: str, **asked: Any) -> list[tuple[str, int, str, str]]:
    (playbook,) = shop.engine.playbooks("parcel", exception="lost", **asked)
    return [(each.text, each.count, each.case, each.about) for each in playbook.learned[need]]


def test_what_reviews_have_found_is_counted_the_newest_with_its_case(shop: Shop) -> None:
    reviewed(shop, "two labels", "one label")
    two = reviewed(shop, "a torn label", "better glue")
    three = reviewed(shop, "two labels", "look twice")
    assert learned(shop, "root_cause", by=HOST) == [
        ("two labels", 2, three[1], three[0]),
        ("a torn label", 1, two[1], two[0]),
    ]
    assert [each[0] for each in learned(shop, "plan_change", by=HOST)] == [
        "look twice",
        "better glue",
        "one label",
    ]


def test_each_exception_says_what_must_be_done(shop: Shop) -> None:
    found = shop.engine.playbooks("parcel", by=DESK)
    assert [(each.exception, [need.name for need in each.needs]) for each in found] == [
        ("lost", ["solution", "claim"]),
        ("delay", ["solution"]),
    ]
    assert all(each.cases == 0 for each in found)
    assert shop.engine.playbooks("plain", by=HOST) == ()


def test_cases_count_for_those_who_see_all_of_them(shop: Shop) -> None:
    reviewed(shop, "two labels", "one label")
    assert learned(shop, "root_cause", by=DESK)
    assert learned(shop, "root_cause", by=CLERK) == []


def test_an_exception_that_is_not_there_is_named_with_those_that_are(shop: Shop) -> None:
    with pytest.raises(NotFound, match=r"no exception 'lots' \(there are: lost, delay\)"):
        shop.engine.playbooks("parcel", by=HOST, exception="lots")
