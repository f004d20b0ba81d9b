"""Needs whose words contradict each other: what lasts, what may be deferred, and where that makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.definition.findings import Finding
from flowengine.definition.scope import every_need, needs_of, tasks_of
from flowengine.definition.words import Need, Process

_PRESENT = ("field", "that")
"""Kinds that look at the present value: there is no act of which one could ask how long it lives."""


def need_findings(process: Process) -> Iterator[Finding]:
    """Words of a need that its kind or its place leaves without meaning."""
    deferrable = {id(need) for need in _of_stages_and_tasks(process)}
    of_rows = {id(need) for _, task in tasks_of(process) if task.each for need in every_need(task.needs)}
    for _, need in needs_of(process):
        if need.kind in ("any", "event") and need.by:
            yield _useless(need, "by")
        if need.not_by and need.kind in ("that", "any", "event"):
            yield _useless(need, "not_by")
        if need.covers and need.kind in (*_PRESENT, "any"):
            yield _useless(need, "covers")
        if need.covers and id(need) in of_rows:
            yield Finding("FE258", need.place, {"need": need.name})
        if need.defer is not None and id(need) not in deferrable:
            yield Finding("FE250", need.place, {"need": need.name})


def _of_stages_and_tasks(process: Process) -> Iterator[Need]:
    for stage in process.stages.values():
        yield from _values(stage.needs)
    for _, task in tasks_of(process):
        if not task.each:
            yield from _values(task.needs)


def _values(needs: object) -> Iterable[Need]:
    return needs.values() if isinstance(needs, dict) else ()


def _useless(need: Need, word: str) -> Finding:
    return Finding("FE256", need.place, {"need": need.name, "kind": need.kind, "word": word})
