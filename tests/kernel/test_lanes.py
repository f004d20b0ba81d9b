"""Lanes in the life of an order: asked for, granted, late at once, expired, revoked, stale, two at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flowengine.definition.check import check_process
from flowengine.kernel.commands import (
    Approve,
    Attach,
    Choose,
    Command,
    Done,
    Hold,
    Principal,
    Refuse,
    Release,
    RequestLane,
    Return,
    RevokeLane,
    Withdraw,
    Write,
)
from flowengine.kernel.ledger import ledger_of
from flowengine.kernel.ledger_lines import Noted
from flowengine.kernel.order import Order
from flowengine.texts import LANGUAGES
from tests.kernel.desk import BOSS, DAY, DESK, HOST, HOUR, MAKER, NOON, QA, Story, text_of, told, why

SHOP = """
types: {urgent: {}, plain: {}, service: {stages: {make: remove}}}
order:
  fields: {amount: {type: integer, default: 1}, note: text}
stages:
  review:
    owner: desk
    due: [{when: priority == 'urgent', within: 20h}, {within: 24h}]
    needs: {seen: check, voucher: {file: Voucher, by: desk}}
  make: {owner: maker, due: 5d, needs: {made: check}, tasks: {paint: {owner: maker, needs: {painted: check}}}}
  inspect: {owner: qa, due: 1d, needs: {good: check}, next: closed}
outcomes: {cancel: {from: any, by: desk, to: cancelled}}
holds: {wait: {by: desk, pauses: all}}
approvals:
  joint:
    steps: [{all: [boss, qa], not_by: requester}]
    due: {within: 2h, late: [{assign: maker}]}
    covers: note
    copy: desk
    refused: [{notify: requester}]
  alone: {steps: [{any: boss}, {any: qa}], refused: [{notify: desk}]}
  seen_first: {steps: [{any: boss, when: happened(seen.done)}], refused: [{notify: desk}]}
lanes:
  green:
    title: {en: Green channel, zh: 绿色通道}
    request: {by: [desk, maker], when: type == 'urgent', reason: required}
    approval: joint
    limits: {per_requester: 2 per month, expires: 7d}
    grants:
      priority: urgent
      stages:
        review: {due: {within: 4h}, needs: {voucher: {defer: 3d}}}
        make: {due: {buffer: -50%}, tasks: {paint: remove, polish: {owner: maker, needs: {shiny: check}}}}
    revoke: {by: boss}
  short:
    request: {by: desk, when: type != 'service'}
    approval: alone
    grants: {stages: {inspect: remove, make: {next: closed}}}
  third:
    request: {by: desk, when: type != 'service'}
    approval: alone
    grants:
      clocks: {ring: {after: made, within: 1h, owner: desk}}
      rules: {loud: {after: seen, then: [{notify: qa}]}}
  unready: {request: {by: desk}, approval: seen_first, grants: {outcomes: {cancel: {reason: required}}}}
rules:
  sad: {after: green.refused, then: [{notify: maker}]}
  over: {after: green.expired, then: [{notify: qa}]}
