"""What conditions may read of one order: its fields as Python values, and its moments as instants."""

from __future__ import annotations

from datetime import UTC, datetime

from flowengine.compiler.plan import Plan
from flowengine.definition.values import load
from flowengine.kernel.order import Order


class OrderFacts:
    """The facts of `order` under `plan`, read when asked for and not before."""

    __slots__ = ("_order", "_plan")

    def __init__(self, plan: Plan, order: Order) -> None:
        self._plan = plan
        self._order = order

    def value(self, name: str) -> object | None:
        """The value of a field, of `stage` or `number`, or the instant of a moment; None if there is none."""
        order = self._order
        if name in order.fields:
            return load(self._plan.fields[name], order.fields[name])
        if name == "stage":
            return order.stage
        if name == "number":
            return order.number
        if name == "order.created":
            return instant(order.created_at)
        seen = order.seen.get(name)
        return instant(seen[1]) if seen else None

    def count(self, moment: str) -> int:
        """How often the moment happened."""
        return self._order.seen.get(moment, (0,))[0]


def instant(milliseconds: int) -> datetime:
    """The instant, aware and in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
