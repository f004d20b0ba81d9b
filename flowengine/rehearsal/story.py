"""A scenario as a story: what happened to all of its orders, by the clock and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flowengine.definition.outsiders import CUSTOMER, CUSTOMER_TITLE
from flowengine.rehearsal.playing import Rehearsal
from flowengine.rehearsal.report import Told
from flowengine.runtime.looking import Entry, OrderView
from flowengine.runtime.story import clock_time, happened
from flowengine.texts import Lang, say

_SAID_THERE: Final = frozenset({"linked", "signalled", "starting", "progressed"})
"""What orders tell each other stands in the story of the one in which it happened."""


def story(rehearsal: Rehearsal, lang: Lang) -> tuple[Told, ...]:
    """Everything that has happened, the orders of one instant in the order in which they were opened."""
    told = [each for view, entry in rehearsal.records() for each in _told(view, entry, rehearsal, lang)]
    return tuple(sorted(told, key=lambda each: each.at))


def _told(view: OrderView, entry: Entry, rehearsal: Rehearsal, lang: Lang) -> Iterator[Told]:
    """An entry without the rules that did not fire; the reason that was given stands behind what was done."""
    reason = entry.record.get("reason", "")
    for event in entry.record["events"]:
        if event["event"] in _SAID_THERE or not event.get("fires", True):
            continue
        who = "time" if event["at"] < entry.at else entry.actor
        for sentence in happened([event], view.plan, lang):
            said = sentence
            if reason and who == entry.actor and reason not in sentence:
                said = say("history.reason", lang, {"said": sentence, "reason": reason})
            reason = ""
            yield Told(clock_time(event["at"], view.plan), view.row.number, _who(who, rehearsal, lang), said)


def _who(actor: str, rehearsal: Rehearsal, lang: Lang) -> str:
    """Somebody who takes part by name, and nobody where it happened by itself."""
    if actor == CUSTOMER:
        return CUSTOMER_TITLE.say(lang)
    return actor if actor in rehearsal.people else say("scenario.by_itself", lang)
