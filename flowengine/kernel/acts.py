"""What people do in a stage: tick, attach, write. Who may, whether it counts here, and what it changes."""

from __future__ import annotations

from typing import Any, Final

from flowengine.compiler.plan import Need
from flowengine.definition.findings import Place
from flowengine.definition.values import Stored, WrongValue, store
from flowengine.definition.words import Column
from flowengine.kernel.commands import Attach, Done, Write
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft, is_given
from flowengine.kernel.flow import set_due
from flowengine.kernel.intake import broken_checks, stored_value
from flowengine.texts import Phrase

_EVIDENCE: Final = Column(place=Place("", 0, 0), type="text")


def done(draft: Draft, command: Done) -> tuple[Blocker, ...]:
    """Tick a check, once for each visit."""
    need, refused = _need(draft, command.need, "check")
    if need is None:
        return refused
    if earlier := draft.order.acts.get(need.name):
        return (
            Blocker(
                "already_done",
                name=need.name,
                line=need.line,
                params={"by": earlier[1], "title": need.title.all()},
            ),
        )
    _act(draft, need, value=True)
    return ()


def attach(draft: Draft, command: Attach) -> tuple[Blocker, ...]:
    """Record evidence; a new reference takes the place of the one before, which stays in history."""
    need, refused = _need(draft, command.need, "file")
    if need is None:
        return refused
    reference, refused = _text(draft, need, command.reference)
    if refused:
        return refused
    known = {"reference": reference, "sha256": command.sha256, "size": command.size}
    _act(draft, need, value={name: value for name, value in known.items() if value not in ("", None)})
    return ()


def write(draft: Draft, command: Write) -> tuple[Blocker, ...]:
    """Write notes and fields together: all of them, or none."""
    if not command.values:
        return (Blocker("nothing_to_write"),)
    blockers: list[Blocker] = []
    changes: dict[str, list[Any]] = {}
    for name, raw in command.values.items():
        need = draft.stage.doable.get(name)
        if need is not None and need.kind == "note":
            blockers += _note(draft, need, raw)
        else:
            blockers += _field(draft, name, raw, changes)
    if blockers:
        return tuple(blockers)
    if changes:
        moments = [
            n.name + ".done"
            for n in draft.stage.doable.values()
            if n.field in changes and is_given(changes[n.field][1])
        ]
        draft.emit("set", *moments, fields=changes)
        set_due(draft)
    return tuple(broken_checks(draft))


def _note(draft: Draft, need: Need, raw: Any) -> tuple[Blocker, ...]:
    _, refused = _need(draft, need.name, "note")
    if refused:
        return refused
    text, refused = _text(draft, need, raw)
    if refused:
        return refused
    _act(draft, need, value=text)
    return ()


def _text(draft: Draft, need: Need, raw: Any) -> tuple[Stored, tuple[Blocker, ...]]:
    """What is written for a need as it is kept, or why it cannot be; the same rules as for a text field."""
    title = need.title.all()
    try:
        text = store(_EVIDENCE, raw, draft.plan.zone)
    except WrongValue as wrong:
        params = {"field": title, "why": Phrase(wrong.code, wrong.params)}
        return None, (Blocker("wrong_value", name=need.name, line=need.line, params=params),)
    if text is None:
        return None, (Blocker("empty", name=need.name, line=need.line, params={"title": title}),)
    return text, ()


def _field(draft: Draft, name: str, raw: Any, changes: dict[str, list[Any]]) -> tuple[Blocker, ...]:
    if name not in draft.plan.fields:
        known = [*draft.plan.fields, *(n.name for n in draft.stage.doable.values() if n.kind == "note")]
        return (Blocker("no_such_field", name=name, params={"known": known}),)
    if refused := _may_write(draft, name):
        return refused
    stored, wrong = stored_value(draft.plan, name, raw)
    if wrong:
        return (wrong,)
    field = draft.plan.fields[name]
    if stored is None and (field.required or field.default is not None):
        return (Blocker("cannot_be_empty", name=name, line=field.place.line),)
    before = draft.order.fields.get(name)
    if before != stored:
        changes[name] = [before, stored]
    return ()


def _may_write(draft: Draft, field: str) -> tuple[Blocker, ...]:
    """What is asked for here is written by whom it asks, any other field by the owners of stage and order."""
    if field in draft.plan.unique or field == "channel":
        return (Blocker("identifies", name=field, line=draft.plan.fields[field].place.line),)
    asking = [need for need in draft.stage.doable.values() if need.field == field]
    owners = (draft.stage.owner, draft.plan.owner)
    roles = tuple(dict.fromkeys([role for need in asking for role in need.by] or owners))
    if draft.by.role_among(roles) is None:
        return (
            Blocker(
                "not_yours", name=field, owner=roles, line=asking[0].line if asking else draft.stage.line
            ),
        )
    return ()


def _need(draft: Draft, name: str, kind: str) -> tuple[Need | None, tuple[Blocker, ...]]:
    """The need of that name in this stage, if it is of that kind and this principal may do it."""
    need = draft.stage.doable.get(name)
    if need is None or need.kind != kind:
        known = [each.name for each in draft.stage.doable.values() if each.kind == kind]
        code = "no_such_need" if need is None else "other_kind"
        found = need.kind if need else ""
        return None, (
            Blocker(
                code,
                name=name,
                params={"known": known, "kind": kind, "found": found, "stage": draft.stage.title.all()},
            ),
        )
    if draft.by.role_among(need.by) is None:
        return None, (Blocker("not_yours", name=name, owner=need.by, line=need.line),)
    return need, ()


def _act(draft: Draft, need: Need, *, value: Any) -> None:
    draft.emit("acted", f"{need.name}.done", need=need.name, kind=need.kind, value=value, by=draft.by.id)
