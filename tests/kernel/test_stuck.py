"""Where lateness leads an order that cannot go on from there: it is late, and it still takes commands."""

from __future__ import annotations

import pytest

from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Choose, Command, Done, PassTime, Write
from flowengine.kernel.explain import explain
from flowengine.kernel.flow import MOST_ROUNDS
from flowengine.texts import LANGUAGES, TEXTS
from tests.kernel.desk import DAY, DESK, HOUR, NOON, Story, happened, told, why

DIVIDED = """
order: {fields: {n: {type: integer, default: 0}}}
stages:
  one:
    owner: maker
    due: 1d
    needs: {seen: check, remark: {note: why}, many: {that: happened(one.late) and 6 / n > 1}}
    outcomes: {up: {to: two}}
  two: {owner: desk, needs: {b: check}, next: closed}
outcomes: {cancel: {from: any, to: cancelled}}
"""
NO_WAY_ON = """
order: {fields: {n: {type: integer, default: 0}}}
stages:
  one:
    owner: maker
    due: 1d
    needs: {expired: {that: happened(one.late)}}
    next: [{when: 6 / n > 1, to: two}, {to: closed}]
    outcomes: {up: {to: two}}
  two: {owner: desk, needs: {b: check}, next: closed}
outcomes: {cancel: {from: any, to: cancelled}}
"""
CIRCLE = """
order: {fields: {n: {type: integer, default: 0}}}
stages:
  one:
    owner: maker
    due: 1d
    needs: {expired: {that: happened(one.late) and n == 0}}
    outcomes: {up: {to: three}}
  two: {owner: desk, needs: {expired_too: {that: happened(one.late)}}, next: one}
  three: {owner: desk, needs: {b: check}, next: closed}
outcomes: {cancel: {from: any, to: cancelled}}
"""
STUCK = {"its condition divides by zero": DIVIDED, "its rows divide by zero": NO_WAY_ON, "a circle": CIRCLE}
ROUNDS = """
stages:
  one:
    owner: desk
    due: 1h
    needs: {a: {that: has(one.late) and has(one.entered) and one.late >= one.entered}}
  two:
    owner: desk
    due: 1h
    needs: {b: {that: has(two.late) and has(two.entered) and two.late >= two.entered}}
    next: one
outcomes: {stop: {from: any, to: closed}}
"""

stuck = pytest.mark.parametrize("process", STUCK.values(), ids=STUCK)


@stuck
def test_lateness_is_recorded_and_told_as_of_its_instant(process: str) -> None:
    story = Story(process)
    decision = story.pass_time(3 * DAY)
    assert happened(decision) == ["late one", "told maker", "stuck one"]
    assert decision.events[-1].data["why"]
    assert told(decision) == [("maker", "late")]
    assert {event.data["at"] for event in decision.events} == {NOON + DAY}
    assert (story.order.late, story.order.wake_at, story.stage) == (True, None, "one")
    assert story.pass_time(3 * DAY).events == ()


@stuck
@pytest.mark.parametrize(
    ("command", "stage"), [(Choose("cancel"), "cancelled"), (Choose("up"), None)], ids=["cancel", "up"]
)
@pytest.mark.parametrize("ticked", [True, False], ids=["time was played before", "the command comes first"])
def test_outcomes_lead_out_of_it(process: str, command: Command, stage: str | None, ticked: bool) -> None:
    story = Story(process)
    if ticked:
        story.pass_time(2 * DAY)
    decision = story.do(command, now=NOON + 2 * DAY)
    assert not decision.blockers
    assert story.stage == (stage or story.plan.stages["one"].outcomes["up"].to)
    assert [event["event"] for event in story.history].count("late") == 1


def test_what_people_do_meanwhile_is_recorded() -> None:
    story = Story(DIVIDED)
    decision = story.do(Done("seen"), wait=2 * DAY)
    assert happened(decision) == ["late one", "told maker", "stuck one", "acted seen"]
    assert happened(story.do(Write({"remark": "x"}))) == ["acted remark"]
    assert why(story.explained) == [("condition_open", "many")]


@stuck
def test_it_goes_on_as_soon_as_a_command_mends_it(process: str) -> None:
    story = Story(process)
    story.pass_time(2 * DAY)
    for command in (Done("seen"), Write({"remark": "x"})) if process == DIVIDED else ():
        story.do(command)
    story.do(Write({"n": 3}))
    assert story.stage == {DIVIDED: "two", NO_WAY_ON: "two", CIRCLE: "one"}[process]


