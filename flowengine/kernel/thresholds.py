"""Until when: due instants of stages and tasks, and points in time that the order's data decide."""

from __future__ import annotations

from datetime import date, datetime

from flowengine.calendars.days import end_of_day, milliseconds, start_of_day
from flowengine.compiler.plan import Due
from flowengine.definition.moments import Point
from flowengine.definition.values import load
from flowengine.kernel.draft import Draft
from flowengine.kernel.standing import Standing, first


def set_due(draft: Draft) -> None:
    """Set the thresholds of this visit from the order's data, where they are not so already.

    What counts by length of time begins when the stage opens for work.
    """
    order = draft.order
    rows = draft.stage.due
    begun = order.entered_at if order.opened_at is None else order.opened_at
    at = due_at(draft, rows, begun) if rows and not order.shut else None
    if at != order.due_at:
        draft.emit("due", stage=order.stage, due=at, was=order.due_at)
    for piece in draft.pieces():
        state = order.tasks.get(piece.key)
        if state is None or state.done_at is not None or not piece.task.due:
            continue
        at = due_at(draft, piece.task.due, state.opened_at)
        if at != state.due_at:
            draft.emit("due", stage=order.stage, task=piece.key, due=at, was=state.due_at)


def due_at(standing: Standing, rows: tuple[Due, ...], begun: int) -> int | None:
    """The instant up to which work is in time; None while the field that says so is empty."""
    if not rows:
        return None
    due = first(rows, standing.facts)
    if due.within is not None:
        return begun + due.within
    return _instant(standing, due.by, end=True)


def instant_of(standing: Standing, point: Point, *, end: bool) -> int | None:
    """The instant of a point in time; None while its field is empty or its moment has not come.

    A date means its last instant where something ends then (`end`), else its first.
    """
    if point.is_field:
        at = _instant(standing, point.base, end=end)
    else:
        moment = standing.facts.value(point.base)
        at = milliseconds(moment) if isinstance(moment, datetime) else None
    return None if at is None else at + point.shift


def _instant(standing: Standing, field: str, *, end: bool) -> int | None:
    value = load(standing.plan.fields[field], standing.order.fields.get(field))
    if isinstance(value, datetime):
        return milliseconds(value)
    if not isinstance(value, date):
        return None
    return (end_of_day if end else start_of_day)(value, standing.plan.zone)
