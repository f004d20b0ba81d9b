"""Whether orders can run through a process: stages nobody reaches or leaves, rows that hide others.

A first look over the graph of stages; what depends on the order's data is not explored here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from flowengine.definition.deeds import moves_by_itself
from flowengine.definition.detours import BACK, leads_to, origins_of, outcomes_in
from flowengine.definition.findings import Finding
from flowengine.definition.references import ends_of
from flowengine.definition.same_names import is_open_in
from flowengine.definition.words import Process, Stage


def flow_findings(process: Process) -> Iterator[Finding]:
    """What keeps orders from running through `process`. References must be sound."""
    for name, stage in process.stages.items():
        yield from _rows(stage)
        if not completes_itself(stage) and not stage.outcomes:
            yield from _only_from_outside(process, stage)
        if stage.next and not completes_itself(stage):
            yield Finding("FE405", stage.next[0].place, {"stage": name})
    last = list(process.stages.values())[-1]
    if completes_itself(last) and not last.next:
        yield Finding("FE406", last.place, {"stage": last.name, "ends": ends_of(process)})
    yield from _doors(process)
    yield from _reachability(process)


def _only_from_outside(process: Process, stage: Stage) -> Iterator[Finding]:
    """A stage that says nothing of its own is left by an outcome of the whole order, or never."""
    leading = [outcome for outcome in (process.outcomes or {}).values() if is_open_in(outcome, stage.name)]
    if not leading:
        yield Finding("FE404", stage.place, {"stage": stage.name})
    elif all("any" in outcome.from_ for outcome in leading):
        params = {"stage": stage.name, "outcomes": [outcome.name for outcome in leading]}
        yield Finding("FE411", stage.place, params, severity="warning")


def _doors(process: Process) -> Iterator[Finding]:
    """Doors at which nobody can do anything: no stage comes before intake, nothing is done at an end."""
    first = next(iter(process.stages.values()))
    if first.entry:
        yield Finding("FE409", first.place, {"stage": first.name})
    ends = set(ends_of(process))
    for outcome in (process.outcomes or {}).values():
        if not ends & set(outcome.from_) or outcome.to is None:
            continue
        target = process.stages.get(outcome.to)
        asked = [*(outcome.needs or {}).values(), *((target and target.entry) or {}).values()]
        if acts := [need.name for need in asked if need.kind in ("check", "file", "note", "confirm")]:
            yield Finding("FE410", outcome.place, {"outcome": outcome.name, "needs": acts})


def ways_of(process: Process) -> dict[str, set[str]]:
    """For each stage and end, where an order can go from there."""
    names = list(process.stages)
    ways: dict[str, set[str]] = {name: set() for name in (*names, *ends_of(process))}
    origins = origins_of(process)
    for (name, stage), below in zip(process.stages.items(), (*names[1:], ""), strict=True):
        if completes_itself(stage) and stage.next:
            ways[name] |= {row.to for row in stage.next}
        elif completes_itself(stage) and below:
            ways[name].add(below)
        for outcome in outcomes_in(process, stage):
            ways[name] |= _targets(leads_to(outcome), origins.get(name, frozenset()))
    for outcome in (process.outcomes or {}).values():
        for end in set(outcome.from_) & set(ends_of(process)):
            ways[end] |= _targets(leads_to(outcome), frozenset())
    return ways


def moves_of(process: Process) -> dict[str, set[str]]:
    """For each stage, where an order can be moved from there by itself: by rules, and when it is late."""
    origins = origins_of(process)
    return {
        name: _targets(targets, origins.get(name, frozenset()))
        for name, targets in moves_by_itself(process).items()
    }


def completes_itself(stage: Stage) -> bool:
    """Whether a stage is left by itself once everything in it is done; else only by an outcome."""
    return bool(stage.needs or stage.tasks)


def _targets(targets: Iterable[str], origins: Set[str]) -> set[str]:
    words = set(targets)
    return (words - {BACK}) | (origins if BACK in words else set())


def _rows(stage: Stage) -> Iterator[Finding]:
    rows = stage.next
    for row in rows[:-1]:
        if row.when is None:
            yield Finding("FE402", row.place, {"stage": stage.name})
    if rows and all(row.when for row in rows):
        yield Finding("FE403", rows[-1].place, {"stage": stage.name})


def _reachability(process: Process) -> Iterator[Finding]:
    ways = ways_of(process)
    moved = moves_of(process)
    also = {name: targets | moved.get(name, set()) for name, targets in ways.items()}
    reached = _closure([next(iter(process.stages))], also)
    ending = _closure(ends_of(process), _backwards(ways))  # what is only moved on cannot go on by itself
    for name, stage in process.stages.items():
        if name not in reached:
            yield Finding("FE401", stage.place, {"stage": name})
        elif name not in ending:
            yield Finding("FE407", stage.place, {"stage": name})
    for name, end in (process.ends or {}).items():
        if name not in reached:
            yield Finding("FE408", end.place, {"end": name}, severity="warning")


def _backwards(ways: Mapping[str, set[str]]) -> dict[str, set[str]]:
    origins: dict[str, set[str]] = {name: set() for name in ways}
    for origin, targets in ways.items():
        for target in targets:
            origins[target].add(origin)
    return origins


def _closure(starts: Iterable[str], ways: Mapping[str, set[str]]) -> set[str]:
    """Everything that can be reached from `starts`, themselves included."""
    seen, todo = {*starts}, [*starts]
    while todo:
        for target in ways[todo.pop()] - seen:
            seen.add(target)
            todo.append(target)
    return seen
