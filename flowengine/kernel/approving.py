"""Rounds that are asked, asked anew, passed on when late, and withdrawn when nobody wants them any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flowengine.compiler.plan import ApprovalStep, Need
from flowengine.kernel.addressees import person_of
from flowengine.kernel.draft import Draft
from flowengine.kernel.four_eyes import barred
from flowengine.kernel.nobody import fall_to_owner
from flowengine.kernel.putting import digest
from flowengine.kernel.rounds.seats import Round, Seat, Step
from flowengine.kernel.rounds.voting import pass_to
from flowengine.kernel.standing import Standing


def tend_rounds(draft: Draft) -> None:
    """Ask for the approvals that are wanted now, and withdraw those that are not."""
    if not (draft.order.rounds or draft.plan.has_approvals):
        return
    wanted = {need.name: need for need in _wanted(draft)}
    for name in [name for name in draft.order.rounds if name not in wanted and name not in draft.plan.lanes]:
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
    steps = steps_for(draft, need)
    if steps:
        open_round(draft, need, steps)
    elif before is None or before.steps:
        draft.emit("gap", need=need.name, state=Round(0, draft.now).plain())
        draft.tell([draft.plan.owner], "gap", place=need.name, stage=draft.order.stage)


def open_round(
    draft: Draft, need: Need, steps: tuple[Step, ...], *, requester: str = "", **said: Any
) -> None:
    """Put a need before its signers; `requester` is the person who asked for it, if one did."""
    name, form = need.name, need.approval
    assert form is not None
    number = draft.facts.count(f"{name}.requested") + 1
    ballot = Round(number, draft.now, steps, digest=digest(draft, need), requester=requester)
    if requester:
        said["requester"] = requester
    draft.emit("requested", f"{name}.requested", need=name, round=number, state=ballot.plain(), **said)
    if _is_anybodys(draft, need, steps):
        fall_to_owner(draft, [name], unnamed=True)
    told = (*draft.signers(name), *form.copy)
    draft.tell(told, "requested", place=name, stage=draft.order.stage)


def steps_for(standing: Standing, need: Need, requester: str = "") -> tuple[Step, ...]:
    """The steps of a need's approval that take part now."""
    form = need.approval
    assert form is not None
    wanted = (step for step in form.steps if step.when is None or step.when.holds(standing.facts))
    others = barred(standing, need)
    return tuple(_step(standing, step, requester, others) for step in wanted)


def _step(standing: Standing, step: ApprovalStep, requester: str, others: tuple[str, ...]) -> Step:
    """A step, in which neither those whom it bars have a seat of their own nor the `others`, whom something
    that they did keeps from it as long as that counts.
    """
    creator = standing.order.creator
    never = (creator,) if step.not_creator else (requester,) if step.not_requester and requester else ()
    return Step(_seats(standing, step, (*never, *others)), step.least, step.in_order, never)


def _seats(standing: Standing, step: ApprovalStep, kept: tuple[str, ...]) -> tuple[Seat, ...]:
    """One for each that is named. Where that is nobody, somebody barred, or whoever has one already, it is
    for the owner of the order: no fewer people sign than the form asks for.
    """
    seats: list[Seat] = []
    vacant: list[Seat] = []
    for name in step.roles:
        who = standing.meant(name)
        is_free = who and person_of(who) not in kept and all(seat.role != who for seat in seats)
        seat = Seat(who if is_free else standing.plan.owner, veto=name in step.veto)
        seats.append(seat)
        vacant += [] if is_free else [seat]
    one_is_there = step.least == 1 and len(vacant) < len(seats)
    return tuple(seat for seat in seats if seat not in vacant) if one_is_there else tuple(seats)


def _is_anybodys(draft: Draft, need: Need, steps: Iterable[Step]) -> bool:
    """Whether a seat is for the owner of the order, whom the form does not name."""
    form, owner = need.approval, draft.plan.owner
    assert form is not None
    named = {role for step in form.steps for role in step.roles}
    return owner not in named and any(seat.role == owner for step in steps for seat in step.seats)


def pass_seats(draft: Draft, name: str, role: str) -> None:
    """Let the open seats of a round pass to one role, as one seat."""
    before, was = draft.order.rounds[name], draft.signers(name)
    ballot = pass_to(before, role)
    if ballot == before or was == (role,):
        return
    draft.emit("passed_on", need=name, how="assign", role=role, was=list(was), state=ballot.plain())
    draft.tell([role], "assigned", stage=draft.order.stage, place=name)
