"""What changes in needs: of a stage, at its door, of an outcome, or asked for by an action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from flowengine.compiler.comparing.apart import effect_of, said
from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Effect, Spot, shift
from flowengine.compiler.comparing.conditions import condition, only_if
from flowengine.compiler.comparing.duties import limit_differs, steps_differ
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Approval, Need
from flowengine.compiler.wording import approval, limits
from flowengine.texts import Phrase

Asked = Literal["need", "entry", "choice", "part"]
"""What a need belongs to, which begins the code of a change: stage, door, outcome, or a choice of several."""


def needs(
    spot: Spot, old: Iterable[Need], new: Iterable[Need], asked: Asked = "need", **params: Any
) -> Iterator[Change]:
    """Needs that came and went, then what changed in those that stayed."""
    before, after = ({need.name: need for need in each} for each in (old, new))
    for name, need in after.items():
        if name not in before:
            yield _listed(spot.at(name), need, "new", asked, params)
    for name, need in before.items():
        if name not in after:
            yield _listed(spot.at(name), need, "old", asked, params)
        else:
            yield from differences(spot.at(name), need, after[name], NEED)


def _listed(
    spot: Spot, need: Need, side: Literal["old", "new"], asked: Asked, params: dict[str, Any]
) -> Change:
    roles = [spot.role(role) for role in need.by]
    how = Phrase(f"need_kind.{need.kind}")
    if roles:
        how = Phrase("diff.kind_by", {"kind": how, "by": roles})
    written = {"name": need.name, "kind": need.kind, "by": list(need.by)}
    words = {"need": spot.need(need, side), "how": how, **params}
    more = (side == "new") is (asked != "part")  # one more among several to choose from asks less
    effect: Effect = "stricter" if more else "looser"
    if side == "new":
        return spot.change(f"{asked}.added", effect, new=written, **words)
    return spot.change(f"{asked}.removed", effect, old=written, **words)


def _kind(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.kind != new.kind:
        kinds = shift(Phrase(f"need_kind.{old.kind}"), Phrase(f"need_kind.{new.kind}"))
        yield spot.at("kind").change(
            "need.kind", old=old.kind, new=new.kind, need=spot.need(new, "new"), shift=kinds
        )


def _by(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if set(old.by) != set(new.by):
        roles = [[spot.role(role) for role in need.by] for need in (old, new)]
        yield spot.at("by").change(
            "need.by",
            _fewer(old.by, new.by),
            old=list(old.by),
            new=list(new.by),
            need=spot.need(new, "new"),
            shift=shift(*(each or Phrase("diff.nobody") for each in roles)),
        )


def _fewer(old: tuple[str, ...], new: tuple[str, ...]) -> Effect:
    """Fewer people who may do something are stricter; for no people at all it is something else."""
    if old and new and set(new) < set(old):
        return "stricter"
    return "looser" if old and set(old) < set(new) else "neutral"


def _field(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.field != new.field and old.kind == new.kind:
        fields = shift(spot.field(old.field), spot.field(new.field))
        yield spot.at("field").change(
            "need.field", old=old.field, new=new.field, need=spot.need(new, "new"), shift=fields
        )


def _that(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.kind == new.kind:
        yield from condition(spot.at("that"), "need.that", old.that, new.that, need=new.name)


def _any(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.kind == new.kind:
        yield from needs(spot.at("any"), old.any, new.any, "part", of=spot.need(old, "old"))


def _when(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    yield from only_if(spot.at("when"), "need.when", old.when, new.when, need=spot.need(new, "new"))


def _after(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.after != new.after:
        words = spot.both(old.after, new.after, Names.waited, "diff.at_once")
        yield spot.at("after").change(
            "need.after", old=old.after, new=new.after, need=spot.need(new, "new"), shift=words
        )


def _covers(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    """What is void when more fields change must be done again more often; without any, with each visit."""
    if set(old.covers) != set(new.covers):
        fields = [
            [spot.field(name) for name in each.covers] or Phrase("diff.each_visit") for each in (old, new)
        ]
        yield spot.at("covers").change(
            "need.covers",
            old=list(old.covers),
            new=list(new.covers),
            need=spot.need(new, "new"),
            shift=shift(*fields),
        )


def _waive(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    before, after = set(old.waive), set(new.waive)
    if before != after:
        roles = [[spot.role(role) for role in each.waive] or Phrase("diff.nobody") for each in (old, new)]
        yield spot.at("waive").change(
            "need.waive",
            "looser" if before < after else "stricter" if after < before else "neutral",
            old=list(old.waive),
            new=list(new.waive),
            need=spot.need(new, "new"),
            shift=shift(*roles),
        )


def _not_by(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if set(old.not_by) != set(new.not_by):
        effect, words = effect_of(old.not_by, new.not_by), said(spot, old.not_by, new.not_by)
        yield spot.at("not_by").change("need.not_by", effect, need=spot.need(new, "new"), **words)


def _defer(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.defer != new.defer:
        before, after = (each.due if each.defer else () for each in (old, new))
        words = spot.both(before, after, limits, "diff.not_later")
        yield spot.at("defer").change(
            "need.defer",
            "looser" if new.defer else "stricter",
            old=old.defer,
            new=new.defer,
            need=spot.need(new, "new"),
            shift=words,
        )


def _due(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    """Until when it must be there, or may follow; a need that is deferred now says so itself."""
    if old.defer == new.defer:
        code = "need.defer" if new.defer else "need.due"
        yield from limit_differs(spot.at("due"), code, old.due, new.due, need=spot.need(new, "new"))
    yield from steps_differ(spot.at("due"), old.due, new.due, "need.steps", need=spot.need(new, "new"))


def _approval(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    """A form of approval is compared as a whole: who signs for what is one arrangement."""
    before, after = (each.approval and essence(each.approval) for each in (old, new))
    if old.kind == new.kind and before != after:
        words = spot.both(old.approval, new.approval, _form, "diff.nothing")
        yield spot.at("approval").change(
            "need.approval", old=before, new=after, need=spot.need(new, "new"), shift=words
        )


def _asks(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if set(old.asks) != set(new.asks) and old.kind == new.kind:
        fields = [[spot.field(name) for name in each.asks] or Phrase("diff.nothing") for each in (old, new)]
        yield spot.at("asks").change(
            "need.asks",
            "stricter" if set(old.asks) < set(new.asks) else "neutral",
            old=list(old.asks),
            new=list(new.asks),
            need=spot.need(new, "new"),
            shift=shift(*fields),
        )


def _call(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.call != new.call and old.kind == new.kind:
        words = spot.both(old.call, new.call, Names.call, "diff.nothing")
        yield spot.at("call").change(
            "need.call", old=old.call, new=new.call, need=spot.need(new, "new"), shift=words
        )


def _event(spot: Spot, old: Need, new: Need) -> Iterator[Change]:
    if old.event != new.event and old.kind == new.kind:
        titles = spot.both(old.event, new.event, Names.event, "diff.nothing")
        yield spot.at("event").change(
            "need.event", old=old.event, new=new.event, need=spot.need(new, "new"), shift=titles
        )


def _form(names: Names, form: Approval | None) -> str:
    return approval(names, form) if form else ""


NEED: Final = Kind(
    read={
        "kind": _kind,
        "by": _by,
        "field": _field,
        "that": _that,
        "any": _any,
        "when": _when,
        "after": _after,
        "covers": _covers,
        "waive": _waive,
        "not_by": _not_by,
        "defer": _defer,
        "due": _due,
        "approval": _approval,
        "asks": _asks,
        "call": _call,
        "event": _event,
    },
    passed_over={
        "name": "two needs are matched by it",
        "title": "a text",
        "otherwise": "a text",
        "line": "layout of the file",
        "place": "where it stands, which is where it is compared",
        "beside": "made of `after` and of what stands beside it",
        "row": "given while an order runs",
    },
)
