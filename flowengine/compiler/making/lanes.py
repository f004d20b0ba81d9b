"""Green channels: who may ask for them, what approves them, and how often."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flowengine.compiler import plan as plans
from flowengine.compiler.lane import Per
from flowengine.compiler.making.maker import Maker
from flowengine.compiler.sites import ORDER
from flowengine.compiler.times import rows_of
from flowengine.definition import words
from flowengine.definition.words import Text


def lane(make: Maker, said: words.Lane) -> plans.Lane:
    """A lane; a request for it is a need of the order as a whole."""
    form = (make.process.approvals or {})[said.approval]
    title = said.title or Text(en=said.name)
    limits = said.limits or words.LaneLimits(place=said.place)
    return plans.Lane(
        name=said.name,
        title=title,
        line=said.place.line,
        by=tuple(said.request.by),
        when=make.expression(said.request.when),
        reason=said.request.reason == "required",
        need=plans.Need(
            name=said.name,
            kind="approval",
            title=title,
            by=(),
            line=said.place.line,
            place=ORDER,
            covers=tuple(form.covers),
            due=rows_of(replace(make.order, default=None), form.due),
            approval=make.approval(form, said.name, make.order),
        ),
        quota=_quota(limits.per_requester),
        expires=limits.expires,
        revoke_by=tuple(said.revoke.by) if said.revoke else (make.process.owner,),
    )


def _quota(written: str) -> plans.Quota | None:
    """What `5 per month` says."""
    most, _, per = written.partition(" per ")
    return plans.Quota(int(most), cast(Per, per)) if written else None
