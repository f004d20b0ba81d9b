"""Every row of time of a plan. Asked for what it says of the calendars that a process stands on."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.compiler.due import Due
from flowengine.compiler.need import Need, every_part
from flowengine.compiler.plan import Plan, Stage


def due_rows(plan: Plan) -> Iterator[tuple[str, Due]]:
    """Every row of time of a plan and of its types, with the name of the stage whose own time it is, if any."""
    for each in plan.every:
        for stage in each.stages.values():
            yield from ((stage.name, row) for row in stage.due)
            yield from (("", row) for row in _inside(stage))
        for thing in (*each.every_thing(), *_needs(each)):
            yield from (("", row) for row in thing.due)


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
