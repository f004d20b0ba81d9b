"""Calls out on their way: the functions of the host that do them, and the way back for what they answer.

What a call sends is looked up when it goes, so that what was erased meanwhile stays in the house.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from flowengine.compiler.call import Call
from flowengine.compiler.plan import Plan
from flowengine.definition.private import token_of
from flowengine.definition.values import Stored
from flowengine.delivery.carrier import Load, NotSent
from flowengine.delivery.parcel import ParcelRow
from flowengine.errors import CallFailed
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from flowengine.runtime.calls import Replies
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.ports import Store
from flowengine.runtime.privacy.lens import Opener
from flowengine.texts import TEXTS, Lang, Phrase, say

Function = Callable[[str, Mapping[str, Any]], Any]
"""Does a call: given its id, the same at each attempt, and what is sent; its result is the answer. It runs
outside of any transaction, in a thread, and ends in bounded time. What it raises is tried again, but for
`CallFailed`.
"""
_HIDDEN: Final = "…"


class Callers:
    """Has calls made by the `functions` of the host."""

    def __init__(
        self, store: Store, catalog: Catalog, replies: Replies, functions: Mapping[str, Function]
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._replies = replies
        self._functions = functions
        self._results: dict[str, Any] = {}

    def load(self, row: ParcelRow) -> Load:
        """Make a call ready; one that is answered already has nothing to send."""
        key = json.loads(row.content)["call"]
        with self._store.reading() as unit:
            found = unit.order(row.order_id)
            assert found is not None, "a parcel has an order"
            order = Order.load(found.state)
            plan = plan_for(self._catalog.plan(unit, found.definition_id), order)
            opener = self._catalog.opener(unit, plan, found.state)
        known = order.calls.get(key)
        call = plan.calls.get(known.name) if known else None
        if known is None or known.how == "done" or call is None:
            return Load("", lambda _now: None)
        if call.function not in self._functions:
            raise NotSent("no_function", call.function)
        sent, hidden = _content(plan, order, call, opener)
        function = self._functions[call.function]

        def send(_now: int) -> None:
            try:
                self._results[row.key] = function(row.key, sent)
            except CallFailed as failed:
                raise NotSent(_without(str(failed), hidden), final=True) from None

        return Load(f"function {call.function}", send, call.tries)

    def instead(self, row: ParcelRow, failed: NotSent) -> str | None:  # noqa: ARG002 - there is one way only
        """No other way: a call that was given up has failed."""
        return None

    def heard(self, row: ParcelRow) -> None:
        """Take in what a call has come to, once its fate is known."""
        key, error = json.loads(row.content)["call"], ""
        if row.state == "dead":
            error = why(row.error, self._language(row.order_id))
        elif row.key not in self._results:
            return  # it was answered before
        self._replies.take(row.order_id, key, self._results.pop(row.key, None), error)

    def _language(self, order_id: int) -> Lang:
        with self._store.reading() as unit:
            found = unit.order(order_id)
            assert found is not None, "a parcel has an order"
            return self._catalog.plan(unit, found.definition_id).language


def why(error: str, lang: Lang) -> str:
    """Why a parcel was not taken, in words; what a host has said stays as it is."""
    word, _, detail = error.partition(": ")
    key = f"not_sent.{word}"
    return say(key, lang, {"detail": detail}) if key in TEXTS else error


def _content(plan: Plan, order: Order, call: Call, opener: Opener | None) -> tuple[dict[str, Any], list[str]]:
    """What a call sends, and those of its values that nobody else may read."""
    of_the_order = {"number": order.number, "stage": order.stage}
    sent: dict[str, Any] = {}
    hidden: list[str] = []
    for name in call.send:
        value = of_the_order[name] if name in of_the_order else order.fields.get(name)
        if name in plan.private and value is not None:
            value = _opened(plan, value, opener)
            hidden += [value] if isinstance(value, str) else []
        sent[name] = value
    return sent, hidden


def _opened(plan: Plan, value: Stored, opener: Opener | None) -> str | None:
    """A private value in full; None where the person was erased."""
    token = token_of(value)
    if token is None or opener is None:
        raise NotSent("locked")
    found = opener.opened(plan.process, token)
    if not isinstance(found, Phrase):
        return found
    if found.key != "private.erased":
        raise NotSent("locked")
    return None


def _without(text: str, hidden: list[str]) -> str:
    """A reason as it may be kept: without the private values that were sent."""
    for value in hidden:
        text = text.replace(value, _HIDDEN)
    return text
