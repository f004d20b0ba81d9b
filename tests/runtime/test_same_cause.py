"""Several orders that one cause has hit: one case for all of them, and what becomes of it becomes of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flowengine import Done, Principal, Raise, Write
from flowengine.kernel.order import Order
from tests.runtime.shop import HOST, Shop, opened
from tests.runtime.test_exceptions import DESK, HEAD, NEWS, SHOP, settle, stand, started, told


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(SHOP) as shop:
        yield shop


def raised(shop: Shop, order: int, case: int = 0, by: Principal = DESK) -> list[str]:
    """Why somebody may not raise that a parcel is lost, of the same cause as a case."""
    result = shop.engine.do(order, Raise("lost", case=case), by=by, reason="the van has burnt")
    settle(shop)
    return [each.code for each in result.blockers]


def hit(shop: Shop, count: int = 3) -> tuple[list[int], int]:
    """Orders of one cause, and their case."""
    first = started(shop)
    assert raised(shop, first) == []
    (case,) = map(int, stand(shop, first).linked["exceptions"])
    others = [started(shop) for _ in range(count - 1)]
    assert [raised(shop, each, case) for each in others] == [[]] * (count - 1)
    return [first, *others], case


def each(shop: Shop, orders: list[int]) -> list[Order]:
    return [stand(shop, order) for order in orders]


def happened(shop: Shop, order: int, kind: str) -> int:
    entries = shop.engine.history(order, by=HOST).items
    return sum(event["event"] == kind for entry in entries for event in entry.record["events"])


def test_one_case_holds_tells_and_resolves_for_every_order_once(shop: Shop) -> None:
    orders, case = hit(shop)
    assert len(shop.engine.orders(by=HOST, process="parcel#exceptions").items) == 1
    assert [list(order.holds) for order in each(shop, orders)] == [["waits"]] * 3
    assert list(stand(shop, case).linked["joined"]) == [str(order) for order in orders[1:]]
    assert told(shop).count(("clerk", "lost.raised")) == 3
    for act in (Done("answer"), NEWS):
        shop.do(case, act, by=HEAD)
        settle(shop)
    assert told(shop).count(("desk", "told_all")) == 3
    for act in (Write({"solution": "sent again"}), Done("claim")):
        shop.do(case, act, by=HEAD)
        settle(shop)
    assert [order.holds for order in each(shop, orders)] == [{}] * 3
    assert [happened(shop, order, "progressed") for order in orders] == [3] * 3
    assert raised(shop, orders[1]) == [], "it may be raised again"


def test_what_has_come_of_a_case_counts_for_an_order_that_joins_it_later(shop: Shop) -> None:
    (first,), case = hit(shop, 1)
    for act in (Done("answer"), NEWS):
        shop.do(case, act, by=HEAD)
        settle(shop)
    late = started(shop)
    assert raised(shop, late, case) == []
    assert told(shop).count(("desk", "told_all")) == 2
    assert list(stand(shop, late).raised.values()) == list(stand(shop, first).raised.values())


def test_the_case_rises_with_the_gravest_of_its_orders(shop: Shop) -> None:
    _, case = hit(shop, 2)
    assert stand(shop, case).fields["tier"] == 1
    dear = started(shop, worth=500)
    assert raised(shop, dear, case) == []
    assert (stand(shop, case).fields["tier"], stand(shop, case).owner) == (2, "boss")


def test_an_order_that_has_settled_it_goes_on_and_the_case_waits_for_the_others(shop: Shop) -> None:
    (first, second), case = hit(shop, 2)
    shop.do(first, Write({"found_it": True}), by=HOST)
    settle(shop)
    assert [list(order.holds) for order in each(shop, [first, second])] == [[], ["waits"]]
    assert stand(shop, case).stage == "raised"
    shop.do(second, Write({"found_it": True}), by=HOST)
    settle(shop)
    assert stand(shop, case).stage == "resolved"


def test_only_an_open_case_of_the_same_exception_can_be_joined(shop: Shop) -> None:
    orders, case = hit(shop, 2)
    other = started(shop)
    assert raised(shop, orders[1], case) == ["raised_already"]
    assert raised(shop, other, 10**6) == ["cannot_join"]
    assert raised(shop, other, orders[0]) == ["cannot_join"]
    assert raised(shop, other, 2**70) == ["cannot_join"]
    assert raised(shop, other, "E202605-0001") == ["cannot_join"]  # type: ignore[arg-type]
    assert [
        each.code for each in shop.engine.do(other, Raise("delay", case=case), by=DESK, reason="x").blockers
    ] == ["cannot_join"]
    for order in orders:
        shop.do(order, Write({"found_it": True}), by=HOST)
        settle(shop)
    assert raised(shop, other, case) == ["cannot_join"]


def test_no_order_has_part_in_one_case_twice(shop: Shop) -> None:
    (first, _), case = hit(shop, 2)
    shop.do(first, Write({"found_it": True}), by=HOST)
    assert raised(shop, first, case) == ["cannot_join"]


def test_a_raising_is_repeated_under_its_key_whatever_has_become_of_the_case(shop: Shop) -> None:
    _, case = hit(shop, 1)
    late = started(shop)
    join = Raise("lost", case=case)
    first = shop.engine.do(late, join, by=DESK, reason="the same", key="k")
    shop.do(case, Done("answer"), by=HEAD)
    settle(shop)
    again = shop.engine.do(late, join, by=DESK, reason="the same", key="k")
    assert (first.ok, again.repeated, again.revision) == (True, True, first.revision)
