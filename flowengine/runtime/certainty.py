"""How long the calendars of the processes in service are certain, and what is due beyond. For `signs.py`."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.due_rows import due_rows
from flowengine.compiler.plan import Plan
from flowengine.runtime.ports import Reader
from flowengine.runtime.verifying import trusted


class Certainty(NamedTuple):
    """A calendar of a process by which working time is counted, or messages wait for it, and whose days off
    are announced bit by bit.

    `until` is the last day of which all is known, `ends_at` its last millisecond; `beyond` are the open
    orders whose stage is due later than that.
    """

    process: str
    calendar: str
    until: date
    ends_at: int
    beyond: int


def certainties(unit: Reader) -> tuple[Certainty, ...]:
    """What can be told of every such calendar, the least certain first.

    A definition that cannot be read any more has no calendars; `verify` names it.
    """
    found: dict[tuple[str, str], Certainty] = {}
    for row in unit.definitions_in_service():
        plan = trusted(row)
        for calendar, stages in (_stages_by(plan) if plan else {}).items():
            if (until := calendar.certain_until) is None:
                continue
            ends_at = calendar.end_of_day(until)
            before = found.get((row.process, calendar.name))
            beyond = unit.due_beyond(row.id, stages, ends_at) + (before.beyond if before else 0)
            found[row.process, calendar.name] = Certainty(row.process, calendar.name, until, ends_at, beyond)
    return tuple(sorted(found.values(), key=lambda each: each.ends_at))


def _stages_by(plan: Plan) -> dict[Calendar, set[str]]:
    """The calendars by which workdays are counted, each with the stages whose own time it counts; those by
    which messages wait have none.
    """
    found: dict[Calendar, set[str]] = {each: set() for each in plan.notices.calendars}
    for stage, row in due_rows(plan):
        if row.follows_workdays:
            found.setdefault(row.calendar, set()).update({stage} - {""})
    return found
