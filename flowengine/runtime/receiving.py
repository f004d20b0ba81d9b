"""Events from outside: each finds its order by what stands there, counts once, or waits for its order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, NamedTuple

from flowengine.compiler.plan import Plan
from flowengine.errors import ChangedMeanwhile, EvaluationFailed, WrongInput
from flowengine.kernel.answers import NO_ANSWERS
from flowengine.kernel.commands import Create, Principal, Receive, Request
from flowengine.kernel.decision import Blocker, titled
from flowengine.kernel.order import canonical
from flowengine.kernel.receiving import opening
from flowengine.kernel.rights import hidden
from flowengine.runtime.admission import GREATEST_ID, admit, admit_principal, admit_words
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.inside import Insiders
from flowengine.runtime.matching import hash_of
from flowengine.runtime.missing import denied, missing
from flowengine.runtime.opening import hold_serial, open_order
from flowengine.runtime.ports import Clock, Session, Writer, instant, system_clock
from flowengine.runtime.readings import Reading, Readings
from flowengine.runtime.result import Result
from flowengine.runtime.rows import EventRow, MatchRow

Why = Literal["unmatched", "several", "refused"]
COURIER: Final = Principal.system("courier")
"""Who brings events where nobody else is named: the host itself."""
_LARGEST: Final = 10**6
_FOR_THE_SENDER: Final = frozenset({"too_early", "not_yours", "stranger"})
"""Refusals that the sender must hear of; whatever else an order refuses waits for somebody to look at it."""
_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an event: the order that it came to, or why it waits for one; with blockers, nothing.

    `repeated` says that the same event came before, and this is what became of it then.
    """

    order_id: int | None = None
    number: str = ""
    created: bool = False
    why: str = ""
    repeated: bool = False
    blockers: tuple[Blocker, ...] = ()
    plan: Plan | None = None

    @property
    def ok(self) -> bool:
        """Whether it was taken in."""
        return not self.blockers

    @property
    def parked(self) -> bool:
        """Whether it waits for an order."""
        return bool(self.why)


class _Several(NamedTuple):
    """More than one open order has these values."""


