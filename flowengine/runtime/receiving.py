"""Events from outside: each finds its order by what stands there, counts once, or waits for its order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from flowengine.compiler.incoming import Incoming
from flowengine.compiler.plan import Plan
from flowengine.definition.values import Stored
from flowengine.errors import ChangedMeanwhile, EvaluationFailed, NotAllowed, NotFound, WrongInput
from flowengine.kernel.answers import NO_ANSWERS
from flowengine.kernel.commands import Create, Principal, Receive, Request
from flowengine.kernel.decision import Blocker, titled
from flowengine.kernel.order import canonical
from flowengine.kernel.receiving import data_of, looked_for, no_such_event, opening
from flowengine.runtime.admission import admit, admit_principal, admit_words
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.inside import Insiders
from flowengine.runtime.matching import hash_of, match_of
from flowengine.runtime.opening import open_order
from flowengine.runtime.ports import Clock, Session, Writer, instant, system_clock
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


class _Case(NamedTuple):
    """An event on its way, with the newest plan of its process."""

    definition_id: int
    plan: Plan
    event: Incoming
    data: Mapping[str, Stored]
    match: MatchRow
    by: Principal


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
            case = self._case(unit, process, event, data, by)
            if isinstance(case, Received):
                return case
            same = _same(case, key)
            if same and (earlier := unit.event_seen(process, event, same)):
                return _again(earlier, case.plan)
            found = self._deliver(unit, case)
            if found.ok and (same or found.parked):
                row = _row(case, same, found, self._now())
                if not unit.add_event(row):  # the same event was quicker on another way
                    raise ChangedMeanwhile
            return found

        found = self._commanding.within(Request(Receive(event), by, key=key), work, whole=True)
        if found.order_id is not None and not found.repeated:
            self._commanding.deal_out(found.order_id)
        return found

    def waiting(self, process: str | None, by: Principal, *, after: int, limit: int) -> list[EventRow]:
        """The events that wait, oldest first, of processes that `by` is accountable for."""
        admit_principal(by)
        admit_words(process)
        with self._session.reading() as unit:
            rows = unit.waiting_events(process, after=after, limit=limit)
            plans = {row.process: self._catalog.newest(unit, row.process)[1] for row in rows}
        return [row for row in rows if by.role_among((plans[row.process].owner,))]

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
        for id in unit.matched_events(process, _AT_ONCE):
            row = unit.event(id)
            if row and row.state == "waiting":  # what one of them sets may have let another go
                self._again_for(unit, row, COURIER)

    def _again_for(self, unit: Writer, row: EventRow, by: Principal) -> Received:
        case = self._case(unit, row.process, row.event, json.loads(row.data or "{}"), by)
        if isinstance(case, Received):
            return case
        # It waits no more before it is delivered: what it sets may be what other events look for.
        unit.settle_event(row._replace(why=None))
        found = self._deliver(unit, case)
        if not found.ok:
            found = Received(why="refused", plan=case.plan, blockers=found.blockers)
        settled = row._replace(found_by=case.match.found_by, value=case.match.value, why=found.why or None)
        if not found.parked:
            settled = settled._replace(order_id=found.order_id, data=None)
        unit.settle_event(settled)
        return found

    def _waiting(self, unit: Writer, id: int, by: Principal) -> EventRow:
        row = unit.event(id) if 0 < id < 2**63 else None
        if row is None or row.state != "waiting":
            raise NotFound(f"no event {id} waits")
        _, plan = self._catalog.newest(unit, row.process)
        if by.role_among((plan.owner,)) is None:
            raise NotAllowed(f"event {id} is for {plan.owner}")
        return row

    def _case(
        self, unit: Writer, process: str, event: str, data: Mapping[str, Any], by: Principal
    ) -> _Case | Received:
        """The event as it is declared, with its data; or everything that is wrong with it."""
        definition_id, plan = self._catalog.newest(unit, process)
        declared = plan.events.get(event)
        if by.role_among((plan.owner,)) is None:
            return _refused(plan, Blocker("not_yours", event, (plan.owner,)))
        if declared is None:
            return _refused(plan, no_such_event(plan, event))
        known, wrong = data_of(plan, declared, data)
        if wrong:
            return _refused(plan, *wrong)
        values, wrong = looked_for(plan, declared, known)
        if wrong:
            return _refused(plan, *wrong)
        return _Case(definition_id, plan, declared, known, match_of(declared, values), by)

    def _deliver(self, unit: Writer, case: _Case) -> Received:
        """Bring an event to its order, open one for it, or say why it waits."""
        found = unit.matching(case.plan.process, case.match.found_by, case.match.value, _AT_ONCE)
        is_open = [id for id, status in found if status == "open"]
        if len(is_open) > 1:
            return Received(why="several", plan=case.plan)
        if found:
            return self._bring(unit, case, is_open[0] if is_open else found[-1][0])
        return self._open(unit, case) if case.event.creates else Received(why="unmatched", plan=case.plan)

    def _bring(self, unit: Writer, case: _Case, order: int, *, created: bool = False) -> Received:
        request = Request(Receive(case.event.name, dict(case.data)), case.by)
        try:
            result = self._commanding.carry_out(unit, order, request)
        except EvaluationFailed:
            return Received(why="refused", plan=case.plan)
        if any(blocker.code in _FOR_THE_SENDER for blocker in result.blockers):
            return Received(blockers=result.blockers, plan=case.plan)
        if not result.ok:
            return Received(why="refused", plan=case.plan)
        return Received(order, result.number, created, plan=case.plan)

    def _open(self, unit: Writer, case: _Case) -> Received:
        values, wrong = opening(case.plan, case.event, case.data)
        if wrong:
            return _refused(case.plan, *wrong)
        request = Request(Create(values), case.by)
        nobody = Insiders(self._catalog, {})  # what they refused could not be said to the sender
        opened = open_order(
            unit, self._catalog, case.definition_id, case.plan, request, self._clock, NO_ANSWERS, nobody
        )
        assert isinstance(opened, Result), "with answers, if only without any, nothing is asked"
        if not opened.ok:
            return Received(why="refused", plan=case.plan)
        return self._bring(unit, case, opened.order_id, created=not opened.repeated)

    def _now(self) -> int:
        return instant(self._clock, None) if self._clock else system_clock()


def _admit(process: str, event: str, data: Mapping[str, Any], key: str | None, by: Principal) -> None:
    admit(Request(Receive(event), by, key=key))
    admit_words(process, event)
    if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
        raise WrongInput("the data of an event is a map of names to values")
    if len(repr(data)) > _LARGEST:
        raise WrongInput(f"the data of an event has at most {_LARGEST} characters")


def _same(case: _Case, key: str | None) -> str | None:
    """The hash of what makes it the same event when it comes again: what the process says, else the key."""
    if case.event.unique:
        value = case.data.get(case.event.unique)
        return None if value is None else hash_of({"unique": value})
    return None if key is None else hash_of({"key": key})


def _again(row: EventRow, plan: Plan) -> Received:
    return Received(row.order_id, why=row.why or "", repeated=True, plan=plan)


def _refused(plan: Plan, *blockers: Blocker) -> Received:
    return Received(blockers=titled(plan, blockers), plan=plan)


def _row(case: _Case, same: str | None, found: Received, now: int) -> EventRow:
    return EventRow(
        id=0,
        process=case.plan.process,
        event=case.event.name,
        key=same,
        found_by=case.match.found_by,
        value=case.match.value,
        order_id=found.order_id,
        data=canonical(dict(case.data)) if found.parked else None,
        why=found.why or None,
        received_at=now,
        dropped=None,
    )
