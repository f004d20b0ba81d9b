"""Holds: what they stop and what they let pass, who lifts them, and what happens once they are gone."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Choose, Done, Hold, Release, Write
from tests.kernel.desk import BOSS, DAY, DESK, HOUR, MAKER, NOON, Story, happened, told, why

HELD = """
order: {fields: {n: {type: integer, default: 0}, warm: {type: boolean, default: false}}}
holds:
  whole: {by: desk, pauses: all, allows: [scrap]}
  part: {by: desk, pauses: [c_two]}
  cold: {while: warm, by: maker, pauses: all, release: {by: boss}}
  proof:
    by: desk
    pauses: all
    release: {needs: {checked: {check: x, by: boss}}}
    due: {within: 4h, late: [{notify: boss}]}
clocks:
  c_two: {within: 10h}
  c_three: {within: 10h}
stages:
  one:
    owner: desk
    due: {within: 10h, warn: [50%]}
    needs: {ok: check}
    outcomes:
      scrap: {to: cancelled}
      rework: {to: one}
      high: {when: n > 2, to: two}
      late_on: {after: one.late, to: two}
  two: {owner: maker, needs: {b: check}, next: closed}
outcomes:
  amend: {from: any, edits: [n]}
  reopen: {from: [closed, cancelled], to: one}
