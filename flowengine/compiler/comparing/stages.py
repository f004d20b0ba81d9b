"""What changes in the stages that an order passes, and in where it goes on to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Final

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.by_itself import clocks, rules
from flowengine.compiler.comparing.change import Change, Spot, shift
from flowengine.compiler.comparing.conditions import condition, same
from flowengine.compiler.comparing.duties import but_owner, due_differs, owners_differ
from flowengine.compiler.comparing.ends import WHOLE
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.comparing.needs import needs
from flowengine.compiler.comparing.outcomes import outcomes
from flowengine.compiler.comparing.tasks import tasks
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Outcome, Plan, Stage
from flowengine.compiler.wording import goals, limits, owners, point
from flowengine.definition.moments import Point
from flowengine.texts import Phrase


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


def _point(names: Names, at: Point | None) -> str:
    return point(names, at) if at else ""


def _opens(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    if old.opens != new.opens:
        words = spot.both(old.opens, new.opens, _point, "diff.at_once")
        yield spot.at("opens").change("opens", old=essence(old.opens), new=essence(new.opens), shift=words)


def _entry(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from but_owner(needs(spot.at("entry"), old.entry, new.entry, "entry"), old, new)


def _needs(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from but_owner(needs(spot.at("needs"), old.needs, new.needs), old, new)


def _outcomes(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from but_owner(outcomes(spot.at("outcomes"), _own(old), _own(new)), old, new)


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


STAGE: Final = Kind(
    read={
        "owners": owners_differ,
        "due": due_differs,
        "opens": _opens,
        "entry": _entry,
        "needs": _needs,
        "outcomes": _outcomes,
        "ways": _ways,
        "tasks": tasks,
        "clocks": clocks,
        "rules": rules,
    },
    passed_over={
        "name": "two stages are matched by it",
        "title": "a text",
        "line": "layout of the file",
        "doable": "made of the needs, the outcomes and the doors behind them",
    },
)
