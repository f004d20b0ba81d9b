"""Orders that agree in what tells the cause share one case, whoever raises it and however many do at once."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from flowengine import Done, Principal, Raise, Write
from flowengine.kernel.order import Order
from tests.runtime.shop import HOST, Shop, opened, settle

DEPOT = """
flowengine: 1
process: depot
version: "1"
owner: desk
roles: {desk: {may: raise}, head: {}, boss: {}}
order:
  number: "D{serial:3}"
  fields: {hub: text, day: date, worth: {type: integer, default: 1}, dry: {type: boolean, default: false}}
tiers:
  1: {team: head, answer: 4h, resolve: 2d}
  2: {team: boss, answer: 4h, resolve: 2d}
holds: {waits: {by: desk}}
exceptions:
  flood: {tier: [{when: worth > 100, tier: 2}, {tier: 1}], hold: waits, same: [hub, day]}
  delay: {tier: 1, same: hub}
  lost: {tier: 1}
stages:
  keep: {owner: desk, due: {within: 1d, late: [{raise: delay}]}, needs: {sent: check}, next: closed}
rules:
  dried: {when: dry, then: [{resolve: flood}]}
  solved: {after: flood.resolved, each: true, then: [{notify: boss}]}
"""
CASES = "depot#exceptions"
DESK, HEAD, BOSS = Principal.of("dora", "desk"), Principal.of("hal", "head"), Principal.of("bea", "boss")


@pytest.fixture
def shop(place: str) -> Iterator[Shop]:
    with opened(DEPOT) as shop:
        yield shop


def started(shop: Shop, hub: str = "north", day: str = "2026-05-12", **more: int) -> int:
    return shop.engine.start("depot", {"hub": hub, "day": day, **more}, by=DESK).or_raise().order_id


def raised(shop: Shop, order: int, name: str = "flood") -> None:
    shop.engine.do(order, Raise(name), by=DESK, reason="the river").or_raise()


def stand(shop: Shop, id: int) -> Order:
    return shop.engine.order(id, by=HOST).order


def cases(shop: Shop) -> list[int]:
    return sorted(view.row.id for view in shop.engine.orders(by=HOST, process=CASES).items)


def orders_of(shop: Shop, case: int) -> set[int]:
    linked = stand(shop, case).linked
    return {int(id) for name in ("original", "joined") for id in linked.get(name, {})}


def test_orders_that_agree_share_the_case_and_what_becomes_of_it(shop: Shop) -> None:
    orders = [started(shop) for _ in range(3)]
    for order in orders:
        raised(shop, order)
        settle(shop)
    (case,) = cases(shop)
    assert orders_of(shop, case) == set(orders)
    assert [list(stand(shop, each).holds) for each in orders] == [["waits"]] * 3
    for act in (Done("answer"), Write({"solution": "pumped out"})):
        shop.do(case, act, by=HEAD)
        settle(shop)
    assert [stand(shop, each).holds for each in orders] == [{}] * 3
    about = [(each.row.role, each.row.about) for each in shop.engine.inbox(by=HOST).items]
    assert about.count(("boss", "solved")) == 3
    assert len({next(iter(stand(shop, each).raised)) for each in orders}) == 1


OTHERS = {
    "another hub": {"hub": "south"},
    "another day": {"day": "2026-05-13"},
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_differs_in_one_of_them_has_a_case_of_its_own(shop: Shop, other: dict[str, str]) -> None:
    for order in (started(shop), started(shop, **other)):
        raised(shop, order)
        settle(shop)
    assert len(cases(shop)) == 2


def test_where_the_cause_is_unknown_or_not_said_nothing_is_shared(shop: Shop) -> None:
    unknown = [shop.engine.start("depot", {"hub": "north"}, by=DESK).order_id for _ in range(2)]
    for order in (*unknown, started(shop)):
        raised(shop, order)
    for order in (started(shop), started(shop)):
        raised(shop, order, "lost")
    settle(shop)
    assert len(cases(shop)) == 5


def test_what_is_raised_by_itself_is_shared_as_well(shop: Shop) -> None:
    orders = [started(shop), started(shop, day="2026-05-14"), started(shop, hub="south")]
    shop.wait(25 * 60 * 60_000)
    settle(shop)
    assert [orders_of(shop, case) for case in cases(shop)] == [set(orders[:2]), {orders[2]}]


def test_the_case_rises_with_the_gravest_order_also_where_it_has_risen_before_it_joins(shop: Shop) -> None:
    first, dear = started(shop), started(shop)
    raised(shop, first)
    settle(shop)
    raised(shop, dear)
    shop.engine.do(dear, Raise("flood", tier=2), by=DESK, reason="it is dear").or_raise()
    settle(shop)
    (case,) = cases(shop)
    assert stand(shop, case).fields["tier"] == 2


def test_who_has_settled_it_before_it_joins_is_not_waited_for(shop: Shop) -> None:
    first, quick = started(shop), started(shop)
    raised(shop, first)
    settle(shop)
    raised(shop, quick)
    shop.do(quick, Write({"dry": True}), by=HOST)
    settle(shop)
    (case,) = cases(shop)
    assert orders_of(shop, case) == {first, quick}
    assert stand(shop, case).stage == "raised"
    shop.do(first, Write({"dry": True}), by=HOST)
    settle(shop)
    assert stand(shop, case).stage == "resolved"


def test_a_resolved_case_is_left_and_no_order_has_part_in_one_twice(shop: Shop) -> None:
    first, second = started(shop), started(shop)
    for order in (first, second):
        raised(shop, order)
    settle(shop)
    shop.do(first, Write({"dry": True}), by=HOST)
    settle(shop)
    raised(shop, first)  # while the case waits for the second one
    settle(shop)
    assert [orders_of(shop, case) for case in cases(shop)] == [{first, second}, {first}]
    for order in (first, second):
        for dry in (False, True):
            shop.do(order, Write({"dry": dry}), by=HOST)
            settle(shop)
    third = started(shop)
    raised(shop, third)
    settle(shop)
    assert orders_of(shop, cases(shop)[-1]) == {third}


def test_of_many_that_are_raised_at_once_one_opens_the_case(shop: Shop) -> None:
    """Several processes let orders hear each other at the same instant."""
    orders = [started(shop) for _ in range(8)]
    for order in orders:
        raised(shop, order)
    failures: list[BaseException] = []
    gate = Barrier(4)

    def hear() -> None:
        gate.wait()
        try:
            for _ in range(20):
                shop.engine.tick()
        except BaseException as error:  # noqa: BLE001 - whatever it was, the test must say so
            failures.append(error)

    threads = [Thread(target=hear) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    for _ in range(5):
        shop.wait(60_000)
        settle(shop)
    (case,) = cases(shop)
    assert orders_of(shop, case) == set(orders)
    assert shop.engine.health().signs is not None


def test_history_says_which_case_it_became_part_of(shop: Shop) -> None:
    first, second = started(shop), started(shop)
    for order in (first, second):
        raised(shop, order)
        settle(shop)
    events = [each for row in shop.engine.history(second, by=HOST).items for each in row.record["events"]]
    (joined,) = [each for each in events if each["event"] == "joined"]
    (case,) = cases(shop)
    assert joined["case"] == stand(shop, case).number
