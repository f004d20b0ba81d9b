"""Needs of one name within one stage: they are one act, so they must agree on what is asked, and of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from flowengine.definition.findings import Finding, elsewhere
from flowengine.definition.scope import every_need, needs_of
from flowengine.definition.words import Need, Outcome, Process, Stage


def same_name_findings(process: Process) -> Iterator[Finding]:
    """A need that stands twice in one stage is one act: the same people are asked for the same thing.

    An act that outlives its visit is one act in the whole process.
    """
    lasting: dict[str, Need] = {}
    for _, need in needs_of(process):
        earlier = lasting.setdefault(need.name, need)
        if earlier is not need and (need.covers or earlier.covers) and meant(need) != meant(earlier):
            yield Finding(
                "FE257", need.place, {"need": need.name, "where": elsewhere(earlier.place, need.place)}
            )
    for stage in process.stages.values():
        first: dict[str, tuple[Need, Set[str]]] = {}
        for need, default in _asked_in(process, stage):
            by = {*need.by} or default
            earlier, whom = first.setdefault(need.name, (need, by))
            params = {"need": need.name, "where": elsewhere(earlier.place, need.place)}
            if need.that is None and whom != by:
                yield Finding("FE222", need.place, params)
            if earlier is not need and meant(need) != meant(earlier):
                yield Finding("FE223", need.place, params)


def _asked_in(process: Process, stage: Stage) -> Iterator[tuple[Need, Set[str]]]:
    """Everything that may be asked in a stage, and who does it where the need itself does not say."""
    owner = {*(row.to for row in stage.owner)}
    yield from ((need, owner) for need in every_need(stage.needs))
    for task in (stage.tasks or {}).values():
        theirs = {*(row.to for row in task.owner)} or owner
        yield from ((need, theirs) for need in every_need(task.needs))
        yield from _asked_by((task.outcomes or {}).values(), theirs)
    yield from _asked_by((stage.outcomes or {}).values(), owner)
    whole = [each for each in (process.outcomes or {}).values() if is_open_in(each, stage.name)]
    yield from _asked_by(whole, {process.owner})


def _asked_by(outcomes: Iterable[Outcome], owner: Set[str]) -> Iterator[tuple[Need, Set[str]]]:
    for outcome in outcomes:
        yield from ((need, {*outcome.by} or owner) for need in every_need(outcome.needs))
        for action in outcome.beyond:
            yield from ((need, owner) for need in every_need(action.ask))


def is_open_in(outcome: Outcome, stage: str) -> bool:
    """Whether an outcome of the whole order may be chosen in that stage."""
    return stage in outcome.from_ or "any" in outcome.from_


def meant(need: Need) -> tuple[object, ...]:
    """What a need asks, and on which terms; conditions by their text, as they stand in other places."""
    return (
        need.kind,
        need.title,
        need.field,
        need.that and need.that.source,
        need.else_,
        need.when and need.when.source,
        need.after,
        *(frozenset(names) for names in (need.covers, need.waive, need.any or ())),
        need.defer,
    )
