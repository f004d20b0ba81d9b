"""Clocks with a name of their own, as the kernel runs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flowengine.compiler.due import Due
from flowengine.compiler.need import Need
from flowengine.definition.expressions import Expression
from flowengine.definition.words import Text

TOUCHED: Final = "order.touched"
"""The moment at which somebody did something to the order: it breaks a silence that names no moments."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with a name of its own. `place` is the stage in which it lives, or `order`.

    It starts once for each visit or order: when `after` has happened since its place began, or with its
    place; it counts while `when` holds. It is met when `until` has happened or `needs` are there. Silence is
    broken by one of the moments `of`; without any by whatever somebody does. A duty ends after `at_most`.
    `owner` is who is told, a role or `PLACE.owner`.
    """

    name: str
    title: Text
    line: int
    place: str
    owner: str
    due: tuple[Due, ...]
    after: str = ""
    when: Expression | None = None
    until: str = ""
    needs: tuple[Need, ...] = ()
    of: tuple[str, ...] = ()
    at_most: int | None = None
