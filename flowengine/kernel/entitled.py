"""Whether somebody may do a thing: holds one of its roles, and nobody else has taken it upon himself."""

from __future__ import annotations

from flowengine.compiler.plan import Need, Outcome
from flowengine.kernel.addressees import at
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft


def not_yours(draft: Draft, thing: Need | Outcome, *keys: str) -> tuple[Blocker, ...]:
    """Why the one who asks may not do it; `keys` are its work items, where they are not called as it is."""
    keys = keys or (thing.name,)
    if refused := taken_by_another(draft, thing, *keys):
        return refused
    if draft.permits(draft.entitled(thing, *keys), thing.line):
        return ()
    return (Blocker("not_yours", name=thing.name, owner=draft.doers(thing, *keys), line=thing.line),)


def taken_by_another(draft: Draft, thing: Need | Outcome, *keys: str) -> tuple[Blocker, ...]:
    """That somebody else has it, where the one who asks could do it otherwise."""
    taken = draft.order.taken
    if not taken or draft.by.is_system or not draft.by.role_among(draft.doers(thing, *keys)):
        return ()
    others = (taken.get(key, draft.by.id) for key in keys or (thing.name,))
    person = next((each for each in others if each != draft.by.id), "")
    if not person:
        return ()
    return (Blocker("taken", thing.name, (at(person),), thing.line, {"title": thing.title.all()}),)
