"""Whether a store is well: each check with what was found and what to do. Pure but for `examine`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from flowengine.definition.lengths import DAY
from flowengine.definition.spans import MINUTE, written
from flowengine.errors import FlowEngineError
from flowengine.runtime.ports import Clock, Store
from flowengine.runtime.rows import Carried
from flowengine.runtime.signs import Signs, gather, is_fresh
from flowengine.texts import Lang, Phrase, say

Level = Literal["ok", "warning", "failure"]
LEVELS: Final[tuple[Level, ...]] = ("ok", "warning", "failure")

GRACE: Final = 300.0
"""Seconds for which time may stand still before that is a failure."""
SAMPLE: Final = 50
"""Orders whose history is looked at unless all are wanted."""
_NOTICE: Final = 45
"""Days before the end of what is known of a calendar on which somebody should look for the next year."""
_NAMED: Final = 5
_SKEW: Final = 2_000
_SCARCE: Final = 1_000_000_000
_NO_ROOM: Final = 100_000_000
_KEPT_BACK: Final = Phrase("health.kept_back")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `state` says what was found, in a word for programs."""

    name: str
    level: Level
    state: str
    params: Mapping[str, object] = field(default_factory=dict)

    def message(self, lang: Lang) -> str:
        """What was found, in one sentence."""
        return say(f"health.{self.name}.{self.state}", lang, self.params)

    def remedy(self, lang: Lang) -> str:
        """What to do; empty where all is well."""
        return "" if self.level == "ok" else say(f"health.{self.name}.{self.state}.do", lang, self.params)


@dataclass(frozen=True, slots=True)
class Health:
    """The checks in the order in which they matter; `signs` is None when the store could not be read."""

    checks: tuple[Check, ...]
    signs: Signs | None = None

    @property
    def level(self) -> Level:
        """That of the worst check."""
        return max((check.level for check in self.checks), key=LEVELS.index)


def examine(
    store: Store, clock: Clock | None, *, grace: float, sample: int | None, reasons: bool = False
) -> Health:
    """Look at a store and judge what is seen; a store that cannot be read is a finding, too. `reasons` are
    said in full also where they may quote fields that not everybody sees.
    """
    try:
        signs = gather(store, clock, sample=sample)
        return judge(replace(signs, keeps_back=False) if reasons else signs, grace=grace)
    except FlowEngineError as error:
        return out_of_reach(error)


def out_of_reach(error: FlowEngineError) -> Health:
    """The health of a store that cannot be read, for that reason."""
    return Health((Check("database", "failure", "lost", {"detail": " ".join(str(error).split())}),))


def judge(signs: Signs, *, grace: float = GRACE) -> Health:
    """What the signs mean, when time may stand still for `grace` seconds."""
    wait = int(grace * 1_000)
    checks = (
        Check("database", "ok", "ok", {"database": signs.place.database}),
        _tables(signs),
        _worker(signs, wait),
        _timers(signs, wait),
        _parked(signs),
        _events(signs),
        _signals(signs),
        _unopened(signs),
        _postman(signs, wait),
        _calls(signs),
        _outbox(signs),
        _ahead(signs),
        _calendars(signs),
        *_chain(signs),
        _disk(signs),
        _clock(signs),
        Check("messages", "ok", "ok", {"count": signs.vitals.messages}),
    )
    return Health(checks, signs)


def _tables(signs: Signs) -> Check:
    if signs.missing:
        return Check("tables", "failure", "missing", {"parts": signs.missing})
    return Check("tables", "ok", "ok", {"version": signs.place.version})


def _worker(signs: Signs, wait: int) -> Check:
    """Nobody at work is a failure only where somebody would have had something to do."""
    if found := signs.fresh(wait):
        return Check("worker", "ok", "ok", {"name": found.name, "age": length(signs.now - found.seen_at)})
    if signs.lag > wait:
        return Check("worker", "failure", "standstill", {"lag": length(signs.lag)})
    if signs.vitals.due == 0 and signs.vitals.next_at is None:
        return Check("worker", "ok", "idle")
    if all(each.carries for each in signs.heartbeats):
        return Check("worker", "warning", "never")
    return Check("worker", "warning", "nobody", {"wait": length(wait)})


def _timers(signs: Signs, wait: int) -> Check:
    if not signs.vitals.due:
        return Check("timers", "ok", "none")
    found = {"count": signs.vitals.due, "lag": length(signs.lag)}
    if signs.lag > MINUTE:
        return Check("timers", "failure" if signs.lag > wait else "warning", "behind", found)
    return Check("timers", "ok", "ok", found)


def _parked(signs: Signs) -> Check:
    if not signs.parked:
        return Check("parked", "ok", "ok")
    found = {
        "count": signs.vitals.parked,
        "number": signs.parked.number,
        "why": _why(signs, signs.parked.failure),
    }
    return Check("parked", "warning", "some", found)


def _events(signs: Signs) -> Check:
    """Events from outside that wait for an order."""
    if not signs.event:
        return Check("events", "ok", "ok")
    found = {
        "count": signs.vitals.events,
        "event": f"{signs.event.process}/{signs.event.event}",
        "age": length(signs.now - signs.event.received_at),
    }
    return Check("events", "warning", "some", found)


