"""Opening an order (R03, R05): once for each key and identity, with a number that leaves no gap."""

from __future__ import annotations

from dataclasses import replace

from flowengine.compiler.plan import Plan
from flowengine.definition.inner import is_inner
from flowengine.errors import FlowEngineError
from flowengine.kernel.answers import NO_ANSWERS, Answers
from flowengine.kernel.commands import Create, Request
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.intake import taken
from flowengine.kernel.rights import may_not_create
from flowengine.kernel.variant import plan_for
from flowengine.runtime.answering import answer, first_answer, repeated
from flowengine.runtime.catalog import Catalog, may_read
from flowengine.runtime.chain import GENESIS
from flowengine.runtime.identity import identity_text
from flowengine.runtime.inside import Insiders
from flowengine.runtime.numbers import number, period
from flowengine.runtime.partners import acquaint
from flowengine.runtime.pools import Asking
from flowengine.runtime.ports import Clock, Writer, instant
from flowengine.runtime.privacy.sealing import seal
from flowengine.runtime.result import Result
from flowengine.runtime.rows import NEVER, Change, Opening, OrderRow
from flowengine.runtime.saving import changed
from flowengine.runtime.sight import Sight


def open_order(
    unit: Writer,
    catalog: Catalog,
    definition_id: int,
    plan: Plan,
    request: Request,
    clock: Clock | None,
    answers: Answers | None,
    insiders: Insiders,
) -> Result | Asking:
    """Open an order on a plan; the first answer again for one that was opened before. Without `answers` it
    may ask for people.
    """
    came = request
    found = acquaint(unit, catalog, plan, request)
    unseen = Sight(found.hidden)
    sealing = seal(catalog.vault, unit, plan, None, found.request, copied=(found.person, found.texts))
    request = sealing.request
    command = request.command
    assert isinstance(command, Create)
    typed = plan_for(plan, None, command)
    identity = None
    if plan.unique and not command.part:
        identity = identity_text(plan, taken(typed, command.incoming)[0], sealing.blinds)
    opening = unit.opening(plan.process, request.key, identity)
    allowed = may_read(plan, request.by) and not may_not_create(typed, request.by)
    if allowed and (earlier := _earlier(unit, catalog, plan, opening, came)):
        return earlier
    now = instant(clock, opening.now)
    span = period(plan, now)
    is_part = bool(command.part) or (is_inner(plan.process) and bool(command.number))
    while True:
        serial = 0 if is_part else unit.next_serial(plan.process, span)
        row = _blank(opening.id, definition_id, plan, identity, request.key)
        try:
            with unseen.failing():
                decision, change = _decided(
                    row,
                    plan,
                    request,
                    now,
                    command.number or number(plan, now, serial),
                    answers or NO_ANSWERS,
                )
        except Exception:  # raised by our pure code alone, so the transaction still stands
            _give_back(unit, plan, span, serial)
            raise
        if change is None:
            _give_back(unit, plan, span, serial)
            return Result(0, "", 0, "", "", blockers=unseen.blockers(decision.blockers))
        if decision.asks and answers is None:
            _give_back(unit, plan, span, serial)
            return Asking(decision.asks, plan, now)
        change, calls = insiders.apart(unit, plan, decision, change)
        if unit.open(change):
            sealing.keep(unit, change.after.id)
            after, decision = insiders.answered(unit, plan, change.after, decision, calls, now)
            sight = Sight.of(plan, decision.order, request.by, catalog.opener(unit, plan))
            return sight.result(answer(after, decision))
        opening = unit.opening(plan.process, request.key, identity)
        if opening.by_key or opening.by_identity:  # somebody opened it at the same moment
            _give_back(unit, plan, span, serial)
        if earlier := _earlier(unit, catalog, plan, opening, came):
            return earlier
        if is_part:
            raise FlowEngineError(f"the number {command.number} of a part is taken")
        # An earlier version of the process gave this number: it is passed over.


def _give_back(unit: Writer, plan: Plan, span: str, serial: int) -> None:
    """Give back the serial of an order that was not opened; a part of an order has taken none."""
    if serial:
        unit.return_serial(plan.process, span, serial)


def _decided(
    row: OrderRow, plan: Plan, request: Request, now: int, number: str, answers: Answers
) -> tuple[Decision, Change | None]:
    """What opening an order under that number comes to; no change where it is refused."""
    assert isinstance(request.command, Create)
    numbered = replace(request.command, number=number)
    decision = decide(plan, None, numbered, request.by, now, reason=request.reason, answers=answers)
    return decision, changed(row, plan, decision, request, now) if decision.order else None


def _earlier(unit: Writer, catalog: Catalog, plan: Plan, opening: Opening, request: Request) -> Result | None:
    """The answer to the one who opened this order before, under that key or with that identity.

    `request` is as it came: what it says of a person is sealed for the person of then.
    """
    if opening.by_key is not None and (found := unit.find(opening.by_key, None)):
        return repeated(unit, catalog.vault, plan, None, found.row, 1, request)
    if opening.by_identity is not None and (found := unit.find(opening.by_identity, None)):
        return first_answer(found.row, unit.receipt(found.row.id, 1))
    return None


def hold_serial(unit: Writer, plan: Plan, clock: Clock | None) -> None:
    """Let nobody else open an order of this process until the transaction ends. Whoever locks what an opening
    locks later does this first, or the two would wait for each other.
    """
    span = period(plan, instant(clock, unit.opening(plan.process, None, None).now))
    unit.return_serial(plan.process, span, unit.next_serial(plan.process, span))


def _blank(id: int, definition_id: int, plan: Plan, identity: str | None, key: str | None) -> OrderRow:
    """The row of an order of which there is no history yet."""
    return OrderRow(
        id=id,
        definition_id=definition_id,
        process=plan.process,
        number="",
        identity=identity,
        start_key=key,
        revision=0,
        head=GENESIS,
        status="open",
        stage="",
        owner="",
        waits_for="",
        entered_at=0,
        due_at=None,
        late=False,
        wake_at=None,
        failures=0,
        failure=None,
        created_at=0,
        closed_at=None,
        state="",
        priority=0,
        next_due=NEVER,
    )
