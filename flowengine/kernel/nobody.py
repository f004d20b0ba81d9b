"""Work for which nobody is there: it falls to the owner of the order, and becomes an exception where one is
declared for that.
"""

from __future__ import annotations

from typing import Any

from flowengine.compiler.naming import Names
from flowengine.definition.raised_by_itself import NOBODY_TO_ACT
from flowengine.kernel.draft import Draft
from flowengine.kernel.raising import Then, raise_
from flowengine.texts import say


def fall_to_owner(draft: Draft, items: list[str], **said: Any) -> None:
    """Let the owner of the order have work for which nobody else is there, and tell him."""
    owner = draft.plan.owner
    draft.emit(NOBODY_TO_ACT, items=items, owner=owner, **said)
    draft.tell([owner], NOBODY_TO_ACT, place=items[0], stage=draft.order.stage)


def raise_for_nobody(draft: Draft, then: Then) -> bool:
    """Raise what the process declares for work for which nobody was there; whether anything came of it."""
    items = [item for event in draft.events if event.kind == NOBODY_TO_ACT for item in event.data["items"]]
    if not items or NOBODY_TO_ACT not in draft.plan.exceptions:
        return False
    before = len(draft.events)
    titles = [_title(draft, item) for item in dict.fromkeys(items)]
    reason = say("exception.nobody_to_act", draft.plan.language, {"items": titles})
    raise_(draft, NOBODY_TO_ACT, then, reason=reason)
    return len(draft.events) > before


def _title(draft: Draft, item: str) -> str:
    """What people call a work item: a need, a task, or an outcome."""
    names, name = Names(draft.plan, draft.plan.language), item.partition(".")[0]
    return names.waited(name) if draft.plan.find(name) or draft.plan.task(name) else names.outcome(name)
