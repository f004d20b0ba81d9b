"""The smallest sound process as bare values, to be changed in one place at a time."""

from __future__ import annotations

from typing import Any


def small(**changed: Any) -> dict[str, Any]:
    """A process with these keys at its top level instead of, or besides, its own."""
    return {
        "flowengine": 1,
        "process": "order",
        "version": "1",
        "owner": "desk",
        "roles": {"desk": {}},
        "stages": {"review": {"owner": "desk", "needs": {"seen": "check"}, "next": "closed"}},
        **changed,
    }