rules: {jump: {when: n == 1, then: [{move: two}]}}
"""


def test_a_hold_stops_the_clocks_that_it_names_and_no_other() -> None:
    story = Story(HELD)
    story.do(Hold("part"), DESK, wait=HOUR)
    assert (story.order.due_of("c_two"), story.order.due_of("c_three")) == (None, NOON + 10 * HOUR)
    story.do(Release("part"), DESK, wait=5 * HOUR)
    assert (story.order.due_of("c_two"), story.order.due_of("c_three")) == (
        NOON + 15 * HOUR,
        NOON + 10 * HOUR,
    )
    assert story.order.due_at == NOON + 10 * HOUR


def test_two_holds_stop_a_clock_until_the_last_is_lifted() -> None:
    story = Story(HELD)
    story.do(Hold("part"), DESK, wait=HOUR)
    story.do(Hold("whole"), DESK, wait=HOUR)
    assert story.do(Hold("whole"), DESK).blockers[0].code == "on_hold_already"
    story.do(Release("part"), DESK, wait=HOUR)
    assert story.order.due_of("c_two") is None
    story.do(Release("whole"), DESK, wait=HOUR)
    assert story.order.due_of("c_two") == NOON + 13 * HOUR
    assert story.order.due_of("c_three") == NOON + 12 * HOUR


def test_only_what_a_hold_allows_leaves_meanwhile() -> None:
    story = Story(HELD)
    story.do(Hold("whole"), DESK)
    assert why(story.do(Choose("rework"), DESK)) == [("on_hold", "whole")]
    assert happened(story.do(Choose("amend", {"n": 2}), DESK)) == ["chosen order.amend", "set n"]
    assert story.do(Choose("scrap"), DESK).order is not None
    assert story.stage == "cancelled"
    assert (story.order.holds, story.order.clocks, story.order.wake_at) == ({}, {}, None)


def test_needs_done_on_hold_count_when_it_is_lifted() -> None:
    story = Story(HELD)
    story.do(Hold("whole"), DESK)
    assert happened(story.do(Done("ok"), DESK)) == ["acted ok"]
    assert happened(story.do(Release("whole"), DESK))[:2] == ["released whole", "resumed one"]
    assert story.stage == "two"


def test_an_outcome_that_comes_about_on_hold_happens_on_release() -> None:
    story = Story(HELD)
    story.do(Hold("whole"), DESK)
    story.do(Write({"n": 3}), DESK)
    assert story.stage == "one"
    assert [each for each in happened(story.do(Release("whole"), DESK)) if "one" not in each][
        -1
    ] == "entered two"


def test_a_move_on_hold_is_postponed_once_and_made_up_for() -> None:
    story = Story(HELD)
    story.do(Hold("whole"), DESK)
    assert happened(story.do(Write({"n": 1}), DESK)) == ["set n", "rule jump", "postponed"]
    story.do(Write({"n": 2}), DESK)
    assert "postponed" not in happened(story.do(Write({"n": 1}), DESK))
    story.do(Release("whole"), DESK, wait=3 * DAY)
    assert (story.stage, story.order.moves) == ("two", [])


def test_a_condition_places_and_lifts_its_hold_by_itself() -> None:
    story = Story(HELD)
    story.do(Write({"warm": True}), DESK, wait=HOUR)
    assert story.order.holds["cold"].itself
    assert why(story.do(Release("cold"), BOSS)) == [("still_held", "cold")]
    story.do(Write({"warm": False}), DESK, wait=HOUR)
    assert (story.order.holds, story.order.due_at) == ({}, NOON + 11 * HOUR)


def test_a_hold_placed_by_hand_is_not_lifted_by_a_condition() -> None:
    story = Story(HELD)
    story.do(Hold("cold"), MAKER)
    story.do(Write({"warm": True}), DESK)
    story.do(Write({"warm": False}), DESK)
    assert list(story.order.holds) == ["cold"]
    assert why(story.do(Release("cold"), MAKER)) == [("not_yours", "cold")]
    story.do(Release("cold"), BOSS)
    assert not story.order.holds


def test_a_hold_has_a_due_time_of_its_own_that_it_does_not_stop() -> None:
    story = Story(HELD)
    story.do(Hold("proof"), DESK, wait=HOUR)
    assert story.order.due_of("proof") == NOON + 5 * HOUR
    assert ("boss", "late") in told(story.pass_time(4 * HOUR + 1))
    story.do(Hold("whole"), DESK)
    story.do(Release("whole"), DESK, wait=DAY)
    assert why(story.do(Release("proof"), DESK)) == [("need_open", "checked")]
    story.do(Done("checked"), BOSS)
    story.do(Release("proof"), DESK)
    assert "proof" not in story.order.clocks
    story.do(Hold("proof"), DESK)
    assert "checked" in story.todo, "each time is asked anew"


def test_another_hold_stops_the_due_time_of_a_hold() -> None:
    story = Story(HELD)
    story.do(Hold("proof"), DESK)
    story.do(Hold("whole"), DESK, wait=HOUR)
    story.do(Release("whole"), DESK, wait=DAY)
    assert story.order.due_of("proof") == NOON + DAY + 4 * HOUR


@pytest.mark.parametrize(
    ("wait", "late"), [(10 * HOUR, False), (10 * HOUR + 1, True)], ids=["at the due instant", "just after it"]
)
def test_a_hold_at_the_due_instant_comes_in_time_and_what_is_done_on_release_too(
    wait: int, late: bool
) -> None:
    story = Story(HELD.replace("      late_on: {after: one.late, to: two}\n", ""))
    story.do(Hold("whole"), DESK, wait=wait)
    assert story.order.late is late
    story.do(Release("whole"), DESK, wait=DAY)
    assert story.order.late is late
    assert story.order.due_at == NOON + 10 * HOUR + (0 if late else DAY)
    assert ("late one" in happened(story.pass_time(1))) is not late


def test_what_came_before_its_hold_at_the_same_look_at_the_clock_came_first() -> None:
    story = Story(HELD)
    decision = story.do(Hold("whole"), DESK, wait=DAY)
    assert [event.kind for event in decision.events if event.kind in ("late", "entered", "held")] == [
        "late", "late", "late", "entered", "held",
    ]  # fmt: skip


def test_reopened_an_order_is_on_no_hold_and_its_clocks_are_new() -> None:
    story = Story(HELD)
    story.do(Hold("whole"), DESK)
    story.do(Choose("scrap"), DESK, wait=HOUR)
    story.do(Choose("reopen"), DESK, wait=DAY)
    assert (story.order.holds, story.order.due_of("c_two")) == ({}, story.now + 10 * HOUR)


PATIENT = """
order: {fields: {patience: duration, open: {type: boolean, default: true}}}
holds: {whole: {by: desk, pauses: all}}
clocks: {answer: {within: 10h, when: open}}
stages: {one: {owner: desk, due: {within: patience, warn: [50%]}, needs: {ok: check}, next: closed}}
"""


def test_a_clock_that_does_not_count_for_a_while_keeps_what_holds_have_saved() -> None:
    story = Story(PATIENT)
    story.do(Hold("whole"), DESK, wait=2 * HOUR)
    story.do(Release("whole"), DESK, wait=HOUR)
    story.do(Write({"open": False}), DESK, wait=HOUR)
    assert (story.order.due_of("answer"), story.order.wake_at) == (None, None)
    story.do(Hold("whole"), DESK, wait=HOUR)
    story.do(Release("whole"), DESK, wait=3 * HOUR)
    story.do(Write({"open": True}), DESK, wait=HOUR)
    assert story.order.due_of("answer") == NOON + 14 * HOUR
    story.do(Write({"open": False}), DESK)
    story.do(Hold("whole"), DESK)
    story.do(Write({"open": True}), DESK, wait=HOUR)
    assert story.order.due_of("answer") is None
    story.do(Release("whole"), DESK)
    assert story.order.due_of("answer") == NOON + 15 * HOUR


def test_a_length_that_comes_later_counts_from_the_beginning_without_what_was_held() -> None:
    story = Story(PATIENT)
    story.do(Hold("whole"), DESK, wait=HOUR)
    story.do(Release("whole"), DESK, wait=5 * DAY)
    story.do(Write({"patience": "2d"}), DESK, wait=HOUR)
    assert story.order.due_at == NOON + 5 * DAY + 2 * DAY
    story.do(Write({"patience": "1h"}), DESK)
    assert "late one" in happened(story.pass_time(1))
    story.do(Write({"patience": None}), DESK)
    assert (story.order.late, story.order.due_at) == (False, None)
    story.do(Write({"patience": "3d"}), DESK)
    assert (story.order.late, story.order.due_at) == (False, NOON + 8 * DAY)


def test_holds_that_turn_on_and_off_by_themselves_are_refused_like_any_circle() -> None:
    text = """
