"""Holds: placed by people, by actions and by conditions, and lifted again. Several may lie on an order."""

from __future__ import annotations

from flowengine.compiler.plan import Hold as Holding
from flowengine.compiler.plan import every_part
from flowengine.kernel.commands import Hold, Release
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.hindrances import blockers_for
from flowengine.kernel.state import Held


def place(draft: Draft, name: str, *, itself: bool = False) -> None:
    """Put a hold on the order; one that lies on it already stays as it is."""
    if name not in draft.order.holds and draft.order.status == "open":
        data = {"itself": True} if itself else {}
        draft.emit(
            "held", f"{name}.placed", "order.held", hold=name, by=draft.doer, reason=draft.motive, **data
        )


def lift(draft: Draft, name: str, *, itself: bool = False) -> None:
    """Take a hold off the order, with what was done for it; nothing happens where there is none."""
    if name not in draft.order.holds:
        return
    hold = draft.plan.holds[name]
    data: dict[str, object] = {"itself": True} if itself else {}
    if lapse := [need.name for need in every_part(hold.needs) if need.name in draft.order.acts]:
        data["lapse"] = lapse
    draft.emit("released", f"{name}.released", "order.released", hold=name, by=draft.doer, **data)


def tend_holds(draft: Draft) -> bool:
    """Place and lift the holds that do so by themselves; whether any did. Raises Spinning on a circle."""
    before = draft.order.holds
    for hold in draft.plan.holds.values():
        held, holds = (
            draft.order.holds.get(hold.name),
            hold.while_ is not None and hold.while_.holds(draft.facts),
        )
        if held is None:
            if holds:
                draft.flip(hold.name)
                place(draft, hold.name, itself=True)
        elif not holds and not draft.open(hold.needs) and _ends_itself(hold, held):
            draft.flip(hold.name)
            lift(draft, hold.name, itself=True)
    return draft.order.holds != before


def _ends_itself(hold: Holding, held: Held) -> bool:
    """Whether nobody need say so: its condition has placed it, or its needs alone decide."""
    return held.itself if hold.while_ is not None else bool(hold.needs) and not hold.release_by


def hold(draft: Draft, command: Hold) -> tuple[Blocker, ...]:
    """Somebody stops the order."""
    hold = draft.plan.holds.get(command.hold)
    if hold is None:
        return (Blocker("no_such_hold", command.hold, params={"known": list(draft.plan.holds)}),)
    roles = draft.found(hold.by)
    if not draft.permits(roles, hold.line):
        return (Blocker("not_yours", hold.name, roles, hold.line),)
    if hold.name in draft.order.holds:
        return (Blocker("on_hold_already", hold.name, line=hold.line, params={"title": hold.title.all()}),)
    place(draft, hold.name)
    return ()


def release(draft: Draft, command: Release) -> tuple[Blocker, ...]:
    """Somebody lets the order go on."""
    hold = draft.plan.holds.get(command.hold)
    if hold is None or hold.name not in draft.order.holds:
        return (Blocker("no_such_hold", command.hold, params={"known": list(draft.order.holds)}),)
    roles = draft.found(hold.release_by)
    if not draft.permits(roles, hold.line):
        return (Blocker("not_yours", hold.name, roles, hold.line),)
    if blockers := _still(draft, hold):
        return blockers
    lift(draft, hold.name)
    return ()


def _still(draft: Draft, hold: Holding) -> tuple[Blocker, ...]:
    """What a release waits for: its needs, and that the condition of the hold no longer holds."""
    if hold.while_ is not None and hold.while_.holds(draft.facts):
        return (Blocker("still_held", hold.name, line=hold.line, params={"title": hold.title.all()}),)
    return blockers_for(draft.open(hold.needs), draft)
