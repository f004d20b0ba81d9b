"""Four eyes: the person counts and not the role, whichever of the two is done first, and however late."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import (
    Abstain,
    AddSigner,
    Amend,
    Approve,
    Attach,
    Choose,
    Command,
    Confirm,
    Create,
    Delegate,
    Done,
    Principal,
    Receive,
    Refuse,
    Return,
    Transfer,
    Waive,
    Write,
)
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from tests.kernel.desk import BOSS, DESK, HOST, NOON, QA, Story, plan_of

EYES = """
order: {fields: {amount: {type: integer, default: 1}, paid_on: date, parts: {type: list, of: {sku: text}}}}
stages:
  take:
    owner: desk
    needs:
      entered: {check: Entered, by: [desk, boss]}
      checked: {check: Checked, by: [desk, boss], not_by: [creator, entered], waive: boss}
  look:
    owner: desk
    needs:
      paid_on: {field: paid_on, by: boss, not_by: entered}
      one_of: {any: {signed: {file: Slip, not_by: entered}, called: check}}
    tasks:
      inspect:
        owner: qa
        each: parts
        needs: {photo: file, judged: {check: Judged, not_by: photo}}
    outcomes: {again: {to: take, by: [desk, qa], not_by: entered}}
    next: closed
"""
BOTH = ("desk", "boss", "qa")
ANN, BEN = Principal.of("ann", *BOTH), Principal.of("ben", *BOTH)


def why(decision: Decision) -> list[tuple[str, str]]:
    return [(blocker.code, blocker.name) for blocker in decision.blockers]


def looked_at(parts: int = 0) -> Story:
    """An order of dora's that ann entered and ben checked."""
    story = Story(EYES, {"parts": [{"sku": "A"}] * parts})
    story.do(Done("entered"), ANN)
    story.do(Done("checked"), BEN)
    assert story.stage == "look"
    return story


def test_whoever_opened_the_order_may_not_in_any_role() -> None:
    story = Story(EYES)
    creator = Principal.of(DESK.id, *BOTH)
    assert why(story.do(Done("checked"), creator)) == [("not_by", "checked")]
    assert why(story.do(Waive("checked"), creator, reason="known")) == [("not_by", "checked")]
    assert not story.do(Done("checked"), ANN).blockers


def test_the_host_is_no_person() -> None:
    story = Story(EYES, by=HOST)
    story.do(Done("entered"), HOST)
    assert not story.do(Done("checked"), HOST).blockers


@pytest.mark.parametrize(("first", "second"), [("entered", "checked"), ("checked", "entered")])
def test_one_person_does_not_do_both_in_either_order(first: str, second: str) -> None:
    story = Story(EYES)
    story.do(Done(first), ANN)
    assert why(story.do(Done(second), ANN)) == [("not_by", second)]
    assert not story.do(Done(second), BEN).blockers


def test_whoever_did_without_one_may_not_do_the_other() -> None:
    story = Story(EYES)
    story.do(Waive("checked"), ANN, reason="known")
    assert why(story.do(Done("entered"), ANN)) == [("not_by", "entered")]


def test_it_is_remembered_in_later_stages() -> None:
    story = looked_at()
    assert why(story.do(Write({"paid_on": "2026-05-01"}), ANN)) == [("not_by", "paid_on")]
    assert why(story.do(Attach("signed", "s.pdf"), ANN)) == [("not_by", "signed")]
    assert why(story.do(Choose("again"), ANN)) == [("not_by", "again")]
    assert not story.do(Attach("signed", "s.pdf"), BEN).blockers
    assert not story.do(Choose("again"), BEN).blockers


def test_the_last_who_did_it_counts() -> None:
    story = looked_at()
    story.do(Choose("again"), BEN)
    story.do(Done("entered"), BEN)
    story.do(Done("checked"), ANN)
    assert why(story.do(Choose("again"), BEN)) == [("not_by", "again")]
    assert not story.do(Choose("again"), ANN).blockers


def test_of_rows_each_is_for_itself() -> None:
    story = looked_at(parts=2)
    story.do(Attach("photo.1", "1.jpg"), ANN)
    assert why(story.do(Done("judged.1"), ANN)) == [("not_by", "judged.1")]
    assert not story.do(Done("judged.2"), ANN).blockers
    assert why(story.do(Attach("photo.2", "2.jpg"), ANN)) == [("not_by", "photo.2")]


def test_explanation_and_work_name_who_is_kept_from_it() -> None:
    story = Story(EYES)
    story.do(Done("entered"), ANN)
    points = {point.need.name: point.barred for point in story.explained.points}
    assert points == {"entered": (), "checked": ("ann", "dora")}
    assert {item.key: item.barred for item in story.work} == {"checked": ("ann", "dora")}
    later = looked_at()
    assert {choice.name: choice.barred for choice in later.explained.choices} == {"again": ("ann",)}


