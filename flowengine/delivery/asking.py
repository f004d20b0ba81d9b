"""Asking another system by webhook: a call is signed as messages are, and answered in JSON.

What the host has not named is never called, whatever a process says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flowengine.delivery.carrier import NotSent
from flowengine.delivery.posting import LONGEST_ANSWER, Answer, taken

if TYPE_CHECKING:
    from flowengine.delivery.channels.webhook import Webhook

_REFUSALS: Final = range(400, 500)
_PERHAPS_LATER: Final = frozenset({408, 425, 429})


def receiver(webhooks: Mapping[str, Webhook], url: str) -> Webhook:
    """Who takes calls at the host of a URL. Raises NotSent where the host has named none."""
    host = urlsplit(url).netloc
    if host not in webhooks:
        raise NotSent("no_host", host, elsewhere=True)
    return webhooks[host]


def body_of(name: str, sent: Mapping[str, Any], made_at: int) -> bytes:
    """What the receiver of the call `name` gets, made at that instant (milliseconds UTC)."""
    at = datetime.fromtimestamp(made_at / 1_000, UTC).isoformat(timespec="milliseconds")
    said = {"type": f"call.{name}", "timestamp": at, "data": sent}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def result_of(answer: Answer, *, wanted: bool) -> Any:
    """What an answer says; nothing where nobody has `wanted` to know. Raises NotSent where it is a refusal,
    which is final: whoever cannot take it now, but later, says 408, 425, 429, or that the fault is theirs.
    """
    if answer.status in _REFUSALS and answer.status not in _PERHAPS_LATER:
        raise NotSent("http", answer.status, final=True)
    taken(answer)
    if not wanted:
        return None
    if len(answer.body) >= LONGEST_ANSWER:
        raise NotSent("too_long", LONGEST_ANSWER // 1024, final=True)
    try:
        return json.loads(answer.body, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotSent("not_json", final=True) from None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
