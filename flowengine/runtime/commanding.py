"""Commands on orders: each is one transaction that loads, decides and saves, or changes nothing at all."""

from __future__ import annotations

import json
from dataclasses import replace

from flowengine.compiler.plan import Plan
from flowengine.errors import KeyReused, NotAllowed, NotFound, WrongInput
from flowengine.kernel.commands import Command, Create, Principal, Request
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Blocker, Decision
from flowengine.kernel.intake import taken
from flowengine.kernel.order import Order
from flowengine.runtime.admission import admit, admit_order
from flowengine.runtime.catalog import Catalog, may_read, plan_of
from flowengine.runtime.chain import GENESIS, digest_of
from flowengine.runtime.identity import identity_text
from flowengine.runtime.numbers import number, period
from flowengine.runtime.ports import Clock, Store, Unit
from flowengine.runtime.result import Result
from flowengine.runtime.rows import DefinitionRow, HistoryRow, OrderRow
from flowengine.runtime.saving import projected, save


class _Refusal(Exception):
    """Carries a refusal out of a transaction, so that it is rolled back and a serial taken is given back."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


class Commanding:
    """Starts orders and carries out commands on them."""

    def __init__(self, store: Store, catalog: Catalog, clock: Clock) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock

    def start(self, process: str, request: Request) -> Result:
        """Open an order, or give the first answer again for a key or an identity seen before (R05)."""
        admit(request)
        try:
            with self._store.writing() as unit:
                return self._open(unit, self._catalog.newest(unit, process), request)
        except _Refusal as refusal:
            return refusal.result

    def do(self, order_id: int, request: Request, *, expect: int | None) -> Result:
        """Carry out a command on an order. Raises NotFound, KeyReused, and WrongInput for an opening."""
        admit(request)
        admit_order(order_id)
        _check_not_opening(request.command)
        try:
            with self._store.writing() as unit:
                row = self._order(unit, order_id)
                self._check_known(unit, row, request)
                if request.key is not None and (receipt := unit.receipt(row.id, request.key)):
                    return _repeated(row, receipt, digest_of(request))
                return self._carry_out(unit, row, request, expect)
        except _Refusal as refusal:
            return refusal.result

    def preview(self, order_id: int, command: Command, *, by: Principal, reason: str) -> Decision:
        """What the command would do now, without doing it."""
        _check_not_opening(command)
        with self._store.reading() as unit:
            row = self._order(unit, order_id)
            plan = self._catalog.plan(unit, row.definition_id)
        if not may_read(plan, by):
            raise NotAllowed(f"order {order_id} needs one of the roles {', '.join(plan.roles)}")
        order = Order.load(row.state)
        return decide(plan, order, command, by, max(self._clock(), order.last_at), reason=reason)

    def _check_known(self, unit: Unit, row: OrderRow, request: Request) -> None:
        """Whoever holds no role of the process is told that, and nothing of the order or of its keys."""
        plan = self._catalog.plan(unit, row.definition_id)
        if not may_read(plan, request.by):
            refused = decide(plan, Order.load(row.state), request.command, request.by, row.created_at)
            raise _Refusal(Result(row.id, "", 0, "", "", blockers=refused.blockers))

    def _carry_out(self, unit: Unit, row: OrderRow, request: Request, expect: int | None) -> Result:
        if expect is not None and expect != row.revision:
            raise _Refusal(_answer(row, blockers=(_changed(row, expect),)))
        plan = self._catalog.plan(unit, row.definition_id)
        order = Order.load(row.state)
        now = max(self._clock(), order.last_at)
        decision = decide(plan, order, request.command, request.by, now, reason=request.reason)
        if decision.blockers:
            raise _Refusal(_answer(row, blockers=decision.blockers))
        return _answer(save(unit, row, plan, decision, request, now), decision)

    def _open(self, unit: Unit, definition: DefinitionRow, request: Request) -> Result:
        plan = plan_of(definition)
        command = request.command
        assert isinstance(command, Create)
        same = identity_text(plan, taken(plan, command.values)[0])
        if may_read(plan, request.by) and (found := self._seen_before(unit, plan, same, request)):
            return found
        now = self._clock()
        numbered = replace(command, number=self._number(unit, plan, now))
        decision = decide(plan, None, numbered, request.by, now, reason=request.reason)
        if decision.order is None:
            raise _Refusal(Result(0, "", 0, "", "", blockers=decision.blockers))
        row = _new_row(definition.id, plan, decision.order, identity=same, key=request.key)
        row = replace(row, id=unit.add_order(row))
        return _answer(save(unit, row, plan, decision, request, now), decision)

    def _seen_before(self, unit: Unit, plan: Plan, same: str | None, request: Request) -> Result | None:
        if request.key is not None and (row := unit.order_by_start_key(plan.process, request.key)):
            return _repeated(row, unit.history(row.id, after=0, limit=1)[0], digest_of(request))
        if same is not None and (row := unit.order_by_identity(plan.process, same)):
            first = unit.history(row.id, after=0, limit=1)[0]
            return _repeated(row, first, first.digest)
        return None

    def _number(self, unit: Unit, plan: Plan, now: int) -> str:
        """The next free number. A serial passes over numbers given by an earlier version of the process."""
        while True:
            free = number(plan, now, unit.next_serial(plan.process, period(plan, now)))
            if not unit.number_taken(plan.process, free):
                return free

    def _order(self, unit: Unit, order_id: int) -> OrderRow:
        row = unit.order(order_id)
        if row is None:
            raise NotFound(f"there is no order with id {order_id}")
        return row


def _check_not_opening(command: Command) -> None:
    if isinstance(command, Create):  # it would begin the history of the order anew
        raise WrongInput("an order is opened with `start`, not by a command on another order")


def _new_row(
    definition_id: int, plan: Plan, order: Order, *, identity: str | None, key: str | None
) -> OrderRow:
    row = OrderRow(
        id=0,
        definition_id=definition_id,
        process=plan.process,
        number=order.number,
        identity=identity,
        start_key=key,
        revision=0,
        head=GENESIS,
        status="open",
        stage="",
        owner="",
        entered_at=0,
        due_at=None,
        late=False,
        wake_at=None,
        failures=0,
        created_at=0,
        closed_at=None,
        state="",
    )
    return projected(row, plan, order)


def _answer(row: OrderRow, decision: Decision | None = None, blockers: tuple[Blocker, ...] = ()) -> Result:
    events = decision.events if decision else ()
    return Result(row.id, row.number, row.revision, row.stage, row.status, events, blockers)


def _repeated(row: OrderRow, receipt: HistoryRow, digest: str) -> Result:
    """The first answer again. Raises KeyReused where the command is not the first one's."""
    if receipt.digest != digest:
        raise KeyReused(f"the key {receipt.command_key!r} was used for another command on order {row.number}")
    record = json.loads(receipt.record)
    return Result(row.id, row.number, receipt.seq, record["stage"], record["status"], repeated=True)


def _changed(row: OrderRow, expect: int) -> Blocker:
    return Blocker("changed_meanwhile", name=row.number, params={"found": row.revision, "expected": expect})
