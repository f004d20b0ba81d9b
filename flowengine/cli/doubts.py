"""Telling, where a process is checked or deployed, of calendars that are not certain for long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowengine.cli.desk import Desk
    from flowengine.compiler.plan import Plan


def tell_of_doubts(desk: Desk, plan: Plan, now: int) -> None:
    """Name each calendar that is not certain for as long as what begins now may take."""
    from flowengine.compiler.due_rows import crossing
    from flowengine.definition.findings import cited

    longest = {each.row.calendar.name: each for each in crossing(plan, now)}
    for name, each in longest.items():
        where = cited(each.row.line, plan.file)
        desk.note("calendar.uncertain", where=where, calendar=name, until=each.until)
