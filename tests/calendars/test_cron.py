"""Cron expressions: each time of day once, over every change of the clocks in every zone."""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from itertools import accumulate
from zoneinfo import ZoneInfo, available_timezones

import pytest

from flowengine.calendars.calendar import ALL_DAY as WHOLE_DAY
from flowengine.calendars.calendar import Calendar
from flowengine.calendars.clocks import steady
from flowengine.calendars.cron import Cron
from flowengine.definition.zones import is_zone
from tests.calendars.minutes import ZONES
from tests.calendars.offices import CN_OFFICE, NIGHTS, at, told

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
CASES = {
    "every workday at five": ("0 17 * * 1-5", "2026-02-13 17:00", "2026-02-16 17:00"),
    "by name": ("0 17 * * mon-fri", "2026-02-13 16:59", "2026-02-13 17:00"),
    "on the first": ("30 8 1 * *", "2026-02-13 00:00", "2026-03-01 08:30"),
    "a leap day": ("0 0 29 2 *", "2026-02-13 00:00", "2028-02-29 00:00"),
    "the thirteenth or a friday": ("0 0 13 * fri", "2026-03-13 00:00", "2026-03-20 00:00"),
    "every half hour": ("*/30 * * * *", "2026-02-13 16:59", "2026-02-13 17:00"),
    "twice a day": ("0 9,16 * * *", "2026-02-13 09:00", "2026-02-13 16:00"),
}


@pytest.mark.parametrize(("text", "begun", "due"), CASES.values(), ids=CASES.keys())
def test_the_next_time(text: str, begun: str, due: str) -> None:
    cron = Cron(text, CN_OFFICE.zone)
    found = cron.next_after(at(CN_OFFICE, begun))
    assert told(CN_OFFICE, found) == due
    assert cron.last_before(found + 1) == found
    assert cron.next_after(cron.last_before(found)) == found


NEVER = ["0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"]
WRONG = [
    "",
    "* * * *",
    "* * * * * *",
    "@daily",
    "60 * * * *",
    "0 24 * * *",
    "0 0 0 * *",
    "0 0 * 13 *",
    "*/0 * * * *",
]
ODD = [
    "a b c d e",
    "0 0 l * *",
    "0 0 * * mon#1",
    "h h * * *",
    "0 0 ? * *",
    "r(1-5) * * * *",
    "0 0 * * monday",
    "-1 * * * *",
]


@pytest.mark.parametrize("text", [*NEVER, *WRONG, *ODD])
def test_what_is_no_time_or_never_comes_is_refused_at_once(text: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Cron(text, NIGHTS.zone)
    assert time.perf_counter() - begun < 0.1


def test_a_time_that_is_skipped_comes_at_the_end_of_the_gap() -> None:
    cron = Cron("30 2 * * *", NIGHTS.zone)
    gap = cron.next_after(at(NIGHTS, "2026-03-28 12:00"))
    assert told(NIGHTS, gap) == "2026-03-29 03:00"
    assert told(NIGHTS, cron.next_after(gap)) == "2026-03-30 02:30"


def test_a_time_that_repeats_comes_the_first_time_only() -> None:
    cron = Cron("30 2 * * *", NIGHTS.zone)
    first = cron.next_after(at(NIGHTS, "2026-10-24 12:00"))
    assert first == at(NIGHTS, "2026-10-25 02:30")
    assert told(NIGHTS, cron.next_after(first)) == "2026-10-26 02:30"
    assert told(NIGHTS, cron.next_after(at(NIGHTS, "2026-10-25 02:10", fold=1))) == "2026-10-26 02:30"


def test_times_are_counted_without_going_through_them() -> None:
    cron = Cron("*/30 * * * *", NIGHTS.zone)
    start = at(NIGHTS, "2026-01-01 00:00")
    begun = time.perf_counter()
    # A year of half hours, less the two of the hour that is skipped; those that repeat come once.
    assert cron.count(start, at(NIGHTS, "2026-12-31 23:59")) == 365 * 48 - 2
    assert time.perf_counter() - begun < 0.5
    assert cron.count(start, start) == 1
    assert cron.count(start + 1, start + 2) == 0


def changes(zone: ZoneInfo) -> Iterator[int]:
    """The instants of ten years at which the clocks of a zone are changed."""
    start, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1000 for year in (2020, 2031))
    yield from (each.end for each in steady(zone, start, end)[:-1])


def differences(name: str, most: int = 100) -> list[object]:
    """Where times of day are early, twice or lost around the changes of a zone, by every minute."""
    zone = ZoneInfo(name)
    days = Calendar("days", zone, (WHOLE_DAY,) * 7)
    found: list[object] = []
    for change in list(changes(zone))[:most]:
        first, last = change - 2 * DAY, change + 3 * DAY
        latest = shown_so_far(zone, first, last)
        second_day = datetime.combine(latest[0].date(), clock(0)) + timedelta(days=1)
        for minutes in (0, 30, 90, 120, 150, 180, 1410):
            times = (second_day + timedelta(days=number, minutes=minutes) for number in range(3))
            wanted = [first + MINUTE * bisect_left(latest, each) for each in times]
            cron = Cron(f"{minutes % 60} {minutes // 60} * * *", zone)
            got = [cron.next_after(wanted[0] - 1)]
            while len(got) < len(wanted):
                got.append(cron.next_after(got[-1]))
            if got != wanted:
                found.append((name, change, minutes, got, wanted))
            if days.add(wanted[0], DAY, "days") != wanted[1]:
                found.append((name, change, minutes, "a day later"))
    return found


def shown_so_far(zone: ZoneInfo, first: int, last: int) -> list[datetime]:
    """For each minute the latest time that the clocks have shown until then."""
    instants = (datetime.fromtimestamp(at / 1000, zone) for at in range(first, last, MINUTE))
    return list(accumulate((each.replace(tzinfo=None) for each in instants), max))


@pytest.mark.parametrize("name", ZONES)
def test_every_time_comes_once_when_clocks_are_changed(name: str) -> None:
    assert differences(name, most=2) == []


@pytest.mark.soak
def test_every_time_comes_once_in_every_zone_of_the_world() -> None:
    names = sorted(name for name in available_timezones() if is_zone(name))
    assert len(names) > 400
    assert [each for name in names for each in differences(name)] == []
