"""Clocks and holds of an explanation, in lines for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flowengine.cli.desk import Desk
from flowengine.cli.screen import iso, visible
from flowengine.kernel.explain import Explanation, Point, Stop, Timing
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import clock_time, role_text
from flowengine.texts import Lang

PointLines = Callable[[Desk, OrderView, Point], Iterator[str]]
PointJson = Callable[[Point], dict[str, Any]]


def timing_lines(desk: Desk, view: OrderView, explanation: Explanation, points: PointLines) -> Iterator[str]:
    """The holds that lie on the order, then its clocks, each with what it asks."""
    if explanation.holds:
        yield desk.say("explain.holds")
        for stop in explanation.holds:
            yield f"  {visible(_label(desk, stop))}  {visible(_stop(desk, view, stop))}"
            yield from (f"  {line}" for point in stop.points for line in points(desk, view, point))
    if explanation.clocks:
        yield desk.say("explain.clocks")
        for timing in explanation.clocks:
            yield f"  {visible(_label(desk, timing))}  {visible(_timing(desk, view, timing))}"
            if timing.state != "met":
                yield from (f"  {line}" for point in timing.points for line in points(desk, view, point))


def _label(desk: Desk, it: Timing | Stop) -> str:
    return desk.say("named", title=it.title.say(desk.lang), name=it.name)


def _timing(desk: Desk, view: OrderView, timing: Timing) -> str:
    due = clock_time(timing.due_at, view.plan) if timing.due_at is not None else "–"
    if timing.state == "met":
        return desk.say("explain.clock.met")
    if timing.state == "standing" and timing.left is not None and not timing.late:
        state = desk.say("explain.clock.standing.left", left=timing.left.said())
    elif timing.late:
        state = desk.say("explain.clock.late", due=due)
    else:
        state = desk.say(f"explain.clock.{timing.state}", due=due)
    if marks := [mark for mark in timing.warned if not mark.startswith(("late", "+"))]:
        state = desk.say("explain.clock.warned", state=state, marks=marks)
    return desk.say("explain.clock.who", state=state, who=role_text(view.plan, timing.owner, desk.lang))


def _stop(desk: Desk, view: OrderView, stop: Stop) -> str:
    since = clock_time(stop.since, view.plan)
    who = [role_text(view.plan, role, desk.lang) for role in stop.roles]
    key = "explain.hold" if who else "explain.hold.itself"
    state = desk.say(key, since=since, by=stop.by, who=who)
    if stop.due_at is None:
        return state
    key = "explain.hold.late" if stop.late else "explain.hold.due"
    return desk.say(key, state=state, due=clock_time(stop.due_at, view.plan))


def timing_json(timing: Timing, lang: Lang, points: PointJson) -> dict[str, Any]:
    """A clock for programs; `left` as it would be written in a process file."""
    return {
        "name": timing.name,
        "title": timing.title.say(lang),
        "state": timing.state,
        "owner": timing.owner,
        "due": iso(timing.due_at),
        "late": timing.late,
        "left": str(timing.left) if timing.left is not None else None,
        "warned": list(timing.warned),
        "needs": [points(point) for point in timing.points],
    }


def stop_json(stop: Stop, lang: Lang, points: PointJson) -> dict[str, Any]:
    """A hold for programs."""
    return {
        "name": stop.name,
        "title": stop.title.say(lang),
        "since": iso(stop.since),
        "by": stop.by,
        "lifted_by": list(stop.roles),
        "due": iso(stop.due_at),
        "late": stop.late,
        "needs": [points(point) for point in stop.points],
    }
