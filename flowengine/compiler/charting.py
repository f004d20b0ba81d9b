"""Plan to chart: what a flow chart shows (R52). Drawn from the plan, so it is never out of date."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.compiler.drawing.chart import Box, Chart, Way
from flowengine.compiler.plan import End, Need, Outcome, Plan, Stage
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
    """The time threshold of a stage in words; empty where it has none."""
    if stage.due is None:
        return ""
    if stage.due.within is not None:
        return say("chart.within", lang, {"time": written(stage.due.within)})
    return say("chart.by", lang, {"field": field_text(plan, stage.due.by, lang)})


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
        for outcome in stage.outcomes.values():
            yield from _leads(stage.name, outcome, lang)
    for end in plan.ends.values():
        for outcome in end.outcomes.values():
            yield from _leads(end.name, outcome, lang)


def _leads(source: str, outcome: Outcome, lang: Lang) -> Iterator[Way]:
    kind = "whole" if outcome.key.startswith("order.") else "outcome"
    title = outcome.title.say(lang)
    yield Way(source, outcome.to, title, "whole" if kind == "whole" else "outcome")
    for action in outcome.beyond:
        if action.move:
            label = say("chart.beyond", lang, {"title": title, "times": outcome.at_most})
            yield Way(source, action.move, label, "whole" if kind == "whole" else "outcome")