def test_a_command_that_itself_leads_to_what_cannot_be_evaluated_is_an_error_as_ever() -> None:
    story = Story(DIVIDED, {"n": 1})
    story.pass_time(2 * DAY)
    with pytest.raises(EvaluationFailed, match="n = 0"):
        story.do(Write({"n": 0}))


WAITS_FOR = {
    "its condition divides by zero": (
        DIVIDED,
        [("need_open", "seen"), ("need_open", "remark"), ("condition_open", "many")],
    ),
    "its rows divide by zero": (NO_WAY_ON, [("cannot_go_on", "one")]),
    "a circle": (CIRCLE, [("spinning", "two")]),
}


@pytest.mark.parametrize(("process", "reasons"), WAITS_FOR.values(), ids=WAITS_FOR)
def test_it_says_what_keeps_it_there_and_lists_its_work(process: str, reasons: list[tuple[str, str]]) -> None:
    story = Story(process)
    story.pass_time(2 * DAY)
    assert why(story.explained) == reasons
    assert all(blocker.message(lang) for blocker in story.explained.blockers for lang in LANGUAGES)
    assert story.todo == [name for code, name in reasons if code == "need_open"]


OWNERLESS = """
order: {fields: {n: {type: integer, default: 6}}}
stages:
  one:
    owner: maker
    due: {within: 1d, late: [{set: {n: 0}}]}
    needs: {a: check}
    next: two
  two:
    owner: [{when: 6 / n > 1, to: desk}, {to: maker}]
    entry: {label: file}
    needs: {b: check}
    next: closed
outcomes: {cancel: {from: any, to: cancelled}}
"""


@pytest.mark.parametrize("ticked", [True, False], ids=["time was played before", "it is explained first"])
def test_it_says_that_nobody_can_say_whose_work_something_is(ticked: bool) -> None:
    story = Story(OWNERLESS, {"n": 3})
    story.do(Done("a"))
    if ticked:
        assert happened(story.pass_time(2 * DAY)) == ["late one", "told maker", "set n"]
    explained = explain(story.plan, story.order, NOON + 2 * DAY)
    assert why(explained) == [("entry_open", "label"), ("nobody_decided", "one")]
    assert "n = 0" in str(explained.blockers[-1].params["why"])
    assert all(blocker.message(lang) for blocker in explained.blockers for lang in LANGUAGES)
    assert [item.roles for item in story.work] == [(story.plan.owner,) if ticked else ("desk",)]
    story.do(Write({"n": 3}), now=NOON + 3 * DAY)
    assert why(story.explained) == [("entry_open", "label")]


PLAYED = {**STUCK, "rounds without end": ROUNDS}


@pytest.mark.parametrize("process", PLAYED.values(), ids=PLAYED)
def test_an_explanation_at_an_instant_is_what_a_command_would_find_then(process: str) -> None:
    story = Story(process)
    before = story.order.copy()
    explained = explain(story.plan, story.order, NOON + 2 * DAY)
    assert story.order == before
    story.pass_time(2 * DAY)
    assert explained == story.explained
    assert explained.stage == story.stage
    assert explained.late or process == ROUNDS


def test_a_circle_of_latenesses_goes_round_so_often_in_one_decision_and_on_at_the_next_tick() -> None:
    story = Story(ROUNDS)
    weeks = 20 * DAY
    ticks = 0
    while story.order.wake_at is not None and story.order.wake_at <= NOON + weeks:
        decision = story.pass_time(now=NOON + weeks)
        assert 0 < [event.kind for event in decision.events].count("late") <= MOST_ROUNDS
        ticks += 1
    assert ticks == -(-479 // MOST_ROUNDS)
    assert sum(story.order.visits.values()) == 480
    assert story.order.entered_at == NOON + 479 * HOUR, "each round was as of its own instant"


def test_a_command_that_comes_before_all_rounds_are_played_is_carried_out() -> None:
    story = Story(ROUNDS)
    assert not story.do(Choose("stop"), DESK, wait=365 * DAY).blockers
    assert (story.stage, story.order.wake_at) == ("closed", None)


def test_time_alone_asks_for_no_more_than_time() -> None:
    """That time passes is never refused, and it says nothing when nothing was due."""
    for process in PLAYED.values():
        story = Story(process)
        assert story.do(PassTime(), wait=HOUR).events == ()


def test_the_reference_says_how_many_rounds_there_are() -> None:
    assert all(f" {MOST_ROUNDS} " in TEXTS["reference.when.time"][lang] for lang in LANGUAGES)
