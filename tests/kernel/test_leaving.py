"""How an order leaves a stage by itself: which row of `next` counts, what the door of a stage asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from flowengine.kernel.commands import Attach, Choose, Done, Write
from tests.kernel.desk import BOSS, DESK, MAKER, QA, Story, happened, line_of, why

ROUTES = """
order: {fields: {stock: {type: integer, default: 0}, wanted: {type: integer, default: 5}, arrives: date}}
stages:
  review:
    owner: desk
    needs: {seen: check}
    next:
      - {when: stock >= wanted, to: ship}
      - {when: has(arrives) and arrives < order.created, to: ask}
      - {to: make}
  make: {owner: maker, needs: {made: check}}
  ask: {owner: desk, needs: {answer: note}, next: cancelled}
  ship: {owner: desk, needs: {sent: check}, next: closed}
"""

ROWS: dict[str, tuple[Mapping[str, Any], str]] = {
    "the first row holds": ({"stock": 5}, "ship"),
    "the second holds and the first does not": ({"stock": 4, "arrives": "2026-05-11"}, "ask"),
    "both hold: the first counts": ({"stock": 5, "arrives": "2026-05-11"}, "ship"),
    "none holds: the last row": ({"stock": 4}, "make"),
    "a value that is not there makes no row hold": ({}, "make"),
}


@pytest.mark.parametrize(("values", "target"), ROWS.values(), ids=ROWS)
def test_the_first_row_that_holds_counts(values: Mapping[str, Any], target: str) -> None:
    story = Story(ROUTES, values)
    assert story.explained.goes_to == target
    story.do(Done("seen"), DESK)
    assert story.stage == target


def test_without_rows_the_stage_below_is_next() -> None:
    story = Story(ROUTES)
    story.do(Done("seen"), DESK)
    story.do(Done("made"), MAKER)
    assert story.stage == "ask"


def test_a_row_may_name_an_end() -> None:
    story = Story(ROUTES, {"stock": 9})
    story.do(Done("seen"), DESK)
    assert happened(story.do(Done("sent"), DESK)) == ["acted sent", "left ship", "ended closed"]
    assert (story.order.status, story.stage) == ("closed", "closed")


def test_rows_are_read_when_the_order_leaves_and_not_before() -> None:
    story = Story(ROUTES, {"stock": 9})
    story.do(Write({"stock": 1}), DESK)
    story.do(Done("seen"), DESK)
    assert story.stage == "make"


DOORS = """
order: {fields: {weight: decimal, fragile: {type: boolean, default: false}}}
stages:
  quality:
    owner: qa
    needs: {report: file}
    outcomes: {passed: {to: ship}, scrapped: {to: cancelled}}
  ship:
    owner: maker
    entry:
      photo: {file: a photo, by: qa}
      accepted: check
      weighed: {field: weight, by: qa}
      firm: {that: not fragile}
    needs: {sent: check}
    outcomes: {repack: {to: ship}}
    next: closed
