"""Writing fields: each value as it is stored, all of them at once, and what lapses by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING
from flowengine.kernel.computing import recomputed
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.four_eyes import not_by
from flowengine.kernel.intake import broken_checks, stored_value
from flowengine.kernel.standing import is_given


def field_change(draft: Draft, name: str, raw: Any, changes: dict[str, list[Any]]) -> tuple[Blocker, ...]:
    """Note in `changes` what a value makes of a field, from what to what; or why it cannot be written.

    On whatever way it is written, by that what asks for it is done: so four eyes hold for all of them.
    """
    if name in SET_BY_THE_PROCESS:
        return (Blocker("set_by_process", name=name),)
    if name in draft.plan.unique or name in STAYING:
        return (Blocker("identifies", name=name, line=draft.plan.fields[name].place.line),)
    stored, wrong = stored_value(draft.plan, name, raw)
    if wrong:
        return (wrong,)
    field = draft.plan.fields[name]
    if stored is None and (field.required or field.default is not None):
        return (Blocker("cannot_be_empty", name=name, line=field.place.line),)
    before = draft.order.fields.get(name)
    if before == stored:
        return ()
    refused = _kept_from(draft, name)
    if not refused:
        changes[name] = [before, stored]
    return refused


def _kept_from(draft: Draft, field: str) -> tuple[Blocker, ...]:
    """Why the one who asks may not do what asks for a field."""
    if draft.order.status == "closed":
        return ()
    asking = (need for need in draft.doables() if need.field == field)
    return next((refused for need in asking if (refused := not_by(draft, need, draft.by))), ())


def put(draft: Draft, changes: dict[str, list[Any]], *, itself: bool = False) -> tuple[Blocker, ...]:
    """Change fields; acts that covered one of them are asked again. The checks that do not hold then.

    `itself` where nobody writes them, but the order does.
    """
    if not changes:
        return ()
    if wrong := recomputed(draft.plan, draft.order, changes):
        return wrong
    data = {"itself": True} if itself else {}
    draft.emit("set", *_moments(draft, changes), fields=changes, **data)
    _let_lapse(draft, changes)
    return tuple(broken_checks(draft))


def _moments(draft: Draft, changes: Mapping[str, list[Any]]) -> Iterator[str]:
    """Needs for a field are done, fields are given and changed."""
    if draft.order.status == "open":
        for need in draft.stage.doable.values():
            if need.field in changes and is_given(changes[need.field][1]):
                yield f"{need.name}.done"
    for name, (before, after) in changes.items():
        if not is_given(before) and is_given(after):
            yield f"{name}.given"
        yield f"{name}.changed"


def _let_lapse(draft: Draft, changes: Mapping[str, list[Any]]) -> None:
    covering = draft.plan.covering
    touched = {need for field in changes for need in covering.get(field, ())}
    for name in sorted(touched & draft.order.rounds.keys()):
        draft.emit("withdrawn", f"{name}.stale", need=name, why="stale")
    names = touched & draft.order.acts.keys()
    if names:
        needs = sorted(names)
        draft.emit("stale", *(f"{name}.stale" for name in needs), needs=needs)
