"""What happened to an order, with all consequences, and how it changes the snapshot.

`apply` needs neither plan nor calendar nor YAML: history of any age replays without them. An event
of an unknown kind is refused, never skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from flowengine.kernel.order import Order


class Event(NamedTuple):
    """One thing that happened; `data` always holds `at`, milliseconds UTC."""

    kind: str
    data: dict[str, Any]

    def record(self) -> dict[str, Any]:
        """The event as it stands in history."""
        return {"event": self.kind, **self.data}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Event:
        """The event that `record` wrote."""
        return cls(record["event"], {name: value for name, value in record.items() if name != "event"})


def apply(order: Order | None, event: Event) -> Order:
    """The order after the event. Writes to `order`: hand it a copy. Raises LookupError on an unknown kind."""
    if event.kind == "created":
        return _created(event.data)
    if order is None:
        raise LookupError(f"history begins with {event.kind!r} instead of 'created'")
    _APPLY[event.kind](order, event.data)
    order.last_at = max(order.last_at, event.data["at"])
    for moment in event.data.get("marks", ()):
        order.seen[moment] = [order.seen.get(moment, [0])[0] + 1, event.data["at"]]
    return order


def replay(records: Iterable[Mapping[str, Any]]) -> Order | None:
    """The order after a whole history of events; None for an empty one."""
    order: Order | None = None
    for record in records:
        order = apply(order, Event.of(record))
    return order


def _created(data: Mapping[str, Any]) -> Order:
    return Order(number=data["number"], creator=data["by"], created_at=data["at"], last_at=data["at"])


def _set(order: Order, data: Mapping[str, Any]) -> None:
    for name, (_, new) in data["fields"].items():
        if new is None:
            order.fields.pop(name, None)
        else:
            order.fields[name] = new


def _entered(order: Order, data: Mapping[str, Any]) -> None:
    order.status = "open"
    order.stage, order.visit, order.entered_at = data["stage"], data["visit"], data["at"]
    order.visits[data["stage"]] = data["visit"]


def _left(order: Order, _data: Mapping[str, Any]) -> None:
    order.acts, order.asked = {}, []
    order.due_at, order.late = None, False


def _due(order: Order, data: Mapping[str, Any]) -> None:
    due = data["due"]
    order.late = order.late and due is not None and due < data["at"]
    order.due_at = due


def _late(order: Order, _data: Mapping[str, Any]) -> None:
    order.late = True


def _ended(order: Order, data: Mapping[str, Any]) -> None:
    order.status, order.stage, order.visit, order.entered_at = "closed", data["end"], 0, data["at"]


def _acted(order: Order, data: Mapping[str, Any]) -> None:
    order.acts[data["need"]] = [data["value"], data["by"], data["at"]]


def _asked(order: Order, data: Mapping[str, Any]) -> None:
    order.asked += [name for name in data["needs"] if name not in order.asked]
    for name in data["needs"]:
        order.acts.pop(name, None)


def _told(order: Order, _data: Mapping[str, Any]) -> None:
    order.told += 1


def _nothing(_order: Order, _data: Mapping[str, Any]) -> None:
    """It is on record, and no later decision reads it."""


_APPLY: Final[Mapping[str, Callable[[Order, Mapping[str, Any]], None]]] = {
    "set": _set,
    "acted": _acted,
    "asked": _asked,
    "chosen": _nothing,
    "left": _left,
    "entered": _entered,
    "due": _due,
    "late": _late,
    "stuck": _nothing,
    "told": _told,
    "ended": _ended,
    "reopened": _nothing,
}