"""
PHOTO = Attach("photo", "p.jpg")


def test_the_order_stays_before_the_door_until_everything_there_is_met() -> None:
    story = Story(DOORS, {"fragile": True})
    story.do(Attach("report", "r.pdf"), QA)
    for command, who in ((PHOTO, QA), (Done("accepted"), MAKER), (Write({"weight": 3}), QA)):
        assert story.stage == "quality"
        assert not story.do(command, who).blockers
    assert why(story.explained) == [("entry_open", "firm")]
    assert happened(story.do(Write({"fragile": False}), QA)) == [
        "set fragile",
        "left quality",
        "entered ship",
    ]


def test_what_a_door_asks_may_be_there_before_the_rest() -> None:
    story = Story(DOORS)
    for command, who in ((PHOTO, QA), (Done("accepted"), MAKER), (Write({"weight": 3}), QA)):
        story.do(command, who)
    assert story.stage == "quality"
    story.do(Attach("report", "r.pdf"), QA)
    assert story.stage == "ship"


def test_at_a_door_the_owner_of_the_stage_behind_it_acts_where_nobody_is_named() -> None:
    story = Story(DOORS)
    story.do(Attach("report", "r.pdf"), QA)
    accepted = next(item for item in story.work if item.key == "accepted")
    assert accepted.roles == ("maker",)
    assert why(story.do(Done("accepted"), QA)) == [("not_yours", "accepted")]
    assert not story.do(Done("accepted"), MAKER).blockers


def test_a_door_is_work_only_when_the_rest_is_done() -> None:
    story = Story(DOORS)
    assert story.todo == ["report"]
    story.do(Attach("report", "r.pdf"), QA)
    assert story.todo == ["photo", "accepted", "weighed"]  # a condition is nobody's work


def test_an_explanation_lists_the_door_from_the_beginning_with_its_line() -> None:
    blockers = Story(DOORS).explained.blockers
    assert [(blocker.code, blocker.name) for blocker in blockers] == [
        ("need_open", "report"),
        ("entry_open", "photo"),
        ("entry_open", "accepted"),
        ("entry_open", "weighed"),
    ]
    assert blockers[1].line == line_of(DOORS, "      photo:")


def test_an_outcome_is_stopped_at_the_door_too() -> None:
    story = Story(DOORS)
    refused = story.do(Choose("passed"), QA)
    assert why(refused) == [("entry_open", "photo"), ("entry_open", "accepted"), ("entry_open", "weighed")]


def test_a_return_to_the_same_stage_asks_nothing_at_the_door() -> None:
    story = Story(DOORS, {"weight": 3})
    for command, who in ((PHOTO, QA), (Done("accepted"), MAKER), (Attach("report", "r.pdf"), QA)):
        story.do(command, who)
    assert story.stage == "ship"
    story.do(Choose("repack"), MAKER)
    assert (story.stage, story.order.visit) == ("ship", 2)


def test_an_end_asks_nothing() -> None:
    story = Story(DOORS)
    assert not story.do(Choose("scrapped"), QA).blockers
    assert story.stage == "cancelled"


def test_evidence_for_a_door_counts_for_one_visit_of_the_stage_before_it() -> None:
    story = Story("""
stages:
  quality:
    owner: qa
    outcomes: {passed: {to: ship}, again: {to: quality}}
  ship: {owner: maker, entry: {photo: {file: a photo, by: qa}}, needs: {sent: check}, next: closed}
""")
    story.do(PHOTO, QA)
    story.do(Choose("again"), QA)
    assert why(story.do(Choose("passed"), QA)) == [("entry_open", "photo")]


SAME_NAME = """
stages:
  quality: {owner: qa, needs: {photo: file}}
  ship: {owner: maker, entry: {photo: {file: a photo, by: qa}}, needs: {sent: check}, next: closed}
"""


def test_one_name_in_a_stage_and_at_the_next_door_is_the_same_evidence() -> None:
    story = Story(SAME_NAME)
    story.do(PHOTO, QA)
    assert story.stage == "ship"


ONLY_OUTCOMES = """
stages:
  quality: {owner: qa, outcomes: {passed: {to: ship, by: boss}, failed: {to: quality}}}
  ship: {owner: maker, needs: {sent: check}, next: closed}
outcomes: {cancel: {from: quality, to: cancelled}}
"""


def test_a_stage_without_needs_is_left_by_an_outcome_only() -> None:
    story = Story(ONLY_OUTCOMES)
    story.pass_time(10**9)
    assert story.stage == "quality"
    assert why(story.explained) == [("choice_open", "quality")]
    assert story.explained.goes_to == ""
    story.do(Choose("passed"), BOSS)
    assert story.stage == "ship"


def test_its_choices_are_work_for_those_who_may_choose_and_those_of_the_whole_order_are_not() -> None:
    assert [(item.key, item.kind, item.roles) for item in Story(ONLY_OUTCOMES).work] == [
        ("passed", "outcome", ("boss",)),
        ("failed", "outcome", ("qa",)),
    ]
