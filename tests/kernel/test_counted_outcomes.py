"""Outcomes that may be chosen so often: what happens beyond, and needs that are asked on top."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Attach, Choose, Done, Write
from tests.kernel.desk import BOSS, DESK, HOST, MAKER, QA, Story, happened, told, why

REWORK = """
stages:
  make: {{owner: maker, needs: {{made: check}}}}
  inspect:
    owner: qa
    needs: {{measured: check}}
    outcomes:
      failed: {{to: make, reason: required, at_most: 2, then: [{{notify: maker}}], beyond: [{beyond}]}}
      passed: {{to: pack, needs: {{report: file}}}}
      other: {{to: make, at_most: 1, beyond: [{{notify: boss}}]}}
    next: pack
  pack: {{owner: desk, entry: {{label: {{file: x, by: desk}}}}, needs: {{packed: check}}, next: closed}}
outcomes:
  cancel: {{from: [make, inspect], to: cancelled}}
  reopen: {{from: cancelled, to: make}}
"""
MOVE = REWORK.format(beyond="{notify: [boss, owner]}, {move: cancelled}")
ASK = REWORK.format(
    beyond="{notify: boss}, {ask: {cause: {note: why again, by: boss}, plan: {file: a plan}}}"
)
DOOR = REWORK.format(beyond="{move: pack}")


def failed(process: str, times: int) -> Story:
    """An order in inspection that has failed so often."""
    story = Story(process)
    story.do(Done("made"), MAKER)
    for _ in range(times):
        assert not story.do(Choose("failed"), QA, reason="cracked").blockers
        story.do(Done("made"), MAKER)
    assert story.stage == "inspect"
    return story


@pytest.mark.parametrize("times", [0, 1])
def test_up_to_its_count_it_happens(times: int) -> None:
    decision = failed(MOVE, times).do(Choose("failed"), QA, reason="cracked")
    assert happened(decision) == ["chosen inspect.failed", "told maker", "left inspect", "entered make"]


def test_beyond_its_count_what_beyond_says_happens_in_its_place() -> None:
    story = failed(MOVE, 2)
    assert [choice.spent for choice in story.explained.choices] == [True, False, False, False]
    decision = story.do(Choose("failed"), QA, reason="cracked")
    assert happened(decision) == [
        "chosen inspect.failed",
        "told boss",
        "told qa",
        "left inspect",
        "ended cancelled",
    ]
    assert decision.events[0].data["spent"] is True


def test_each_outcome_has_a_count_of_its_own() -> None:
    story = failed(MOVE, 2)
    assert happened(story.do(Choose("other"), QA)) == ["chosen inspect.other", "left inspect", "entered make"]


def test_the_reason_is_still_required_and_the_right_is_still_asked() -> None:
    story = failed(MOVE, 2)
    assert why(story.do(Choose("failed"), QA)) == [("reason_missing", "failed")]
    assert why(story.do(Choose("failed"), MAKER, reason="x")) == [("not_yours", "failed")]


def test_a_refused_choice_does_not_count() -> None:
    story = failed(MOVE, 1)
    story.do(Choose("failed"), QA)
    assert happened(story.do(Choose("failed"), QA, reason="cracked"))[-1] == "entered make"


def test_the_count_survives_an_end_and_a_reopening() -> None:
    story = failed(MOVE, 2)
    story.do(Choose("cancel"), DESK)
    story.do(Choose("reopen"), DESK)
    story.do(Done("made"), MAKER)
    assert happened(story.do(Choose("failed"), QA, reason="cracked"))[-1] == "ended cancelled"


def test_a_move_beyond_the_count_is_stopped_at_its_door() -> None:
    story = failed(DOOR, 2)
    assert why(story.do(Choose("failed"), QA, reason="cracked")) == [("entry_open", "label")]
    story.do(Attach("label", "l.pdf"), DESK)
    story.do(Choose("failed"), QA, reason="cracked")
    assert story.stage == "pack"


def test_only_telling_beyond_leaves_the_order_where_it_is() -> None:
    story = failed(MOVE, 0)
    story.do(Choose("other"), QA)
    story.do(Done("made"), MAKER)
    for _ in range(3):
        decision = story.do(Choose("other"), QA)
        assert (told(decision), story.stage) == ([("boss", "inspect.other")], "inspect")


def asked() -> Story:
    """An order in inspection that failed too often: `cause` and `plan` are asked."""
    story = failed(ASK, 2)
    decision = story.do(Choose("failed"), QA, reason="cracked")
    assert happened(decision) == ["chosen inspect.failed", "told boss", "asked cause plan"]
    return story


def test_what_is_asked_is_work_for_whom_it_names_or_else_for_the_owner_of_the_stage() -> None:
    assert [(item.key, item.roles) for item in asked().work] == [
        ("measured", ("qa",)),
        ("cause", ("boss",)),
        ("plan", ("qa",)),
    ]


def test_what_is_asked_blocks_the_way_on() -> None:
    story = asked()
    story.do(Attach("label", "l.pdf"), DESK)
    story.do(Done("measured"), QA)
    assert why(story.explained) == [("need_open", "cause"), ("need_open", "plan")]
    story.do(Write({"cause": "bad steel"}), BOSS)
    assert story.stage == "inspect"
    story.do(Attach("plan", "p.pdf"), QA)
    assert story.stage == "pack"


def test_what_is_asked_blocks_every_outcome_of_the_stage() -> None:
    story = asked()
    story.do(Attach("report", "r.pdf"), QA)
    story.do(Attach("label", "l.pdf"), DESK)
    assert why(story.do(Choose("passed"), QA)) == [("need_open", "cause"), ("need_open", "plan")]
    assert why(story.do(Choose("other"), QA)) == [("need_open", "cause"), ("need_open", "plan")]


def test_what_is_asked_does_not_block_an_outcome_of_the_whole_order() -> None:
    story = asked()
    assert not story.do(Choose("cancel"), DESK).blockers


def test_what_is_asked_counts_for_this_visit_only() -> None:
    story = asked()
    story.do(Choose("cancel"), DESK)
    story.do(Choose("reopen"), DESK)
    story.do(Done("made"), MAKER)
    assert story.order.asked == []
    assert story.todo == ["measured"]


def test_chosen_once_more_it_asks_again_and_what_was_given_is_to_be_given_again() -> None:
    story = asked()
    story.do(Write({"cause": "bad steel"}), BOSS)
    story.do(Choose("failed"), QA, reason="cracked again")
    assert story.order.asked == ["cause", "plan"]
    assert ("need_open", "cause") in why(story.explained)


def test_what_an_action_would_ask_may_be_given_before_and_does_not_count() -> None:
    story = failed(ASK, 2)
    assert not story.do(Write({"cause": "early"}), BOSS).blockers
    story.do(Choose("failed"), QA, reason="cracked")
    assert ("need_open", "cause") in why(story.explained)


TWICE = """
stages:
  inspect:
    owner: qa
    needs: {cause: {note: why, by: qa}, measured: check}
    outcomes: {failed: {to: inspect, at_most: 1, beyond: [{ask: {cause: {note: why, by: qa}}}]}}
    next: closed
