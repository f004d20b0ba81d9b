"""A month of a working calendar, day by day: for people as lines, for programs as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from flowengine.calendars.calendar import Calendar
from flowengine.cli.desk import Desk
from flowengine.cli.screen import table
from flowengine.definition.hours import WEEKDAYS, written
from flowengine.definition.lengths import HOUR
from flowengine.texts import Lang

_LONGEST_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a calendar; `first` is its first day."""

    calendar: Calendar
    first: date

    @property
    def days(self) -> list[date]:
        """Its days."""
        days = (self.first + timedelta(days=number) for number in range(_LONGEST_MONTH))
        return [day for day in days if day.month == self.first.month]

    @property
    def worked(self) -> int:
        """Milliseconds of the shifts that begin in it."""
        return sum(end - start for day in self.days for start, end in self.calendar.shifts(day))

    @property
    def workdays(self) -> int:
        """How many workdays it has."""
        return sum(map(self.calendar.is_workday, self.days))

    def is_certain(self, day: date) -> bool:
        """Whether it is known by now if `day` is a day off."""
        until = self.calendar.certain_until
        return until is None or day <= until or day in self.calendar.days


def month_lines(desk: Desk, month: Month) -> Iterator[str]:
    """The month as people read it: each day with its hours and why, then sums, and what is not known."""
    calendar = month.calendar
    params = {"name": calendar.name, "zone": calendar.zone.key, "month": f"{month.first:%Y-%m}"}
    yield desk.say("month.heading", **params)
    for line in table([_row(desk, month, day) for day in month.days]):
        yield f"  {line}"
    worked = f"{month.worked / HOUR:.2f}".rstrip("0").rstrip(".")
    yield desk.say("month.sum", hours=worked, days=month.workdays)
    if calendar.certain_until:
        yield desk.say("month.certain", country=calendar.country, until=calendar.certain_until)


def month_json(month: Month, lang: Lang) -> dict[str, Any]:
    """The month as a program reads it."""
    calendar = month.calendar
    return {
        "calendar": calendar.name,
        "zone": calendar.zone.key,
        "holidays": calendar.country or None,
        "certain_until": _iso(calendar.certain_until),
        "month": f"{month.first:%Y-%m}",
        "working_hours": month.worked / HOUR,
        "workdays": month.workdays,
        "days": [_day_json(month, day, lang) for day in month.days],
    }


def _row(desk: Desk, month: Month, day: date) -> tuple[str, ...]:
    hours = " ".join(map(written, month.calendar.hours(day))) or desk.say("calendar.closed")
    doubt = "" if month.is_certain(day) else desk.say("month.uncertain")
    why = " ".join(filter(None, (_why(desk, month, day), doubt)))
    return str(day), desk.say(f"weekday.{WEEKDAYS[day.weekday()]}"), hours, why


def _why(desk: Desk, month: Month, day: date) -> str:
    reason = month.calendar.reason(day)
    holiday = reason.holiday.name.say(desk.lang) if reason.holiday else ""
    if reason.why == "override":
        return desk.say("month.override.holiday" if holiday else "month.override", holiday=holiday)
    if reason.stands_for:
        weekday = desk.say(f"weekday.{WEEKDAYS[reason.stands_for.weekday()]}")
        return desk.say("month.make_up", day=reason.stands_for, weekday=weekday)
    return holiday


def _day_json(month: Month, day: date, lang: Lang) -> dict[str, Any]:
    calendar, reason = month.calendar, month.calendar.reason(day)
    return {
        "day": day.isoformat(),
        "weekday": WEEKDAYS[day.weekday()],
        "hours": [written(each) for each in calendar.hours(day)],
        "why": reason.why,
        "holiday": reason.holiday.name.say(lang) if reason.holiday else None,
        "stands_for": _iso(reason.stands_for),
        "certain": month.is_certain(day),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
