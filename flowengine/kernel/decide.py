"""The one entry. Time plays first, then the command, then the order goes on as far as it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.kernel.acts import attach, done, write
from flowengine.kernel.choices import choose
from flowengine.kernel.commands import Attach, Choose, Command, Create, Done, PassTime, Principal, Write
from flowengine.kernel.decision import Blocker, Decision, titled
from flowengine.kernel.draft import Draft, Spinning
from flowengine.kernel.events import Event
from flowengine.kernel.flow import play_time, settle
from flowengine.kernel.intake import create
from flowengine.kernel.order import Order

_DO: Final[Mapping[type, Callable[[Draft, Any], tuple[Blocker, ...]]]] = {
    Done: done,
    Attach: attach,
    Write: write,
    Choose: choose,
    PassTime: lambda _draft, _command: (),
}


def decide(
    plan: Plan, order: Order | None, command: Command, by: Principal, now: int, *, reason: str = ""
) -> Decision:
    """What `command` by `by` at `now` (milliseconds UTC) does to `order`; None opens one with `Create`.

    The order handed in is never changed. A refusal has no events, not even those of time that has passed.
    Raises EvaluationFailed when a condition cannot be evaluated.
    """
    if isinstance(command, Create):
        return _open(plan, command, by, now, reason)
    assert order is not None, "only Create opens an order"
    if stranger := _stranger(plan, by):
        return Decision(order, blockers=titled(plan, stranger))
    draft = Draft(plan, order.copy(), by, now, reason)
    try:
        play_time(draft, max(now, order.last_at))
        if blockers := _closed(draft, command) or _DO[type(command)](draft, command):
            return Decision(order, blockers=titled(plan, blockers))
        settle(draft)
    except Spinning as spinning:
        return Decision(order, blockers=(_spinning(spinning),))
    return Decision(draft.order, tuple(draft.events), tuple(draft.effects))


def _open(plan: Plan, command: Create, by: Principal, now: int, reason: str) -> Decision:
    order = Order(number=command.number, creator=by.id, created_at=now, last_at=now)
    draft = Draft(plan, order, by, now, reason)
    created = {
        "number": command.number,
        "process": plan.process,
        "version": plan.version,
        "definition": plan.hash,
        "by": by.id,
        "at": now,
    }
    draft.events.append(Event("created", created))
    try:
        if blockers := _stranger(plan, by) or create(draft, command):
            return Decision(None, blockers=titled(plan, blockers))
        settle(draft)
    except Spinning as spinning:
        return Decision(None, blockers=(_spinning(spinning),))
    return Decision(draft.order, tuple(draft.events), tuple(draft.effects))


def _stranger(plan: Plan, by: Principal) -> tuple[Blocker, ...]:
    """Whoever holds no role of the process learns nothing about its orders, not even why not."""
    if by.is_system or by.roles & set(plan.roles):
        return ()
    return (Blocker("stranger", owner=tuple(plan.roles)),)


def _closed(draft: Draft, command: Command) -> tuple[Blocker, ...]:
    """A closed order takes no act, only an outcome that is open at its end."""
    if draft.order.status == "open" or isinstance(command, PassTime):
        return ()
    end = draft.plan.ends[draft.order.stage]
    if isinstance(command, Choose) and command.outcome in end.outcomes:
        return ()
    return (Blocker("order_ended", name=end.name, params={"title": end.title.all()}),)


def _spinning(spinning: Spinning) -> Blocker:
    return Blocker("spinning", name=spinning.path[-1], params={"path": list(spinning.path)})
