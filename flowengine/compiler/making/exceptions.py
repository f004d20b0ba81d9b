"""Exceptions that may be raised, and who raises them."""

from __future__ import annotations

from flowengine.compiler import plan as plans
from flowengine.compiler.making.maker import Maker
from flowengine.definition import words
from flowengine.definition.words import Text


def exception(make: Maker, said: words.Exceptional) -> plans.Exceptional:
    """An exception."""
    allowed = (name for name, role in make.process.roles.items() if "raise" in role.may)
    return plans.Exceptional(
        name=said.name,
        title=said.title or Text(en=said.name),
        line=said.place.line,
        tiers=tuple(plans.TierRow(row.tier, row.over, make.expression(row.when)) for row in said.tier),
        by=tuple(said.by) or tuple(allowed),
        hold=said.hold or "",
        same=tuple(said.same),
        then=make.order.actions(said.then),
    )
