"""What changes in the stages that an order passes, in where it goes on to, and in how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Final

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Effect, Spot, shift
from flowengine.compiler.comparing.conditions import condition, only_if, same
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.comparing.needs import needs
from flowengine.compiler.comparing.outcomes import actions, outcomes
from flowengine.compiler.durations import common_unit
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Due, End, Outcome, Plan, Stage, Task
from flowengine.compiler.wording import OWNERS_APART, goals, limits, owners, point
from flowengine.definition.moments import Point
from flowengine.texts import LANGUAGES, Phrase

WHOLE: Final = "order"


def path(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Stages that came, went and moved, where orders begin, then what changed in the stages that stayed."""
    spot = spot.at("stages")
    for name, stage in new.stages.items():
        if name not in old.stages:
            words = _stage_words(spot, stage)
            yield spot.at(name).change("stage.added", "stricter", new=essence(stage), **words)
    for name, stage in old.stages.items():
        if name not in new.stages:
            goal = spot.goal(name)
            yield spot.at(name).change("stage.removed", "looser", old=essence(stage), stage=goal)
    yield from _moved(spot, list(old.stages), list(new.stages))
    if old.start != new.start:
        goals = shift(spot.goal(old.start), spot.goal(new.start))
        yield spot.change("start", old=old.start, new=new.start, shift=goals)
    for name, stage in old.stages.items():
        if name in new.stages:
            yield from differences(spot.at(name).within(name), stage, new.stages[name], STAGE)


def _stage_words(spot: Spot, stage: Stage) -> dict[str, Any]:
    names = list(spot.new.stages)
    before = names[: names.index(stage.name)][-1:]
    place = Phrase("diff.after", {"stage": spot.goal(before[0])}) if before else Phrase("diff.first")
    asked = [spot.need(need, "new") for need in (*stage.entry, *stage.needs)]
    asked += [spot.goal(task) for task in stage.tasks]
    due = spot.said("new", lambda names: limits(names, stage.due))
    return {
        "stage": spot.goal(stage.name),
        "where": place,
        "owner": spot.said("new", lambda names: owners(names, stage.owners)),
        "due": Phrase("diff.with_due", {"due": due}) if stage.due else "",
        "needs": Phrase("diff.with_needs", {"needs": asked}) if asked else "",
    }


