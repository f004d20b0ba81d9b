"""Approvals that end without a decision: sent back by a signer, taken back by who asked; and their time."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import (
    Amend,
    Approve,
    Choose,
    Command,
    Done,
    Hold,
    Principal,
    Refuse,
    Release,
    Return,
    Withdraw,
)
from tests.kernel.desk import BOSS, DESK, HOUR, MAKER, QA, Story, told, why

ORDER = """
order: {{fields: {{amount: {{type: integer, required: true}}, note: text}}}}
stages:
  intake: {{owner: desk, needs: {{typed: check}}}}
  check: {{owner: qa, needs: {{checked: check}}}}
  review: {{owner: desk, needs: {{sign: approval, looked: check}}, next: pack}}
  pack: {{owner: maker, needs: {{packed: check}}, outcomes: {{again: {{to: pack}}}}, next: closed}}
approvals:
  sign:
    covers: amount
    due: {{within: 8h}}
    steps: [{{all: [maker, boss]}}]
    copy: qa
    refused: [{{notify: desk}}]
    {words}
"""
BACK = ORDER.format(words="returns: [intake, check]")


def at_review(process: str = BACK) -> Story:
    story = Story(process, {"amount": 5})
    story.do(Done("typed"))
    story.do(Done("checked"))
    assert story.stage == "review"
    return story


def test_a_signer_sends_the_order_back_to_a_stage_that_the_form_names() -> None:
    story = at_review()
    story.do(Approve("sign"), MAKER)
    decision = story.do(Return("sign", "check"), BOSS, reason="the drawing is missing")
    assert (story.stage, story.order.rounds) == ("check", {})
    assert told(decision)[:1] == [("qa", "returned")]
    returned = next(event for event in decision.events if event.kind == "returned")
    assert (returned.data["role"], returned.data["to"], returned.data["reason"]) == (
        "boss",
        "check",
        "the drawing is missing",
    )
    story.do(Done("checked"))
    assert story.order.rounds["sign"].number == 2
    assert story.order.rounds["sign"].voted == ()  # what was approved before was something else


def test_whoever_opened_the_order_takes_it_back_before_it_is_decided() -> None:
    story = at_review()
    decision = story.do(Withdraw("sign"), DESK)
    assert story.stage == "intake"  # the first that the form names
    assert told(decision) == [
        ("maker", "taken_back"),
        ("boss", "taken_back"),
        ("qa", "taken_back"),
        ("desk", "taken_back"),
    ]


@pytest.mark.parametrize(
    ("process", "command", "by", "reason", "refused"),
    [
        pytest.param(BACK, Return("sign", "check"), QA, "no", [("not_a_signer", "sign")], id="no signer"),
        pytest.param(BACK, Return("sign", "check"), BOSS, "", [("reason_missing", "sign")], id="no reason"),
        pytest.param(BACK, Return("sign"), BOSS, "no", [("no_such_return", "sign")], id="which of them"),
        pytest.param(BACK, Return("sign", "pack"), BOSS, "no", [("no_such_return", "pack")], id="not named"),
        pytest.param(BACK, Withdraw("sign"), MAKER, "", [("not_the_requester", "sign")], id="not who asked"),
        pytest.param(
            ORDER.format(words=""),
            Return("sign"),
            BOSS,
            "no",
            [("no_way_back", "sign")],
            id="no stage for it",
        ),
        pytest.param(
            ORDER.format(words=""), Withdraw("sign"), DESK, "", [("no_way_back", "sign")], id="nor for this"
        ),
        pytest.param(
            ORDER.format(words="returns: intake\n    allow: [return]"),
            Withdraw("sign"),
            DESK,
            "",
            [("not_allowed_here", "sign")],
            id="not allowed",
        ),
        pytest.param(
            ORDER.format(words="returns: back"),
            Return("sign"),
            BOSS,
            "no",
            [("nowhere_back", "sign")],
            id="back",
        ),
    ],
)
def test_who_may_not(
    process: str, command: Command, by: Principal, reason: str, refused: list[tuple[str, str]]
) -> None:
    assert why(at_review(process).do(command, by, reason=reason)) == refused


def test_what_is_decided_is_neither_sent_nor_taken_back() -> None:
    story = at_review()
    story.do(Approve("sign"), MAKER)
    story.do(Approve("sign"), BOSS)
    assert why(story.do(Withdraw("sign"), DESK)) == [("round_over", "sign")]
    assert why(story.do(Return("sign", "intake"), BOSS, reason="no")) == [("round_over", "sign")]


def test_while_a_hold_keeps_the_order_it_is_told_that_the_approval_went_back() -> None:
    story = at_review(BACK + "holds: {wait: {by: desk, pauses: all}}\n")
    story.do(Hold("wait"))
    story.do(Return("sign", "intake"), BOSS, reason="no")
    assert ("approval_returned", "sign") in why(story.explained)
    story.do(Release("wait"))
    assert story.stage == "intake"


def test_after_a_refusal_without_a_move_nobody_is_late_any_more() -> None:
    story = at_review()
    assert story.order.due_of("sign") is not None
    story.do(Refuse("sign"), BOSS, reason="too dear")
    assert (story.stage, story.order.due_of("sign")) == ("review", None)
    story.pass_time(9 * HOUR)
    assert not any(event["event"] == "late" for event in story.history)
    story.do(Amend({"amount": 4}), reason="cheaper")
    due = story.order.due_of("sign")
    assert due == story.now + 8 * HOUR  # whoever is asked anew has the whole time again


def test_what_is_asked_anew_elsewhere_has_its_time_and_takes_it_along() -> None:
    story = at_review()
    for command, by in ((Approve("sign"), MAKER), (Approve("sign"), BOSS), (Done("looked"), DESK)):
        story.do(command, by)
    story.do(Amend({"amount": 6}), reason="more")
    due = story.order.due_of("sign")
    assert (story.stage, due) == ("pack", story.now + 8 * HOUR)
    story.do(Choose("again"), wait=HOUR)
    assert (story.order.visit, story.order.due_of("sign")) == (2, due)


def test_what_was_refused_elsewhere_is_asked_anew_once_nothing_else_is_missing_in_a_later_visit() -> None:
    story = at_review()
    for command, by in ((Approve("sign"), MAKER), (Approve("sign"), BOSS), (Done("looked"), DESK)):
        story.do(command, by)
    story.do(Amend({"amount": 6}), reason="more")
    story.do(Return("sign", "check"), BOSS, wait=HOUR, reason="look again")
    assert (story.stage, story.todo) == ("check", ["checked"])
    story.do(Done("checked"))
    assert (story.stage, sorted(story.todo)) == ("check", ["sign"])
