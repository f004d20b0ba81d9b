"""Joining an exception of another order, where one cause has hit several: its case is linked with all of
them, and what becomes of it becomes of the exception of each.
"""

from __future__ import annotations

from flowengine.compiler.plan import Exceptional
from flowengine.definition.inner.exceptions import LINK, OPEN, RAISED_AS
from flowengine.kernel.commands import Raise
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.linking import note
from flowengine.kernel.raising import Then, follow, may_not_raise, raise_, tier_of
from flowengine.kernel.state import Raised, plain


def raised_by_hand(draft: Draft, command: Raise, then: Then) -> tuple[Blocker, ...]:
    """Somebody raises an exception with a reason, or joins one of another order; one that is open here can
    only be given a higher tier.
    """
    if blockers := may_not_raise(draft, command):
        return blockers
    if command.case:
        return _join(draft, draft.plan.exceptions[command.exception], command, then)
    raise_(draft, command.exception, then, tier=command.tier, reason=draft.reason)
    return ()


def _join(draft: Draft, exception: Exceptional, command: Raise, then: Then) -> tuple[Blocker, ...]:
    """The exception is known here under the key under which the other order has raised it; no order has part
    in one case twice.
    """
    says = command.joined
    is_open = says and says["stage"] in OPEN and says["fields"]["type"] == exception.name
    key = str(says["fields"][RAISED_AS]) if is_open else ""
    if not key or key in draft.order.raised:
        params = {"title": exception.title.all()}
        return (Blocker("cannot_join", exception.name, line=exception.line, params=params),)
    tier = max(command.tier, tier_of(draft, exception, None))
    draft.emit(
        "raised",
        f"{exception.name}.raised",
        exception=exception.name,
        key=key,
        by=draft.doer,
        reason=draft.reason,
        case=says["number"],
        state=plain(Raised(exception.name, tier)),
    )
    follow(draft, exception, then)
    note(draft, LINK, command.case, dict(says))
    return ()
