"""What people do: tick, attach, write, waive. Who may, whether it counts here, and what it changes."""

from __future__ import annotations

from typing import Any, Final

from flowengine.compiler.plan import Need
from flowengine.definition.findings import Place
from flowengine.definition.values import Stored, WrongValue, store
from flowengine.definition.words import Column
from flowengine.kernel.commands import Attach, Done, Waive, Write
from flowengine.kernel.computing import refused as computed_refused
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.entitled import not_yours
from flowengine.kernel.four_eyes import not_by
from flowengine.kernel.hindrances import shut_blocker, waited_for
from flowengine.kernel.intake import broken_checks
from flowengine.kernel.writers import may_write
from flowengine.kernel.writing import field_change, put
from flowengine.texts import Phrase

_EVIDENCE: Final = Column(place=Place("", 0, 0), type="text")


def done(draft: Draft, command: Done) -> tuple[Blocker, ...]:
    """Tick a check, once for each visit."""
    need, refused = need_to_do(draft, command.need, "check")
    if need is None:
        return refused
    if refused := already_done(draft, need):
        return refused
    acted(draft, need, value=True)
    return ()


def attach(draft: Draft, command: Attach) -> tuple[Blocker, ...]:
    """Record evidence; a new reference takes the place of the one before, which stays in history."""
    need, refused = need_to_do(draft, command.need, "file")
    if need is None:
        return refused
    reference, refused = _text(draft, need, command.reference)
    if refused:
        return refused
    known = {"reference": reference, "sha256": command.sha256, "size": command.size}
    acted(draft, need, value={name: value for name, value in known.items() if value not in ("", None)})
    return ()


def write(draft: Draft, command: Write) -> tuple[Blocker, ...]:
    """Write notes and fields together: all of them, or none."""
    if not command.values:
        return (Blocker("nothing_to_write"),)
    blockers: list[Blocker] = []
    changes: dict[str, list[Any]] = {}
    for name, raw in command.values.items():
        need = draft.doable(name)
        if need is not None and need.kind == "note":
            blockers += _note(draft, need, raw)
        else:
            blockers += _field(draft, name, raw, changes)
    return tuple(blockers) or put(draft, changes) or tuple(broken_checks(draft))


def waive(draft: Draft, command: Waive) -> tuple[Blocker, ...]:
    """Do without a need in this visit; where it covers fields, until one of them changes."""
    need = draft.doable(command.need)
    if need is None or not need.waive:
        known = [each.name for each in draft.doables() if each.waive]
        return (Blocker("not_waivable", name=command.need, params={"known": known}),)
    roles = draft.found(need.waive)
    if not draft.permits(roles, need.line):
        return (Blocker("not_yours", name=need.name, owner=roles, line=need.line),)
    if refused := not_by(draft, need, draft.by) or not_now(draft, need):
        return refused
    if draft.is_met(need):
        return (
            Blocker("needs_no_waiving", name=need.name, line=need.line, params={"title": need.title.all()}),
        )
    if not draft.reason.strip():
        return (Blocker("reason_missing", name=need.name, owner=roles, line=need.line),)
    said = {"need": need.name, "kind": need.kind, "reason": draft.reason, "by": draft.by.id}
    draft.emit("waived", f"{need.thing}.waived", **said, **_apart(draft, need))
    return ()


def already_done(draft: Draft, need: Need) -> tuple[Blocker, ...]:
    """Why a need is not done twice: somebody did it in this visit, or did without it."""
    earlier = draft.order.acts.get(need.name)
    if not earlier:
        return ()
    params = {"by": earlier[1], "title": need.title.all()}
    return (Blocker("already_done", name=need.name, line=need.line, params=params),)


def _note(draft: Draft, need: Need, raw: Any) -> tuple[Blocker, ...]:
    _, refused = need_to_do(draft, need.name, "note")
    if refused:
        return refused
    text, refused = _text(draft, need, raw)
    if refused:
        return refused
    acted(draft, need, value=text)
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
        known = [*draft.plan.fields, *(need.name for need in draft.doables() if need.kind == "note")]
        return (Blocker("no_such_field", name=name, params={"known": known}),)
    return (
        computed_refused(draft.plan, name)
        or may_write(draft, name)
        or field_change(draft, name, raw, changes)
    )


def need_to_do(draft: Draft, name: str, kind: str) -> tuple[Need | None, tuple[Blocker, ...]]:
    """The need of that name in this stage, if it is of that kind and this principal may do it now."""
    need, refused = need_here(draft, name, kind)
    if need is None:
        return None, refused
    if refused := not_yours(draft, need) or not_by(draft, need, draft.by) or not_now(draft, need):
        return None, refused
    return need, ()


def need_here(draft: Draft, name: str, kind: str) -> tuple[Need | None, tuple[Blocker, ...]]:
    """The need of that name in this stage, if it is of that kind."""
    need = draft.doable(name)
    if need is None or need.kind != kind:
        known = [each.name for each in draft.doables() if each.kind == kind]
        code = "no_such_need" if need is None else "other_kind"
        found = need.kind if need else ""
        return None, (
            Blocker(
                code,
                name=name,
                params={"known": known, "kind": kind, "found": found, "stage": draft.stage.title.all()},
            ),
        )
    return need, ()


def not_now(draft: Draft, need: Need) -> tuple[Blocker, ...]:
    """Why a need cannot be done yet: its stage is not open, its task has not begun, or it is not asked."""
    order = draft.order
    if need.name in order.stale or need.name in order.deferred:
        return ()
    if order.shut:
        return (shut_blocker(draft),)
    piece = draft.piece_of(need)
    if piece and piece.key not in order.tasks:
        code = "task_not_open" if draft.is_wanted(piece.task) else "not_wanted"
        params: dict[str, object] = {"title": need.title.all(), "task": piece.task.title.all()}
        return (Blocker(code, need.name, (draft.owner_of(piece.task.name),), need.line, params),)
    if not draft.is_wanted(need):
        return (Blocker("not_wanted", need.name, line=need.line, params={"title": need.title.all()}),)
    if not draft.is_asked(need):
        params = {"title": need.title.all(), "after": waited_for(draft, need.after)}
        return (Blocker("not_asked_yet", need.name, line=need.line, params=params),)
    return ()


def acted(draft: Draft, need: Need, *, value: Any, by: str = "", **data: Any) -> None:
    """Put on record that a need was done, and with what; by somebody else than the one who asks now."""
    said = {"need": need.name, "kind": need.kind, "value": value, "by": by or draft.by.id}
    draft.emit("acted", f"{need.thing}.done", **said, **data, **_apart(draft, need))


def _apart(draft: Draft, need: Need) -> dict[str, bool]:
    """That its doer is remembered beyond the visit: somebody else must do something else."""
    thing, plan = need.thing, draft.plan
    return {"apart": True} if thing in plan.apart or thing in plan.remembered else {}
