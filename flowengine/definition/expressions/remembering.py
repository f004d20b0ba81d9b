"""Expressions that were read before: the same words at the same place, where each still means the same.

The types of an order differ in little from each other, and several checks ask for one condition. Only what is
sound is kept; what is wrong is said again by whoever reads it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flowengine.definition.kinds import Known, Scope

_NAME: Final = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")
_ASKED_OF_STAGES: Final = ("left", "late")
"""The moments that `duration(review)` and `late(review)` look for without naming them."""


@dataclass(slots=True)
class _Before:
    """What was read, the names that it was read with, and once somebody else asks, what of them it means."""

    expression: Any
    names: Mapping[str, Known]
    read: frozenset[str]
    meaning: tuple[tuple[str, Known | None], ...] | None = None

    def is_meant_in(self, scope: Scope) -> bool:
        names = scope.names
        if names is self.names:
            return True
        if self.meaning is None:
            words = {*self.read, *_words(self.expression.source)}
            self.meaning = tuple((name, self.names.get(name)) for name in words)
        for name, meant in self.meaning:
            known = names.get(name)
            if known is not meant and known != meant:
                return False
        return True


def remembered(scope: Scope, wanted: tuple[object, ...]) -> Any:
    """The expression wanted, if it was read with a scope in which it meant the same; else None."""
    for before in scope.read.get(wanted, ()):
        if before.is_meant_in(scope):
            return before.expression
    return None


def remember(scope: Scope, wanted: tuple[object, ...], expression: Any, read: Iterable[str]) -> None:
    """Keep what was wanted for scopes that share what was read, with the meaning of every word in it."""
    scope.read.setdefault(wanted, []).append(_Before(expression, scope.names, frozenset(read)))


def _words(source: str) -> Iterator[str]:
    """Whatever may be a name in an expression, also what it begins with: a name that is none counts too."""
    for found in _NAME.findall(source):
        name = re.sub(r"\s", "", found)
        head = name.partition(".")[0]
        yield from (name, head, *(f"{head}.{moment}" for moment in _ASKED_OF_STAGES))
