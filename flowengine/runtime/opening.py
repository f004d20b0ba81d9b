"""Opening an order (R03, R05): once for each key and identity, with a number that leaves no gap."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from flowengine.runtime.privacy.sealing import Sealing, seal
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
    newcomer = _newcomer(unit, catalog, definition_id, plan, request)
    opening = newcomer.look()
    if newcomer.may_come() and (earlier := newcomer.earlier(opening)):
        return earlier
    now = instant(clock, opening.now)
    while (found := newcomer.enter(opening.id, now, answers, insiders)) is None:
        if newcomer.is_part:
            raise FlowEngineError(f"the number {newcomer.command.number} of a part is taken")
        # An earlier version of the process gave this number: it is passed over.
    return found


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """An order that is to be opened, as far as it is known without a number.

    `came` is the request as it came, `request` with what it says of persons sealed.
    """

    unit: Writer
    catalog: Catalog
    definition_id: int
    plan: Plan
    came: Request
    request: Request
    sealing: Sealing
    unseen: Sight
    identity: str | None

    @property
    def command(self) -> Create:
        """What opens it."""
        assert isinstance(self.request.command, Create)
        return self.request.command

    @property
    def is_part(self) -> bool:
        """Whether it is a part of another order, which has numbered it."""
        return bool(self.command.part) or (is_inner(self.plan.process) and bool(self.command.number))

    def look(self) -> Opening:
        """An id for it, and the orders that it may be the same as."""
        return self.unit.opening(self.plan.process, self.request.key, self.identity)

    def may_come(self) -> bool:
        """Whether the one who asks opens orders here: only they hear of earlier ones."""
        by, typed = self.request.by, plan_for(self.plan, None, self.command)
        return may_read(self.plan, by) and not may_not_create(typed, by)

    def earlier(self, opening: Opening) -> Result | None:
        """The answer to the one who opened this order before, under that key or with that identity. What it
        says of a person is sealed for the person of then.
        """
        unit = self.unit
        if opening.by_key is not None and (found := unit.find(opening.by_key, None)):
            return repeated(unit, self.catalog.vault, self.plan, None, found.row, 1, self.came)
        if opening.by_identity is not None and (found := unit.find(opening.by_identity, None)):
            return first_answer(found.row, unit.receipt(found.row.id, 1))
        return None

    def enter(self, id: int, now: int, answers: Answers | None, insiders: Insiders) -> Result | Asking | None:
        """Open it under the next number, or under that of a part; None where the number is taken."""
        span = period(self.plan, now)
        serial = 0 if self.is_part else self.unit.next_serial(self.plan.process, span)
        try:
            with self.unseen.failing():
                decision, change = self._decided(id, serial, now, answers or NO_ANSWERS)
        except Exception:  # raised by our pure code alone, so the transaction still stands
            self._give_back(span, serial)
            raise
        if change is None:
            self._give_back(span, serial)
            return Result(0, "", 0, "", "", blockers=self.unseen.blockers(decision.blockers))
        if decision.asks and answers is None:
            self._give_back(span, serial)
            return Asking(decision.asks, self.plan, now)
        change, calls = insiders.apart(self.unit, self.plan, decision, change)
        if self.unit.open(change):
            self.sealing.keep(self.unit, id)
            after, decision = insiders.answered(self.unit, self.plan, change.after, decision, calls, now)
            opener = self.catalog.opener(self.unit, self.plan)
            return Sight.of(self.plan, decision.order, self.request.by, opener).result(
                answer(after, decision)
            )
        opening = self.look()
        if opening.by_key or opening.by_identity:  # somebody opened it at the same moment
            self._give_back(span, serial)
        return self.earlier(opening)

    def _decided(self, id: int, serial: int, now: int, answers: Answers) -> tuple[Decision, Change | None]:
        """What opening it comes to; no change where it is refused."""
        plan, request, command = self.plan, self.request, self.command
        row = _blank(id, self.definition_id, plan, self.identity, request.key)
        numbered = replace(command, number=command.number or number(plan, now, serial))
        decision = decide(plan, None, numbered, request.by, now, reason=request.reason, answers=answers)
        return decision, changed(row, plan, decision, request, now) if decision.order else None

    def _give_back(self, span: str, serial: int) -> None:
        """Give back the serial of an order that was not opened; a part of an order has taken none."""
        if serial:
            self.unit.return_serial(self.plan.process, span, serial)


def _newcomer(unit: Writer, catalog: Catalog, definition_id: int, plan: Plan, came: Request) -> _Newcomer:
    """What is known of an order that somebody asks to open."""
    found = acquaint(unit, catalog, plan, came)
    sealing = seal(catalog.vault, unit, plan, None, found.request, copied=(found.person, found.texts))
    command = sealing.request.command
    assert isinstance(command, Create)
    identity = None
    if plan.unique and not command.part:
        typed = plan_for(plan, None, command)
        identity = identity_text(plan, taken(typed, command.incoming)[0], sealing.blinds)
    unseen = Sight(found.hidden)
    return _Newcomer(unit, catalog, definition_id, plan, came, sealing.request, sealing, unseen, identity)


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
