"""Confirmations: who gives them, what comes with them, how long they last, and a customer who says no."""

from __future__ import annotations

from typing import Any, Final

import pytest

from flowengine.kernel.commands import Choose, Command, Confirm, Done, Hold, Principal, Refuse, Release, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.putting import asking, digest
from flowengine.kernel.rights import hidden
from flowengine.kernel.work import Reading
from tests.kernel.desk import BOSS, DAY, DESK, HOUR, MAKER, STRANGER, Story, happened, told, why

CUSTOMER: Final = Principal.customer(proof="a test")
ORDER: Final = """
order:
  fields:
    amount: {type: integer, default: 5}
    score: {type: integer, max: 100}
    remark: text
stages:
  review:
    owner: desk
    needs:
      agreed: {confirm: customer, covers: amount, title: {en: The order, zh: 订单内容}}
      checked: {confirm: [boss, maker], not_by: creator}
    outcomes:
      off: {to: cancelled, by: [desk, customer], reason: required}
    next: visit
  visit:
    owner: maker
    needs:
      survey: {confirm: customer, asks: [score, remark], defer: 7d}
      received: {any: {slip: file, seen: confirm}}
    outcomes: {again: {to: review, by: maker}}
    next: [{when: has(remark), to: closed}, {to: calm}]
  calm: {owner: desk, needs: {quiet: check}, next: closed}
holds: {waits: {by: desk, release: {by: [desk, customer]}}}
rules: {listened: {after: agreed.refused, then: [{notify: boss}]}}
"""


def visiting(**values: Any) -> Story:
    story = Story(ORDER, values)
    story.do(Confirm("agreed"), CUSTOMER)
    story.do(Confirm("checked"), BOSS)
    assert story.stage == "visit"
    return story


def test_it_waits_for_the_customer_and_for_nobody_inside() -> None:
    story = Story(ORDER)
    assert why(story.explained) == [("confirm_open", "agreed"), ("confirm_open", "checked")]
    assert [item.roles for item in story.work if item.key == "agreed"] == [("customer",)]
    assert story.explained.blockers[0].message("en") == "not confirmed yet: The order (customer)"
    assert story.explained.blockers[0].message("zh") == "尚未确认：订单内容（客户）"


GIVEN: Final[dict[str, tuple[Command, Principal, str]]] = {
    "the customer confirms": (Confirm("agreed"), CUSTOMER, ""),
    "the host answers for it": (Confirm("agreed"), Principal.system("a test"), ""),
    "whoever works on the order is not the customer": (Confirm("agreed"), DESK, "not_yours"),
    "a role confirms": (Confirm("checked"), MAKER, ""),
    "another role does not": (Confirm("checked"), DESK, "not_yours"),
    "nor the customer, where a role is asked": (Confirm("checked"), CUSTOMER, "not_yours"),
    "whoever opened it is kept out": (Confirm("checked"), Principal.of("dora", "boss"), "not_by"),
    "it is not ticked": (Done("agreed"), BOSS, "other_kind"),
    "what is not there cannot be confirmed": (Confirm("agred"), CUSTOMER, "no_such_need"),
    "only what is asked is filled in": (Confirm("agreed", {"remark": "x"}), CUSTOMER, "not_asked_with_it"),
    "a customer ticks nothing": (Done("agreed"), CUSTOMER, "stranger"),
    "a customer writes nothing": (Write({"amount": 1}), CUSTOMER, "stranger"),
    "a stranger confirms nothing": (Confirm("agreed"), STRANGER, "stranger"),
    "a customer chooses what is theirs to choose": (Choose("off"), CUSTOMER, "reason_missing"),
}


@pytest.mark.parametrize(("command", "who", "code"), GIVEN.values(), ids=GIVEN)
def test_who_confirms_what(command: Command, who: Principal, code: str) -> None:
    assert [code for code, _ in why(Story(ORDER).do(command, who))] == ([code] if code else [])


def test_it_is_confirmed_once_and_says_by_whom() -> None:
    story = Story(ORDER)
    story.do(Confirm("agreed"), CUSTOMER)
    assert why(story.do(Confirm("agreed"), CUSTOMER)) == [("already_done", "agreed")]
    assert story.order.acts["agreed"][1] == "customer"


def test_it_lasts_until_what_it_covers_changes() -> None:
    story = visiting()
    story.do(Choose("again"), MAKER)
    assert ("confirm_open", "agreed") not in why(story.explained)
    story.do(Write({"amount": 6}), DESK)
    assert ("stale", "agreed") in why(story.explained)
    assert not story.do(Confirm("agreed"), CUSTOMER).blockers


