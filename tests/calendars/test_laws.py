"""What holds of every calendar and all instants: nothing is lost, counted twice, or runs backwards."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from flowengine.calendars.calendar import Calendar
from flowengine.definition.lengths import Unit
from tests.calendars.minutes import DAY, a_calendar

FIRST, LAST = 1_577_836_800_000, 1_798_761_600_000  # 2020 to 2026
KNOWN = [a_calendar(random.Random(seed)) for seed in range(40)]

calendars = st.sampled_from(KNOWN)
instants = st.integers(FIRST, LAST)
amounts = st.integers(0, 20 * DAY)
units: st.SearchStrategy[Unit] = st.sampled_from(["elapsed", "working", "days"])


@given(calendars, instants, amounts, units)
def test_so_much_has_passed_at_that_instant_and_not_a_millisecond_before(
    calendar: Calendar, at: int, amount: int, unit: Unit
) -> None:
    end = calendar.add(at, amount, unit)
    assert end >= at
    assert calendar.between(at, end, unit) >= amount
    assert end == at or calendar.between(at, end - 1, unit) < amount


@given(calendars, instants, amounts)
def test_of_working_and_elapsed_time_exactly_so_much_has_passed(
    calendar: Calendar, at: int, amount: int
) -> None:
    for unit in ("working", "elapsed"):
        assert calendar.between(at, calendar.add(at, amount, unit), unit) == amount


@given(calendars, instants, amounts, amounts)
def test_one_length_after_another_is_their_sum(calendar: Calendar, at: int, one: int, other: int) -> None:
    for unit in ("working", "elapsed"):
        assert calendar.add(calendar.add(at, one, unit), other, unit) == calendar.add(at, one + other, unit)


@given(calendars, st.tuples(instants, instants, instants).map(sorted), units)
def test_the_parts_make_the_whole(calendar: Calendar, ordered: list[int], unit: Unit) -> None:
    first, middle, last = ordered
    whole = calendar.between(first, last, unit)
    assert whole == calendar.between(first, middle, unit) + calendar.between(middle, last, unit)
    assert whole >= calendar.between(first, middle, unit) >= 0


@given(calendars, instants, instants, amounts, amounts, units)
def test_who_begins_later_or_needs_longer_is_never_done_earlier(
    calendar: Calendar, at: int, later: int, amount: int, longer: int, unit: Unit
) -> None:
    at, later = sorted((at, later))
    amount, longer = sorted((amount, longer))
    assert calendar.add(at, amount, unit) <= calendar.add(at, longer, unit)
    assert calendar.add(at, amount, unit) <= calendar.add(later, amount, unit)


@given(calendars, instants, amounts, units)
def test_what_lies_before_an_instant_is_the_last_from_which_so_much_passes(
    calendar: Calendar, at: int, amount: int, unit: Unit
) -> None:
    start = calendar.before(at, amount, unit)
    assert start <= at
    assert calendar.between(start, at, unit) >= amount
    assert start == at or calendar.between(start + 1, at, unit) < amount


@given(calendars, instants, amounts, units)
def test_what_was_worked_out_before_changes_no_answer(
    calendar: Calendar, at: int, amount: int, unit: Unit
) -> None:
    fresh = Calendar(calendar.name, calendar.zone, calendar.week, calendar.days, calendar.country)
    assert fresh.add(at, amount, unit) == calendar.add(at, amount, unit)
