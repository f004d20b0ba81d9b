"""An explanation in lines: needs with who met them, conditions down to the values they read, choices."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.cli.desk import Desk
from flowengine.cli.screen import visible
from flowengine.cli.telling.orders import blocker_lines, heading, standing
from flowengine.cli.telling.parking import parked_text
from flowengine.cli.telling.reasoning import reason_lines
from flowengine.compiler.charting import need_text
from flowengine.compiler.plan import Plan
from flowengine.kernel.explain import Choice, Explanation, Point
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import clock_time, place_text, role_text, shown


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
    named = {point.need.name for point in explanation.points}
    for line in blocker_lines((b for b in explanation.blockers if b.name not in named), plan, desk.lang):
        yield f"  {line}"
    if explanation.goes_to:
        yield desk.say("explain.goes_to", stage=place_text(plan, explanation.goes_to, desk.lang))
    if explanation.choices:
        yield desk.say("explain.choices")
        for choice in explanation.choices:
            yield from _choice_lines(desk, plan, choice)


def _point_lines(desk: Desk, view: OrderView, point: Point) -> Iterator[str]:
    """`[x]` and `[ ]` instead of ticks: every terminal has them."""
    need, plan = point.need, view.plan
    title = need_text(plan, need, desk.lang)
    label = need.name if need.that else desk.say("named", title=title, name=need.name)
    state = _state(desk, view, point)
    yield f"  [{'x' if point.met else ' '}] {visible(label)}" + (f"  {visible(state)}" if state else "")
    if point.why:
        yield from (f"      {line}" for line in reason_lines(point.why, plan, desk.lang))


def _state(desk: Desk, view: OrderView, point: Point) -> str:
    """Who met a need and when; or who can, and the line that asks for it."""
    need, plan = point.need, view.plan
    if point.act:
        return desk.say("explain.by", who=point.act[1], at=clock_time(point.act[2], plan))
    if point.met:
        value = view.order.fields.get(need.field)
        return shown(plan, need.field, value, desk.lang) if need.field else ""
    if need.that:
        missing = need.otherwise.say(desk.lang) if need.otherwise else desk.say("explain.must_hold")
    else:
        missing = desk.say("explain.waits", who=[role_text(plan, role, desk.lang) for role in need.by])
    return f"{missing}  {_where(plan, need.line)}"


def _choice_lines(desk: Desk, plan: Plan, choice: Choice) -> Iterator[str]:
    outcome = choice.outcome
    line = desk.say(
        "explain.choice",
        title=desk.say("named", title=outcome.title.say(desk.lang), name=outcome.name),
        to=place_text(plan, outcome.to, desk.lang),
        who=[role_text(plan, role, desk.lang) for role in outcome.by],
    )
    line += desk.say("explain.reason") if outcome.reason else ""
    line += desk.say("explain.spent", times=outcome.at_most) if choice.spent else ""
    yield f"  {visible(line)}  {_where(plan, outcome.line)}"
    for lack in blocker_lines(choice.blockers, plan, desk.lang):
        yield f"      {desk.say('explain.lacks', what=lack)}"


def _where(plan: Plan, line: int) -> str:
    return f"[{visible(plan.file)}:{line}]"
