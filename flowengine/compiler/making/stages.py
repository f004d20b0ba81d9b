"""Stages and their tasks, with all that can be done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowengine.compiler import plan as plans
from flowengine.compiler.making.maker import Maker
from flowengine.compiler.making.outcomes import outcomes_at, outcomes_of_order
from flowengine.compiler.sites import Site
from flowengine.compiler.times import rows_of
from flowengine.definition import words
from flowengine.definition.deeds import default_due
from flowengine.definition.words import Text


def stage(make: Maker, said: words.Stage) -> plans.Stage:
    """A stage."""
    site = _site(make, said)
    outcomes = outcomes_at(make, site, said.outcomes) | outcomes_of_order(make, said.name)
    beside = frozenset((*(said.needs or ()), *(said.tasks or ())))
    for each in (said.tasks or {}).values():
        beside |= frozenset(each.needs or ())
    needs = make.needs(said.needs, site, beside=beside)
    tasks = {name: _task(make, said, each, beside) for name, each in (said.tasks or {}).items()}
    ways = tuple(plans.Way(row.to, make.expression(row.when)) for row in said.next) or _below(make, said)
    found = plans.Stage(
        name=said.name,
        title=said.title or Text(en=said.name),
        owners=make.owners.rows[said.name],
        line=said.place.line,
        due=rows_of(site, said.due),
        entry=make.needs(said.entry, site),
        needs=needs,
        outcomes=outcomes,
        ways=ways if needs or tasks else (),
        doable={},
        tasks=tasks,
        opens=make.point(said.opens),
        clocks=site.clocks(said.clocks),
        rules=site.rules(said.rules),
    )
    return replace(found, doable={need.name: need for need in _doable(make, found)})


def _site(make: Maker, stage: words.Stage, task: words.Task | None = None) -> Site:
    calendar = make.order.calendar_of((task and task.calendar) or stage.calendar)
    default = default_due(make.process, stage, task)
    return Site(make, task.name if task else stage.name, stage.name, calendar, default)


def _task(make: Maker, stage: words.Stage, said: words.Task, beside: frozenset[str]) -> plans.Task:
    site = _site(make, stage, said)
    return plans.Task(
        name=said.name,
        title=said.title or Text(en=said.name),
        owners=make.owners.rows[said.name],
        line=said.place.line,
        due=rows_of(site, said.due),
        after=tuple(make.moment(name, beside) for name in said.after),
        beside=beside,
        when=make.expression(said.when),
        each=said.each or "",
        needs=make.needs(said.needs, site, beside=beside),
        outcomes=outcomes_at(make, site, said.outcomes),
        then=site.actions(said.then),
    )


def _below(make: Maker, stage: words.Stage) -> tuple[plans.Way, ...]:
    """The way to the stage that stands below, where there is one."""
    names = list(make.process.stages)
    return tuple(plans.Way(name, None) for name in names[names.index(stage.name) + 1 :][:1])


def _doable(make: Maker, stage: plans.Stage) -> Iterator[plans.Need]:
    """Doors first, so that a need of the stage itself wins where one name stands in both."""
    for target in sorted(_targets(make, stage) & set(make.process.stages)):
        entered = make.process.stages[target]
        yield from plans.every_part(make.needs(entered.entry, _site(make, entered)))
    for asked in (make.asked_in[""], make.asked_in[stage.name]):
        yield from plans.every_part(asked)
    for outcome in plans.every_outcome(stage):
        yield from plans.every_part(outcome.needs)
    for task in stage.tasks.values():
        if not task.each:
            yield from plans.every_part(task.needs)
    yield from plans.every_part(stage.needs)


def _targets(make: Maker, stage: plans.Stage) -> set[str]:
    """Where an order may go from here."""
    outcomes = plans.every_outcome(stage)
    targets = {target for outcome in outcomes for target in plans.targets(outcome)}
    targets |= {way.to for way in stage.ways}
    return targets | {move.target for move in make.moves if move.stage in ("", stage.name)}
