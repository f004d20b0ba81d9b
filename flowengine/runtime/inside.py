"""Calls that functions of the host do inside the transaction of the command that makes them.

What the order has decided and what the function has written is there together, or neither. A function that
refuses, or fails, refuses the command. What time, answers and other orders make happen cannot be refused:
there the courier does the call, with its answer in one transaction.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flowengine.compiler.call import Call
from flowengine.compiler.plan import Plan
from flowengine.delivery.carrier import NotSent
from flowengine.delivery.parcel import ParcelRow
from flowengine.delivery.reasons import plain
from flowengine.errors import CallFailed, FlowEngineError, NeedsConnection
from flowengine.kernel.answers import NO_ANSWERS
from flowengine.kernel.commands import Request
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Blocker, Decision
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.ports import Writer
from flowengine.runtime.replying import OUTSIDE, reply, why
from flowengine.runtime.result import Result
from flowengine.runtime.rows import Change, OrderRow
from flowengine.runtime.saving import changed
from flowengine.runtime.sending import content, without
from flowengine.texts import say


@dataclass(frozen=True, slots=True)
class Inside:
    """A function of the host for one call. Given the connection of the transaction (of SQLAlchemy), the id of
    the call and what is sent; its result is the answer. It writes to the database and does nothing else:
    what it does elsewhere nobody could take back.
    """

    function: Callable[[Any, str, Mapping[str, Any]], Any]


class InsideRefused(Exception):
    """A function would not, or could not: nothing of the command is kept."""

    def __init__(self, call: Call, why: str, *, is_final: bool = True) -> None:
        super().__init__(why)
        self.why = why
        self.is_final = is_final
        params = {"title": call.title.all(), "why": why}
        self.blocker = Blocker("inside_refused", name=call.name, params=params)
        self.result = Result(0, "", 0, "", "", blockers=(self.blocker,))


class Insiders:
    """The functions of the host that do calls inside, by name."""

    def __init__(self, catalog: Catalog, functions: Mapping[str, object]) -> None:
        self._catalog = catalog
        self._functions = {
            name: each.function for name, each in functions.items() if isinstance(each, Inside)
        }

    def __bool__(self) -> bool:
        return bool(self._functions)

    def apart(
        self, unit: Writer, plan: Plan, decision: Decision, change: Change
    ) -> tuple[Change, tuple[ParcelRow, ...]]:
        """A change without the calls that are done here, and these. Raises NeedsConnection where functions
        cannot write along.
        """
        if not self._functions or not change.calls:
            return change, ()
        here = tuple(each for each in change.calls if self.does(plan, _order(decision), each))
        if here and not unit.lends:
            raise NeedsConnection
        return change._replace(calls=tuple(each for each in change.calls if each not in here)), here

    def does(self, plan: Plan, order: Order, call: ParcelRow) -> bool:
        """Whether a call waits for a function that is here."""
        known = order.calls.get(_key(call))
        asked = plan_for(plan, order).calls.get(known.name) if known else None
        return bool(known and asked and known.how != "done" and asked.function in self._functions)

    def answered(
        self,
        unit: Writer,
        plan: Plan,
        row: OrderRow,
        decision: Decision,
        calls: Sequence[ParcelRow],
        now: int,
    ) -> tuple[OrderRow, Decision]:
        """Have calls done, and those that follow from them: the order after the last answer, and all that
        has happened. Raises InsideRefused.
        """
        if not calls:
            return row, decision
        todo, events = deque(calls), list(decision.events)
        while todo:
            decision, change = self.answer(unit, plan, row, _order(decision), todo.popleft(), now)
            change, more = self.apart(unit, plan, decision, change)
            unit.save((change,))
            row, todo, events = change.after, todo + deque(more), [*events, *decision.events]
        return row, replace(decision, events=tuple(events))

    def answer(
        self, unit: Writer, plan: Plan, row: OrderRow, order: Order, call: ParcelRow, now: int
    ) -> tuple[Decision, Change]:
        """What an order comes to by the answer of a function, which has written by then; nothing of the order
        is saved. Raises InsideRefused.
        """
        key, variant = _key(call), plan_for(plan, order)
        asked = variant.calls[order.calls[key].name]
        result = self._result(unit, variant, row, order, asked, call.key)
        request = Request(reply(asked, key, result, variant), OUTSIDE)
        decision = decide(plan, order, request.command, OUTSIDE, now, answers=NO_ANSWERS)
        for event in decision.events:
            if event.kind == "call_failed" and event.data["call"] == key:
                raise InsideRefused(asked, event.data["reason"])
        return decision, changed(row, plan, decision, request, now)

    def _result(self, unit: Writer, plan: Plan, row: OrderRow, order: Order, call: Call, id: str) -> Any:
        """What a function answers. What others cause, such as a lock, is raised as it is."""
        function, hidden = self._functions[call.function], list[str]()
        try:
            sent, hidden = content(plan, order, call, self._catalog.opener(unit, plan, row.state))
            return unit.lend(lambda connection: function(connection, id, sent))
        except (CallFailed, NotSent) as failed:
            said = why(plain(failed) or "no_reason", plan.language)
            raise InsideRefused(call, without(said, hidden)) from None
        except FlowEngineError:
            raise
        except Exception as error:  # its words may hold secrets
            unforeseen = say("not_sent.unforeseen", plan.language, {"detail": type(error).__name__})
            raise InsideRefused(call, unforeseen, is_final=False) from error


def _order(decision: Decision) -> Order:
    assert decision.order is not None, "whatever was carried out leaves an order"
    return decision.order


def _key(call: ParcelRow) -> str:
    key: str = json.loads(call.content)["call"]
    return key
