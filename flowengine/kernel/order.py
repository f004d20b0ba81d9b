"""One order as the kernel sees it: a bounded snapshot that holds only what a later decision can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal

from flowengine.definition.values import Stored

Act = list[Any]
"""What somebody did for a need: its value, who, and when (milliseconds UTC)."""


@dataclass(slots=True)
class Order:
    """The state of one order. Instants are milliseconds UTC.

    Treat it as a value: only `apply` writes to one, and only to a copy of its own.
    """

    number: str
    creator: str
    created_at: int
    last_at: int
    status: Literal["open", "closed"] = "open"
    stage: str = ""
    visit: int = 0
    entered_at: int = 0
    due_at: int | None = None
    late: bool = False
    fields: dict[str, Stored] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    visits: dict[str, int] = field(default_factory=dict)
    seen: dict[str, list[int]] = field(default_factory=dict)
    told: int = 0

    @property
    def wake_at(self) -> int | None:
        """The earliest instant at which something happens by itself: late is strictly after due."""
        return None if self.due_at is None or self.late else self.due_at + 1

    def copy(self) -> Order:
        """A copy that may be written to without touching this one."""
        # Written out, as every decision begins with it: `dataclasses.replace` takes four times as long.
        return Order(
            self.number,
            self.creator,
            self.created_at,
            self.last_at,
            self.status,
            self.stage,
            self.visit,
            self.entered_at,
            self.due_at,
            self.late,
            self.fields.copy(),
            self.acts.copy(),
            self.asked.copy(),
            self.visits.copy(),
            self.seen.copy(),
            self.told,
        )

    def dump(self) -> str:
        """The stored form: canonical JSON, the same bytes for the same order."""
        return canonical({name: getattr(self, name) for name in _NAMES})

    @classmethod
    def load(cls, text: str) -> Order:
        """The order that `dump` wrote."""
        return cls(**json.loads(text))


_NAMES: Final = tuple(sorted(each.name for each in fields(Order)))
_ENCODE: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces and no escapes beyond need: what is hashed and compared.

    Half a character (a lone surrogate), as some systems send it, becomes a question mark.
    """
    text = _ENCODE(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
