"""Exceptions that are raised by themselves: of calls that fail, and of work for which nobody is there. And
those of orders that were split, and work of a case that is passed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flowengine import CallFailed, Choose, Done, Principal, Raise, Reassign, Write
from flowengine.kernel.commands import Split
from flowengine.kernel.order import Order
from flowengine.runtime.engine import Engine
from tests.runtime.places import opened_here
from tests.runtime.shop import HOST, Clock
from tests.sound import assert_sound

PROCESS: Final = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {may: raise}, lead: {may: reassign}, boss: {}, maker: {assign: round_robin, members: [mo]}}
people: {mo: {away: {2026-05-01..2026-05-30: nobody}}}
order: {number: "S{serial:3}", fields: {items: {type: list, required: true, of: {sku: text}}}}
tiers: {1: {team: [boss, lead], answer: 4h, resolve: 2d}}
holds: {stopped: {by: desk}}
exceptions:
  call_failed: {tier: 1, then: [{notify: maker}]}
  nobody_to_act: {tier: 1}
  lost: {tier: 1, hold: stopped}
calls:
  ask: {function: ask, send: number, tries: 1}
  tell: {function: tell, send: number, tries: 1}
  free: {function: free, send: number, tries: 1}
parts: {shipment: {of: items, through: [road], by: desk}}
stages:
  take: {owner: desk, needs: {taken: check, asked: {call: ask}, told: {call: tell}}}
  make: {owner: maker, needs: {made: check, cut: {check: cut the cloth}}}
  road: {owner: desk, needs: {arrived: check}}
  end: {owner: desk, needs: {ended: check}, next: closed}
outcomes:
  cancel: {from: any, by: desk, to: cancelled, then: [{call: free}]}
  skip: {from: take, by: desk, to: make}
  send: {from: take, by: desk, to: road}
"""
DESK: Final = Principal.of("dora", "desk")
BOSS: Final = Principal.of("bea", "boss")
LEAD: Final = Principal.of("li", "lead")


def broken(id: str, sent: object) -> object:
    """A function that always refuses."""
    raise CallFailed("out of order")


@contextmanager
def running(process: str = PROCESS) -> Iterator[Engine]:
    """An engine whose calls all fail."""
    clock = Clock()
    with opened_here(clock) as place:
        engine = Engine(place.store, clock=clock, functions=dict.fromkeys(("ask", "tell", "free"), broken))
        engine.deploy(process, file="sale.yaml")
        yield engine
        assert_sound(engine)


def opened(engine: Engine) -> int:
    return engine.start("sale", {"items": [{"sku": "a"}, {"sku": "b"}]}, by=DESK).or_raise().order_id


def settle(engine: Engine) -> None:
    """Let every call be made, and everybody hear everything."""
    while engine.deliver().sent or engine.tick().heard:
        pass


def stand(engine: Engine, id: int) -> Order:
    return engine.order(id, by=HOST).order


def cases(engine: Engine, order: int) -> list[Order]:
    return [stand(engine, int(id)) for id in stand(engine, order).linked.get("exceptions", ())]


def holds(engine: Engine, order: int) -> list[list[str]]:
    """What lies on an order that is split, and on each of its parts."""
    parts = map(int, stand(engine, order).linked["shipment"])
    return [list(stand(engine, each).holds) for each in (order, *parts)]


def told(engine: Engine) -> list[tuple[str, str]]:
    return [(each.row.role, each.row.about) for each in engine.inbox(by=HOST).items]


def test_a_call_that_fails_becomes_an_exception_and_the_next_one_is_told_to_the_owner() -> None:
    with running() as engine:
        order = opened(engine)
        settle(engine)
        (case,) = cases(engine, order)
        assert case.fields["type"] == "call_failed"
        assert str(case.fields["reason"]).endswith(" has failed: out of order")
        assert told(engine)[:2] == [("maker", "call_failed.raised"), ("desk", "call_failed")]


