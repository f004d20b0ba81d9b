"""When the calendar opens orders of a process: kept as it is deployed, moved on as they are opened."""

from __future__ import annotations

from flowengine.compiler.plan import Plan
from flowengine.runtime.ports import Writer
from flowengine.runtime.rows import ScheduleRow


def schedule(unit: Writer, plan: Plan, now: int) -> None:
    """Keep when an order of a process that is deployed now is opened next; what is due already stays due."""
    known = unit.schedule(plan.process)
    if plan.opened is None:
        if known:
            unit.drop_schedule(plan.process)
    elif known is None or known.next_at > now:
        move_on(unit, plan, now)


def move_on(unit: Writer, plan: Plan, after: int) -> None:
    """Keep that the next order is opened with the next period after an instant."""
    assert plan.opened is not None
    at = plan.opened.period.beginning_after(after)
    unit.keep_schedule(ScheduleRow(plan.process, next_at=at, wake_at=at, failures=0, failure=None))
