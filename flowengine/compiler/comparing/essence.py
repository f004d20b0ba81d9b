"""What of a part of a plan is the same however it is written: plain JSON values, without lines and texts.

Two parts with one essence are one part to an order.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.plan import Plan
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length
from flowengine.definition.words import Text, Written

_LAYOUT: Final = frozenset({"line", "place", "title", "otherwise", "doable", "beside", "key", "trigger"})


def essence(value: Any) -> Any:  # noqa: PLR0911 - one line for each kind of value
    """The value as JSON knows it, the same for two that differ in layout or texts alone."""
    match value:
        case Expression() | Written():
            return spaced(value)
        case Text() | None | bool() | int():
            return None if isinstance(value, Text) else value
        case str():
            return str(value)
        case Decimal():
            return format(value, "f")
        case ZoneInfo():
            return value.key
        case Calendar():
            return value.name
        case Length():
            return str(value)
        case tuple() | list():
            return [essence(each) for each in value]
        case Mapping():
            return {str(key): essence(each) for key, each in value.items()}
        case Set():
            return sorted(map(str, value))
    if is_dataclass(value):
        return {name: essence(getattr(value, name)) for name in _counting(value.__class__)}
    return str(value)


@cache
def _counting(part: type) -> tuple[str, ...]:
    """The attributes of a part that are more than its layout."""
    return tuple(each.name for each in fields(part) if each.init and each.name not in _LAYOUT)


def timed(value: Any, plan: Plan) -> Any:
    """The essence of what has times: a calendar that is that of the whole process goes without saying."""
    return _without(essence(value), plan.calendar.name)


def _without(value: Any, calendar: str) -> Any:
    if isinstance(value, dict):
        return {
            key: None if key == "calendar" and each == calendar else _without(each, calendar)
            for key, each in value.items()
        }
    return [_without(each, calendar) for each in value] if isinstance(value, list) else value


def spaced(expression: Expression | Written) -> str:
    """A condition with its spaces and needless brackets as Python would write them."""
    return _spaced(expression.source)


def conjuncts(expression: Expression) -> tuple[ast.expr, ...]:
    """What must hold together for the condition to hold."""
    tree = _tree(expression.source)
    return tuple(tree.values) if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else (tree,)


@lru_cache(maxsize=1024)
def _spaced(source: str) -> str:
    return ast.unparse(_tree(source))


def _tree(source: str) -> ast.expr:
    # In brackets, because a long condition may stand in several rows of the file.
    return ast.parse(f"({source})", mode="eval").body
