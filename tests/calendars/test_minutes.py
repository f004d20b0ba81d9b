"""Whatever a calendar says of time is what counting it minute by minute says."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from flowengine.calendars.calendar import Calendar
from flowengine.calendars.clocks import steady
from flowengine.definition.lengths import Unit
from tests.calendars.minutes import DAY, MINUTE, Minutes, a_calendar

HOUR = 60 * MINUTE
UNITS: tuple[Unit, ...] = ("working", "days")
QUESTIONS = 100
FIRST = int(datetime(2020, 1, 5, tzinfo=UTC).timestamp()) * 1000
LAST = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp()) * 1000


def differences(seed: int) -> list[object]:
    """Where a calendar and the count of its minutes differ, of a hundred questions about a few days."""
    dice = random.Random(seed)
    calendar = a_calendar(dice)
    begin = somewhere(dice, calendar)
    minutes = Minutes(calendar, begin - 2 * DAY, begin + 10 * DAY)
    found: list[object] = []
    for _ in range(QUESTIONS):
        unit = dice.choice(UNITS)
        at = begin + dice.randrange(4 * DAY)
        at -= dice.choice((0, at % MINUTE, at % HOUR))
        amount = dice.choice(
            (1, 7 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, DAY, DAY + HOUR, dice.randrange(2 * DAY))
        )
        end = at + dice.randrange(5 * DAY)
        if calendar.between(at, end, unit) != minutes.between(at, end, unit):
            found.append(("between", seed, unit, at, end))
        wanted = minutes.add(at, amount, unit)
        if wanted is not None and calendar.add(at, amount, unit) != wanted:
            found.append(("add", seed, unit, at, amount))
    return found


def somewhere(dice: random.Random, calendar: Calendar) -> int:
    """An instant on the minute, often shortly before the clocks change or a special day begins."""
    at = dice.randrange(FIRST, LAST)
    changes = [each.end for each in steady(calendar.zone, at - 200 * DAY, at + 200 * DAY)[:-1]]
    dates = [calendar.start_of_day(day) for day in calendar.days]
    if (changes or dates) and dice.random() < 0.7:
        at = dice.choice([*changes, *dates]) - dice.randrange(3 * DAY)
    return at - at % MINUTE


@pytest.mark.parametrize("seed", range(30))
def test_a_calendar_agrees_with_the_count_of_its_minutes(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.soak
def test_it_does_so_in_a_hundred_thousand_cases() -> None:
    assert [each for seed in range(1000, 2000) for each in differences(seed)] == []
