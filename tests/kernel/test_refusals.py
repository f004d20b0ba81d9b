"""Why not: each reason names what is at stake, who can help and the line that asks, in two languages."""

from __future__ import annotations

import re

import pytest

from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Choose, Command, Done, Principal, Write
from flowengine.kernel.decision import Blocker
from flowengine.texts import LANGUAGES
from tests.kernel.desk import DAY, DESK, HOST, MAKER, QA, STRANGER, Story, line_of, why
from tests.kernel.refusals import CIRCLE, DESKWORK, NEW, REFUSALS, Refusal


def blocker_of(refusal: Refusal) -> Blocker:
    found = [blocker for blocker in refusal.found() if blocker.code == refusal.code]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_names_what_is_at_stake_and_who_can_help(refusal: Refusal) -> None:
    blocker = blocker_of(refusal)
    assert (blocker.name, blocker.owner) == (refusal.name, refusal.owner)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_names_the_line_of_the_file_that_asks(refusal: Refusal) -> None:
    wanted = line_of(refusal.process, refusal.line) if refusal.line else None
    assert blocker_of(refusal).line == wanted


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_says_so_in_english_and_in_chinese(refusal: Refusal) -> None:
    blocker = blocker_of(refusal)
    english, chinese = (blocker.message(lang) for lang in LANGUAGES)
    assert all(word in english for word in refusal.en), english
    assert all(word in chinese for word in refusal.zh), chinese
    assert not re.search(r"[{}]|[一-鿿]", english)
    assert re.search(r"[一-鿿]", chinese)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_it_is_incomplete_where_something_would_help_and_refused_where_nothing_would(
    refusal: Refusal,
) -> None:
    assert blocker_of(refusal).verdict == refusal.verdict


VERDICTS: dict[str, tuple[Command, Principal, str]] = {
    "everything is there": (Done("made"), MAKER, "ready"),
    "a reason is missing": (Choose("failed"), QA, "incomplete"),
    "one reason is final and one is not": (Choose("failed"), MAKER, "refused"),
    "it is not theirs": (Done("made"), QA, "refused"),
    "one value of several does not fit": (Write({"paid": "perhaps", "amount": 1}), DESK, "refused"),
}


@pytest.mark.parametrize(("command", "who", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_the_verdict_of_a_decision(command: Command, who: Principal, verdict: str) -> None:
    assert Story(DESKWORK, NEW).do(command, who).verdict == verdict


def test_the_verdict_of_an_explanation_is_incomplete_while_something_is_missing() -> None:
    assert Story(DESKWORK, NEW).explained.verdict == "incomplete"


# `Story.do` itself asserts that a refusal leaves the order and the history as they were.
@pytest.mark.parametrize("days", [0, 400], ids=["at once", "after time that would have made it late"])
@pytest.mark.parametrize("who", [DESK, MAKER, QA, STRANGER, HOST], ids=lambda who: who.id)
def test_a_refusal_changes_nothing_whoever_asks_and_whenever(who: Principal, days: int) -> None:
    timed = DESKWORK.replace("    owner: maker\n    title", "    owner: maker\n    due: 1d\n    title")
    for command in (
        Done("waxed"),
        Choose("passed"),
        Write({"colour": "red"}),
        Write({"paid": "perhaps"}),
        Write({}),
    ):
        story = Story(timed, NEW)
        assert story.do(command, who, wait=days * DAY).verdict == "refused"
        assert story.order.late is False
        assert story.order.last_at == story.order.created_at


def test_a_circle_is_refused_with_its_path_and_the_order_can_still_be_stopped() -> None:
    story = Story(CIRCLE)
    refused = story.do(Done("begun"), DESK)
    assert refused.blockers[0].params["path"] == ["two", "three", "two"]
    assert (story.stage, story.order.acts) == ("one", {})
    assert not story.do(Choose("stop"), DESK).blockers


def test_an_order_cannot_be_opened_into_a_circle() -> None:
    circle = """
order: {fields: {stuck: {type: boolean, default: false}}}
stages:
  two: {owner: desk, needs: {fine: {that: not stuck}}}
  three: {owner: desk, needs: {good: {that: not stuck}}, next: two}
outcomes: {stop: {from: any, to: closed}}
"""
    with pytest.raises(AssertionError, match="run in a circle: two, three, two"):
        Story(circle)
    story = Story(circle, {"stuck": True})
    assert why(story.do(Write({"stuck": False}), DESK)) == [("spinning", "three")]


def test_a_circle_that_a_person_opens_is_no_circle() -> None:
    story = Story("""
stages:
  one: {owner: desk, needs: {a: check}, outcomes: {stop: {to: closed}}}
  two: {owner: desk, needs: {b: check}, next: one}
""")
    for _ in range(50):
        story.do(Done("a"))
        story.do(Done("b"))
    assert (story.stage, story.order.visit) == ("one", 51)


def test_a_circle_that_time_opens_goes_round_once_for_each_lateness() -> None:
    story = Story("""
stages:
  one:
    owner: desk
    due: 1d
    needs: {a: {that: has(one.late) and has(one.entered) and one.late >= one.entered}}
  two:
    owner: desk
    due: 1d
    needs: {b: {that: has(two.late) and has(two.entered) and two.late >= two.entered}}
    next: one
outcomes: {stop: {from: any, to: closed}}
""")
    story.pass_time(7 * DAY)
    assert (story.stage, story.order.visits) == ("one", {"one": 4, "two": 3})


def test_a_condition_that_cannot_be_worked_out_is_an_error_with_its_values_and_leaves_the_order_alone() -> (
    None
):
    story = Story("""
order: {fields: {amount: {type: money, default: 1}, pieces: {type: integer, default: 1}}}
stages:
  one: {owner: desk, needs: {seen: check}, next: [{when: amount / pieces > 5, to: two}, {to: closed}]}
  two: {owner: desk, needs: {b: check}, next: closed}
""")
    story.do(Write({"pieces": 0}))
    before = story.order.dump()
    with pytest.raises(EvaluationFailed, match=r"amount / pieces.*amount = 1, pieces = 0"):
        story.do(Done("seen"))
    assert story.order.dump() == before
    story.do(Write({"pieces": 1}))
    story.do(Done("seen"))
    assert story.stage == "closed"
