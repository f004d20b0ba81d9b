"""Until when: due instants, being late once and at once, and a clock that nobody can trust."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Choose, Done, Write
from tests.kernel.desk import DAY, DESK, HOST, HOUR, MAKER, NOON, SHANGHAI, Story, at, happened, told, why

CLOCKED = """
order: {fields: {day: date, instant: datetime}}
stages:
  one:
    owner: maker
    due: 24h
    needs: {made: check, ready: {check: x, by: desk}}
    outcomes: {again: {to: one}}
  two: {owner: desk, due: {by: day}, needs: {seen: check}, outcomes: {back_to_one: {to: one}}}
  three: {owner: desk, due: {by: instant}, needs: {sent: check}, next: closed}
outcomes: {cancel: {from: any, to: cancelled}, reopen: {from: cancelled, to: one}}
"""


def second_stage(**values: object) -> Story:
    """An order in the stage that is due by its field `day`."""
    story = Story(CLOCKED, values)
    for need in ("made", "ready"):
        story.do(Done(need))
    return story


def third_stage(**values: object) -> Story:
    """An order in the stage that is due by its field `instant`."""
    story = second_stage(**values)
    story.do(Done("seen"))
    return story


def test_within_counts_from_entering() -> None:
    story = Story(CLOCKED)
    assert story.order.due_at == NOON + 24 * HOUR
    story.do(Choose("again"), HOST, wait=5 * HOUR)
    assert story.order.due_at == NOON + 29 * HOUR


def test_the_very_due_instant_is_in_time_and_a_millisecond_later_is_late() -> None:
    story = Story(CLOCKED)
    due = NOON + 24 * HOUR
    assert story.order.wake_at == due + 1
    assert story.pass_time(now=due).events == ()
    assert happened(story.pass_time(now=due + 1)) == ["late one", "told maker"]


def test_the_last_need_met_at_the_due_instant_leaves_in_time() -> None:
    story = Story(CLOCKED)
    story.do(Done("made"))
    decision = story.do(Done("ready"), now=NOON + 24 * HOUR)
    assert happened(decision) == ["acted ready", "left one", "entered two"]


def test_late_is_told_to_the_owner_of_the_stage_once_per_visit() -> None:
    story = Story(CLOCKED)
    decision = story.pass_time(25 * HOUR)
    assert told(decision) == [("maker", "late")]
    assert decision.effects[0].data["due"] == NOON + 24 * HOUR
    assert story.order.late
    assert story.order.wake_at is None
    assert story.pass_time(30 * DAY).events == ()
    story.do(Choose("again"), HOST)
    assert not story.order.late
    assert happened(story.pass_time(25 * HOUR)) == ["late one", "told maker"]


def test_lateness_is_recorded_as_of_its_own_instant_however_late_it_is_noticed() -> None:
    story = Story(CLOCKED)
    decision = story.pass_time(90 * DAY)
    assert {event.data["at"] for event in decision.events} == {NOON + 24 * HOUR}


def test_a_late_command_meets_the_lateness_first() -> None:
    story = Story(CLOCKED)
    decision = story.do(Done("made"), MAKER, wait=3 * DAY)
    assert happened(decision) == ["late one", "told maker", "acted made"]
    assert [event.data["at"] for event in decision.events] == [NOON + DAY, NOON + DAY, NOON + 3 * DAY]


def test_a_late_command_that_is_refused_leaves_even_the_lateness_to_the_next() -> None:
    story = Story(CLOCKED)
    assert why(story.do(Done("nonsense"), MAKER, wait=3 * DAY)) == [("no_such_need", "nonsense")]
    assert not story.order.late
    assert happened(story.pass_time()) == ["late one", "told maker"]


def test_an_order_that_ended_is_never_late() -> None:
    story = Story(CLOCKED)
    story.do(Choose("cancel"), DESK)
    assert (story.order.due_at, story.order.wake_at) == (None, None)
    assert story.pass_time(900 * DAY).events == ()


def test_reopened_it_has_a_due_time_of_its_own() -> None:
    story = Story(CLOCKED)
    story.do(Choose("cancel"), DESK)
    story.do(Choose("reopen"), DESK, wait=10 * DAY)
    assert story.order.due_at == NOON + 11 * DAY


# The last instant of the day, as clocks in the zone of the process show it.
END_OF_DAY: dict[str, tuple[str, str, str]] = {
    "Shanghai has no summer time": (SHANGHAI, "2026-05-20", "2026-05-20T15:59:59.999Z"),
    "New York, an ordinary day": ("America/New_York", "2026-05-20", "2026-05-21T03:59:59.999Z"),
    "New York, 23 hours long": ("America/New_York", "2027-03-14", "2027-03-15T03:59:59.999Z"),
    "New York, 25 hours long": ("America/New_York", "2026-11-01", "2026-11-02T04:59:59.999Z"),
    "Chatham, a quarter of an hour off": ("Pacific/Chatham", "2026-06-20", "2026-06-20T11:14:59.999Z"),
    "Chatham in summer": ("Pacific/Chatham", "2026-12-20", "2026-12-20T10:14:59.999Z"),
    "Havana, whose midnight comes twice": ("America/Havana", "2026-10-31", "2026-11-01T03:59:59.999Z"),
    "Beirut, whose midnight is skipped": ("Asia/Beirut", "2027-03-27", "2027-03-27T21:59:59.999Z"),
    "UTC, a leap day": ("UTC", "2028-02-29", "2028-02-29T23:59:59.999Z"),
}


@pytest.mark.parametrize(("zone", "day", "utc"), END_OF_DAY.values(), ids=END_OF_DAY)
def test_a_date_means_through_the_last_instant_of_that_day(zone: str, day: str, utc: str) -> None:
    story = Story(CLOCKED, {"day": day}, zone=zone)
    for need in ("made", "ready"):
        story.do(Done(need))
    due = at(utc.removesuffix("Z"), "UTC")
    assert story.order.due_at == due
    assert happened(story.pass_time(now=due)) == []
    assert happened(story.pass_time(now=due + 1)) == ["late two", "told desk"]


INSTANTS: dict[str, tuple[str, int]] = {
    "without an offset: in the zone of the process": ("2026-05-20 10:00", at("2026-05-20 10:00")),
    "with an offset": ("2026-05-20T10:00:00+02:00", at("2026-05-20 08:00", "UTC")),
    "in UTC": ("2026-05-20T10:00:00Z", at("2026-05-20 10:00", "UTC")),
    "to the millisecond": ("2026-05-20T10:00:00.123Z", at("2026-05-20 10:00", "UTC") + 123),
}


@pytest.mark.parametrize(("written", "due"), INSTANTS.values(), ids=INSTANTS)
def test_a_datetime_means_that_instant(written: str, due: int) -> None:
    assert third_stage(instant=written).order.due_at == due


def test_while_the_field_is_empty_there_is_no_due_time() -> None:
    story = second_stage()
    assert (story.order.due_at, story.order.wake_at) == (None, None)
    assert story.pass_time(900 * DAY).events == ()


MOVED: dict[str, tuple[str | None, str | None]] = {
    "set": (None, "2026-05-20"),
    "moved on": ("2026-05-20", "2026-05-25"),
    "moved forward": ("2026-05-20", "2026-05-15"),
    "taken away": ("2026-05-20", None),
}


@pytest.mark.parametrize(("before", "after"), MOVED.values(), ids=MOVED)
def test_when_the_field_changes_the_due_time_does_with_old_and_new_on_record(
    before: str | None, after: str | None
) -> None:
    def end(day: str | None) -> int | None:
        return None if day is None else at(f"{day} 23:59:59.999")

    story = second_stage(day=before)
    decision = story.do(Write({"day": after}), DESK)
    assert happened(decision)[0] == "set day"
    moved = decision.events[1].data
    assert (moved["due"], moved.get("was"), moved["at"]) == (end(after), end(before), story.now)
    assert story.order.due_at == end(after)


def test_a_field_that_is_not_the_one_of_this_stage_leaves_the_due_time_alone() -> None:
    story = Story(CLOCKED)
    assert happened(story.do(Write({"day": "2026-05-20"}), DESK)) == ["set day"]


def test_late_and_moved_on_it_is_in_time_again_and_can_be_late_again() -> None:
    story = second_stage(day="2026-05-13")
    story.pass_time(now=at("2026-05-14 08:00"))
    assert story.order.late
    story.do(Write({"day": "2026-05-20"}), DESK)
    assert not story.order.late
    assert happened(story.pass_time(now=at("2026-05-21 00:00"))) == ["late two", "told desk"]


STILL_LATE: dict[str, str] = {
    "to an earlier day": "2026-05-12",
    "to a later day that has passed too": "2026-05-14",
}


@pytest.mark.parametrize("day", STILL_LATE.values(), ids=STILL_LATE)
def test_late_and_moved_within_the_past_it_stays_late_and_nobody_is_told_again(day: str) -> None:
    story = second_stage(day="2026-05-13")
    story.pass_time(now=at("2026-05-15 08:00"))
    assert happened(story.do(Write({"day": day}), DESK)) == ["set day", "moved two"]
    assert story.order.late
    assert story.pass_time(DAY).events == ()


def test_late_and_without_a_date_any_more_it_is_late_no_longer() -> None:
    story = second_stage(day="2026-05-13")
    story.pass_time(now=at("2026-05-14 08:00"))
    story.do(Write({"day": None}), DESK)
    assert (story.order.late, story.order.due_at) == (False, None)


def test_a_stage_entered_after_its_date_is_late_from_the_moment_it_is_entered() -> None:
    story = second_stage(day="2026-05-01")
    assert story.order.due_at == at("2026-05-01 23:59:59.999")
    decision = story.pass_time(HOUR)
    assert happened(decision) == ["late two", "told desk"]
    assert {event.data["at"] for event in decision.events} == {NOON}


def test_history_never_goes_back_in_time() -> None:
    story = second_stage(day="2026-05-13")
    story.do(Write({"day": "2026-05-12"}), DESK, now=at("2026-05-13 09:00"))
    story.do(Write({"day": "2026-05-11"}), DESK, now=at("2026-05-13 10:00"))
    story.pass_time(DAY)
    instants = [event["at"] for event in story.history]
    assert instants == sorted(instants)


def test_a_clock_that_goes_back_stands_still() -> None:
    story = Story(CLOCKED)
    story.do(Done("made"), now=NOON + 2 * HOUR)
    decision = story.do(Done("ready"), now=NOON - 5 * DAY)
    assert {event.data["at"] for event in decision.events} == {NOON + 2 * HOUR}
    assert story.order.entered_at == NOON + 2 * HOUR


def test_a_clock_that_goes_back_does_not_take_lateness_back() -> None:
    story = Story(CLOCKED)
    story.pass_time(25 * HOUR)
    assert story.pass_time(now=NOON).events == ()
    assert story.order.late


WAITING = """
stages:
  offer: {owner: desk, due: 2d, needs: {expired: {that: has(offer.late)}}, outcomes: {accepted: {to: make}}}
  chase: {owner: desk, due: 1d, needs: {called: check}, outcomes: {accepted: {to: make}}, next: closed}
  make: {owner: maker, needs: {made: check}, next: closed}
"""


@pytest.mark.parametrize(
    "ticked", [True, False], ids=["time was played in between", "the command comes first"]
)
def test_what_lateness_moves_has_moved_when_a_late_command_comes(ticked: bool) -> None:
    story = Story(WAITING)
    if ticked:
        story.pass_time(now=NOON + 2 * DAY + 1)
    story.do(Done("called"), DESK, now=NOON + 2 * DAY + HOUR)
    assert story.stage == "closed"


def test_what_lateness_moves_moves_as_of_the_instant_of_lateness() -> None:
    story = Story(WAITING)
    decision = story.pass_time(30 * DAY)
    assert happened(decision) == [
        "late offer", "told desk", "left offer", "entered chase", "started chase", "late chase", "told desk",
    ]  # fmt: skip
    assert [event.data["at"] for event in decision.events] == [*[NOON + 2 * DAY] * 5, *[NOON + 3 * DAY] * 2]
    assert story.order.due_at == NOON + 3 * DAY
