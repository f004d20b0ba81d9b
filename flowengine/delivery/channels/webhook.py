"""Webhooks: a message as JSON to a URL, signed by Standard Webhooks, to no address of the inner network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from flowengine.delivery.carrier import NotSent
from flowengine.delivery.dispatch import Dispatch
from flowengine.delivery.guard import Guard
from flowengine.delivery.posting import PATIENCE, Answer, Patience, post, taken
from flowengine.delivery.signing import key_of, signed

_KIND: Final = "application/json"


class Webhook:
    """Posts messages to the URL that is the address, and calls to that of the process.

    `secret` is `whsec_…`, or several while one is being changed. `allow` are networks of one's own that may
    be called, such as `10.1.0.0/16`. Raises WrongInput for a bad secret, ValueError for a bad network.
    """

    def __init__(
        self,
        secret: str | Iterable[str],
        *,
        allow: Iterable[str] = (),
        patience: Patience = PATIENCE,
        guard: Guard | None = None,
    ) -> None:
        secrets = (secret,) if isinstance(secret, str) else tuple(secret)
        self._keys = tuple(map(key_of, secrets))
        self._guard = guard or Guard.allowing(allow)
        self._patience = patience

    def endpoint(self, address: str) -> str:
        """The server; the rest of the URL may be a secret."""
        try:
            parts = urlsplit(address)
            return f"webhook {parts.scheme}://{parts.hostname}:{parts.port or ''}".rstrip(":")
        except ValueError:
            raise NotSent("no_webhook", final=True) from None

    def send(self, dispatch: Dispatch) -> None:
        """Post it. Only an answer of success counts. Raises NotSent."""
        taken(self.post(dispatch.address, dispatch.key, _body(dispatch), dispatch.now))

    def post(self, url: str, key: str, body: bytes, now: int) -> Answer:
        """Post a body under the id `key`; whatever comes back is an answer. Raises NotSent."""
        headers = {"Content-Type": _KIND, **signed(self._keys, key, now, body)}
        return post(self._guard.target(url), headers, body, now=now, patience=self._patience)


def _body(dispatch: Dispatch) -> bytes:
    """What the receiver gets; the signature is over these bytes."""
    told_at = datetime.fromtimestamp(dispatch.at / 1_000, UTC).isoformat(timespec="milliseconds")
    data = {
        "to": dispatch.to,
        "process": dispatch.process,
        "order": dispatch.number,
        "message": dispatch.message,
        "subject": dispatch.subject,
        "text": dispatch.text,
    }
    said = {"type": f"order.{dispatch.about}", "timestamp": told_at, "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
