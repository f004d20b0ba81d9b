"""Signatures of webhooks by Standard Webhooks: whoever has the secret can tell that we sent it, and when."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Final

from flowengine.errors import WrongInput

PREFIX: Final = "whsec_"
_SHORTEST: Final = 24
_LONGEST: Final = 64
_TOLERANCE: Final = 5 * 60_000
_DIGITS: Final = 12
_MOST_SIGNS: Final = 20


def key_of(secret: str) -> bytes:
    """The key in `whsec_…`. Raises WrongInput where it is none of 24 to 64 bytes; never with its text."""
    try:
        key = base64.b64decode(secret.strip().removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise WrongInput(
            "the secret of a webhook is `whsec_` and 24 to 64 random bytes in base64; make one: "
            "echo whsec_$(openssl rand -base64 32)"
        )
    return key


def verified(keys: Sequence[bytes], headers: Mapping[str, str], now: int, body: bytes) -> str | None:
    """The id of a webhook that somebody with one of the keys has sent within five minutes of `now`
    (milliseconds UTC); None for any other.
    """
    id, second = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (id and second.isascii() and second.isdecimal() and len(second) <= _DIGITS):
        return None
    if abs(now - int(second) * 1_000) > _TOLERANCE:
        return None
    text = b".".join((id.encode(), second.encode(), body))
    wanted = [_sign(key, text) for key in keys]
    given = headers.get("webhook-signature", "").split()
    good = [
        hmac.compare_digest(sign, each.removeprefix("v1,").encode())
        for each in given[:_MOST_SIGNS]
        if each.startswith("v1,")
        for sign in wanted
    ]
    return id if any(good) else None  # each was compared, so that the time taken tells nothing


def _sign(key: bytes, text: bytes) -> bytes:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest())


def signed(keys: Sequence[bytes], id: str, at: int, body: bytes) -> Mapping[str, str]:
    """The three headers for a body that is sent `at` an instant (milliseconds UTC).

    With several keys it is signed with each: so a secret can be changed while the receiver knows both.
    """
    second = str(at // 1_000)
    text = b".".join((id.encode(), second.encode(), body))
    signs = (_sign(key, text).decode() for key in keys)
    return {
        "webhook-id": id,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(f"v1,{sign}" for sign in signs),
    }
