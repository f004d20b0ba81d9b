"""What a store shows of its health, most of it in one moment of it; what it means is said in `health.py`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from flowengine.runtime.certainty import Certainty, certainties
from flowengine.runtime.ports import Clock, Reader, Store, instant, system_clock
from flowengine.runtime.rows import (
    DefinitionRow,
    EventRow,
    HeartbeatRow,
    OrderFilter,
    OrderRow,
    Place,
    ScheduleRow,
    SignalRow,
    Vitals,
)
from flowengine.runtime.unmade import Unmade, unmade
from flowengine.runtime.verifying import Verified, trusted, verify, verify_newest

_AHEAD: Final = 60_000
"""Milliseconds that an instant may lie ahead without anybody's clock being wrong."""
_PARKED: Final = OrderFilter(definitions=None, parked=True)

StageLoad = tuple[str, str, int, int]
"""A process, a stage of it, its open orders and those of them that are past due."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen at `now` (milliseconds UTC).

    `skew` is by how many milliseconds this machine is ahead of the database, None where there is one clock
    only; `signal` is the first that could not be heard, `unopened` the process of which the calendar could
    not open an order; `audited` is None where no history was looked at. `keeps_back`: reasons are there, and
    may quote fields that not every role of a process sees.
    """

    now: int
    skew: int | None
    place: Place
    missing: tuple[str, ...]
    vitals: Vitals
    heartbeats: tuple[HeartbeatRow, ...]
    stages: tuple[StageLoad, ...]
    parked: OrderRow | None
    event: EventRow | None = None
    signal: SignalRow | None = None
    unopened: ScheduleRow | None = None
    calendars: tuple[Certainty, ...] = ()
    audited: Verified | None = None
    unmade: Unmade | None = None
    keeps_back: bool = False

    @property
    def lag(self) -> int:
        """The milliseconds for which what is due longest has been waiting."""
        return _lag(self.now, self.vitals.due_since)

    @property
    def parcels_lag(self) -> int:
        """The milliseconds for which what nobody carries could have been carried."""
        return _lag(self.now, self.vitals.untaken_since)

    @property
    def postman(self) -> HeartbeatRow | None:
        """Who had parcels carried last."""
        return next((each for each in self.heartbeats if each.carries), None)

    def fresh(self, grace: int) -> HeartbeatRow | None:
        """Who let time pass last, when that was less than `grace` milliseconds ago."""
        return _fresh(self.heartbeats, self.now, grace)


def gather(store: Store, clock: Clock | None, *, sample: int | None) -> Signs:
    """Look at a store, and at the history of the `sample` newest orders, or of all where None.

    Raises what the store raises when it cannot be read.
    """
    with store.reading() as unit:
        signs = _gather(unit, clock)
        if sample:
            return replace(signs, audited=verify_newest(unit, sample))
    return replace(signs, audited=verify(store)) if sample is None else signs


def standstill(store: Store, clock: Clock | None, *, grace: int) -> int | None:
    """The milliseconds for which something has been due, where that is over `grace` and nobody is at work."""
    with store.reading() as unit:
        ahead = unit.look()
        now = instant(clock, ahead.now)
        lag = _lag(now, ahead.next_at)
        return None if lag <= grace or _fresh(unit.heartbeats(), now, grace) else lag


def _gather(unit: Reader, clock: Clock | None) -> Signs:
    now, skew = _time(unit, clock)
    load = unit.count_by_stage(OrderFilter(definitions=None, status="open", late_at=now))
    parked = next(iter(unit.orders(_PARKED, after=0, limit=1)), None)
    signal = unit.unheard_signal()
    return Signs(
        now=now,
        skew=skew,
        place=unit.place(),
        missing=tuple(unit.missing_parts()),
        vitals=unit.vitals(now, soon=now + _AHEAD),
        heartbeats=tuple(unit.heartbeats()),
        stages=tuple((process, stage, count, late) for process, _, stage, count, late in load),
        parked=parked,
        event=next(iter(unit.waiting_events(None, after=0, limit=1)), None),
        signal=signal,
        unopened=next((each for each in unit.schedules() if each.failures), None),
        calendars=certainties(unit),
        unmade=unmade(unit, now),
        keeps_back=bool(parked or signal) and any(map(_keeps_back, unit.definitions_in_service())),
    )


def _keeps_back(row: DefinitionRow) -> bool:
    """Whether roles of a process see only some of its fields; of one that cannot be read nobody knows."""
    plan = trusted(row)
    return plan is None or any(each.is_guarded for each in plan.every)


def _time(unit: Reader, clock: Clock | None) -> tuple[int, int | None]:
    """The present instant, and by how much this machine is ahead of the database."""
    unit.look()  # the first question of a transaction takes longer than the answer
    before = system_clock()
    told = unit.now()
    skew = None if told is None else (before + system_clock()) // 2 - told
    return instant(clock, told), skew


def _lag(now: int, since: int | None) -> int:
    return 0 if since is None else max(now - since, 0)


def _fresh(
    heartbeats: tuple[HeartbeatRow, ...] | list[HeartbeatRow], now: int, grace: int
) -> HeartbeatRow | None:
    """The last heartbeat that is none from a clock that was wrong, unless it is too old."""
    return next((each for each in heartbeats if not each.carries and is_fresh(each, now, grace)), None)


def is_fresh(heartbeat: HeartbeatRow, now: int, grace: int) -> bool:
    """Whether it is less than `grace` milliseconds old, and of no clock that is ahead."""
    return -_AHEAD <= now - heartbeat.seen_at <= grace
