"""Needs of one name within one stage: they are one act, so they must agree on what is asked, and of whom."""

from __future__ import annotations

from collections.abc import Iterator, Set

from flowengine.definition.findings import Finding
from flowengine.definition.words import Need, Outcome, Process, Stage


def same_name_findings(process: Process) -> Iterator[Finding]:
    """A need that stands twice in one stage is one act: the same people are asked for the same thing."""
    for stage in process.stages.values():
        first: dict[str, tuple[Need, Set[str]]] = {}
        for need, default in _asked_in(process, stage):
            by = {*need.by} or default
            earlier, whom = first.setdefault(need.name, (need, by))
            params = {"need": need.name, "line": earlier.place.line}
            if need.that is None and whom != by:
                yield Finding("FE222", need.place, params)
            if _meant(need) != _meant(earlier):
                yield Finding("FE223", need.place, params)


def _asked_in(process: Process, stage: Stage) -> Iterator[tuple[Need, Set[str]]]:
    """Everything that may be asked in a stage, and who does it where the need itself does not say."""
    owner = {stage.owner}
    yield from ((need, owner) for need in (stage.needs or {}).values())
    for outcome in (stage.outcomes or {}).values():
        yield from ((need, {*outcome.by} or owner) for need in (outcome.needs or {}).values())
        for action in outcome.beyond:
            yield from ((need, owner) for need in (action.ask or {}).values())
    for outcome in (process.outcomes or {}).values():
        if is_open_in(outcome, stage.name):
            yield from ((need, {*outcome.by} or {process.owner}) for need in (outcome.needs or {}).values())


def is_open_in(outcome: Outcome, stage: str) -> bool:
    """Whether an outcome of the whole order may be chosen in that stage."""
    return stage in outcome.from_ or "any" in outcome.from_


def _meant(need: Need) -> tuple[object, ...]:
    return need.kind, need.title, need.field, need.that and need.that.source, need.else_
