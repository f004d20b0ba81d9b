"""Orders, answers and blockers in words: what the verbs about orders show alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from flowengine.cli.desk import Desk
from flowengine.cli.screen import print_json, visible
from flowengine.cli.telling.numbers import numbered
from flowengine.cli.telling.order_json import result_json
from flowengine.compiler.plan import Plan
from flowengine.definition.findings import cited
from flowengine.definition.spans import written
from flowengine.kernel.decision import Blocker, verdict_of
from flowengine.runtime.engine import Engine
from flowengine.runtime.looking import OrderView
from flowengine.runtime.result import Result
from flowengine.runtime.story import clock_time, happened, place_text, role_text, thing_text
from flowengine.texts import Lang, say


def answered(desk: Desk, engine: Engine, result: Result, plan: Plan) -> int:
    """Print what came of a command, or why nothing did; returns the exit code."""
    if desk.format == "json":
        print_json(result_json(result, plan, desk.lang))
    elif result.blockers:
        refused(desk, result.blockers, plan)
    else:
        view = engine.order(result.order_id, by=desk.host)
        desk.print("answer.repeated" if result.repeated else "answer.done", number=result.number)
        for sentence in happened(result.events, plan, desk.lang):
            click.echo(f"  - {visible(sentence)}")
        click.echo(standing(desk, view))
    return 0 if result.ok else 1


def refused(desk: Desk, blockers: tuple[Blocker, ...], plan: Plan) -> None:
    """Print on stderr why nothing was done."""
    desk.note(f"answer.{verdict_of(blockers)}")
    for line in blocker_lines(blockers, plan, desk.lang):
        click.echo(f"  - {line}", err=True)


def heading(desk: Desk, view: OrderView) -> str:
    """The number of an order and the process that it runs on."""
    title = view.called(desk.lang)
    number = numbered(desk, view.row.number, view.concerns)
    return desk.say("show.heading", number=number, process=title, version=view.plan.version)


def standing(desk: Desk, view: OrderView) -> str:
    """Where an order stands, in one line."""
    row, plan = view.row, view.plan
    params: dict[str, str] = {"number": row.number, "stage": place_text(plan, row.stage, desk.lang)}
    if row.status == "closed":
        return desk.say("standing.closed", **params)
    params["owner"] = role_text(plan, row.owner, desk.lang)
    if lanes := [thing_text(plan, name, desk.lang) for name in view.order.lanes]:
        params["stage"] = desk.say("standing.on_lanes", stage=params["stage"], lanes=lanes)
    if holds := [thing_text(plan, name, desk.lang) for name in view.order.holds]:
        return desk.say("standing.held", **params, holds=holds)
    if due := due_text(desk, view):
        return desk.say("standing.due", **params, due=due)
    return desk.say("standing.open", **params)


def due_text(desk: Desk, view: OrderView) -> str:
    """Until when, and by how much that is past, or that time stands still; empty without a threshold."""
    if view.row.due_at is None:
        return still_text(desk, view)
    due = clock_time(view.row.due_at, view.plan)
    return desk.say("standing.late", due=due, late=written(view.late_by)) if view.late_by else due


def still_text(desk: Desk, view: OrderView) -> str:
    """That the time of the stage stands still, by a hold or by its own condition; else empty."""
    if (why := view.standing_still) is None:
        return ""
    return desk.say(f"due.{why}")


def blocker_lines(blockers: Iterable[Blocker], plan: Plan, lang: Lang) -> Iterator[str]:
    """Each reason with who can help and the line of the process file that asks for it."""
    for blocker in blockers:
        message = visible(blocker.message(lang))
        titles = (role_text(plan, role, lang) for role in blocker.owner)
        who = [title for title in titles if title not in message]
        where = cited(blocker.line or 0, plan.file)
        key = "helps.both" if who and blocker.line else "helps.who" if who else "helps.where"
        behind = say(key, lang, {"who": who, "where": where}) if who or blocker.line else ""
        yield message + (f"  {visible(behind)}" if behind else "")
