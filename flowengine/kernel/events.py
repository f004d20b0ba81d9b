"""What happened to an order, with all consequences, and how it changes the snapshot.

`apply` needs neither plan nor calendar nor YAML: history of any age replays without them. An event
of an unknown kind is refused, never skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

from flowengine.kernel.order import Order
from flowengine.kernel.rounds.seats import Round
from flowengine.kernel.state import Called, Cycle, Granted, Held, Raised, Ruled, Task, record_of

R = TypeVar("R")
UNCOUNTED: Final = "uncounted"
"""A vote that does not count. It changes nothing, not even when something has last happened to the order."""


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
    if event.kind == UNCOUNTED:
        return order
    _APPLY[event.kind](order, event.data)
    at = event.data["at"]
    order.last_at = max(order.last_at, at)
    if marks := event.data.get("marks"):
        times = event.data.get("missed", 1)
        for moment in marks:
            order.seen[moment] = [order.seen.get(moment, [0])[0] + times, at]
    return order


def replay(records: Iterable[Mapping[str, Any]]) -> Order | None:
    """The order after a whole history of events; None for an empty one."""
    order: Order | None = None
    for record in records:
        order = apply(order, Event.of(record))
    return order


def _created(data: Mapping[str, Any]) -> Order:
    number, creator, at = data["number"], data["by"], data["at"]
    return Order(number, creator, at, at, doers=dict(data.get("doers", ())))


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
    order.asked, order.tasks, order.owner, order.moves = [], {}, "", []
    order.shut, order.opens_at, order.opened_at = False, None, None
    order.clocks = _kept(order.clocks, data)
    order.rules = _kept(order.rules, data)
    order.assigned = _kept(order.assigned, data)
    work = data.get("work", ())
    order.taken = {key: person for key, person in order.taken.items() if key in work}
    order.dealt = {key: role for key, role in order.dealt.items() if key in work}
    order.rounds = {name: order.rounds[name] for name in data.get("rounds", ())}
    if "joined" in data:
        order.split = {name: parts for name, parts in order.split.items() if name not in data["joined"]}


def _split(order: Order, data: Mapping[str, Any]) -> None:
    order.split = {**order.split, data["link"]: data["count"]}
    _turned(order, data)


def _parted(order: Order, data: Mapping[str, Any]) -> None:
    order.part = data["link"]


def _kept(records: dict[str, R], data: Mapping[str, Any]) -> dict[str, R]:
    """What lives as long as the order, and not as long as the visit that ends."""
    return {name: records[name] for name in data.get("carries", ()) if name in records}


def _owned(order: Order, data: Mapping[str, Any]) -> None:
    order.owner = data["owner"]


def _opens(order: Order, data: Mapping[str, Any]) -> None:
    order.opens_at = data["opens"]


def _opened(order: Order, data: Mapping[str, Any]) -> None:
    order.shut, order.opens_at, order.opened_at = False, None, data["at"]


def _clock(order: Order, data: Mapping[str, Any]) -> None:
    if "state" in data:
        order.clocks[data["clock"]] = record_of(Cycle, data["state"])
    else:
        order.clocks.pop(data["clock"], None)
    for name in data.get("lapse", ()):
        order.acts.pop(name, None)


def _rule(order: Order, data: Mapping[str, Any]) -> None:
    order.rules[data["rule"]] = record_of(Ruled, data["state"])


def _held(order: Order, data: Mapping[str, Any]) -> None:
    order.holds = {**order.holds, data["hold"]: Held(data["at"], data["by"], data.get("itself", False))}


def _released(order: Order, data: Mapping[str, Any]) -> None:
    order.holds = {name: held for name, held in order.holds.items() if name != data["hold"]}
    order.clocks.pop(data["hold"], None)
    if data["hold"] in order.assigned:
        order.assigned = {place: role for place, role in order.assigned.items() if place != data["hold"]}
    for name in data.get("lapse", ()):
        order.acts.pop(name, None)


def _assigned(order: Order, data: Mapping[str, Any]) -> None:
    order.assigned = {**order.assigned, data["place"]: data["role"]}


def _postponed(order: Order, data: Mapping[str, Any]) -> None:
    order.moves = [*order.moves, [data["by"], data["to"]]]


def _ended(order: Order, data: Mapping[str, Any]) -> None:
    order.status, order.stage, order.visit, order.entered_at = "closed", data["end"], 0, data["at"]
    order.acts, order.deferred, order.stale, order.origin, order.since = {}, [], [], "", {}
    order.clocks, order.holds, order.assigned, order.rounds = {}, {}, {}, {}
    order.taken, order.dealt = {}, {}
    order.lanes = {}


def _round(order: Order, data: Mapping[str, Any]) -> None:
    order.rounds = {**order.rounds, data["need"]: Round.of(data["state"])}


def _round_over(order: Order, data: Mapping[str, Any]) -> None:
    order.rounds = {name: each for name, each in order.rounds.items() if name != data["need"]}


def _refused(order: Order, data: Mapping[str, Any]) -> None:
    # Nobody is awaited any more; whoever is asked anew has the whole time again.
    order.clocks.pop(data["need"], None)
    if data.get("over"):  # it was for a lane, which may be asked for again at once
        _round_over(order, data)


def _decided(order: Order, data: Mapping[str, Any]) -> None:
    _round(order, data)
    order.clocks.pop(data["need"], None)


def _withdrawn(order: Order, data: Mapping[str, Any]) -> None:
    """Whoever is asked anew has the whole time again."""
    _round_over(order, data)
    order.clocks.pop(data["need"], None)


def _lane_granted(order: Order, data: Mapping[str, Any]) -> None:
    _withdrawn(order, {"need": data["lane"]})
    order.lanes = {**order.lanes, data["lane"]: record_of(Granted, data["state"])}
    _turned(order, data)


def _lane_ended(order: Order, data: Mapping[str, Any]) -> None:
    order.lanes = {name: each for name, each in order.lanes.items() if name != data["lane"]}
    _turned(order, data)


def _turned(order: Order, data: Mapping[str, Any]) -> None:
    """What changes in an order that goes on by another plan."""
    order.since = {**order.since, **data.get("since", {})}
    for name in data.get("again", ()):
        order.deferred = [each for each in order.deferred if each != name]
    for name in data.get("unruled", ()):
        order.rules.pop(name, None)
    if "unmoved" in data:
        order.moves = [move for move in order.moves if move not in data["unmoved"]]


def _granted(order: Order, data: Mapping[str, Any]) -> None:
    _acted(order, data)
    _round_over(order, data)


def _acted(order: Order, data: Mapping[str, Any]) -> None:
    order.acts[data["need"]] = [data["value"], data["by"], data["at"]]
    if "of" in data:  # the event had come before, and has been used now
        order.kept = {name: by for name, by in order.kept.items() if name != data["of"]}
    _remembered(order, data)
    _made_good(order, data)
    _closed(order, data["need"])


def _waived(order: Order, data: Mapping[str, Any]) -> None:
    order.acts[data["need"]] = [{"waived": data["reason"]}, data["by"], data["at"]]
    _remembered(order, data)
    if data["need"] in order.rounds:
        _round_over(order, data)
    _made_good(order, data)
    _closed(order, data["need"])


def _remembered(order: Order, data: Mapping[str, Any]) -> None:
    """Who did it last, where a later decision keeps that person from something else."""
    if data.get("apart"):
        order.doers = {**order.doers, data["need"]: data["by"]}


def _closed(order: Order, key: str) -> None:
    """What is done is on nobody's desk any more."""
    if key in order.taken:
        order.taken = {each: person for each, person in order.taken.items() if each != key}
    if key in order.dealt:
        order.dealt = {each: role for each, role in order.dealt.items() if each != key}


