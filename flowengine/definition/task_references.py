"""Tasks that nothing completes, that wait for each other, or that stand for rows of what is no list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowengine.definition.findings import Finding, is_sure, unknown
from flowengine.definition.scope import fields_of, tasks_of
from flowengine.definition.words import Due, Process, Row, Stage, Task


def task_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the tasks of a process, and with rows of owners and of time thresholds."""
    fields = fields_of(process)
    lists = [name for name, field in fields.items() if field.type == "list"]
    for _, task in tasks_of(process):
        if not task.needs and not task.outcomes:
            yield Finding("FE246", task.place, {"task": task.name})
        if task.each and task.each not in lists:
            sure = task.each not in fields and is_sure(task.each, lists)
            yield unknown("FE248", task.each.place, task.each, lists, sure=sure)
        yield from _owners(task.name, task.owner)
        yield from row_findings(task.name, "due", task.due)
    for stage in process.stages.values():
        yield from _circles(stage)
        yield from _owners(stage.name, stage.owner)
        yield from row_findings(stage.name, "due", stage.due)


def _owners(place: str, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """Rows as any others; where none has a condition, somebody took them for owners beside each other."""
    if len(rows) > 1 and not any(row.when for row in rows):
        yield Finding("FE631", rows[1].place, {"place": place, "owner": str(rows[0].to)})
    else:
        yield from row_findings(place, "owner", rows)


def row_findings(place: str, word: str, rows: tuple[Row, ...] | tuple[Due, ...]) -> Iterator[Finding]:
    """Rows that are never looked at, and orders for which none counts."""
    for row in rows[:-1]:
        if row.when is None:
            yield Finding("FE402", row.place, {"stage": place})
    if rows and all(row.when for row in rows):
        yield Finding("FE251", rows[-1].place, {"place": place, "word": word})


def _circles(stage: Stage) -> Iterator[Finding]:
    """Tasks that wait for each other for ever; each circle is said once, at its first task."""
    tasks = stage.tasks or {}
    told: set[str] = set()
    for name in tasks:
        path = _way_back(tasks, name)
        if path and not told & set(path):
            told |= set(path)
            yield Finding("FE247", tasks[name].place, {"task": name, "path": [*path, name]})


def _way_back(tasks: Mapping[str, Task], start: str) -> list[str]:
    """The tasks through which `start` waits for itself; empty if it does not."""
    paths, seen = [[start]], set()
    while paths:
        path = paths.pop()
        for after in tasks[path[-1]].after:
            if after == start:
                return path
            if after in tasks and after not in seen:
                seen.add(after)
                paths.append([*path, str(after)])
    return []
