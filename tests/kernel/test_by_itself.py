"""Outcomes that nobody chooses, ways back from a detour, and stages that open later."""

from __future__ import annotations

from flowengine.kernel.commands import Choose, Done, Write
from tests.kernel.desk import DAY, DESK, HOUR, MAKER, NOON, QA, Story, at, happened, told, why

BY_ITSELF = """
order: {fields: {stock: {type: integer, default: 5}, is_lost: boolean}}
stages:
  wait:
    owner: desk
    due: 1d
    needs: {packed: check}
    outcomes:
      out_of_stock: {when: stock == 0, to: buy, then: [{notify: maker}]}
      too_slow: {after: wait.late, to: buy, at_most: 1, beyond: [{move: cancelled}]}
      hand_over: {after: packed, when: stock > 8, needs: {labelled: check}, to: closed}
    next: closed
  buy: {owner: maker, needs: {bought: check}, next: wait}
outcomes:
  lost: {from: any, when: has(is_lost) and is_lost, to: cancelled}
  fix: {from: any, edits: [stock, is_lost]}
ends: {cancelled: {kind: cancelled, then: [{notify: [desk, qa]}]}}
"""
DETOUR = """
order: {fields: {start: date}}
stages:
  make: {owner: maker, needs: {made: check}, outcomes: {ask: {to: clarify}}, next: test}
  test: {owner: qa, needs: {tested: check}, outcomes: {ask_too: {to: clarify}}, next: closed}
  clarify:
    owner: desk
    outcomes: {answered: {to: back}, pass_on: {to: legal, at_most: 1, beyond: [{move: back}]}}
  legal: {owner: desk, needs: {seen: check}, outcomes: {ruled: {to: back}}, next: clarify}
"""
OPENS = """
order: {fields: {start: date, note: text}}
stages:
  plan: {owner: desk, needs: {planned: check}, next: make}
  make:
    owner: maker
    opens: start - 12h
    due: 2h
    needs: {made: check}
    outcomes: {stop: {to: cancelled}}
    next: closed
outcomes: {move_start: {from: any, edits: [start]}, cancel: {from: any, to: cancelled, until: start}}
"""


def test_an_outcome_happens_as_soon_as_its_condition_holds() -> None:
    story = Story(BY_ITSELF)
    decision = story.do(Choose("fix", {"stock": 0}))
    assert happened(decision)[2:4] == ["chosen wait.out_of_stock", "told maker"]
    assert story.stage == "buy"
    assert decision.events[2].data["itself"] is True


def test_nobody_chooses_it() -> None:
    assert why(Story(BY_ITSELF).do(Choose("out_of_stock"))) == [("by_itself", "out_of_stock")]


def test_an_outcome_follows_a_moment_of_this_visit_only() -> None:
    story = Story(BY_ITSELF)
    story.pass_time(DAY + 1)
    assert story.stage == "buy"
    story.do(Done("bought"), MAKER)
    assert story.stage == "wait"  # the lateness of the visit before counts no more


def test_counted_it_goes_on_to_what_is_beyond() -> None:
    story = Story(BY_ITSELF)
    story.pass_time(DAY + 1)
    story.do(Done("bought"), MAKER)
    decision = story.pass_time(DAY + 1)
    assert story.stage == "cancelled"
    assert [role for role, _ in told(decision)] == ["desk", "desk", "qa"]


def test_it_waits_for_needs_of_its_own_and_a_stage_that_is_complete_goes_on() -> None:
    story = Story(BY_ITSELF, {"stock": 9})
    story.do(Done("packed"))
    assert story.stage == "closed"
    story = Story(BY_ITSELF, {"stock": 9})
    story.do(Done("labelled"))
    assert happened(story.do(Done("packed")))[1] == "chosen wait.hand_over"


def test_one_of_the_whole_order_happens_everywhere() -> None:
    story = Story(BY_ITSELF)
    story.do(Choose("fix", {"stock": 0}))
    story.do(Choose("fix", {"is_lost": True}))
    assert story.stage == "cancelled"


def test_back_returns_to_where_the_detour_began() -> None:
    for need, outcome, origin in (("made", "ask_too", "test"), (None, "ask", "make")):
        story = Story(DETOUR)
        if need:
            story.do(Done(need))
        story.do(Choose(outcome))
        assert (story.stage, story.order.origin) == ("clarify", origin)
        story.do(Choose("answered"))
        assert (story.stage, story.order.origin) == (origin, "")


def test_several_detours_return_to_the_first_origin() -> None:
    story = Story(DETOUR)
    story.do(Choose("ask"))
    story.do(Choose("pass_on"))
    story.do(Choose("ruled"))
    assert story.stage == "make"


def test_beyond_its_count_an_outcome_may_go_back_too() -> None:
    story = Story(DETOUR)
    for _ in range(2):
        story.do(Choose("ask"))
        story.do(Choose("pass_on"))
        if story.stage == "legal":
            story.do(Choose("ruled"))
    assert story.stage == "make"


def test_whoever_came_by_the_normal_way_has_nowhere_to_go_back_to() -> None:
    story = Story(DETOUR)
    story.do(Choose("ask"))
    story.do(Choose("pass_on"))
    story.do(Done("seen"))
    assert (story.stage, story.order.origin) == ("clarify", "")
    assert why(story.do(Choose("answered"))) == [("nowhere_back", "answered")]


def test_before_it_opens_a_stage_takes_no_work() -> None:
    story = Story(OPENS, {"start": "2026-05-14"})
    story.do(Done("planned"), DESK)
    opens = at("2026-05-13 12:00")
    assert (story.stage, story.todo, story.order.due_at) == ("make", [], None)
    assert (story.order.opens_at, story.order.wake_at) == (opens, opens)
    assert why(story.do(Done("made"), MAKER)) == [("not_open_yet", "make")]
    assert why(story.do(Choose("stop"), MAKER)) == [("not_open_yet", "make")]
    assert why(story.explained) == [("not_open_yet", "make")]
    decision = story.pass_time(now=opens)
    assert happened(decision) == ["opened make", "started make"]
    assert (story.todo, story.order.due_at) == (["made"], opens + 2 * HOUR)


def test_it_stays_shut_while_nobody_knows_when_and_follows_its_date() -> None:
    story = Story(OPENS)
    story.do(Done("planned"), DESK)
    assert (story.order.shut, story.order.wake_at) == (True, None)
    story.do(Choose("move_start", {"start": "2026-06-01"}), DESK)
    assert story.order.opens_at == at("2026-05-31 12:00")
    decision = story.do(Choose("move_start", {"start": "2026-05-12"}), DESK)
    assert "opened make" in happened(decision)
    story.do(Choose("move_start", {"start": "2026-08-01"}), DESK)
    assert story.todo == ["made"]  # once open, a visit stays open


def test_an_outcome_is_open_until_its_point_in_time() -> None:
    story = Story(OPENS, {"start": "2026-05-12"})
    assert why(story.do(Choose("cancel"), now=at("2026-05-13 00:00"))) == [("too_late", "cancel")]
    story = Story(OPENS, {"start": "2026-05-12"})
    story.do(Choose("cancel"), now=at("2026-05-13 00:00") - 1)
    assert story.stage == "cancelled"


def test_a_field_may_be_written_while_the_stage_is_shut() -> None:
    story = Story(OPENS, {"start": "2026-05-14"})
    story.do(Done("planned"), DESK)
    story.do(Write({"note": "soon"}), MAKER)
    assert story.order.fields["note"] == "soon"
    assert story.order.entered_at == NOON
    assert why(story.do(Done("made"), QA)) == [("not_yours", "made")]
