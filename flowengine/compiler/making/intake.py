"""What an order holds, and how it comes: its fields, who changes them later, checks, and the calendar."""

from __future__ import annotations

from flowengine.compiler import plan as plans
from flowengine.compiler.making.maker import Maker
from flowengine.compiler.rights import Amending
from flowengine.compiler.sites import ORDER
from flowengine.compiler.times import period_of
from flowengine.definition import words
from flowengine.definition.builtin_fields import builtin_fields
from flowengine.definition.expressions import Expression, parse
from flowengine.definition.kinds import Scope
from flowengine.definition.opening_references import opened_of, opening_scope
from flowengine.definition.scope import fields_of
from flowengine.definition.words import Text


def fields(process: words.Process) -> dict[str, words.Field]:
    """The fields of an order, those that every order has and its channel among them."""
    found, order = {**fields_of(process), **builtin_fields(process)}, process.order
    if order and order.channels:
        found["channel"] = words.Field(
            name="channel",
            place=next(iter(order.channels.values())).place,
            type="choice",
            required=True,
            choices=tuple(order.channels),
            title=Text(zh="渠道", en="Channel"),
        )
    return found


def amending(make: Maker) -> dict[str, Amending]:
    """For each field that is only amended, by whom and until when."""
    return {
        name: Amending(make.doers(said.by, ORDER), make.point(said.until), said.place.line)
        for name, field in fields_of(make.process).items()
        if (said := field.changes)
    }


def check(make: Maker, said: words.Check) -> plans.Check:
    """A check of an order as it comes."""
    that = make.expression(said.that)
    assert that is not None
    return plans.Check(that, said.else_, said.place.line)


def opened(make: Maker) -> plans.Opened | None:
    """When the calendar opens orders, and with what."""
    said = opened_of(make.process)
    if said is None:
        return None
    scope = opening_scope(make.process)
    sets = ((name, _opening(name, each, scope)) for name, each in (said.sets or {}).items())
    period = period_of(said.every, said.at, make.order.calendar_of(said.calendar))
    return plans.Opened(period, tuple(sets), said.place.line)


def _opening(name: str, written: words.Written, scope: Scope) -> Expression:
    kind = scope.names[name].kind
    expression, findings = parse(written.source, scope, written.place, expect=kind, guarded=False, into=name)
    assert expression is not None, findings
    return expression