def _made_good(order: Order, data: Mapping[str, Any]) -> None:
    if data["need"] in order.deferred:
        order.deferred = [name for name in order.deferred if name != data["need"]]
        order.clocks.pop(data["need"], None)
    if data["need"] in order.stale:
        order.stale = [name for name in order.stale if name != data["need"]]


def _stale(order: Order, data: Mapping[str, Any]) -> None:
    for name in data["needs"]:
        order.acts.pop(name, None)
    order.stale = [*order.stale, *(name for name in data["needs"] if name not in order.stale)]


def _deferred(order: Order, data: Mapping[str, Any]) -> None:
    order.deferred = [*order.deferred, data["need"]]


def _task_opened(order: Order, data: Mapping[str, Any]) -> None:
    order.tasks[data["task"]] = Task(data["at"], owner=data.get("owner", ""))


def _task_done(order: Order, data: Mapping[str, Any]) -> None:
    task = order.tasks[data["task"]]
    order.tasks[data["task"]] = task._replace(done_at=data["at"], outcome=data.get("outcome", ""))
    _closed(order, data["task"])
    order.clocks.pop(data["task"], None)


def _task_withdrawn(order: Order, data: Mapping[str, Any]) -> None:
    order.tasks.pop(data["task"], None)
    order.clocks.pop(data["task"], None)


def _asked(order: Order, data: Mapping[str, Any]) -> None:
    order.asked += [name for name in data["needs"] if name not in order.asked]
    for name in data["needs"]:
        order.acts.pop(name, None)


def _taken(order: Order, data: Mapping[str, Any]) -> None:
    order.taken = {**order.taken, **dict.fromkeys(data["items"], data["to"])}


def _dealt(order: Order, data: Mapping[str, Any]) -> None:
    """To which roles it went, so that it is not dealt out again when somebody gives it back."""
    roles = "" if data.get("unnamed") else data.get("owner") or data.get("role") or " ".join(data["roles"])
    order.dealt = {**order.dealt, **dict.fromkeys(data["items"], roles)}
    if data.get("to"):
        _taken(order, data)


def _let_go(order: Order, data: Mapping[str, Any]) -> None:
    _free(order, data)
    order.dealt = {key: role for key, role in order.dealt.items() if key not in data["items"]}


def _free(order: Order, data: Mapping[str, Any]) -> None:
    gone = set(data["items"])
    order.taken = {key: person for key, person in order.taken.items() if key not in gone}


