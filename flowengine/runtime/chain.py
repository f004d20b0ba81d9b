"""The hash chain of a history: each row is bound to the one before and to every column of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Final

from flowengine.definition.private import Sealed
from flowengine.kernel.commands import Request, described
from flowengine.runtime.rows import DefinitionRow, HistoryRow


def _compared(value: object) -> str:
    """What stands in a digest for what JSON does not know: of a sealed value what is always the same."""
    return value.token.blind if isinstance(value, Sealed) else str(value)


_DOMAIN: Final = b"flowengine history 1"
_DEFINITION: Final = b"flowengine definition 1"
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_compared)
GENESIS: Final = hashlib.sha256(_DOMAIN).hexdigest()


def link(
    head: str, order_id: int, seq: int, at: int, actor: str, key: str | None, digest: str, record: str
) -> str:
    """The hash of a history row with those columns, bound to `head`, the hash of the row before."""
    known = "key:" + key if key is not None else ""
    return _bound(_DOMAIN, (head, str(order_id), str(seq), str(at), actor, known, digest, record))


def link_of(row: HistoryRow, head: str) -> str:
    """The hash that a stored row must have."""
    return link(head, row.order_id, row.seq, row.at, row.actor, row.command_key, row.digest, row.record)


def seal_of(row: DefinitionRow) -> str:
    """The hash over a definition's columns: its text is pinned already, by the hash it is known under."""
    return _bound(_DEFINITION, (row.hash, row.process, row.version, row.file, str(row.deployed_at)))


def _bound(domain: bytes, parts: Iterable[str]) -> str:
    """Every part carries its length, so no two rows can be confused."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    bound = [domain, *(len(each).to_bytes(8, "big") + each for each in encoded)]
    return hashlib.sha256(b"".join(bound)).hexdigest()


def digest_of(request: Request) -> str:
    """What tells whether a repeated key comes with the same command; unknown kinds compare as text."""
    asked = [described(request.command), request.by.id, request.reason]
    body = _ENCODER.encode(asked)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
