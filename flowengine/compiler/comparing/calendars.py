"""What changes in the calendars by which an order's time is counted."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, TypeVar

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.comparing.change import Change, Spot, shift
from flowengine.compiler.plan import Plan
from flowengine.definition.hours import WEEKDAYS, Shift, written
from flowengine.texts import Phrase

K = TypeVar("K", bound=Hashable)
Hours = tuple[Shift, ...] | None
Moved = Mapping[K, tuple[Hours, Hours]]
_NONE: Final = Phrase("calendar.none")


def calendar(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """By which calendar working time is counted."""
    before, after = old.calendar.name, new.calendar.name
    if before != after:
        moved = shift(before or _NONE, after or _NONE)
        yield spot.at("calendar").change("calendar", old=before, new=after, shift=moved)


def calendars(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Calendars that came and went, and what is another in those that stayed."""
    for code, one, other in (("calendar.added", new, old), ("calendar.removed", old, new)):
        for name in (name for name in one.calendars if name not in other.calendars):
            yield spot.at("calendars", name).change(code, calendar=name)
    for name in (name for name in old.calendars if name in new.calendars):
        yield from _one(spot.at("calendars", name), old.calendars[name], new.calendars[name])


def _one(spot: Spot, old: Calendar, new: Calendar) -> Iterator[Change]:
    for key, was, now in (
        ("zone", old.zone.key, new.zone.key),
        ("holidays", old.country, new.country),
    ):
        if was != now:
            moved = shift(was or _NONE, now or _NONE)
            code = f"calendar.{key}"
            yield spot.at(key).change(code, old=was, new=now, calendar=new.name, shift=moved)
    weekdays: Moved[str] = {day: (old.week[at], new.week[at]) for at, day in enumerate(WEEKDAYS)}
    for days, (before, after) in _groups(weekdays):
        named = [Phrase(f"weekday.{day}") for day in days]
        yield _hours(spot.at("week"), new.name, named, before, after)
    dates: Moved[date] = {
        day: (old.days.get(day), new.days.get(day)) for day in sorted({*old.days, *new.days})
    }
    for every, (before, after) in _groups(dates):
        yield _hours(spot.at("days"), new.name, _ranges(every), before, after)


def _hours(spot: Spot, name: str, days: Iterable[object], old: Hours, new: Hours) -> Change:
    before, after = _said(old), _said(new)
    return spot.change(
        "calendar.hours",
        old=_plain(old),
        new=_plain(new),
        calendar=name,
        days=days,
        shift=shift(before, after),
    )


def _groups(moved: Moved[K]) -> Iterator[tuple[list[K], tuple[Hours, Hours]]]:
    """The days that are others now, those together that change in the same way."""
    for pair in dict.fromkeys(pair for pair in moved.values() if pair[0] != pair[1]):
        yield [day for day, each in moved.items() if each == pair], pair


def _ranges(days: list[date]) -> list[str]:
    """Dates as a calendar writes them, those that follow one another as one range."""
    ranges: list[tuple[date, date]] = []
    for day in days:
        if ranges and day - ranges[-1][1] == timedelta(days=1):
            ranges[-1] = ranges[-1][0], day
        else:
            ranges.append((day, day))
    return [str(first) if first == last else f"{first}..{last}" for first, last in ranges]


def _said(hours: Hours) -> object:
    if hours is None:
        return Phrase("calendar.as_usual")
    return [written(each) for each in hours] or Phrase("calendar.closed")


def _plain(hours: Hours) -> list[str] | None:
    return None if hours is None else [written(each) for each in hours]
