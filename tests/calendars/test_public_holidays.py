"""Two libraries that know nothing of each other agree on every Chinese workday of seven years."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

from flowengine.definition.public_holidays import certain_until, is_unannounced, public_days
from tests.calendars.offices import CN_OFFICE

FIRST, LAST = date(2020, 1, 1), date(2026, 12, 31)


def test_two_libraries_agree_on_every_workday() -> None:
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    assert len(days) == 2557
    unexplained = [day for day in days if CN_OFFICE.is_workday(day) != chinese_calendar.is_workday(day)]
    assert unexplained == []


def test_each_make_up_day_stands_for_a_weekday_that_is_off() -> None:
    for year in range(2004, 2027):
        for day, public in public_days("CN", year).items():
            if public.instead_of:
                assert day.weekday() >= 5
                assert public.instead_of.weekday() < 5
                assert not CN_OFFICE.is_workday(public.instead_of)


def test_what_has_not_been_announced_is_never_called_certain() -> None:
    until = certain_until("CN")
    assert until is not None
    assert date(2026, 12, 24) <= until < date(2100, 1, 1)
    assert not is_unannounced("CN", until)
    assert is_unannounced("CN", until + timedelta(days=1))
    following = public_days("CN", until.year + 1)
    assert following
    assert not any(public.is_work for public in following.values())


def test_without_a_country_nobody_announces_anything() -> None:
    assert certain_until("") is None
    assert public_days("", 2026) == {}
    assert not is_unannounced("", date(2099, 1, 1))
