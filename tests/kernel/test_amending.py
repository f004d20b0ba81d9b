"""Amendments (R19): who may amend what until when, why, and what comes of it; the one rule of who writes."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Amend, Attach, Choose, Command, Done, Principal, Write
from flowengine.kernel.explain import explain
from flowengine.kernel.rights import hidden
from tests.kernel.desk import BOSS, DAY, DESK, MAKER, QA, STRANGER, Story, happened, told, why

ORDER = """
order:
  unique: [code]
  checks: [{that: amount < 100}]
  fields:
    code: {type: text, required: true}
    amount: {type: integer, default: 5, changes: {by: [desk, boss], until: make.entered}}
    address: {type: text, required: true, changes: {}}
    day: {type: date, changes: {by: boss, until: day - 2d}}
    weight: {type: integer, changes: {by: boss}}
    twice: {type: integer, value: amount * 2}
    remark: text
stages:
  review: {owner: maker, needs: {checked: {check: ok, by: qa, covers: [amount, address]}}, next: make}
  make: {owner: maker, needs: {weight: field, sent: check}, next: closed}
rules: {tell: {after: order.amended, each: true, then: [{notify: boss}]}}
outcomes: {fix: {from: any, by: qa, edits: [amount]}}
"""
NEW = {"code": "A", "address": "here"}


def test_an_amendment_says_why_from_what_to_what_and_asks_again_what_no_longer_holds() -> None:
    story = Story(ORDER, NEW)
    story.do(Done("checked"), QA)
    assert story.stage == "make"
    decision = story.do(Amend({"address": "there"}), MAKER, reason="moved")
    assert happened(decision) == ["amended", "set address", "stale checked", "rule tell", "told boss"]
    assert decision.events[0].data["reason"] == "moved"
    assert decision.events[1].data["fields"] == {"address": ["here", "there"]}
    assert told(decision) == [("boss", "tell")]
    assert story.order.stale == ["checked"]


def test_clocks_that_depend_on_the_field_are_reckoned_again() -> None:
    story = Story(
        """
order: {fields: {day: {type: date, required: true, changes: {by: desk}}}}
stages: {make: {owner: maker, due: {by: day}, needs: {sent: check}, next: closed}}
""",
        {"day": "2026-03-09"},
    )
    before = story.order.due_at
    story.do(Amend({"day": "2026-03-11"}), DESK, reason="agreed")
    assert before is not None
    assert story.order.due_at == before + 2 * DAY


@pytest.mark.parametrize(
    ("command", "by", "reason", "refused"),
    [
        pytest.param(Amend({"amount": 6}), DESK, "more", [], id="a role that it names"),
        pytest.param(
            Amend({"amount": 6}), MAKER, "more", [("not_yours", "amount")], id="the owner otherwise"
        ),
        pytest.param(Amend({"address": "x"}), MAKER, "moved", [], id="without by who may write it anyway"),
        pytest.param(
            Amend({"address": "x"}), BOSS, "moved", [("not_yours", "address")], id="and nobody else"
        ),
        pytest.param(Amend({"remark": "x"}), DESK, "told", [], id="any other field"),
        pytest.param(Amend({"amount": 6}), DESK, " ", [("reason_missing", "amount")], id="no reason"),
        pytest.param(Amend({}), DESK, "more", [("nothing_to_write", "")], id="nothing"),
        pytest.param(Amend({"amuont": 6}), DESK, "more", [("no_such_field", "amuont")], id="no such field"),
        pytest.param(Amend({"twice": 6}), DESK, "more", [("computed", "twice")], id="computed"),
        pytest.param(Amend({"code": "B"}), DESK, "more", [("identifies", "code")], id="identifies the order"),
        pytest.param(Amend({"amount": "much"}), DESK, "more", [("wrong_value", "amount")], id="no number"),
        pytest.param(Amend({"amount": 100}), DESK, "more", [("check_failed", "amount < 100")], id="a check"),
        pytest.param(
            Amend({"amount": 6, "day": "2026-05-20"}),
            DESK,
            "more",
            [("not_yours", "day")],
            id="all or nothing",
        ),
        pytest.param(Write({"amount": 6}), DESK, "more", [("amended_only", "amount")], id="written silently"),
        pytest.param(Write({"amount": 6}), Principal.system("shop"), "", [], id="written by the host"),
        pytest.param(Choose("fix", {"amount": 6}), QA, "", [], id="an outcome is a permission of its own"),
        pytest.param(Amend({"amount": 6}), STRANGER, "more", [("stranger", "")], id="a stranger"),
    ],
)
def test_who_may_amend(command: Command, by: Principal, reason: str, refused: list[tuple[str, str]]) -> None:
    assert why(Story(ORDER, NEW).do(command, by, reason=reason)) == refused


def test_what_is_asked_here_is_written_by_whom_it_asks_though_it_is_else_only_amended() -> None:
    story = Story(ORDER, NEW)
    story.do(Done("checked"), QA)
    assert why(story.do(Write({"weight": 3}), MAKER)) == []
    assert why(story.do(Write({"weight": 4}), BOSS)) == [("amended_only", "weight")]
    assert why(story.do(Amend({"weight": 4}), BOSS, reason="weighed again")) == []


def test_the_customer_amends_what_is_theirs_and_sees_it() -> None:
    story = Story(
        """