def _moved(spot: Spot, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Stages that stand elsewhere among those that stayed."""
    before, after = [name for name in old if name in new], [name for name in new if name in old]
    stayed: set[str] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        stayed.update(before[block.a : block.a + block.size])
    for name in after:
        if name not in stayed:
            at = new.index(name)
            where = Phrase("diff.after", {"stage": spot.goal(new[at - 1])}) if at else Phrase("diff.first")
            yield spot.at(name).change(
                "stage.moved", old=old.index(name), new=at, stage=spot.goal(name), where=where
            )


def _owners(spot: Spot, old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    before, after = essence(old.owners), essence(new.owners)
    if before != after:
        roles = spot.both(old.owners, new.owners, owners, "diff.nobody")
        yield spot.at("owner").change("owner", old=before, new=after, shift=roles)


def _due(spot: Spot, old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    before, after = essence(old.due), essence(new.due)
    if before != after:
        unit = common_unit(*(due.within for due in (*old.due, *new.due) if due.within))
        words = spot.both(old.due, new.due, lambda names, due: limits(names, due, unit), "diff.no_due")
        yield spot.at("due").change("due", _due_effect(old.due, new.due), old=before, new=after, shift=words)


def _due_effect(old: tuple[Due, ...], new: tuple[Due, ...]) -> Effect:
    if not old or not new:
        return "looser" if old else "stricter"
    if len(old) != 1 or len(new) != 1 or old[0].within is None or new[0].within is None:
        return "neutral"
    return "stricter" if new[0].within < old[0].within else "looser"


def _point(names: Names, at: Point | None) -> str:
    return point(names, at) if at else ""


def _opens(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    if old.opens != new.opens:
        words = spot.both(old.opens, new.opens, _point, "diff.at_once")
        yield spot.at("opens").change("opens", old=essence(old.opens), new=essence(new.opens), shift=words)


def _entry(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from _but_owner(needs(spot.at("entry"), old.entry, new.entry, "entry"), old, new)


def _needs(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from _but_owner(needs(spot.at("needs"), old.needs, new.needs), old, new)


def _outcomes(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from _but_owner(outcomes(spot.at("outcomes"), _own(old), _own(new)), old, new)


def _but_owner(changes: Iterator[Change], old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    """Without what only follows the owner of the stage, who does whatever names nobody else."""
    # Where rows decide, nobody is named beforehand.
    owners = tuple([row.to for row in each.owners] if len(each.owners) == 1 else [] for each in (old, new))
    if owners[0] == owners[1]:
        yield from changes
        return
    yield from (each for each in changes if not each.code.endswith(".by") or (each.old, each.new) != owners)


def _own(stage: Stage) -> dict[str, Outcome]:
    return {name: each for name, each in stage.outcomes.items() if each.place != WHOLE}


def _ways(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    """Other conditions for the same goals are told one by one, other goals as a whole."""
    spot = spot.at("next")
    if [way.to for way in old.ways] == [way.to for way in new.ways]:
        for number, (before, after) in enumerate(zip(old.ways, new.ways, strict=True)):
            if not same(before.when, after.when):
                (change,) = condition(
                    spot.at(str(number)), "next.when", before.when, after.when, to=spot.goal(after.to)
                )
                yield replace(change, effect="neutral")  # where it goes asks nothing of an order
        return
    words = spot.both(old.ways, new.ways, goals, "diff.by_outcome")
    yield spot.change("next", old=essence(old.ways), new=essence(new.ways), shift=words)


def ends(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Ends that came and went, then what changed in those that stayed."""
    spot = spot.at("ends")
    for code, one, other in (("end.added", new, old), ("end.removed", old, new)):
        for name in one.ends.keys() - other.ends.keys():
            written: dict[str, Any] = {"old" if code == "end.removed" else "new": essence(one.ends[name])}
            yield spot.at(name).change(code, end=spot.goal(name), **written)
    for name in (name for name in old.ends if name in new.ends):
        yield from differences(spot.at(name), old.ends[name], new.ends[name], END)


def _kind(spot: Spot, old: End, new: End) -> Iterator[Change]:
    if old.kind != new.kind:
        kinds = shift(Phrase(f"end_kind.{old.kind}"), Phrase(f"end_kind.{new.kind}"))
        end = spot.goal(new.name)
        yield spot.at("kind").change("end.kind", old=old.kind, new=new.kind, end=end, shift=kinds)


def _end_then(spot: Spot, old: End, new: End) -> Iterator[Change]:
    yield from actions(spot.at("then"), "end.then", old.then, new.then, end=spot.goal(new.name))


def _tasks(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    """Tasks that came and went, then what changed in those that stayed."""
    spot = spot.at("tasks")
    for name, task in new.tasks.items():
        if name not in old.tasks:
            words = _task_words(spot, task)
            yield spot.at(name).change("task.added", "stricter", new=essence(task), **words)
    for name, task in old.tasks.items():
        if name not in new.tasks:
            yield spot.at(name).change("task.removed", "looser", old=essence(task), task=spot.goal(name))
        else:
            yield from differences(spot.at(name).within(name), task, new.tasks[name], TASK)


def _task_words(spot: Spot, task: Task) -> dict[str, Any]:
    due = spot.said("new", lambda names: limits(names, task.due))
    asked = [spot.need(need, "new") for need in task.needs]
    return {
        "task": spot.goal(task.name),
        "owner": spot.said("new", lambda names: owners(names, task.owners)),
        "due": Phrase("diff.with_due", {"due": due}) if task.due else "",
        "needs": Phrase("diff.with_needs", {"needs": asked}) if asked else "",
    }


def _task_after(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    if set(old.after) != set(new.after):
        words = spot.both(old.after, new.after, _all_waited, "diff.at_once")
        yield spot.at("after").change("task.after", old=list(old.after), new=list(new.after), shift=words)


def _all_waited(names: Names, after: tuple[str, ...]) -> str:
    return OWNERS_APART.join(names.waited(each) for each in after)


def _task_when(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from only_if(spot.at("when"), "task.when", old.when, new.when)


def _task_each(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    if old.each != new.each:
        words = spot.both(old.each, new.each, Names.field, "diff.once")
        yield spot.at("each").change("task.each", old=old.each, new=new.each, shift=words)


def _task_needs(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from _but_owner(needs(spot.at("needs"), old.needs, new.needs), old, new)


def _task_outcomes(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from _but_owner(outcomes(spot.at("outcomes"), old.outcomes, new.outcomes), old, new)


def _task_then(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from actions(spot.at("then"), "task.then", old.then, new.then)


def whole(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Outcomes of the whole order, each once, and the places in which they may be chosen."""
    spot = spot.at("outcomes")
    before, after = _whole(old), _whole(new)
    yield from outcomes(
        spot,
        {name: outcome for name, (outcome, _) in before.items()},
        {name: outcome for name, (outcome, _) in after.items()},
    )
    for name in (name for name in before if name in after):
        _, was = before[name]
        outcome, now = after[name]
        title = {lang: outcome.title.say(lang) for lang in LANGUAGES}
        # A stage that came or went says so itself.
        both = old.places.keys() & new.places.keys()
        written: dict[str, Any] = {"old": sorted(was), "new": sorted(now), "outcome": title}
        if come := (now - was) & both:
            words = [spot.goal(place) for place in sorted(come)]
            yield spot.at(name, "from").change("outcome.open", "looser", places=words, **written)
        if gone := (was - now) & both:
            words = [spot.goal(place) for place in sorted(gone)]
            yield spot.at(name, "from").change("outcome.shut", "stricter", places=words, **written)


def _whole(plan: Plan) -> Mapping[str, tuple[Outcome, frozenset[str]]]:
    found: dict[str, tuple[Outcome, frozenset[str]]] = {}
    for name, place in plan.places.items():
        for outcome in place.outcomes.values():
            if outcome.place == WHOLE:
                first, places = found.get(outcome.name, (outcome, frozenset()))
                found[outcome.name] = first, places | {name}
    return found


STAGE: Final = Kind(
    read={
        "owners": _owners,
        "due": _due,
        "opens": _opens,
        "entry": _entry,
        "needs": _needs,
        "outcomes": _outcomes,
        "ways": _ways,
        "tasks": _tasks,
    },
    passed_over={
        "name": "two stages are matched by it",
        "title": "a text",
        "line": "layout of the file",
        "doable": "made of the needs, the outcomes and the doors behind them",
    },
)
TASK: Final = Kind(
    read={
        "owners": _owners,
        "due": _due,
        "after": _task_after,
        "when": _task_when,
        "each": _task_each,
        "needs": _task_needs,
        "outcomes": _task_outcomes,
        "then": _task_then,
    },
    passed_over={
        "name": "two tasks are matched by it",
        "title": "a text",
        "line": "layout of the file",
        "beside": "made of what stands beside it",
    },
)
END: Final = Kind(
    read={"kind": _kind, "then": _end_then},
    passed_over={
        "name": "two ends are matched by it",
        "title": "a text",
        "outcomes": "those of the whole order, which are compared once",
    },
)
