"""Calls out: when they are made, what becomes of their answers, and how they are taken back."""

from __future__ import annotations

from typing import Any, Final

import pytest

from flowengine.kernel.commands import Answered, Choose, Done, Hold, Waive, Write
from flowengine.kernel.decision import Decision
from tests.kernel.desk import BOSS, DESK, MAKER, Story, happened, told, why

ORDER: Final = """
order:
  fields:
    amount: {type: integer, default: 5}
    overdue: {type: boolean}
    limit: {type: integer, max: 100}
  checks: [{that: not has(limit) or limit > 1}]
stages:
  review:
    owner: desk
    needs:
      credit: {call: check_credit, covers: amount, waive: boss}
      good: {that: has(overdue) and not overdue}
      seen: check
  make:
    owner: maker
    needs: {stock: {call: reserve}, made: check}
    outcomes:
      again: {to: review, by: maker}
    next: closed
outcomes:
  more: {from: make, by: maker, edits: limit, then: [{call: reserve}]}
  back_out: {from: make, by: maker, edits: limit, then: [{undo: [reserve]}]}
  cancel: {from: any, by: desk, to: cancelled, then: [{undo: all}]}
holds: {waits: {by: desk, release: {by: desk}}}
calls:
  check_credit:
    title: {en: Credit check, zh: 信用检查}
    function: credit.check
    send: [number, amount]
    sets: {overdue: result.overdue, limit: result.terms.limit}
    done: [{notify: boss}]
  reserve: {function: reserve, undo: free, failed: [{notify: maker}, {hold: waits}]}
  free: {function: free}
"""


def answered(story: Story, call: str, **values: Any) -> Decision:
    return story.do(Answered(call, values))


def making() -> Story:
    story = Story(ORDER)
    answered(story, "check_credit/1", overdue=False)
    story.do(Done("seen"), DESK)
    assert story.stage == "make"
    return story


def made(decision: Decision) -> list[str]:
    return [effect.key for effect in decision.effects if effect.kind == "call"]


def test_a_need_makes_its_call_once_and_nobody_has_it_to_do() -> None:
    story = Story(ORDER)
    assert made(story.last) == ["check_credit/1"]
    assert story.todo == ["seen"]
    assert why(story.explained) == [
        ("call_open", "credit"),
        ("condition_open", "good"),
        ("need_open", "seen"),
    ]
    assert made(story.do(Done("seen"), DESK)) == []


def test_an_answer_fills_fields_meets_the_need_and_is_told() -> None:
    story = Story(ORDER)
    decision = answered(story, "check_credit/1", overdue="no", limit="50")
    assert happened(decision) == [
        "call_done check_credit/1",
        "set overdue limit",
        "acted credit",
        "told boss",
    ]
    assert (story.order.fields["overdue"], story.order.fields["limit"]) == (False, 50)
    assert story.order.calls == {}


@pytest.mark.parametrize(
    "repeated", [Answered("check_credit/1", {"overdue": True}), Answered("check_credit/1", error="late")]
)
def test_a_second_answer_changes_nothing(repeated: Answered) -> None:
    story = Story(ORDER)
    answered(story, "check_credit/1", overdue=False)
    assert why(story.do(repeated)) == [("call_answered", "check_credit/1")]
    assert why(story.do(Answered("check_credit/9"))) == [("no_such_call", "check_credit/9")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"overdue": "perhaps"}, "“…” is neither"), ({"limit": 101}, "100"), ({"limit": 1}, "limit > 1")],
    ids=["of another type", "beyond the bounds", "against a check of the order"],
)
def test_an_answer_that_does_not_fit_is_a_failure_and_fills_nothing(
    values: dict[str, Any], reason: str
) -> None:
    story = Story(ORDER)
    decision = answered(story, "check_credit/1", **values)
    assert happened(decision) == ["call_failed check_credit/1", "told desk"]
    assert reason in decision.events[0].data["reason"]
    assert story.order.fields == {"amount": 5}
    assert why(story.explained)[0] == ("call_failed", "credit")


def test_one_that_failed_may_be_answered_after_all_when_it_is_tried_again() -> None:
    story = Story(ORDER)
    story.do(Answered("check_credit/1", error="no connection"))
    assert "no connection" in story.explained.blockers[0].message("en")
    assert why(story.do(Answered("check_credit/1", error="no connection"))) == [
        ("call_answered", "check_credit/1")
    ]
    answered(story, "check_credit/1", overdue=False)
    assert why(story.explained) == [("need_open", "seen")]


