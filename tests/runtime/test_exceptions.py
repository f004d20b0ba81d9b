"""Exceptions: a case that rises until somebody answers, what the order hears of it, and what settles it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from flowengine import Done, Principal, Raise, Write
from flowengine.kernel.order import Order
from tests.runtime.shop import HOST, Shop, opened, settle

HOUR: Final = 60 * 60_000
SHOP: Final = """
flowengine: 1
process: parcel
version: "1"
owner: desk
roles: {desk: {may: raise}, head: {}, boss: {}, helper: {}, clerk: {}}
order: {fields: {worth: {type: integer, default: 10}, found_it: {type: boolean, default: false}}}
tiers:
  1: {team: head, answer: 4h, tell: 1d, resolve: 2d}
  2: {team: [boss, helper], answer: 30m, tell: 2h, plan: 4h}
holds: {waits: {by: desk}}
exceptions:
  lost:
    tier: [{when: worth > 100, tier: 2}, {tier: 1}]
    hold: waits
    playbook: {claim: check}
    then: [{notify: clerk}]
  delay: {tier: [{over: 3d, tier: 2}, {tier: 1}], report: {within: 1h, needs: {cause: note}}}
stages:
  ship: {owner: desk, due: {within: 1d, late: [{raise: delay}]}, needs: {shipped: check}}
  arrive: {owner: desk, needs: {well: {that: not any(exceptions.open)}}, next: closed}
rules:
  found_again: {when: found_it, then: [{resolve: lost}]}
  told_all: {after: lost.told, then: [{notify: desk}]}
