"""What changes in what may happen instead: outcomes of a stage and of the whole order, and actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from flowengine.compiler import wording
from flowengine.compiler.comparing.apart import effect_of, said
from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Side, Spot, Words, shift
from flowengine.compiler.comparing.conditions import condition
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.comparing.needs import needs
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Action, Outcome
from flowengine.compiler.wording import point
from flowengine.definition.moments import Point
from flowengine.texts import LANGUAGES, Phrase


def outcomes(spot: Spot, old: Mapping[str, Outcome], new: Mapping[str, Outcome]) -> Iterator[Change]:
    """Outcomes that came and went, then what changed in those that stayed."""
    for name, outcome in new.items():
        if name not in old:
            words = _words(spot, outcome)
            yield spot.at(name).change("outcome.added", "looser", new=essence(outcome), **words)
    for name, outcome in old.items():
        if name not in new:
            words = _words(spot, outcome)
            yield spot.at(name).change("outcome.removed", "stricter", old=essence(outcome), **words)
        else:
            yield from differences(spot.at(name), outcome, new[name], OUTCOME)


def _words(spot: Spot, outcome: Outcome) -> dict[str, Any]:
    return {
        "outcome": titled(outcome),
        "to": spot.goal(outcome.to) if outcome.to else Phrase("diff.stays"),
        "by": [spot.role(role) for role in outcome.by]
        or Phrase("diff.by_itself" if outcome.is_automatic else "diff.by_owner"),
    }


def titled(outcome: Outcome) -> Words:
    """What people call an outcome."""
    return {lang: outcome.title.say(lang) for lang in LANGUAGES}


def _to(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    if old.to != new.to:
        goals = shift(*(spot.goal(each.to) if each.to else Phrase("diff.stays") for each in (old, new)))
        yield spot.at("to").change("outcome.to", old=old.to, new=new.to, outcome=titled(new), shift=goals)


def _by(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    before, after = set(old.by), set(new.by)
    if before != after:
        roles = [[spot.role(role) for role in each.by] or Phrase("diff.nobody") for each in (old, new)]
        yield spot.at("by").change(
            "outcome.by",
            "stricter" if after < before else "looser" if before < after else "neutral",
            old=list(old.by),
            new=list(new.by),
            outcome=titled(new),
            shift=shift(*roles),
        )


def _needs(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    yield from needs(spot.at("needs"), old.needs, new.needs, "choice", outcome=titled(new))


def _reason(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    if old.reason != new.reason:
        yield spot.at("reason").change(
            "outcome.reason" if new.reason else "outcome.no_reason",
            "stricter" if new.reason else "looser",
            old=old.reason,
            new=new.reason,
            outcome=titled(new),
        )


def _at_most(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    before, after = old.at_most, new.at_most
    if before == after:
        return
    fewer = before is None or (after is not None and after < before)
    times = [
        Phrase("diff.any_number") if each is None else Phrase("diff.times", {"number": each})
        for each in (before, after)
    ]
    yield spot.at("at_most").change(
        "outcome.at_most",
        "stricter" if fewer else "looser",
        old=before,
        new=after,
        outcome=titled(new),
        shift=shift(*times),
    )


def _beyond(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    yield from actions(spot.at("beyond"), "outcome.beyond", old.beyond, new.beyond, outcome=titled(new))


def _then(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    yield from actions(spot.at("then"), "outcome.then", old.then, new.then, outcome=titled(new))


def actions(
    spot: Spot, code: str, old: tuple[Action, ...], new: tuple[Action, ...], **params: Any
) -> Iterator[Change]:
    """What is done otherwise. What an action asks for is compared with the other things that are asked."""
    before, after = essence(old), essence(new)
    if before != after:
        words = shift(done(spot, old, "old"), done(spot, new, "new"))
        yield spot.change(code, old=before, new=after, shift=words, **params)


def _after(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    if old.after != new.after:
        words = spot.both(old.after, new.after, Names.moment, "diff.not_by_itself")
        yield spot.at("after").change(
            "outcome.after", old=old.after, new=new.after, outcome=titled(new), shift=words
        )


def _when(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    for change in condition(spot.at("when"), "outcome.when", old.when, new.when, outcome=titled(new)):
        yield replace(change, effect="neutral")  # when something happens by itself asks nothing of an order


def _edits(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    before, after = set(old.edits), set(new.edits)
    if before != after:
        fields = [[spot.field(name) for name in each.edits] or Phrase("diff.nothing") for each in (old, new)]
        yield spot.at("edits").change(
            "outcome.edits",
            "looser" if before < after else "stricter" if after < before else "neutral",
            old=list(old.edits),
            new=list(new.edits),
            outcome=titled(new),
            shift=shift(*fields),
        )


def _not_by(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    if set(old.not_by) != set(new.not_by):
        effect, words = effect_of(old.not_by, new.not_by), said(spot, old.not_by, new.not_by)
        yield spot.at("not_by").change("outcome.not_by", effect, outcome=titled(new), **words)


def _until(spot: Spot, old: Outcome, new: Outcome) -> Iterator[Change]:
    if old.until != new.until:
        yield spot.at("until").change(
            "outcome.until",
            "stricter" if old.until is None else "looser" if new.until is None else "neutral",
            old=essence(old.until),
            new=essence(new.until),
            outcome=titled(new),
            shift=spot.both(old.until, new.until, _point, "diff.always"),
        )


def _point(names: Names, at: Point | None) -> str:
    return point(names, at) if at else ""


def done(spot: Spot, actions: tuple[Action, ...], side: Side) -> Words | Phrase:
    """What is done, in words."""
    if not actions:
        return Phrase("diff.nothing")
    return spot.said(side, lambda names: wording.together(names, wording.actions(names, actions)))


OUTCOME: Final = Kind(
    read={
        "to": _to,
        "by": _by,
        "needs": _needs,
        "reason": _reason,
        "at_most": _at_most,
        "beyond": _beyond,
        "then": _then,
        "after": _after,
        "when": _when,
        "edits": _edits,
        "until": _until,
        "not_by": _not_by,
    },
    passed_over={
        "place": "where it stands, which is where it is compared",
        "name": "two outcomes are matched by it",
        "key": "made of the place and the name",
        "title": "a text",
        "line": "layout of the file",
        "follows": "those alone have such a name, and come and go with what a link cascades",
    },
)
ACTION: Final = Kind(
    read={},
    passed_over={
        **{field.name: "lists of actions are compared whole" for field in fields(Action)},
        "trigger": "made of the place where it stands",
    },
)
