"""Working time by a calendar: worked values, the borders of shifts and days, and what must not matter."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from flowengine.calendars.calendar import Calendar, NoWorkingTime, always
from flowengine.definition.lengths import length
from tests.calendars.offices import ALL_DAY, CLOSED, CN_OFFICE, NEW_YORK, NIGHTS, OFFICE, SHANGHAI, at, told

HOUR = 3_600_000
CASES = {
    "eight hours over a make-up saturday": (CN_OFFICE, "2026-02-13 16:00", "8wh", "2026-02-14 16:30"),
    "over the spring festival": (CN_OFFICE, "2026-02-14 17:00", "2wh", "2026-02-24 10:00"),
    "what ends with the shift stays there": (CN_OFFICE, "2026-02-12 16:00", "2wh", "2026-02-12 18:00"),
    "what ends with the morning stays there": (CN_OFFICE, "2026-02-12 11:00", "1wh", "2026-02-12 12:00"),
    "begun at noon": (CN_OFFICE, "2026-02-12 12:30", "1wh", "2026-02-12 14:30"),
    "begun at night": (CN_OFFICE, "2026-02-11 23:00", "1wh", "2026-02-12 10:00"),
    "a working day later, the same time": (CN_OFFICE, "2026-02-11 14:00", "1wd", "2026-02-12 14:00"),
    "two over a weekend": (CN_OFFICE, "2026-01-09 14:00", "2wd", "2026-01-13 14:00"),
    "a saturday has no time of its own": (CN_OFFICE, "2026-01-10 14:00", "1wd", "2026-01-13 00:00"),
    "a make-up day is a workday": (CN_OFFICE, "2026-02-13 10:00", "1wd", "2026-02-14 10:00"),
    "from a make-up day over the festival": (CN_OFFICE, "2026-02-14 10:00", "1wd", "2026-02-24 10:00"),
    "elapsed time runs on": (CN_OFFICE, "2026-02-14 10:00", "2d", "2026-02-16 10:00"),
    "a night has eight hours": (NIGHTS, "2026-02-12 22:00", "8wh", "2026-02-13 06:00"),
    "seven when clocks go forward": (NIGHTS, "2026-03-28 22:00", "7wh", "2026-03-29 06:00"),
    "nine when they go back": (NIGHTS, "2026-10-24 22:00", "9wh", "2026-10-25 06:00"),
    "a day over the gap, by the clock": (ALL_DAY, "2026-03-28 14:00", "1wd", "2026-03-29 14:00"),
    "a day into the gap ends with it": (ALL_DAY, "2026-03-28 02:30", "1wd", "2026-03-29 03:00"),
    "a day over the fold, by the clock": (ALL_DAY, "2026-10-24 14:00", "1wd", "2026-10-25 14:00"),
    "a day of working hours over the fold": (ALL_DAY, "2026-10-24 14:00", "25wh", "2026-10-25 14:00"),
    "in new york": (NEW_YORK, "2026-03-06 16:00", "2wh", "2026-03-09 10:00"),
}


@pytest.mark.parametrize(("calendar", "begun", "text", "due"), CASES.values(), ids=CASES.keys())
def test_a_length_of_time_ends_when_a_person_would_say(
    calendar: Calendar, begun: str, text: str, due: str
) -> None:
    span, start = length(text), at(calendar, begun)
    found = calendar.add(start, span.amount, span.unit)
    assert told(calendar, found) == due
    assert calendar.between(start, found, span.unit) >= span.amount
    assert calendar.between(start, found - 1, span.unit) < span.amount


def test_nothing_at_all_is_over_at_once_and_nothing_lies_between_an_instant_and_an_earlier_one() -> None:
    start = at(CN_OFFICE, "2026-02-14 20:00")
    for unit in ("elapsed", "working", "days"):
        assert CN_OFFICE.add(start, 0, unit) == start
        assert CN_OFFICE.add(start, -5, unit) == start
        assert CN_OFFICE.between(start, start, unit) == 0
        assert CN_OFFICE.between(start, start - 9 * HOUR, unit) == 0


def test_what_lies_before_begins_with_the_shift_in_which_it_is_worked() -> None:
    monday = at(CN_OFFICE, "2026-01-12 11:00")
    assert told(CN_OFFICE, CN_OFFICE.before(monday, HOUR, "working")) == "2026-01-12 10:00"
    assert told(CN_OFFICE, CN_OFFICE.before(monday, 2 * HOUR, "working")) == "2026-01-12 09:00"
    assert told(CN_OFFICE, CN_OFFICE.before(monday, 3 * HOUR, "working")) == "2026-01-09 17:00"
    assert told(CN_OFFICE, CN_OFFICE.before(monday, 24 * HOUR, "days")) == "2026-01-09 11:00"
    assert CN_OFFICE.before(monday, 24 * HOUR, "elapsed") == monday - 24 * HOUR


DAYS = {
    "weekday": (date(2026, 2, 12), True, "weekday", None),
    "weekend": (date(2026, 2, 15), False, "weekday", None),
    "holiday": (date(2026, 2, 17), False, "holiday", None),
    "day off that is made up for": (date(2026, 2, 20), False, "holiday", None),
    "make-up day": (date(2026, 2, 14), True, "make_up", date(2026, 2, 20)),
    "make-up day of another year": (date(2006, 12, 30), True, "make_up", date(2007, 1, 2)),
}


@pytest.mark.parametrize(("day", "works", "why", "stands_for"), DAYS.values(), ids=DAYS.keys())
def test_a_day_says_why_it_is_what_it_is(day: date, works: bool, why: str, stands_for: date | None) -> None:
    reason = CN_OFFICE.reason(day)
    assert (CN_OFFICE.is_workday(day), reason.why, reason.stands_for) == (works, why, stands_for)


def test_what_the_company_says_of_a_day_counts_before_all_else() -> None:
    said = replace(CN_OFFICE, days={date(2026, 2, 17): ((600, 660),), date(2026, 2, 14): CLOSED})
    assert said.is_workday(date(2026, 2, 17))
    assert not said.is_workday(date(2026, 2, 14))
    reason = said.reason(date(2026, 2, 17))
    assert reason.why == "override"
    assert reason.holiday is not None
    assert reason.holiday.name.en == "Chinese New Year (Spring Festival)"


def test_a_make_up_day_has_the_hours_of_the_weekday_for_which_it_stands() -> None:
    short_fridays = replace(CN_OFFICE, week=(*(OFFICE,) * 4, ((540, 720),), CLOSED, CLOSED))
    assert short_fridays.hours(date(2026, 2, 14)) == ((540, 720),)
    assert short_fridays.hours(date(2026, 2, 28)) == OFFICE


def test_shifts_are_instants_and_belong_to_the_day_on_which_they_begin() -> None:
    (shift,) = NIGHTS.shifts(date(2026, 3, 28))
    assert tuple(told(NIGHTS, each) for each in shift) == ("2026-03-28 22:00", "2026-03-29 06:00")
    assert shift[1] - shift[0] == 7 * HOUR


def test_a_calendar_without_working_time_says_so_at_once() -> None:
    never = Calendar("never", ZoneInfo("Asia/Shanghai"), (CLOSED,) * 7)
    for unit in ("working", "days"):
        for reckon in (never.add, never.before):
            begun = time.perf_counter()
            with pytest.raises(NoWorkingTime, match="366 days"):
                reckon(at(never, "2026-02-12 12:00"), 1, unit)
            assert time.perf_counter() - begun < 0.05
    with pytest.raises(NoWorkingTime):
        never.next_workday(date(2026, 2, 12))


def test_so_little_working_time_that_nobody_lives_to_see_the_end_is_none() -> None:
    minute = Calendar("minute", SHANGHAI, (((540, 541),), *(CLOSED,) * 6))
    start = at(minute, "2026-02-12 12:00")
    assert told(minute, minute.add(start, HOUR, "working")) == "2027-04-05 09:01"
    begun = time.perf_counter()
    with pytest.raises(NoWorkingTime):
        minute.add(start, 20_000 * HOUR, "working")
    assert time.perf_counter() - begun < 2
    for edge in ("9999-12-01 12:00", "0001-02-01 12:00"):
        with pytest.raises(NoWorkingTime):
            CN_OFFICE.add(at(CN_OFFICE, edge), HOUR, "working")


def test_a_calendar_is_a_value() -> None:
    before = replace(CN_OFFICE)
    before.add(at(before, "2026-02-12 12:00"), HOUR, "working")
    copy = pickle.loads(pickle.dumps(before))
    assert copy == before == CN_OFFICE
    assert hash(copy) == hash(before) == hash(CN_OFFICE)
    assert repr(copy) == repr(CN_OFFICE)
    assert copy != replace(before, name="other")


def test_the_calendar_of_a_process_that_names_none_counts_every_hour() -> None:
    calendar = always(ZoneInfo("Asia/Shanghai"))
    start = at(calendar, "2026-02-14 20:00")
    assert calendar.add(start, 30 * HOUR, "elapsed") == start + 30 * HOUR
    assert calendar.add(start, 30 * HOUR, "working") == start + 30 * HOUR
    assert calendar.anytime
    assert calendar.certain_until is None


@pytest.fixture(params=["Pacific/Chatham", "Asia/Shanghai", "America/St_Johns"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """A machine whose own zone is another."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_the_zone_of_the_machine_does_not_matter() -> None:
    for calendar, begun, text, due in CASES.values():
        span = length(text)
        fresh = replace(calendar)
        assert told(fresh, fresh.add(at(fresh, begun), span.amount, span.unit)) == due


def test_far_off_years_are_reckoned_by_the_week() -> None:
    for year in (1900, 2149):
        start = at(CN_OFFICE, f"{year}-03-07 20:00")
        assert CN_OFFICE.between(start, CN_OFFICE.add(start, 40 * HOUR, "working"), "working") == 40 * HOUR
