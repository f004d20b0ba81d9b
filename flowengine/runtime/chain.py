"""The hash chain of a history: each row is bound to the one before and to every column of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from flowengine.kernel.commands import Request, described
from flowengine.runtime.rows import DefinitionRow, HistoryRow

_DOMAIN: Final = b"flowengine history 1"
_DEFINITION: Final = b"flowengine definition 1"
GENESIS: Final = hashlib.sha256(_DOMAIN).hexdigest()


def sealed(row: HistoryRow, head: str) -> HistoryRow:
    """The row with its hash, bound to `head`, the hash of the row before."""
    return replace(row, hash=link(row, head))


def link(row: HistoryRow, head: str) -> str:
    """The hash that the row must have. Every part carries its length, so no two rows can be confused."""
    parts = (
        head,
        str(row.order_id),
        str(row.seq),
        str(row.at),
        row.actor,
        "key:" + row.command_key if row.command_key is not None else "",
        row.digest,
        row.record,
    )
    return _bound(_DOMAIN, parts)


def seal_of(row: DefinitionRow) -> str:
    """The hash over a definition's columns: its text is pinned already, by the hash it is known under."""
    return _bound(_DEFINITION, (row.hash, row.process, row.version, row.file, str(row.deployed_at)))


def _bound(domain: bytes, parts: Iterable[str]) -> str:
    digest = hashlib.sha256(domain)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def digest_of(request: Request) -> str:
    """What tells whether a repeated key comes with the same command; unknown kinds compare as text."""
    asked = [described(request.command), request.by.id, request.reason]
    body = json.dumps(asked, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
