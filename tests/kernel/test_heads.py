"""Heads: who is above a person says the directory, once for each stage, and it stands in history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flowengine.kernel.answers import HEAD_OF, Question
from flowengine.kernel.commands import Command, Confirm, Create, Done, PassTime, Principal, Refuse, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.order import Order
from flowengine.kernel.work import work
from tests.kernel.desk import DAY, DESK, HOST, MAKER, NOON, plan_of, told, why

PROCESS: Final = """
order: {fields: {helper: person}}
approvals:
  sign: {steps: [{all: [{head_of: creator}, {head_of: made.by}], not_by: creator}], refused: [{move: make}]}
stages:
  make:
    owner: maker
    due: {within: 1d, late: [{notify: {head_of: {head_of: creator}}}]}
    needs: {made: check, seen: {check: seen, by: {head_of: helper}}}
  pack: {owner: boss, needs: {sign: approval}, next: closed}
clocks: {answer: {owner: {head_of: owner}, within: 9d, needs: {answered: {check: answered, by: boss}}}}
"""

Above = Mapping[str, str]


class Desk:
    """One order, decided with whoever the directory says is above somebody."""

    def __init__(self, above: Above, values: Mapping[str, str] | None = None, process: str = PROCESS) -> None:
        self.plan = plan_of(process)
        self.above = above
        self.now = NOON
        self.order: Order | None = None
        self.asked: list[str] = []
        self.do(Create(values or {}, number="1"), DESK)

    def do(self, command: Command, by: Principal, wait: int = 0) -> Decision:
        self.now += wait
        answers: dict[Question, tuple[str, ...] | None] = {}
        while True:
            decision = decide(self.plan, self.order, command, by, self.now, answers=answers)
            new = [each for each in decision.asks if each not in answers]
            if not new:
                break
            self.asked += [each.of for each in new]
            assert all(each.how == HEAD_OF for each in new)
            answers |= {each: tuple(filter(None, [self.above.get(each.of)])) for each in new}
        self.order = decision.order or self.order
        return decision

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        assert self.order is not None
        return {item.key: item.roles for item in work(self.plan, self.order)}


def test_work_is_for_the_head_of_a_person_as_soon_as_somebody_is_named() -> None:
    desk = Desk({"dora": "bea", "bea": "max", "zoe": "yan"})
    assert desk.roles["seen"] == ("desk",)
    desk.do(Write({"helper": "zoe"}), HOST)
    assert desk.roles["seen"] == ("@yan",)
    assert why(desk.do(Done("seen"), MAKER)) == [("not_yours", "seen")]
    assert not desk.do(Done("seen"), Principal.of("yan", "qa")).blockers


OWNED: Final = """
order: {fields: {buyer: person}}
stages:
  look:
    owner: {head_of: buyer}
    due: 1d
    needs: {seen: check, agreed: {confirm: [buyer, {head_of: {head_of: buyer}}]}}
    next: closed
"""


def test_a_head_owns_a_stage_is_told_of_its_lateness_and_confirms() -> None:
    desk = Desk({"zoe": "yan", "yan": "max"}, {"buyer": "zoe"}, OWNED)
    assert desk.roles == {"seen": ("@yan",), "agreed": ("@zoe", "@max")}
    assert why(desk.do(Confirm("agreed"), MAKER)) == [("not_yours", "agreed")]
    unexplained = desk.do(Refuse("agreed"), Principal.of("zoe", "qa"))
    assert [(each.code, each.owner) for each in unexplained.blockers] == [
        ("reason_missing", ("@zoe", "@max"))
    ]
    assert ("@yan", "late") in told(desk.do(PassTime(), HOST, wait=2 * DAY))
    assert not desk.do(Confirm("agreed"), Principal.of("max", "qa")).blockers


def test_the_head_of_a_head_owns_a_stage() -> None:
    process = OWNED.replace("owner: {head_of: buyer}", "owner: {head_of: {head_of: buyer}}")
    assert Desk({"zoe": "yan", "yan": "max"}, {"buyer": "zoe"}, process).roles["seen"] == ("@max",)
    assert Desk({"zoe": "yan"}, {"buyer": "zoe"}, process).roles["seen"] == ("desk",)


def test_a_stage_without_a_head_is_owned_by_whoever_owns_the_order() -> None:
    assert Desk({}, {"buyer": "zoe"}, OWNED).roles["seen"] == ("desk",)
    assert Desk({}, {}, OWNED).roles["seen"] == ("desk",)


def test_heads_are_asked_before_time_needs_them() -> None:
    desk = Desk({"dora": "bea", "bea": "max"})
    assert desk.asked == ["dora", "bea"]
    assert desk.order is not None
    late = decide(desk.plan, desk.order, PassTime(), HOST, NOON + 2 * DAY)
    assert ("@max", "late") in told(late)
    assert late.asks == ()


def test_seats_are_for_heads_and_four_eyes_hold_through_them() -> None:
    desk = Desk({"dora": "bea", "mo": "dora"}, {"helper": "zoe"})
    desk.do(Done("made"), MAKER)
    last = desk.do(Done("seen"), HOST)
    assert desk.order is not None
    assert [seat.role for seat in desk.order.rounds["sign"].now.seats] == ["@bea", "desk"]
    assert ("desk", "nobody_to_act") in told(last)


def test_a_head_is_looked_up_anew_with_each_stage_and_not_in_between() -> None:
    desk = Desk({"dora": "bea"}, {"helper": "zoe"})
    desk.above = {"dora": "max", "mo": "yan"}
    desk.do(Done("made"), MAKER)
    assert desk.order is not None
    assert desk.order.heads["dora"] == "bea"
    desk.do(Done("seen"), HOST)
    assert desk.order.heads["dora"] == "max"
    assert desk.order.heads["mo"] == "yan"


def test_without_answers_the_decision_is_whole_and_the_owner_of_the_order_has_the_work() -> None:
    desk = Desk({}, {"helper": "zoe"})
    alone = decide(desk.plan, None, Create({"helper": "zoe"}, number="2"), DESK, NOON)
    assert {each.of for each in alone.asks} == {"zoe", "dora"}
    assert alone.order is not None
    assert alone.order.heads == {}
    assert desk.roles["seen"] == ("desk",)
