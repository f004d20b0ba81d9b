"""Parts of orders: shared out, opened, gone through their stages by themselves, and waited for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flowengine import Choose, Done, Hold, Principal, Release, Write
from flowengine.kernel.commands import Split
from tests.runtime.linked import snapshot
from tests.runtime.shop import HOST, Shop, opened, settle
from tests.storage.racing import at_once

SALE = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {sees: all, edits: [waybill]}, porter: {sees: all, edits: [waybill]}}
order:
  number: "S{serial:3}"
  unique: [ref]
  checks: [{that: count(items) > 0}]
  fields:
    ref: {type: text, required: true}
    customer: {type: text, private: name, required: true}
    items:
      type: list
      required: true
      of: {sku: {type: text, required: true}, quantity: {type: integer, required: true}}
    quantity: {type: integer, value: sum(items.quantity)}
    waybill: text
parts: {shipment: {of: items, through: [pack, road], by: porter, at_most: 3}}
stages:
  take: {owner: desk, needs: {taken: check}}
  pack:
    owner: porter
    due: 4h
    entry: {labelled: check}
    needs: {packed: check, waybill: field}
    rules: {soon: {after: packed, then: [{notify: desk}]}}
  road:
    owner: porter
    needs: {arrived: check}
    outcomes: {spoiled: {to: take}, lost: {to: lost}}
  call: {owner: desk, needs: {called: check}, next: closed}
holds: {stopped: {by: desk, pauses: all}}
outcomes: {cancel: {from: any, by: desk, to: cancelled}}
ends: {lost: {kind: failure}}
rules: {told: {after: shipment, then: [{notify: desk}]}}
"""
ANN = Principal.of("ann", "desk", "porter")
ITEMS = [{"sku": sku, "quantity": number} for number, sku in enumerate("abc", 1)]


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(SALE) as shop:
        yield shop


def sale(shop: Shop) -> int:
    """A sale that is about to be packed."""
    values = {"ref": "r", "customer": "Li Wei", "items": ITEMS}
    order = shop.engine.start("sale", values, by=ANN).order_id
    do(shop, order, Done("taken"), Done("labelled"))
    assert snapshot(shop, order).stage == "pack"
    return order


def do(shop: Shop, order: int, *commands: object) -> None:
    """Carry out commands, none of which is refused, and let everybody hear of it."""
    for command in commands:
        shop.engine.do(order, command, by=ANN).or_raise()  # type: ignore[arg-type]
    settle(shop)


def ship(shop: Shop, part: int) -> None:
    """Everything that a part needs."""
    do(shop, part, Done("packed"), Write({"waybill": f"w{part}"}), Done("arrived"))


def split(shop: Shop, rows: str = "1,2 3") -> tuple[int, list[int]]:
    """A sale that is split, with its parts."""
    order = sale(shop)
    do(shop, order, Split("shipment", rows))
    return order, [int(id) for id in snapshot(shop, order).linked["shipment"]]


def test_each_part_has_its_rows_and_what_else_the_order_holds(shop: Shop) -> None:
    order, parts = split(shop, "1,3 2")
    first, second = (shop.engine.order(part, by=HOST).order for part in parts)
    assert [first.number, second.number] == ["S001.1", "S001.2"]
    assert [first.stage, second.stage] == ["pack", "pack"]
    assert [row["sku"] for row in first.fields["items"]] == ["a", "c"]  # type: ignore[index, union-attr]
    assert (first.fields["quantity"], second.fields["quantity"]) == (4, 2)
    assert (first.fields["customer"], first.fields["ref"]) == ("Li Wei", "r")
    assert snapshot(shop, order).due_at, "the order is due as before"
    assert len(shop.engine.erase(order=order, by=HOST, reason="they asked").orders) == 3


def test_the_order_goes_on_once_all_parts_have_arrived(shop: Shop) -> None:
    order, parts = split(shop)
    refused = shop.engine.do(order, Done("packed"), by=ANN)
    assert refused.blockers, "what the parts do is not asked of the order"
    ship(shop, parts[0])
    assert snapshot(shop, parts[0]).stage == "closed"
    assert snapshot(shop, order).stage == "pack"
    ship(shop, parts[1])
    whole = snapshot(shop, order)
    assert (whole.stage, whole.split) == ("call", {})
    do(shop, order, Done("called"))
    assert snapshot(shop, order).stage == "closed"


def test_an_order_that_is_not_split_is_its_own_only_part(shop: Shop) -> None:
    order = sale(shop)
    ship(shop, order)
    assert snapshot(shop, order).stage == "call"


def test_it_waits_also_for_parts_that_are_not_there_yet(shop: Shop) -> None:
    order = sale(shop)
    shop.engine.do(order, Split("shipment", "1 2 3"), by=ANN).or_raise()
    assert snapshot(shop, order).stage == "pack"
    at_once(*[lambda: shop.engine.tick().heard] * 3)
    settle(shop)
    parts = snapshot(shop, order).linked["shipment"]
    assert sorted(says["number"] for says in parts.values()) == ["S001.1", "S001.2", "S001.3"]


