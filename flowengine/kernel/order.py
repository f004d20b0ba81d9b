"""One order as the kernel sees it: a bounded snapshot that holds only what a later decision can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import compress
from operator import attrgetter
from typing import Any, Final, Literal, NamedTuple

import orjson

from flowengine.definition.values import Stored
from flowengine.kernel.rounds.seats import Round
from flowengine.kernel.state import (
    Called,
    Cycle,
    Granted,
    Held,
    Raised,
    Record,
    Ruled,
    Task,
    plain,
    record_of,
)

OPENING: Final = "opening"
"""The mark at which the next window of a duty opens."""

Act = list[Any]
"""What somebody did for a need: its value, who, and when (milliseconds UTC)."""

Linked = dict[str, Any]
"""What a linked order has said of itself: see `kernel.linking`."""


class Alarm(NamedTuple):
    """Something that happens by itself: when it is noticed, as of when, what and to what.

    They happen in the order of these: at one instant clocks, then lanes that end, an opening, and rules, each
    by name. Lateness, noticed a millisecond after its instant, comes behind all that happens at it.
    """

    wake_at: int
    at: int
    kind: Literal["opening", "clock", "lane", "rule"]
    name: str = ""


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
    fields: dict[str, Stored] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    visits: dict[str, int] = field(default_factory=dict)
    seen: dict[str, list[int]] = field(default_factory=dict)
    told: int = 0
    owner: str = ""
    shut: bool = False
    opens_at: int | None = None
    opened_at: int | None = None
    origin: str = ""
    since: dict[str, int] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    deferred: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    clocks: dict[str, Cycle] = field(default_factory=dict)
    holds: dict[str, Held] = field(default_factory=dict)
    rules: dict[str, Ruled] = field(default_factory=dict)
    assigned: dict[str, str] = field(default_factory=dict)
    moves: list[list[str]] = field(default_factory=list)
    doers: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    dealt: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, Granted] = field(default_factory=dict)
    called: int = 0
    calls: dict[str, Called] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    received: dict[str, dict[str, Stored]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    linked: dict[str, dict[str, Linked]] = field(default_factory=dict)
    raised: dict[str, Raised] = field(default_factory=dict)
    part: str = ""
    split: dict[str, int] = field(default_factory=dict)
    coming: dict[str, dict[str, Linked]] = field(default_factory=dict)

    def dealt_to(self, key: str) -> tuple[str, ...]:
        """The roles to which a work item was dealt; none where it waits for whoever may do it."""
        return tuple(self.dealt.get(key, "").split())

    @property
    def overlays(self) -> tuple[str, ...]:
        """By what its plan differs from that of its type: lanes in force, and what it is split into."""
        return (*self.lanes, *self.split)

    @property
    def due_at(self) -> int | None:
        """Until when the stage has time; None without a threshold, and while its clock stands still."""
        return self.due_of(self.stage)

    @property
    def late(self) -> bool:
        """Whether the stage is late."""
        return self.is_late(self.stage)

    @property
    def next_due(self) -> int | None:
        """What is due first of everything that runs in it; late things stay due."""
        if self.status == "closed":
            return None
        dues = (cycle.due for cycle in self.clocks.values() if cycle.met is None)
        return min((due for due in dues if due is not None), default=None)

    def due_of(self, key: str) -> int | None:
        """The due instant of the clock of that stage, task, need or hold, or of that name."""
        cycle = self.clocks.get(key)
        return cycle.due if cycle else None

    def is_late(self, key: str) -> bool:
        """Whether that clock is past due."""
        cycle = self.clocks.get(key)
        return cycle is not None and cycle.late

    @property
    def wake_at(self) -> int | None:
        """The earliest instant at which something happens by itself."""
        if self.status == "closed":
            return None
        # Asked at each decision, when there mostly is nothing to ring: so without an `Alarm` for each clock.
        wakes = [cycle.wake for cycle in self.clocks.values() if cycle.wake is not None]
        wakes += [rule.wake for rule in self.rules.values() if rule.wake is not None]
        if self.opens_at is not None:
            wakes.append(self.opens_at)
        if self.lanes:
            wakes += [lane.until for lane in self.lanes.values() if lane.until is not None]
        return min(wakes, default=None)

    @property
    def alarm(self) -> Alarm | None:
        """What happens by itself first. Late is strictly after due, so it is noticed a millisecond later."""
        return min(self.alarms(), default=None)

    def alarms(self) -> Iterator[Alarm]:
        """Everything that is set to happen by itself."""
        if self.status == "closed":
            return
        if self.opens_at is not None:
            yield Alarm(self.opens_at, self.opens_at, "opening")
        for key, cycle in self.clocks.items():
            if cycle.wake is not None:
                at = cycle.wake - 1 if cycle.mark.startswith(("late", "+")) else cycle.wake
                yield Alarm(cycle.wake, at, "clock", key)
        for name, lane in self.lanes.items():
            if lane.until is not None:
                yield Alarm(lane.until, lane.until, "lane", name)
        for name, rule in self.rules.items():
            if rule.wake is not None:
                yield Alarm(rule.wake, rule.wake, "rule", name)

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
            self.fields.copy(),
            self.acts.copy(),
            self.asked.copy(),
            self.visits.copy(),
            self.seen.copy(),
            self.told,
            self.owner,
            self.shut,
            self.opens_at,
            self.opened_at,
            self.origin,
            self.since,
            self.tasks.copy(),
            self.deferred,
            self.stale,
            self.clocks.copy(),
            self.holds,
            self.rules.copy(),
            self.assigned,
            self.moves,
            self.doers,
            self.rounds,
            self.taken,
            self.dealt,
            self.lanes,
            self.called,
            self.calls,
            self.heads,
            self.received,
            self.kept,
            self.linked,
            self.raised,
            self.part,
            self.split,
            self.coming,
        )

    def dump(self) -> str:
        """The stored form: canonical JSON, the same bytes for the same order."""
        state: dict[str, Any] = dict(zip(_NAMES, _always(self), strict=True))
        seldom = _seldom(self)
        state.update(compress(zip(_SELDOM, seldom, strict=True), seldom))
        for name in state.keys() & _RECORDS.keys():
            state[name] = {key: plain(each) for key, each in state[name].items()}
        if self.rounds:
            state["rounds"] = {key: each.plain() for key, each in self.rounds.items()}
        return canonical(state)

    @classmethod
    def load(cls, text: str) -> Order:
        """The order that `dump` wrote."""
        state, end = _DECODE(text)
        if end != len(text):
            raise ValueError("there is more than one order in this text")
        for name, kind in _RECORDS.items():
            if name in state:
                state[name] = {key: record_of(kind, each) for key, each in state[name].items()}
        if "rounds" in state:
            state["rounds"] = {key: Round.of(each) for key, each in state["rounds"].items()}
        return cls(**state)


_SELDOM: Final = (
    "owner",
    "shut",
    "opens_at",
    "opened_at",
    "origin",
    "since",
    "tasks",
    "deferred",
    "stale",
    "clocks",
    "holds",
    "rules",
    "assigned",
    "moves",
    "doers",
    "rounds",
    "taken",
    "dealt",
    "lanes",
    "called",
    "calls",
    "heads",
    "received",
    "kept",
    "linked",
    "raised",
    "part",
    "split",
    "coming",
)
"""What many orders have nothing of: left out of the stored form while it is empty."""
_NAMES: Final = tuple(sorted(each.name for each in fields(Order) if each.name not in _SELDOM))
_always: Final = attrgetter(*_NAMES)
_seldom: Final = attrgetter(*_SELDOM)
_RECORDS: Final[Mapping[str, type[Record]]] = {
    "tasks": Task,
    "clocks": Cycle,
    "holds": Held,
    "rules": Ruled,
    "lanes": Granted,
    "calls": Called,
    "raised": Raised,
}
_DECODE: Final = json.JSONDecoder().raw_decode  # `json.loads` asks first what a text may be, at each one
_ENCODE: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode  # what comes here was made of events and commands, which hold no circles


_SORTED: Final = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_NON_STR_KEYS  # a name with its line is a kind of text
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME  # what JSON does not know is refused
)


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces and no escapes beyond need: what is hashed and compared.

    Half a character (a lone surrogate), as some systems send it, becomes a question mark. Fractions are kept
    as text and do not come here. Raises ValueError for what is no number.
    """
    try:
        text = orjson.dumps(value, option=_SORTED).decode()
    except TypeError:  # half a character, more than 64 bits, or no JSON at all
        return _exact(value)
    return _exact(value) if "null" in text else text  # it may stand for what is no number


def _exact(value: Mapping[str, Any]) -> str:
    return _ENCODE(value).encode("utf-8", "replace").decode()