order:
  fields:
    address: {type: text, changes: {by: [desk, customer]}}
    price: {type: integer, changes: {by: desk}}
stages: {make: {owner: maker, needs: {sent: check}, next: closed}}
"""
    )
    customer = Principal.customer(proof="a test")
    assert why(story.do(Amend({"address": "there"}), customer, reason="moved")) == []
    assert why(story.do(Amend({"price": 1}), customer, reason="cheaper")) == [("not_yours", "price")]
    assert hidden(story.plan, story.order, customer) == {"price"}


def test_four_eyes_hold_for_amendments() -> None:
    story = Story(
        """
order: {fields: {bill: {type: text, changes: {by: desk}}}}
stages:
  make: {owner: maker, needs: {slip: file, bill: {field: bill, not_by: slip}}, next: closed}
"""
    )
    me = Principal.of("me", "desk", "maker")
    story.do(Attach("slip", "slip.pdf"), me)
    assert why(story.do(Amend({"bill": "7"}), me, reason="more")) == [("not_by", "bill")]


def test_what_is_there_already_is_no_amendment() -> None:
    decision = Story(ORDER, NEW).do(Amend({"amount": 5}), DESK, reason="again")
    assert (happened(decision), why(decision)) == ([], [])


def test_until_a_moment_means_that_it_is_too_late_once_that_has_come() -> None:
    story = Story(ORDER, NEW)
    assert why(story.do(Amend({"amount": 6}), DESK, reason="more")) == []
    story.do(Done("checked"), QA)
    assert story.stage == "make"
    assert why(story.do(Amend({"amount": 7}), DESK, reason="more")) == [("amended_too_late", "amount")]


def test_until_a_point_in_time_lets_its_last_instant_count() -> None:
    story = Story(ORDER, {**NEW, "day": "2026-05-19"})
    until = next(each.until_at for each in explain(story.plan, story.order).amendable if each.field == "day")
    assert until is not None
    story.now = until
    assert why(story.do(Amend({"day": "2026-05-19"}), BOSS, reason="as before")) == []
    story.now = until + 1
    assert why(story.do(Amend({"day": "2026-05-20"}), BOSS, reason="more")) == [("amended_too_late", "day")]


def test_an_ended_order_is_not_amended() -> None:
    story = Story(ORDER, NEW)
    for command, by in ((Done("checked"), QA), (Write({"weight": 3}), MAKER), (Done("sent"), MAKER)):
        story.do(command, by)
    assert why(story.do(Amend({"remark": "x"}), DESK, reason="late")) == [("order_ended", "closed")]


def test_the_explanation_lists_what_may_still_be_amended_by_whom_and_until_when() -> None:
    story = Story(ORDER, NEW)
    listed = {each.field: each.roles for each in explain(story.plan, story.order).amendable}
    assert listed == {
        "amount": ("desk", "boss"),
        "address": ("maker", "desk"),
        "day": ("boss",),
        "weight": ("boss",),
    }
    story.do(Done("checked"), QA)
    assert "amount" not in [each.field for each in explain(story.plan, story.order).amendable]
