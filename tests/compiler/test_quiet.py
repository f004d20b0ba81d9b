"""Who is left in peace until when: hours of the night, calendars, both, and what leaves nothing."""

from __future__ import annotations

import random
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.notices import Digest, Notices, Quiet
from flowengine.definition.hours import Shift
from tests.calendars.minutes import a_calendar
from tests.kernel.desk import HOUR, MINUTE, at

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = (22 * 60, 31 * 60)
OFFICE = Calendar(
    "office", SHANGHAI, (((9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60)),) * 5 + ((), ()), country="CN"
)
FACTORY = Calendar("factory", SHANGHAI, (((8 * 60, 20 * 60),),) * 6 + ((),))
NEVER = Calendar("never", SHANGHAI, ((),) * 7)
RANDOM = [a_calendar(random.Random(seed)) for seed in range(20)]
FIRST, LAST = at("2020-01-06 00:00"), at("2026-12-01 00:00")


def quiet(hours: Shift | None = None, **outside: Calendar | None) -> Quiet:
    return Quiet(hours, SHANGHAI, outside)


@pytest.mark.parametrize(
    ("told", "everyone", "until"),
    [
        ("2026-02-13 17:59", OFFICE, None),
        ("2026-02-13 18:00", OFFICE, "2026-02-14 09:00"),  # a Saturday that is worked instead of the 20th
        ("2026-02-14 12:00", OFFICE, "2026-02-14 13:30"),
        ("2026-02-14 18:00", OFFICE, "2026-02-24 09:00"),  # the Spring Festival
        ("2026-02-14 18:00", FACTORY, None),
        ("2026-02-21 20:00", FACTORY, "2026-02-23 08:00"),
        ("2026-02-14 23:00", None, "2026-02-15 07:00"),
        ("2026-02-14 23:00", NEVER, "2026-02-15 07:00"),
    ],
)
def test_it_ends_when_neither_the_hours_nor_free_time_are(
    told: str, everyone: Calendar | None, until: str | None
) -> None:
    end = quiet(NIGHT, everyone=everyone).until(at(told), "desk")
    assert end == (at(until) if until else None)


def test_each_role_has_its_own_calendar_and_some_have_none() -> None:
    said = quiet(NIGHT, everyone=OFFICE, planner=FACTORY, customer=None)
    told = at("2026-02-15 23:00")
    ends = {who: said.until(told, who) for who in ("desk", "planner", "customer", "@li")}
    assert ends == {
        "desk": at("2026-02-24 09:00"),
        "planner": at("2026-02-16 08:00"),
        "customer": at("2026-02-16 07:00"),
        "@li": at("2026-02-24 09:00"),
    }
    assert Notices(said).held_until(told, ("desk", "planner")) == at("2026-02-16 08:00")
    assert Notices(said).held_until(at("2026-02-16 08:00"), ("desk", "planner")) is None


@given(
    st.sampled_from(RANDOM),
    st.none() | st.tuples(st.integers(0, 23), st.integers(1, 23)).map(lambda p: (p[0] * 60, sum(p) * 60)),
    st.integers(FIRST // HOUR, LAST // HOUR).map(lambda hours: hours * HOUR),
)
def test_it_ends_at_the_first_minute_that_is_worked_and_lies_in_no_quiet_hours(
    calendar: Calendar, hours: Shift | None, told: int
) -> None:
    said = quiet(hours, everyone=calendar)

    def is_free(at: int) -> bool:
        in_hours = Quiet(hours, SHANGHAI).until(at, "desk") is not None
        return not in_hours and calendar.between(at, at + 1, "working") == 1

    end = said.until(told, "desk")
    if end is None:
        assert is_free(told)
    elif is_free(end):
        assert not any(is_free(each) for each in range(told, end, MINUTE * 5))
    else:
        assert end == Quiet(hours, SHANGHAI).until(told, "desk"), "both together leave nothing"


def test_a_digest_goes_at_its_next_time_that_is_worked() -> None:
    notices = Notices(
        quiet(NIGHT, everyone=OFFICE, customer=None),
        Digest(frozenset({"warned"}), (9 * 60, 12 * 60 + 30, 16 * 60), SHANGHAI),
    )
    festival = at("2026-02-15 10:00")
    assert notices.goes_at("warned", "desk", festival, "normal", 0) == at("2026-02-24 09:00")
    assert notices.goes_at("warned", "desk", at("2026-02-13 10:00"), "normal", 0) == at("2026-02-13 16:00")
    assert notices.goes_at("warned", "customer", festival, "normal", 0) == at("2026-02-15 12:30")
    assert notices.goes_at("late", "desk", festival, "normal", 0) == at("2026-02-24 09:00")


def test_a_digest_that_no_working_time_has_room_for_is_sent_when_work_begins() -> None:
    notices = Notices(quiet(everyone=OFFICE), Digest(frozenset(), (20 * 60,), SHANGHAI))
    assert notices.goes_at("late", "desk", at("2026-02-13 10:00"), "normal", 0) == at("2026-02-14 09:00")


def test_days_that_are_said_by_date_count() -> None:
    days = {date(2026, 2, 21): ((10 * 60, 11 * 60),)}
    stocktaking = Calendar("office", SHANGHAI, OFFICE.week, days, "CN")
    assert quiet(everyone=stocktaking).until(at("2026-02-16 09:00"), "desk") == at("2026-02-21 10:00")
