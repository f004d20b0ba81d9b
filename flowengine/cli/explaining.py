"""An explanation in lines: needs with who met them, conditions down to the values they read, choices."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.cli.desk import Desk
from flowengine.cli.orders import blocker_lines, standing
from flowengine.cli.reasoning import reason_lines
from flowengine.cli.screen import visible
from flowengine.cli.show import heading
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
    title = desk.say("named", title=need_text(plan, need, desk.lang), name=need.name)
    who = [role_text(plan, role, desk.lang) for role in need.by]
    if point.act:
        state = desk.say("explain.by", who=point.act[1], at=clock_time(point.act[2], plan))
    elif point.met and need.field:
        state = shown(plan, need.field, view.order.fields.get(need.field))
    elif point.met:
        state = ""
    else:
        missing = desk.say("explain.waits", who=who) if who else desk.say("explain.must_hold")
        state = f"{missing}  {_where(plan, need.line)}"
    yield f"  [{'x' if point.met else ' '}] {visible(title)}" + (f"  {visible(state)}" if state else "")
    if point.why and not (point.met and not point.why.parts and not point.why.names):
        yield from (f"      {line}" for line in reason_lines(point.why, plan, desk.lang))


def _choice_lines(desk: Desk, plan: Plan, choice: Choice) -> Iterator[str]:
    outcome = choice.outcome
    title = desk.say("named", title=outcome.title.say(desk.lang), name=outcome.name)
    who = [role_text(plan, role, desk.lang) for role in outcome.by]
    to = place_text(plan, outcome.to, desk.lang)
    said = [desk.say("explain.spent", times=outcome.at_most)] if choice.spent else []
    said += [desk.say("explain.reason")] if outcome.reason else []
    line = desk.say("explain.choice", title=title, to=to, who=who)
    yield "  " + visible("; ".join([line, *said])) + f"  {_where(plan, outcome.line)}"
    for lack in blocker_lines(choice.blockers, plan, desk.lang):
        yield f"      {desk.say('explain.lacks', what=lack)}"


def _where(plan: Plan, line: int) -> str:
    return f"[{visible(plan.file)}:{line}]"
