"""How long an act lives: `covers` and what becomes stale (R19); what is put off with `defer`."""

from __future__ import annotations

from flowengine.kernel.commands import Attach, Choose, Done, Write
from tests.kernel.desk import BOSS, DAY, DESK, MAKER, NOON, Story, happened, told, why

ORDER = """
order: {fields: {amount: {type: integer, required: true}, address: {type: text, required: true}}}
stages:
  receive:
    owner: desk
    needs: {verified: {check: ok, by: boss, covers: [amount, address]}, typed: check}
    next: review
  review:
    owner: desk
    needs: {reviewed: {check: ok, covers: amount}}
    outcomes: {unclear: {to: receive}}
    next: make
  make:
    owner: maker
    needs: {made: check}
    outcomes: {done: {to: closed}, redo: {to: review}}
    next: closed
outcomes:
  amend: {from: any, by: desk, edits: [amount, address], reason: required, until: make.late}
  cancel: {from: any, to: cancelled}
  reopen: {from: cancelled, to: receive}
"""
DEFERRED = """
order: {fields: {waybill: text}}
stages:
  review: {owner: desk, needs: {ok: check, voucher: {file: slip, by: boss, defer: 3d}}, next: make}
  make:
    owner: maker
    needs: {made: check}
    outcomes: {scrap: {to: cancelled}, redo: {to: review}}
    next: ship
  ship: {owner: maker, needs: {sent: check, waybill: {field: waybill, defer: 1d}}, next: closed}
"""


def _at_make() -> Story:
    story = Story(ORDER, {"amount": 5, "address": "A"})
    for need in ("typed", "verified", "reviewed"):
        story.do(Done(need))
    assert story.stage == "make"
    return story


def test_an_act_that_covers_fields_outlives_its_visit_and_the_others_do_not() -> None:
    story = _at_make()
    story.do(Choose("redo"))
    assert story.stage == "make"  # still reviewed, and nothing else is asked there
    assert set(story.order.acts) == {"verified", "reviewed"}


def test_back_in_its_stage_only_what_does_not_last_is_asked_again() -> None:
    story = Story(ORDER, {"amount": 5, "address": "A"})
    story.do(Done("typed"))
    story.do(Done("verified"))
    story.do(Choose("unclear"))
    assert (story.stage, story.todo) == ("receive", ["typed"])


def test_changing_a_covered_field_asks_again_at_once_wherever_the_order_is() -> None:
    story = _at_make()
    decision = story.do(Choose("amend", {"address": "B"}), DESK, reason="moved")
    assert happened(decision) == ["chosen order.amend", "set address", "stale verified"]
    assert (story.stage, story.order.stale) == ("make", ["verified"])
    assert [(item.key, item.roles) for item in story.work] == [("made", ("maker",)), ("verified", ("boss",))]


def test_the_order_goes_on_only_when_what_is_stale_has_been_done_again() -> None:
    story = _at_make()
    story.do(Choose("amend", {"amount": 9}), DESK, reason="more")
    assert story.order.stale == ["reviewed", "verified"]
    story.do(Done("made"), MAKER)
    assert story.stage == "make"
    assert why(story.explained) == [("stale", "reviewed"), ("stale", "verified")]
    assert why(story.do(Choose("done"))) == [("stale", "reviewed"), ("stale", "verified")]
    story.do(Done("verified"), BOSS)
    story.do(Done("reviewed"), DESK)
    assert story.stage == "closed"


def test_what_is_stale_does_not_hinder_a_way_back_or_out() -> None:
    for outcome, place in (("redo", "review"), ("cancel", "cancelled")):
        story = _at_make()
        story.do(Choose("amend", {"amount": 9}), DESK, reason="more")
        story.do(Choose(outcome))
        assert story.stage == place


def test_writing_the_same_value_makes_nothing_stale() -> None:
    story = _at_make()
    story.do(Choose("amend", {"amount": 5}), DESK, reason="checked")
    assert story.order.stale == []


def test_an_amendment_names_its_fields_its_reason_and_its_people() -> None:
    story = _at_make()
    assert why(story.do(Choose("amend", {"amount": 1}), DESK)) == [("reason_missing", "amend")]
    assert why(story.do(Choose("amend"), DESK, reason="x")) == [("nothing_to_edit", "amend")]
    assert why(story.do(Choose("amend", {"number": 1}), DESK, reason="x")) == [("not_edited", "number")]
    assert why(story.do(Choose("amend", {"amount": "much"}), DESK, reason="x")) == [("wrong_value", "amount")]
    assert why(story.do(Choose("amend", {"amount": 1}), MAKER, reason="x")) == [("not_yours", "amend")]


def test_after_an_end_everything_is_asked_anew() -> None:
    story = _at_make()
    story.do(Choose("cancel"))
    story.do(Choose("reopen"))
    assert (story.stage, story.todo) == ("receive", ["verified", "typed"])


def test_what_is_put_off_lets_the_order_go_on_and_stays_on_the_list() -> None:
    story = Story(DEFERRED)
    decision = story.do(Done("ok"), DESK)
    assert (story.stage, story.order.due_of("voucher")) == ("make", NOON + 3 * DAY)
    assert "left review" in happened(decision)
    assert [(item.key, item.roles, item.due_at) for item in story.work][-1] == (
        "voucher",
        ("boss",),
        NOON + 3 * DAY,
    )


def test_what_was_put_off_can_be_done_later_anywhere() -> None:
    story = Story(DEFERRED)
    story.do(Done("ok"), DESK)
    story.do(Attach("voucher", "v.pdf"), BOSS)
    assert story.order.deferred == []
    assert story.todo == ["made"]


def test_past_its_time_it_is_told_and_nothing_goes_on_without_it() -> None:
    story = Story(DEFERRED)
    story.do(Done("ok"), DESK)
    decision = story.pass_time(3 * DAY + 1)
    assert told(decision) == [("boss", "late")]
    story.do(Done("made"), MAKER)
    assert (story.stage, why(story.explained)) == ("make", [("deferred", "voucher")])
    story.do(Attach("voucher", "v.pdf"), BOSS)
    assert story.stage == "ship"


def test_no_order_ends_well_while_something_put_off_is_missing() -> None:
    story = Story(DEFERRED)
    for need in ("ok", "made", "sent"):
        story.do(Done(need))
    assert (story.stage, story.todo) == ("ship", ["voucher", "waybill"])
    story.do(Attach("voucher", "v.pdf"), BOSS)
    assert story.stage == "ship"
    story.do(Write({"waybill": "SF1"}), MAKER)
    assert story.stage == "closed"


def test_any_other_end_drops_what_was_put_off() -> None:
    story = Story(DEFERRED)
    story.do(Done("ok"))
    story.do(Choose("scrap"), MAKER)
    assert (story.stage, story.order.deferred, story.order.wake_at) == ("cancelled", [], None)


def test_coming_back_does_not_give_more_time() -> None:
    story = Story(DEFERRED)
    story.do(Done("ok"))
    story.do(Choose("redo"), MAKER, wait=DAY)
    assert story.order.due_of("voucher") == NOON + 3 * DAY
