"""Who carries parcels of one kind, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from flowengine.delivery.parcel import ParcelRow
from flowengine.errors import FlowEngineError

TRIES: Final = 14
"""Attempts before a parcel is given up; with the waits between them, about two days."""


class NotSent(FlowEngineError):
    """A parcel was not taken. `final`: trying again would not help. `wait`: milliseconds that the other side
    asked for. `elsewhere`: another courier may, or this one later, so it counts for no attempt. `why` is a
    word of the tables (`not_sent.…`) with a `detail`, or a sentence of the host's. Both may be shown: no
    address, no secret, no text of the parcel.
    """

    def __init__(
        self, why: str, detail: object = "", *, final: bool = False, wait: int = 0, elsewhere: bool = False
    ) -> None:
        self.why = f"{why}: {detail}" if detail else why
        super().__init__(self.why)
        self.final = final
        self.wait = wait
        self.elsewhere = elsewhere


@dataclass(frozen=True, slots=True)
class Load:
    """A parcel made ready: where it goes, and what sends it. `send` is told the present instant, runs in a
    thread of its own, returns once the other side has taken the parcel, and else raises NotSent.
    """

    endpoint: str
    send: Callable[[int], None]
    tries: int = TRIES


class Carrier(Protocol):
    """Carries parcels of one kind."""

    def load(self, row: ParcelRow, now: int) -> Load:
        """Make a parcel ready to be sent at that instant, outside of any transaction. Raises NotSent where it
        cannot be.
        """

    def instead(self, row: ParcelRow, failed: NotSent) -> str | None:
        """The content with which a parcel that failed for good is tried in another way; None: it is dead."""
