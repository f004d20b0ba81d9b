"""Rounds that are asked, asked anew, passed on when late, and withdrawn when nobody wants them any more."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.compiler.plan import ApprovalStep, Need
from flowengine.kernel.draft import Draft
from flowengine.kernel.putting import digest
from flowengine.kernel.rounds.seats import Round, Seat, Step
from flowengine.kernel.rounds.voting import pass_to


def tend_rounds(draft: Draft) -> None:
    """Ask for the approvals that are wanted now, and withdraw those that are not."""
    if not (draft.order.rounds or draft.plan.has_approvals):
        return
    wanted = {need.name: need for need in _wanted(draft)}
    for name in [name for name in draft.order.rounds if name not in wanted]:
        draft.emit("withdrawn", need=name, why="not_wanted")
    for name, need in wanted.items():
        ballot = draft.order.rounds.get(name)
        if ballot is None or not ballot.steps or _is_of_before(draft, need, ballot):
            _ask(draft, need, ballot)


def _wanted(draft: Draft) -> Iterator[Need]:
    for need in (*(() if draft.order.shut else draft.missing()), *draft.owed()):
        if need.approval is not None:
            yield need


def _is_of_before(draft: Draft, need: Need, ballot: Round) -> bool:
    """Whether what was not granted belongs to an earlier visit, and is asked anew: the order is back where
    the approval stands or, where it is owed elsewhere, lacks nothing else.
    """
    if not ballot.outcome or ballot.opened >= draft.order.entered_at:
        return False
    here = need.place == draft.order.stage or need.place in draft.stage.tasks
    return here or not (draft.missing() or draft.has_open_tasks())


def _ask(draft: Draft, need: Need, before: Round | None) -> None:
    """Open a round. Where no step takes part nothing is granted: whoever owns the order is told."""
    form = need.approval
    assert form is not None
    steps = tuple(
        _step(draft, step) for step in form.steps if step.when is None or step.when.holds(draft.facts)
    )
    name = need.name
    if not steps:
        if before is None or before.steps:
            draft.emit("gap", need=name, state=Round(0, draft.now).plain())
            draft.tell([draft.plan.owner], "gap", place=name, stage=draft.order.stage)
        return
    number = draft.facts.count(f"{name}.requested") + 1
    ballot = Round(number, draft.now, steps, digest=digest(draft, need))
    draft.emit("requested", f"{name}.requested", need=name, round=number, state=ballot.plain())
    told = (*draft.signers(name), *form.copy)
    draft.tell(told, "requested", place=name, stage=draft.order.stage)


def _step(draft: Draft, step: ApprovalStep) -> Step:
    seats = tuple(Seat(role, veto=role in step.veto) for role in step.roles)
    barred = (draft.order.creator,) if step.not_creator else ()
    return Step(seats, step.least, step.in_order, barred)


def pass_seats(draft: Draft, name: str, role: str) -> None:
    """Let the open seats of a round pass to one role, as one seat."""
    before, was = draft.order.rounds[name], draft.signers(name)
    ballot = pass_to(before, role)
    if ballot == before or was == (role,):
        return
    draft.emit("passed_on", need=name, how="assign", role=role, was=list(was), state=ballot.plain())
    draft.tell([role], "assigned", stage=draft.order.stage, place=name)