def test_roles_still_count() -> None:
    story = Story(EYES)
    assert why(story.do(Done("checked"), QA)) == [("not_yours", "checked")]
    assert not story.do(Done("checked"), BOSS).blockers


SIGNED = """
people: {zoe: {away: {2020-01-01..2040-01-01: ann}}, ann: {}}
stages:
  take:
    owner: desk
    needs:
      entered: {check: Entered, by: [desk, boss]}
      sign: {approval: sign, not_by: [creator, entered]}
    next: look
  look: {owner: desk, needs: {looked: check}, next: closed}
approvals:
  sign: {steps: [{all: [desk, creator]}], returns: look, refused: [{notify: qa}]}
"""
SIGNING = (
    Approve("sign"), Refuse("sign"), Abstain("sign"), Transfer("sign", "qa"), Delegate("sign", "qa"),
    AddSigner("sign", "qa"), Return("sign"),
)  # fmt: skip


@pytest.mark.parametrize("command", SIGNING, ids=lambda command: type(command).__name__)
def test_whoever_is_kept_from_an_approval_says_nothing_in_it(command: Command) -> None:
    story = Story(SIGNED)
    story.do(Done("entered"), ANN)
    assert why(story.do(command, ANN, reason="so")) == [("not_by", "sign")]
    noted = ["barred_from_signing"] * isinstance(command, Approve | Refuse | Abstain)
    assert [event.data["why"] for event in story.last.noted] == noted


def test_a_seat_of_somebody_kept_from_an_approval_is_for_the_owner() -> None:
    story = Story(SIGNED)
    assert [seat.role for seat in story.order.rounds["sign"].now.seats] == ["desk", "desk"]
    assert why(story.do(Approve("sign"), DESK)) == [("not_by", "sign")]
    assert {item.key: item.barred for item in story.work}["sign"] == ("dora",)


def test_everybody_who_has_signed_is_kept_from_what_the_signing_looks_after() -> None:
    story = Story(SIGNED)
    assert not story.do(Approve("sign"), ANN).blockers
    assert why(story.do(Done("entered"), ANN)) == [("not_by", "entered")]  # the round still runs
    assert not story.do(Approve("sign"), BEN).blockers
    assert story.stage == "take"
    assert why(story.do(Done("entered"), ANN)) == [("not_by", "entered")]
    assert why(story.do(Done("entered"), BEN)) == [("not_by", "entered")]
    assert not story.do(Done("entered"), BOSS).blockers
    assert story.stage == "look"


WRITTEN = """
order: {fields: {paid_on: {type: text, changes: {by: [desk, boss]}}, code: text}}
stages:
  take:
    owner: desk
    needs:
      entered: {check: Entered, by: [desk, boss]}
      paid_on: {field: paid_on, by: boss, not_by: [creator, entered]}
      seen: {confirm: boss, asks: paid_on}
    next: closed
outcomes: {fix: {from: take, by: [desk, boss], edits: [paid_on, code]}}
events: {paid: {data: {code: text, paid_on: text}, match: {code: event.code}, sets: {paid_on: event.paid_on}}}
"""


@pytest.mark.parametrize(
    "command",
    [
        Write({"paid_on": "today"}),
        Amend({"paid_on": "today"}),
        Choose("fix", {"paid_on": "today"}),
        Confirm("seen", {"paid_on": "today"}),
        Receive("paid", {"code": "A", "paid_on": "today"}),
    ],
    ids=lambda command: type(command).__name__,
)
def test_nobody_writes_on_another_way_what_they_are_kept_from(command: Command) -> None:
    story = Story(WRITTEN, {"code": "A"})
    story.do(Done("entered"), ANN)
    for person in ("ann", "dora"):
        refused = story.do(command, Principal.of(person, *BOTH), reason="so")
        assert why(refused) == [("not_by", "paid_on")]
    assert not story.do(Choose("fix", {"code": "B"}), ANN).blockers
    assert not story.do(Choose("fix", {"code": "A"}), ANN).blockers
    assert not story.do(command, BEN, reason="so").blockers


@pytest.mark.parametrize(
    ("values", "by", "refused"),
    [
        ({"code": "A", "paid_on": "today"}, ANN, [("not_by", "paid_on")]),
        ({"code": "A", "paid_on": ""}, ANN, []),
        ({"code": "A", "paid_on": "today"}, HOST, []),
    ],
)
def test_nobody_does_by_opening_an_order_what_its_creator_may_not(
    values: dict[str, str], by: Principal, refused: list[tuple[str, str]]
) -> None:
    assert why(decide(plan_of(WRITTEN), None, Create(values, number="1"), by, NOON)) == refused
