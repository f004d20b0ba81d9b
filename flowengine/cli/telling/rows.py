"""One line of a list: an order, a work item, a message, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

from flowengine.cli.desk import Desk
from flowengine.cli.screen import iso
from flowengine.cli.telling.numbers import numbered
from flowengine.cli.telling.orders import still_text
from flowengine.compiler.charting import need_text
from flowengine.compiler.plan import Outcome, Plan, Task, every_outcome
from flowengine.definition.spans import written
from flowengine.definition.templates import on_one_line
from flowengine.runtime.letters import Letter
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import cause_text, clock_time, place_text, role_text, thing_text
from flowengine.runtime.tasks import Task as WorkRow


def order_row(desk: Desk, view: OrderView) -> tuple[str, ...]:
    """An order: number, stage and whether it is parked, owner, since, due, by how much it is late."""
    row, plan = view.row, view.plan
    stage = place_text(plan, row.stage, desk.lang)
    return (
        numbered(desk, row.number, view.concerns),
        desk.say("list.is_parked", stage=stage) if row.failures else _marked(desk, view, stage),
        role_text(plan, row.owner, desk.lang) if row.status == "open" else "–",
        clock_time(row.entered_at, plan),
        clock_time(row.due_at, plan) if row.due_at is not None else still_text(desk, view) or "–",
        written(view.late_by) if view.late_by else "–",
    )


def _marked(desk: Desk, view: OrderView, stage: str) -> str:
    """The stage, with the lanes on which the order is and whether a hold lies on it."""
    if lanes := [thing_text(view.plan, name, desk.lang) for name in view.lanes]:
        stage = desk.say("standing.on_lanes", stage=stage, lanes=lanes)
    return desk.say("list.is_held", stage=stage) if view.holds else stage


def work_row(desk: Desk, row: WorkRow, plan: Plan, concerns: tuple[str, ...]) -> tuple[str, ...]:
    """A work item: number, stage, its name, what is to be done, by whom, until when."""
    return (
        numbered(desk, row.number, concerns),
        place_text(plan, row.stage, desk.lang),
        row.key,
        _work_text(plan, row, desk),
        _who_text(plan, row, desk),
        clock_time(row.due_at, plan) if row.due_at is not None else "–",
    )


def _who_text(plan: Plan, row: WorkRow, desk: Desk) -> str:
    """For whom it waits, and for whom the reader stands in there."""
    who = role_text(plan, row.role, desk.lang)
    return desk.say("list.stands_for", who=who, away=row.stands_for) if row.stands_for else who


def _work_text(plan: Plan, row: WorkRow, desk: Desk) -> str:
    """What is to be done; in a task that is done once for each row, with the number of the row."""
    name, _, part = row.key.partition(".")
    found: Outcome | Task | None = plan.task(name)
    if row.kind == "outcome":
        places = (each.stages[row.stage] for each in plan.every if row.stage in each.stages)
        every = (outcome for place in places for outcome in every_outcome(place))
        found = next((each for each in every if each.name == name), None)
    if found:
        text = found.title.say(desk.lang)
    else:
        need = plan.find(name)
        text = need_text(plan, need, desk.lang) if need else name
    return f"{text} ({part})" if part else text


def message_row(desk: Desk, letter: Letter, plan: Plan, concerns: tuple[str, ...]) -> tuple[str, ...]:
    """A message: when, about which order, to whom, in which stage, what and why; or what its author says."""
    row, data = letter.row, json.loads(letter.row.payload)
    said, reason = cause_text(plan, row.about, data, desk.lang), data.get("reason", "")
    if letter.message:
        said, reason = on_one_line(letter.text), ""
    return (
        clock_time(row.at, plan),
        numbered(desk, row.number, concerns),
        role_text(plan, row.role, desk.lang),
        place_text(plan, data.get("stage", ""), desk.lang),
        desk.say("history.reason", said=said, reason=reason) if reason else said,
    )


def work_json(row: WorkRow, concerns: tuple[str, ...]) -> dict[str, Any]:
    """A work item for programs."""
    return {
        "number": row.number,
        "concerns": list(concerns),
        "process": row.process,
        "stage": row.stage,
        "name": row.key,
        "kind": row.kind,
        "role": row.role,
        "stands_for": row.stands_for,
        "due": iso(row.due_at),
    }


def message_json(letter: Letter, concerns: tuple[str, ...]) -> dict[str, Any]:
    """A message for programs; `key` names its cause, so that one cause is one message."""
    row, data = letter.row, json.loads(letter.row.payload)
    return {
        "id": row.id,
        "number": row.number,
        "concerns": list(concerns),
        "role": row.role,
        "about": row.about,
        "stage": data.get("stage", ""),
        "reason": data.get("reason", ""),
        "key": row.cause,
        "at": iso(row.at),
        "message": letter.message,
        "subject": letter.subject,
        "text": letter.text,
    }
