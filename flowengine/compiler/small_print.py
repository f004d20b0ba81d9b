"""What stands in the boxes of a chart: who, until when, needs with their kind, outcomes with their terms.

`charting` makes the boxes with it, and leads the ways between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.compiler import wording
from flowengine.compiler.drawing.chart import Box, Item, Task
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Due, End, Need, Outcome, Stage
from flowengine.compiler.plan import Task as PlanTask
from flowengine.compiler.plan import Way as Row
from flowengine.definition.detours import BACK
from flowengine.definition.words import Text
from flowengine.texts import say

_WHOLE = "order"


class SmallPrint:
    """The boxes of one plan in one language."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._lang = names.lang

    def stage(self, stage: Stage, *, here: bool) -> Box:
        """A stage: who, until when, what it needs, what may be chosen, its tasks."""
        lines = self._who_and_when(stage.owners, stage.due)
        if stage.opens:
            lines.append(self._say("opens", point=wording.point(self._names, stage.opens)))
        lines += wording.steps(self._names, stage.due)
        return Box(
            stage.name,
            stage.title.say(self._lang),
            lines=tuple(lines),
            here=here,
            items=tuple(self._items(stage)),
            tasks=tuple(self._task(task) for task in stage.tasks.values()),
        )

    def _task(self, task: PlanTask) -> Task:
        lines = self._who_and_when(task.owners, task.due)
        if task.after:
            lines.append(self._say("after", what=[self._names.waited(name) for name in task.after]))
        if task.when:
            lines.append(self._say("when", when=task.when.plainly(self._names)))
        if task.each:
            lines.append(self._say("each", field=self._names.field(task.each)))
        lines += wording.steps(self._names, task.due)
        lines += wording.actions(self._names, task.then)
        items = [*self._needs(task.needs, task.owners)]
        for outcome in task.outcomes.values():
            items += self._outcome(outcome, task.owners)
        return Task(task.title.say(self._lang), tuple(lines), tuple(items))

    def end(self, end: End, *, here: bool) -> Box:
        """An end, and what is done there."""
        lines = tuple(wording.actions(self._names, end.then))
        return Box(end.name, end.title.say(self._lang), kind=end.kind, lines=lines, here=here)

    def _who_and_when(self, owners: tuple[Row, ...], due: tuple[Due, ...]) -> list[str]:
        """Who and until when, on one line where no rows decide."""
        who = wording.owners(self._names, owners)
        if not due:
            return [who]
        until = self._say("due", due=wording.limits(self._names, due))
        return [f"{who} · {until}"] if len(owners) == len(due) == 1 else [who, until]

    def _items(self, stage: Stage) -> Iterator[Item]:
        """What opens the door, what completes the stage, then what may happen instead."""
        if stage.entry:
            yield Item("entry", self._say("entry"))
            yield from self._needs(stage.entry, stage.owners, depth=1)
        yield from self._needs(stage.needs, stage.owners)
        for outcome in stage.outcomes.values():
            if outcome.place != _WHOLE:
                yield from self._outcome(outcome, stage.owners)
        for clock in stage.clocks.values():
            yield Item("clock", self._titled(clock.title, wording.clock(self._names, clock)))
        for rule in stage.rules.values():
            yield Item("rule", self._titled(rule.title, wording.rule(self._names, rule)))

    def _titled(self, title: Text, terms: str) -> str:
        return self._say("terms", title=title.say(self._lang), terms=terms)

    def _needs(self, needs: Iterable[Need], owners: tuple[Row, ...], depth: int = 0) -> Iterator[Item]:
        for need in needs:
            terms = self._need_terms(need)
            if need.kind == "any":
                yield Item("any", self._with(self._say("any"), terms), depth)
                yield from self._needs(need.any, owners, depth + 1)
            else:
                text = self._by(self._names.need(need), need.by, owners)
                yield Item(need.kind, self._with(text, terms), depth)

    def _need_terms(self, need: Need) -> list[str]:
        """When a need is asked, how long it lasts, whether one may do without it."""
        terms = [wording.approval(self._names, need.approval)] if need.approval else []
        if need.when:
            terms.append(self._say("when", when=need.when.plainly(self._names)))
        if need.after:
            terms.append(self._say("after", what=self._names.waited(need.after)))
        if need.due:
            key, what = ("defer", "time") if need.defer else ("due", "due")
            terms.append(self._say(key, **{what: wording.limits(self._names, need.due)}))
            terms += wording.steps(self._names, need.due)
        if need.covers:
            terms.append(self._say("covers", fields=[self._names.field(name) for name in need.covers]))
        if need.not_by:
            terms.append(self._not_by(need.not_by))
        if need.waive:
            terms.append(self._say("waive", who=[self._names.role(role) for role in need.waive]))
        return terms

    def _not_by(self, others: tuple[str, ...]) -> str:
        """Who may not do it, in whatever role."""
        return self._say("not_by", who=[self._names.kept_apart(each) for each in others])

    def _by(self, text: str, roles: tuple[str, ...], owners: tuple[Row, ...]) -> str:
        """The text, and who does it where that is not whoever is accountable for the place."""
        if not roles or roles == tuple(row.to for row in owners):
            return text
        return self._say("text_by", text=text, by=[self._names.role(role) for role in roles])

    def _outcome(self, outcome: Outcome, owners: tuple[Row, ...]) -> Iterator[Item]:
        """What choosing an outcome takes and does; what stands at its arrow is not repeated."""
        terms = self.terms(outcome, owners)
        asked = [*self._needs(outcome.needs, owners, depth=1), *self._asked(outcome, owners)]
        if terms or asked or not outcome.to:
            title = outcome.title.say(self._lang)
            if terms:
                title = self._say("terms", title=title, terms=wording.together(self._names, terms))
            yield Item("outcome", title)
            yield from asked

    def terms(self, outcome: Outcome, owners: tuple[Row, ...]) -> list[str]:
        """What makes an outcome happen, what it asks and does; `owners` go without saying."""
        terms = [*self._trigger(outcome, owners)]
        if outcome.not_by:
            terms.append(self._not_by(outcome.not_by))
        if outcome.reason:
            terms.append(self._say("reason"))
        if outcome.to == BACK:
            terms.append(self._say("back", place=self._names.place(BACK)))
        if outcome.edits:
            terms.append(self._say("edits", fields=[self._names.field(name) for name in outcome.edits]))
        if outcome.until:
            terms.append(self._say("until", point=wording.point(self._names, outcome.until)))
        terms += wording.actions(self._names, outcome.then)
        told = [action for action in outcome.beyond if action.notify]
        terms += [self._beyond(text, outcome) for text in wording.actions(self._names, told)]
        return terms

    def _trigger(self, outcome: Outcome, owners: tuple[Row, ...]) -> Iterator[str]:
        """What makes it happen, where that is not whoever is accountable for the place."""
        when = outcome.when.plainly(self._names) if outcome.when else ""
        if outcome.after:
            moment = self._names.moment(outcome.after)
            yield self._say("itself_after", moment=moment)
            yield from (self._say("when", when=when),) if when else ()
        elif when:
            yield self._say("itself_when", when=when)
        elif outcome.by and outcome.by != tuple(row.to for row in owners):
            yield self._say("chosen_by", by=[self._names.role(role) for role in outcome.by])

    def _asked(self, outcome: Outcome, owners: tuple[Row, ...]) -> Iterator[Item]:
        """What is asked once it was chosen too often."""
        for action in outcome.beyond:
            for item in self._needs((self._names.plan.asks[name] for name in action.ask), owners, depth=1):
                yield Item(
                    item.mark, self._beyond(item.text, outcome) if item.depth == 1 else item.text, item.depth
                )

    def _beyond(self, text: str, outcome: Outcome) -> str:
        return self._say("beyond", title=text, times=outcome.at_most)

    def _with(self, text: str, terms: list[str]) -> str:
        if not terms:
            return text
        return self._say("text_terms", text=text, terms=wording.together(self._names, terms))

    def _say(self, key: str, **params: object) -> str:
        return say(f"chart.{key}", self._lang, params)
