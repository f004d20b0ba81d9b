"""What `cascade` of a link does: an order is held and cancelled along with the one that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flowengine import Choose, Done, Hold, Release
from tests.runtime.linked import ANN, snapshot
from tests.runtime.shop import HOST, Shop, opened, settle
from tests.storage.racing import at_once

SALE = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {}, service: {}}
links: {cases: {process: case, many: true}}
stages:
  pack: {owner: desk, due: 4h, needs: {packed: check}}
  wait: {owner: desk, needs: {called: check}, next: closed}
holds: {stopped: {by: desk, pauses: all}, unpaid: {by: desk, pauses: all}}
outcomes:
  cancel: {from: any, by: desk, to: cancelled}
  give_up: {from: any, by: desk, to: lost}
  cancel_held: {from: any, by: desk, to: cancelled}
ends: {lost: {kind: failure}}
"""
CASE = """
flowengine: 1
process: case
version: "1"
owner: service
roles: {desk: {}, service: {}}
links:
  original: {process: sale, required: true, known_there_as: cases, cascade: [hold, cancel]}
stages:
  contact: {owner: service, due: 4h, needs: {contacted: check}}
  solve: {owner: service, needs: {solved: check}, next: closed}
holds: {waiting: {by: service}}
rules: {told: {after: order.held, each: true, then: [{notify: service}]}}
"""


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(SALE) as shop:
        shop.deploy(CASE)
        yield shop


def pair(shop: Shop) -> tuple[int, int]:
    """A sale and its case, who know of each other."""
    sale = shop.engine.start("sale", {}, by=ANN).order_id
    case = shop.engine.start("case", {}, by=ANN, links={"original": sale}).order_id
    settle(shop)
    return sale, case


def do(shop: Shop, order: int, *commands: object) -> None:
    """Carry out commands, none of which is refused, and let everybody hear of it."""
    for command in commands:
        assert shop.engine.do(order, command, by=ANN).ok  # type: ignore[arg-type]
    settle(shop)


def events(shop: Shop, order: int) -> list[str]:
    """What has happened to an order, by kind, of holds and ends alone."""
    rows = shop.engine.history(order, by=HOST).items
    said = [event for row in rows for event in row.record["events"]]
    return [each["event"] for each in said if each["event"] in ("held", "released", "ended")]


def test_a_case_is_held_and_goes_on_with_its_sale(shop: Shop) -> None:
    sale, case = pair(shop)
    due = snapshot(shop, case).next_due
    do(shop, sale, Hold("stopped"))
    assert list(snapshot(shop, case).holds) == ["original_held"]
    assert snapshot(shop, sale).linked["cases"][str(case)]["held"]
    refused = shop.engine.do(case, Release("original_held"), by=ANN)
    assert [each.code for each in refused.blockers] == ["not_yours"]
    shop.clock.now += 2 * 60 * 60_000
    do(shop, sale, Release("stopped"))
    assert not snapshot(shop, case).holds
    assert snapshot(shop, case).next_due == (due or 0) + 2 * 60 * 60_000, "its time stood still"
    assert events(shop, case) == ["held", "released"]


def test_a_case_that_is_held_twice_goes_on_when_both_causes_are_gone(shop: Shop) -> None:
    sale, case = pair(shop)
    do(shop, case, Hold("waiting"), Done("contacted"))
    do(shop, sale, Hold("stopped"), Hold("unpaid"))
    assert sorted(snapshot(shop, case).holds) == ["original_held", "waiting"]
    do(shop, sale, Release("stopped"))
    assert "original_held" in snapshot(shop, case).holds, "the sale is held still"
    do(shop, sale, Release("unpaid"))
    assert snapshot(shop, case).stage == "contact"
    do(shop, case, Release("waiting"))
    assert snapshot(shop, case).stage == "solve"


@pytest.mark.parametrize("held", [False, True], ids=["goes on", "held"])
def test_a_case_is_cancelled_with_its_sale_held_or_not_and_both_know(shop: Shop, *, held: bool) -> None:
    sale, case = pair(shop)
    if held:
        do(shop, case, Hold("waiting"))
    do(shop, sale, Choose("cancel"))
    assert snapshot(shop, case).stage == "cancelled"
    assert snapshot(shop, sale).linked["cases"][str(case)]["stage"] == "cancelled"
    assert events(shop, case)[-1] == "ended"
    story = [event for row in shop.engine.history(case, by=HOST).items for event in row.record["events"]]
    assert [each["outcome"] for each in story if each["event"] == "chosen"] == ["order.original_cancelled"]


@pytest.mark.parametrize(("end", "stage"), [("give_up", "contact"), ("cancel", "cancelled")])
def test_only_an_end_that_cancels_is_followed(shop: Shop, end: str, stage: str) -> None:
    sale, case = pair(shop)
    do(shop, sale, Choose(end))
    assert snapshot(shop, case).stage == stage


def test_a_case_that_has_ended_meanwhile_stays_as_it_ended(shop: Shop) -> None:
    sale, case = pair(shop)
    do(shop, case, Done("contacted"))
    ended, cancelled = at_once(
        lambda: shop.engine.do(case, Done("solved"), by=ANN).ok,
        lambda: shop.engine.do(sale, Choose("cancel"), by=ANN).ok,
    )
    settle(shop)
    assert ended
    assert cancelled
    assert snapshot(shop, case).stage == "closed"
    assert snapshot(shop, case).linked["original"][str(sale)]["called_off"], "it has heard of it"
    assert events(shop, case) == ["ended"]


def test_a_case_of_a_sale_that_is_cancelled_ends_as_it_is_opened(shop: Shop) -> None:
    sale, _ = pair(shop)
    do(shop, sale, Choose("cancel"))
    late = shop.engine.start("case", {}, by=ANN, links={"original": sale})
    assert late.stage == "cancelled"
