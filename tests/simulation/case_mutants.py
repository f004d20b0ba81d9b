"""Defects planted into exceptions and their cases; a simulation must find each of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from flowengine.definition.inner.exceptions import JOINED
from flowengine.kernel import decide, linking, raising
from flowengine.kernel.commands import Hear
from flowengine.kernel.draft import Draft
from flowengine.runtime import commanding
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.signals import SIGNAL, Signals
from flowengine.storage.writer import SqlWriter
from tests.simulation.mutants import Mutants, Surgeon, Wrap, commit_here

DEFECTS: Final = Mutants()
defect, planted = DEFECTS.add, DEFECTS.planted


@defect
def a_case_is_opened_twice(surgeon: Surgeon) -> None:
    """It is opened without a key, and the raising taken away in a transaction of its own."""

    def without_key(open_within: Wrap) -> Wrap:
        def opened(self: Commanding, unit: Any, definition: Any, request: Any, **more: Any) -> Any:
            request = replace(request, key=None) if request.by == SIGNAL else request
            return open_within(self, unit, definition, request, **more)

        return opened

    def apart(opened: Wrap) -> Wrap:
        def opening(self: Signals, unit: SqlWriter, signal: Any, said: Any) -> Any:
            result = opened(self, unit, signal, said)
            commit_here(unit._cursor)
            return result

        return opening

    surgeon.replace(Commanding, "open_within", without_key)
    surgeon.replace(Signals, "_opened", apart)


@defect
def a_raising_is_gone_before_its_case_is_there(surgeon: Surgeon) -> None:
    def wrap(opened: Wrap) -> Wrap:
        def opening(self: Signals, unit: SqlWriter, signal: Any, said: Any) -> Any:
            unit.heard(signal)
            commit_here(unit._cursor)
            return opened(self, unit, signal, said)

        return opening

    surgeon.replace(Signals, "_opened", wrap)


@defect
def a_rise_is_gone_before_its_case_has_heard_of_it(surgeon: Surgeon) -> None:
    """So is that its order has settled it."""

    def wrap(heard: Wrap) -> Wrap:
        def hearing(self: Signals, unit: SqlWriter, signal: Any) -> Any:
            if "least_tier" in json.loads(signal.payload).get("says", {}).get("fields", {}):
                unit.heard(signal)
                commit_here(unit._cursor)
            return heard(self, unit, signal)

        return hearing

    surgeon.replace(Signals, "_heard", wrap)


@defect
def a_case_that_is_answered_does_not_rise_with_its_order(surgeon: Surgeon) -> None:

    def wrap(told_case: Wrap) -> Wrap:
        return lambda order, key: {**told_case(order, key), "least_tier": 1}

    surgeon.replace(linking, "told_case", wrap)


@defect
def a_resolved_case_does_not_tell_its_order(surgeon: Surgeon) -> None:
    def wrap(heard: Wrap) -> Wrap:
        return lambda draft, says: None if says["stage"] == "resolved" else heard(draft, says)

    surgeon.replace(linking, "heard", wrap)


@defect
def an_order_that_joins_a_case_is_not_known_there(surgeon: Surgeon) -> None:
    def wrap(hear: Wrap) -> Wrap:
        return lambda draft, command: () if command.link == JOINED else hear(draft, command)

    surgeon.replace(decide, "_DO", lambda known: {**known, Hear: wrap(known[Hear])})


@defect
def a_hold_is_never_lifted_where_another_exception_is_open(surgeon: Surgeon) -> None:
    def wrap(let_go: Wrap) -> Wrap:
        def letting(draft: Draft, name: str) -> None:
            if all(raising.is_open(draft.order, each) is None for each in draft.plan.exceptions):
                let_go(draft, name)

        return letting

    surgeon.replace(raising, "_let_go", wrap)


@defect
def an_exception_that_its_order_has_settled_is_told_again_by_its_case(surgeon: Surgeon) -> None:
    def wrap(heard: Wrap) -> Wrap:
        def hearing(draft: Draft, says: Any) -> None:
            key = str(says["fields"].get(raising.RAISED_AS, ""))
            known = draft.order.raised.get(key)
            if known is not None:
                draft.order.raised = {**draft.order.raised, key: known._replace(settled=False)}
            heard(draft, says)

        return hearing

    surgeon.replace(linking, "heard", wrap)


@defect
def a_command_that_is_given_twice_raises_twice(surgeon: Surgeon) -> None:
    """Nobody looks whether a raising under that key has been carried out."""

    def wrap(find: Wrap) -> Wrap:
        def found(self: SqlWriter, id: Any, key: str | None) -> Any:
            return find(self, id, None if key and key.startswith("raise/") else key)

        return found

    def without_key(changed: Wrap) -> Wrap:
        def change(row: Any, plan: Any, decision: Any, request: Any, at: Any) -> Any:
            is_raising = request.key and request.key.startswith("raise/")
            return changed(row, plan, decision, replace(request, key=None) if is_raising else request, at)

        return change

    surgeon.replace(SqlWriter, "find", wrap)
    surgeon.replace(commanding, "changed", without_key)


@defect
def what_follows_a_raising_is_done_twice(surgeon: Surgeon) -> None:
    def wrap(then: Wrap) -> Wrap:
        def twice(draft: Draft, exception: Any) -> None:
            then(draft, exception)
            if draft.order.holds:
                then(draft, exception)

        return twice

    surgeon.replace(decide, "then_of_raising", wrap)
