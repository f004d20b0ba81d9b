"""What is wrong with the calendars of a process: hours that are none, days said twice, zones at odds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from flowengine.definition.document.characters import shown
from flowengine.definition.findings import Finding, Place, elsewhere, unknown
from flowengine.definition.hours import (
    CLOSED,
    DAY,
    WEEKDAYS,
    Shift,
    dates,
    days_between,
    hours,
    likely_dates,
    likely_shift,
    likely_weekdays,
    weekdays,
    written,
)
from flowengine.definition.public_holidays import is_unannounced
from flowengine.definition.words import Calendar, Name, Process
from flowengine.definition.zones import zone_findings
from flowengine.texts import Phrase

_ONE_DAY: Final = timedelta(days=1)


def calendar_findings(process: Process) -> Iterator[Finding]:
    """Everything in the calendars of `process` that cannot be reckoned with, or not as it was meant."""
    calendars = process.calendars or {}
    if process.calendar and process.calendar not in calendars:
        yield unknown("FE270", process.calendar.place, process.calendar, calendars)
    for calendar in calendars.values():
        yield from zone_findings(calendar.zone)
        yield from _odds(process, calendar)
        wrong = [*_of_the_week(calendar), *_of_days(calendar)]
        yield from wrong or _of_the_whole(calendar)


def _odds(process: Process, calendar: Calendar) -> Iterator[Finding]:
    if calendar.name == process.calendar and process.zone and process.zone != calendar.zone:
        params = {"zone": process.zone, "calendar": calendar.name, "other": calendar.zone}
        yield Finding("FE279", process.zone.place, params, severity="warning")


def _of_the_week(calendar: Calendar) -> Iterator[Finding]:
    said: dict[object, Name] = {}
    for key, texts in calendar.week.items():
        yield from _of_hours(texts)
        try:
            numbers = weekdays(key)
        except ValueError:
            yield _misspelt("FE274", key, likely_weekdays(key))
            continue
        yield from _twice("FE275", key, [WEEKDAYS[number] for number in numbers], said)


def _of_days(calendar: Calendar) -> Iterator[Finding]:
    said: dict[object, Name] = {}
    for key, texts in (calendar.days or {}).items():
        yield from _of_hours(texts)
        yield from date_findings(key, said)


def date_findings(key: Name, said: dict[object, Name]) -> Iterator[Finding]:
    """What is wrong with the days that a key writes by date; those are kept in `said`, by day."""
    try:
        first, last = dates(key)
    except ValueError:
        yield _misspelt("FE277", key, likely_dates(key))
        return
    if last < first:
        params = {"word": key, "guess": f"{last}..{first}", "sure": True}
        yield Finding("FE278", key.place, params, "hint.did_you_mean")
    yield from _twice("FE276", key, days_between(first, last), said)


def _of_hours(texts: tuple[Name, ...]) -> Iterator[Finding]:
    if CLOSED in texts and len(texts) > 1:
        yield Finding("FE272", texts[texts.index(CLOSED)].place)
        return
    for text in texts:
        try:
            hours((text,))
        except ValueError:
            yield _misspelt("FE271", text, likely_shift(text))


def _misspelt(code: str, word: Name, guess: str | None) -> Finding:
    params = {"word": shown(word), "guess": guess, "sure": guess is not None}
    return Finding(code, word.place, params, "hint.did_you_mean" if guess else "")


def _twice(code: str, key: Name, days: Iterable[object], said: dict[object, Name]) -> Iterator[Finding]:
    """A key with a day of which another spoke before; what it says is kept in `said`."""
    for day in days:
        if day in said and said[day] is not key:
            params = {"day": _said(day), "where": elsewhere(said[day].place, key.place)}
            yield Finding(code, key.place, params)
            return
        said[day] = key


def _of_the_whole(calendar: Calendar) -> Iterator[Finding]:
    week = week_of(calendar)
    if not any(week):
        yield Finding("FE273", calendar.place, {"calendar": calendar.name})
    for key in calendar.week:
        pairs = [(WEEKDAYS[day], week[day], week[(day + 1) % len(week)]) for day in weekdays(key)]
        yield from _first_overlap(key.place, pairs)
    known = days_of(calendar)

    def on(day: date) -> tuple[Shift, ...]:
        return known.get(day, week[day.weekday()])

    for key in calendar.days or {}:
        first, last = dates(key)
        days = days_between(first if first - _ONE_DAY in known else first - _ONE_DAY, last)
        yield from _first_overlap(key.place, ((day, on(day), on(day + _ONE_DAY)) for day in days))
    yield from _unannounced(calendar)


def week_of(calendar: Calendar) -> tuple[tuple[Shift, ...], ...]:
    """The hours from Monday to Sunday of a calendar without errors; a day that is not said is closed."""
    said = {number: hours(texts) for key, texts in calendar.week.items() for number in weekdays(key)}
    return tuple(said.get(number, ()) for number in range(len(WEEKDAYS)))


def days_of(calendar: Calendar) -> dict[date, tuple[Shift, ...]]:
    """The hours of the days that a calendar without errors says by date."""
    said = (calendar.days or {}).items()
    return {day: hours(texts) for key, texts in said for day in days_between(*dates(key))}


def _first_overlap(
    place: Place, days: Iterable[tuple[object, tuple[Shift, ...], tuple[Shift, ...]]]
) -> Iterator[Finding]:
    """The first day, of days with the next of each, on which two shifts run into one another."""
    for day, today, tomorrow in days:
        shifts = [*today, *((begin + DAY, end + DAY) for begin, end in tomorrow[:1])]
        for one, other in pairwise(shifts):
            if other[0] < one[1]:
                params = {"day": _said(day), "one": written(one), "other": written(other)}
                yield Finding("FE282", place, params)
                return


def _said(day: object) -> object:
    return Phrase(f"weekday.{day}") if day in WEEKDAYS else day


def _unannounced(calendar: Calendar) -> Iterator[Finding]:
    """Days beyond what is known of public holidays: what makes up for them has not been announced."""
    if calendar.holidays == "none":
        return
    later = [key for key in calendar.days or {} if is_unannounced(calendar.holidays, dates(key)[1])]
    if later:
        params = {"word": later[0], "country": calendar.holidays}
        yield Finding("FE281", later[0].place, params, severity="note")
