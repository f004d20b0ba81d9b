"""Plan to chart: what a flow chart shows (R52). Drawn from the plan, so it is never out of date.

Whatever the language learns becomes lines, items, tasks and ways here; the drawings stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flowengine.compiler import wording
from flowengine.compiler.drawing.chart import Chart, Way, WayKind
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import (
    Action,
    Clock,
    Due,
    Hold,
    Need,
    Outcome,
    Plan,
    Rule,
    Stage,
    every_outcome,
)
from flowengine.compiler.small_print import SmallPrint
from flowengine.definition.detours import BACK
from flowengine.definition.words import Text
from flowengine.texts import Lang, say

_WHOLE = "order"


def chart_of(plan: Plan, lang: Lang, here: str = "", of_type: str = "", lane: str = "") -> Chart:
    """The chart of a process, or of its orders of one type or on a lane; `here` marks where an order stands.

    Where orders of that type cannot be on the lane, it is drawn without.
    """
    names = Names(plan, lang)
    only = [("of_type", names.type(of_type))] if of_type else []
    only += [("lane", names.waited(lane))] if lane else []
    drawn = plan.of({"type": of_type}, [lane] if lane else [])
    return _Charting(drawn, lang, here, only).chart()


def need_text(plan: Plan, need: Need, lang: Lang) -> str:
    """What people call a need; a condition is called as it is written."""
    title = need.title.say(lang)
    return title if title != need.name or not need.field else field_text(plan, need.field, lang)


def field_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a field."""
    title = plan.fields[name].title
    return title.say(lang) if title else name


