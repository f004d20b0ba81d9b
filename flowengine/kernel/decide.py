"""The one entry. Time plays first, then the command, then the order goes on as far as it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.errors import EvaluationFailed
from flowengine.kernel.acts import attach, done, waive, write
from flowengine.kernel.amending import amend
from flowengine.kernel.answers import NO_ANSWERS, Answers
from flowengine.kernel.choices import choose
from flowengine.kernel.claiming import claim, give_back, reassign
from flowengine.kernel.clocks import reckon
from flowengine.kernel.commands import (
    Abstain,
    AddSigner,
    Amend,
    Answered,
    Approve,
    Attach,
    Choose,
    Claim,
    Command,
    Confirm,
    Copy,
    Create,
    Delegate,
    Done,
    Erase,
    GiveBack,
    Hear,
    Hold,
    Invite,
    Open,
    PassTime,
    Principal,
    Raise,
    Reassign,
    Receive,
    Reckon,
    Refuse,
    Release,
    RequestLane,
    Return,
    Revoke,
    RevokeLane,
    Split,
    Transfer,
    Urge,
    Waive,
    Withdraw,
    Write,
)
from flowengine.kernel.confirming import confirm, decline
from flowengine.kernel.dealing import tend_heads, tend_work
from flowengine.kernel.decision import Blocker, Decision, titled
from flowengine.kernel.doing import then_of_raising
from flowengine.kernel.draft import Draft, Spinning, spinning_blocker
from flowengine.kernel.events import Event
from flowengine.kernel.flow import play_time, settle
from flowengine.kernel.holding import hold, release
from flowengine.kernel.intake import create
from flowengine.kernel.inviting import invite, revoke
from flowengine.kernel.joining import raised_by_hand
from flowengine.kernel.lanes import request, revoke_lane
from flowengine.kernel.linking import hear, tell_linked
from flowengine.kernel.nobody import raise_for_nobody
from flowengine.kernel.order import Order
from flowengine.kernel.own_parts import open_part
from flowengine.kernel.receiving import receive
from flowengine.kernel.replies import answer
from flowengine.kernel.rights import may_not_create, may_speak
from flowengine.kernel.signing import cast_vote, copy, hand_over, send_back, take_back, urge
from flowengine.kernel.splitting import split
from flowengine.kernel.uncounted import uncounted
from flowengine.kernel.variant import plan_for


def _refuse(draft: Draft, command: Refuse) -> tuple[Blocker, ...]:
    """Say no: to what is approved, or to what one is asked to confirm."""
    need = draft.doable(command.need)
    if need is not None and need.kind == "confirm":
        return decline(draft, command)
    return cast_vote(draft, command, said="refuse")


_DO: Final[Mapping[type, Callable[[Draft, Any], tuple[Blocker, ...]]]] = {
    Done: done,
    Attach: attach,
    Write: write,
    Amend: amend,
    Choose: choose,
    Waive: waive,
    Hold: hold,
    Release: release,
    Split: split,
    Open: open_part,
    Approve: partial(cast_vote, said="approve"),
    Refuse: _refuse,
    Abstain: partial(cast_vote, said="abstain"),
    Transfer: hand_over,
    Delegate: hand_over,
    AddSigner: hand_over,
    Urge: urge,
    Copy: copy,
    RequestLane: request,
    RevokeLane: revoke_lane,
    Return: send_back,
    Withdraw: take_back,
    Confirm: confirm,
    Invite: invite,
    Revoke: revoke,
    Claim: claim,
    GiveBack: give_back,
    Reassign: reassign,
    Raise: lambda draft, command: raised_by_hand(draft, command, then_of_raising),
    Reckon: lambda draft, _command: reckon(draft),
    Hear: hear,
    Receive: receive,
    Erase: lambda draft, _command: _erase(draft),
    Answered: answer,
    PassTime: lambda _draft, _command: (),
}


def decide(
    plan: Plan,
    order: Order | None,
    command: Command,
    by: Principal,
    now: int,
    *,
    reason: str = "",
    answers: Answers = NO_ANSWERS,
) -> Decision:
    """What `command` by `by` at `now` (milliseconds UTC) does to `order`; None opens one with `Create`.

    The order handed in is never changed. A refusal has no events, not even those of time that has passed.
    Raises EvaluationFailed when the command leads to a condition that cannot be evaluated. An order that
    time has brought there takes commands nevertheless, and goes on as soon as one of them has mended it.
    Where people are to be found that only the world outside knows, the decision `asks`; with the `answers`
    another finds them, and without any the work waits for everybody who might do it.
    """
    plan = plan_for(plan, order, command)
    if isinstance(command, Create):
        return _open(plan, command, by, now, reason, answers)
    assert order is not None, "only Create opens an order"
    if stranger := () if may_speak(by, command) else _stranger(plan, by):
        return Decision(order, blockers=titled(plan, stranger))
    at = max(now, order.last_at)
    try:
        try:
            return _decided(Draft(plan, order, by, now, reason, answers), order, command, at)
        except (EvaluationFailed, Spinning):
            if not _is_stuck(plan, order, at):
                raise
            draft = Draft(plan, order, by, now, reason, answers)
            return _decided(draft, order, command, at, stays=True)
    except Spinning as spinning:
        return Decision(order, blockers=(spinning_blocker(spinning),))


def _decided(draft: Draft, order: Order, command: Command, now: int, *, stays: bool = False) -> Decision:
    """Time, the command, and where the order goes then, unless it `stays`. Time alone has settled already."""
    if isinstance(command, Hear):
        draft.hops += command.hops
    play_time(draft, now)
    if blockers := _closed(draft, command) or _DO[type(command)](draft, command):
        said = titled(draft.plan, blockers)
        noted = uncounted(draft, command, blockers)
        return Decision(order, blockers=said, noted=noted, asks=tuple(draft.asks))
    if isinstance(command, Hear):
        _go_on(draft)
    elif not (stays or isinstance(command, PassTime)):
        settle(draft)
    return _done(draft, order, command)


def _go_on(draft: Draft) -> None:
    """Go on after what another order has said: that stays a fact where this order cannot go on."""
    if why := draft.attempt(settle):
        draft.emit("stuck", stage=draft.order.stage, why=why)


def _done(draft: Draft, before: Order | None, command: Command) -> Decision:
    """What the draft has come to: linked orders are told, and the work that has come up is dealt out."""
    tend_heads(draft)
    waiting = tend_work(draft, before)
    if raise_for_nobody(draft, then_of_raising):
        _go_on(draft)
        waiting = tend_work(draft, before)
    if draft.order.linked:
        tell_linked(draft, before, command)
    events, effects = tuple(draft.events), tuple(draft.effects)
    under, asks = tuple(draft.under), tuple(draft.asks)
    return Decision(draft.order, events, effects, under=under, asks=asks, work=waiting)


def _erase(draft: Draft) -> tuple[Blocker, ...]:
    draft.emit("erased", by=draft.by.id)
    return ()


def _is_stuck(plan: Plan, order: Order, now: int) -> bool:
    """Whether the order cannot go on even without a command: then it is not the command that leads there."""
    draft = Draft(plan, order, Principal.system("time"), now, "")
    try:
        play_time(draft, now)
        settle(draft)
    except (EvaluationFailed, Spinning):
        return True
    return False


def _open(plan: Plan, command: Create, by: Principal, now: int, reason: str, answers: Answers) -> Decision:
    creator, doers = command.creator or by.id, dict(command.doers)
    order = Order(number=command.number, creator=creator, created_at=now, last_at=now, doers=doers)
    draft = Draft(plan, order, by, now, reason, answers)
    draft.hops += command.hops
    created = {
        "number": command.number,
        "process": plan.process,
        "version": plan.version,
        "definition": plan.hash,
        "by": creator,
        "at": now,
        **({"doers": doers} if doers else {}),
    }
    draft.events.append(Event("created", created))
    try:
        draft.permits(tuple(plan.roles), None)
        if blockers := _stranger(plan, by) or may_not_create(plan, by) or create(draft, command):
            return Decision(None, blockers=titled(plan, blockers))
        settle(draft)
    except Spinning as spinning:
        return Decision(None, blockers=(spinning_blocker(spinning),))
    return _done(draft, None, command)


def _stranger(plan: Plan, by: Principal) -> tuple[Blocker, ...]:
    """Whoever holds no role of the process learns nothing about its orders, not even why not."""
    if by.is_system or not by.roles.isdisjoint(plan.roles):
        return ()
    return (Blocker("stranger", owner=tuple(plan.roles)),)


def _closed(draft: Draft, command: Command) -> tuple[Blocker, ...]:
    """A closed order takes no act but an outcome that is open at its end; persons are erased at any time, and
    events, answers and linked orders are heard.
    """
    if draft.order.status == "open" or isinstance(command, PassTime | Erase | Answered | Receive | Hear):
        return ()
    end = draft.plan.ends[draft.order.stage]
    if isinstance(command, Choose) and command.outcome in end.outcomes:
        return ()
    return (Blocker("order_ended", name=end.name, params={"title": end.title.all()}),)
