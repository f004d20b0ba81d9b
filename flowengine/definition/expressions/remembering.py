"""Expressions that were read before: the same words at the same place, where each still means the same.

The types of an order differ in little from each other, and several checks ask for one condition. Only what is
sound is kept; what is wrong is said again by whoever reads it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from flowengine.definition.kinds import Known, Scope

_NAME: Final = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")
_ASKED_OF_STAGES: Final = ("left", "late")
"""The moments that `duration(review)` and `late(review)` look for without naming them."""


class _Before(NamedTuple):
    expression: Any
    meaning: tuple[tuple[str, Known | None], ...]

    def is_meant_in(self, scope: Scope) -> bool:
        names = scope.names
        return all((known := names.get(name)) is meant or known == meant for name, meant in self.meaning)


def remembered(scope: Scope, wanted: tuple[object, ...]) -> Any:
    """The expression wanted, if it was read with a scope in which it meant the same; else None."""
    for before in scope.read.get(wanted, ()):
        if before.is_meant_in(scope):
            return before.expression
    return None


def remember(scope: Scope, wanted: tuple[object, ...], expression: Any, read: Iterable[str]) -> None:
    """Keep what was wanted for scopes that share what was read, with the meaning of every word in it."""
    words = {*read, *_words(expression.source)}
    meaning = tuple((name, scope.names.get(name)) for name in words)
    scope.read.setdefault(wanted, []).append(_Before(expression, meaning))


def _words(source: str) -> Iterator[str]:
    """Whatever may be a name in an expression, also what it begins with: a name that is none counts too."""
    for found in _NAME.findall(source):
        name = re.sub(r"\s", "", found)
        head = name.partition(".")[0]
        yield from (name, head, *(f"{head}.{moment}" for moment in _ASKED_OF_STAGES))
