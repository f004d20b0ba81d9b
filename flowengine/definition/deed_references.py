"""What is done by itself and cannot be: actions that contradict each other or name nothing, holds that nobody
places or releases, rules that nothing sets off or that set off themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import islice

from flowengine.definition.builtin_fields import STAYING
from flowengine.definition.deeds import Deeds, deeds_of, default_due, moves
from flowengine.definition.expressions import parse
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.scope import (
    clocks_of,
    every_action,
    fields_of,
    moment_named,
    needs_of,
    outcomes_of,
    rules_of,
    scope_of,
    tasks_of,
)
from flowengine.definition.words import Action, DefaultDue, Due, Hold, LateRow, Need, Outcome, Process, Rule

_OF_FIELDS = (".given", ".changed")


def deed_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with what is done by itself, and with the needs that say when they are due."""
    for found in deeds_of(process):
        yield from _list(found)
        for action in found.actions:
            yield from _action(process, action)
    yield from _sets(process)
    for _, outcome in outcomes_of(process):
        yield from _then(outcome)
    yield from _ladders(process)
    yield from _holds(process)
    yield from _rules(process)
    yield from _due_needs(process)


def _list(found: Deeds) -> Iterator[Finding]:
    """A move ends what is done: what stands behind it, or is asked beside it, would never happen."""
    if found.occasion == "beyond":
        return
    moving = [action for action in found.actions if action.move]
    last = found.actions[-1:]
    if moving and (len(moving) > 1 or last != (moving[0],) or any(action.ask for action in found.actions)):
        yield Finding("FE361", moving[0].place)


def _action(process: Process, action: Action) -> Iterator[Finding]:
    for word in ("by", "due"):
        if getattr(action, word) and not action.ask:
            yield Finding("FE362", action.place, {"word": word})
    holds = process.holds or {}
    for name in (action.hold, action.release):
        if name and name not in holds:
            yield unknown("FE353", name.place, name, holds)


def _sets(process: Process) -> Iterator[Finding]:
    fields, scope = fields_of(process), scope_of(process)
    known = {*fields, "priority"}
    for action in every_action(process):
        for name, written in (action.set or {}).items():
            if name in STAYING or (name in fields and fields[name].value is not None):
                yield Finding("FE358", written.place, {"field": name})
            elif name not in known:
                yield unknown("FE203", written.place, name, known)
            elif name in fields and fields[name].type == "list":
                yield Finding("FE358", written.place, {"field": name}, "FE358.list")
            elif name in fields and fields[name].private:
                yield Finding("FE573", written.place, {"field": name, "word": "set"})
            else:
                kind = scope.names[name].kind
                source, place, at = written
                yield from parse(source, scope, place, at=at, expect=kind, guarded=False, into=name)[1]


def _then(outcome: Outcome) -> Iterator[Finding]:
    """An outcome says with `to` where it leads; what it asks is asked where the order stays."""
    for action in outcome.then:
        if action.move:
            yield Finding("FE363", action.place, {"outcome": outcome.name, "word": "move"}, "FE363.move")
        if action.ask and outcome.to:
            yield Finding("FE363", action.place, {"outcome": outcome.name, "word": "ask"}, "FE363.ask")


def _ladders(process: Process) -> Iterator[Finding]:
    """Rows behind a move: the order has left by then, and its clock with it."""
    for stage in process.stages.values():
        yield from _behind_moves(stage.due, default_due(process, stage))
        for task in (stage.tasks or {}).values():
            yield from _behind_moves(task.due, default_due(process, stage, task))
        for clock in (stage.clocks or {}).values():
            yield from _behind_a_move(clock.late)
    if process.defaults and process.defaults.due:
        yield from _behind_a_move(process.defaults.due.late)


def _behind_moves(dues: Iterable[Due], default: DefaultDue | None) -> Iterator[Finding]:
    yield from (finding for due in dues for finding in _behind_a_move(due.late, default))


def _behind_a_move(rows: tuple[LateRow, ...], default: DefaultDue | None = None) -> Iterator[Finding]:
    """The first of these rows that comes when another, or one that stands under them, has moved the order."""
    every = sorted(
        (*(default.late if default else ()), *rows), key=lambda row: row.over.amount if row.over else 0
    )
    for number, row in enumerate(every):
        if any(moves(row.actions)):
            later = (each for each in every[number + 1 :] if each in rows and _is_surely_later(each, row))
            for behind in islice(later, 1):
                params = {"over": str(behind.over or "0m"), "moved": str(row.over or "0m")}
                yield Finding("FE360", behind.place, params)
            return


