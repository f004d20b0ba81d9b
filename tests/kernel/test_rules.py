"""Rules: on the edge, at each moment, at a point in time, in one visit; and what they cannot do."""

from __future__ import annotations

import pytest

from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Choose, Done, Hold, Write
from tests.kernel.desk import DAY, DESK, HOUR, NOON, Story, at, happened, told, why

EDGES = """
order: {fields: {celsius: {type: integer, default: 4}, level: {type: integer, default: 0}}}
rules:
  warm: {when: celsius > 8, then: [{notify: boss}]}
  warmer: {after: celsius.changed, when: celsius > 8, then: [{notify: qa}]}
  every_time: {after: celsius.changed, when: celsius > 8, each: true, then: [{notify: maker}]}
stages: {one: {owner: desk, needs: {ok: check}, outcomes: {again: {to: one}}, next: closed}}
outcomes: {reopen: {from: closed, to: one}}
"""


@pytest.mark.parametrize(
    ("celsius", "addressed"),
    [
        ([9], ["boss", "qa", "maker"]),
        ([9, 10], ["maker"]),
        ([9, 10, 4], []),
        ([9, 10, 4, 12], ["boss", "qa", "maker"]),
        ([5], []),
    ],
    ids=["turns true", "stays true", "turns false", "turns true again", "never true"],
)
def test_a_rule_fires_on_the_edge_and_one_with_each_at_every_moment(
    celsius: list[int], addressed: list[str]
) -> None:
    story = Story(EDGES)
    for value in celsius:
        decision = story.do(Write({"celsius": value}), DESK, wait=HOUR)
    assert [role for role, _ in told(decision)] == addressed


def test_what_holds_at_the_end_of_an_order_and_again_after_it_is_no_new_edge() -> None:
    story = Story(EDGES, {"celsius": 9})
    assert ("boss", "warm") in told(story.last)
    assert told(story.do(Done("ok"), DESK)) == []
    assert told(story.do(Choose("reopen"), DESK)) == []


def test_a_rule_after_the_end_of_the_order_fires_at_it_once() -> None:
    story = Story("""
rules: {bye: {after: one.left, then: [{notify: boss}]}, hello: {after: order.created, then: [{notify: qa}]}}
stages: {one: {owner: desk, needs: {ok: check}, next: closed}}
""")
    assert told(story.last) == [("qa", "hello")]
    assert told(story.do(Done("ok"), DESK)) == [("boss", "bye")]


IN_A_STAGE = """
order: {fields: {n: {type: integer, default: 0}}}
stages:
  one:
    owner: desk
    needs: {ok: check}
    outcomes: {again: {to: one}}
    rules:
      many: {when: n > 3, then: [{notify: boss}]}
      soon: {at: one.entered + 2h, when: n > 3, then: [{notify: qa}]}
    next: closed
"""


def test_a_rule_of_a_stage_begins_anew_with_each_visit() -> None:
    story = Story(IN_A_STAGE, {"n": 5})
    assert told(story.last) == [("boss", "many")]
    assert told(story.pass_time(2 * HOUR)) == [("qa", "soon")]
    assert told(story.do(Choose("again"), DESK, wait=HOUR)) == [("boss", "many")]
    assert story.order.wake_at == NOON + 5 * HOUR
    story.do(Choose("again"), DESK, wait=HOUR)
    assert told(story.pass_time(HOUR)) == [], "the point of a visit that is over is over too"
    assert told(story.pass_time(HOUR)) == [("qa", "soon")]


def test_a_rule_looks_once_at_its_point_in_time() -> None:
    story = Story(IN_A_STAGE)
    assert happened(story.pass_time(2 * HOUR)) == ["rule soon"]
    assert told(story.do(Write({"n": 5}), DESK)) == [("boss", "many")]
    assert story.order.wake_at is None


PROMISED = """
order: {fields: {promised: date}}
rules: {tell: {at: promised - 1d, then: [{notify: boss}]}}
stages: {one: {owner: desk, needs: {ok: check}, next: closed}}
"""


