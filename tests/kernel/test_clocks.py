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


LENGTHLESS = """
order: {fields: {patience: duration, promised: date, n: {type: integer, default: 0}}}
holds: {stop: {by: desk, pauses: all}}
clocks:
  given: {within: patience, until: n.changed}
  dated: {by: promised}
rules: {begun: {after: given.started, then: [{notify: boss}]}}
stages:
  one: {owner: desk, due: {within: patience}, needs: {ok: {check: OK, due: {within: patience}}}, next: closed}
"""


def test_a_clock_begins_when_it_first_has_a_length_whatever_was_held_before() -> None:
    story = Story(LENGTHLESS)
    story.do(Hold("stop"), DESK, wait=HOUR)
    story.do(Release("stop"), DESK, wait=2 * HOUR)
    assert list(story.order.clocks) == ["one"], "what is held of a visit is kept for a length to come"
    decision = story.do(Write({"patience": "3h"}), DESK, wait=2 * HOUR)
    assert told(decision) == [("boss", "begun")]
    assert {name: story.order.due_of(name) for name in ("given", "ok", "one")} == {
        "given": story.now + 3 * HOUR,
        "ok": story.now + 3 * HOUR,
        "one": NOON + 5 * HOUR,
    }
    story.do(Write({"patience": None}), DESK)
    assert {story.order.due_of(name) for name in ("given", "ok", "one")} == {None}


def test_a_clock_that_first_has_a_length_on_hold_begins_standing_still() -> None:
    story = Story(LENGTHLESS)
    story.do(Hold("stop"), DESK, wait=HOUR)
    assert told(story.do(Write({"patience": "3h"}), DESK, wait=HOUR)) == [("boss", "begun")]
    assert story.order.due_of("given") is None
    story.do(Release("stop"), DESK, wait=HOUR)
    assert (story.order.due_of("given"), story.order.due_at) == (story.now + 3 * HOUR, story.now + 2 * HOUR)


def test_what_happens_before_a_clock_has_a_length_does_not_end_it() -> None:
    story = Story(LENGTHLESS)
    story.do(Hold("stop"), DESK)
    story.do(Write({"n": 1}), DESK, wait=HOUR)
    assert "given" not in story.order.clocks
    story.do(Release("stop"), DESK)
    story.do(Write({"patience": "3h", "promised": "2026-05-20"}), DESK)
    assert story.order.due_of("dated") == at("2026-05-21 00:00") - 1
    story.do(Write({"n": 2}), DESK, wait=HOUR)
    assert story.order.clocks["given"].met == story.now


FITFUL = (
    OFFICE
    + """
order: {fields: {on: {type: boolean, default: true}, n: {type: integer, default: 0}}}
holds: {stop: {by: desk, pauses: all}}
clocks:
  answer: {within: 8wh, when: on, late: [{over: 10wh, then: [{notify: boss}]}]}
  quiet: {silent_for: 10h, of: [n.changed], when: on}
stages: {one: {owner: desk, needs: {ok: check}, next: closed}}
"""
)


def late_and_held() -> Story:
    """Due on Saturday the 14th at 16:30; 1.5 h later held, with no time but the holidays in between."""
    story = Story(FITFUL, now=FRIDAY)
    story.do(Hold("stop"), DESK, now=at("2026-02-14 19:00"))
    return story


def late_as_ever(story: Story) -> None:
    """The due time is what it was, and 8.5 h are left until the mark after lateness."""
    assert (story.order.due_of("answer"), story.order.is_late("answer")) == (at("2026-02-14 16:30"), True)
    assert story.order.clocks["answer"].wake == at("2026-02-25 10:00") + 1


def test_what_is_late_keeps_its_due_time_when_it_was_not_due_for_a_while() -> None:
    story = late_and_held()
    story.do(Release("stop"), DESK, now=at("2026-02-24 09:00"))
    late_as_ever(story)
    story.do(Write({"on": False}), DESK)
    assert (story.order.due_of("answer"), story.order.clocks["answer"].wake) == (None, None)
    story.do(Write({"on": True}), DESK, wait=HOUR)
    late_as_ever(story)


def test_so_it_does_when_that_was_while_it_was_held() -> None:
    story = late_and_held()
    story.do(Write({"on": False}), DESK, wait=HOUR)
    assert story.order.due_of("answer") is None
    story.do(Write({"on": True}), DESK, wait=HOUR)
    assert story.order.due_of("answer") == at("2026-02-14 16:30")
    story.do(Release("stop"), DESK, now=at("2026-02-24 09:00"))
    late_as_ever(story)


def test_what_passes_after_lateness_counts_while_it_is_not_due() -> None:
    story = Story(FITFUL, now=FRIDAY)
    story.do(Write({"on": False}), DESK, now=at("2026-02-14 17:00"))
    story.do(Hold("stop"), DESK, now=at("2026-02-14 19:00"))
    story.do(Release("stop"), DESK, now=at("2026-02-24 09:00"))
    story.do(Write({"on": True}), DESK, wait=HOUR)
    late_as_ever(story)


def test_a_silence_broken_while_it_is_held_and_not_due_has_used_no_time() -> None:
    story = Story(FITFUL)
    story.do(Write({"on": False}), DESK)
    story.do(Hold("stop"), DESK, wait=HOUR)
    story.do(Write({"n": 1}), DESK, wait=HOUR)
    story.do(Write({"on": True}), DESK, wait=4 * HOUR)
    story.do(Release("stop"), DESK, wait=HOUR)
    assert story.order.due_of("quiet") == story.now + 10 * HOUR


def test_a_silence_broken_while_it_is_not_due_counts_from_then_until_it_is_held() -> None:
    story = Story(FITFUL)
    story.do(Write({"on": False}), DESK)
    story.do(Write({"n": 1}), DESK, wait=HOUR)
    story.do(Hold("stop"), DESK, wait=HOUR)
    story.do(Write({"on": True}), DESK, wait=4 * HOUR)
    story.do(Release("stop"), DESK, wait=HOUR)
    assert story.order.due_of("quiet") == story.now + 9 * HOUR
