"""Work that somebody has taken upon himself: nobody else does it, and it comes back when it is let go."""

from __future__ import annotations

from typing import Final

import pytest

from flowengine.kernel.commands import (
    Attach,
    Choose,
    Claim,
    Command,
    Done,
    GiveBack,
    Principal,
    Reassign,
    Waive,
    Write,
)
from tests.kernel.desk import BOSS, DESK, HOST, MAKER, QA, Story, told, why

DAN: Final = Principal.of("dan", "desk")
OUTSIDER: Final = Principal.of("zoe", "qa")
PROCESS: Final = """
roles:
  desk: {reassign: boss}
  maker: {may: reassign}
  qa: {}
  boss: {}
order: {fields: {waybill: text, n: {type: integer, default: 0}}}
stages:
  pack:
    owner: desk
    needs:
      packed: check
      slip: {file: slip, waive: boss}
      remark: note
      waybill: field
      large: {check: large, when: n > 9}
    tasks:
      choose: {outcomes: {red: {}, blue: {}}}
    next: look
  look:
    owner: desk
    outcomes:
      good: {to: closed}
      bad: {to: pack}
      lost: {by: boss, to: cancelled}
"""
HEAD: Final = 'flowengine: 1\nprocess: test\nversion: "1"\nowner: desk\nzone: Asia/Shanghai\n'
READY: Final = (Done("packed"), Attach("slip", "s.pdf"), Write({"remark": "well", "waybill": "W1"}))


def story() -> Story:
    return Story(HEAD + PROCESS)


def looking() -> Story:
    told = story()
    for command in (*READY, Choose("red")):
        assert not told.do(command, DESK).blockers
    assert told.stage == "look"
    return told


ACTS: Final = {
    "tick": ("packed", Done("packed")),
    "evidence": ("slip", Attach("slip", "s.pdf")),
    "note": ("remark", Write({"remark": "well"})),
    "field": ("waybill", Write({"waybill": "W1"})),
    "task": ("choose", Choose("blue")),
}


@pytest.mark.parametrize(("item", "act"), ACTS.values(), ids=ACTS)
def test_whoever_has_claimed_work_does_it_alone_and_then_has_it_no_more(item: str, act: Command) -> None:
    order = story()
    order.do(Claim(item), DESK)
    assert order.order.taken == {item: "dora"}
    assert [code for code, _ in why(order.do(act, DAN))] == ["taken"]
    assert not order.do(act, DESK).blockers
    assert order.order.taken == {}


def test_claimed_work_waits_for_one_person_and_the_rest_for_the_role() -> None:
    order = story()
    order.do(Claim("packed"), DESK)
    waits = {item.key: item.addressees for item in order.work}
    assert (waits["packed"], waits["slip"]) == (("@dora",), ("desk",))
    (point,) = [each for each in order.explained.points if each.need.name == "packed"]
    assert (point.roles, point.taken_by) == (("desk",), "dora")
    (blocker,) = [each for each in order.explained.blockers if each.name == "packed"]
    assert blocker.owner == ("@dora",)


def test_a_choice_is_claimed_with_the_others_of_its_place_that_one_may_make() -> None:
    order = looking()
    order.do(Claim("bad"), DESK)
    assert order.order.taken == {"good": "dora", "bad": "dora"}
    assert why(order.do(Choose("good"), DAN)) == [("taken", "good")]
    assert why(order.do(Claim("good"), DAN)) == [("taken", "good")]
    order.do(GiveBack("good"), DESK)
    assert order.order.taken == {}
    order.do(Claim("good"), DAN)
    order.do(Choose("lost"), BOSS)
    assert (order.stage, order.order.taken) == ("cancelled", {})


def test_what_is_given_back_is_everybodys_again() -> None:
    order = story()
    order.do(Claim("packed"), DESK)
    order.do(GiveBack("packed"), DESK)
    assert not order.do(Done("packed"), DAN).blockers


def test_the_host_does_what_somebody_has_claimed() -> None:
    order = story()
    order.do(Claim("packed"), DESK)
    assert not order.do(Done("packed"), HOST).blockers


@pytest.mark.parametrize("lead", [BOSS, MAKER], ids=["named by the role", "may reassign everything"])
def test_a_lead_takes_work_away_with_a_reason_and_both_are_told(lead: Principal) -> None:
    order = story()
    order.do(Claim("packed"), DESK)
    assert why(order.do(GiveBack("packed"), DAN)) == [("not_to_pass", "packed")]
    assert why(order.do(Reassign("packed", "dan"), lead)) == [("reason_missing", "packed")]
    decision = order.do(Reassign("packed", "dan"), lead, reason="she is ill")
    assert told(decision) == [("@dan", "reassigned"), ("@dora", "taken_away")]
    assert why(order.do(Done("packed"), DESK)) == [("taken", "packed")]
    assert told(order.do(GiveBack("packed"), lead, reason="on the road")) == [("@dan", "taken_away")]
    assert not order.do(Done("packed"), DESK).blockers


def test_work_may_be_passed_to_somebody_without_the_role_who_does_it_then() -> None:
    order = story()
    assert why(order.do(Done("packed"), OUTSIDER)) == [("not_yours", "packed")]
    order.do(Reassign("packed", "zoe"), BOSS, reason="nobody else is here")
    assert not order.do(Done("packed"), OUTSIDER).blockers
    order.do(Reassign("waybill", "zoe"), BOSS, reason="nobody else is here")
    assert not order.do(Write({"waybill": "W1"}), OUTSIDER).blockers


def test_without_a_word_about_it_the_owner_of_the_order_passes_work_on() -> None:
    order = Story("stages: {one: {owner: qa, needs: {seen: check}, next: closed}}")
    order.do(Claim("seen"), QA)
    assert why(order.do(Reassign("seen", "q2"), BOSS, reason="x")) == [("not_to_pass", "seen")]
    assert not order.do(Reassign("seen", "q2"), DESK, reason="x").blockers


def test_a_claim_ends_with_what_it_was_about() -> None:
    order = story()
    order.do(Write({"n": 12}), DESK)
    order.do(Claim("large"), DESK)
    order.do(Claim("slip"), DESK)
    decision = order.do(Write({"n": 2}), DESK)
    assert [event.data["items"] for event in decision.events if event.kind == "let_go"] == [["large"]]
    order.do(Waive("slip"), BOSS, reason="none needed")
    assert order.order.taken == {}


def test_a_role_that_is_called_like_a_person_makes_nobody_that_person() -> None:
    order = story()
    order.do(Claim("packed"), DESK)
    impostor = Principal.of("eve", "desk", "@dora")
    assert "@dora" not in impostor.addressees
    assert why(order.do(Done("packed"), impostor)) == [("taken", "packed")]


def test_a_claim_ends_with_the_visit_though_the_next_stage_asks_something_of_the_same_name() -> None:
    order = Story(
        "stages:\n"
        "  one: {owner: desk, needs: {seen: check}, outcomes: {skip: {to: two}, again: {to: one}}}\n"
        "  two: {owner: qa, needs: {seen: check}, next: closed}\n"
    )
    for way in ("again", "skip"):
        order.do(Claim("seen"), DESK)
        assert order.order.taken == {"seen": "dora"}
        order.do(Choose(way), DESK)
        assert order.order.taken == {}
    assert not order.do(Done("seen"), QA).blockers
    assert order.order.status == "closed"