def test_a_point_that_moves_fires_again_for_the_new_one() -> None:
    story = Story(PROMISED, {"promised": "2026-05-20"})
    assert story.order.wake_at == at("2026-05-19 00:00")
    story.do(Write({"promised": "2026-05-22"}), DESK)
    assert story.order.wake_at == at("2026-05-21 00:00")
    decision = story.pass_time(20 * DAY)
    assert told(decision) == [("boss", "tell")]
    assert decision.effects[0].data["at"] == at("2026-05-21 00:00")
    story.do(Write({"promised": "2026-07-01"}), DESK)
    assert told(story.pass_time(90 * DAY)) == [("boss", "tell")]
    story.do(Write({"promised": None}), DESK)
    assert (story.order.wake_at, told(story.last)) == (None, [])


def test_a_point_in_the_past_fires_at_once() -> None:
    story = Story(PROMISED)
    assert told(story.do(Write({"promised": "2026-05-01"}), DESK)) == [("boss", "tell")]
    assert told(story.pass_time(DAY)) == []


def test_an_order_that_has_ended_keeps_no_appointment() -> None:
    story = Story(PROMISED, {"promised": "2026-05-20"})
    story.do(Done("ok"), DESK)
    assert story.order.wake_at is None
    assert told(story.pass_time(90 * DAY)) == []


FAILS = """
order: {fields: {n: {type: integer, default: 0, max: 3}, m: {type: integer, default: 0}, on: date}}
rules:
  soon: {at: on, then: [{set: {n: n + 9}}, {notify: boss}]}
  many: {when: m > 1, then: [{set: {n: n + 9}}]}
stages:
  one:
    owner: desk
    due: {within: 9d, late: [{then: [{set: {n: n + 9}}]}, {over: 1d, then: [{notify: qa}]}]}
    needs: {ok: check}
    next: closed
"""


def test_a_command_that_makes_a_rule_do_what_cannot_be_done_is_refused() -> None:
    with pytest.raises(EvaluationFailed, match="9 is more than 3"):
        Story(FAILS).do(Write({"m": 2}), DESK)


def test_what_cannot_be_done_when_time_has_come_is_on_record_once_and_nothing_waits_for_it() -> None:
    story = Story(FAILS, {"on": "2026-05-14"})
    assert happened(story.pass_time(3 * DAY)) == ["rule soon", "stuck one"]
    assert story.pass_time(DAY).events == ()
    decision = story.pass_time(30 * DAY)
    assert happened(decision) == ["late one", "told desk", "stuck one", "later +1d", "told qa"]
    story.do(Done("ok"), DESK)
    assert story.stage == "closed"


WAITING = """
order: {fields: {n: {type: integer, default: 0}, on: date}}
rules: {soon: {at: on, then: [{notify: boss}]}}
stages:
  one:
    owner: desk
    due: 1d
    needs: {ok: check, many: {that: not happened(one.late) or 6 / n > 1}}
    next: closed
"""


def test_a_rule_whose_order_is_stuck_fires_as_soon_as_that_can_go_on() -> None:
    story = Story(WAITING, {"on": "2026-05-14"})
    assert told(story.pass_time(3 * DAY)) == [("desk", "late")]
    assert story.order.wake_at is None, "it does not try again and again"
    assert told(story.do(Write({"n": 1}), DESK)) == [("boss", "soon")]


def test_rules_that_set_each_other_off_over_a_moment_are_refused() -> None:
    story = Story(
        """
order: {fields: {n: {type: integer, default: 0}, f: {type: boolean, default: false}}}
holds: {stop: {pauses: all, by: desk}}
rules:
  place: {after: stop.released, when: f, each: true, then: [{hold: stop}]}
  lift: {after: stop.placed, when: f, each: true, then: [{release: stop}]}
stages: {one: {owner: desk, needs: {ok: check}, next: closed}}
""",
        {"f": True},
    )
    assert [code for code, _ in why(story.do(Hold("stop"), DESK))] == ["spinning"]
    story.do(Write({"f": False}), DESK)
    assert not story.do(Hold("stop"), DESK).blockers
