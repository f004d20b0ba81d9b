"""An explanation in lines: needs with who met them, conditions down to the values they read, choices."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.cli.desk import Desk
from flowengine.cli.screen import visible
from flowengine.cli.telling.amendable import amendable_lines
from flowengine.cli.telling.lanes import lane_lines
from flowengine.cli.telling.linked import linked_lines
from flowengine.cli.telling.orders import blocker_lines, heading, standing
from flowengine.cli.telling.parking import parked_text
from flowengine.cli.telling.reasoning import reason_lines
from flowengine.cli.telling.rounds import round_lines
from flowengine.cli.telling.timing import timing_lines
from flowengine.compiler.charting import need_text
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Plan
from flowengine.definition.detours import BACK
from flowengine.definition.findings import cited
from flowengine.kernel.explain import Choice, Explanation, Point, TaskPoint
from flowengine.kernel.hindrances import of_round
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import clock_time, place_text, role_text, shown, task_text


def explanation_lines(desk: Desk, view: OrderView, explanation: Explanation) -> Iterator[str]:
    """The explanation for people, from where the order stands to where it may go."""
    plan = view.plan
    yield heading(desk, view)
    yield standing(desk, view)
    if parked := parked_text(desk, view):
        yield parked
    if view.row.status == "open":
        yield desk.say(f"explain.{explanation.verdict}")
    if explanation.points:
        yield desk.say("explain.needs", where=_where(plan, plan.stages[view.row.stage].line))
        for point in explanation.points:
            yield from _point_lines(desk, view, point)
    for task in explanation.tasks:
        yield from _task_lines(desk, view, task)
    yield from timing_lines(desk, view, explanation, _point_lines)
    yield from lane_lines(desk, view, explanation)
    for name, said in linked_lines(desk, view):
        yield f"  {visible(desk.say('explain.linked', name=name, said=said))}"
    points = [*explanation.points, *(point for task in explanation.tasks for point in task.points)]
    named = {*(point.need.name for point in points), *(stop.name for stop in explanation.holds)}
    for line in blocker_lines((b for b in explanation.blockers if b.name not in named), plan, desk.lang):
        yield f"  {line}"
    if explanation.goes_to:
        yield desk.say("explain.goes_to", stage=place_text(plan, explanation.goes_to, desk.lang))
    if explanation.choices:
        yield desk.say("explain.choices")
        for choice in explanation.choices:
            yield from _choice_lines(desk, view, choice)
    yield from amendable_lines(desk, view, explanation)
    yield from _doubt_lines(desk, plan, explanation)


def _doubt_lines(desk: Desk, plan: Plan, explanation: Explanation) -> Iterator[str]:
    """The clocks of which nobody knows yet whether they are due as reckoned."""
    names, uncertain = Names(plan, desk.lang), explanation.uncertain
    for until in sorted(set(uncertain.values())):
        clocks = dict.fromkeys(
            names.waited(key.partition(".")[0]) for key in uncertain if uncertain[key] == until
        )
        yield desk.say("explain.uncertain", until=until, clocks=list(clocks))


def _task_lines(desk: Desk, view: OrderView, task: TaskPoint) -> Iterator[str]:
    """A task with its state and its needs."""
    plan = view.plan
    key = task.piece.key
    state = desk.say(f"explain.task.{task.state}", who=role_text(plan, task.owner, desk.lang))
    if task.state == "open" and task.due_at is not None:
        late = "explain.task.late" if task.late else "explain.task.due"
        state = desk.say(late, state=state, due=clock_time(task.due_at, plan))
    label = desk.say("named", title=task_text(plan, key, desk.lang), name=key)
    done = task.state in ("done", "not_wanted")
    where = _where(plan, task.piece.task.line)
    yield f"  [{'x' if done else ' '}] {visible(label)}  {visible(state)}  {where}"
    if task.state in ("open", "done"):
        for point in task.points:
            yield from (f"    {line}" for line in _point_lines(desk, view, point))


def _point_lines(desk: Desk, view: OrderView, point: Point) -> Iterator[str]:
    """`[x]` and `[ ]` instead of ticks: every terminal has them."""
    need, plan = point.need, view.plan
    title = need_text(plan, need, desk.lang)
    label = need.name if need.that else desk.say("named", title=title, name=need.name)
    state = _state(desk, view, point)
    yield f"  [{'x' if point.met else ' '}] {visible(label)}" + (f"  {visible(state)}" if state else "")
    if point.why:
        yield from (f"      {line}" for line in reason_lines(point.why, plan, desk.lang))
    if point.ballot:
        yield from (f"      {visible(line)}" for line in round_lines(desk, plan, point.ballot))
    for part in point.parts:
        yield from (f"    {line}" for line in _point_lines(desk, view, part))


def _state(desk: Desk, view: OrderView, point: Point) -> str:
    """Who met a need and when; or who can, and the line that asks for it."""
    need, plan = point.need, view.plan
    if point.act:
        value, who, at = point.act
        if isinstance(value, dict) and "waived" in value:
            return desk.say("explain.waived", who=who, at=clock_time(at, plan), why=value["waived"])
        return desk.say("explain.by", who=who, at=clock_time(at, plan))
    if point.met:
        value = view.order.fields.get(need.field)
        return shown(plan, need.field, value, desk.lang) if need.field else ""
    if need.that:
        missing = need.otherwise.say(desk.lang) if need.otherwise else desk.say("explain.must_hold")
    elif need.any:
        missing = desk.say("explain.any")
    elif point.lack:
        missing = point.lack.message(desk.lang)
    elif need.approval is not None and not point.roles:
        missing = desk.say(f"blocker.{of_round(point.ballot)}", title=need_text(plan, need, desk.lang))
    else:
        missing = desk.say("explain.waits", who=[role_text(plan, role, desk.lang) for role in point.roles])
    if point.taken_by:
        missing += "  " + desk.say("explain.taken", who=point.taken_by)
    if point.barred:
        missing += "  " + desk.say("explain.not_by", who=point.barred)
    if point.due_at is not None:
        missing = desk.say("explain.deferred", missing=missing, due=clock_time(point.due_at, plan))
    return f"{missing}  {_where(plan, need.line)}"


def _target(desk: Desk, view: OrderView, choice: Choice) -> str:
    """Where an outcome leads: `back` to where the order came from, or nowhere, where it stays."""
    to = choice.outcome.to
    if to == BACK and view.order.origin:
        to = view.order.origin
    return place_text(view.plan, to, desk.lang) if to else desk.say("explain.stays")


def _choice_lines(desk: Desk, view: OrderView, choice: Choice) -> Iterator[str]:
    outcome, plan = choice.outcome, view.plan
    line = desk.say(
        "explain.choice",
        title=desk.say("named", title=outcome.title.say(desk.lang), name=choice.name),
        to=_target(desk, view, choice),
        who=[role_text(plan, role, desk.lang) for role in choice.roles],
    )
    line += desk.say("explain.reason") if outcome.reason else ""
    line += desk.say("explain.spent", times=outcome.at_most) if choice.spent else ""
    line += "  " + desk.say("explain.taken", who=choice.taken_by) if choice.taken_by else ""
    line += "  " + desk.say("explain.not_by", who=choice.barred) if choice.barred else ""
    yield f"  {visible(line)}  {_where(plan, outcome.line)}"
    for lack in blocker_lines(choice.blockers, plan, desk.lang):
        yield f"      {desk.say('explain.lacks', what=lack)}"


def _where(plan: Plan, line: int) -> str:
    return f"[{visible(cited(line, plan.file))}]"
