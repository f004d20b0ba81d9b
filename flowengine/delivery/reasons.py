"""Why something was not taken, as it may be kept and shown, whatever was raised."""

from __future__ import annotations

import logging
from math import isfinite
from typing import Final

from flowengine.delivery.carrier import NotSent

LONGEST: Final = 300
_LOG: Final = logging.getLogger("flowengine.courier")


def reason(key: str, error: BaseException) -> NotSent:
    """Why the parcel `key` was not taken. Of an error that nobody foresaw only the kind: its words may hold
    secrets. What would end a thread is one of them; only an interrupt of the process is raised.
    """
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, NotSent):
        return _as_meant(error)
    kind = plain(type(error).__name__)
    _LOG.warning("parcel %s: %s", key, kind)
    return NotSent("unforeseen", kind)


def plain(said: object) -> str:
    """A text as every database takes it, on one line and not too long; empty where there is none."""
    try:
        text = "" if said is None else str(said)
    except Exception:  # noqa: BLE001 - whoever cannot say it has said nothing
        return ""
    text = " ".join(text[: 4 * LONGEST].split())[:LONGEST]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _as_meant(error: NotSent) -> NotSent:
    """What a host has raised, which may hold anything."""
    wait = getattr(error, "wait", 0)
    return NotSent(
        plain(getattr(error, "why", None)) or "no_reason",
        final=bool(getattr(error, "final", False)),
        wait=int(wait) if isinstance(wait, int | float) and isfinite(wait) else 0,
        elsewhere=bool(getattr(error, "elsewhere", False)),
    )
