"""Two people who do at the same moment what does not go together: each is answered, nothing is
left waiting and the record is whole.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flowengine import (
    Amend,
    Choose,
    Claim,
    Done,
    GiveBack,
    Open,
    Principal,
    Raise,
    Reassign,
    Result,
    Split,
    Write,
)
from flowengine.kernel.commands import Command
from tests.runtime.linked import snapshot
from tests.runtime.shop import HOST, Shop, opened, settle
from tests.storage.racing import at_once

SALE = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {may: [raise, reassign]}, head: {}}
order:
  number: "S{serial:3}"
  fields:
    items: {type: list, required: true, of: {sku: text}, changes: {by: desk}}
    note: text
parts:
  shipment: {of: items, through: [pack], by: desk, at_most: 5}
  visits: {by: desk, at_most: 2, stages: {visit: {owner: desk, needs: {made: check}, next: closed}}}
tiers: {1: {team: head, answer: 4h, tell: 1d, resolve: 2d}}
exceptions: {damage: {tier: 1, hold: stopped}}
holds: {stopped: {by: desk}}
stages:
  pack: {owner: desk, needs: {packed: check}}
  call: {owner: desk, needs: {called: check}, next: closed}
outcomes: {cancel: {from: any, by: desk, to: cancelled}}
"""
ANN, BEN = Principal.of("ann", "desk", "head"), Principal.of("ben", "desk", "head")
ROUNDS = 4
Given = Callable[[Shop, int], None]


def nothing(shop: Shop, order: int) -> None:
    """The order as it was opened."""


def claimed(shop: Shop, order: int) -> None:
    shop.do(order, Claim("packed"), by=ANN)


def visited(shop: Shop, order: int) -> None:
    shop.do(order, Open("visits"), by=ANN)
    settle(shop)


RACES: dict[str, tuple[Given, Command, Command]] = {
    "split and amended": (nothing, Split("shipment", "1 2,3"), Amend({"items": [{"sku": "x"}] * 2})),
    "split and split": (nothing, Split("shipment", "1 2,3"), Split("shipment", "1,2 3")),
    "split and packed": (nothing, Split("shipment", "1 2,3"), Done("packed")),
    "split and cancelled": (nothing, Split("shipment", "1 2,3"), Choose("cancel")),
    "claimed and passed on": (nothing, Claim("packed"), Reassign("packed", "zoe")),
    "given back and passed on": (claimed, GiveBack("packed"), Reassign("packed", "zoe")),
    "claimed and done": (nothing, Claim("packed"), Done("packed")),
    "raised and cancelled": (nothing, Raise("damage"), Choose("cancel")),
    "raised twice": (nothing, Raise("damage"), Raise("damage")),
    "opened twice where one more is the most": (visited, Open("visits"), Open("visits")),
    "opened and cancelled": (nothing, Open("visits"), Choose("cancel")),
}


def begun(shop: Shop) -> int:
    items = [{"sku": sku} for sku in "abc"]
    return shop.engine.start("sale", {"items": items}, by=HOST).order_id


def doing(shop: Shop, order: int, command: Command, by: Principal) -> Callable[[], Result]:
    return lambda: shop.engine.do(order, command, by=by, reason="so")


def is_whole(shop: Shop) -> None:
    """Everybody has heard of everything, and the record says how it came to what there is."""
    settle(shop)
    assert not shop.engine.verify().problems
    states = {check.name: check.state for check in shop.engine.health().checks}
    assert (states["signals"], states["parked"]) == ("ok", "ok")


@pytest.mark.parametrize(("given", "one", "other"), RACES.values(), ids=RACES)
def test_of_two_at_once_each_is_answered_and_the_record_is_whole(
    given: Given, one: Command, other: Command
) -> None:
    with opened(SALE) as shop:
        for _ in range(ROUNDS):
            order = begun(shop)
            given(shop, order)
            answers = at_once(doing(shop, order, one, ANN), doing(shop, order, other, BEN))
            assert any(each.ok for each in answers)
            assert all(each.ok or each.blockers for each in answers)
            is_whole(shop)
            whole = snapshot(shop, order)
            rows = [
                row
                for part in sorted(map(int, whole.linked.get("shipment", {})))
                for row in snapshot(shop, part).fields["items"]  # type: ignore[union-attr]
            ]
            if rows:  # the parts have the rows of one moment, and each of them once
                assert [row["sku"] for row in rows] in (["a", "b", "c"], ["x", "x"])  # type: ignore[index, call-overload]
            if whole.stage == "cancelled":
                others = (*whole.linked.get("shipment", {}), *whole.linked.get("visits", {}))
                assert {snapshot(shop, int(part)).status for part in others} <= {"closed"}
            assert len(whole.linked.get("visits", {})) <= 2
            assert len(whole.linked.get("exceptions", {})) <= 1


@pytest.mark.parametrize("last", [Done("called"), Choose("cancel")], ids=["it ends well", "it is cancelled"])
def test_a_case_is_resolved_as_its_order_ends(last: Command) -> None:
    with opened(SALE.replace(", hold: stopped", "")) as shop:
        for _ in range(ROUNDS):
            order = begun(shop)
            shop.do(order, Raise("damage"), Done("packed"), by=ANN)
            settle(shop)
            (case,) = map(int, snapshot(shop, order).linked["exceptions"])
            told = {"customer_told": "so", "next_news": "2030-01-01 10:00"}
            shop.do(case, Done("answer"), Write(told), by=ANN)
            settle(shop)
            answers = at_once(
                doing(shop, case, Write({"solution": "mended"}), ANN), doing(shop, order, last, BEN)
            )
            assert [each.ok for each in answers] == [True, True], [each.blockers for each in answers]
            is_whole(shop)
            assert snapshot(shop, order).status == "closed"
            (known,) = snapshot(shop, order).linked["exceptions"].values()
            assert known["stage"] == snapshot(shop, case).stage != "raised"