order: {fields: {f: {type: boolean, default: false}}}
holds: {flip: {while: f and count(flip.placed) == count(flip.released), pauses: all}}
stages: {one: {owner: desk, needs: {ok: check}, next: closed}}
"""
    story = Story(text)
    assert why(story.do(Write({"f": True}), DESK)) == [("spinning", "flip")]


ITSELF = """
order: {fields: {celsius: {type: integer, default: 4}}}
holds: {cold: {pauses: all, release: {needs: {checked: {check: x, by: boss}}}}}
rules: {warm: {when: celsius > 8, then: [{hold: cold}]}, frozen: {when: celsius < 0, then: [{release: cold}]}}
stages: {one: {owner: desk, due: 2h, needs: {ok: check}, next: closed}}
"""


def test_a_hold_that_a_rule_places_ends_when_its_needs_are_there() -> None:
    story = Story(ITSELF)
    assert happened(story.do(Write({"celsius": 9}), DESK)) == [
        "set celsius",
        "rule warm",
        "held cold",
        "stopped one",
    ]
    assert story.todo == ["ok", "checked"]
    assert happened(story.do(Done("checked"), BOSS, wait=DAY)) == [
        "acted checked",
        "released cold",
        "resumed one",
    ]
    assert story.order.due_at == NOON + DAY + 2 * HOUR


def test_a_rule_lifts_a_hold_whatever_it_waits_for() -> None:
    story = Story(ITSELF)
    story.do(Write({"celsius": 9}), DESK)
    story.do(Write({"celsius": -1}), DESK)
    assert (story.order.holds, story.todo) == ({}, ["ok"])


def test_whoever_had_to_see_to_a_hold_is_asked_afresh_the_next_time() -> None:
    story = Story("""
holds: {whole: {by: desk, pauses: all, due: {within: 1h, late: [{assign: boss}]}}}
stages: {one: {owner: desk, needs: {a: check}, next: closed}}
""")
    story.do(Hold("whole"), DESK)
    story.pass_time(2 * HOUR)
    assert story.order.assigned == {"whole": "boss"}
    story.do(Release("whole"), DESK)
    assert story.order.assigned == {}


def test_a_hold_that_time_alone_has_placed_is_nobodys_doing_whoever_comes_next() -> None:
    story = Story(
        "holds: {stuck: {by: desk, pauses: all}}\n"
        "stages:\n"
        "  one: {owner: desk, due: {within: 2h, late: [{hold: stuck}]}, needs: {ok: check}, next: closed}\n"
    )
    story.do(Done("ok"), DESK, wait=DAY, reason="done")
    assert story.order.holds["stuck"].by == "time"
    (held,) = (each for each in story.history if each["event"] == "held")
    assert held["reason"] == ""
