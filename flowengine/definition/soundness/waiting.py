"""What waits for ever: tasks, stages and outcomes for moments that cannot come, needs for each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flowengine.definition.findings import Finding, Severity
from flowengine.definition.flow import completes_itself
from flowengine.definition.scope import every_need
from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.certain import row_of, values_for, values_on
from flowengine.definition.soundness.possible import Edge, Possible
from flowengine.definition.soundness.questions import Where
from flowengine.definition.soundness.telling import order_with, said, told, way_to
from flowengine.definition.words import Need, Stage, Task


class Inside(NamedTuple):
    """The needs and tasks of a stage that can be there some time, and the tasks that can open."""

    there: frozenset[str]
    open: frozenset[str]


def waits(possible: Possible) -> Iterator[Case]:
    """Everything that waits for what cannot come, on every way or on one."""
    for name, stage in possible.process.stages.items():
        if name not in possible.here:
            continue
        yield from _for_ever(possible, stage)
        for moment in sorted(_waited_for(possible, stage)):
            yield from _on_one_way(possible, stage, moment)


def inside(possible: Possible, stage: Stage, where: Where) -> Inside:
    """What can come about within one visit, from nothing upwards: what waits for itself never does."""
    there: set[str] = set()
    opened: set[str] = set()
    beside = possible.beside(stage)
    while True:
        before = len(there) + len(opened)
        for task in (stage.tasks or {}).values():
            if task.name not in opened and _may_open(possible, task, where, there, beside):
                opened.add(task.name)
            for need in (task.needs or {}).values():
                if _may_be_there(possible, need, where, there, beside, is_open=task.name in opened):
                    there.add(need.name)
            if _may_be_done(possible, task, where, there, is_open=task.name in opened):
                there.add(task.name)
        for need in (stage.needs or {}).values():
            if _may_be_there(possible, need, where, there, beside, is_open=True):
                there.add(need.name)
        if len(there) + len(opened) == before:
            return Inside(frozenset(there), frozenset(opened))


def _comes(possible: Possible, name: str, where: Where, there: set[str], beside: frozenset[str]) -> bool:
    """Whether what is waited for can be there: something of the same stage, or a moment."""
    own = name.removesuffix(".done")
    if own in beside:
        return own in there
    moment = possible.moment(name)
    return moment == "order.created" or where.may is None or moment in where.may


def _may_open(possible: Possible, task: Task, where: Where, there: set[str], beside: frozenset[str]) -> bool:
    return possible.may_be_asked(task, where) and all(
        _comes(possible, name, where, there, beside) for name in task.after
    )


def _may_be_there(
    possible: Possible, need: Need, where: Where, there: set[str], beside: frozenset[str], *, is_open: bool
) -> bool:
    if need.name in there or need.covers or need.kind == "field" or possible.may_be_spared(need, where):
        return True  # an act that covers fields may have been done in another stage
    if need.kind == "that" and not need.waive:
        return possible.may_be_met(need, where)
    asked = possible.may_be_asked(need, where) and (
        not need.after or _comes(possible, need.after, where, there, beside)
    )
    if need.kind == "any" and not need.waive:
        return possible.may_be_met(need, where)
    return is_open and asked


def _may_be_done(possible: Possible, task: Task, where: Where, there: set[str], *, is_open: bool) -> bool:
    if task.each or possible.may_be_spared(task, where):
        return True
    if not is_open:
        return False
    if any(outcome.to is None for outcome in (task.outcomes or {}).values()):
        return True
    needs = (task.needs or {}).values()
    return bool(needs) and all(need.after or need.defer is not None or need.name in there for need in needs)


def _for_ever(possible: Possible, stage: Stage) -> Iterator[Case]:
    """What no order ever sees the end of, or the beginning."""
    where, beside = possible.where(stage.name), possible.beside(stage)
    found = inside(possible, stage, where)
    there = set(found.there)
    if (moment := possible.opening(stage)) and not _comes(possible, moment, where, set(), frozenset()):
        yield _shut(possible, stage, moment, None)
    for task in (stage.tasks or {}).values():
        if task.name in found.open or not possible.may_be_asked(task, where):
            continue
        for name in task.after:
            if not _comes(possible, name, where, there, beside):
                yield _never_opens(possible, stage, task, str(name), None)
                break
    for need in _asked_in(stage):
        if not need.after or _comes(possible, need.after, where, there, beside):
            continue
        if possible.may_be_asked(need, where):
            yield _never_asked(possible, stage, need)
    for _, outcome in possible.outcomes_in(stage):
        after = outcome.after and possible.moment(outcome.after)
        if after and not outcome.from_ and where.may is not None and after not in where.may:
            params = {"outcome": outcome.name, "moment": after, "stage": stage.name}
            assert outcome.after is not None
            finding = Finding("FE433", outcome.after.place, params, severity="warning")
            yield Case("waits", finding, stage.name, _any_way(possible, stage), thing=after)


def _asked_in(stage: Stage) -> Iterator[Need]:
    yield from every_need(stage.needs)
    for task in (stage.tasks or {}).values():
        yield from every_need(task.needs)


def _never_asked(possible: Possible, stage: Stage, need: Need) -> Case:
    assert need.after is not None
    own = need.after.removesuffix(".done")
    circle = own in possible.beside(stage)
    params = {
        "need": need.name,
        "moment": own if circle else possible.moment(need.after),
        "stage": stage.name,
    }
    finding = said("FE431", "beside" if circle else "moment", need.after.place, params)
    return Case("waits", finding, stage.name, _any_way(possible, stage), thing=need.name)


def _waited_for(possible: Possible, stage: Stage) -> set[str]:
    """The moments that may lie behind an order in this stage, and for which something here waits."""
    beside = possible.beside(stage)
    found = {possible.opening(stage)} if stage.opens else set()
    for task in (stage.tasks or {}).values():
        found |= {possible.moment(name) for name in task.after if name.removesuffix(".done") not in beside}
    for need in (stage.needs or {}).values():
        if need.that and not need.waive and not need.after and need.defer is None:
            found |= possible.condition(need.that).moments
    return (found & possible.here[stage.name]) - possible.within(stage) - {f"{stage.name}.entered"}


def _on_one_way(possible: Possible, stage: Stage, moment: str) -> Iterator[Case]:
    """What waits for a moment which, on some way into the stage, has not been."""
    way = _way_without(possible, stage, moment)
    if way is None:
        return
    without = Where(stage.name, possible.here[stage.name] - {moment})
    if possible.opening(stage) == moment:
        yield _shut(possible, stage, moment, way)
        return
    beside = possible.beside(stage)
    for task in (stage.tasks or {}).values():
        names = [str(name) for name in task.after if name.removesuffix(".done") not in beside]
        if task.when is None and moment in map(possible.moment, names):
            yield _never_opens(possible, stage, task, moment, way)
    for need in (stage.needs or {}).values():
        if need.that is None or need.when or need.waive or need.after or need.defer is not None:
            continue
        if moment not in possible.condition(need.that).moments:
            continue
        wish = possible.holds(need.that)
        if possible.questions.may([wish], possible.where(stage.name)) and not possible.questions.may(
            [wish], without
        ):
            params = _params(possible, stage, need.name, moment, way) | {"condition": wish.condition.source}
            finding = Finding("FE432", need.that.place, params, severity=_severity(possible, stage, way))
            yield Case("waits", finding, stage.name, tuple(way), thing=need.name)


def _way_without(possible: Possible, stage: Stage, moment: str) -> list[Edge] | None:
    """A way into the stage on which that moment surely does not happen."""
    start = next(iter(possible.process.stages))
    clean: dict[str, bool] = {}

    def silent(name: str) -> bool:
        if name not in clean:
            place = possible.process.stages.get(name)
            clean[name] = (
                place is not None and moment not in possible.within(place) and moment != f"{name}.entered"
            )
        return clean[name]

    def taken(edge: Edge) -> bool:
        return moment not in edge.moments and silent(edge.target) and _may_be_taken(possible, edge)

    return way_to(possible.edges, start, stage.name, taken) if silent(start) else None


def _may_be_taken(possible: Possible, edge: Edge) -> bool:
    """Whether an order can take that way: surely, or as far as nothing but sums and dates decide."""
    if values_for(possible, edge) is not None:
        return True
    if not edge.is_next or edge.origin not in possible.process.stages:
        return False
    stage = possible.process.stages[edge.origin]
    wishes = row_of(possible, stage, edge)
    return not stage.tasks and not any(
        wish.condition.moments or wish.condition.names & possible.fixed for wish in wishes
    )


def _never_opens(possible: Possible, stage: Stage, task: Task, name: str, way: list[Edge] | None) -> Case:
    own = name.removesuffix(".done")
    beside = own in possible.beside(stage)
    place = next(
        (after.place for after in task.after if after == name or possible.moment(after) == name), task.place
    )
    params = _params(possible, stage, task.name, own if beside else possible.moment(name), way)
    variant = "way" if way is not None else "beside" if beside else "moment"
    severity = _severity(possible, stage, way) if task.when is None else "warning"
    finding = said("FE430", variant, place, params, severity=severity)
    return Case("waits", finding, stage.name, tuple(way or _any_way(possible, stage)), thing=task.name)


def _shut(possible: Possible, stage: Stage, moment: str, way: list[Edge] | None) -> Case:
    assert stage.opens is not None
    params = _params(possible, stage, stage.name, moment, way)
    severity = _severity(possible, stage, way, shut=True)
    variant = "ever" if way is None else "way"
    finding = said("FE434", variant, stage.opens.place, params, severity=severity)
    return Case("waits", finding, stage.name, tuple(way or _any_way(possible, stage)), thing=stage.name)


def _params(
    possible: Possible, stage: Stage, name: str, moment: str, way: list[Edge] | None
) -> dict[str, object]:
    start = next(iter(possible.process.stages))
    if way is None:
        any_way = told(start, _any_way(possible, stage))
        return {"stage": stage.name, "name": name, "moment": moment, "way": any_way}
    order = order_with(values_on(possible, way))
    return {"stage": stage.name, "name": name, "moment": moment, "way": told(start, way), "order": order}


def _any_way(possible: Possible, stage: Stage) -> tuple[Edge, ...]:
    """A way by which orders come to the stage."""
    start = next(iter(possible.process.stages))
    return tuple(way_to(possible.edges, start, stage.name) or ())


def _severity(possible: Possible, stage: Stage, way: list[Edge] | None, *, shut: bool = False) -> Severity:
    """An error where an order is lost: it surely comes there, and no outcome could bring it away."""
    if not shut and not completes_itself(stage):
        return "warning"
    if way and any(values_for(possible, edge) is None for edge in way):
        return "warning"
    for edge in possible.edges[stage.name]:
        outcome = edge.outcome
        if edge.moved and edge.target != stage.name:
            return "warning"
        if outcome and edge.target != stage.name and (not shut or outcome.from_ or outcome.is_automatic):
            return "warning"
    return "error"