def test_what_is_asked_of_every_exception_declares_none() -> None:
    """Nobody would deal with it: without an entry of its own it has no tier."""
    asked = "defaults: {exception: {report: {within: 1h, needs: {cause: note}}}}\n"
    entry = "  call_failed: {tier: 1, then: [{notify: maker}]}\n"
    with running(PROCESS.replace(entry, "") + asked) as engine:
        order = opened(engine)
        settle(engine)
        assert cases(engine, order) == []
        assert told(engine).count(("desk", "call_failed")) == 2
    with running(PROCESS + asked) as engine:
        order = opened(engine)
        settle(engine)
        (case,) = cases(engine, order)
        assert "report" in case.clocks


def test_a_call_that_fails_after_the_end_is_told_to_the_owner() -> None:
    with running() as engine:
        order = opened(engine)
        engine.do(order, Choose("cancel"), by=DESK).or_raise()
        settle(engine)
        assert cases(engine, order) == []
        assert told(engine).count(("desk", "call_failed")) == 3


def test_work_for_which_nobody_is_there_becomes_one_exception_of_the_order() -> None:
    with running() as engine:
        order = opened(engine)
        engine.do(order, Choose("skip"), by=DESK).or_raise()
        settle(engine)
        types = [case.fields["type"] for case in cases(engine, order)]
        assert sorted(map(str, types)) == ["call_failed", "nobody_to_act"]
        (case,) = (case for case in cases(engine, order) if case.fields["type"] == "nobody_to_act")
        assert case.fields["reason"] == "nobody is there to do made, cut the cloth"
        assert ("desk", "nobody_to_act") in told(engine)


def test_a_part_raises_exceptions_of_its_own_which_hold_it_alone() -> None:
    with running() as engine:
        order = opened(engine)
        engine.do(order, Choose("send"), by=DESK).or_raise()
        engine.do(order, Split("shipment", "1 2"), by=DESK).or_raise()
        settle(engine)
        first, second = (int(id) for id in stand(engine, order).linked["shipment"])
        engine.do(first, Raise("lost"), by=DESK, reason="no trace").or_raise()
        settle(engine)
        (case,) = cases(engine, first)
        assert (case.fields["about"], list(stand(engine, first).holds)) == ("S001.1", ["stopped"])
        assert (stand(engine, second).holds, stand(engine, order).holds) == ({}, {})
        assert [case.fields["type"] for case in cases(engine, order)] == ["call_failed"]
        for part in (first, second):
            engine.do(part, Done("arrived"), by=DESK).or_raise()
        assert (stand(engine, first).stage, stand(engine, second).stage) == ("road", "closed")


def test_a_split_order_raises_and_resolves_exceptions_like_any_other() -> None:
    with running() as engine:
        order = opened(engine)
        engine.do(order, Choose("send"), by=DESK).or_raise()
        engine.do(order, Split("shipment", "1 2"), by=DESK).or_raise()
        settle(engine)
        engine.do(order, Raise("lost"), by=DESK, reason="all of it").or_raise()
        settle(engine)
        assert holds(engine, order) == [["stopped"], ["shipment_of_held"], ["shipment_of_held"]]
        case = max(map(int, stand(engine, order).linked["exceptions"]))
        for act in (Done("answer"), Write({"solution": "found"})):
            engine.do(case, act, by=BOSS).or_raise()
        settle(engine)
        assert holds(engine, order) == [[], [], []]


def test_the_work_of_a_case_is_passed_on_by_those_who_pass_on_the_work_of_orders() -> None:
    with running() as engine:
        order = opened(engine)
        settle(engine)
        (case,) = map(int, stand(engine, order).linked["exceptions"])
        pass_on = Reassign("answer", "mo")
        assert engine.do(case, pass_on, by=BOSS, reason="away").blockers[0].code == "not_to_pass"
        assert engine.do(case, pass_on, by=LEAD).blockers[0].code == "reason_missing"
        engine.do(case, pass_on, by=LEAD, reason="the boss is away").or_raise()
        assert engine.do(case, Done("answer"), by=BOSS).blockers[0].code == "taken"
        assert engine.do(case, Done("answer"), by=Principal.of("mo", "maker")).ok
