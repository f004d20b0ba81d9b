"""Plan to chart: what a flow chart shows (R52). Drawn from the plan, so it is never out of date.

Whatever the language learns becomes lines, items, tasks and ways here; the drawings stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.compiler.drawing.chart import Box, Chart, Item, Way, WayKind
from flowengine.compiler.durations import spelled
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Action, End, Need, Outcome, Plan, Stage
from flowengine.texts import Lang, say

_WHOLE = "order."


def chart_of(plan: Plan, lang: Lang, here: str = "") -> Chart:
    """The chart of a process; `here` marks the stage or end in which an order stands."""
    return _Charting(plan, lang, here).chart()


def need_text(plan: Plan, need: Need, lang: Lang) -> str:
    """What people call a need; a condition is called as it is written."""
    title = need.title.say(lang)
    return title if title != need.name or not need.field else field_text(plan, need.field, lang)


def field_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a field."""
    title = plan.fields[name].title
    return title.say(lang) if title else name


class _Charting:
    def __init__(self, plan: Plan, lang: Lang, here: str) -> None:
        self._plan = plan
        self._lang = lang
        self._here = here
        self._names = Names(plan, lang)

    def chart(self) -> Chart:
        plan = self._plan
        every = tuple(dict.fromkeys(self._ways()))
        # An end that nothing leads to is not drawn.
        reached = {*plan.stages, *(way.target for way in every), self._here}
        stages = tuple(self._stage(stage) for stage in plan.stages.values())
        ends = tuple(self._end(end) for name, end in plan.ends.items() if name in reached)
        return Chart(
            title=plan.title.say(self._lang),
            boxes=stages + ends,
            ways=tuple(way for way in every if way.source in reached),
            language=self._lang,
            subtitle=self._say("subtitle", version=plan.version, owner=self._names.role(plan.owner)),
            notes=tuple(self._notes()),
        )

    def _stage(self, stage: Stage) -> Box:
        return Box(
            stage.name,
            stage.title.say(self._lang),
            lines=(self._who_and_when(stage),),
            here=stage.name == self._here,
            items=tuple(self._items(stage)),
        )

    def _end(self, end: End) -> Box:
        return Box(end.name, end.title.say(self._lang), kind=end.kind, here=end.name == self._here)

    def _who_and_when(self, stage: Stage) -> str:
        owner, due = self._names.role(stage.owner), stage.due
        if due is None:
            return owner
        if due.within is None:
            return self._say("by", owner=owner, field=self._names.field(due.by))
        return self._say("within", owner=owner, time=spelled(due.within, self._lang))

    def _items(self, stage: Stage) -> Iterator[Item]:
        """What opens the door, what completes the stage, then what may happen instead."""
        if stage.entry:
            yield Item("entry", self._say("entry"))
            yield from self._needs(stage.entry, stage.owner, depth=1)
        yield from self._needs(stage.needs, stage.owner)
        for outcome in stage.outcomes.values():
            if not outcome.key.startswith(_WHOLE):
                yield from self._outcome(outcome, stage.owner)

    def _needs(self, needs: Iterable[Need], owner: str, depth: int = 0) -> Iterator[Item]:
        for need in needs:
            yield Item(need.kind, self._by(self._names.need(need), need.by, owner), depth)

    def _by(self, text: str, roles: tuple[str, ...], owner: str) -> str:
        """The text, and who does it where that is not the owner of the place."""
        if not roles or roles == (owner,):
            return text
        return self._say("text_by", text=text, by=[self._names.role(role) for role in roles])

    def _outcome(self, outcome: Outcome, owner: str) -> Iterator[Item]:
        """What choosing an outcome takes and does; what stands at its arrow is not repeated."""
        terms = self._terms(outcome, owner)
        asked = [*self._needs(outcome.needs, outcome.by[0] if outcome.by else owner, depth=1)]
        asked += self._asked(outcome, owner)
        if terms or asked:
            title = outcome.title.say(self._lang)
            yield Item("outcome", self._say("terms", title=title, terms=terms) if terms else title)
            yield from asked

    def _terms(self, outcome: Outcome, owner: str) -> list[str]:
        told = [*dict.fromkeys(role for action in outcome.then for role in action.notify)]
        terms = []
        if outcome.by != (owner,):
            terms.append(self._say("chosen_by", by=[self._names.role(role) for role in outcome.by]))
        if outcome.reason:
            terms.append(self._say("reason"))
        if told:
            terms.append(self._say("tells", who=[self._names.role(role) for role in told]))
        return terms

    def _asked(self, outcome: Outcome, owner: str) -> Iterator[Item]:
        """What is asked once it was chosen too often."""
        for action in outcome.beyond:
            for need in (self._plan.asks[name] for name in action.ask):
                text = self._by(self._names.need(need), need.by, owner)
                yield Item(need.kind, self._say("beyond", title=text, times=outcome.at_most), 1)

    def _ways(self) -> Iterator[Way]:
        for stage in self._plan.stages.values():
            for way in stage.ways:
                otherwise = self._say("otherwise") if len(stage.ways) > 1 else ""
                yield Way(stage.name, way.to, way.when.plainly(self._names) if way.when else otherwise)
        for place in self._plan.places.values():
            for outcome in place.outcomes.values():
                yield from self._leads(place.name, outcome)

    def _leads(self, source: str, outcome: Outcome) -> Iterator[Way]:
        kind: WayKind = "whole" if outcome.key.startswith(_WHOLE) else "outcome"
        title = outcome.title.say(self._lang)
        counted = outcome.at_most is not None
        label = self._say("at_most", title=title, times=outcome.at_most) if counted else title
        yield Way(source, outcome.to, label, kind)
        for target in _targets(outcome.beyond):
            yield Way(source, target, self._say("beyond_way", title=title, times=outcome.at_most), kind)

    def _notes(self) -> Iterator[str]:
        """What concerns the whole order: who may choose it, and what it takes."""
        whole: dict[str, Outcome] = {}
        for place in self._plan.places.values():
            whole |= {o.name: o for o in place.outcomes.values() if o.key.startswith(_WHOLE)}
        for outcome in whole.values():
            asked = [self._names.need(need) for need in outcome.needs]
            terms = self._terms(outcome, "")
            terms += [self._say("takes", needs=asked)] if asked else []
            yield self._say("whole", title=outcome.title.say(self._lang), terms=terms)

    def _say(self, key: str, **params: object) -> str:
        return say(f"chart.{key}", self._lang, params)


def _targets(actions: Iterable[Action]) -> Iterator[str]:
    return (action.move for action in actions if action.move)