def test_nobody_confirms_what_has_changed_since_it_was_shown() -> None:
    story = Story(ORDER)
    need = story.plan.find("agreed")
    assert need is not None
    shown = digest(Reading(story.plan, story.order), need)
    story.do(Write({"amount": 6}), DESK)
    refused = story.do(Confirm("agreed", shown=shown), CUSTOMER)
    assert why(refused) == [("shown_before", "agreed")]
    again = digest(Reading(story.plan, story.order), need)
    assert not story.do(Confirm("agreed", shown=again), CUSTOMER).blockers


def test_what_is_asked_with_it_is_given_wholly_or_nothing_is() -> None:
    story = visiting()
    assert why(story.do(Confirm("survey", {"score": 90}), CUSTOMER)) == [("missing_fields", "remark")]
    assert why(story.do(Confirm("survey", {"score": 101, "remark": "x"}), CUSTOMER))[0] == (
        "wrong_value",
        "score",
    )
    assert "score" not in story.order.fields
    story.do(Confirm("survey", {"score": "90", "remark": "fine"}), CUSTOMER)
    assert story.order.fields["score"] == 90


def test_a_field_that_has_a_value_need_not_be_given_again() -> None:
    story = visiting(remark="wish")
    assert not story.do(Confirm("survey", {"score": 90}), CUSTOMER).blockers


def test_one_that_may_wait_is_owed_before_a_good_end() -> None:
    story = visiting()
    story.do(Confirm("seen"), CUSTOMER)
    assert story.stage == "calm"
    story.do(Done("quiet"), DESK)
    assert why(story.explained) == [("deferred", "survey")]
    story.do(Confirm("survey", {"score": 90, "remark": "late"}), CUSTOMER, wait=DAY)
    assert story.stage == "closed"


def test_a_customer_who_says_no_says_why_and_whoever_is_accountable_is_told() -> None:
    story = Story(ORDER)
    assert why(story.do(Refuse("agreed"), CUSTOMER)) == [("reason_missing", "agreed")]
    declined = story.do(Refuse("agreed"), CUSTOMER, reason="too dear")
    assert happened(declined)[0] == "declined"
    assert told(declined) == [("desk", "refused"), ("boss", "listened")]
    assert ("confirm_open", "agreed") in why(story.explained)  # it is asked on
    assert not story.do(Confirm("agreed"), CUSTOMER).blockers
    assert why(story.do(Refuse("agreed"), CUSTOMER, reason="no")) == [("already_done", "agreed")]


def test_a_customer_releases_a_hold_and_chooses_an_outcome_where_the_process_says_so() -> None:
    story = Story(ORDER)
    story.do(Hold("waits"), DESK)
    assert not story.do(Release("waits"), CUSTOMER).blockers
    assert not story.do(Choose("off"), CUSTOMER, reason="changed my mind").blockers
    assert story.stage == "cancelled"


def test_a_customer_sees_what_is_asked_and_no_other_field() -> None:
    story = Story(ORDER, {"remark": "ours"})
    assert hidden(story.plan, story.order, CUSTOMER) == {"score", "remark"}
    assert hidden(story.plan, story.order, DESK) == set()


def test_whoever_was_asked_in_one_visit_is_asked_anew_in_another() -> None:
    story, of = Story(ORDER), {}
    for name in ("first", "second"):
        need = story.plan.stages["review"].doable["agreed"]
        of[name] = asking(Reading(story.plan, story.order), need)
        story.do(Confirm("agreed"), CUSTOMER)
        story.do(Confirm("checked"), BOSS)
        story.do(Choose("again"), MAKER, wait=HOUR)
    assert of == {"first": "review 1", "second": "review 2"}


def test_one_that_may_wait_is_the_same_asking_wherever_the_order_is() -> None:
    story = visiting()
    need = story.plan.lasting["survey"]
    before = asking(Reading(story.plan, story.order), need)
    story.do(Confirm("seen"), CUSTOMER)
    assert story.stage == "calm"
    assert asking(Reading(story.plan, story.order), need) == before


def test_how_somebody_showed_who_they_are_is_no_part_of_the_decision() -> None:
    story = Story(ORDER)
    proofs = (Principal.customer(proof=proof) for proof in ("a link", "a login"))
    one, other = (decide(story.plan, story.order, Confirm("agreed"), by, story.now) for by in proofs)
    assert one == other
