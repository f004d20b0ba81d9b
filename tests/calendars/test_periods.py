"""The cycles of duties: when each opens and is due, and what was missed while nobody was there."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from flowengine.calendars.calendar import Calendar
from flowengine.calendars.cron import Cron
from flowengine.calendars.periods import Period
from flowengine.definition.lengths import length
from tests.calendars.offices import CLOSED, CN_OFFICE, NIGHTS, at, told

FIVE = 17 * 60
MINUTE, DAY = 60_000, 86_400_000
CLOSED_MARCH = replace(CN_OFFICE, days={date(2026, 3, day): CLOSED for day in range(1, 32)})
SHANGHAI = CN_OFFICE.zone

CYCLES = {
    "workday by five": (CN_OFFICE, "workday", FIVE, "2026-02-12 10:00", [
        ("2026-02-12 00:00", "2026-02-12 17:00"), ("2026-02-13 00:00", "2026-02-13 17:00"),
        ("2026-02-14 00:00", "2026-02-14 17:00"), ("2026-02-24 00:00", "2026-02-24 17:00"),
    ]),
    "entered after the cut-off": (CN_OFFICE, "workday", FIVE, "2026-02-12 18:00", [
        ("2026-02-13 00:00", "2026-02-13 17:00"),
    ]),
    "entered at the cut-off": (CN_OFFICE, "workday", FIVE, "2026-02-12 17:00", [
        ("2026-02-12 00:00", "2026-02-12 17:00"),
    ]),
    "entered on a sunday": (CN_OFFICE, "workday", None, "2026-02-08 10:00", [
        ("2026-02-09 00:00", "2026-02-09 23:59"), ("2026-02-10 00:00", "2026-02-10 23:59"),
    ]),
    "every day": (CN_OFFICE, "day", FIVE, "2026-02-20 18:00", [
        ("2026-02-21 00:00", "2026-02-21 17:00"), ("2026-02-22 00:00", "2026-02-22 17:00"),
    ]),
    "every week, on its last workday": (CN_OFFICE, "week", FIVE, "2026-02-03 10:00", [
        ("2026-02-02 00:00", "2026-02-06 17:00"), ("2026-02-09 00:00", "2026-02-14 17:00"),
        ("2026-02-16 00:00", "2026-02-22 17:00"), ("2026-02-23 00:00", "2026-02-28 17:00"),
    ]),
    "every month, on its last workday": (CN_OFFICE, "month", FIVE, "2025-12-31 18:00", [
        ("2026-01-01 00:00", "2026-01-30 17:00"), ("2026-02-01 00:00", "2026-02-28 17:00"),
        ("2026-03-01 00:00", "2026-03-31 17:00"),
    ]),
    "a month without a workday": (CLOSED_MARCH, "month", None, "2026-03-05 12:00", [
        ("2026-03-01 00:00", "2026-03-31 23:59"), ("2026-04-01 00:00", "2026-04-30 23:59"),
    ]),
    "every two days": (CN_OFFICE, length("2d"), None, "2026-02-12 10:07", [
        ("2026-02-12 10:07", "2026-02-14 10:07"), ("2026-02-14 10:07", "2026-02-16 10:07"),
    ]),
    "by cron": (CN_OFFICE, Cron("0 9,16 * * mon-fri", SHANGHAI), None, "2026-02-13 10:00", [
        ("2026-02-13 09:00", "2026-02-13 16:00"), ("2026-02-13 16:00", "2026-02-16 09:00"),
        ("2026-02-16 09:00", "2026-02-16 16:00"),
    ]),
    "a cut-off that is skipped": (NIGHTS, "day", 150, "2026-03-28 12:00", [
        ("2026-03-29 00:00", "2026-03-29 03:00"), ("2026-03-30 00:00", "2026-03-30 02:30"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("calendar", "every", "by", "begun", "cycles"), CYCLES.values(), ids=CYCLES.keys())
def test_cycles_follow_one_another(
    calendar: Calendar, every: object, by: int | None, begun: str, cycles: list[tuple[str, str]]
) -> None:
    period = Period(calendar, every, by)  # type: ignore[arg-type]
    window = period.first(at(calendar, begun))
    found = [window]
    while len(found) < len(cycles):
        found.append(period.following(found[-1].due_at))
    assert [tuple(told(calendar, each) for each in window) for window in found] == cycles


def test_without_a_cut_off_the_last_millisecond_of_the_day_is_in_time() -> None:
    window = Period(CN_OFFICE, "day").first(at(CN_OFFICE, "2026-02-12 10:00"))
    assert window.due_at == at(CN_OFFICE, "2026-02-13 00:00") - 1


PERIODS = {
    "workday": Period(CN_OFFICE, "workday", FIVE),
    "day": Period(NIGHTS, "day", 150),
    "week": Period(CN_OFFICE, "week"),
    "month": Period(CN_OFFICE, "month", FIVE),
    "length": Period(CN_OFFICE, length("7h")),
    "working length": Period(CN_OFFICE, length("8wh")),
    "cron": Period(NIGHTS, Cron("*/30 * * * *", NIGHTS.zone)),
}


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS.keys())
@pytest.mark.parametrize("gone", [1, MINUTE, 3 * DAY, 15 * DAY])
def test_what_was_missed_is_what_going_through_all_of_it_finds(period: Period, gone: int) -> None:
    due = period.first(at(period.calendar, "2026-03-20 10:00")).due_at
    now = due + gone
    dues, window = [due], period.following(due)
    while window.due_at < now:
        dues.append(window.due_at)
        window = period.following(window.due_at)
    assert period.skip_to(due, now) == (len(dues), due, dues[-1], window)


def test_at_the_due_instant_nothing_is_missed_yet() -> None:
    period = PERIODS["workday"]
    due = period.first(at(CN_OFFICE, "2026-02-12 10:00")).due_at
    with pytest.raises(ValueError, match="nothing was missed"):
        period.skip_to(due, due)
    assert period.skip_to(due, due + 1).number == 1


def test_a_year_of_half_hours_is_not_gone_through_one_by_one() -> None:
    begun = time.perf_counter()
    for every in (length("30m"), Cron("*/30 * * * *", SHANGHAI)):
        due = Period(CN_OFFICE, every).first(at(CN_OFFICE, "2026-01-01 00:00")).due_at
        assert Period(CN_OFFICE, every).skip_to(due, due + 365 * DAY).number == 365 * 48
    assert time.perf_counter() - begun < 1


BEGINNINGS = {
    "each month on its first day, workday or not": ("month", FIVE, "2026-04-15 10:00", [
        "2026-05-01 17:00", "2026-06-01 17:00",
    ]),
    "before its hour": ("month", FIVE, "2026-05-01 16:59", ["2026-05-01 17:00"]),
    "not at the instant itself": ("month", FIVE, "2026-05-01 17:00", ["2026-06-01 17:00"]),
    "each week on monday, with its day": ("week", None, "2026-02-03 10:00", [
        "2026-02-09 00:00", "2026-02-16 00:00",
    ]),
    "each workday, over the holidays": ("workday", FIVE, "2026-02-13 17:00", [
        "2026-02-14 17:00", "2026-02-24 17:00",
    ]),
    "each day": ("day", FIVE, "2026-02-13 23:30", ["2026-02-14 17:00"]),
    "so long after the one before": (length("2d"), None, "2026-02-13 08:00", [
        "2026-02-15 08:00", "2026-02-17 08:00",
    ]),
    "as a cron line says": (Cron("30 7 * * 1", SHANGHAI), None, "2026-02-13 08:00", ["2026-02-16 07:30"]),
}  # fmt: skip


@pytest.mark.parametrize(("every", "by", "after", "begins"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_when_the_calendar_opens_orders(every: object, by: int | None, after: str, begins: list[str]) -> None:
    period = Period(CN_OFFICE, every, by)  # type: ignore[arg-type]
    found, now = [], at(CN_OFFICE, after)
    for _ in begins:
        now = period.beginning_after(now)
        found.append(told(CN_OFFICE, now))
    assert found == begins
