"""Confirming what one has seen, with what is asked along with it; or saying no to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.compiler.plan import Need
from flowengine.kernel.acts import acted, already_done, need_to_do
from flowengine.kernel.commands import Confirm, Refuse
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.putting import digest
from flowengine.kernel.standing import is_given
from flowengine.kernel.writing import field_change, put


def confirm(draft: Draft, command: Confirm) -> tuple[Blocker, ...]:
    """Confirm what one has seen, once for each visit, and give all that is asked with it."""
    need, refused = need_to_do(draft, command.need, "confirm")
    if need is None:
        return refused
    seen = digest(draft, need)
    if refused := already_done(draft, need):
        return refused
    if command.shown and command.shown != seen:
        return (Blocker("shown_before", need.name, line=need.line, params={"title": need.title.all()}),)
    changes: dict[str, list[Any]] = {}
    if blockers := tuple(_filled(draft, need, command.values, changes)) or put(draft, changes):
        return blockers
    acted(draft, need, value={"shown": seen} if seen else True)
    return ()


def decline(draft: Draft, command: Refuse) -> tuple[Blocker, ...]:
    """Say no to what one is asked to confirm; it stays asked, and whoever is accountable is told why."""
    need, refused = need_to_do(draft, command.need, "confirm")
    if need is None:
        return refused
    if refused := already_done(draft, need):
        return refused
    if not draft.reason.strip():
        return (Blocker("reason_missing", need.name, draft.doers(need), need.line),)
    draft.emit("declined", f"{need.thing}.refused", need=need.name, by=draft.by.id, reason=draft.reason)
    owner = draft.owner_of(need.place) if need.place else draft.plan.owner
    draft.tell([owner], "refused", place=need.name, stage=draft.order.stage, reason=draft.reason)
    return ()


def _filled(
    draft: Draft, need: Need, values: Mapping[str, Any], changes: dict[str, list[Any]]
) -> Iterator[Blocker]:
    """Note in `changes` what a confirmation gives; all that it asks must have a value then, and no more."""
    wrong: set[str] = set()
    emptied: set[str] = set()
    for name, raw in values.items():
        if name not in need.asks:
            params = {"title": need.title.all(), "known": list(need.asks)}
            yield Blocker("not_asked_with_it", name, line=need.line, params=params)
        elif refused := field_change(draft, name, raw, changes):
            if refused[0].code == "cannot_be_empty":
                emptied.add(name)
                continue
            wrong.add(name)
            yield from refused
    for name in (each for each in need.asks if each not in wrong):
        after = changes[name][1] if name in changes else draft.order.fields.get(name)
        if name in emptied or not is_given(after):
            title = draft.plan.fields[name].title
            params = {"field": title.all() if title else name}
            yield Blocker("missing_fields", name, draft.doers(need), need.line, params)
