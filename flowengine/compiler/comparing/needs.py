"""What changes in needs: of a stage, at its door, of an outcome, or asked for by an action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Effect, Spot, shift
from flowengine.compiler.comparing.conditions import condition
from flowengine.compiler.plan import Need
from flowengine.texts import Phrase

Asked = Literal["need", "entry", "choice"]
"""Where a need stands; it begins the code of a change: of a stage, at its door, of an outcome."""


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
    if side == "new":
        return spot.change(f"{asked}.added", "stricter", new=written, **words)
    return spot.change(f"{asked}.removed", "looser", old=written, **words)


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


NEED: Final = Kind(
    read={"kind": _kind, "by": _by, "field": _field, "that": _that},
    passed_over={
        "name": "two needs are matched by it",
        "title": "a text",
        "otherwise": "a text",
        "line": "layout of the file",
    },
)
