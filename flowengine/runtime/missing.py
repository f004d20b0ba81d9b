"""What is asked for and not there, or not for whoever asks, as exceptions whose words both languages have."""

from __future__ import annotations

from typing import TypeVar

from flowengine.errors import FlowEngineError, KeyReused, NotAllowed, NotFound
from flowengine.texts import say

E = TypeVar("E", bound=FlowEngineError)


def missing(what: str, **params: object) -> NotFound:
    """The exception to raise for what is missing: `what` is the end of a key `missing.…` of the tables."""
    return _worded(NotFound, f"missing.{what}", params)


def denied(what: str, **params: object) -> NotAllowed:
    """The exception to raise for what is not for whoever asks: `what` is the end of a key `denied.…`."""
    return _worded(NotAllowed, f"denied.{what}", params)


def reused(**params: object) -> KeyReused:
    """The exception to raise for a key that was used for another command."""
    return _worded(KeyReused, "reused.key", params)


def _worded(kind: type[E], key: str, params: dict[str, object]) -> E:
    return kind(say(key, "en", params), key=key, params=params)
