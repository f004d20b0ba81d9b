"""Outcomes whose words contradict each other: who or what lets them happen, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.detours import BACK, leads_to, origins_of, outcomes_in
from flowengine.definition.findings import Finding
from flowengine.definition.scope import outcomes_of, tasks_of
from flowengine.definition.words import Outcome, Process


def outcome_findings(process: Process) -> Iterator[Finding]:
    """Outcomes that nobody and nothing can bring about, or that bring about nothing."""
    of_tasks = {id(each) for _, task in tasks_of(process) for each in (task.outcomes or {}).values()}
    for _, outcome in outcomes_of(process):
        if outcome.is_automatic:
            yield from _automatic(outcome)
        elif not (outcome.to or outcome.edits or id(outcome) in of_tasks or _starts(outcome)):
            yield Finding("FE242", outcome.place, {"outcome": outcome.name})
    for outcome in (process.outcomes or {}).values():
        ends = [place for place in outcome.from_ if place != "any" and place not in process.stages]
        if ends and (outcome.to is None or outcome.is_automatic or BACK in leads_to(outcome)):
            yield Finding("FE254", outcome.place, {"outcome": outcome.name, "end": ends[0]})
    yield from _nowhere_back(process)


def _starts(outcome: Outcome) -> bool:
    """Whether an outcome of the whole order opens another one: the order itself stays where it is."""
    return bool(outcome.from_) and any(action.start for action in outcome.then)


def _automatic(outcome: Outcome) -> Iterator[Finding]:
    """What happens by itself asks nobody, and goes on to another place, or it would happen for ever."""
    for word in ("by", "not_by", "reason", "edits"):
        if getattr(outcome, word):
            yield Finding("FE243", outcome.place, {"outcome": outcome.name, "word": word})
    if outcome.to is None or (outcome.beyond and not any(action.move for action in outcome.beyond)):
        yield Finding("FE244", outcome.place, {"outcome": outcome.name})


def _nowhere_back(process: Process) -> Iterator[Finding]:
    """`back` in a stage into which no outcome leads: nobody has been anywhere to go back to."""
    for name, origins in origins_of(process).items():
        if not origins:
            for outcome in outcomes_in(process, process.stages[name]):
                if BACK in leads_to(outcome) and not outcome.from_:
                    yield Finding("FE245", outcome.place, {"outcome": outcome.name, "stage": name})
