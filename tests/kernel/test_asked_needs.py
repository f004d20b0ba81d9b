"""Needs that are asked only then: `when`, `after`, one of several; doing without; rows that decide who."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Attach, Choose, Done, Waive, Write
from tests.kernel.desk import BOSS, DAY, DESK, HOUR, MAKER, NOON, QA, Story, happened, why

ASKED = """
order: {fields: {amount: {type: integer, required: true}, paid_at: datetime}}
stages:
  review:
    owner: desk
    needs:
      looked: check
      approved: {check: ok, by: boss, when: amount > 100}
      confirmed: {check: ok, by: maker, after: approved}
      receipt: {any: {signed: {file: slip, by: qa}, seen: {check: seen, by: maker, when: amount > 5}}}
    next: closed
outcomes: {amend: {from: any, edits: [amount]}}
"""
WAIVED = """
order: {fields: {amount: {type: integer, required: true}, customer: text}}
stages:
  review:
    owner: desk
    needs:
      voucher: {file: slip, waive: boss, covers: amount}
      customer: {field: customer, waive: [boss, qa]}
      good: {that: amount < 10, waive: boss}
    next: pay
  pay: {owner: desk, needs: {voucher: {file: slip, waive: boss, covers: amount}}, next: closed}
outcomes: {amend: {from: any, edits: [amount]}}
"""
ROWS = """
order: {fields: {region: {type: choice, choices: [north, south], required: true}, day: date}}
stages:
  one:
    owner: [{when: region == 'north', to: maker}, {to: qa}]
    due: [{when: region == 'north', within: 1h}, {within: 1d}]
    needs: {a: check}
    outcomes: {help: {to: one, then: [{notify: one.owner}], at_most: 1, beyond: [{move: cancelled}]}}
    next: closed
"""


def test_a_need_whose_condition_does_not_hold_keeps_nothing_back() -> None:
    small, large = Story(ASKED, {"amount": 3}), Story(ASKED, {"amount": 300})
    assert "approved" not in small.todo
    assert "approved" in large.todo
    assert why(small.do(Done("approved"), BOSS)) == [("not_wanted", "approved")]


def test_a_need_is_asked_after_another_and_what_is_not_needed_counts_as_done() -> None:
    small, large = Story(ASKED, {"amount": 3}), Story(ASKED, {"amount": 300})
    assert "confirmed" in small.todo
    assert "confirmed" not in large.todo
    assert why(large.do(Done("confirmed"), MAKER)) == [("not_asked_yet", "confirmed")]
    large.do(Done("approved"), BOSS)
    assert "confirmed" in large.todo


@pytest.mark.parametrize(("amount", "choices"), [(3, ["signed"]), (30, ["signed", "seen"])])
def test_one_of_several_is_enough(amount: int, choices: list[str]) -> None:
    story = Story(ASKED, {"amount": amount})
    assert [key for key in story.todo if key in ("signed", "seen")] == choices
    for act in (Done("looked"), Done("confirmed"), Attach("signed", "s.pdf")):
        assert story.stage == "review"
        story.do(act)
    assert story.stage == "closed"


def test_a_condition_that_comes_true_asks_at_once() -> None:
    story = Story(ASKED, {"amount": 3})
    story.do(Done("looked"))
    story.do(Choose("amend", {"amount": 500}))
    assert "approved" in story.todo


def test_who_may_waive_gives_a_reason_and_history_keeps_it() -> None:
    story = Story(WAIVED, {"amount": 5})
    assert why(story.do(Waive("voucher"), QA, reason="known")) == [("not_yours", "voucher")]
    assert why(story.do(Waive("voucher"), BOSS)) == [("reason_missing", "voucher")]
    assert why(story.do(Waive("good"), BOSS, reason="fine")) == [("needs_no_waiving", "good")]
    assert why(story.do(Waive("nothing"), BOSS, reason="fine")) == [("not_waivable", "nothing")]
    decision = story.do(Waive("voucher"), BOSS, reason="old customer")
    assert happened(decision) == ["waived voucher"]
    assert decision.events[0].data["reason"] == "old customer"
    story.do(Waive("customer"), QA, reason="cash")
    assert story.stage == "closed"  # the voucher was waived for the whole order, as it covers the amount


def test_a_condition_can_be_waived() -> None:
    story = Story(WAIVED, {"amount": 50, "customer": "Li"})
    story.do(Attach("voucher", "v.pdf"))
    assert story.stage == "review"
    story.do(Waive("good"), BOSS, reason="agreed by phone")
    assert story.stage == "closed"


def test_a_waiver_that_covers_a_field_ends_when_it_changes() -> None:
    story = Story(WAIVED, {"amount": 5})
    story.do(Waive("voucher"), BOSS, reason="old customer")
    decision = story.do(Choose("amend", {"amount": 7}))
    assert "stale voucher" in happened(decision)
    assert "voucher" in story.todo


@pytest.mark.parametrize(
    ("region", "owner", "due"), [("north", "maker", NOON + HOUR), ("south", "qa", NOON + DAY)]
)
def test_rows_decide_on_entering_who_is_accountable_and_until_when(region: str, owner: str, due: int) -> None:
    story = Story(ROWS, {"region": region})
    assert (story.explained.owner, story.order.due_at) == (owner, due)
    assert [item.roles for item in story.work] == [(owner,)]
    other = QA if owner == "maker" else MAKER
    assert why(story.do(Done("a"), other)) == [("not_yours", "a")]


def test_the_owner_is_told_by_place() -> None:
    story = Story(ROWS, {"region": "south"})
    decision = story.do(Choose("help"), QA)
    assert "told qa" in happened(decision)


def test_nothing_of_this_is_written_into_an_order_that_has_none_of_it() -> None:
    story = Story(ASKED, {"amount": 3})
    assert not {"tasks", "deferred", "stale", "origin", "since", "shut", "owner"} & set(
        story.order.dump().replace('"', " ").split()
    )
    story.do(Write({"paid_at": "2026-05-12 12:00"}), DESK)
