"""The signs of a store that is well, to change one of them at a time."""

from __future__ import annotations

from typing import Any, Final

from flowengine.runtime.rows import Place, Vitals
from flowengine.runtime.signs import Signs
from tests.kernel.desk import NOON

FILE: Final = Place("SQLite 3.45, orders.db", "0004", 5_000_000, 90_000_000_000)
WELL: Final = Signs(NOON, None, FILE, (), Vitals(0, None, None, 0, 0, 0), (), (), None)


def vital(**more: Any) -> dict[str, Any]:
    """What can be told of all orders at once, but for this."""
    return {"vitals": WELL.vitals._replace(**more)}
