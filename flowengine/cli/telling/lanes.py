"""Lanes of an explanation, in lines for people and for programs: in force, asked for, or to be had."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flowengine.cli.desk import Desk
from flowengine.cli.screen import iso, visible
from flowengine.cli.telling.order_json import blocker_json
from flowengine.cli.telling.rounds import round_json, round_lines
from flowengine.definition.findings import cited
from flowengine.kernel.explain import Explanation, LanePoint
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import clock_time, role_text
from flowengine.texts import Lang


def lane_lines(desk: Desk, view: OrderView, explanation: Explanation) -> Iterator[str]:
    """The lanes that matter to the order now; those that are not to be had are left out."""
    lanes = [each for each in explanation.lanes if each.state != "closed"]
    if lanes:
        yield desk.say("explain.lanes")
    for each in lanes:
        label = desk.say("named", title=each.lane.title.say(desk.lang), name=each.lane.name)
        where = cited(each.lane.line, view.plan.file)
        yield f"  {visible(label)}  {visible(_state(desk, view, each))}  [{visible(where)}]"
        if each.point and each.point.ballot:
            yield from (f"    {visible(line)}" for line in round_lines(desk, view.plan, each.point.ballot))


def _state(desk: Desk, view: OrderView, each: LanePoint) -> str:
    who = [role_text(view.plan, role, desk.lang) for role in each.roles]
    if each.state == "in_force" and each.until is None:
        return desk.say("explain.lane.for_good", by=each.by, who=who)
    until = clock_time(each.until, view.plan) if each.until is not None else ""
    return desk.say(f"explain.lane.{each.state}", by=each.by, until=until, who=who)


def lane_json(each: LanePoint, lang: Lang, file: str) -> dict[str, Any]:
    """A lane for programs."""
    return {
        "name": each.lane.name,
        "title": each.lane.title.say(lang),
        "state": each.state,
        "by": each.by,
        "until": iso(each.until) if each.until is not None else None,
        "owner": list(each.roles),
        "line": each.lane.line,
        "round": round_json(each.point.ballot) if each.point and each.point.ballot else None,
        "blockers": [blocker_json(blocker, lang, file) for blocker in each.blockers],
    }
