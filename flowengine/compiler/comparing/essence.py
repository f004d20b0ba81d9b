"""What of a part of a plan is the same however it is written: plain JSON values, without lines and texts.

Two parts with one essence are one part to an order.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, lru_cache
from types import NoneType
from typing import Any, Final
from zoneinfo import ZoneInfo

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.plan import Plan
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length
from flowengine.definition.words import Text, Written

_LAYOUT: Final = frozenset({"line", "place", "title", "otherwise", "doable", "beside", "key", "trigger"})


def essence(value: Any) -> Any:
    """The value as JSON knows it, the same for two that differ in layout or texts alone."""
    return _reader(value.__class__)(value)


@cache
def _reader(kind: type) -> Callable[[Any], Any]:
    """How the essence of values of that class is found: asked a hundred thousand times for two plans."""
    for kinds, reader in _READERS:
        if issubclass(kind, kinds):
            return reader
    return _parts if is_dataclass(kind) else str


def _parts(value: Any) -> dict[str, Any]:
    return {name: essence(getattr(value, name)) for name in _counting(value.__class__)}


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


def _same(value: Any) -> Any:
    return value


_READERS: Final[tuple[tuple[tuple[type, ...], Callable[[Any], Any]], ...]] = (
    ((Expression, Written), spaced),
    ((Text,), lambda _: None),
    ((NoneType, bool, int), _same),
    ((str,), str),
    ((Decimal,), lambda value: format(value, "f")),
    ((ZoneInfo,), lambda value: value.key),
    ((Calendar,), lambda value: value.name),
    ((Length,), str),
    ((tuple, list), lambda value: [essence(each) for each in value]),
    ((Mapping,), lambda value: {str(key): essence(each) for key, each in value.items()}),
    ((Set,), lambda value: sorted(map(str, value))),
)
"""The first that fits."""
