"""What completes a stage: each kind of need, who may meet it, and how long it counts."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Attach, Choose, Command, Done, Principal, Write
from tests.kernel.desk import BOSS, DESK, HOST, MAKER, MINUTE, QA, Story, happened, plan_of, why

# One need in the first stage; met, the order goes on to `after` by itself.
ONE = """
order: {{fields: {{waybill: text, amount: {{type: money, default: 0}}, flag: boolean}}}}
stages:
  first:
    owner: maker
    needs: {{it: {need}}}
  after: {{owner: desk, needs: {{rest: check}}, next: closed}}
"""


def one(need: str) -> str:
    return ONE.format(need=need)


MET: dict[str, tuple[str, Command]] = {
    "check, ticked": ("check", Done("it")),
    "check with a text, ticked": ("{check: looks right}", Done("it")),
    "file, attached": ("file", Attach("it", "slip.pdf")),
    "note, written": ("note", Write({"it": "all well"})),
    "field, given a value": ("{field: waybill}", Write({"waybill": "SF1"})),
    "field, given false: a value like any other": ("{field: flag}", Write({"flag": False})),
    "condition, made true": ("{that: amount > 5}", Write({"amount": 6})),
}


@pytest.mark.parametrize(("need", "command"), MET.values(), ids=MET)
def test_a_need_of_every_kind_is_met_and_the_order_goes_on_by_itself(need: str, command: Command) -> None:
    story = Story(one(need))
    assert story.stage == "first"
    story.do(command)
    assert story.stage == "after"


NOT_MET: dict[str, tuple[str, Command]] = {
    "field, emptied": ("{field: waybill}", Write({"waybill": None})),
    "field, given blanks": ("{field: waybill}", Write({"waybill": "  \n"})),
    "condition, still false": ("{that: amount > 5}", Write({"amount": 5})),
    "another field was written": ("{field: waybill}", Write({"amount": 7})),
}


@pytest.mark.parametrize(("need", "command"), NOT_MET.values(), ids=NOT_MET)
def test_what_does_not_meet_a_need_leaves_the_order_waiting(need: str, command: Command) -> None:
    story = Story(one(need))
    assert not story.do(command).blockers
    assert story.stage == "first"
    assert [blocker.name for blocker in story.explained.blockers] == ["it"]


WHO: dict[str, tuple[str, set[Principal]]] = {
    "nobody named: the owner of the stage": ("check", {MAKER}),
    "one role": ("{check: x, by: qa}", {QA}),
    "two roles, either": ("{check: x, by: [qa, boss]}", {QA, BOSS}),
    "the owner of the stage has no right of his own": ("{file: x, by: qa}", {QA}),
    "the owner of the order has none either": ("{note: x, by: qa}", {QA}),
}


@pytest.mark.parametrize(("need", "may"), WHO.values(), ids=WHO)
def test_a_need_is_met_by_whom_it_names_or_else_by_the_owner_of_its_stage(
    need: str, may: set[Principal]
) -> None:
    command = {"check": Done("it"), "file": Attach("it", "a.pdf"), "note": Write({"it": "x"})}
    kind = plan_of(one(need)).stages["first"].needs[0].kind
    for who in (DESK, MAKER, QA, BOSS):
        decision = Story(one(need)).do(command[kind], who)
        assert not decision.blockers if who in may else why(decision) == [("not_yours", "it")], who.id


def test_somebody_with_several_roles_may_do_what_any_of_them_may() -> None:
    both = Principal.of("eve", "boss", "qa")
    assert not Story(one("{check: x, by: qa}")).do(Done("it"), both).blockers


def test_the_host_may_do_everything() -> None:
    assert not Story(one("{check: x, by: qa}")).do(Done("it"), HOST).blockers


TWO = """
stages:
  first: {owner: desk, needs: {ticked: check, slip: file, remark: note}, next: closed}
