"""When people outside are told: not in quiet hours, and of what can wait all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.calendars.days import local, milliseconds
from flowengine.definition import words
from flowengine.definition.hours import Shift, minutes, shift
from flowengine.definition.notice_references import tiers_of
from flowengine.definition.vocabulary.values import PRIORITIES

_MOMENTS: Final = {"warn": "warned"}
"""Words of `what` that the moments of messages do not have."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nobody is disturbed, unless an order has the priority `beside` or a higher one, or is
    the case of an exception on that `tier` or a higher one.
    """

    hours: Shift
    zone: ZoneInfo
    beside: str = ""
    tier: int | None = None

    def until(self, now: int) -> int | None:
        """The end of the quiet hours in which an instant lies; None outside of them."""
        today = local(now, self.zone).date()
        for day in (today - timedelta(days=1), today):  # those of yesterday may go on overnight
            begin, end = (_instant(day, minute, self.zone) for minute in self.hours)
            if begin <= now < end:
                return end
        return None

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

    def at_once(self, priority: str, tier: int) -> bool:
        """Whether what an order of that priority tells waits for nothing; `tier` is 0 but for exceptions."""
        return self.quiet is not None and self.quiet.disturbs(priority, tier)

    def goes_at(self, about: str, told_at: int, priority: str, tier: int) -> int:
        """The instant at which a message about that, told then of such an order, goes outside."""
        if self.at_once(priority, tier):
            return told_at
        at = (self.digest.next(about, told_at) if self.digest else None) or told_at
        return (self.quiet.until(at) if self.quiet else None) or at


def notices_of(said: words.Notices | None, zone: ZoneInfo) -> Notices:
    """What a process says of when messages are sent."""
    quiet, digest = (said.quiet, said.digest) if said else (None, None)
    return Notices(
        Quiet(shift(quiet.hours), zone, *_beside(quiet.except_)) if quiet else None,
        Digest(_about(digest.what), tuple(map(minutes, digest.at)), zone) if digest else None,
    )


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
