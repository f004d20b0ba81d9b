"""An explanation for programs: every need, blocker and choice with its reasons."""

from __future__ import annotations

from functools import partial
from typing import Any

from flowengine.cli.screen import iso
from flowengine.cli.telling.amendable import amendable_json
from flowengine.cli.telling.lanes import lane_json
from flowengine.cli.telling.order_json import blocker_json, order_json
from flowengine.cli.telling.reasoning import reason_json
from flowengine.cli.telling.rounds import round_json
from flowengine.cli.telling.timing import stop_json, timing_json
from flowengine.compiler.charting import need_text
from flowengine.compiler.plan import Plan
from flowengine.definition.findings import file_of
from flowengine.kernel.explain import Choice, Explanation, Point, TaskPoint
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import task_text
from flowengine.texts import Lang


def explanation_json(view: OrderView, explanation: Explanation, lang: Lang) -> dict[str, Any]:
    """The explanation for programs."""
    file = view.plan.file
    points = partial(_point_json, view.plan, lang=lang)
    return {
        **order_json(view, lang),
        "verdict": str(explanation.verdict),
        "file": file,
        "goes_to": explanation.goes_to,
        "opens": iso(explanation.opens_at) if explanation.opens_at is not None else None,
        "needs": [_point_json(view.plan, point, lang) for point in explanation.points],
        "tasks": [_task_json(view.plan, task, lang) for task in explanation.tasks],
        "clocks": [timing_json(timing, lang, points) for timing in explanation.clocks],
        "holds": [stop_json(stop, lang, points) for stop in explanation.holds],
        "lanes": [lane_json(each, lang, file) for each in explanation.lanes],
        "uncertain": dict(explanation.uncertain),
        "blockers": [blocker_json(blocker, lang, file) for blocker in explanation.blockers],
        "amendable": [amendable_json(view.plan, each, lang) for each in explanation.amendable],
        "choices": [_choice_json(choice, lang, file) for choice in explanation.choices],
    }


def _point_json(plan: Plan, point: Point, lang: Lang) -> dict[str, Any]:
    need, act = point.need, point.act
    return {
        "name": need.name,
        "kind": need.kind,
        "title": need_text(plan, need, lang),
        "met": point.met,
        "owner": list(point.roles),
        "not_by": list(point.barred),
        "taken_by": point.taken_by or None,
        "file": file_of(need.line, plan.file),
        "line": need.line,
        "by": act[1] if act else None,
        "at": iso(act[2]) if act else None,
        "value": act[0] if act else None,
        "why": reason_json(point.why) if point.why else None,
        "due": iso(point.due_at) if point.due_at is not None else None,
        "round": round_json(point.ballot) if point.ballot else None,
        "lacks": blocker_json(point.lack, lang, plan.file) if point.lack else None,
        "any": [_point_json(plan, part, lang) for part in point.parts],
    }


def _task_json(plan: Plan, task: TaskPoint, lang: Lang) -> dict[str, Any]:
    return {
        "name": task.piece.key,
        "title": task_text(plan, task.piece.key, lang),
        "state": task.state,
        "owner": task.owner,
        "line": task.piece.task.line,
        "due": iso(task.due_at) if task.due_at is not None else None,
        "late": task.late,
        "needs": [_point_json(plan, point, lang) for point in task.points],
    }


def _choice_json(choice: Choice, lang: Lang, file: str) -> dict[str, Any]:
    outcome = choice.outcome
    return {
        "name": choice.name,
        "title": outcome.title.say(lang),
        "to": outcome.to,
        "owner": list(choice.roles),
        "not_by": list(choice.barred),
        "taken_by": choice.taken_by or None,
        "edits": list(outcome.edits),
        "file": file_of(outcome.line, file),
        "line": outcome.line,
        "reason_required": outcome.reason,
        "at_most": outcome.at_most,
        "spent": choice.spent,
        "blockers": [blocker_json(blocker, lang, file) for blocker in choice.blockers],
    }
