"""What changes in the stages that an order passes, in where it goes on to, and in how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Effect, Spot, Words, shift
from flowengine.compiler.comparing.conditions import condition, same
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.comparing.needs import needs
from flowengine.compiler.comparing.outcomes import outcomes
from flowengine.compiler.durations import common_unit, spelled
from flowengine.compiler.plan import Due, End, Outcome, Plan, Stage, Way
from flowengine.texts import LANGUAGES, Phrase

Side = Literal["old", "new"]
WHOLE: Final = "order."


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
    return {
        "stage": spot.goal(stage.name),
        "where": place,
        "owner": spot.role(stage.owner),
        "due": Phrase("diff.with_due", {"due": _until(spot, stage.due)}) if stage.due else "",
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


def _owner(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    if old.owner != new.owner:
        roles = shift(spot.role(old.owner), spot.role(new.owner))
        yield spot.at("owner").change("owner", old=old.owner, new=new.owner, shift=roles)


def _due(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    before, after = essence(old.due), essence(new.due)
    if before == after:
        return
    unit = common_unit(*(due.within for due in (old.due, new.due) if due and due.within))
    words = [_until(spot, due, unit) if due else Phrase("diff.no_due") for due in (old.due, new.due)]
    yield spot.at("due").change(
        "due", _due_effect(old.due, new.due), old=before, new=after, shift=shift(*words)
    )


def _due_effect(old: Due | None, new: Due | None) -> Effect:
    if old is None or new is None:
        return "stricter" if old is None else "looser"
    if old.within is None or new.within is None:
        return "neutral"
    return "stricter" if new.within < old.within else "looser"


def _until(spot: Spot, due: Due, unit: str = "") -> Words | Phrase:
    if due.within is None:
        return Phrase("diff.by_field", {"field": spot.field(due.by)})
    return {lang: spelled(due.within, lang, unit) for lang in LANGUAGES}


def _entry(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from _but_owner(needs(spot.at("entry"), old.entry, new.entry, "entry"), old, new)


def _needs(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from _but_owner(needs(spot.at("needs"), old.needs, new.needs), old, new)


def _outcomes(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    yield from _but_owner(outcomes(spot.at("outcomes"), _own(old), _own(new)), old, new)


def _but_owner(changes: Iterator[Change], old: Stage, new: Stage) -> Iterator[Change]:
    """Without what only follows the owner of the stage, who does whatever names nobody else."""
    owners = [old.owner], [new.owner]
    if old.owner == new.owner:
        yield from changes
        return
    yield from (each for each in changes if not each.code.endswith(".by") or (each.old, each.new) != owners)


def _own(stage: Stage) -> dict[str, Outcome]:
    return {name: each for name, each in stage.outcomes.items() if not each.key.startswith(WHOLE)}


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
    words = shift(_rows(spot, old.ways, "old"), _rows(spot, new.ways, "new"))
    yield spot.change("next", old=essence(old.ways), new=essence(new.ways), shift=words)


def _rows(spot: Spot, ways: tuple[Way, ...], side: Side) -> list[object] | Phrase:
    if not ways:
        return Phrase("diff.by_outcome")
    if len(ways) == 1 and ways[0].when is None:
        return [spot.goal(ways[0].to)]
    return [
        Phrase("diff.row", {"when": spot.condition(way.when, side), "to": spot.goal(way.to)})
        if way.when
        else Phrase("diff.otherwise", {"to": spot.goal(way.to)})
        for way in ways
    ]


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
            if outcome.key.startswith(WHOLE):
                first, places = found.get(outcome.name, (outcome, frozenset()))
                found[outcome.name] = first, places | {name}
    return found


STAGE: Final = Kind(
    read={
        "owner": _owner,
        "due": _due,
        "entry": _entry,
        "needs": _needs,
        "outcomes": _outcomes,
        "ways": _ways,
    },
    passed_over={
        "name": "two stages are matched by it",
        "title": "a text",
        "line": "layout of the file",
        "doable": "made of the needs, the outcomes and the doors behind them",
    },
)
END: Final = Kind(
    read={"kind": _kind},
    passed_over={
        "name": "two ends are matched by it",
        "title": "a text",
        "outcomes": "those of the whole order, which are compared once",
    },
)
