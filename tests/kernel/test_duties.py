"""Duties and silences: what is asked in every period, and what is heard of for too long."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Choose, Done, Hold, Reckon, Release, Write
from tests.kernel.desk import DAY, DESK, HOUR, MINUTE, NOON, SHANGHAI, Story, at, happened, plan_of, told

DUTY = """
calendars:
  office: {{zone: {zone}, holidays: {holidays}, week: {{mon-fri: ["09:00-12:00", "13:30-18:00"]}}}}
calendar: office
order: {{fields: {{on: {{type: boolean, default: true}}, n: {{type: integer, default: 0}}}}}}
holds: {{stop: {{by: desk, pauses: all}}}}
clocks: {{daily: {{{duty}, needs: {{progress: note}}}}}}
stages:
  one: {{owner: desk, needs: {{ok: check}}, outcomes: {{away: {{to: two}}}}, next: closed}}
  two: {{owner: maker, needs: {{b: check}}, next: closed}}
outcomes: {{reopen: {{from: closed, to: one}}}}
"""


def story_of(duty: str, start: str = "2026-05-12 12:00", zone: str = SHANGHAI, holidays: str = "CN") -> Story:
    """An order with that duty, opened then."""
    return Story(DUTY.format(duty=duty, zone=zone, holidays=holidays), now=at(start, zone))


def told_progress(story: Story, when: str) -> list[str]:
    """Do the duty then."""
    return happened(story.do(Write({"progress": "well"}), DESK, now=at(when)))


# The first three cut-offs of each period, for an order opened on Tuesday 2026-05-12 at noon.
PERIODS: dict[str, tuple[str, list[str]]] = {
    "each workday": ('every: workday, by: "17:00"', ["05-12 17:00", "05-13 17:00", "05-14 17:00"]),
    "a cut-off that is over today": (
        'every: workday, by: "11:00"',
        ["05-13 11:00", "05-14 11:00", "05-15 11:00"],
    ),
    "each day": ('every: day, by: "17:00"', ["05-12 17:00", "05-13 17:00", "05-14 17:00"]),
    "each week, on its last workday": (
        'every: week, by: "17:00"',
        ["05-15 17:00", "05-22 17:00", "05-29 17:00"],
    ),
    "each month": ('every: month, by: "17:00"', ["05-29 17:00", "06-30 17:00", "07-31 17:00"]),
    "every two days": ("every: 2d", ["05-14 12:00", "05-16 12:00", "05-18 12:00"]),
    "by cron": ('every: "30 8 * * 1,4"', ["05-14 08:30", "05-18 08:30", "05-21 08:30"]),
}


@pytest.mark.parametrize(("duty", "due"), PERIODS.values(), ids=PERIODS.keys())
def test_a_duty_that_nobody_does_is_late_once_in_each_period(duty: str, due: list[str]) -> None:
    story = story_of(duty)
    for each in due:
        instant = at(f"2026-{each}")
        assert story.order.due_of("daily") == instant
        assert "late daily" not in happened(story.pass_time(now=instant))
        assert happened(story.pass_time(now=instant + 1))[:2] == ["late daily", "told desk"]


@pytest.mark.parametrize(("duty", "due"), PERIODS.values(), ids=PERIODS.keys())
def test_a_duty_that_is_done_in_time_is_asked_again_in_the_next_period(duty: str, due: list[str]) -> None:
    story = story_of(duty)
    for each in due:
        instant = at(f"2026-{each}")
        story.pass_time(now=instant)
        assert "progress" in story.todo
        assert happened(story.do(Write({"progress": "well"}), DESK))[:2] == ["acted progress", "kept daily"]
        assert story.order.due_of("daily") > instant
    assert not any(event["event"] == "late" for event in story.history)


def test_on_a_holiday_no_duty_of_workdays_is_due_and_on_a_make_up_day_it_is() -> None:
    story = story_of('every: workday, by: "17:00"', "2026-02-13 17:30")
    assert story.order.due_of("daily") == at("2026-02-14 17:00"), "a Saturday that makes up for the festival"
    told_progress(story, "2026-02-14 10:00")
    assert story.order.due_of("daily") == at("2026-02-24 17:00")


def test_what_was_done_for_one_window_does_not_count_for_the_next() -> None:
    story = story_of('every: workday, by: "17:00"')
    told_progress(story, "2026-05-12 13:00")
    assert "progress" not in story.todo
    story.pass_time(now=at("2026-05-13 00:00"))
    assert "progress" in story.todo
    assert "progress" not in story.order.acts


def test_after_downtime_one_is_told_and_all_are_counted() -> None:
    story = story_of('every: workday, by: "17:00", late: [{notify: boss}]')
    decision = story.pass_time(now=at("2026-05-20 08:00"))
    assert told(decision) == [("desk", "late"), ("boss", "late")]
    late = [event.data for event in decision.events if event.kind == "late"]
    assert [(each["missed"], each["first"], each["due"]) for each in late] == [
        (6, at("2026-05-12 17:00"), at("2026-05-19 17:00"))
    ]


def test_beside_another_clock_too_only_the_last_of_several_is_told() -> None:
    text = DUTY.format(duty='every: workday, by: "17:00"', zone=SHANGHAI, holidays="CN")
    story = Story(text.replace("clocks: {daily", "clocks: {nightly: {every: day, needs: {x: check}}, daily"))
    decision = story.pass_time(now=at("2026-05-20 08:00"))
    late = [event.data for event in decision.events if event.kind == "late"]
    assert sum(each.get("missed", 1) for each in late if each["clock"] == "daily") == 6
    assert sum(each.get("missed", 1) for each in late if each["clock"] == "nightly") == 8
    assert len(told(decision)) == 2


def test_ten_years_of_downtime_are_caught_up_with_at_once() -> None:
    story = story_of("every: 30m")
    decision = story.pass_time(3650 * DAY)
    assert len(decision.events) < 10
    assert [e.data["missed"] for e in decision.events if e.kind == "late"] == [3650 * 48 - 1]


@pytest.mark.parametrize(
    "looks", [[20], [1, 2, 3, 4, 5, 6, 7, 8, 20], [5, 20]], ids=["once", "often", "twice"]
)
def test_a_duty_ends_after_so_many_windows(looks: list[int]) -> None:
    story = story_of("every: 2d, at_most: 3")
    for day in looks:
        story.pass_time(now=NOON + day * DAY)
    assert sum(e.get("missed", 1) for e in story.history if e["event"] == "late") == 3
    cycle = story.order.clocks["daily"]
    assert (cycle.met, cycle.round, story.order.wake_at) == (NOON + 6 * DAY, 3, None)
    assert "progress" not in story.todo


def test_a_window_that_passes_on_hold_is_excused() -> None:
    story = story_of('every: workday, by: "17:00"')
    story.do(Hold("stop"), DESK, wait=HOUR)
    assert story.order.wake_at is None
    decision = story.do(Release("stop"), DESK, now=at("2026-05-15 10:00"))
    assert "late daily" not in happened(decision)
    assert story.order.due_of("daily") == at("2026-05-15 17:00")
    assert "progress" in story.todo


def test_a_window_that_is_still_open_on_release_counts() -> None:
    story = story_of('every: workday, by: "17:00", warn: [-1h]')
    story.do(Hold("stop"), DESK, wait=HOUR)
    story.do(Release("stop"), DESK, wait=2 * HOUR)
    assert (story.order.due_of("daily"), story.order.wake_at) == (
        at("2026-05-12 17:00"),
        at("2026-05-12 16:00"),
    )
    assert happened(story.pass_time(2 * HOUR)) == ["warned -1h", "told desk"]


def test_a_duty_done_on_hold_is_kept_all_the_same() -> None:
    story = story_of('every: workday, by: "17:00"')
    story.do(Hold("stop"), DESK, wait=HOUR)
    assert "kept daily" in told_progress(story, "2026-05-12 16:00")
    assert (story.order.wake_at, "progress" in story.todo) == (None, False)
    story.do(Release("stop"), DESK, wait=HOUR)
    assert (story.order.due_of("daily"), story.todo) == (at("2026-05-13 17:00"), ["ok"])


def test_before_its_window_opens_a_duty_asks_nothing_on_hold_either() -> None:
    story = story_of('every: workday, by: "17:00"')
    told_progress(story, "2026-05-12 13:00")
    story.do(Hold("stop"), DESK, wait=HOUR)
    assert story.todo == ["ok"]


def test_a_duty_counts_while_its_condition_holds() -> None:
    story = story_of('every: workday, by: "17:00", when: on')
    story.do(Write({"on": False}), DESK)
    assert story.pass_time(10 * DAY).events == ()
    story.do(Write({"on": True}), DESK)
    assert story.order.due_of("daily") == at("2026-05-22 17:00")


def test_a_duty_of_the_order_goes_on_from_stage_to_stage_and_ends_with_it() -> None:
    story = story_of('every: workday, by: "17:00"')
    story.do(Write({"progress": "half"}), DESK)
    due = story.order.due_of("daily")
    story.do(Choose("away"), DESK)
    assert (story.order.due_of("daily"), story.todo) == (due, ["b"])
    story.do(Done("b"))
    assert (story.stage, story.order.clocks) == ("closed", {})
    story.do(Choose("reopen"), DESK, wait=7 * DAY)
    assert story.order.due_of("daily") == at("2026-05-19 17:00")


NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("duty", "start", "due"),
    [
        ('every: day, by: "02:30"', "2026-03-07 12:00", ["2026-03-08 03:00", "2026-03-09 02:30"]),
        ('every: day, by: "01:30"', "2026-10-31 12:00", ["2026-11-01 01:30", "2026-11-02 01:30"]),
        ("every: day", "2026-10-31 12:00", ["2026-10-31 23:59:59.999", "2026-11-01 23:59:59.999"]),
        ('every: "30 2 * * *"', "2026-03-07 12:00", ["2026-03-08 03:00", "2026-03-09 02:30"]),
        ('every: "30 1 * * *"', "2026-10-31 12:00", ["2026-11-01 01:30", "2026-11-02 01:30"]),
        ("every: 1d", "2026-03-07 12:00", ["2026-03-08 13:00", "2026-03-09 13:00"]),
    ],
    ids=["skipped hour", "repeated hour", "end of day", "cron, skipped", "cron, repeated", "24 hours"],
)
def test_the_clocks_of_new_york_make_no_duty_come_twice_or_never(
    duty: str, start: str, due: list[str]
) -> None:
    story = story_of(duty, start, NEW_YORK, "none")
    for each in due:
        assert story.order.due_of("daily") == at(each, NEW_YORK)
        story.pass_time(now=at(each, NEW_YORK) + 1)
    assert sum(event.get("missed", 1) for event in story.history if event["event"] == "late") == len(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-06 12:00", "2026-03-10 12:00"),
        ("2026-10-30 12:00", "2026-11-03 12:00"),
        ("2026-03-06 02:30", "2026-03-10 02:30"),
    ],
    ids=["spring", "autumn", "an hour that is skipped on Sunday"],
)
def test_two_working_days_over_a_change_of_the_clocks_end_at_the_same_time_of_day(
    start: str, due: str
) -> None:
    story = Story(DUTY.format(duty="within: 2wd", zone=NEW_YORK, holidays="none"), now=at(start, NEW_YORK))
    assert story.order.due_of("daily") == at(due, NEW_YORK)


SILENT = """
order: {fields: {place: text, n: {type: integer, default: 0}}}
holds: {stop: {by: desk, pauses: all}}
clocks:
  stuck: {silent_for: 24h, of: place.changed, warn: [50%], late: [{notify: boss}]}
  quiet: {silent_for: 24h}