def _joined(order: Order, data: Mapping[str, Any]) -> None:
    order.raised = {data["to"] if key == data["key"] else key: each for key, each in order.raised.items()}


def _linked(order: Order, data: Mapping[str, Any]) -> None:
    others = order.linked.get(data["link"], {})
    order.linked = {**order.linked, data["link"]: {**others, str(data["order"]): data["says"]}}
    if (coming := order.coming.get(data["link"])) and data["says"]["number"] in coming:
        rest = {number: says for number, says in coming.items() if number != data["says"]["number"]}
        order.coming = {**order.coming, data["link"]: rest} if rest else _without(order.coming, data["link"])


def _opening(order: Order, data: Mapping[str, Any]) -> None:
    coming, says = order.coming.get(data["link"], {}), data["says"]
    order.coming = {**order.coming, data["link"]: {**coming, says["number"]: says}}
    order.told += 1


def _without(named: dict[str, R], name: str) -> dict[str, R]:
    return {each: value for each, value in named.items() if each != name}


def _raised(order: Order, data: Mapping[str, Any]) -> None:
    order.raised = {**order.raised, data["key"]: record_of(Raised, data["state"])}


def _called(order: Order, data: Mapping[str, Any]) -> None:
    """One that was made anew leaves the one before it behind; what is being undone is not undone again."""
    name, need = data["name"], data.get("need", "")
    calls = {
        key: each._replace(overtaken=True) if need and each.need == need and not each.how else each
        for key, each in order.calls.items()
        if key != data.get("undoes") and not (each.name == name and each.how == "failed")
    }
    made = Called(name, data["number"], need, data.get("asked", ""), data.get("digest", ""))
    order.calls, order.called = {**calls, data["call"]: made}, data["number"]
    order.acts.pop(data.get("lapses", ""), None)


def _call_done(order: Order, data: Mapping[str, Any]) -> None:
    """What may be taken back is remembered until it is."""
    key = data["call"]
    calls = {each: known for each, known in order.calls.items() if each != key}
    if data.get("undoable"):
        known = order.calls[key]
        calls[key] = Called(known.name, known.number, known.need, how="done")
    order.calls = calls


def _call_failed(order: Order, data: Mapping[str, Any]) -> None:
    key = data["call"]
    known = order.calls[key]._replace(how="failed", why=data["reason"])
    order.calls = {each: was for each, was in order.calls.items() if each != key}
    if not data.get("over"):
        order.calls[key] = known


def _undo_wanted(order: Order, data: Mapping[str, Any]) -> None:
    order.calls = {
        key: known._replace(unwanted=True) if key in data["calls"] else known
        for key, known in order.calls.items()
    }


def _headed(order: Order, data: Mapping[str, Any]) -> None:
    order.heads = {**order.heads, data["of"]: data["head"]}


def _told(order: Order, _data: Mapping[str, Any]) -> None:
    order.told += 1


def _received(order: Order, data: Mapping[str, Any]) -> None:
    if data.get("kept"):
        order.kept = {**order.kept, data["name"]: data["by"]}
    if "read" in data:
        known = {name: data["data"][name] for name in data["read"] if name in data["data"]}
        order.received = {**order.received, data["name"]: known}


def _nothing(_order: Order, _data: Mapping[str, Any]) -> None:
    """It is on record, and no later decision reads it."""


_APPLY: Final[Mapping[str, Callable[[Order, Mapping[str, Any]], None]]] = {
    "set": _set,
    "received": _received,
    "amended": _nothing,
    "acted": _acted,
    "requested": _round,
    "gap": _round,
    "voted": _round,
    "advised": _round,
    "passed_on": _round,
    "granted": _granted,
    "refused": _refused,
    "lane_granted": _lane_granted,
    "lane_ended": _lane_ended,
    "lane_withdrawn": _withdrawn,
    "returned": _decided,
    "taken_back": _decided,
    "declined": _nothing,
    "invited": _nothing,
    "revoked": _nothing,
    "withdrawn": _withdrawn,
    "urged": _nothing,
    "copied": _nothing,
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
    "clock": _clock,
    "warned": _clock,
    "late": _clock,
    "later": _clock,
    "kept": _nothing,
    "rule": _rule,
    "held": _held,
    "released": _released,
    "assigned": _assigned,
    "claimed": _taken,
    "reassigned": _taken,
    "given_back": _free,
    "let_go": _let_go,
    "dealt": _dealt,
    "nobody_to_act": _dealt,
    "headed": _headed,
    "postponed": _postponed,
    "stuck": _nothing,
    "told": _told,
    "linked": _linked,
    "signalled": _told,
    "starting": _told,
    "raised": _raised,
    "tier_risen": _raised,
    "joined": _joined,
    "settled": _raised,
    "progressed": _raised,
    "split": _split,
    "opening": _opening,
    "parted": _parted,
    "called": _called,
    "call_done": _call_done,
    "call_failed": _call_failed,
    "undo_wanted": _undo_wanted,
    "ended": _ended,
    "reopened": _nothing,
    "erased": _nothing,
}
