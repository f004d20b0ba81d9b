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


def signed(keys: Sequence[bytes], id: str, at: int, body: bytes) -> Mapping[str, str]:
    """The three headers for a body that is sent `at` an instant (milliseconds UTC).

    With several keys it is signed with each: so a secret can be changed while the receiver knows both.
    """
    second = str(at // 1_000)
    text = b".".join((id.encode(), second.encode(), body))
    signs = (base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode() for key in keys)
    return {
        "webhook-id": id,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(f"v1,{sign}" for sign in signs),
    }
