"""What may happen instead: who may choose it, what it asks, whom it tells, and where it is open."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Attach, Choose, Done, Principal, Write
from tests.kernel.desk import BOSS, DESK, HOST, MAKER, QA, Story, happened, line_of, told, why

INSPECTION = """
order: {fields: {amount: {type: money, default: 0}}}
stages:
  make: {owner: maker, needs: {made: check}}
  inspect:
    owner: qa
    needs: {measured: check}
    outcomes:
      passed: {to: pack, needs: {report: file, cheap: {that: amount < 100, else: too dear}}}
      failed:
        to: make
        by: [boss, qa]
        reason: required
        then: [{notify: [make.owner, owner]}, {notify: boss}]
      signed: {to: pack, by: [boss, desk], needs: {signature: file, remark: {note: x, by: qa}}}
      again: {to: inspect}
    next: pack
  pack: {owner: desk, needs: {packed: check}, next: closed}
outcomes:
  cancel: {from: [make, inspect], to: cancelled, reason: required}
  note_it: {from: any, to: make, by: boss, needs: {cause: note}}
  reopen: {from: [cancelled, closed], to: make, by: [desk, boss]}
  close: {from: cancelled, to: closed}
"""
REPORT = Attach("report", "r.pdf")


def inspecting(**values: object) -> Story:
    story = Story(INSPECTION, values)
    story.do(Done("made"), MAKER)
    return story


WHO: dict[str, tuple[str, set[Principal]]] = {
    "nobody named in a stage: its owner": ("again", {QA}),
    "two roles: either": ("failed", {BOSS, QA}),
    "nobody named for the whole order: the owner of the order": ("cancel", {DESK}),
}


@pytest.mark.parametrize(("outcome", "may"), WHO.values(), ids=WHO)
def test_an_outcome_is_chosen_by(outcome: str, may: set[Principal]) -> None:
    for who in (DESK, MAKER, QA, BOSS, HOST):
        decision = inspecting().do(Choose(outcome), who, reason="so it is")
        assert not decision.blockers if who in {*may, HOST} else why(decision) == [("not_yours", outcome)]


def test_its_needs_are_met_by_whoever_may_choose_it() -> None:
    for who in (BOSS, DESK):
        assert not inspecting().do(Attach("signature", "s.png"), who).blockers
    assert why(inspecting().do(Attach("signature", "s.png"), QA)) == [("not_yours", "signature")]
    assert not inspecting().do(Write({"remark": "x"}), QA).blockers


def test_it_asks_its_own_needs_and_nothing_of_the_stage() -> None:
    story = inspecting()
    assert why(story.do(Choose("passed"), QA)) == [("need_open", "report")]
    story.do(REPORT, QA)
    assert happened(story.do(Choose("passed"), QA)) == [
        "chosen inspect.passed",
        "left inspect",
        "entered pack",
    ]


def test_a_condition_of_an_outcome_is_told_in_its_own_words() -> None:
    story = inspecting(amount=100)
    story.do(REPORT, QA)
    refused = story.do(Choose("passed"), QA)
    assert why(refused) == [("condition_open", "cheap")]
    assert refused.blockers[0].message("en") == "not yet: too dear"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_where_a_reason_is_required_none_is_no_reason(reason: str) -> None:
    refused = inspecting().do(Choose("failed"), QA, reason=reason)
    assert why(refused) == [("reason_missing", "failed")]
    assert refused.blockers[0].line == line_of(INSPECTION, "failed:")


def test_everything_that_is_missing_is_named_at_once() -> None:
    story = Story(INSPECTION.replace("passed: {to: pack,", "passed: {to: pack, reason: required,"))
    story.do(Done("made"), MAKER)
    assert why(story.do(Choose("passed"), QA)) == [("reason_missing", "passed"), ("need_open", "report")]


def test_those_named_are_told_each_once_with_the_reason() -> None:
    decision = inspecting().do(Choose("failed"), QA, reason="cracked")
    assert told(decision) == [
        ("maker", "inspect.failed"),
        ("qa", "inspect.failed"),
        ("boss", "inspect.failed"),
    ]
    assert {effect.data["reason"] for effect in decision.effects} == {"cracked"}
    assert {effect.data["stage"] for effect in decision.effects} == {"inspect"}
    assert len({effect.key for effect in decision.effects}) == 3


def test_every_message_of_an_order_has_a_cause_of_its_own() -> None:
    story = inspecting()
    keys = []
    for _ in range(3):
        keys += [effect.key for effect in story.do(Choose("failed"), QA, reason="cracked").effects]
        story.do(Done("made"), MAKER)
    assert len(set(keys)) == len(keys) == 9


def test_a_return_to_itself_is_a_new_visit_with_nothing_done() -> None:
    story = inspecting()
    story.do(REPORT, QA)
    decision = story.do(Choose("again"), QA)
    assert happened(decision) == ["chosen inspect.again", "left inspect", "entered inspect"]
    assert (story.order.visit, story.order.acts) == (2, {})
    assert why(story.do(Choose("passed"), QA)) == [("need_open", "report")]


NOT_HERE: dict[str, tuple[str, list[str]]] = {
    "an outcome of another stage": ("passed", ["cancel", "note_it"]),
    "an outcome of the whole order that is not open here": ("reopen", ["cancel", "note_it"]),
    "an outcome that nobody wrote": ("nonsense", ["cancel", "note_it"]),
    "the word for going on": ("next", ["cancel", "note_it"]),
    "the trigger of an outcome": ("make.passed", ["cancel", "note_it"]),
}


@pytest.mark.parametrize(("outcome", "known"), NOT_HERE.values(), ids=NOT_HERE)
def test_what_is_not_open_here_cannot_be_chosen_by_anybody(outcome: str, known: list[str]) -> None:
    refused = Story(INSPECTION).do(Choose(outcome), HOST, reason="x")
    assert why(refused) == [("no_such_outcome", outcome)]
    assert refused.blockers[0].params["known"] == known


def test_from_any_means_every_stage_and_no_end() -> None:
    story = inspecting()
    assert "note_it" in story.plan.stages["pack"].outcomes
    assert not any("note_it" in end.outcomes for end in story.plan.ends.values())
    story.do(Write({"cause": "x"}), BOSS)
    assert happened(story.do(Choose("note_it"), BOSS)) == [
        "chosen order.note_it",
        "left inspect",
        "entered make",
    ]


def test_an_order_that_ended_takes_no_act() -> None:
    story = Story(INSPECTION)
    story.do(Choose("cancel"), DESK, reason="not wanted")
    for command in (Done("made"), REPORT, Write({"amount": 7})):
        assert why(story.do(command, HOST)) == [("order_ended", "cancelled")]
    assert story.work == ()


def test_an_order_that_ended_says_so_to_whoever_chooses_what_is_not_open_there() -> None:
    story = Story(INSPECTION)
    story.do(Choose("cancel"), DESK, reason="not wanted")
    assert why(story.do(Choose("cancel"), DESK, reason="again")) == [("order_ended", "cancelled")]


def test_an_end_named_in_from_is_left_again_with_a_new_visit_and_the_same_data() -> None:
    story = inspecting(amount=7)
    story.do(REPORT, QA)
    story.do(Choose("cancel"), DESK, reason="not wanted")
    assert happened(story.do(Choose("reopen"), BOSS)) == [
        "chosen order.reopen",
        "reopened cancelled",
        "entered make",
    ]
    assert (story.stage, story.order.visit, story.order.status) == ("make", 2, "open")
    assert (story.order.acts, story.order.fields["amount"]) == ({}, "7")


def test_an_end_may_lead_to_an_end() -> None:
    story = Story(INSPECTION)
    story.do(Choose("cancel"), DESK, reason="not wanted")
    story.do(Choose("close"), DESK)
    assert (story.stage, story.order.status) == ("closed", "closed")


def test_what_can_still_be_chosen_after_the_end_is_explained() -> None:
    story = Story(INSPECTION)
    story.do(Choose("cancel"), DESK, reason="not wanted")
    explained = story.explained
    assert explained.verdict == "ready"
    assert [(choice.outcome.name, choice.blockers) for choice in explained.choices] == [
        ("reopen", ()),
        ("close", ()),
    ]