def test_a_change_of_what_it_covers_asks_anew_and_the_answer_before_counts_no_more() -> None:
    story = Story(ORDER)
    decision = story.do(Write({"amount": 9}), DESK)
    assert made(decision) == ["check_credit/2"]
    late = answered(story, "check_credit/1", overdue=True)
    assert happened(late) == ["call_done check_credit/1"]
    assert "overdue" not in story.order.fields
    answered(story, "check_credit/2", overdue=False)
    assert made(story.do(Write({"amount": 10}), DESK)) == ["check_credit/3"]


def test_a_stage_that_is_entered_again_asks_again_and_an_answer_in_between_counts_for_the_order() -> None:
    story = making()
    assert made(story.last) == ["reserve/2"]
    assert (
        made(story.do(Choose("again"), MAKER)) == []
    )  # the credit check covers fields that are as they were
    assert story.stage == "review"
    assert happened(answered(story, "reserve/2")) == ["call_done reserve/2"]
    assert story.order.calls["reserve/2"].how == "done"
    assert made(story.do(Done("seen"), DESK)) == ["reserve/3"]


def test_somebody_may_do_without_it_and_the_answer_still_fills_fields() -> None:
    story = Story(ORDER)
    story.do(Waive("credit"), BOSS, reason="known well")
    answered(story, "check_credit/1", overdue=False)
    assert story.order.acts["credit"][0] == {"waived": "known well"}
    assert story.order.fields["overdue"] is False


def test_on_hold_answers_are_taken_in_and_the_order_goes_on_afterwards() -> None:
    story = Story(ORDER)
    story.do(Done("seen"), DESK)
    story.do(Hold("waits"), DESK)
    answered(story, "check_credit/1", overdue=False)
    assert story.stage == "review"
    assert why(story.explained) == [("on_hold", "waits")]


def test_failing_does_what_the_call_says() -> None:
    story = making()
    decision = story.do(Answered("reserve/2", error="out of stock"))
    assert happened(decision)[:3] == ["call_failed reserve/2", "told maker", "held waits"]
    assert told(decision) == [("maker", "call_failed")]


def test_calls_are_taken_back_in_reverse_order_and_each_once() -> None:
    story = making()
    story.do(Choose("more", {"limit": 50}), MAKER)
    for call in ("reserve/2", "reserve/3"):
        answered(story, call)
    undone = story.do(Choose("cancel"), DESK)
    assert [
        (event.data["name"], event.data["undoes"]) for event in undone.events if event.kind == "called"
    ] == [
        ("free", "reserve/3"),
        ("free", "reserve/2"),
    ]
    answered(story, "free/4")
    answered(story, "free/5")
    assert story.order.calls == {}


def test_what_is_on_its_way_is_taken_back_as_soon_as_it_is_done() -> None:
    story = making()
    assert made(story.do(Choose("cancel"), DESK)) == []
    assert story.stage == "cancelled"
    assert made(answered(story, "reserve/2")) == ["free/3"]
    failed = story.do(Answered("free/3", error="no connection"))
    assert told(failed) == [("desk", "call_failed")]


def test_what_is_unwanted_and_fails_needs_no_taking_back() -> None:
    story = making()
    story.do(Choose("cancel"), DESK)
    decision = story.do(Answered("reserve/2", error="out of stock"))
    assert happened(decision) == ["call_failed reserve/2"]


def test_a_stage_that_needs_what_was_taken_back_asks_for_it_again() -> None:
    story = making()
    answered(story, "reserve/2")
    assert "stock" in story.order.acts
    assert made(story.do(Choose("back_out", {"limit": 50}), MAKER)) == ["free/3", "reserve/4"]


def test_after_the_end_an_answer_is_on_record_and_changes_no_field() -> None:
    story = Story(ORDER)
    story.do(Choose("cancel"), DESK)
    decision = answered(story, "check_credit/1", overdue=True)
    assert happened(decision) == ["call_done check_credit/1", "told boss"]
    assert "overdue" not in story.order.fields


def test_the_snapshot_stays_small_however_often_it_is_asked() -> None:
    story = Story(ORDER)
    for amount in range(10, 60):
        story.do(Write({"amount": amount}), DESK)
        story.do(Answered(f"check_credit/{story.order.called}", error="no connection"))
    assert len(story.order.calls) <= 2
