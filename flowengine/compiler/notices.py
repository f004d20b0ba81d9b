"""When people outside are told: not while they are left in peace, and of what can wait all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.calendars.calendar import Calendar, NoWorkingTime
from flowengine.calendars.days import local, milliseconds
from flowengine.definition import words
from flowengine.definition.hours import Shift, minutes, shift
from flowengine.definition.notice_references import EVERYONE, NO_CALENDAR, tiers_of
from flowengine.definition.vocabulary.values import PRIORITIES

_MOMENTS: Final = {"warn": "warned"}
"""Words of `what` that the moments of messages do not have."""
_TURNS: Final = 60
"""How often quiet hours and free time may take turns, or a digest fall into them, before both are believed to
leave nothing: nobody is kept waiting for ever.
"""


@dataclass(frozen=True, slots=True)
class Quiet:
    """When nobody is disturbed, unless an order has the priority `beside` or a higher one, or is the case of
    an exception on that `tier` or a higher one: in some hours of the day, and `outside` of the working time
    of a calendar, by role, `customer` or `everyone` else.
    """

    hours: Shift | None
    zone: ZoneInfo
    outside: Mapping[str, Calendar | None] = field(default_factory=dict)
    beside: str = ""
    tier: int | None = None

    def until(self, now: int, role: str) -> int | None:
        """The end of the quiet in which an instant lies for a role; None where it lies in none."""
        calendar = self.outside.get(role, self.outside.get(EVERYONE))
        end = now
        for _ in range(_TURNS):
            later = self._after_hours(end)
            if calendar is not None:
                later = _opens(calendar, later)
            if later == end:
                break
            end = later
        else:
            end = self._after_hours(now)
        return end if end > now else None

    def _after_hours(self, now: int) -> int:
        """The first instant from `now` on that lies in none of the hours."""
        if self.hours is not None:
            today = local(now, self.zone).date()
            for day in (today - timedelta(days=1), today):  # those of yesterday may go on overnight
                begin, end = (_instant(day, minute, self.zone) for minute in self.hours)
                if begin <= now < end:
                    return end
        return now

    def disturbs(self, priority: str, tier: int) -> bool:
        """Whether an order of that priority, or a case on that tier, is told of at once."""
        if self.tier is not None and tier >= self.tier:
            return True
        return bool(self.beside) and PRIORITIES.index(priority) <= PRIORITIES.index(self.beside)


@dataclass(frozen=True, slots=True)
class Digest:
    """What waits for a time of day, in minutes after midnight, and then goes as one to each recipient.

    `about` are moments such as `warned`; empty: everything.
    """

    about: frozenset[str]
    at: tuple[int, ...]
    zone: ZoneInfo

    def next(self, about: str, told_at: int) -> int | None:
        """The instant at which a message about that, told then, is sent; None where it does not wait."""
        if self.about and about not in self.about:
            return None
        today = local(told_at, self.zone).date()
        days = [today + timedelta(days=each) for each in range(3)]
        times = (_instant(day, minute, self.zone) for day in days for minute in self.at)
        return min(each for each in times if each > told_at)


@dataclass(frozen=True, slots=True)
class Notices:
    """How messages of a process reach people outside, besides the channels."""

    quiet: Quiet | None = None
    digest: Digest | None = None

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """By which it is known who is left in peace."""
        return tuple(each for each in self.quiet.outside.values() if each) if self.quiet else ()

    def at_once(self, priority: str, tier: int) -> bool:
        """Whether what an order of that priority tells waits for nothing; `tier` is 0 but for exceptions."""
        return self.quiet is not None and self.quiet.disturbs(priority, tier)

    def held_until(self, now: int, roles: Iterable[str]) -> int | None:
        """Until when what was told to these roles waits; None as soon as one of them may be disturbed."""
        ends = [self.quiet.until(now, role) for role in roles] if self.quiet else []
        return None if None in ends else min((end for end in ends if end), default=None)

    def gathered_at(self, about: str, role: str, told_at: int) -> int | None:
        """The instant of the digest for which a message to a role waits, told then; None where it waits for
        none. It is the next one at which the role may be disturbed.
        """
        first = at = self.digest.next(about, told_at) if self.digest else None
        for _ in range(_TURNS):
            end = self.quiet.until(at, role) if at is not None and self.quiet else None
            if self.digest is None or end is None:
                return at
            at = self.digest.next(about, end - 1)
        return first

    def goes_at(self, about: str, role: str, told_at: int, priority: str, tier: int) -> int:
        """The instant at which a message about that to a role, told then of such an order, goes outside."""
        if self.at_once(priority, tier):
            return told_at
        at = self.gathered_at(about, role, told_at) or told_at
        return self.held_until(at, (role,)) or at


def notices_of(said: words.Notices | None, zone: ZoneInfo, calendars: Mapping[str, Calendar]) -> Notices:
    """What a process with those calendars says of when messages are sent."""
    quiet, digest = (said.quiet, said.digest) if said else (None, None)
    return Notices(
        _quiet(quiet, zone, calendars) if quiet else None,
        Digest(_about(digest.what), tuple(map(minutes, digest.at)), zone) if digest else None,
    )


def _quiet(said: words.Quiet, zone: ZoneInfo, calendars: Mapping[str, Calendar]) -> Quiet:
    hours = shift(said.hours) if said.hours else None
    outside = {
        str(who): None if name == NO_CALENDAR else calendars[name] for who, name in said.outside.items()
    }
    return Quiet(hours, zone, outside, *_beside(said.except_))


def _opens(calendar: Calendar, at: int) -> int:
    """The first working instant from one on; that itself where nobody works for a year."""
    try:
        return calendar.opens(at)
    except NoWorkingTime:
        return at


def _beside(said: tuple[str, ...]) -> tuple[str, int | None]:
    """The least priority and the lowest tier of those that are named."""
    priorities = [each for each in PRIORITIES if each in said]
    return (*priorities[-1:], "")[0], min(tiers_of(said), default=None)


def _about(what: tuple[str, ...]) -> frozenset[str]:
    return frozenset() if "all" in what else frozenset(_MOMENTS.get(each, each) for each in what)


def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """So many minutes after midnight by the clock on the wall."""
    days, minute = divmod(minute, 24 * 60)
    return milliseconds(datetime.combine(day + timedelta(days=days), time(*divmod(minute, 60)), tzinfo=zone))
