"""What is wrong with the ways of messages: whom they name must be there, and no channel twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.words import Process

EVERYONE: Final = "everyone"
"""All who are not named themselves."""


def notice_findings(process: Process) -> Iterator[Finding]:
    """Roles that there are not, and channels that are named twice. Which there are knows only the host."""
    known = {*process.roles, CUSTOMER, EVERYONE}
    for who, channels in (process.notices.via if process.notices else {}).items():
        if who not in known:
            yield unknown("FE620", who.place, who, known)
        for number, channel in enumerate(channels):
            if channel in channels[:number]:
                yield Finding("FE621", channel.place, {"channel": channel})
