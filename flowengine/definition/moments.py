"""Moments and points in time as a process writes them: `quality.late`, `promised_date - 1d`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from flowengine.definition.findings import Finding, is_sure, unknown
from flowengine.definition.kinds import Kind, Scope
from flowengine.definition.scope import (
    clocks_of,
    due_rows,
    fields_of,
    moment_named,
    needs_of,
    outcomes_of,
    rules_of,
    scope_of,
)
from flowengine.definition.spans import span
from flowengine.definition.vocabulary.values import is_time
from flowengine.definition.words import Name, Need, Process, Stage

_POINT: Final = re.compile(r"^([a-z][a-z0-9_.]*)(?: ?([+-]) ?(.+))?$")
_DATES: Final = (Kind.DATE, Kind.DATETIME)


class Point(NamedTuple):
    """A point in time: a moment or a date field, and so many milliseconds after it, negative for before."""

    base: str
    shift: int
    is_field: bool


def point_of(scope: Scope, written: str) -> Point | None:
    """The point meant by `promised_date - 1d`; None where its base is neither a date field nor a moment.

    Raises ValueError when the duration has no length or is over ten years.
    """
    found = _POINT.match(written)
    assert found is not None, "the schema lets nothing else stand here"
    base, sign, length = found.groups()
    shift = span(length) * (-1 if sign == "-" else 1) if length else 0
    known = scope.names.get(base)
    if known and known.kind in _DATES:
        return Point(base, shift, is_field=True)
    moment = moment_named(scope, base)
    return Point(moment, shift, is_field=False) if moment else None


def moment_findings(process: Process) -> Iterator[Finding]:
    """Moments and points that name nothing."""
    scope = scope_of(process)
    for stage in process.stages.values():
        beside = {*(stage.tasks or ()), *(need.name for need in _side_by_side(stage))}
        yield from _points(scope, stage.opens)
        for task in (stage.tasks or {}).values():
            yield from _moments(scope, task.after, beside - {task.name})
            yield from _needs(scope, (task.needs or {}).values(), beside)
        yield from _needs(scope, (stage.needs or {}).values(), beside)
    told = {id(need) for stage in process.stages.values() for need in _side_by_side(stage)}
    for _, need in needs_of(process):
        if need.after and id(need) not in told:
            yield from _moments(scope, (need.after,), set())
    for _, outcome in outcomes_of(process):
        yield from _moments(scope, (outcome.after,) if outcome.after else (), set())
        yield from _points(scope, outcome.until)
    for _, clock in clocks_of(process):
        asked = tuple(each for each in (clock.after, clock.until, *clock.of) if each)
        yield from _moments(scope, asked, set())
        for row in clock.by:
            yield from () if is_time(row.by) else _points(scope, row.by, until=True)
    for _, rule in rules_of(process):
        yield from _moments(scope, (rule.after,) if rule.after else (), set())
        yield from _points(scope, rule.at)
    for due in due_rows(process):
        yield from _points(scope, due.by, until=True)
    for field in fields_of(process).values():
        yield from _points(scope, field.changes.until if field.changes else None)


def _side_by_side(stage: Stage) -> Iterator[Need]:
    """The needs that may wait for each other: those of the stage and of its tasks."""
    yield from (stage.needs or {}).values()
    for task in (stage.tasks or {}).values():
        yield from (task.needs or {}).values()


def _needs(scope: Scope, needs: Iterable[Need], beside: set[str]) -> Iterator[Finding]:
    for need in needs:
        if need.after:
            yield from _moments(scope, (need.after,), beside - {need.name})


def _moments(scope: Scope, names: tuple[Name, ...], beside: set[str]) -> Iterator[Finding]:
    for name in names:
        if name not in beside and moment_named(scope, name) is None:
            known = {each for each, what in scope.names.items() if what.kind is Kind.MOMENT} | beside
            if own := sorted(each for each in known if each.startswith(f"{name}.")):
                yield Finding("FE240", name.place, {"word": name, "known": own}, "hint.known")
            else:
                yield unknown("FE240", name.place, name, known)


def _points(scope: Scope, written: Name | None, *, until: bool = False) -> Iterator[Finding]:
    if written is None:
        return
    base = re.split(r" ?[+-]", written)[0]
    if until and "." not in base and base in scope.names and scope.names[base].kind not in _DATES:
        yield Finding("FE214", written.place, {"field": base, "type": scope.names[base].kind})
        return
    try:
        found = point_of(scope, written)
    except ValueError:
        yield Finding("FE105", written.place, {"word": str(written)}, hint="FE105.duration")
        return
    if found is None:
        known = {name for name, what in scope.names.items() if what.kind in (*_DATES, Kind.MOMENT)}
        sure = base not in scope.names and is_sure(base, known)  # a field of another type is no slip
        yield unknown("FE241", written.place, base, known, sure=sure)
