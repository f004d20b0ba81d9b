"""What is wrong with the ways of messages: whom they name must be there, no channel twice, no quiet without
an end, and no digest in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from flowengine.definition.calendar_references import days_of, week_of
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.hours import DAY, Shift, minutes, shift
from flowengine.definition.inner import is_inner
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.scope import zone_of
from flowengine.definition.words import Calendar, Digest, Notices, Process, Quiet

EVERYONE: Final = "everyone"
"""All who are not named themselves."""
NO_CALENDAR: Final = "off"
"""In place of a calendar: none counts for those."""


def notice_times(notices: Notices) -> Iterator[Finding]:
    """Quiet hours that never end, and digests that would be sent in them."""
    quiet = notices.quiet
    if quiet is None or quiet.hours is None:
        return
    try:
        hours = shift(quiet.hours)
    except ValueError:
        yield Finding("FE760", quiet.hours.place, {"hours": quiet.hours})
        return
    for at in notices.digest.at if notices.digest else ():
        if _lies_in(minutes(at), hours):
            yield Finding("FE761", at.place, {"at": at, "hours": quiet.hours})


def tiers_of(said: tuple[str, ...]) -> list[int]:
    """The tiers among what `except` names."""
    return [int(each.removeprefix("tier ")) for each in said if each.startswith("tier ")]


def notice_findings(process: Process) -> Iterator[Finding]:
    """Roles that there are not, and channels that are named twice. Which there are knows only the host."""
    known = {*process.roles, CUSTOMER, EVERYONE}
    for who, channels in (process.notices.via if process.notices else {}).items():
        if who not in known:
            yield unknown("FE620", who.place, who, known)
        for number, channel in enumerate(channels):
            if channel in channels[:number]:
                yield Finding("FE621", channel.place, {"channel": channel})
    if process.notices:
        if not (process.notices.via or process.notices.quiet or process.notices.digest):
            yield Finding("FE108", process.notices.place)
        wrong = [*notice_times(process.notices)]
        yield from wrong
        if process.notices.quiet:
            yield from _calendars(process, process.notices.quiet, known)
            if not wrong:
                yield from _never(process, process.notices.quiet, process.notices.digest)
            if not is_inner(process.process):
                yield from _tiers(process, process.notices.quiet)


def _tiers(process: Process, quiet: Quiet) -> Iterator[Finding]:
    known = process.tiers or {}
    for tier in tiers_of(quiet.except_):
        if str(tier) not in known:
            yield Finding("FE721", quiet.place, {"tier": tier, "known": sorted(known)})


def _calendars(process: Process, quiet: Quiet, known: Iterable[str]) -> Iterator[Finding]:
    calendars = process.calendars or {}
    for who, name in quiet.outside.items():
        if who not in known:
            yield unknown("FE620", who.place, who, known)
        if name not in calendars and name != NO_CALENDAR:
            yield unknown("FE270", name.place, name, (*calendars, NO_CALENDAR))


def _never(process: Process, quiet: Quiet, digest: Digest | None) -> Iterator[Finding]:
    """Calendars of which quiet hours leave nothing, and those in whose working time no digest is ever sent.

    Those of another zone are not compared.
    """
    zone = zone_of(process).key
    for name in dict.fromkeys(map(str, quiet.outside.values())):
        calendar = (process.calendars or {}).get(name)
        shifts = _shifts(calendar) if calendar and calendar.zone == zone else set()
        if shifts and quiet.hours and not any(_left(each, shift(quiet.hours)) for each in shifts):
            yield Finding("FE762", quiet.hours.place, {"hours": quiet.hours, "calendar": name})
        elif (
            shifts and digest and not any(_lies_in(minutes(at), each) for at in digest.at for each in shifts)
        ):
            yield Finding("FE763", digest.at[0].place, {"at": list(digest.at), "calendar": name})


def _shifts(calendar: Calendar) -> set[Shift]:
    """All hours of a calendar; none where some are wrong, of which is told there."""
    try:
        return set(chain(*week_of(calendar), *days_of(calendar).values()))
    except ValueError:
        return set()


def _left(worked: Shift, quiet: Shift) -> bool:
    """Whether quiet hours leave anything of a shift; they come again every day."""
    return any(not _lies_in(minute, quiet) for minute in range(*worked))


def _lies_in(minute: int, said: Shift) -> bool:
    """Whether a minute of the day lies in hours that may go on past midnight."""
    return (minute - said[0]) % DAY < said[1] - said[0]
