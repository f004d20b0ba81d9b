"""What changes in how an order ends, and in the outcomes that concern it as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Spot, shift
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.comparing.outcomes import actions, outcomes
from flowengine.compiler.plan import End, Outcome, Plan
from flowengine.texts import LANGUAGES, Phrase

WHOLE: Final = "order"


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


END: Final = Kind(
    read={"kind": _kind, "then": _end_then},
    passed_over={
        "name": "two ends are matched by it",
        "title": "a text",
        "outcomes": "those of the whole order, which are compared once",
    },
)
