"""Votes that do not count: refused as any command is, and on record, so that it is known who tried."""

from __future__ import annotations

from typing import Final

from flowengine.kernel.commands import Abstain, Approve, Command, Refuse
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.events import UNCOUNTED, Event

_NOTED: Final = frozenset({"round_over", "old_round", "voted_already", "barred_from_signing"})


def uncounted(draft: Draft, command: Command, blockers: tuple[Blocker, ...]) -> tuple[Event, ...]:
    """What stands in history of a refused command: nothing, or the vote that came too late, twice, on an old
    round, or from somebody who has none.
    """
    if not isinstance(command, Approve | Refuse | Abstain):
        return ()
    why = "round_over" if _ended(draft, command.need, blockers) else blockers[0].code
    why = "barred_from_signing" if why == "not_by" else why
    if why not in _NOTED:
        return ()
    said = {"need": command.need, "said": command.verb, "by": draft.by.id, "why": why, "at": draft.now}
    return (Event(UNCOUNTED, said),)


def _ended(draft: Draft, name: str, blockers: tuple[Blocker, ...]) -> bool:
    """Whether the order has ended since that approval was asked."""
    return blockers[0].code == "order_ended" and draft.facts.count(f"{name}.requested") > 0