class _Charting:
    def __init__(self, plan: Plan, lang: Lang, here: str, only: Sequence[tuple[str, str]]) -> None:
        self._plan = plan
        self._lang = lang
        self._here = here
        self._only = only
        self._names = Names(plan, lang)
        self._print = SmallPrint(self._names)

    def chart(self) -> Chart:
        plan = self._plan
        every = tuple(dict.fromkeys(self._ways()))
        # An end that nothing leads to is not drawn.
        reached = {*plan.stages, *(way.target for way in every), self._here}
        stages = tuple(
            self._print.stage(stage, here=name == self._here) for name, stage in plan.stages.items()
        )
        ends = tuple(
            self._print.end(end, here=name == self._here)
            for name, end in plan.ends.items()
            if name in reached
        )
        return Chart(
            title=plan.title.say(self._lang),
            boxes=stages + ends,
            ways=tuple(way for way in every if way.source in reached),
            language=self._lang,
            subtitle=self._subtitle(),
            notes=tuple(self._notes()),
        )

    def _subtitle(self) -> str:
        owner = self._names.role(self._plan.owner)
        said = self._say("subtitle", version=self._plan.version, owner=owner)
        for what, name in self._only:
            said = self._say(what, said=said, name=name)
        return said

    def _ways(self) -> Iterator[Way]:
        for stage in self._plan.stages.values():
            for way in stage.ways:
                otherwise = self._say("otherwise") if len(stage.ways) > 1 else ""
                yield Way(stage.name, way.to, way.when.plainly(self._names) if way.when else otherwise)
            yield from self._moved(stage, self._stage_moves(stage), "outcome")
            yield from self._moved(stage, self._order_moves(), "whole")
        for place in self._plan.places.values():
            for outcome in every_outcome(place):
                if not outcome.follows:  # from wherever it is; the legend of the whole order says so
                    yield from self._leads(place.name, outcome)

    def _moved(self, stage: Stage, moves: Iterable[tuple[str, Action]], kind: WayKind) -> Iterator[Way]:
        """Ways that an order is taken by itself: when something is late, by a rule, once a task is done."""
        for label, action in moves:
            for target in self._origins(stage.name, action.move):
                yield Way(stage.name, target, label, kind)

    def _stage_moves(self, stage: Stage) -> Iterator[tuple[str, Action]]:
        yield from self._late(stage.title, stage.due)
        yield from self._of_needs(stage.needs)
        for task in stage.tasks.values():
            yield from self._late(task.title, task.due)
            yield from self._of_needs(task.needs)
            yield from ((task.title.say(self._lang), action) for action in _moves(task.then))
        yield from self._things(stage.clocks.values(), stage.rules.values())

    def _order_moves(self) -> Iterator[tuple[str, Action]]:
        plan = self._plan
        yield from self._things((*plan.clocks.values(), *plan.holds.values()), plan.rules.values())
        for call in plan.calls.values():
            for action in _moves((*call.done, *call.failed)):
                yield call.title.say(self._lang), action

    def _things(self, timed: Iterable[Clock | Hold], rules: Iterable[Rule]) -> Iterator[tuple[str, Action]]:
        for thing in timed:
            yield from self._late(thing.title, thing.due)
        for rule in rules:
            yield from ((rule.title.say(self._lang), action) for action in _moves(rule.then))

    def _of_needs(self, needs: Iterable[Need]) -> Iterator[tuple[str, Action]]:
        for need in needs:
            yield from self._late(need.title, need.due)
            for action in _moves(need.approval.refused if need.approval else ()):
                yield self._say("refused_way", title=need.title.say(self._lang)), action
            for action in need.approval.returns if need.approval else ():
                yield self._say("returned_way", title=need.title.say(self._lang)), action

    def _late(self, title: Text, rows: Iterable[Due]) -> Iterator[tuple[str, Action]]:
        for mark in (mark for row in rows for mark in row.marks):
            for action in _moves(mark.then):
                at = wording.at_mark(self._names, mark)
                yield self._say("terms", title=title.say(self._lang), terms=at), action

    def _leads(self, source: str, outcome: Outcome) -> Iterator[Way]:
        kind: WayKind = "whole" if outcome.place == _WHOLE else "outcome"
        title = outcome.title.say(self._lang)
        counted = outcome.at_most is not None
        label = self._say("at_most", title=title, times=outcome.at_most) if counted else title
        for target in self._origins(source, outcome.to):
            yield Way(source, target, label, kind)
        for action in _moves(outcome.beyond):
            for target in self._origins(source, action.move):
                yield Way(source, target, self._say("beyond_way", title=title, times=outcome.at_most), kind)

    def _origins(self, source: str, target: str) -> tuple[str, ...]:
        """Where a way ends: `back` in each stage from which a detour may have come, nowhere if it stays."""
        if target == BACK:
            return tuple(name for name in self._plan.stages if name in self._plan.detours.get(source, ()))
        return (target,) if target else ()

    def _notes(self) -> Iterator[str]:
        """What concerns the whole order: what makes it happen, what it takes and does."""
        whole: dict[str, tuple[Outcome, list[str]]] = {}
        for place in self._plan.places.values():
            for outcome in place.outcomes.values():
                if outcome.place == _WHOLE:
                    whole.setdefault(outcome.name, (outcome, []))[1].append(self._names.place(place.name))
        if self._plan.variants:
            yield self._say("types", types=[self._names.type(name) for name in self._plan.variants])
        yield from self._by_itself()
        for outcome, places in whole.values():
            asked = [self._names.need(need) for need in outcome.needs]
            terms = self._print.terms(outcome, ())
            terms += [self._say("takes", needs=asked)] if asked else []
            # What leads nowhere has no line that shows where it may be chosen.
            terms += [] if outcome.to else [self._say("open_in", places=places)]
            title = outcome.title.say(self._lang)
            yield (
                self._say("whole", title=title, terms=wording.together(self._names, terms))
                if terms
                else title
            )

    def _by_itself(self) -> Iterator[str]:
        """Clocks, holds, rules, lanes, links and calls of the whole order."""
        plan, names = self._plan, self._names
        told = [(each.title, wording.clock(names, each)) for each in plan.clocks.values()]
        told += [(each.title, wording.hold(names, each)) for each in plan.holds.values()]
        told += [(each.title, wording.rule(names, each)) for each in plan.rules.values()]
        told += [(each.title, wording.lane(names, each)) for each in plan.lanes.values()]
        told += [(each.title, wording.link(names, each)) for each in plan.links.values()]
        told += [(each.title, wording.call(names, each)) for each in plan.calls.values()]
        for title, terms in told:
            yield self._say("whole", title=title.say(self._lang), terms=terms)

    def _say(self, key: str, **params: object) -> str:
        return say(f"chart.{key}", self._lang, params)


def _moves(actions: Iterable[Action]) -> Iterator[Action]:
    return (action for action in actions if action.move)
