"""Fields that come from other fields: computed ones after every write, defaults by rows at intake.

Where an input is missing, a divisor is nought or there is nothing to average, the field has no value. Amounts
are rounded to the decimals of their currency and decimals to ten, halves away from zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from flowengine.compiler.plan import Derived, DerivedRow, Plan
from flowengine.definition.expressions.facts import DividedByZero, Facts, NothingToAverage, ValueMissing
from flowengine.definition.values import MINOR_UNITS, MOST_DIGITS, Stored, WrongValue, store
from flowengine.definition.words import Field
from flowengine.errors import EvaluationFailed
from flowengine.kernel.decision import Blocker
from flowengine.kernel.facts import OrderFacts
from flowengine.kernel.order import Order
from flowengine.texts import Phrase

DECIMALS: Final = 10
"""So many decimals of a computed number are kept."""

_ROUNDED: Final = Context(prec=MOST_DIGITS + DECIMALS, rounding=ROUND_HALF_UP)
_NO_VALUE: Final = (ValueMissing, DividedByZero, NothingToAverage)


def completed(plan: Plan, order: Order, values: dict[str, Stored]) -> list[Blocker]:
    """Add to the `values` of a new order what is worked out from them; a blocker for each that cannot be."""
    if not plan.derived:
        return []
    facts = OrderFacts(plan, _with(order, values))
    blockers: list[Blocker] = []
    for each in plan.derived:
        if each.computed or each.name not in values:
            stored, wrong = _worked_out(plan, each, facts)
            blockers += wrong
            if stored is not None:
                values[each.name] = stored
    return blockers


def recomputed(plan: Plan, order: Order, changes: dict[str, list[Any]]) -> tuple[Blocker, ...]:
    """Add to `changes` (name to old and new value) every computed field that changes with them."""
    computed = [each for each in plan.derived if each.computed]
    if not computed:
        return ()
    values = {**order.fields, **{name: new for name, (_, new) in changes.items()}}
    facts = OrderFacts(plan, _with(order, values))
    blockers: list[Blocker] = []
    for each in computed:
        if each.reads.isdisjoint(changes):
            continue
        stored, wrong = _worked_out(plan, each, facts)
        blockers += wrong
        before = order.fields.get(each.name)
        if stored != before:
            changes[each.name] = [before, stored]
            values[each.name] = stored
    return tuple(blockers)


def is_computed(plan: Plan, name: str) -> bool:
    """Whether a field of that name is computed."""
    return name in plan.fields and plan.fields[name].value is not None


def refused(plan: Plan, name: str) -> tuple[Blocker, ...]:
    """Why nobody writes that field: it is computed. Empty where it is not."""
    field = plan.fields[name]
    if field.value is None:
        return ()
    formula = [row.value.source for row in field.value]
    return (Blocker("computed", name=name, line=field.place.line, params={**_title(field), "from": formula}),)


def _with(order: Order, values: dict[str, Stored]) -> Order:
    """The order as it would be with those values, which are still being completed."""
    draft = order.copy()
    draft.fields = values
    return draft


def _worked_out(plan: Plan, derived: Derived, facts: Facts) -> tuple[Stored, list[Blocker]]:
    field = plan.fields[derived.name]
    why: object = ""
    try:
        row = next((row for row in derived.rows if row.when is None or row.when.holds(facts)), None)
        return _stored(plan, field, row, facts), []
    except _NO_VALUE:
        return None, []
    except WrongValue as wrong:
        why = Phrase(wrong.code, wrong.params)
    except EvaluationFailed as failed:
        why = str(failed)
    params: Mapping[str, object] = {**_title(field), "why": why}
    return None, [Blocker("not_computable", name=field.name, line=field.place.line, params=params)]


def _stored(plan: Plan, field: Field, row: DerivedRow | None, facts: Facts) -> Stored:
    if row is None or row.value is None:
        return row.stored if row else None
    value = row.value.value(facts)
    return store(field, rounded(field, value) if isinstance(value, Decimal) else value, plan.zone)


def rounded(field: Field, value: Decimal) -> Decimal:
    """A computed number as its field keeps it. Raises WrongValue for one with too many digits."""
    if value.adjusted() >= MOST_DIGITS:
        raise WrongValue("wrong.digits", most=MOST_DIGITS)
    decimals = MINOR_UNITS.get(field.currency, 2) if field.type == "money" else DECIMALS
    return value.quantize(Decimal(1).scaleb(-decimals), context=_ROUNDED)


def _title(field: Field) -> dict[str, object]:
    return {"field": field.title.all() if field.title else field.name}
