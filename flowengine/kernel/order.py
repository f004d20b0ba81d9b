"""One order as the kernel sees it: a bounded snapshot that holds only what a later decision can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, NamedTuple

from flowengine.definition.values import Stored

Act = list[Any]
"""What somebody did for a need: its value, who, and when (milliseconds UTC)."""


class Task(NamedTuple):
    """A task that was opened in this visit. Instants are milliseconds UTC; `owner` only where rows decide.

    `outcome` is the one that ended it in place of its needs.
    """

    opened_at: int
    done_at: int | None = None
    due_at: int | None = None
    late: bool = False
    outcome: str = ""
    owner: str = ""


class Deferral(NamedTuple):
    """A need that the order went on without, and until when it has time (milliseconds UTC)."""

    due_at: int
    late: bool = False


class Alarm(NamedTuple):
    """Something that happens by itself: when it is noticed, as of when, what and to what."""

    wake_at: int
    at: int
    kind: Literal["opening", "stage", "task", "need"]
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
    due_at: int | None = None
    late: bool = False
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
    deferred: dict[str, Deferral] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)

    @property
    def wake_at(self) -> int | None:
        """The earliest instant at which something happens by itself."""
        if not (self.tasks or self.deferred or self.shut):  # so it is for most orders
            return None if self.due_at is None or self.late else self.due_at + 1
        alarm = self.alarm
        return alarm.wake_at if alarm else None

    @property
    def alarm(self) -> Alarm | None:
        """What happens by itself first. Late is strictly after due, so it is noticed a millisecond later."""
        return min(self._alarms(), default=None, key=lambda alarm: (alarm.wake_at, alarm.at))

    def _alarms(self) -> Iterator[Alarm]:
        if self.opens_at is not None:
            yield Alarm(self.opens_at, self.opens_at, "opening")
        if self.due_at is not None and not self.late:
            yield Alarm(self.due_at + 1, self.due_at, "stage")
        for key, task in self.tasks.items():
            if task.due_at is not None and task.done_at is None and not task.late:
                yield Alarm(task.due_at + 1, task.due_at, "task", key)
        for name, deferral in self.deferred.items():
            if not deferral.late:
                yield Alarm(deferral.due_at + 1, deferral.due_at, "need", name)

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
            self.owner,
            self.shut,
            self.opens_at,
            self.opened_at,
            self.origin,
            self.since,
            self.tasks.copy(),
            self.deferred.copy(),
            self.stale,
        )

    def dump(self) -> str:
        """The stored form: canonical JSON, the same bytes for the same order."""
        state = {name: getattr(self, name) for name in _NAMES}
        state |= {name: value for name in _SELDOM if (value := getattr(self, name)) not in _NOTHING}
        return canonical(state)

    @classmethod
    def load(cls, text: str) -> Order:
        """The order that `dump` wrote."""
        state, end = _DECODE(text)
        if end != len(text):
            raise ValueError("there is more than one order in this text")
        for name, kind in _RECORDS.items():
            if name in state:
                state[name] = {key: kind(*each) for key, each in state[name].items()}
        return cls(**state)


_SELDOM: Final = ("owner", "shut", "opens_at", "opened_at", "origin", "since", "tasks", "deferred", "stale")
"""What most orders have nothing of: left out of the stored form while it is empty."""
_NAMES: Final = tuple(sorted(each.name for each in fields(Order) if each.name not in _SELDOM))
_NOTHING: Final[tuple[object, ...]] = ("", False, None, {}, [])
_RECORDS: Final[Mapping[str, type[Task] | type[Deferral]]] = {"tasks": Task, "deferred": Deferral}
_DECODE: Final = json.JSONDecoder().raw_decode  # `json.loads` asks first what a text may be, at each one
_ENCODE: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces and no escapes beyond need: what is hashed and compared.

    Half a character (a lone surrogate), as some systems send it, becomes a question mark.
    """
    text = _ENCODE(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