"""


def test_asked_for_what_the_stage_asks_already_it_is_one_need_and_one_work_item() -> None:
    story = Story(TWICE)
    for _ in range(2):
        story.do(Choose("failed"), HOST)
    assert story.todo == ["cause", "measured"]
    assert why(story.explained) == [("need_open", "cause"), ("need_open", "measured")]


TWO_STAGES = """
stages:
  one:
    owner: qa
    outcomes:
      stay: {to: one, at_most: 1, beyond: [{ask: {cause: {note: why, by: maker}}}]}
      on: {to: two}
  two:
    owner: qa
    outcomes:
      rest: {to: two, at_most: 1, beyond: [{ask: {cause: {note: why, by: boss}}}]}
      done: {to: closed}
"""


def test_two_stages_that_ask_under_one_name_each_ask_whom_they_name() -> None:
    story = Story(TWO_STAGES)
    for _ in range(2):
        story.do(Choose("stay"), QA)
    assert [item.roles for item in story.work if item.key == "cause"] == [("maker",)]
    assert not story.do(Write({"cause": "x"}), MAKER).blockers
    story.do(Choose("on"), QA)
    for _ in range(2):
        story.do(Choose("rest"), QA)
    assert [item.roles for item in story.work if item.key == "cause"] == [("boss",)]
    assert not story.do(Write({"cause": "x"}), BOSS).blockers
