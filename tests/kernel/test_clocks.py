"""Clocks: thresholds with warnings and a ladder of lateness, clocks from any moment, silence and duties."""

from __future__ import annotations

from flowengine.kernel.commands import Attach, Done, Hold, Reckon, Release, Write
from tests.kernel.desk import BOSS, DAY, DESK, HOUR, MAKER, NOON, Story, at, happened, told, why

OFFICE = """
calendars: {office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}}
calendar: office
"""

LADDER = """
stages:
  review:
    owner: desk
    due:
      within: 24h
      warn: [50%, -2h]
      late: [{then: [{notify: boss}]}, {over: 2d, then: [{ask: {why_late: note}}]}]
    needs: {ok: check}
    next: closed
"""


def test_warnings_lateness_and_its_ladder_come_each_once_at_their_own_instant() -> None:
    story = Story(LADDER)
    assert story.order.wake_at == NOON + 12 * HOUR
    assert happened(story.pass_time(12 * HOUR)) == ["warned 50%", "told desk"]
    assert happened(story.pass_time(10 * HOUR)) == ["warned -2h", "told desk"]
    assert happened(story.pass_time(2 * HOUR)) == [], "work done at the very instant is in time"
    assert happened(story.pass_time(1)) == ["late review", "told desk", "told boss"]
    decision = story.pass_time(2 * DAY)
    assert happened(decision) == ["later +2d", "asked why_late"]
    assert decision.events[0].data["at"] == NOON + 3 * DAY
    assert story.order.wake_at is None
    assert story.todo == ["ok", "why_late"]
    story.do(Done("ok"), DESK)
    assert story.stage == "review"
    story.do(Write({"why_late": "the printer"}), DESK)
    assert story.stage == "closed"


def test_after_downtime_each_mark_is_on_record_and_only_the_last_is_told() -> None:
    story = Story(LADDER)
    decision = story.pass_time(30 * HOUR)
    assert happened(decision) == [
        "warned 50%", "told desk", "warned -2h", "told desk", "late review", "told desk", "told boss",
    ]  # fmt: skip
    assert told(decision) == [("desk", "late"), ("boss", "late")]
    assert [e.data["at"] for e in decision.events if e.kind != "told"] == [
        NOON + 12 * HOUR, NOON + 22 * HOUR, NOON + 24 * HOUR,
    ]  # fmt: skip


HELD = (
    OFFICE
    + """
holds:
  customer: {by: desk, pauses: all, release: {by: [desk, boss]}, due: 7d}
  cold: {by: maker, pauses: all, release: {by: boss, needs: {checked: check}}}
stages:
  review: {owner: desk, due: {within: 8wh, warn: [50%]}, needs: {ok: check}, next: closed}
"""
)
FRIDAY = at("2026-02-13 16:00")


def test_eight_working_hours_before_the_spring_festival_end_on_the_make_up_saturday() -> None:
    story = Story(HELD, now=FRIDAY)
    assert story.order.due_at == at("2026-02-14 16:30")


def test_a_hold_stops_the_clock_and_what_is_left_is_exact() -> None:
    story = Story(HELD, now=FRIDAY)
    story.do(Hold("customer"), DESK, now=at("2026-02-14 10:00"), reason="asked for time")
    assert (story.order.due_at, story.order.wake_at) == (None, at("2026-02-21 10:00") + 1)
    assert why(story.do(Release("customer"), MAKER)) == [("not_yours", "customer")]
    story.do(Release("customer"), BOSS, now=at("2026-02-20 10:00"))
    # 2 h on Friday and 1 h on Saturday are used; 5 h are left on the first day after the holidays.
    assert story.order.due_at == at("2026-02-24 15:30")


def test_holds_compose_and_freeze_movement_but_not_work() -> None:
    story = Story(HELD, now=FRIDAY)
    story.do(Hold("customer"), DESK)
    story.do(Hold("cold"), MAKER)
    story.do(Done("ok"), DESK)
    assert story.stage == "review"
    story.do(Release("customer"), DESK)
    assert story.stage == "review"
    assert why(story.do(Release("cold"), BOSS)) == [("need_open", "checked")]
    story.do(Done("checked"), BOSS)
    assert story.stage == "review"
    story.do(Release("cold"), BOSS)
    assert story.stage == "closed"