"""
GREEN = RequestLane("green")
WHY = "the line stands still"
JUDGE = Principal.of("ju", "boss", "desk")


def urgent(**values: object) -> Story:
    return Story(SHOP, {"type": "urgent", **values})


def plain() -> Story:
    return Story(SHOP, {"type": "plain"})


def on_green(**values: object) -> Story:
    """An order that was granted the green channel an hour after it was opened."""
    story = urgent(**values)
    story.do(GREEN, DESK, reason=WHY)
    story.do(Approve("green"), BOSS)
    story.do(Approve("green"), QA, wait=HOUR)
    assert list(story.order.lanes) == ["green"]
    return story


def test_a_request_is_a_round_with_a_requester_who_has_no_vote() -> None:
    story = urgent()
    story.do(GREEN, JUDGE, reason=WHY)
    assert told(story.last) == [("boss", "requested"), ("qa", "requested"), ("desk", "requested")]
    assert story.order.rounds["green"].requester == "ju"
    assert why(story.do(Approve("green"), JUDGE)) == [("barred_from_signing", "green")]
    assert {item.key: item.roles for item in story.work}["green"] == ("boss", "qa")
    assert story.order.due_of("green") == NOON + 2 * HOUR
    assert "green" not in [name for _, name in why(story.explained)]


def test_what_is_granted_counts_at_once_with_the_time_that_was_used() -> None:
    story = on_green()
    order = story.order
    assert (order.fields["priority"], order.deferred) == ("urgent", ["voucher"])
    assert (order.due_of("review"), order.due_of("voucher")) == (NOON + 4 * HOUR, NOON + HOUR + 3 * DAY)
    assert order.lanes["green"].until == NOON + HOUR + 7 * DAY
    story.do(Done("seen"), DESK)
    assert (story.stage, story.order.due_of("make")) == ("make", NOON + HOUR + 5 * DAY // 2)
    assert list(story.order.tasks) == ["polish"]


def test_a_clock_with_less_time_than_it_has_used_is_late_at_once_and_that_is_on_record() -> None:
    story = urgent()
    story.do(GREEN, DESK, reason=WHY)
    story.do(Approve("green"), BOSS)
    story.do(Approve("green"), QA, wait=HOUR)
    again = urgent()
    again.do(GREEN, DESK, wait=10 * HOUR, reason=WHY)
    again.do(Approve("green"), BOSS)
    again.do(Approve("green"), QA)
    assert (story.order.late, again.order.late) == (False, False)
    again.pass_time()
    assert again.order.late
    late = [(event["due"], event["at"]) for event in again.history if event["event"] == "late"]
    assert late == [(NOON + 4 * HOUR, NOON + 10 * HOUR)]


def test_at_its_end_clocks_go_back_and_what_was_deferred_holds_the_order_where_it_is() -> None:
    story = on_green()
    story.do(Done("seen"), DESK)
    story.pass_time(now=NOON + HOUR + 7 * DAY)
    assert (story.order.lanes, story.order.fields["priority"]) == ({}, "normal")
    assert story.order.due_of("make") == NOON + HOUR + 5 * DAY
    assert list(story.order.tasks) == ["paint"]
    assert ("qa", "over") in told(story.last)
    story.do(Done("painted"), MAKER)
    story.do(Done("made"), MAKER)
    assert (story.stage, why(story.explained)) == ("make", [("deferred", "voucher")])
    story.do(Attach("voucher", "slip.pdf"), DESK)
    assert story.stage == "inspect"


def test_in_its_own_stage_a_need_that_was_deferred_is_an_ordinary_need_again() -> None:
    story = on_green()
    story.do(RevokeLane("green"), BOSS, reason="no rush any more")
    assert (story.order.lanes, story.order.deferred) == ({}, [])
    assert sorted(why(story.explained)) == [("need_open", "seen"), ("need_open", "voucher")]
    assert story.order.due_of("review") == NOON + DAY
    assert story.last.events[0].data["how"] == "revoked"


def test_whoever_asked_is_told_of_a_refusal_and_may_ask_again() -> None:
    story = urgent()
    story.do(GREEN, MAKER, reason=WHY)
    story.do(Refuse("green"), QA, reason="no capacity")
    assert told(story.last) == [("@mo", "refused"), ("desk", "refused"), ("maker", "sad")]
    assert (story.order.rounds, story.order.due_of("green")) == ({}, None)
    assert not story.do(GREEN, MAKER, reason=WHY).blockers


def test_only_whoever_asked_takes_a_request_back_and_nobody_sends_the_order_back() -> None:
    story = urgent()
    story.do(GREEN, MAKER, reason=WHY)
    assert why(story.do(Withdraw("green"), DESK)) == [("not_the_requester", "green")]
    assert why(story.do(Return("green"), QA, reason="no")) == [("not_allowed_here", "green")]
    story.do(Withdraw("green"), MAKER)
    assert (story.order.rounds, story.order.due_of("green")) == ({}, None)
    assert told(story.last) == [("boss", "taken_back"), ("qa", "taken_back")]


def test_a_field_that_was_approved_with_it_ends_a_lane_and_voids_a_request() -> None:
    story = on_green()
    story.do(Write({"note": "other"}), HOST)
    assert (story.order.lanes, story.order.fields["priority"]) == ({}, "normal")
    story.do(GREEN, DESK, reason=WHY)
    story.do(Write({"note": "another"}), HOST)
    assert story.order.rounds == {}
    assert ("@dora", "stale") in told(story.last)


def test_time_that_stands_still_stays_so_and_goes_on_by_the_plan_of_the_lane() -> None:
    story = urgent()
    story.do(GREEN, DESK, reason=WHY)
    story.do(Approve("green"), BOSS)
    story.do(Hold("wait"), DESK, wait=HOUR)
    story.do(Approve("green"), QA, wait=HOUR)
    assert story.order.due_of("review") is None
    story.do(Release("wait"), DESK, wait=HOUR)
    assert story.order.due_of("review") == NOON + 6 * HOUR
    story.pass_time(now=NOON + 2 * HOUR + 7 * DAY)
    assert story.order.lanes == {}


MANY_LANES = """
stages: {review: {owner: desk, needs: {seen: check}, next: closed}}
approvals: {sign: {steps: [{any: boss}], refused: [{notify: desk}]}}
lanes:
"""
FAST = "  %s: {request: {by: desk}, approval: sign, grants: {clocks: {%s_ring: {within: 1h, owner: desk}}}}\n"


@pytest.mark.parametrize(("lanes", "most"), [(2, 2), (3, 3), (5, 3), (6, 2)])
def test_so_many_lanes_hold_together_as_there_are_plans_for(lanes: int, most: int) -> None:
    names = [f"fast{number}" for number in range(lanes)]
    story = Story(MANY_LANES + "".join(FAST % (name, name) for name in names), {})
    for name in names[:most]:
        story.do(RequestLane(name), DESK)
        story.do(Approve(name), BOSS)
    assert sorted(story.order.lanes) == names[:most]
    assert sorted(story.order.clocks) == sorted(f"{name}_ring" for name in names[:most])
    for name in names[most : most + 1]:
        (refused,) = story.do(RequestLane(name), DESK).blockers
        assert refused.code == "lane_beside"
        assert refused.message("en").endswith(f": an order is on {most} lanes at once at most")


def test_two_lanes_hold_together() -> None:
    story = on_green()
    story.do(RequestLane("third"), DESK)
    story.do(Approve("third"), BOSS)
    story.do(Approve("third"), QA)
    assert sorted(story.order.lanes) == ["green", "third"]
    story.do(Done("seen"), DESK)
    assert ("qa", "loud") in told(story.last)
    story.pass_time(now=NOON + HOUR + 7 * DAY)
    assert list(story.order.lanes) == ["third"]
    story.do(Done("made"), MAKER)
    assert story.order.due_of("ring") == story.now + HOUR


def test_rules_that_come_with_a_lane_do_not_hear_what_happened_before() -> None:
    story = urgent()
    story.do(Done("seen"), DESK)
    story.do(RequestLane("third"), DESK)
    story.do(Approve("third"), BOSS)
    story.do(Approve("third"), QA)
    assert ("qa", "loud") not in told(story.last)
    assert "loud" in story.order.rules


def test_an_end_ends_the_lanes_and_reopening_begins_without() -> None:
    story = on_green()
    story.do(Choose("cancel"), DESK)
    assert (story.stage, story.order.lanes, story.order.wake_at) == ("cancelled", {}, None)


def test_a_stage_in_which_the_order_has_been_is_not_taken_away() -> None:
    story = Story(SHOP, {"type": "plain"})
    story.do(Attach("voucher", "x"), DESK)
    story.do(RequestLane("short"), DESK)
    story.do(Approve("short"), BOSS)
    story.do(Done("seen"), DESK)
    story.do(Done("painted"), MAKER)
    story.do(Done("made"), MAKER)
    assert (story.stage, story.order.rounds) == ("inspect", {})
    assert ("@dora", "stale") in told(story.last)
    assert why(story.do(RequestLane("short"), DESK)) == [("lane_too_late", "short")]


REFUSALS: dict[str, tuple[Callable[[], Story], Command, Principal, str, str]] = {
    "no_such_lane": (urgent, RequestLane("blue"), DESK, WHY, "green"),
    "not_yours": (urgent, GREEN, QA, WHY, ""),
    "reason_missing": (urgent, GREEN, DESK, " ", ""),
    "lane_not_open": (plain, GREEN, DESK, WHY, "type == 'urgent'"),
    "lane_in_force": (on_green, GREEN, DESK, WHY, "Green channel"),
    "lane_quota": (urgent, RequestLane("green", used=3), DESK, WHY, "2 per month"),
    "lane_nobody": (urgent, RequestLane("unready"), DESK, "", "unready"),
    "order_ended": (urgent, GREEN, DESK, WHY, ""),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_lane_is_refused_with_a_reason(code: str) -> None:
    begin, command, by, reason, said = REFUSALS[code]
    story = begin()
    if code == "order_ended":
        story.do(Choose("cancel"), DESK)
    refused = story.do(command, by, reason=reason)
    assert [blocker.code for blocker in refused.blockers] == [code]
    assert said in refused.blockers[0].message("en")
    assert refused.blockers[0].message("zh") != refused.blockers[0].message("en")


def test_nobody_asks_twice_and_only_those_named_end_a_lane_with_a_reason() -> None:
    story = urgent()
    assert why(story.do(RevokeLane("green"), BOSS, reason=WHY)) == [("no_such_lane", "green")]
    story.do(GREEN, DESK, reason=WHY)
    assert why(story.do(GREEN, MAKER, reason=WHY)) == [("lane_asked_for", "green")]
    story.do(Approve("green"), BOSS)
    story.do(Approve("green"), QA)
    assert why(story.do(RevokeLane("green"), DESK, reason=WHY)) == [("not_yours", "green")]
    assert why(story.do(RevokeLane("green"), BOSS)) == [("reason_missing", "green")]


def test_an_explanation_says_which_lanes_are_in_force_asked_for_and_to_be_had() -> None:
    story = on_green()
    story.do(RequestLane("third"), DESK)
    states = {each.lane.name: (each.state, each.by) for each in story.explained.lanes}
    assert states == {
        "green": ("in_force", "dora"),
        "third": ("asked_for", "dora"),
        "short": ("open", ""),
        "unready": ("closed", ""),
    }
    plain = {each.lane.name: each.state for each in Story(SHOP, {"type": "plain"}).explained.lanes}
    assert plain == {"green": "closed", "third": "open", "short": "open", "unready": "closed"}


@pytest.mark.parametrize("clock", ["review", "voucher", "make"])
def test_the_ledger_says_which_lane_moved_a_clock(clock: str) -> None:
    story = on_green()
    if clock == "make":
        story.do(Done("seen"), DESK)
    story.pass_time(now=NOON + HOUR + 7 * DAY)
    noted = [Noted(story.now, "x", "time", "", story.history)]
    ledger = ledger_of(story.plan.of(story.order.fields), noted, story.now, clock=clock)
    causes = [(cause.why, cause.name) for line in ledger.lines for cause in line.causes]
    assert causes.count(("lane", "green")) == {"review": 2, "make": 1, "voucher": 0}[clock]


def test_an_order_from_before_there_were_lanes_is_read_as_it_was() -> None:
    order = Story("stages: {one: {owner: desk, needs: {a: check}, next: closed}}").order
    assert "lanes" not in order.dump()
    assert Order.load(order.dump()).lanes == {}


def test_what_is_wrong_on_a_lane_alone_says_so() -> None:
    broken = SHOP.replace("make: {next: closed}}", "make: {next: inspect}}")
    found = check_process(text_of(broken), "test.yaml").findings
    assert {each.code for each in found if each.severity == "error"} == {"FE202"}
    assert all(
        each.message(lang).count("short") for each in found for lang in LANGUAGES if each.code == "FE202"
    )


def test_a_lane_need_not_fit_a_type_for_which_it_cannot_be_asked() -> None:
    """The type `service` has no stage that `green` could change; nobody can ask for it there."""
    found = check_process(text_of(SHOP.replace("when: type == 'urgent'", "when: amount > 1")), "test.yaml")
    assert {(each.code, each.types, each.lanes) for each in found.findings if each.severity == "error"} >= {
        ("FE102", ("service",), ("green",))
    }
