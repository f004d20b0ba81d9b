"""What conditions may read of one order: its fields as Python values, and its moments as instants."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.compiler.incoming import Incoming
from flowengine.compiler.plan import Link, Plan
from flowengine.definition.scope import LINK_FACTS, LINK_MOMENTS, SPLIT
from flowengine.definition.values import Stored, WrongValue, load, store
from flowengine.kernel.events import spent_name
from flowengine.kernel.order import Linked, Order

_CREATED: Final = "order.created"
_SPENT: Final = spent_name("")
_NOT_LINKED: Final = object()
_ZONE: Final = ZoneInfo("UTC")
"""Stored instants carry their own; no date is read from a local time here."""


class OrderFacts:
    """The facts of `order` under `plan`, read when asked for and not before.

    A condition over a thousand rows may ask for their list a thousand times: a value is loaded once.
    """

    __slots__ = ("_loaded", "_order", "_plan")

    def __init__(self, plan: Plan, order: Order) -> None:
        self._plan = plan
        self._order = order
        self._loaded: dict[str, tuple[Stored, object]] = {}

    def value(self, name: str) -> object | None:
        """The value of a field, of `stage` or `number`, or the instant of a moment; None if there is none.

        At intake, where an order is in no stage yet, `stage` is the one in which it is about to begin.
        """
        order = self._order
        if name in order.fields:
            return self._field(name, order.fields[name])
        if name in ("stage", "number"):
            return order.number if name == "number" else order.stage or self._plan.start
        if self._plan.links and (found := self._linked(name)) is not _NOT_LINKED:
            return found
        if name == _CREATED:
            return instant(order.created_at)
        if name.endswith(_SPENT):
            return self._spent(name)
        seen = order.seen.get(name)
        return instant(seen[1]) if seen else None

    def _linked(self, name: str) -> object | None:
        """What is known of linked orders: of one a fact, of many a row for each."""
        head, _, fact = name.partition(".")
        if fact == SPLIT and head in self._plan.parts:
            return self._order.split.get(head, 0)
        link = self._plan.links.get(head)
        if link is None or fact in (*LINK_MOMENTS, *link.ends) or bool(fact) is link.many:
            return _NOT_LINKED
        linked, coming = self._order.linked.get(head, {}), self._order.coming.get(head, {})
        others = [_facts_of(link, says) for says in (*linked.values(), *coming.values())]
        if link.many:
            return others
        return others[0].get(fact) if others else None

    def _spent(self, name: str) -> timedelta:
        """How long the order was in a stage, in all visits, up to the last thing that happened to it."""
        order = self._order
        total = order.seen.get(name, (0,))[0]
        if name == order.stage + _SPENT and order.status == "open":
            total += order.last_at - order.entered_at
        return timedelta(milliseconds=total)

    def count(self, moment: str) -> int:
        """How often the moment happened; every order is created once."""
        return 1 if moment == _CREATED else self._order.seen.get(moment, (0,))[0]

    def _field(self, name: str, stored: Stored) -> object:
        known = self._loaded.get(name)
        if known is None or known[0] is not stored:  # a write puts another value in its place
            known = self._loaded[name] = (stored, load(self._plan.fields[name], stored))
        return known[1]


def _facts_of(link: Link, says: Linked) -> dict[str, object]:
    """What a linked order has said of itself, as Python values; one of another type is none here."""
    known: dict[str, object] = {"called_off": False}
    known |= {name: says[name] for name in LINK_FACTS if name in says}
    for name, column in link.reads.items():
        with suppress(WrongValue, ValueError, TypeError):
            known[name] = load(column, store(column, says["fields"].get(name), _ZONE))
    return known


class EventFacts:
    """What belongs to an event: the data that came with it and, where there is one, the order it came to."""

    __slots__ = ("_data", "_event", "_order")

    def __init__(self, event: Incoming, data: Mapping[str, Stored], order: OrderFacts | None = None) -> None:
        self._event = event
        self._data = data
        self._order = order

    def value(self, name: str) -> object | None:
        """The value of `event.NAME`, or of anything of the order."""
        of, _, datum = name.partition(".")
        if of == "event":
            stored = self._data.get(datum)
            return None if stored is None else load(self._event.data[datum], stored)
        return self._order.value(name) if self._order else None

    def count(self, moment: str) -> int:
        """How often a moment of the order happened."""
        return self._order.count(moment) if self._order else 0


def instant(milliseconds: int) -> datetime:
    """The instant, aware and in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