class Receiving:
    """The events of one store."""

    def __init__(
        self, session: Session, catalog: Catalog, clock: Clock | None, commanding: Commanding
    ) -> None:
        self._session = session
        self._catalog = catalog
        self._clock = clock
        self._commanding = commanding

    def receive(
        self, process: str, event: str, data: Mapping[str, Any], *, key: str | None, by: Principal
    ) -> Received:
        """Take in an event. Raises NotFound for a process that is not deployed."""
        _admit(process, event, data, key, by)

        def work(unit: Writer) -> Received:
            readings = Readings(unit, self._catalog, process, event, data)
            if by.role_among((readings.plan.owner,)) is None:
                return _refused(readings.plan, Blocker("not_yours", event, (readings.plan.owner,)))
            reading = next(readings.each(), None)
            if reading is None:
                return self._deliver(unit, readings, by)
            same = _same(reading, key, by)
            if same and (earlier := unit.event_seen(process, event, same)):
                return _again(earlier, reading.plan)
            found = self._deliver(unit, readings, by)
            if (found.ok or found.parked) and (same or found.parked):
                row = _row(reading, same, found, self._now())
                if not unit.add_event(row):  # the same event was quicker on another way
                    raise ChangedMeanwhile
            return replace(found, blockers=()) if found.parked else found  # those are for whoever looks at it

        found = self._commanding.within(Request(Receive(event), by, key=key), work, whole=True)
        if found.order_id is not None and not found.repeated:
            self._commanding.deal_out(found.order_id)
        return found

    def waiting(self, process: str | None, by: Principal, *, after: int, limit: int) -> list[EventRow]:
        """The events that wait, oldest first, of processes that `by` is accountable for; without their data
        where that role does not see everything of an order.
        """
        admit_principal(by)
        admit_words(process)
        with self._session.reading() as unit:
            rows = unit.waiting_events(process, after=after, limit=limit)
            plans = {row.process: self._catalog.newest(unit, row.process)[1] for row in rows}
        mine = (row for row in rows if by.role_among((plans[row.process].owner,)))
        return [row._replace(data=None) if hidden(plans[row.process], None, by) else row for row in mine]

    def retry(self, id: int, by: Principal) -> Received:
        """Look again for the order of an event that waits. Raises NotFound, and NotAllowed."""
        admit_principal(by)
        request = Request(Receive("-"), by)
        found = self._commanding.within(
            request, lambda unit: self._again_for(unit, self._waiting(unit, id, by), by), whole=True
        )
        if found.order_id is not None:
            self._commanding.deal_out(found.order_id)
        return found

    def drop(self, id: int, by: Principal, *, reason: str) -> EventRow:
        """Give up an event that waits; by whom, when and why is kept. Raises as `retry`, and WrongInput."""
        admit(request := Request(Receive("-"), by, reason))
        if not reason.strip():
            raise WrongInput("an event is dropped for a reason: say why")

        def work(unit: Writer) -> EventRow:
            row = self._waiting(unit, id, by)
            dropped = canonical({"at": self._now(), "by": by.id, "reason": reason})
            row = row._replace(data=None, why=None, dropped=dropped)
            unit.settle_event(row)
            return row

        return self._commanding.within(request, work, whole=True)

    def retry_matched(self, unit: Writer, process: str) -> None:
        """Let events go to the order that they have waited for, within the transaction that brought it."""
        last = 0
        while found := unit.matched_events(process, last, _AT_ONCE):
            for last in found:
                row = unit.event(last)
                if row and row.state == "waiting":  # what one of them sets may have let another go
                    self._again_for(unit, row, COURIER)

    def _again_for(self, unit: Writer, row: EventRow, by: Principal) -> Received:
        readings = Readings(unit, self._catalog, row.process, row.event, json.loads(row.data or "{}"))
        # It waits no more before it is delivered: what it sets may be what other events look for.
        unit.settle_event(row._replace(why=None))
        found = self._deliver(unit, readings, by)
        if not found.ok:
            found = replace(found, why="refused")
        settled = row._replace(why=found.why or None)
        if isinstance(readings.newest, Reading):
            settled = settled._replace(**readings.newest.match._asdict())
        if not found.parked:
            settled = settled._replace(order_id=found.order_id, data=None)
        unit.settle_event(settled)
        return found

    def _waiting(self, unit: Writer, id: int, by: Principal) -> EventRow:
        if isinstance(id, bool) or not isinstance(id, int):
            raise WrongInput(f"{id!r} is no id of an event; `waiting_events` gives it as `id`")
        row = unit.event(id) if 0 < id <= GREATEST_ID else None
        if row is None or row.state != "waiting":
            raise missing("event", id=id)
        _, plan = self._catalog.newest(unit, row.process)
        if by.role_among((plan.owner,)) is None:
            raise denied("event", id=id, owner=plan.owner)
        return row

    def _deliver(self, unit: Writer, readings: Readings, by: Principal) -> Received:
        """Bring an event to its order, open one for it, or say why it waits."""
        found = self._found(unit, readings)
        newest = readings.newest
        if found is None and isinstance(newest, Reading) and unit.lets_others_write:
            self._lock(unit, newest)
            found = self._found(unit, readings)  # an order may have got these values in the meantime
        if isinstance(found, _Several):
            return Received(why="several", plan=readings.plan)
        if found is not None:
            return self._bring(unit, *found, by)
        if not isinstance(newest, Reading):
            return _refused(readings.plan, *newest)
        if newest.event.creates:
            return self._open(unit, newest, by)
        return Received(why="unmatched", plan=readings.plan)

    def _lock(self, unit: Writer, reading: Reading) -> None:
        """Let nobody else give an order these values."""
        if reading.event.creates:
            hold_serial(unit, reading.plan, self._clock)
        unit.lock_match(reading.plan.process, reading.match)

    def _found(self, unit: Writer, readings: Readings) -> tuple[Reading, int] | _Several | None:
        """The order that is meant, with how its own version reads the event: an open one, else the last that
        has ended. An order is found only by what its own version looks for.
        """
        ended: tuple[Reading, int] | None = None
        asked: set[MatchRow] = set()
        for reading in readings.each():
            if reading.match in asked:
                continue
            asked.add(reading.match)
            there = unit.matching(readings.plan.process, *reading.match, _AT_ONCE)
            own = [(readings.of(definition), id, status) for id, status, definition in there]
            mine = [(each, id, status) for each, id, status in own if each and each.match == reading.match]
            is_open = [(each, id) for each, id, status in mine if status == "open"]
            if is_open:
                return _Several() if len(is_open) > 1 else is_open[0]
            ended = ended or next(((each, id) for each, id, _ in mine), None)
        return ended

    def _bring(
        self, unit: Writer, reading: Reading, order: int, by: Principal, *, created: bool = False
    ) -> Received:
        request = Request(Receive(reading.event.name, dict(reading.data)), by)
        try:
            result = self._commanding.carry_out(unit, order, request)
        except EvaluationFailed as failed:
            blocker = Blocker("cannot_go_on", reading.event.name, params={"why": str(failed)})
            return Received(why="refused", blockers=(blocker,), plan=reading.plan)
        if any(blocker.code in _FOR_THE_SENDER for blocker in result.blockers):
            return Received(blockers=result.blockers, plan=reading.plan)
        if not result.ok:
            return Received(why="refused", blockers=result.blockers, plan=reading.plan)
        return Received(order, result.number, created, plan=reading.plan)

    def _open(self, unit: Writer, reading: Reading, by: Principal) -> Received:
        values, wrong = opening(reading.plan, reading.event, reading.data)
        if wrong:
            return _refused(reading.plan, *wrong)
        request = Request(Create(values), by)
        definition = reading.definition_id, reading.plan
        nobody = Insiders(self._catalog, {})  # what they refused could not be said to the sender
        opened = open_order(unit, self._catalog, *definition, request, self._clock, NO_ANSWERS, nobody)
        assert isinstance(opened, Result), "with answers, if only without any, nothing is asked"
        if not opened.ok:
            return Received(why="refused", blockers=opened.blockers, plan=reading.plan)
        return self._bring(unit, reading, opened.order_id, by, created=not opened.repeated)

    def _now(self) -> int:
        return instant(self._clock, None) if self._clock else system_clock()


