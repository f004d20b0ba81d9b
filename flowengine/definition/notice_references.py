"""What is wrong with the ways of messages: whom they name must be there, no channel twice, and no digest in
quiet hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.hours import DAY, minutes, shift
from flowengine.definition.inner import is_inner
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.words import Notices, Process, Quiet

EVERYONE: Final = "everyone"
"""All who are not named themselves."""


def notice_times(notices: Notices) -> Iterator[Finding]:
    """Quiet hours that never end, and digests that would be sent in them."""
    quiet = notices.quiet
    if quiet is None:
        return
    try:
        begin, end = shift(quiet.hours)
    except ValueError:
        yield Finding("FE760", quiet.hours.place, {"hours": quiet.hours})
        return
    for at in notices.digest.at if notices.digest else ():
        minute = minutes(at)
        if begin <= minute < end or begin <= minute + DAY < end:
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
        yield from notice_times(process.notices)
        if process.notices.quiet and not is_inner(process.process):
            yield from _tiers(process, process.notices.quiet)


def _tiers(process: Process, quiet: Quiet) -> Iterator[Finding]:
    known = process.tiers or {}
    for tier in tiers_of(quiet.except_):
        if str(tier) not in known:
            yield Finding("FE721", quiet.place, {"tier": tier, "known": sorted(known)})
