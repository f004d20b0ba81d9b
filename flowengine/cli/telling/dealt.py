"""Why somebody has the work an order waits for, out of history: it was dealt out, claimed or passed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flowengine.cli.screen import iso
from flowengine.cli.telling.points import every_point
from flowengine.compiler.plan import Plan
from flowengine.kernel.explain import Explanation
from flowengine.runtime.looking import Entry
from flowengine.runtime.story import happened
from flowengine.texts import Lang

_GIVES = frozenset({"dealt", "claimed", "reassigned"})


def taken(explanation: Explanation) -> dict[str, str]:
    """Who has what, by the names of the work items that somebody has."""
    found = {point.need.name: point.taken_by for point in every_point(explanation)}
    found |= {choice.name: choice.taken_by for choice in explanation.choices}
    return {name: person for name, person in found.items() if person}


def given(entries: Iterable[Entry], items: dict[str, str]) -> list[dict[str, Any]]:
    """The events by which those have these items who have them now, oldest first, each once."""
    last: dict[str, dict[str, Any]] = {}
    for entry in entries if items else ():
        for event in entry.record["events"]:
            for name in event["items"] if event["event"] in _GIVES else ():
                if items.get(name) == event["to"]:
                    last[name] = event
    found: list[dict[str, Any]] = []
    for event in sorted(last.values(), key=lambda event: event["at"]):
        if event not in found:
            found.append(event)
    return found


def given_lines(plan: Plan, events: Iterable[dict[str, Any]], lang: Lang) -> Iterator[str]:
    """A line for each, for people."""
    for event in events:
        yield from (f"  {said}" for said in happened([event], plan, lang))


def given_json(plan: Plan, events: Iterable[dict[str, Any]], lang: Lang) -> list[dict[str, Any]]:
    """Each for programs: what went to whom, when, how that one was chosen and among whose people."""
    return [
        {
            "items": event["items"],
            "to": event["to"],
            "at": iso(event["at"]),
            "how": event.get("how") or event["event"],
            "roles": event.get("roles") or [role for role in (event.get("role"),) if role],
            "why": " ".join(happened([event], plan, lang)),
        }
        for event in events
    ]
