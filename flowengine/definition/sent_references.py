"""What is wrong with the messages that a scenario expects: channels, moments and names that there are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.references import ends_of
from flowengine.definition.scenario_words import Sent
from flowengine.definition.scope import outcomes_of
from flowengine.definition.words import Name, Process
from flowengine.texts import TEXTS

_CAUSE: Final = "story.cause."
_CAUSES: Final = frozenset(key.removeprefix(_CAUSE) for key in TEXTS if key.startswith(_CAUSE))
"""What messages are about by themselves, whatever a process says."""


def sent_findings(
    sent: Iterable[Sent],
    every: Collection[Process],
    unknown_to: Callable[[str, Iterable[Name], Collection[str]], Iterator[Finding]],
) -> Iterator[Finding]:
    """Names in `sent` that `every` form of the process lacks. A moment is found only where it is misspelt:
    what else a message may be about is not known beforehand.
    """
    messages = {name for each in every for name in each.messages or ()}
    channels = {name for each in every if each.notices for via in each.notices.via.values() for name in via}
    moments = _CAUSES.union(*map(_moments, every))
    for each in sent:
        yield from unknown_to("FE613", (each.message,) if each.message else (), messages)
        yield from unknown_to("FE790", each.via or (), channels)
        if each.about and each.about not in moments and "{" not in each.about:
            found = unknown("FE791", each.about.place, each.about, moments)
            if found.params["guess"]:
                yield found


def _moments(process: Process) -> set[str]:
    outcomes = {f"{place}.{outcome.name}" for place, outcome in outcomes_of(process)}
    places = (process.rules, *(stage.rules for stage in process.stages.values()))
    rules = {name for each in places for name in each or ()}
    return outcomes | rules | {f"order.{end}" for end in ends_of(process)}