def _why(signs: Signs, failure: str | None) -> object:
    """Why something could not be done. What monitoring mails is read by more than may see every field."""
    return _KEPT_BACK if failure and signs.keeps_back else failure or ""


def _signals(signs: Signs) -> Check:
    """What orders have to tell each other."""
    waiting = {"count": signs.vitals.signals}
    if not signs.signal:
        return Check("signals", "ok", "ok", waiting)
    found = {**waiting, "age": length(signs.now - signs.signal.at), "why": _why(signs, signs.signal.failure)}
    return Check("signals", "warning", "unheard", found)


def _unopened(signs: Signs) -> Check:
    """Orders that the calendar could not open."""
    if not signs.unopened:
        return Check("schedules", "ok", "ok")
    found = {
        "process": signs.unopened.process,
        "age": length(signs.now - signs.unopened.next_at),
        "why": signs.unopened.failure or "",
    }
    return Check("schedules", "warning", "unopened", found)


def _postman(signs: Signs, wait: int) -> Check:
    """Who carries parcels outside. That somebody has done so and does not any more is a failure; whoever
    answers calls by `reply` may never have had anybody who does.
    """
    found = signs.postman
    if found and is_fresh(found, signs.now, wait):
        return Check("postman", "ok", "ok", {"name": found.name, "age": length(signs.now - found.seen_at)})
    if signs.parcels_lag <= wait:
        return Check("postman", "ok", "idle")
    said = {"count": signs.vitals.untaken, "lag": length(signs.parcels_lag)}
    if found:
        return Check("postman", "failure", "gone", {**said, "name": found.name})
    return Check("postman", "warning", "nobody", said)


def _calls(signs: Signs) -> Check:
    """Calls that no worker has the function for."""
    if not signs.unmade:
        return Check("calls", "ok", "ok")
    found = {
        "count": signs.unmade.calls,
        "functions": signs.unmade.functions[:_NAMED],
        "age": length(signs.now - signs.unmade.since),
    }
    return Check("calls", "warning", "unmade", found)


def _outbox(signs: Signs) -> Check:
    """Messages and calls that were given up of late, or that nobody gets rid of."""
    carried = {each.kind: each for each in signs.vitals.parcels}
    messages, calls = (carried.get(kind, Carried(kind, 0, 0, 0)) for kind in ("message", "call"))
    if messages.given_up or calls.given_up:
        found = {"messages": messages.given_up, "calls": calls.given_up}
        return Check("outbox", "warning", "given_up", found)
    if messages.stuck or calls.stuck:
        return Check("outbox", "warning", "stuck", {"messages": messages.stuck, "calls": calls.stuck})
    return Check("outbox", "ok", "ok", {"messages": messages.waiting, "calls": calls.waiting})


def _ahead(signs: Signs) -> Check:
    if signs.vitals.ahead:
        return Check("ahead", "warning", "some", {"count": signs.vitals.ahead})
    return Check("ahead", "ok", "ok")


def _calendars(signs: Signs) -> Check:
    """Whether working time is counted by days of which nobody knows yet if they are workdays."""
    if not signs.calendars:
        return Check("calendars", "ok", "none")
    until = signs.calendars[0].until
    first = [each for each in signs.calendars if each.until == until]
    beyond = sum(each.beyond for each in signs.calendars)
    left = (first[0].ends_at - signs.now) // DAY
    named = tuple(f"{each.process}/{each.calendar}" for each in first[:5])
    found = {"calendars": named, "until": until, "count": beyond, "left": max(left, 0)}
    if left < 0:
        return Check("calendars", "failure", "passed", found)
    if left < _NOTICE or beyond:
        return Check("calendars", "warning", "soon", found)
    return Check("calendars", "ok", "ok", found)


def _chain(signs: Signs) -> tuple[Check, ...]:
    if signs.audited is None:
        return ()
    found = {"orders": signs.audited.orders, "rows": signs.audited.rows}
    if problems := signs.audited.problems:
        numbers = dict.fromkeys(problem.number or problem.detail for problem in problems[:5])
        broken = {**found, "problems": len(problems), "numbers": tuple(numbers)}
        return (Check("chain", "failure", "broken", broken),)
    return (Check("chain", "ok", "ok", found),)


def _disk(signs: Signs) -> Check:
    if signs.place.free is None:
        return Check("disk", "ok", "unknown", {"size": _bytes(signs.place.size)})
    found = {"free": _bytes(signs.place.free), "size": _bytes(signs.place.size)}
    if signs.place.free < _SCARCE:
        return Check("disk", "failure" if signs.place.free < _NO_ROOM else "warning", "scarce", found)
    return Check("disk", "ok", "ok", found)


def _clock(signs: Signs) -> Check:
    if signs.skew is None:
        return Check("clock", "ok", "one")
    if abs(signs.skew) < _SKEW:
        return Check("clock", "ok", "ok")
    state = "fast" if signs.skew > 0 else "slow"
    return Check("clock", "warning", state, {"skew": length(abs(signs.skew))})


def length(milliseconds: int) -> str:
    """A length of time for people, to the second where it is short."""
    return f"{max(milliseconds, 0) // 1_000}s" if milliseconds < MINUTE else written(milliseconds)


def _bytes(count: int | None) -> str:
    if count is None:
        return "?"
    return f"{count / 1e9:.1f} GB" if count >= _SCARCE else f"{count / 1e6:.1f} MB"
