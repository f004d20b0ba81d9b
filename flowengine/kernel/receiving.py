"""Events from outside: whether their data is right, the order that they mean, and what they do to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flowengine.compiler.incoming import Incoming
from flowengine.compiler.plan import Need, Plan
from flowengine.definition.builtin_fields import STAYING
from flowengine.definition.expressions import Expression
from flowengine.definition.findings import nearest
from flowengine.definition.values import Stored, WrongValue, is_blank, store
from flowengine.kernel.acts import acted, not_now
from flowengine.kernel.commands import Receive
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.facts import EventFacts
from flowengine.kernel.intake import stored_value
from flowengine.kernel.writing import field_change, put
from flowengine.texts import Phrase


def receive(draft: Draft, command: Receive) -> tuple[Blocker, ...]:
    """Put an event on record and do what it says; to an order that has ended it does nothing more."""
    event = draft.plan.events.get(command.event)
    if event is None:
        return (no_such_event(draft.plan, command.event),)
    if not draft.permits((draft.plan.owner,), event.line):
        return (Blocker("not_yours", event.name, (draft.plan.owner,), event.line),)
    data, wrong = data_of(draft.plan, event, command.data)
    if wrong:
        return wrong
    said = {"name": event.name, "data": data, "by": draft.by.id}
    if draft.order.status == "closed":
        draft.emit("received", **said, after_end=True)
        return ()
    here = _asking(draft, event.name)
    if event.refuses_early and not here and not draft.facts.count(event.moment):
        params = {"title": event.title.all(), "stage": draft.stage.title.all()}
        return (Blocker("too_early", event.name, (draft.plan.owner,), event.line, params),)
    kept = {"kept": True} if event.awaited and not (here or event.refuses_early) else {}
    read = {"read": sorted(event.read)} if event.read else {}
    draft.emit("received", event.moment, **said, **kept, **read)
    for need in here:
        if need.name not in draft.order.acts:
            acted(draft, need, value=True)
    return _set(draft, event, data)


def use_kept(draft: Draft) -> None:
    """Let events that came early count as soon as something waits for them."""
    for name, by in draft.order.kept.items():
        for need in _asking(draft, name):
            if need.name not in draft.order.acts:
                acted(draft, need, value=True, by=by, of=name)


def data_of(
    plan: Plan, event: Incoming, raw: Mapping[str, Any]
) -> tuple[dict[str, Stored], tuple[Blocker, ...]]:
    """The data of an event as it is kept, and everything that is wrong with it."""
    data: dict[str, Stored] = {}
    wrong: list[Blocker] = []
    params: dict[str, object]
    for name, value in raw.items():
        if name not in event.data:
            params = {"event": event.title.all(), "known": _meant(name, event)}
            wrong.append(Blocker("no_such_datum", name, (plan.owner,), event.line, params))
        elif not is_blank(value):
            try:
                data[name] = store(event.data[name], value, plan.zone)
            except WrongValue as problem:
                params = {"field": _title(event, name), "why": Phrase(problem.code, problem.params)}
                wrong.append(Blocker("wrong_value", name, line=event.data[name].place.line, params=params))
    given = {*data, *(each.name for each in wrong)}
    for name, datum in event.data.items():
        if datum.required and name not in given:
            params = {"event": event.title.all(), "datum": _title(event, name)}
            wrong.append(Blocker("missing_datum", name, (plan.owner,), datum.place.line, params))
    return data, tuple(wrong)


def looked_for(
    plan: Plan, event: Incoming, data: Mapping[str, Stored]
) -> tuple[dict[str, Stored], tuple[Blocker, ...]]:
    """The values by which the order is found, as they stand there, and those that could stand in none."""
    return _values(plan, event.match, EventFacts(event, data))


def opening(
    plan: Plan, event: Incoming, data: Mapping[str, Stored]
) -> tuple[dict[str, Stored], tuple[Blocker, ...]]:
    """What an order is opened with by an event, and what could stand in none."""
    return _values(plan, (*event.match, *event.sets), EventFacts(event, data))


def no_such_event(plan: Plan, name: str) -> Blocker:
    """The refusal of an event that the process does not know."""
    guess = nearest(name, plan.events)
    return Blocker("no_such_event", name, params={"known": [guess] if guess else sorted(plan.events)})


def _values(
    plan: Plan, wanted: Iterable[tuple[str, Expression]], facts: EventFacts
) -> tuple[dict[str, Stored], tuple[Blocker, ...]]:
    found: dict[str, Stored] = {}
    wrong: list[Blocker] = []
    for name, expression in wanted:
        value = expression.value(facts)
        if name not in plan.fields:  # the number
            found[name] = str(value)
            continue
        found[name], problem = stored_value(plan, name, value)
        wrong += [problem] if problem else []
    return found, tuple(wrong)


def _asking(draft: Draft, event: str) -> list[Need]:
    """The needs that ask for an event at present, met or not."""
    asking = {need.name: need for need in draft.doables() if need.event == event}
    return [need for need in asking.values() if not not_now(draft, need)]


def _set(draft: Draft, event: Incoming, data: Mapping[str, Stored]) -> tuple[Blocker, ...]:
    facts = EventFacts(event, data, draft.facts)
    changes: dict[str, list[Any]] = {}
    blockers = tuple(
        blocker
        for name, expression in event.sets
        if name not in STAYING and name not in draft.plan.unique  # said for an order that it opens
        for blocker in field_change(draft, name, expression.value(facts), changes)
    )
    return blockers or put(draft, changes, itself=True)


def _meant(name: str, event: Incoming) -> list[str]:
    guess = nearest(name, event.data)
    return [guess] if guess else list(event.data)


def _title(event: Incoming, name: str) -> object:
    title = event.data[name].title
    return title.all() if title else name
