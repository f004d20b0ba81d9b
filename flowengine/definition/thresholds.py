"""Warnings and buffers as they are written: `80%`, `-4wh`, `20%`, `-50%`, `2wd`."""

from __future__ import annotations

from typing import NamedTuple

from flowengine.definition.lengths import Length, length


class Ahead(NamedTuple):
    """When a warning comes: after so many hundredths of the time, or so long before it is over."""

    share: int | None = None
    away: Length | None = None

    def __str__(self) -> str:
        return f"-{self.away}" if self.away else f"{self.share}%"


class Buffer(NamedTuple):
    """By what a time is stretched: to so many hundredths of it, and by a length, which may be negative."""

    stretch: int = 100
    extra: Length | None = None


def ahead_of(written: str) -> Ahead:
    """What `80%` or `-4wh` says. Raises ValueError for a length that is none."""
    if written.endswith("%"):
        return Ahead(share=int(written[:-1]))
    return Ahead(away=length(written.removeprefix("-")))


def buffer_of(written: str | None) -> Buffer:
    """What `20%`, `-50%`, `2wd` or `-1h` says. Raises ValueError for a length that is none."""
    if not written:
        return Buffer()
    if written.endswith("%"):
        return Buffer(stretch=100 + int(written[:-1]))
    extra = length(written.removeprefix("-"))
    return Buffer(extra=Length(-extra.amount, extra.unit) if written.startswith("-") else extra)
