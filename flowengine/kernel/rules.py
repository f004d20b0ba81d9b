"""Rules: what fires on the edge, when a condition turns true, at a moment or at a point in time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from flowengine.compiler.plan import Rule
from flowengine.kernel.doing import perform
from flowengine.kernel.draft import Draft
from flowengine.kernel.facts import EventFacts
from flowengine.kernel.points import instant_of
from flowengine.kernel.state import Ruled, plain

_NOTHING_SEEN: Final = Ruled()


def fire(draft: Draft) -> bool:
    """Let the first rule fire whose time has come; whether one did. Raises Spinning on a circle of rules."""
    for rule in _present(draft):
        before = draft.order.rules.get(rule.name, _NOTHING_SEEN)
        fires, after = _look(draft, rule, before)
        if after is not before and after != before:
            draft.emit("rule", rule=rule.name, fires=fires, state=plain(after))
        if fires:
            draft.flip(rule.name)
            data: dict[str, Any] = {"stage": draft.order.stage, "rule": rule.name}
            draft.act(partial(perform, actions=rule.then, about=rule.name, where=rule.place, **data))
            return True
    return False


def _present(draft: Draft) -> Iterable[Rule]:
    rules = draft.plan.rules.values()
    if draft.order.status == "open" and (own := draft.stage.rules):
        return (*own.values(), *rules)
    return rules


def _look(draft: Draft, rule: Rule, before: Ruled) -> tuple[bool, Ruled]:
    """Whether a rule fires now, and what it has seen then."""
    if rule.at is not None:
        return _at(draft, rule, before)
    if rule.after:
        heard = draft.happened_since(rule.after, rule.place)
        if heard <= before.heard:
            return False, before
        holds = _holds(draft, rule)
        return holds and (rule.each or not before.held), Ruled(holds, heard)
    holds = _holds(draft, rule)
    if holds == before.held:
        return False, before
    return holds, before._replace(held=holds)


def _at(draft: Draft, rule: Rule, before: Ruled) -> tuple[bool, Ruled]:
    """At its point in time a rule looks once; if the point is moved, once more."""
    assert rule.at is not None
    at = instant_of(draft, rule.at, end=False) if draft.order.status == "open" else None
    wake = None if at is None or at == before.rang else at
    if wake is None or wake > draft.now:
        return False, before if wake == before.wake else before._replace(wake=wake)
    return _holds(draft, rule), Ruled(rang=at)


def _holds(draft: Draft, rule: Rule) -> bool:
    if rule.when is None:
        return True
    event = draft.plan.events.get(rule.event)
    known = draft.order.received.get(rule.event, {})
    return rule.when.holds(EventFacts(event, known, draft.facts) if event else draft.facts)