"""
DESK: Final = Principal.of("dora", "desk")
HEAD: Final = Principal.of("hal", "head")
BOSS: Final = Principal.of("bea", "boss")
HELPER: Final = Principal.of("hugo", "helper")
CLERK: Final = Principal.of("cleo", "clerk")
NEWS: Final = Write({"customer_told": "we look for it", "next_news": "2026-05-20 09:00"})
REVIEW: Final = Write({"root_cause": "two labels", "plan_change": "one label"})


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(SHOP) as shop:
        yield shop


def started(shop: Shop, **values: Any) -> int:
    return shop.engine.start("parcel", values, by=DESK).order_id


def stand(shop: Shop, id: int) -> Order:
    return shop.engine.order(id, by=HOST).order


def raising(shop: Shop, order: int, by: Principal, reason: str) -> list[str]:
    """Why somebody may not raise that a parcel is lost; nothing where it was raised."""
    return [each.code for each in shop.engine.do(order, Raise("lost"), by=by, reason=reason).blockers]


def told(shop: Shop) -> list[tuple[str, str]]:
    return [(each.row.role, each.row.about) for each in shop.engine.inbox(by=HOST).items]


def test_one_is_raised_answered_told_resolved_and_reviewed(shop: Shop) -> None:
    order = started(shop)
    assert shop.engine.do(order, Raise("lost"), by=DESK, reason="the courier has no trace").ok
    settle(shop)
    case = stand(shop, 2)
    assert (case.stage, case.owner, case.fields["type"], case.fields["tier"]) == ("raised", "head", "lost", 1)
    assert case.fields["reason"] == "the courier has no trace"
    assert list(stand(shop, order).holds) == ["waits"]
    for acts in (Done("answer"), NEWS, Write({"solution": "found"}), Done("claim"), REVIEW):
        shop.do(2, acts, by=HEAD)
        settle(shop)
    assert (stand(shop, 2).stage, stand(shop, 2).status) == ("reviewed", "closed")
    assert stand(shop, order).holds == {}
    history = shop.engine.history(order, by=HOST).items
    events = [each for entry in history for each in entry.record["events"]]
    happened = [each["stage"] for each in events if each["event"] == "progressed"]
    assert happened == ["answered", "planned", "resolved", "reviewed"]
    assert ("desk", "told_all") in told(shop)
    shop.do(order, Done("shipped"), by=DESK)
    assert stand(shop, order).status == "closed"


def test_what_nobody_answers_rises_from_when_it_fell_due_and_its_team_may_act(shop: Shop) -> None:
    order = started(shop)
    shop.engine.do(order, Raise("lost"), by=DESK, reason="no trace")
    settle(shop)
    raised = shop.clock.now
    shop.wait(4 * HOUR + 10 * 60_000)
    case = stand(shop, 2)
    assert (case.fields["tier"], case.owner) == (2, "boss")
    assert case.due_at == raised + 4 * HOUR + HOUR // 2
    refused = shop.engine.do(2, Done("answer"), by=HEAD)
    assert [each.owner for each in refused.blockers] == [("boss", "helper")]
    assert shop.engine.do(2, Done("answer"), by=HELPER).ok
    shop.wait(48 * HOUR)
    assert stand(shop, 2).fields["tier"] == 2  # there is no tier above


def test_one_late_tick_comes_to_the_same_as_two(shop: Shop) -> None:
    order = started(shop)
    shop.engine.do(order, Raise("lost"), by=DESK, reason="no trace")
    settle(shop)
    shop.wait(72 * HOUR)
    case = stand(shop, 2)
    assert (case.fields["tier"], case.visit, case.owner) == (2, 2, "boss")


def test_it_is_raised_once_while_it_is_open_and_only_by_those_who_may(shop: Shop) -> None:
    order = started(shop)
    assert raising(shop, order, CLERK, "x") == ["not_yours"]
    assert raising(shop, order, DESK, "") == ["reason_missing"]
    assert raising(shop, order, DESK, "x") == []
    assert raising(shop, order, DESK, "x") == ["raised_already"]
    assert shop.engine.do(order, Raise("lost", 2), by=DESK, reason="a dear one").ok
    settle(shop)
    assert (stand(shop, 2).fields["tier"], stand(shop, 2).owner) == (2, "boss")
    assert len(stand(shop, order).linked["exceptions"]) == 1


def test_lateness_raises_and_lets_the_tier_rise_as_it_grows(shop: Shop) -> None:
    order = started(shop)
    shop.wait(24 * HOUR + 1000)
    settle(shop)
    assert stand(shop, 2).fields["tier"] == 1
    shop.do(2, Done("answer"), by=HEAD)
    shop.do(2, NEWS, by=HEAD)
    assert stand(shop, 2).stage == "planned"  # its tier asks for no plan
    shop.wait(72 * HOUR)
    settle(shop)
    case = stand(shop, 2)
    assert (case.fields["tier"], case.stage, case.owner) == (2, "raised", "boss")
    shop.do(2, Done("answer"), by=BOSS)
    assert stand(shop, 2).stage == "told"  # what the customer was told still counts; a plan is asked now
    assert stand(shop, order).raised[case.fields["raised_as"]].tier == 2  # type: ignore[index]


def test_the_tier_follows_the_order_and_the_order_settles_it(shop: Shop) -> None:
    order = started(shop, worth=500)
    shop.engine.do(order, Raise("lost"), by=DESK, reason="x")
    settle(shop)
    assert stand(shop, 2).fields["tier"] == 2
    shop.do(order, Write({"found_it": True}), by=HOST)
    assert stand(shop, order).holds == {}
    settle(shop)
    assert stand(shop, 2).stage == "resolved"
    assert shop.engine.do(order, Raise("lost"), by=DESK, reason="again").ok
    settle(shop)
    cases = stand(shop, order).linked["exceptions"].values()
    assert [each["stage"] for each in cases] == ["resolved", "raised"]
    assert list(stand(shop, order).holds) == ["waits"]


def test_a_report_is_asked_at_once_and_late_on_its_own(shop: Shop) -> None:
    started(shop)
    shop.wait(24 * HOUR + 1000)
    settle(shop)
    assert ("head", "take_up_1") in told(shop)
    shop.wait(HOUR + 1000)
    assert stand(shop, 2).is_late("report")
    assert shop.engine.do(2, Write({"cause": "the machine stood still"}), by=HEAD).ok


def test_whoever_raises_an_exception_counts_as_having_opened_its_case() -> None:
    text = SHOP.replace("playbook: {claim: check}", "playbook: {claim: {check: Claim, not_by: creator}}")
    hal, hub = Principal.of("hal", "head", "desk"), Principal.of("hub", "head")
    with opened(text) as shop:
        id = shop.engine.start("parcel", {}, by=HOST).order_id
        shop.do(id, Raise("lost"), by=hal)
        settle(shop)
        shop.do(id + 1, Done("answer"), Write({"customer_told": "so", "next_news": "2030-01-01 10:00"}))
        assert [each.code for each in shop.engine.do(id + 1, Done("claim"), by=hal).blockers] == ["not_by"]
        assert shop.engine.do(id + 1, Done("claim"), by=hub).ok
