"""Every row of time of a plan, and which of them reach beyond what is known of their calendars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flowengine.calendars.calendar import NoWorkingTime
from flowengine.compiler.due import Due
from flowengine.compiler.need import Need, every_part
from flowengine.compiler.plan import Plan, Stage


class Crossing(NamedTuple):
    """A row of time that would be due at an instant beyond `until`, the last certain day of its calendar."""

    row: Due
    due_at: int
    until: str


def due_rows(plan: Plan) -> Iterator[tuple[str, Due]]:
    """Every row of time of a plan and of its types, with the name of the stage whose own time it is."""
    for each in plan.every:
        for stage in each.stages.values():
            yield from ((stage.name, row) for row in stage.due)
            yield from (("", row) for row in _inside(stage))
        for thing in (*each.every_thing(), *_needs(each)):
            yield from (("", row) for row in thing.due)


def crossing(plan: Plan, now: int) -> list[Crossing]:
    """The rows that are due beyond the last certain day of their calendar if they begin now, longest last."""
    found = []
    for _, row in due_rows(plan):
        due = _due(row, now) if row.follows_workdays else now
        if until := row.doubt(due):
            found.append(Crossing(row, due, until))
    return sorted(found, key=lambda each: each.due_at)


def _due(row: Due, now: int) -> int:
    """When a row that counts workdays is due; now where its calendar has too few of them."""
    length = row.within or row.silent_for
    try:
        if length is None:
            assert row.every is not None
            return row.every.first(now).due_at
        amount = length.amount * row.stretch // 100 + (row.extra.amount if row.extra else 0)
        return row.calendar.add(now, amount, length.unit)
    except NoWorkingTime:
        return now


def _inside(stage: Stage) -> Iterator[Due]:
    """Those of the tasks of a stage, and of the needs of its tasks."""
    for task in stage.tasks.values():
        yield from task.due
        for need in every_part(task.needs):
            yield from need.due


def _needs(plan: Plan) -> Iterator[Need]:
    for stage in plan.stages.values():
        yield from stage.doable.values()
    yield from plan.lasting.values()
    yield from plan.asks.values()
