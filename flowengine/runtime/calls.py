"""Answers of calls out on their way in: whoever made the call hands its answer over here.

The kernel decides what becomes of it.
"""

from __future__ import annotations

from typing import Any

from flowengine.compiler.call import Call
from flowengine.compiler.plan import Plan
from flowengine.delivery.parcel import State
from flowengine.delivery.reasons import plain
from flowengine.errors import WrongInput
from flowengine.kernel.commands import Answered, Request
from flowengine.kernel.order import Order, canonical
from flowengine.kernel.variant import plan_for
from flowengine.runtime.admission import admit_order, admit_words
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.missing import missing
from flowengine.runtime.ports import Session, Writer
from flowengine.runtime.replying import OUTSIDE, reply
from flowengine.runtime.result import Result
from flowengine.texts import say


class Replies:
    """Takes in what calls out have come to."""

    def __init__(self, session: Session, catalog: Catalog, commanding: Commanding) -> None:
        self._session = session
        self._catalog = catalog
        self._commanding = commanding

    def take(self, order_id: int, key: str, result: Any, error: str, *, settles: bool = False) -> Result:
        """Take in the answer of the call `key`; a repeated one has no effect. Whoever has not carried its
        parcel `settles` it by that. Raises NotFound.
        """
        admit_order(order_id)
        admit_words(key)
        if not isinstance(error, str):
            raise WrongInput(f"why a call has failed is a text, not {error!r}")
        call, plan = self._call(order_id, key)
        if error:
            command = Answered(key, error=plain(error) or say("not_sent.no_reason", plan.language))
        else:
            command = reply(call, key, result, plan)
        request = Request(command, OUTSIDE)
        taken = self._commanding.within(
            request, lambda unit: self._taken(unit, order_id, key, request, settles=settles), whole=True
        )
        self._commanding.deal_out(order_id)
        return taken

    def _taken(self, unit: Writer, order_id: int, key: str, request: Request, *, settles: bool) -> Result:
        taken = self._commanding.carry_out(unit, order_id, request)
        if settles and taken.ok:
            failed = [each.data["reason"] for each in taken.events if each.kind == "call_failed"]
            state: State = "dead" if failed else "sent"
            asked = canonical({"call": key})
            unit.answer_parcel(order_id, asked, state, plain("".join(failed)), taken.events[-1].data["at"])
        return taken

    def _call(self, order_id: int, key: str) -> tuple[Call | None, Plan]:
        with self._session.reading() as unit:
            row = unit.order(order_id)
            if row is None:
                raise missing("order_id", id=order_id)
            plan = self._catalog.plan(unit, row.definition_id)
        order = Order.load(row.state)
        known = order.calls.get(key)
        plan = plan_for(plan, order)
        return plan.calls.get(known.name) if known else None, plan
