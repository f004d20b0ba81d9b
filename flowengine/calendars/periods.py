"""The periods of a duty: each workday by 17:00, each week, every two days. Who asks is the kernel.

Those in which the calendar opens orders are the same; these go by when they begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from flowengine.calendars.calendar import Calendar
from flowengine.calendars.clocks import ahead_of_utc, day_of
from flowengine.calendars.cron import Cron
from flowengine.definition.lengths import Length

Span = Literal["workday", "day", "week", "month"]
_DECEMBER: Final = 12


class Window(NamedTuple):
    """One cycle of a duty: from when it can be done, and the last instant at which that is in time."""

    opens_at: int
    due_at: int


class Missed(NamedTuple):
    """The cycles that passed: how many, when the first and the last were due, and the one that counts now."""

    number: int
    first_due: int
    last_due: int
    next: Window


@dataclass(frozen=True, slots=True)
class Period:
    """How often something must be done; `by` are the minutes after midnight until which, of a day.

    Without `by` it is due in the last millisecond of the day. A length counts from where it begins.
    """

    calendar: Calendar
    every: Span | Length | Cron
    by: int | None = None

    @property
    def follows_workdays(self) -> bool:
        """Whether a cut-off depends on which days are workdays."""
        if isinstance(self.every, Length):
            return self.every.unit != "elapsed"
        return self.every in ("workday", "week", "month")

    def first(self, begun: int) -> Window:
        """The first cycle of a duty that began at an instant; one that was due before is passed over."""
        if isinstance(self.every, Length):
            return self._counted(begun, self.every)
        if isinstance(self.every, Cron):
            due = self.every.next_after(begun - 1)
            return Window(self.every.last_before(due), due)
        window = self._of_day(self._day(begun))
        return window if window.due_at >= begun else self.following(window.due_at)

    def following(self, due_at: int) -> Window:
        """The cycle after the one that is due at an instant."""
        if isinstance(self.every, Length):
            return self._counted(due_at, self.every)
        if isinstance(self.every, Cron):
            return Window(due_at, self.every.next_after(due_at))
        return self._of_day(self._last_day(self._day(due_at)) + timedelta(days=1))

    def anew(self, window: Window, now: int) -> Window:
        """What a cycle is by the calendar of today. One that has begun is that of its first day; in place of
        one that is still to come it is the next that begins, for the one before it may have been kept.
        """
        opens_at = window.opens_at
        if isinstance(self.every, Length):
            return self._counted(opens_at, self.every)
        if isinstance(self.every, Cron):
            return Window(opens_at, self.every.next_after(opens_at))
        if opens_at <= now:
            return self._of_day(self._day(opens_at))
        coming = self.first(now)
        return coming if coming.opens_at > now else self.following(coming.due_at)

    def beginning_after(self, at: int) -> int:
        """The first instant after another at which a period begins, at its time of day: the beginning of the
        day where it names none.
        """
        if isinstance(self.every, Length):
            return self._counted(at, self.every).due_at
        if isinstance(self.every, Cron):
            return self.every.next_after(at)
        day = self._first_day(self._day(at))
        while (begins := self._begins(day)) <= at:
            day = self._last_day(day) + timedelta(days=1)
        return begins

    def _begins(self, day: date) -> int:
        first = self.calendar.next_workday(day) if self.every == "workday" else day
        return self.calendar.at_time(first, self.by or 0)

    def skip_to(self, due_at: int, now: int, most: int | None = None) -> Missed:
        """What passed since the cycle due at `due_at`, and the first that is due at `now` or later. Of more
        than so many cycles as `most` only these.
        """
        if due_at >= now:
            raise ValueError("nothing was missed yet")
        if isinstance(self.every, Cron) and most is None:
            number, due = self.every.count(due_at, now - 1), self.every.last_before(now)
            return Missed(number, due_at, due, self.following(due))
        number, due = 1, due_at
        if isinstance(self.every, Length) and self.every.unit == "elapsed":
            passed = (now - 1 - due_at) // self.every.amount
            number += passed if most is None else min(passed, most - 1)
            due += (number - 1) * self.every.amount
        while (window := self.following(due)).due_at < now and number != most:
            number, due = number + 1, window.due_at
        return Missed(number, due_at, due, window)

    def _counted(self, begun: int, length: Length) -> Window:
        return Window(begun, self.calendar.add(begun, length.amount, length.unit))

    def _day(self, at: int) -> date:
        return day_of(at + ahead_of_utc(self.calendar.zone, at))

    def _of_day(self, day: date) -> Window:
        """The cycle that `day` belongs to, or the next one if it belongs to none."""
        calendar = self.calendar
        if self.every == "workday":
            day = calendar.next_workday(day)
        first, last = self._first_day(day), self._last_day(day)
        due = calendar.last_workday(first, last) or last
        end = calendar.end_of_day(due)
        cut_off = end if self.by is None else min(calendar.at_time(due, self.by), end)
        return Window(calendar.start_of_day(first), cut_off)

    def _first_day(self, day: date) -> date:
        if self.every == "week":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self.every == "month" else day

    def _last_day(self, day: date) -> date:
        if self.every == "week":
            return day + timedelta(days=6 - day.weekday())
        if self.every != "month":
            return day
        following = date(day.year + day.month // _DECEMBER, day.month % _DECEMBER + 1, 1)
        return following - timedelta(days=1)
