"""Something that is asked for and not there, as the exception whose words both languages have."""

from __future__ import annotations

from flowengine.errors import NotFound
from flowengine.texts import say


def missing(what: str, **params: object) -> NotFound:
    """The exception to raise for what is missing: `what` is the end of a key `missing.…` of the tables."""
    key = f"missing.{what}"
    return NotFound(say(key, "en", params), key=key, params=params)