"""


def test_a_check_is_ticked_once_and_the_second_is_told_who_did() -> None:
    story = Story(TWO)
    story.do(Done("ticked"), DESK)
    again = story.do(Done("ticked"), DESK)
    assert why(again) == [("already_done", "ticked")]
    assert again.blockers[0].message("en") == "ticked was ticked before, by dora"


def test_who_ticked_and_when_stands_in_the_order() -> None:
    story = Story(TWO)
    story.do(Done("ticked"), DESK, wait=3 * MINUTE)
    assert story.order.acts == {"ticked": [True, "dora", story.now]}


def test_new_evidence_takes_the_place_of_the_old_which_stays_in_history() -> None:
    story = Story(TWO)
    story.do(Attach("slip", "one.pdf", sha256="aa", size=7), DESK)
    story.do(Attach("slip", "two.pdf"), DESK, wait=MINUTE)
    assert story.order.acts["slip"][0] == {"reference": "two.pdf"}
    assert [event["value"] for event in story.history if event["event"] == "acted"] == [
        {"reference": "one.pdf", "sha256": "aa", "size": 7},
        {"reference": "two.pdf"},
    ]


def test_a_note_may_be_written_again_and_is_kept_without_the_blanks_around_it() -> None:
    story = Story(TWO)
    story.do(Write({"remark": "first"}), DESK)
    story.do(Write({"remark": "  second\n"}), DESK)
    assert story.order.acts["remark"][0] == "second"


NOTHING: dict[str, tuple[Command, str, str]] = {
    "a note of nothing": (Write({"remark": ""}), "empty", "remark"),
    "a note of blanks": (Write({"remark": " \n\t"}), "empty", "remark"),
    "a note that is taken back": (Write({"remark": None}), "empty", "remark"),
    "a file without a reference": (Attach("slip", " "), "empty", "slip"),
    "no value at all": (Write({}), "nothing_to_write", ""),
}


@pytest.mark.parametrize(("command", "code", "name"), NOTHING.values(), ids=NOTHING)
def test_nothing_is_not_evidence(command: Command, code: str, name: str) -> None:
    assert why(Story(TWO).do(command, DESK)) == [(code, name)]


UNFIT: dict[str, tuple[Command, str]] = {
    "a note too long to keep": (Write({"remark": "a" * 10_001}), "too_long"),
    "half a character": (Write({"remark": "\ud83d"}), "control_characters"),
    "a note with a bell in it": (Write({"remark": "a\x07"}), "control_characters"),
    "a list for a note": (Write({"remark": ["a"]}), "text"),
    "a reference too long to keep": (Attach("slip", "a" * 10_001), "too_long"),
    "half a character in a reference": (Attach("slip", "\udc00.pdf"), "control_characters"),
}


@pytest.mark.parametrize(("command", "reason"), UNFIT.values(), ids=UNFIT)
def test_what_cannot_be_kept_is_refused_with_its_reason(command: Command, reason: str) -> None:
    refused = Story(TWO).do(command, DESK)
    assert [code for code, _ in why(refused)] == ["wrong_value"]
    assert refused.blockers[0].params["why"].key == f"wrong.{reason}"


def test_a_number_may_be_a_note() -> None:
    story = Story(TWO)
    story.do(Write({"remark": 5}), DESK)
    assert story.order.acts["remark"][0] == "5"


WRONG: dict[str, tuple[Command, str]] = {
    "a note ticked": (Done("remark"), "other_kind"),
    "a check attached": (Attach("ticked", "a.pdf"), "other_kind"),
    "a name that nobody asks for": (Done("nonsense"), "no_such_need"),
    "a check written": (Write({"ticked": "yes"}), "no_such_field"),
}


@pytest.mark.parametrize(("command", "code"), WRONG.values(), ids=WRONG)
def test_what_is_not_asked_here_in_this_way_is_refused(command: Command, code: str) -> None:
    assert [each for each, _ in why(Story(TWO).do(command, DESK))] == [code]


def test_a_need_of_another_stage_cannot_be_met_ahead() -> None:
    assert why(Story(one("check")).do(Done("rest"), DESK)) == [("no_such_need", "rest")]


CONDITION = """
order: {{fields: {{amount: {{type: money, default: 0}}, paid: {{type: boolean, default: false}}}}}}
stages:
  wait: {{owner: desk, needs: {needs}}}
  go: {{owner: desk, needs: {{last: check}}, next: closed}}
"""


def test_a_condition_is_looked_at_on_every_change_and_moves_the_order_by_itself() -> None:
    story = Story(CONDITION.format(needs="{enough: {that: amount >= 10}, cleared: {that: paid}}"))
    assert why(story.explained) == [("condition_open", "enough"), ("condition_open", "cleared")]
    story.do(Write({"amount": 10}))
    assert why(story.explained) == [("condition_open", "cleared")]
    assert happened(story.do(Write({"paid": True}))) == ["set paid", "left wait", "entered go"]


def test_a_condition_that_was_true_and_is_no_more_holds_the_order() -> None:
    story = Story(CONDITION.format(needs="{enough: {that: amount >= 10}, seen: check}"), {"amount": 10})
    story.do(Write({"amount": 9}))
    story.do(Done("seen"))
    assert story.stage == "wait"
    story.do(Write({"amount": 11}))
    assert story.stage == "go"


def test_an_order_that_comes_with_everything_passes_every_stage_that_asks_nothing_of_people() -> None:
    story = Story(CONDITION.format(needs="{enough: {that: amount >= 10}}"), {"amount": 10})
    assert story.stage == "go"
    assert story.order.visits == {"wait": 1, "go": 1}


def test_acts_count_for_one_visit_and_fields_for_ever() -> None:
    story = Story("""
order: {fields: {waybill: text}}
stages:
  one: {owner: desk, needs: {seen: check, waybill: field}}
  two: {owner: desk, outcomes: {again: {to: one}, enough: {to: closed}}}
""")
    story.do(Done("seen"))
    story.do(Write({"waybill": "SF1"}))
    story.do(Choose("again"))
    assert story.order.visit == 2
    assert why(story.explained) == [("need_open", "seen")]