def test_a_pause_of_no_time_changes_nothing() -> None:
    story = Story(HELD, now=FRIDAY)
    due = story.order.due_at
    story.do(Hold("customer"), DESK, wait=HOUR)
    story.do(Release("customer"), DESK)
    assert story.order.due_at == due


NAMED = (
    OFFICE
    + """
order: {fields: {shipped_at: datetime, stock: {type: integer, default: 0}, waybill: text}}
clocks:
  supplier: {after: order.created, when: stock < 5, within: 48h, owner: maker, needs: {answer: note}}
stages:
  pack:
    owner: desk
    needs: {packed: check}
    clocks:
      copy_in: {after: shipped_at, within: 2h, needs: {waybill_copy: file}}
      quiet: {silent_for: 48h, late: [{notify: boss}]}
      daily: {every: workday, by: "17:00", needs: {progress: note}}
    next: rest
  rest: {owner: desk, needs: {rested: check}, next: closed}
"""
)


def test_a_clock_with_needs_asks_without_blocking() -> None:
    story = Story(NAMED, {"stock": 1})
    assert {item.key: item.due_at for item in story.work}["answer"] == NOON + 48 * HOUR
    story.do(Done("packed"), DESK)
    assert (story.stage, "answer" in story.todo) == ("rest", True)
    story.do(Write({"answer": "yes"}), MAKER)
    assert "answer" not in story.todo
    assert story.order.clocks["supplier"].met == story.now


def test_a_clock_counts_from_its_moment_and_only_once() -> None:
    story = Story(NAMED, {"stock": 9})
    assert "supplier" not in story.order.clocks
    assert "copy_in" not in story.order.clocks
    story.do(Write({"shipped_at": "2026-05-12T12:00"}), DESK, wait=HOUR)
    assert story.order.due_of("copy_in") == NOON + 3 * HOUR
    story.do(Write({"shipped_at": "2026-05-12T12:30"}), DESK, wait=HOUR)
    assert story.order.due_of("copy_in") == NOON + 3 * HOUR
    story.do(Attach("waybill_copy", "w.jpg"), DESK)
    assert story.order.clocks["copy_in"].met == story.now


def test_silence_is_broken_by_whatever_somebody_does() -> None:
    story = Story(NAMED, {"stock": 9})
    story.do(Write({"waybill": "SF1"}), DESK, wait=HOUR)
    assert story.order.due_of("quiet") == NOON + 49 * HOUR
    story = Story(NAMED, {"stock": 9})
    assert ("boss", "late") in told(story.pass_time(48 * HOUR + 1))


def test_a_duty_has_one_window_a_workday() -> None:
    story = Story(NAMED, {"stock": 9})
    tuesday = at("2026-05-12 17:00")
    assert story.order.due_of("daily") == tuesday
    story.do(Write({"progress": "half"}), DESK)
    assert ("progress" in story.todo, story.order.due_of("daily")) == (False, tuesday + DAY)
    story.pass_time(now=at("2026-05-13 00:00"))
    assert "progress" in story.todo
    decision = story.pass_time(now=at("2026-05-13 17:00") + 1)
    assert happened(decision)[:2] == ["late daily", "told desk"]


def test_missed_windows_are_counted_and_one_is_told() -> None:
    story = Story(NAMED, {"stock": 9})
    decision = story.pass_time(now=at("2026-05-18 18:00"))
    late = [event for event in decision.events if event.kind == "late" and event.data["clock"] == "daily"]
    assert sum(event.data.get("missed", 1) for event in late) == 5
    assert story.order.due_of("daily") == at("2026-05-19 17:00")


def test_a_new_calendar_reckons_again_only_when_asked() -> None:
    story = Story(HELD, now=FRIDAY)
    assert happened(story.do(Reckon())) == []
