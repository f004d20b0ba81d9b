"""Approvals that cannot be: needs of forms there are none of, steps that nobody or too few can take, gaps."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.deeds import approvals_asked
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.scope import fields_of, needs_of, tasks_of
from flowengine.definition.words import Approval, ApprovalStep, Process, Stage

_NOT_BESIDE = ("by", "covers", "due", "defer")
"""Words of a need that an approval says itself, or that would let an order go on without it."""


def approval_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the approvals of a process, and with the needs that ask for them."""
    forms = process.approvals or {}
    by_lanes = {str(lane.approval) for lane in (process.lanes or {}).values()}
    yield from _asked(process)
    for form in forms.values():
        for name in form.covers:
            if name not in fields_of(process):
                yield unknown("FE203", name.place, name, fields_of(process))
        for step in form.steps:
            yield from _step(form, step)
        yield from _returns(process, form)
        yield from _refused(process, form)
        asked = any(True for _ in approvals_asked(process, form.name)) or form.name in by_lanes
        if not asked and not process.base:
            yield Finding("FE386", form.place, {"approval": form.name}, severity="warning")


def _asked(process: Process) -> Iterator[Finding]:
    forms = process.approvals or {}
    each = {id(need) for _, task in tasks_of(process) if task.each for need in (task.needs or {}).values()}
    able = {id(need) for name in forms for _, _, need in approvals_asked(process, name)} - each
    for _, need in needs_of(process):
        if need.approval is None:
            continue
        if need.approval not in forms:
            place = need.place if need.approval == need.name else need.approval.place
            yield unknown("FE380", place, need.approval, forms)
        elif id(need) not in able:
            yield Finding("FE381", need.place, {"need": need.name})
        for word in _NOT_BESIDE:
            if getattr(need, word):
                yield Finding("FE382", need.place, {"need": need.name, "word": word})


def _returns(process: Process, form: Approval) -> Iterator[Finding]:
    params = {"approval": form.name}
    if not form.returns and form.allow and "return" in form.allow:
        yield Finding("FE392", form.place, params)
    if form.returns and form.allow is not None and not {"return", "withdraw"} & {*form.allow}:
        yield Finding("FE393", form.place, params)
    ends = {"closed", "cancelled", *(process.ends or ())} - {*process.stages}
    yield from (Finding("FE394", name.place, {"word": str(name)}) for name in form.returns if name in ends)


def _refused(process: Process, form: Approval) -> Iterator[Finding]:
    """A refusal that leads to the only place to which the order would have gone on in any case."""
    onward = [_only_way_on(process, stage) for stage, _, _ in approvals_asked(process, form.name)]
    for action in form.refused:
        if action.move and onward and all(to == action.move for to in onward):
            params = {"approval": form.name, "to": str(action.move)}
            yield Finding("FE590", action.move.place, params, severity="warning")


def _only_way_on(process: Process, stage: Stage) -> str | None:
    """Where the stage leads once it is complete, if that is certain."""
    names = list(process.stages)
    ways = {str(row.to) for row in stage.next} or {*names[names.index(stage.name) + 1 :][:1]}
    return ways.pop() if len(ways) == 1 else None


def _step(form: Approval, step: ApprovalStep) -> Iterator[Finding]:
    if bool(step.quorum) != bool(step.of):
        word, beside = ("quorum", "of") if step.quorum else ("of", "quorum")
        yield Finding("FE383", step.place, {"approval": form.name, "word": word, "beside": beside})
    if step.quorum and step.of and step.quorum > len(set(step.of)):
        params = {"approval": form.name, "quorum": step.quorum, "count": len(set(step.of))}
        yield Finding("FE384", step.place, params)
    for name in step.veto:
        if name not in step.roles:
            yield unknown("FE385", name.place, name, step.roles)
    for number, name in enumerate(step.roles):
        if name in step.roles[:number]:
            yield Finding("FE387", name.place, {"approval": form.name, "role": str(name)})
