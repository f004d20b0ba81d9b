"""Writing fields and notes: who may write what, all of it or none, and the checks that every write keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from flowengine.kernel.commands import Done, Principal, Write
from tests.kernel.desk import BOSS, DESK, HOST, MAKER, QA, STRANGER, Story, happened, line_of, why

MAKING = """
order:
  unique: [channel, external_id]
  channels: {phone: {}, web: {}}
  checks:
    - {that: amount >= 0, else: an amount is not negative}
    - {that: not has(shipped) or shipped >= order.created, else: shipped before it was ordered}
  fields:
    external_id: {type: text, required: true}
    customer: {type: text, required: true}
    amount: {type: money, default: 0}
    grade: {type: choice, choices: [A, B], default: A}
    shipped: date
    waybill: text
    weight: decimal
stages:
  make:
    owner: maker
    needs: {waybill: {field: waybill, by: qa}, remark: {note: how it went, by: qa}, ready: check}
    outcomes: {stop: {to: closed, by: boss, needs: {weight: {field: weight, by: boss}}}}
    next: closed
"""
NEW = {"channel": "phone", "external_id": "A1", "customer": "Zhang"}


def making() -> Story:
    return Story(MAKING, NEW)


WHO: dict[str, tuple[str, set[Principal]]] = {
    "asked here by a need: whom it asks": ("waybill", {QA}),
    "asked by an outcome that is open here: whom it asks": ("weight", {BOSS}),
    "asked by nobody here: the owners of the stage and of the order": ("customer", {MAKER, DESK}),
}


@pytest.mark.parametrize(("field", "may"), WHO.values(), ids=WHO)
def test_a_field_is_written_by(field: str, may: set[Principal]) -> None:
    for who in (DESK, MAKER, QA, BOSS):
        decision = making().do(Write({field: "7"}), who)
        assert not decision.blockers if who in may else why(decision) == [("not_yours", field)], who.id


def test_the_refusal_names_who_may_and_the_line_that_says_so() -> None:
    blocker = making().do(Write({"waybill": "SF1"}), DESK).blockers[0]
    assert (blocker.owner, blocker.line) == (("qa",), line_of(MAKING, "needs: {waybill"))
    blocker = making().do(Write({"customer": "Li"}), QA).blockers[0]
    assert (set(blocker.owner), blocker.line) == ({"maker", "desk"}, line_of(MAKING, "  make:"))


def test_several_are_written_at_once() -> None:
    story = making()
    decision = story.do(Write({"customer": "Li", "amount": "1,200.50", "shipped": "2026-06-01"}), DESK)
    assert happened(decision) == ["set customer amount shipped"]
    assert decision.events[0].data["fields"] == {
        "customer": ["Zhang", "Li"],
        "amount": ["0", "1200.5"],
        "shipped": [None, "2026-06-01"],
    }


ALL_OR_NONE: dict[str, tuple[Mapping[str, Any], list[tuple[str, str]]]] = {
    "one value does not fit": ({"customer": "Li", "grade": "C"}, [("wrong_value", "grade")]),
    "one name is unknown": ({"customer": "Li", "colour": "red"}, [("no_such_field", "colour")]),
    "one is not theirs": ({"customer": "Li", "waybill": "1"}, [("not_yours", "waybill")]),
    "one would be emptied": ({"amount": 5, "customer": None}, [("cannot_be_empty", "customer")]),
    "one breaks a check": ({"customer": "Li", "amount": -1}, [("check_failed", "amount >= 0")]),
    "everything that is wrong is listed": (
        {"grade": "C", "colour": "red", "customer": "", "weight": "7", "external_id": "A2"},
        [
            ("wrong_value", "grade"),
            ("no_such_field", "colour"),
            ("cannot_be_empty", "customer"),
            ("not_yours", "weight"),
            ("identifies", "external_id"),
        ],
    ),
}


@pytest.mark.parametrize(("values", "reasons"), ALL_OR_NONE.values(), ids=ALL_OR_NONE)
def test_it_is_all_written_or_nothing(values: Mapping[str, Any], reasons: list[tuple[str, str]]) -> None:
    story = making()
    assert why(story.do(Write(values), DESK)) == reasons
    assert story.order.fields["customer"] == "Zhang"


def test_a_note_beside_a_field_that_does_not_fit_is_not_kept() -> None:
    story = making()
    assert why(story.do(Write({"remark": "fine", "grade": "C"}), HOST)) == [("wrong_value", "grade")]
    assert story.order.acts == {}


def test_notes_and_fields_are_written_together() -> None:
    story = making()
    assert happened(story.do(Write({"remark": "fine", "waybill": "SF1"}), QA)) == [
        "acted remark",
        "set waybill",
    ]


EMPTIED: dict[str, tuple[str, object, list[tuple[str, str]]]] = {
    "a required field": ("customer", None, [("cannot_be_empty", "customer")]),
    "a required field, with blanks": ("customer", "  ", [("cannot_be_empty", "customer")]),
    "a field with a default": ("amount", None, [("cannot_be_empty", "amount")]),
    "a field that may be empty": ("shipped", None, []),
}


@pytest.mark.parametrize(("field", "value", "reasons"), EMPTIED.values(), ids=EMPTIED)
def test_emptying(field: str, value: object, reasons: list[tuple[str, str]]) -> None:
    story = making()
    story.do(Write({"shipped": "2026-06-01"}), DESK)
    assert why(story.do(Write({field: value}), DESK)) == reasons
    assert (field in story.order.fields) is bool(reasons)


def test_an_emptied_field_opens_its_need_again() -> None:
    story = making()
    story.do(Write({"waybill": "SF1"}), QA)
    story.do(Write({"remark": "fine"}), QA)
    story.do(Write({"waybill": None}), QA)
    story.do(Done("ready"), MAKER)
    assert why(story.explained) == [("need_open", "waybill")]
    assert happened(story.do(Write({"waybill": "SF2"}), QA)) == ["set waybill", "left make", "ended closed"]


@pytest.mark.parametrize("field", ["external_id", "channel"])
@pytest.mark.parametrize("who", [DESK, HOST], ids=["owner", "host"])
def test_what_identifies_the_order_never_changes_not_even_for_the_host(field: str, who: Principal) -> None:
    decision = making().do(Write({field: "web"}), who)
    assert why(decision) == [("identifies", field)]


def test_writing_what_is_there_already_changes_nothing_and_is_no_refusal() -> None:
    decision = making().do(Write({"customer": " Zhang ", "amount": "0.00"}), DESK)
    assert (decision.blockers, decision.events) == ((), ())


CHECKS: dict[str, tuple[Mapping[str, Any], str]] = {
    "an amount below nothing": ({"amount": "-0.01"}, "an amount is not negative"),
    "a date before the order": ({"shipped": "2026-05-11"}, "shipped before it was ordered"),
}


@pytest.mark.parametrize(("values", "said"), CHECKS.values(), ids=CHECKS)
def test_a_check_holds_at_intake_and_on_every_later_write(values: Mapping[str, Any], said: str) -> None:
    refused = making().do(Write(values), DESK)
    assert [blocker.message("en") for blocker in refused.blockers] == [said]
    with pytest.raises(AssertionError, match=said):
        Story(MAKING, {**NEW, **values})


def test_every_check_that_is_broken_is_named() -> None:
    decision = making().do(Write({"amount": -1, "shipped": "2020-01-01"}), DESK)
    assert [code for code, _ in why(decision)] == ["check_failed", "check_failed"]


def test_a_check_is_not_asked_when_an_act_changes_no_field() -> None:
    # It held at every write, and only a write can change what it reads.
    assert happened(making().do(Done("ready"), MAKER)) == ["acted ready"]


def test_whoever_holds_no_role_of_the_process_learns_that_and_nothing_else() -> None:
    for command in (Write({"customer": "Li"}), Write({"colour": "x"}), Done("ready"), Done("nonsense")):
        assert why(making().do(command, STRANGER)) == [("stranger", "")]