def _is_surely_later(row: LateRow, other: LateRow) -> bool:
    """Whether it comes after the other, or with it; of two units nobody knows."""
    return other.over is None or (row.over is not None and row.over.unit == other.over.unit)


def _holds(process: Process) -> Iterator[Finding]:
    raised = {str(each.hold) for each in (process.exceptions or {}).values() if each.hold}
    placed = raised | {str(action.hold) for action in every_action(process) if action.hold}
    released = raised | {str(action.release) for action in every_action(process) if action.release}
    paused, chosen = _timed(process), _chosen(process)
    for name, hold in (process.holds or {}).items():
        if not hold.by and not hold.while_ and name not in placed:
            yield Finding("FE355", hold.place, {"hold": name})
        if not _releasers(hold) and not hold.while_ and name not in released:
            yield Finding("FE354", hold.place, {"hold": name})
        for each in hold.pauses:
            if each not in paused and each != "all":
                yield unknown("FE356", each.place, each, {*paused, "all"})
        for each in hold.allows:
            if each not in chosen:
                yield unknown("FE357", each.place, each, chosen)


def _timed(process: Process) -> set[str]:
    """Whatever has a time that a hold may stop; what a patch has removed is no mistake."""
    found = _timed(process.base) if process.base else set()
    found |= {clock.name for _, clock in clocks_of(process)}
    return found | {*process.stages} | {task.name for _, task in tasks_of(process)}


def _chosen(process: Process) -> set[str]:
    """Every outcome; what a patch has removed is no mistake."""
    found = _chosen(process.base) if process.base else set()
    return found | {outcome.name for _, outcome in outcomes_of(process)}


def _releasers(hold: Hold) -> tuple[str, ...]:
    return (hold.release.by if hold.release else ()) or hold.by


def _rules(process: Process) -> Iterator[Finding]:
    for _, rule in rules_of(process):
        if not rule.after and not rule.at and not rule.when:
            yield Finding("FE364", rule.place, {"rule": rule.name})
        if rule.each and not rule.after:
            yield Finding("FE365", rule.place, {"rule": rule.name})
    yield from _circles(process)


def _circles(process: Process) -> Iterator[Finding]:
    """Rules that set each other off for ever, by the fields that they set; each circle is said once."""
    rules = {rule.name: rule for _, rule in rules_of(process)}
    behind: dict[str, list[str]] = {}
    for name, rule in rules.items():
        field = _field(process, rule)
        behind[name] = [each.name for each in rules.values() if field in _set_by(each)]
    while True:
        try:
            TopologicalSorter(behind).prepare()
        except CycleError as error:
            path = list(reversed(error.args[1]))
            yield Finding("FE366", rules[path[0]].place, {"path": " \u2192 ".join(path)})
            for name in path:
                behind.pop(name, None)
        else:
            return


def _set_by(rule: Rule) -> set[str]:
    return {str(name) for action in rule.then for name in action.set or ()}


def _field(process: Process, rule: Rule) -> str | None:
    """The field whose change sets a rule off."""
    moment = moment_named(scope_of(process), rule.after) if rule.after else None
    name, _, happened = (moment or "").partition(".")
    return name if f".{happened}" in _OF_FIELDS and name in fields_of(process) else None


def _due_needs(process: Process) -> Iterator[Finding]:
    """Needs with a due time where nobody would count it: it is asked there once, or not at all."""
    able = {id(need) for need in _able(process)}
    for _, need in needs_of(process):
        if need.due and need.defer:
            yield Finding("FE368", need.place, {"need": need.name})
        elif need.due and id(need) not in able:
            yield Finding("FE367", need.place, {"need": need.name})


def _able(process: Process) -> Iterator[Need]:
    places: list[Mapping[str, Need] | None] = [stage.needs for stage in process.stages.values()]
    places += [task.needs for _, task in tasks_of(process) if not task.each]
    places += [action.ask for action in every_action(process)]
    for needs in places:
        yield from (needs or {}).values()
