"""Where actions stand in a process, and where an order can be when they are done.

Checks of names, the ways of orders and the compiler all ask here, so that none of them forgets a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from flowengine.definition.raised_by_itself import failing
from flowengine.definition.same import kept
from flowengine.definition.words import (
    Action,
    Clock,
    DefaultDue,
    Due,
    LateRow,
    Need,
    Outcome,
    Process,
    Rule,
    Stage,
    Task,
    Warn,
)

Occasion = Literal["then", "beyond", "task", "warn", "late", "rule", "refused", "call", "raised", "end"]
OF_OUTCOMES: tuple[Occasion, ...] = ("then", "beyond")


class Deeds(NamedTuple):
    """Actions that stand together, and what sets them off.

    `place` is the thing whose owner `owner` means there. `stage` is where an order is when they are done;
    without one it may be anywhere.
    """

    place: str
    stage: Stage | None
    occasion: Occasion
    actions: tuple[Action, ...]


class Ladder(NamedTuple):
    """What a due time does on its way: the warnings before, and the rows that count from then on."""

    warn: tuple[Warn, ...]
    late: tuple[LateRow, ...]


def ladder(default: DefaultDue | None, row: Due | Clock | DefaultDue | None) -> Ladder:
    """What stands at a due time: its own warnings instead of the default ones, its own rows behind them."""
    warn = (row.warn if row else ()) or (default.warn if default else ())
    return Ladder(warn, (default.late if default else ()) + (row.late if row else ()))


def default_due(process: Process, stage: Stage, task: Task | None = None) -> DefaultDue | None:
    """What stands under the due times of a stage or task, unless one of them does without it."""
    if stage.defaults == "off" or (task and task.defaults == "off"):
        return None
    return process.defaults.due if process.defaults else None


@kept
def deeds_of(process: Process) -> tuple[Deeds, ...]:
    """Every list of actions of the process, those of what actions ask included."""
    every: list[Deeds] = []
    for found in _written(process):
        if found.actions:
            every.append(found)
            every += (each for action in found.actions for each in _of_asked(action, found))
    return tuple(every)


def _written(process: Process) -> Iterator[Deeds]:
    for stage in process.stages.values():
        yield from _of_stage(process, stage)
    yield from _of_outcomes("order", None, process.outcomes)
    yield from _of_clocks(None, process.clocks)
    yield from _of_rules("order", None, process.rules)
    for name, hold in (process.holds or {}).items():
        for row in hold.due:
            yield from _of_due(name, None, ladder(None, row))
    yield from _of_approvals(process)
    for call in (process.calls or {}).values():
        yield Deeds("order", None, "call", call.done)
        yield Deeds("order", None, "call", failing(process, call))
    for exception in (process.exceptions or {}).values():
        yield Deeds("order", None, "raised", exception.then)
    for end in (process.ends or {}).values():
        yield Deeds("order", None, "end", end.then)


def _of_stage(process: Process, stage: Stage) -> Iterator[Deeds]:
    default = default_due(process, stage)
    for row in stage.due:
        yield from _of_due(stage.name, stage, ladder(default, row))
    yield from _of_needs(stage.name, stage, stage.needs, default)
    for task in (stage.tasks or {}).values():
        default = default_due(process, stage, task)
        for row in task.due:
            yield from _of_due(task.name, stage, ladder(default, row))
        yield from _of_needs(task.name, stage, task.needs, default)
        yield from _of_outcomes(task.name, stage, task.outcomes)
        yield Deeds(task.name, stage, "task", task.then)
    yield from _of_outcomes(stage.name, stage, stage.outcomes)
    yield from _of_clocks(stage, stage.clocks)
    yield from _of_rules(stage.name, stage, stage.rules)


def _of_due(place: str, stage: Stage | None, steps: Ladder) -> Iterator[Deeds]:
    yield from (Deeds(place, stage, "warn", each.then) for each in steps.warn)
    yield from (Deeds(place, stage, "late", each.actions) for each in steps.late)


def _of_needs(
    place: str, stage: Stage | None, needs: Mapping[str, Need] | None, default: DefaultDue | None
) -> Iterator[Deeds]:
    """What is deferred may become late in any later stage."""
    for need in (needs or {}).values():
        if need.defer:
            yield from _of_due(place, None, ladder(default, None))
        for row in need.due:
            yield from _of_due(place, stage, ladder(None, row))


def _of_outcomes(place: str, stage: Stage | None, outcomes: Mapping[str, Outcome] | None) -> Iterator[Deeds]:
    for outcome in (outcomes or {}).values():
        yield Deeds(place, stage, "then", outcome.then)
        yield Deeds(place, stage, "beyond", outcome.beyond)


def _of_clocks(stage: Stage | None, clocks: Mapping[str, Clock] | None) -> Iterator[Deeds]:
    for name, clock in (clocks or {}).items():
        yield from _of_due(name, stage, ladder(None, clock))


def _of_rules(place: str, stage: Stage | None, rules: Mapping[str, Rule] | None) -> Iterator[Deeds]:
    for rule in (rules or {}).values():
        yield Deeds(place, stage, "rule", rule.then)


def _of_approvals(process: Process) -> Iterator[Deeds]:
    """Each form once, where it is asked: anywhere for a lane, and anew if it covers fields that change."""
    by_lanes = {str(lane.approval) for lane in (process.lanes or {}).values()}
    for form in (process.approvals or {}).values():
        asked = list(approvals_asked(process, form.name))
        stages = {stage.name: stage for stage, _, _ in asked}
        anywhere = len(stages) != 1 or form.covers or form.name in by_lanes
        stage = None if anywhere else next(iter(stages.values()))
        place = (
            asked[0][1] if len({each for _, each, _ in asked}) == 1 and form.name not in by_lanes else "order"
        )
        yield Deeds(place, stage, "refused", form.refused)
        for name in form.returns:  # one at a time, as one of them is chosen
            yield Deeds(place, stage, "refused", (Action(place=name.place, move=name),))
        for row in form.due:
            yield from _of_due(place, stage, ladder(None, row))


def approvals_asked(process: Process, form: str) -> Iterator[tuple[Stage, str, Need]]:
    """The needs of stages and tasks that ask for an approval, each with its stage and its place."""
    for stage in process.stages.values():
        for place, needs in (
            (stage.name, stage.needs),
            *((task.name, task.needs) for task in (stage.tasks or {}).values()),
        ):
            yield from ((stage, place, need) for need in (needs or {}).values() if need.approval == form)


def _of_asked(action: Action, found: Deeds) -> Iterator[Deeds]:
    """What is done when something is late that an action has asked, and so on."""
    for row in (*action.due, *(row for need in (action.ask or {}).values() for row in need.due)):
        for each in _of_due(found.place, found.stage, ladder(None, row)):
            yield each
            for inner in each.actions:
                yield from _of_asked(inner, each)


@kept
def by_itself(process: Process) -> Mapping[str, tuple[Deeds, ...]]:
    """For each stage what may be done while an order is there, other than by an outcome."""
    found: dict[str, list[Deeds]] = {name: [] for name in process.stages}
    for deeds in deeds_of(process):
        if deeds.occasion not in OF_OUTCOMES and deeds.occasion != "end":
            for name in [deeds.stage.name] if deeds.stage else found:
                found[name].append(deeds)
    return {name: tuple(each) for name, each in found.items()}


@kept
def moves_by_itself(process: Process) -> Mapping[str, frozenset[str]]:
    """For each stage where an order may be moved from there other than by an outcome: `back` as it stands."""
    return {
        name: frozenset(target for deeds in found for target in moves(deeds.actions))
        for name, found in by_itself(process).items()
    }


def moves(actions: Iterable[Action]) -> Iterator[str]:
    """The words after `move`."""
    yield from (str(action.move) for action in actions if action.move)