def _admit(process: str, event: str, data: Mapping[str, Any], key: str | None, by: Principal) -> None:
    admit(Request(Receive(event), by, key=key))
    admit_words(process, event)
    if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
        raise WrongInput("the data of an event is a map of names to values")
    admit_words(*data)
    try:
        size = len(repr(data))
    except RecursionError:
        size = _LARGEST + 1
    if size > _LARGEST:
        raise WrongInput(f"the data of an event has at most {_LARGEST} characters")


def _same(reading: Reading, key: str | None, by: Principal) -> str | None:
    """The hash of what makes it the same event when it comes again: what the process says, else the key that
    its sender has given it.
    """
    value = reading.data.get(reading.event.unique) if reading.event.unique else None
    if value is not None:
        return hash_of({"unique": value})
    return None if key is None else hash_of({"key": key, "sender": by.name if by.is_system else by.id})


def _again(row: EventRow, plan: Plan) -> Received:
    return Received(row.order_id, why=row.why or "", repeated=True, plan=plan)


def _refused(plan: Plan, *blockers: Blocker) -> Received:
    return Received(blockers=titled(plan, blockers), plan=plan)


def _row(reading: Reading, same: str | None, found: Received, now: int) -> EventRow:
    return EventRow(
        id=0,
        process=reading.plan.process,
        event=reading.event.name,
        key=same,
        found_by=reading.match.found_by,
        value=reading.match.value,
        order_id=found.order_id,
        data=canonical(dict(reading.data)) if found.parked else None,
        why=found.why or None,
        received_at=now,
        dropped=None,
    )
