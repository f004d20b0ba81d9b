"""Least privilege where several orders share a case: nobody learns by it of another order what they do not
see there, whichever of them they ask and however.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowengine import Done, Principal, Raise, Write
from flowengine.errors import FlowEngineError
from flowengine.kernel.commands import Command
from flowengine.kernel.order import Order
from flowengine.kernel.rights import hidden
from flowengine.texts import LANGUAGES
from tests.kernel.desk import HOUR, plan_of
from tests.runtime.shop import HOST, Shop, opened, settle

HUBS = """
flowengine: 1
process: hubs
version: "1"
owner: desk
roles:
  desk: {sees: all, may: create}
  scout: {sees: code, edits: dry, may: raise}
  head: {sees: hub}
  boss: {sees: [worth, code]}
  clerk: {sees: code}
order:
  fields:
    hub: {type: text, required: true}
    day: {type: date, required: true}
    code: {type: integer, default: 0}
    worth: {type: integer, default: 0}
    secret: {type: text, default: none}
    dry: {type: boolean, default: false}
tiers:
  1: {team: head, answer: 4h, tell: 1d, resolve: 2d}
  2: {team: [boss, head], answer: 30m, resolve: 1d}
exceptions:
  flood:
    tier: [{when: worth > 8000000, tier: 2}, {tier: 1}]
    same: [hub, day]
    report: {within: 1h, needs: {cause: note}}
    then: [{notify: [clerk, scout]}]
  delay: {tier: [{over: 1d, tier: 2}, {tier: 1}], same: hub}
stages:
  keep:
    owner: desk
    due: {within: 6h, late: [{raise: delay}]}
    needs: {small: {that: worth < 9000000 and count(exceptions) < 9}, sent: check}
    next: closed
rules:
  dried: {when: dry, then: [{resolve: flood}]}
  told: {after: flood.answered, then: [{notify: [scout, clerk]}]}
"""
CASES = "hubs#exceptions"
ROLES = ("desk", "scout", "head", "boss", "clerk")
ORDERS = (
    {"code": 6543211, "worth": 7654311, "secret": "CANARYfirst"},
    {"code": 6543222, "worth": 8654322, "secret": "CANARYsecond"},
    {"code": 6543233, "worth": 7654333, "secret": "CANARYthird"},
)
SHARED = {"hub": "CANARYhub", "day": "2026-05-12"}
ACTS: tuple[Command, ...] = (
    Raise("flood"), Raise("flood", tier=2), Raise("delay"), Write({"dry": True}), Write({"dry": False}),
    Write({"worth": 8765444}), Write({"code": 6543299}), Done("answer"), Write({"solution": "pumped"}),
    Write({"cause": "rain"}), Done("sent"),
)  # fmt: skip
ASKED: tuple[Command, ...] = (*ACTS[:5], Raise("flood", case=4), Done("answer"), Done("sent"))


def attempt(ask: Callable[[], object]) -> object:
    """An answer, or the words of a refusal; every sentence that blockers make with it."""
    try:
        answer = ask()
    except FlowEngineError as error:
        return str(error)
    blockers = getattr(answer, "blockers", ())
    return answer, [blocker.message(lang) for blocker in blockers for lang in LANGUAGES]


def answers(shop: Shop, id: int, by: Principal) -> Iterator[tuple[str, object]]:
    """Whatever is told of an order, and of all orders and cases together."""
    engine = shop.engine
    yield "explain", attempt(lambda: engine.explain(id, by=by))
    yield "order", attempt(lambda: engine.order(id, by=by))
    yield "history", attempt(lambda: engine.history(id, by=by).items)
    for clock in ("", "raised", "report", "keep"):
        yield "why due", attempt(lambda clock=clock: engine.why_due(id, clock, by=by)[1])  # type: ignore[misc]
    for command in ASKED:
        yield f"preview {command}", attempt(lambda c=command: engine.preview(id, c, by=by, reason="so"))  # type: ignore[misc]
    yield "orders", attempt(lambda: [each.row for each in engine.orders(by=by).items])
    yield "cases", attempt(lambda: [each.row for each in engine.orders(by=by, process=CASES).items])
    yield "work", attempt(lambda: engine.work(by=by).items)
    yield "inbox", attempt(lambda: engine.inbox(by=by).items)
    yield "messages", attempt(lambda: engine.messages(by=by).items)
    yield "playbooks", attempt(lambda: engine.playbooks("hubs", by=by))


def secrets(shop: Shop, orders: list[int], by: Principal) -> set[str]:
    """The values of all orders that `by` sees in none of them."""
    unseen: set[str] = set()
    seen: set[str] = set()
    for id in orders:
        with shop.engine.store.reading() as unit:
            row = unit.order(id)
        assert row is not None
        dark = hidden(plan_of(HUBS), Order.load(row.state), by)
        for entry in shop.engine.history(id, by=HOST).items:
            for event in entry.record["events"]:
                for name, values in event.get("fields", {}).items():
                    (unseen if name in dark else seen).update(map(str, values))
    return {each for each in unseen - seen if each.startswith("CANARY") or len(each) == len("1234567")}


def leaks(shop: Shop, orders: list[int], by: Principal) -> list[tuple[str, int, str]]:
    """What is in an answer and hidden from `by` in every order."""
    dark = secrets(shop, orders, by)
    cases = [each.row.id for each in shop.engine.orders(by=HOST, process=CASES).items]
    return [
        (question, id, value)
        for id in (*orders, *cases)
        for question, answer in answers(shop, id, by)
        for value in dark
        if value in repr(answer)
    ]


@settings(max_examples=settings().max_examples // 10, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 4), st.sampled_from(ACTS), st.sampled_from([*ROLES, "host"]), st.integers(0, 9)
        ),
        max_size=8,
    ),
    held=st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True),
)
def test_no_value_of_another_order_comes_through_a_shared_case(
    steps: list[tuple[int, Command, str, int]], held: list[str]
) -> None:
    with opened(HUBS) as shop:
        orders = [shop.engine.start("hubs", {**SHARED, **each}, by=HOST).order_id for each in ORDERS]
        for order in orders[:2]:
            shop.engine.do(order, Raise("flood"), by=HOST, reason="rain")
        settle(shop)
        for which, command, role, hours in steps:
            shop.wait(hours * HOUR)
            ids = [*orders, *(each.row.id for each in shop.engine.orders(by=HOST, process=CASES).items)]
            who = HOST if role == "host" else Principal.of(role, role)
            id = ids[which % len(ids)]
            attempt(lambda id=id, c=command, who=who: shop.engine.do(id, c, by=who, reason="so"))  # type: ignore[misc]
            settle(shop)
        assert leaks(shop, orders, Principal.of("eve", *held)) == []


@pytest.mark.parametrize("role", ["scout", "boss", "clerk"])
def test_what_orders_have_in_common_stands_in_no_case_and_in_no_preview(role: str) -> None:
    with opened(HUBS) as shop:
        orders = [shop.engine.start("hubs", {**SHARED, **each}, by=HOST).order_id for each in ORDERS]
        for order in orders[:2]:
            shop.engine.do(order, Raise("flood"), by=HOST, reason="rain")
        settle(shop)
        by = Principal.of("eve", role)
        assert "CANARYhub" in secrets(shop, orders, by)
        assert leaks(shop, orders, by) == []
