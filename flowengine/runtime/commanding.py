"""Commands on orders: each is one transaction that finds, decides and saves, or changes nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from flowengine.compiler.plan import Plan
from flowengine.delivery.parcel import ParcelRow
from flowengine.errors import (
    ChangedMeanwhile,
    ConnectionLost,
    FlowEngineError,
    NeedsConnection,
    NeedsTransaction,
    OrderBusy,
    OutcomeUnknown,
)
from flowengine.kernel.answers import NO_ANSWERS, PLAIN, Answers, Question
from flowengine.kernel.commands import (
    Answered,
    Command,
    PassTime,
    Principal,
    Raise,
    Reckon,
    Request,
    RequestLane,
)
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Blocker, Decision
from flowengine.kernel.events import Event
from flowengine.kernel.order import Order
from flowengine.kernel.rights import may_speak
from flowengine.runtime.admission import (
    admit,
    admit_expected,
    admit_opening,
    admit_order,
    check_key,
    check_not_opening,
)
from flowengine.runtime.answering import answer, repeated
from flowengine.runtime.catalog import Catalog, may_read
from flowengine.runtime.directory import Directory
from flowengine.runtime.inside import InsideRefused, Insiders
from flowengine.runtime.missing import denied, missing
from flowengine.runtime.opening import open_order
from flowengine.runtime.partners import joining
from flowengine.runtime.pools import Asking, Pools
from flowengine.runtime.ports import Clock, Session, Writer, instant
from flowengine.runtime.privacy.sealing import Sealing, seal
from flowengine.runtime.quotas import counted, decided
from flowengine.runtime.replying import OUTSIDE
from flowengine.runtime.result import Result
from flowengine.runtime.rows import OrderRow
from flowengine.runtime.saving import changed, noted
from flowengine.runtime.sight import Sight
from flowengine.runtime.snapshots import order_of
from flowengine.runtime.ticking import TIME

T = TypeVar("T")


class Commanding:
    """Starts orders and carries out commands on them."""

    def __init__(
        self,
        session: Session,
        catalog: Catalog,
        clock: Clock | None,
        directory: Directory | None,
        insiders: Insiders | None = None,
    ) -> None:
        self._session = session
        self._catalog = catalog
        self._clock = clock
        self._nobody = Insiders(catalog, {})
        self._insiders = insiders or self._nobody
        self._pools = Pools(session, directory)
        self.follow: Callable[[Writer, str], None] | None = None
        """What is done in a transaction after which events may find an order of that process."""

    def start(self, process: str, request: Request) -> Result:
        """Open an order, or give the first answer again for a key or an identity seen before (R05)."""
        admit(request)
        check_key(request.key)
        admit_opening(process)
        return self._answered(
            request,
            lambda unit, known: self._open(
                unit, self._catalog.newest(unit, process), request, known, self._insiders
            ),
            whole=True,
        )

    def do(self, order_id: int, request: Request, *, expect: int | None) -> Result:
        """Carry out a command on an order. Raises NotFound, KeyReused, and WrongInput for an opening."""
        admit(request)
        check_key(request.key)
        admit_order(order_id)
        admit_expected(expect)
        check_not_opening(request.command)
        insiders = self._nobody if isinstance(request.command, PassTime | Reckon) else self._insiders
        return self._answered(
            request,
            lambda unit, known: self._do(unit, order_id, request, expect, known, insiders),
            whole=_reads_more(request.command),
        )

    def within(self, request: Request, work: Callable[[Writer], T], *, whole: bool = False) -> T:
        """Do `work`, of which `request` is a part, in a transaction; again where others were in the way.
        As a `whole` it may save more than once.
        """
        return self._tried(request, work, whole=whole)

    def carry_out(
        self, unit: Writer, order_id: int, request: Request, *, expect: int | None = None
    ) -> Result:
        """Carry out a command as part of a transaction. Raises NotFound and KeyReused.

        Work that comes up by it waits for its whole role until `deal_out`, which asks for people.
        """
        found = self._do(unit, order_id, request, expect, NO_ANSWERS, self._nobody)
        assert isinstance(found, Result), "with answers, if only without any, nothing is asked"
        return found

    def open_within(
        self, unit: Writer, definition: tuple[int, Plan], request: Request, *, at: int | None = None
    ) -> Result:
        """Open an order as part of a transaction, as of now or of an instant `at` which it was to be opened;
        its work waits for whole roles until `deal_out`.
        """
        found = self._open(unit, definition, request, NO_ANSWERS, self._nobody, at=at)
        assert isinstance(found, Result), "with answers, if only without any, nothing is asked"
        return found

    def deal_out(self, order_id: int) -> None:
        """Deal out the work that has come up while nobody could be asked for people."""
        self.do(order_id, Request(PassTime(), TIME), expect=None)

    def _answered(
        self,
        request: Request,
        work: Callable[[Writer, Answers | None], Result | Asking],
        *,
        whole: bool = False,
    ) -> Result:
        """`work`, again with answers where it asks for people, who are found between two transactions.

        Where nobody can say, the work waits for everybody who might do it.
        """
        found = self._tried(request, lambda unit: self._standing(unit, work, None), whole=whole)
        known: dict[Question, tuple[str, ...] | None] = {}
        while isinstance(found, Asking):
            known.update(self._pools.answers(found.questions, found.plan, found.now))
            found = self._tried(request, lambda unit: self._standing(unit, work, known), whole=whole)
        if self._insiders and any(event.kind == "call_done" for event in found.events):
            self.deal_out(found.order_id)
        return found

    def _standing(
        self,
        unit: Writer,
        work: Callable[[Writer, Answers | None], Result | Asking],
        known: Answers | None,
    ) -> Result | Asking:
        """`work`, of which nothing stays where a function of the host refuses it."""
        if not self._insiders:
            return work(unit, known)
        try:
            with unit.savepoint():
                return work(unit, known)
        except InsideRefused as refused:
            return refused.result

    def answer_inside(self, order_id: int, call: ParcelRow) -> None:
        """Have a call done by a function of the host, its answer in the same transaction; nothing where it is
        answered already. Raises InsideRefused.
        """
        request = Request(Answered(call.key), OUTSIDE)
        self._tried(request, lambda unit: self._answer_inside(unit, order_id, call), lent=True)
        self.deal_out(order_id)

    def _answer_inside(self, unit: Writer, order_id: int, call: ParcelRow) -> None:
        there = unit.find(order_id, None)
        assert there is not None, "a parcel has an order"
        order, plan = order_of(there.row.state), self._catalog.plan(unit, there.row.definition_id)
        if not self._insiders.does(plan, order, call):
            return
        now = max(instant(self._clock, there.now), order.last_at)
        decision, change = self._insiders.answer(unit, plan, there.row, order, call, now)
        unit.save((change,))
        if self.follow and plan.events and _writes(decision.events):
            self.follow(unit, plan.process)

    def preview(self, order_id: int, command: Command, *, by: Principal, reason: str) -> Decision:
        """What the command would do now, without doing it. To whom work would be dealt out is not asked: that
        would use up somebody's turn.
        """
        admit(Request(command, by, reason))
        admit_order(order_id)
        check_not_opening(command)
        known: dict[Question, tuple[str, ...] | None] = {}
        while True:
            found, sight, asking = self._previewed(order_id, command, by, reason, known)
            if not asking.questions:
                return sight.decision(found)
            known.update(self._pools.answers(*asking))

    def _previewed(
        self, order_id: int, command: Command, by: Principal, reason: str, known: Answers
    ) -> tuple[Decision, Sight, Asking]:
        """What it would do as far as these answers go, and what else may be asked: that changes nothing."""
        with self._session.reading() as unit:
            row = unit.order(order_id)
            if row is None:
                raise missing("order_id", id=order_id)
            plan = self._catalog.plan(unit, row.definition_id)
            if not (may_read(plan, by) or may_speak(by, command)):
                raise denied("order", order=order_id, roles=[*plan.roles])
            order = Order.load(row.state)
            now = max(instant(self._clock, unit.now()), order.last_at)
            command = counted(unit, plan, order, Request(command, by, reason), now)
            command = joining(unit, unit.order, self._catalog, plan, Request(command, by)).command
            sealing = seal(self._catalog.vault, unit, plan, order, Request(command, by), id=row.id)
            opener = self._catalog.opener(unit, plan, row.state)
        if opener and sealing.person:
            opener.know(sealing.person)
        sight = Sight.of(plan, order, by, opener)
        with sight.failing():
            command = sealing.request.command
            found = decide(plan, order, command, by, now, reason=reason, answers=known)
        asks = (each for each in found.asks if each.how in PLAIN and each not in known)
        return found, sight, Asking(tuple(asks), plan, now)

    def _open(
        self,
        unit: Writer,
        definition: tuple[int, Plan],
        request: Request,
        answers: Answers | None,
        insiders: Insiders,
        *,
        at: int | None = None,
    ) -> Result | Asking:
        definition_id, plan = definition
        clock = self._clock if at is None else lambda: at
        opened = open_order(unit, self._catalog, definition_id, plan, request, clock, answers, insiders)
        if self.follow and plan.events and isinstance(opened, Result) and opened.ok and not opened.repeated:
            self.follow(unit, plan.process)
        return opened

    def _do(
        self,
        unit: Writer,
        order_id: int,
        request: Request,
        expect: int | None,
        answers: Answers | None,
        insiders: Insiders,
    ) -> Result | Asking:
        there = unit.recall(order_id) or unit.find(order_id, request.key)
        if there is None:
            raise missing("order_id", id=order_id)
        row = there.row
        plan = self._catalog.plan(unit, row.definition_id)
        order = order_of(row.state)
        if not (may_read(plan, request.by) or may_speak(request.by, request.command)):
            return _stranger(decide(plan, order, request.command, request.by, row.created_at), row)
        if there.done is not None:
            return repeated(unit, self._catalog.vault, plan, order, row, there.done, request)
        if expect is not None and expect != row.revision:
            return answer(row, blockers=(_changed(row, expect),))
        now = max(instant(self._clock, there.now), order.last_at)
        request = joining(unit, _finding(unit), self._catalog, plan, request)
        sealing = seal(self._catalog.vault, unit, plan, order, request, id=row.id)
        sight = Sight.of(plan, order, request.by, self._catalog.opener(unit, plan))
        found = _decided(unit, row, plan, order, sealing, sight, now, answers, insiders)
        if self.follow and plan.events and isinstance(found, Result) and _writes(found.events):
            self.follow(unit, plan.process)
        return found

    def _tried(
        self, request: Request, work: Callable[[Writer], T], *, whole: bool = False, lent: bool = False
    ) -> T:
        """`work` in a transaction; again where others were in the way and nothing can be done twice, and as a
        `whole` where it turns out that it must be, or over a connection that is `lent`.

        What nobody knows of one attempt stays unknown until another finds its answer.
        """
        unknown: OutcomeUnknown | None = None
        failed: FlowEngineError | None = None
        for attempt in self._session.attempts(whole=whole, lent=lent):
            try:
                with attempt as unit:
                    return work(unit)
            except NeedsTransaction as needs:
                return self._tried(request, work, whole=True, lent=isinstance(needs, NeedsConnection))
            except OutcomeUnknown as lost:
                if request.key is None:
                    raise
                unknown = lost
            except (ChangedMeanwhile, ConnectionLost) as error:
                failed = error
            except OrderBusy as error:
                failed = error
                break
        if unknown is not None:
            raise unknown from failed or unknown.__cause__
        assert failed is not None, "there is always an attempt"
        raise failed


def _reads_more(command: Command) -> bool:
    """Whether a command asks the store for more than its order: requests are counted, cases are read."""
    return isinstance(command, RequestLane) or (isinstance(command, Raise) and bool(command.case))


def _finding(unit: Writer) -> Callable[[int], OrderRow | None]:
    """How the row of another order is found in a transaction."""
    return lambda id: found.row if (found := unit.find(id, None)) else None


def _decided(  # noqa: PLR0913, PLR0917 - one for each thing that a decision may depend on
    unit: Writer,
    row: OrderRow,
    plan: Plan,
    order: Order,
    sealing: Sealing,
    sight: Sight,
    now: int,
    answers: Answers | None,
    insiders: Insiders,
) -> Result | Asking:
    """Decide and save; without `answers` it may ask for people, and nothing is saved."""
    request = sealing.request
    with sight.failing():
        decision = decided(unit, plan, order, request, now, answers)
    if decision.asks and _may_ask(answers):
        return Asking(decision.asks, plan, now)
    if decision.blockers:
        if decision.noted and not unit.presumes:  # else its key may be used already: whoever reads sees that
            note = noted(row, plan, decision, request, now)
            unit.save((note,))
            row = note.after
        return sight.result(answer(row, blockers=decision.blockers))
    if isinstance(request.command, PassTime) and not decision.events:
        return answer(row)
    change, calls = insiders.apart(unit, plan, decision, changed(row, plan, decision, request, now))
    sealing.keep(unit, row.id)
    unit.save((change,))
    try:
        after, decision = insiders.answered(unit, plan, change.after, decision, calls, now)
    except InsideRefused as refused:
        refused.result = sight.result(answer(row, blockers=(refused.blocker,)))
        raise
    return sight.result(answer(after, decision))


def _writes(events: Iterable[Event]) -> bool:
    """Whether fields have changed, and with them perhaps by what events find the order."""
    return any(event.kind == "set" for event in events)


def _may_ask(answers: Answers | None) -> bool:
    """Whether people may be asked for: at first, and once it is known who holds a role, stands in or is above
    somebody.
    """
    return answers is None or (bool(answers) and all(each.how in PLAIN for each in answers))


def _stranger(refused: Decision, row: OrderRow) -> Result:
    """Whoever holds no role of the process is told that, and nothing of the order or of its keys."""
    return Result(row.id, "", 0, "", "", blockers=refused.blockers)


def _changed(row: OrderRow, expect: int) -> Blocker:
    return Blocker("changed_meanwhile", name=row.number, params={"found": row.revision, "expected": expect})