def test_a_part_may_go_back_and_end_in_another_way(shop: Shop) -> None:
    order, parts = split(shop)
    do(shop, parts[0], Done("packed"), Write({"waybill": "w"}), Choose("spoiled"))
    assert snapshot(shop, parts[0]).stage == "take"
    do(shop, parts[0], Done("taken"), Done("labelled"))
    do(shop, parts[0], Done("packed"), Choose("lost"))
    ship(shop, parts[1])
    assert snapshot(shop, order).stage == "call"
    assert [says["end"] for says in snapshot(shop, order).linked["shipment"].values()] == ["lost", "closed"]


def test_parts_are_held_and_cancelled_with_the_order(shop: Shop) -> None:
    order, parts = split(shop)
    ship(shop, parts[0])
    do(shop, order, Hold("stopped"))
    assert list(snapshot(shop, parts[1]).holds) == ["shipment_of_held"]
    do(shop, order, Release("stopped"))
    do(shop, order, Choose("cancel"))
    assert [snapshot(shop, part).stage for part in parts] == ["closed", "cancelled"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [("1 2", "split_rows"), ("1,2,3", "split_rows"), ("1 1,2,3", "split_rows"), ("1,x 2 3", "split_rows")],
)
def test_every_row_belongs_to_one_part(shop: Shop, rows: str, code: str) -> None:
    refused = shop.engine.do(sale(shop), Split("shipment", rows), by=ANN)
    assert [each.code for each in refused.blockers] == [code]


def test_who_may_not_or_not_now_is_told_so(shop: Shop) -> None:
    order, parts = split(shop)

    def why(id: int, command: Split, by: Principal = ANN) -> list[str]:
        return [each.code for each in shop.engine.do(id, command, by=by).blockers]

    again = Split("shipment", "1,2 3")
    assert why(order, again) == ["split_already"]
    assert why(parts[0], Split("shipment", "1 2")) == ["split_already"]
    assert why(order, Split("box", "1 2")) == ["no_such_part"]
    assert why(order, again, Principal.of("di", "desk")) == ["not_yours"]
    early = shop.engine.start("sale", {"ref": "2", "customer": "x", "items": ITEMS}, by=ANN).order_id
    assert why(early, again) == ["split_elsewhere"]


def test_nobody_makes_an_order_a_part_of_another_by_hand(shop: Shop) -> None:
    order = sale(shop)
    values = {"ref": "2", "customer": "x", "items": ITEMS}
    refused = shop.engine.start("sale", values, by=ANN, links={"shipment_of": order})
    assert [each.code for each in refused.blockers] == ["no_such_link"]


def test_a_clock_of_the_whole_order_runs_once(shop: Shop) -> None:
    """In the order that was split, until that goes on; that of a stage runs in each part."""
    clock = "clocks: {promised: {after: order.created, within: 9d, until: road.left}}\n"
    shop.deploy(SALE.replace('"1"', '"2"') + clock)
    order, parts = split(shop)
    assert [list(snapshot(shop, part).clocks) for part in parts] == [["pack"], ["pack"]]
    for part in parts:
        assert snapshot(shop, order).clocks["promised"].met is None
        ship(shop, part)
    assert snapshot(shop, order).clocks["promised"].met is not None


EYES = """
flowengine: 1
process: eyes
version: "1"
owner: desk
roles: {desk: {}}
order: {fields: {items: {type: list, required: true, of: {sku: text}}}}
parts: {shipment: {of: items, through: [pack, road], by: desk}}
stages:
  take: {owner: desk, needs: {taken: check}}
  pack: {owner: desk, needs: {packed: {check: Packed, not_by: [creator, taken]}}}
  road: {owner: desk, needs: {arrived: {check: Arrived, not_by: [taken, packed]}}}
  call: {owner: desk, needs: {called: {check: Called, not_by: arrived}}, next: closed}
"""
PEOPLE = {name: Principal.of(name, "desk") for name in ("ann", "ben", "cai", "dan", "eva")}


def test_four_eyes_hold_for_parts_and_for_the_order_that_was_split() -> None:
    with opened(EYES) as shop:
        engine = shop.engine

        def may(id: int, need: str) -> set[str]:
            found = {name: engine.preview(id, Done(need), by=by).verdict for name, by in PEOPLE.items()}
            return {name for name, verdict in found.items() if verdict == "ready"}

        whole = engine.start("eyes", {"items": [{"sku": "a"}, {"sku": "b"}]}, by=PEOPLE["ann"]).order_id
        shop.do(whole, Done("taken"), by=PEOPLE["ben"])
        assert may(whole, "packed") == {"cai", "dan", "eva"}
        shop.do(whole, Split("shipment", "1 2"), by=PEOPLE["cai"])
        settle(shop)
        parts = [view.row.id for view in engine.orders(by=HOST).items if view.row.id != whole]
        assert [may(part, "packed") for part in parts] == [{"cai", "dan", "eva"}] * 2
        for part, packer, driver in zip(parts, ("cai", "dan"), ("dan", "eva"), strict=True):
            shop.do(part, Done("packed"), by=PEOPLE[packer])
            assert may(part, "arrived") == PEOPLE.keys() - {"ben", packer}
            shop.do(part, Done("arrived"), by=PEOPLE[driver])
        settle(shop)
        assert snapshot(shop, whole).stage == "call"
        assert may(whole, "called") == {"ann", "ben", "cai"}
