"""A stage that asks and offers nothing of its own: it waits for those who may choose for the whole order."""

from __future__ import annotations

from flowengine.kernel.commands import Choose, Done
from tests.kernel.desk import BOSS, DESK, Story, why

WAITING = """
stages:
  one: {owner: maker, needs: {seen: check}}
  waiting: {owner: maker}
  two: {owner: desk, needs: {b: check}, next: closed}
outcomes:
  resume: {from: waiting, to: two, by: [desk, boss]}
  cancel: {from: any, to: cancelled, by: boss}
"""


def test_it_lists_the_choices_for_those_who_have_them_and_says_so() -> None:
    story = Story(WAITING)
    story.do(Done("seen"))
    assert why(story.explained) == [("choice_open", "waiting")]
    assert story.explained.blockers[0].owner == ("desk", "boss")
    assert {(item.key, item.kind, item.roles) for item in story.work} == {
        ("resume", "outcome", ("desk", "boss")),
        ("cancel", "outcome", ("boss",)),
    }


def test_it_is_left_by_one_of_them() -> None:
    story = Story(WAITING)
    story.do(Done("seen"))
    assert why(story.do(Choose("cancel"), DESK)) == [("not_yours", "cancel")]
    assert not story.do(Choose("resume"), BOSS).blockers
    assert story.stage == "two"


def test_a_stage_with_outcomes_of_its_own_lists_only_those() -> None:
    story = Story(
        WAITING.replace("waiting: {owner: maker}", "waiting: {owner: maker, outcomes: {on: {to: two}}}")
    )
    story.do(Done("seen"))
    assert story.todo == ["on"]
