"""Exceptions: raised by people and by what happens, one of each kind while it is open, and resolved.

An exception is an order of the process that this one brings for them, its case. What stands here of it is the
tier on which it must be at least, how far it has come, and whether this order has settled it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flowengine.compiler.plan import Exceptional
from flowengine.definition.inner import name_of
from flowengine.definition.inner.exceptions import LINK, RAISED_AS
from flowengine.definition.lengths import Length
from flowengine.definition.scope import EXCEPTION_MOMENTS
from flowengine.kernel.commands import Raise
from flowengine.kernel.decision import Blocker, Effect
from flowengine.kernel.draft import Draft
from flowengine.kernel.holding import lift, place
from flowengine.kernel.order import Linked, Order
from flowengine.kernel.state import Raised, plain

_RESOLVED: Final = EXCEPTION_MOMENTS.index("resolved")

Then = Callable[[Draft, Exceptional], None]
"""What is done once an exception was raised."""


def raise_(
    draft: Draft,
    name: str,
    then: Then,
    *,
    tier: int = 0,
    over: Length | None = None,
    reason: str = "",
) -> None:
    """Raise an exception, or let the tier of the one that is open rise. `over` is how late the clock is that
    raises it. Whoever sets it off counts as having opened its case. Nothing happens to an order that has
    ended.
    """
    if draft.order.status == "closed":
        return
    exception = draft.plan.exceptions[name]
    tier = max(tier, tier_of(draft, exception, over))
    if (key := is_open(draft.order, name)) is not None:
        known = draft.order.raised[key]
        if tier > known.tier:
            risen = known._replace(tier=tier)
            draft.emit("tier_risen", exception=name, key=key, state=plain(risen))
        return
    key = f"{draft.order.number}/{draft.order.told + 1}"
    draft.emit(
        "raised",
        f"{name}.raised",
        exception=name,
        key=key,
        by=draft.doer,
        reason=reason,
        state=plain(Raised(name, tier)),
    )
    fields = {"type": name, "about": draft.order.number, "reason": reason, RAISED_AS: key}
    process = name_of(draft.plan.process, LINK)
    start = f"start/{draft.order.told + 1}"
    draft.emit("starting", link=LINK, process=process, key=start)
    said = {"process": process, "link": LINK, "fields": fields, "hops": draft.hops, "by": draft.behind}
    said |= _shared(draft, exception)
    draft.effects.append(Effect("start", start, said))
    follow(draft, exception, then)


def _shared(draft: Draft, exception: Exceptional) -> dict[str, Any]:
    """By what the case is shared, where all that tells its cause is known."""
    values = {name: draft.order.fields.get(name) for name in exception.same}
    return {"same": values} if values and None not in values.values() else {}


def joined(draft: Draft, key: str, case: Linked) -> None:
    """What was raised here under a key is part of a case that another order has raised, from now on."""
    known, to = draft.order.raised[key], case["fields"][RAISED_AS]
    draft.emit("joined", exception=known.exception, key=key, to=to, case=case["number"])


def follow(draft: Draft, exception: Exceptional, then: Then) -> None:
    """What comes of an exception in the order that has raised it."""
    if exception.hold:
        place(draft, exception.hold, itself=True)
    then(draft, exception)


def tier_of(draft: Draft, exception: Exceptional, late: Length | None) -> int:
    """The tier by the rows of an exception; a row with `over` counts for lateness of its own kind."""
    for row in exception.tiers:
        far = row.over is None or (
            late is not None and late.unit == row.over.unit and late.amount >= row.over.amount
        )
        if far and (row.when is None or row.when.holds(draft.facts)):
            return row.tier
    return exception.tiers[-1].tier


def case_tier(process: str, order: Order) -> int:
    """The tier on which an order of `process` is, as the case of an exception; 0 where it is none."""
    tier = order.fields.get("tier") if process.endswith(name_of("", LINK)) else None
    return tier if isinstance(tier, int) else 0


def is_open(order: Order, name: str) -> str | None:
    """Under which key an exception is open; None if it is not."""
    return next(
        (
            key
            for key, each in order.raised.items()
            if each.exception == name and not each.settled and each.reached < _RESOLVED
        ),
        None,
    )


def resolve(draft: Draft, name: str) -> None:
    """Settle an exception from this order; nothing happens where it is not open."""
    if (key := is_open(draft.order, name)) is not None:
        settled = draft.order.raised[key]._replace(settled=True)
        draft.emit("settled", f"{name}.resolved", exception=name, key=key, state=plain(settled))
        _let_go(draft, name)


def heard(draft: Draft, says: Linked) -> None:
    """Take in how far a case has come: what it has passed since has happened here too, each once."""
    key = str(says["fields"].get(RAISED_AS, ""))
    known = draft.order.raised.get(key)
    if known is None or says["stage"] not in EXCEPTION_MOMENTS:
        return
    reached = EXCEPTION_MOMENTS.index(says["stage"])
    if reached <= known.reached:
        return
    passed = EXCEPTION_MOMENTS[known.reached + 1 : reached + 1]
    moments = [f"{known.exception}.{each}" for each in passed if not (known.settled and each == "resolved")]
    state = plain(known._replace(reached=reached))
    draft.emit("progressed", *moments, exception=known.exception, key=key, stage=says["stage"], state=state)
    if reached >= _RESOLVED:
        _let_go(draft, known.exception)


def _let_go(draft: Draft, name: str) -> None:
    """Lift the hold of an exception, unless another one that is open holds the order as well."""
    exceptions = draft.plan.exceptions
    hold = exceptions[name].hold if name in exceptions else ""
    others = (each.hold for each in exceptions.values() if is_open(draft.order, each.name) is not None)
    if hold and hold not in others:
        lift(draft, hold, itself=True)


def told_case(order: Order, key: object) -> Mapping[str, Any]:
    """What the case hears that has come of the raising under that key."""
    known = order.raised.get(str(key))
    if known is None:
        return {}
    return {"least_tier": known.tier, "settled": known.settled}


def may_not_raise(draft: Draft, command: Raise) -> tuple[Blocker, ...]:
    """Why somebody may not raise an exception, or give one that is open a higher tier."""
    exception = draft.plan.exceptions.get(command.exception)
    if exception is None:
        return (
            Blocker("no_such_exception", command.exception, params={"known": list(draft.plan.exceptions)}),
        )
    if not draft.permits(exception.by, exception.line):
        return (Blocker("not_yours", exception.name, exception.by, exception.line),)
    if command.tier and command.tier not in draft.plan.tiers:
        params: dict[str, object] = {"tier": command.tier, "known": list(draft.plan.tiers)}
        return (Blocker("no_such_tier", exception.name, line=exception.line, params=params),)
    if not draft.reason:
        return (Blocker("reason_missing", exception.name, line=exception.line),)
    key = is_open(draft.order, exception.name)
    if key is not None and (command.case or command.tier <= draft.order.raised[key].tier):
        params = {"title": exception.title.all()}
        return (Blocker("raised_already", exception.name, line=exception.line, params=params),)
    return ()
