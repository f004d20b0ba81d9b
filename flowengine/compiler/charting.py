"""Plan to chart: what a flow chart shows (R52). Drawn from the plan, so it is never out of date."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.compiler.drawing.chart import Box, Chart, Way
from flowengine.compiler.plan import Due, End, Need, Outcome, Plan, Stage, every_outcome
from flowengine.definition.detours import BACK
from flowengine.definition.spans import written
from flowengine.texts import Lang, say


def chart_of(plan: Plan, lang: Lang, here: str = "") -> Chart:
    """The chart of a process; `here` marks the stage or end in which an order stands."""
    every = tuple(dict.fromkeys(_ways(plan, lang)))
    reached = {*plan.stages, *(way.target for way in every), here}
    ways = tuple(way for way in every if way.source in reached)  # an end that nothing leads to is not drawn
    stages = tuple(_stage(plan, stage, lang, here) for stage in plan.stages.values())
    ends = tuple(_end(end, lang, here) for name, end in plan.ends.items() if name in reached)
    return Chart(plan.title.say(lang), stages + ends, ways, lang)


def _stage(plan: Plan, stage: Stage, lang: Lang, here: str) -> Box:
    lines = [plan.roles[stage.owner].say(lang)]
    if stage.due:
        lines.append(due_text(plan, stage, lang))
    lines += [f"□ {need_text(plan, need, lang)}" for need in stage.needs]
    lines += [f"▷ {need_text(plan, need, lang)}" for need in stage.entry]
    return Box(stage.name, stage.title.say(lang), lines=tuple(lines), here=stage.name == here)


def due_text(plan: Plan, stage: Stage, lang: Lang) -> str:
    """The time thresholds of a stage in words; empty where it has none."""
    return " / ".join(_due_text(plan, due, lang) for due in stage.due)


def _due_text(plan: Plan, due: Due, lang: Lang) -> str:
    if due.within is not None:
        return say("chart.within", lang, {"time": written(due.within)})
    return say("chart.by", lang, {"field": field_text(plan, due.by, lang)})


def need_text(plan: Plan, need: Need, lang: Lang) -> str:
    """What people call a need."""
    title = need.title.say(lang)
    return title if title != need.name or not need.field else field_text(plan, need.field, lang)


def field_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a field."""
    title = plan.fields[name].title
    return title.say(lang) if title else name


def _end(end: End, lang: Lang, here: str) -> Box:
    return Box(end.name, end.title.say(lang), kind=end.kind, here=end.name == here)


def _ways(plan: Plan, lang: Lang) -> Iterator[Way]:
    for stage in plan.stages.values():
        for way in stage.ways:
            yield Way(stage.name, way.to, way.when.source if way.when else "")
        for outcome in every_outcome(stage):
            yield from _leads(plan, stage.name, outcome, lang)
    for end in plan.ends.values():
        for outcome in end.outcomes.values():
            yield from _leads(plan, end.name, outcome, lang)


def _leads(plan: Plan, source: str, outcome: Outcome, lang: Lang) -> Iterator[Way]:
    title = outcome.title.say(lang)
    moves = [(outcome.to, title)] if outcome.to else []
    for action in outcome.beyond:
        if action.move:
            label = say("chart.beyond", lang, {"title": title, "times": outcome.at_most})
            moves.append((action.move, label))
    for target, label in moves:
        origins = sorted(plan.detours.get(source, ())) if target == BACK else (target,)
        for origin in origins:
            yield Way(source, origin, label, "whole" if outcome.place == "order" else "outcome")
