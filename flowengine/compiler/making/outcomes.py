"""Outcomes, of one place or of the whole order, and the ends that an order comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from flowengine.compiler import plan as plans
from flowengine.compiler.making.maker import Maker
from flowengine.compiler.sites import Site
from flowengine.definition import words
from flowengine.definition.references import ends_of
from flowengine.definition.words import Text

_DEFAULT_ENDS: Final[Mapping[str, tuple[plans.EndKind, Text]]] = {
    "closed": ("success", Text(zh="完成", en="Closed")),
    "cancelled": ("cancelled", Text(zh="已取消", en="Cancelled")),
}


def outcomes_at(
    make: Maker, site: Site, outcomes: Mapping[str, words.Outcome] | None
) -> dict[str, plans.Outcome]:
    """The outcomes that stand at a site."""
    return {name: _outcome(make, site, outcome) for name, outcome in (outcomes or {}).items()}


def outcomes_of_order(make: Maker, place: str) -> dict[str, plans.Outcome]:
    """The outcomes of the whole order that are open at a stage or an end."""
    ends = ends_of(make.process)
    site = replace(make.order, stage=place)
    return {
        name: _outcome(make, site, outcome)
        for name, outcome in (make.process.outcomes or {}).items()
        if place in outcome.from_ or ("any" in outcome.from_ and place not in ends)
    }


def end(make: Maker, name: str) -> plans.End:
    """An end, declared or not."""
    declared = (make.process.ends or {}).get(name)
    kind, title = _DEFAULT_ENDS.get(name, ("success", Text(en=name)))
    then: tuple[plans.Action, ...] = ()
    if declared:
        kind, title = cast(plans.EndKind, declared.kind), declared.title or title
        then = make.order.actions(declared.then)
    return plans.End(name, title, kind, outcomes_of_order(make, name), then)


def _outcome(make: Maker, site: Site, outcome: words.Outcome) -> plans.Outcome:
    named = make.doers(outcome.by, site.place)
    found = plans.Outcome(
        name=outcome.name,
        key=f"{site.place}.{outcome.name}",
        place=site.place,
        title=outcome.title or Text(en=outcome.name),
        to=outcome.to or "",
        by=() if outcome.is_automatic else named or make.owners.by_default(site.place),
        needs=make.needs(outcome.needs, site, named),
        reason=outcome.reason == "required",
        line=outcome.place.line,
        at_most=outcome.at_most,
        then=site.actions(outcome.then),
        after=make.moment(outcome.after) if outcome.after else "",
        when=make.expression(outcome.when),
        edits=tuple(outcome.edits),
        until=make.point(outcome.until),
        not_by=make.not_by(outcome),
        follows=outcome.follows,
    )
    return replace(found, beyond=site.actions(outcome.beyond, found.beyond_trigger))
