"""What happened to an order, with all consequences, and how it changes the snapshot.

`apply` needs neither plan nor calendar nor YAML: history of any age replays without them. An event
of an unknown kind is refused, never skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from flowengine.kernel.order import Deferral, Order, Task


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
    order.origin, order.since = data.get("origin", ""), data.get("since", {})
    order.shut, order.opens_at = data.get("shut", False), None


def spent_name(stage: str) -> str:
    """Where `Order.seen` keeps how long the order was in a stage: milliseconds in place of a count."""
    return f"{stage}.duration"


def _left(order: Order, data: Mapping[str, Any]) -> None:
    if "spent" in data:
        name = spent_name(data["stage"])
        order.seen[name] = [order.seen.get(name, [0])[0] + data["spent"], data["at"]]
    order.acts = {name: order.acts[name] for name in data.get("keeps", ())}
    order.asked, order.tasks, order.owner = [], {}, ""
    order.due_at, order.late = None, False
    order.shut, order.opens_at, order.opened_at = False, None, None


def _owned(order: Order, data: Mapping[str, Any]) -> None:
    order.owner = data["owner"]


def _opens(order: Order, data: Mapping[str, Any]) -> None:
    order.opens_at = data["opens"]


def _opened(order: Order, data: Mapping[str, Any]) -> None:
    order.shut, order.opens_at, order.opened_at = False, None, data["at"]


def _due(order: Order, data: Mapping[str, Any]) -> None:
    due = data["due"]
    if "task" in data:
        task = order.tasks[data["task"]]
        late = task.late and due is not None and due < data["at"]
        order.tasks[data["task"]] = task._replace(due_at=due, late=late)
    else:
        order.late = order.late and due is not None and due < data["at"]
        order.due_at = due


def _late(order: Order, data: Mapping[str, Any]) -> None:
    if "task" in data:
        order.tasks[data["task"]] = order.tasks[data["task"]]._replace(late=True)
    elif "need" in data:
        order.deferred[data["need"]] = order.deferred[data["need"]]._replace(late=True)
    else:
        order.late = True


def _ended(order: Order, data: Mapping[str, Any]) -> None:
    order.status, order.stage, order.visit, order.entered_at = "closed", data["end"], 0, data["at"]
    order.acts, order.deferred, order.stale, order.origin, order.since = {}, {}, [], "", {}


def _acted(order: Order, data: Mapping[str, Any]) -> None:
    order.acts[data["need"]] = [data["value"], data["by"], data["at"]]
    _made_good(order, data)


def _waived(order: Order, data: Mapping[str, Any]) -> None:
    order.acts[data["need"]] = [{"waived": data["reason"]}, data["by"], data["at"]]
    _made_good(order, data)


def _made_good(order: Order, data: Mapping[str, Any]) -> None:
    order.deferred.pop(data["need"], None)
    if data["need"] in order.stale:
        order.stale = [name for name in order.stale if name != data["need"]]


def _stale(order: Order, data: Mapping[str, Any]) -> None:
    for name in data["needs"]:
        order.acts.pop(name, None)
    order.stale = [*order.stale, *(name for name in data["needs"] if name not in order.stale)]


def _deferred(order: Order, data: Mapping[str, Any]) -> None:
    order.deferred[data["need"]] = Deferral(data["due"])


def _task_opened(order: Order, data: Mapping[str, Any]) -> None:
    order.tasks[data["task"]] = Task(data["at"], due_at=data.get("due"), owner=data.get("owner", ""))


def _task_done(order: Order, data: Mapping[str, Any]) -> None:
    task = order.tasks[data["task"]]
    order.tasks[data["task"]] = task._replace(done_at=data["at"], outcome=data.get("outcome", ""))


def _task_withdrawn(order: Order, data: Mapping[str, Any]) -> None:
    order.tasks.pop(data["task"], None)


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
    "waived": _waived,
    "stale": _stale,
    "deferred": _deferred,
    "made_good": _made_good,
    "task_opened": _task_opened,
    "task_done": _task_done,
    "task_withdrawn": _task_withdrawn,
    "owned": _owned,
    "opens": _opens,
    "opened": _opened,
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
