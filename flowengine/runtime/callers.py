"""Calls out on their way: who does them, a function of the host or another system by webhook, and the way
back for what they answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flowengine.compiler.call import Call
from flowengine.compiler.plan import Plan
from flowengine.delivery.carrier import Load, NotSent
from flowengine.delivery.parcel import ParcelRow
from flowengine.delivery.reasons import plain
from flowengine.errors import CallFailed
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from flowengine.runtime.calls import Replies
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.inside import Inside, InsideRefused
from flowengine.runtime.ports import Store
from flowengine.runtime.privacy.lens import Opener
from flowengine.runtime.replying import why
from flowengine.runtime.sending import content, without
from flowengine.texts import Lang

if TYPE_CHECKING:
    from flowengine.delivery.channels.webhook import Webhook

Function = Callable[[str, Mapping[str, Any]], Any]
"""Does a call: given its id, the same at each attempt, and what is sent; its result is the answer. It runs
outside of any transaction, in a thread, and ends in bounded time. What it raises is tried again, but for
`CallFailed`.
"""


class Callers:
    """Has calls made by the `functions` of the host, or posted to the `webhooks` that it names by host."""

    def __init__(
        self,
        store: Store,
        catalog: Catalog,
        replies: Replies,
        commanding: Commanding,
        functions: Mapping[str, Function | Inside],
        webhooks: Mapping[str, Webhook],
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._replies = replies
        self._commanding = commanding
        self._functions = functions
        self._webhooks = webhooks
        self._results: dict[str, Any] = {}

    def load(self, row: ParcelRow, now: int) -> Load:  # noqa: ARG002 - calls are never too early
        """Make a call ready; one that is answered already has nothing to send."""
        key = json.loads(row.content)["call"]
        with self._store.reading() as unit:
            found = unit.order(row.order_id)
            assert found is not None, "a parcel has an order"
            order = Order.load(found.state)
            plan = plan_for(self._catalog.plan(unit, found.definition_id), order)
            opener = self._catalog.opener(unit, plan, found.state)
        if row.key in self._results:  # it was done, and its answer could not be taken in yet
            return Load("", lambda _now: None, row.attempts)
        known = order.calls.get(key)
        call = plan.calls.get(known.name) if known else None
        if known is None or known.how == "done" or call is None:
            return Load("", lambda _now: None)
        if call.webhook:
            return self._posted(row, plan, order, call, opener)
        if call.function not in self._functions:
            raise NotSent("no_function", call.function, elsewhere=True)
        function = self._functions[call.function]
        if isinstance(function, Inside):
            return self._inside(row, call)
        sent, hidden = content(plan, order, call, opener)

        def send(_now: int) -> None:
            try:
                self._results[row.key] = function(row.key, sent)
            except CallFailed as failed:
                raise NotSent(without(plain(failed), hidden), final=True) from None
            except NotSent as failed:
                why = without(plain(failed.why), hidden)
                raise NotSent(why, final=failed.final, wait=failed.wait) from None

        return Load(f"function {call.function}", send, call.tries)

    def _inside(self, row: ParcelRow, call: Call) -> Load:
        """A call of which the answer is taken in by the transaction in which the function writes."""

        def send(_now: int) -> None:
            try:
                self._commanding.answer_inside(row.order_id, row)
            except InsideRefused as refused:
                raise NotSent(refused.why, final=refused.is_final) from None

        return Load(f"function {call.function}", send, call.tries)

    def _posted(self, row: ParcelRow, plan: Plan, order: Order, call: Call, opener: Opener | None) -> Load:
        """A call that is posted to another system."""
        from flowengine.delivery.asking import body_of, receiver, result_of  # noqa: PLC0415 - loads http.client

        webhook = receiver(self._webhooks, call.webhook)
        body = body_of(call.name, content(plan, order, call, opener)[0], row.made_at)

        def send(now: int) -> None:
            answer = webhook.post(call.webhook, row.key, body, now)
            self._results[row.key] = result_of(answer, wanted=bool(call.sets))

        return Load(webhook.endpoint(call.webhook), send, call.tries)

    def instead(self, row: ParcelRow, failed: NotSent) -> str | None:  # noqa: ARG002 - there is one way only
        """No other way: a call that was given up has failed."""
        return None

    def heard(self, row: ParcelRow) -> ParcelRow:
        """Take in what a call has come to, once its fate is known. One whose answer does not fit is dead: it
        can be made once more.
        """
        key, error = json.loads(row.content)["call"], ""
        if row.state == "dead":
            error = why(row.error, self._language(row.order_id))
        elif row.key not in self._results:
            return row  # it was answered before
        taken = self._replies.take(row.order_id, key, self._results.get(row.key), error)
        self._results.pop(row.key, None)
        failed = [each.data["reason"] for each in taken.events if each.kind == "call_failed"]
        return (
            row
            if error or not failed
            else row._replace(state="dead", error=plain(f"wrong_answer: {failed[0]}"))
        )

    def _language(self, order_id: int) -> Lang:
        with self._store.reading() as unit:
            found = unit.order(order_id)
            assert found is not None, "a parcel has an order"
            return self._catalog.plan(unit, found.definition_id).language