stages:
  one: {owner: desk, needs: {ok: check}, next: two}
  two: {owner: desk, needs: {b: check}, next: closed}
"""


def test_only_the_moments_of_a_silence_break_it() -> None:
    story = Story(SILENT)
    story.do(Write({"n": 1}), DESK, wait=10 * HOUR)
    assert (story.order.due_of("stuck"), story.order.due_of("quiet")) == (NOON + DAY, NOON + 34 * HOUR)
    story.do(Write({"place": "Wuhan"}), DESK, wait=HOUR)
    assert (story.order.due_of("stuck"), story.order.due_of("quiet")) == (NOON + 35 * HOUR, NOON + 35 * HOUR)


def test_each_silence_is_late_once_and_begins_anew_when_it_is_broken() -> None:
    story = Story(SILENT)
    assert told(story.pass_time(5 * DAY)).count(("boss", "late")) == 1
    assert told(story.pass_time(5 * DAY)) == []
    story.do(Write({"place": "Wuhan"}), DESK)
    assert not story.order.is_late("stuck")
    assert told(story.pass_time(DAY + MINUTE)).count(("boss", "late")) == 1


def test_on_hold_a_silence_stands_still_and_what_happens_still_breaks_it() -> None:
    story = Story(SILENT)
    story.do(Hold("stop"), DESK, wait=4 * HOUR)
    assert (story.order.due_of("stuck"), story.order.wake_at) == (None, None)
    story.do(Release("stop"), DESK, wait=10 * HOUR)
    assert story.order.due_of("stuck") == NOON + 34 * HOUR
    assert story.order.due_of("quiet") == NOON + 38 * HOUR, "whoever lets the order go on has spoken"
    story.do(Hold("stop"), DESK)
    story.do(Write({"place": "Wuhan"}), DESK, wait=HOUR)
    story.do(Release("stop"), DESK, wait=HOUR)
    assert story.order.due_of("stuck") == story.now + DAY


def test_what_the_order_does_by_itself_breaks_no_silence() -> None:
    story = Story(
        SILENT.replace("clocks:", "rules: {r: {at: order.created + 5h, then: [{set: {n: 3}}]}}\nclocks:")
    )
    story.pass_time(6 * HOUR)
    assert story.order.fields["n"] == 3
    assert story.order.due_of("quiet") == NOON + DAY


CLOSED = "CN, days: {2026-02-14: closed}"


def by_calendar(story: Story, duty: str, holidays: str) -> None:
    """Let the calendar of the story be another from now on."""
    story.plan = plan_of(DUTY.format(duty=duty, zone=SHANGHAI, holidays=holidays))


@pytest.mark.parametrize(
    ("start", "before", "after", "was", "due"),
    [
        ("2026-02-13 18:00", "CN", CLOSED, "2026-02-14 17:00", "2026-02-24 17:00"),
        ("2026-02-14 10:00", "CN", CLOSED, "2026-02-14 17:00", "2026-02-24 17:00"),
        ("2026-02-13 18:00", CLOSED, "CN", "2026-02-24 17:00", "2026-02-14 17:00"),
    ],
    ids=["a day that is none any more", "today", "a day that is one now"],
)
def test_the_window_of_a_duty_is_reckoned_again_when_asked(
    start: str, before: str, after: str, was: str, due: str
) -> None:
    duty = 'every: workday, by: "17:00"'
    story = story_of(duty, start, holidays=before)
    by_calendar(story, duty, after)
    assert happened(story.pass_time()) == []
    moved = story.do(Reckon()).events[0].data
    assert (moved["did"], moved["was"], moved["due"]) == ("moved", at(was), at(due))
    assert "late daily" not in happened(story.pass_time(now=at(due)))
    assert "late daily" in happened(story.pass_time(1))


def test_a_window_that_is_open_stays_open_and_moves_its_end() -> None:
    duty = 'every: week, by: "17:00"'
    story = story_of(duty, "2026-02-13 10:00")
    assert (story.order.due_of("daily"), "progress" in story.todo) == (at("2026-02-14 17:00"), True)
    by_calendar(story, duty, CLOSED)
    assert happened(story.do(Reckon())) == ["moved daily"]
    assert (story.order.due_of("daily"), "progress" in story.todo) == (at("2026-02-13 17:00"), True)


def test_what_was_kept_is_not_asked_again_when_it_is_reckoned() -> None:
    duty = 'every: workday, by: "17:00"'
    story = story_of(duty, "2026-02-13 09:00")
    told_progress(story, "2026-02-13 10:00")
    by_calendar(story, duty, CLOSED)
    story.do(Reckon())
    assert (story.order.due_of("daily"), story.todo) == (at("2026-02-24 17:00"), ["ok"])


def test_a_duty_on_hold_is_reckoned_too_and_goes_on_by_it() -> None:
    duty = 'every: workday, by: "17:00"'
    story = story_of(duty, "2026-02-14 09:00")
    story.do(Hold("stop"), DESK, wait=HOUR)
    by_calendar(story, duty, CLOSED)
    assert happened(story.do(Reckon())) == ["moved daily"]
    assert story.order.wake_at is None
    story.do(Release("stop"), DESK, wait=HOUR)
    assert (story.order.due_of("daily"), story.todo) == (at("2026-02-24 17:00"), ["ok"])
    assert story.order.wake_at == at("2026-02-24 00:00")
