"""A message as a channel gets it, and what a channel is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A message in words for one recipient at one address.

    `key` is the same at every attempt: hand it on, so that the other side knows a message that it got
    before. `message` names it, empty for a standard text; `about` is what has happened (`late`, `warned` …),
    or `digest` for several at once. `now` is the present instant, `at` that of what is told, in milliseconds
    UTC.
    """

    key: str
    to: str
    address: str
    process: str
    number: str
    message: str
    about: str
    subject: str
    text: str
    at: int
    now: int


class Channel(Protocol):
    """A way to people. The host gives them by name, or writes its own: these two methods are all."""

    def endpoint(self, address: str) -> str:
        """What is left alone for a while when sending fails several times: the server behind an address.

        The host may read it, so no secret and nothing of the person stands in it. Raises NotSent for what is
        no address.
        """

    def send(self, dispatch: Dispatch) -> None:
        """Send a message, in bounded time; called in several threads. Raises NotSent."""
