"""With what the calendar opens an order: values that go by the moment at which it was to be opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from flowengine.calendars.days import local
from flowengine.compiler.plan import Opened
from flowengine.kernel.linking import written

_DAY: Final = timedelta(days=1)


def beginning_with(opened: Opened, at: int) -> dict[str, Any]:
    """The fields of an order that was to be opened at an instant, as `Create` takes them."""
    facts = OpeningDay(local(at, opened.period.calendar.zone).date())
    return {name: written(value.value(facts)) for name, value in opened.sets}


class OpeningDay:
    """What is known before there is an order: the day on which it was to be opened."""

    def __init__(self, day: date) -> None:
        self._known: dict[str, object] = {
            "today()": day,
            "yesterday()": day - _DAY,
            "this_week()": _week(day),
            "last_week()": _week(day - 7 * _DAY),
            "this_month()": _month(day),
            "last_month()": _month(day.replace(day=1) - _DAY),
        }

    def value(self, name: str) -> object | None:
        """What one of the functions comes to; nothing else is known."""
        return self._known.get(name)

    def count(self, _moment: str) -> int:
        """Nothing has happened yet."""
        return 0


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
