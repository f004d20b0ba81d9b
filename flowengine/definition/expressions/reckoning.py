"""What `+ - * /` come to: which kinds may be put together, and how the values are.

Numbers are exact. From one point in time to another is a duration; a duration is added to points in time,
to durations, taken several times, or divided by another one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, Final
from zoneinfo import ZoneInfo

from flowengine.definition.expressions.terms import Arithmetic, Calculated
from flowengine.definition.kinds import NUMBERS, TIMES, Kind

# One context for all, because a host may have changed the precision of its thread.
EXACT: Final = Context(prec=50, traps=[InvalidOperation, DivisionByZero, Overflow])
_DAY: Final = timedelta(days=1)
_NO_TIME: Final = timedelta()
_WHOLE: Final = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_PARTIAL: Final = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}


def kind_of(sign: Arithmetic, left: Kind, right: Kind) -> Kind | None:
    """The kind that the two come to; None if they do not go together under this sign."""
    kinds = {left, right}
    if kinds <= NUMBERS:
        if sign == "/":
            return Kind.DECIMAL
        return next((kind for kind in (Kind.MONEY, Kind.DECIMAL) if kind in kinds), Kind.INTEGER)
    if kinds == {Kind.DURATION}:
        return {"+": Kind.DURATION, "-": Kind.DURATION, "/": Kind.DECIMAL}.get(sign)
    if kinds == {Kind.DURATION, Kind.INTEGER}:
        return Kind.DURATION if sign == "*" else None
    if kinds <= TIMES:
        return Kind.DURATION if sign == "-" else None
    return _shifted(sign, left, right)


def _shifted(sign: Arithmetic, left: Kind, right: Kind) -> Kind | None:
    """A point in time moved by a duration, which may stand before it only where it is added."""
    if sign == "+" and left is Kind.DURATION:
        left, right = right, left
    if sign not in ("+", "-") or left not in TIMES or right is not Kind.DURATION:
        return None
    return Kind.DATE if left is Kind.DATE else Kind.DATETIME


def operation(term: Calculated, zone: ZoneInfo) -> Callable[[Any, Any], Any]:
    """The function from the values of both sides to that of the whole; the divisor is not zero."""
    left, right = term.left.kind, term.right.kind
    if term.operator == "/":
        return _ratio if left is Kind.DURATION else EXACT.divide
    if term.kind in (Kind.DECIMAL, Kind.MONEY):
        return _PARTIAL[term.operator]
    if {left, right} <= TIMES and (left is Kind.DATE) is not (right is Kind.DATE):
        return lambda late, early: _day(late, zone) - _day(early, zone)
    return _WHOLE[term.operator]


def whole_days(length: timedelta) -> int:
    """The days of a duration; what is less than one is left out, whichever way the duration points."""
    days = abs(length) // _DAY
    return -days if length < _NO_TIME else days


def _ratio(length: timedelta, other: timedelta) -> Decimal:
    return EXACT.divide(length // timedelta.resolution, other // timedelta.resolution)


def _day(point: date, zone: ZoneInfo) -> date:
    """Beside a date, an instant counts as the local day on which it lies."""
    return point.astimezone(zone).date() if isinstance(point, datetime) else point
