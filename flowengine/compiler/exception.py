"""What may go wrong with an order, as the kernel raises it. The case that comes of it has its own plan."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.action import Action
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length
from flowengine.definition.words import Text


@dataclass(frozen=True, slots=True)
class TierRow:
    """A tier, while `when` holds and once the clock that raised the exception is `over` its time so long."""

    tier: int
    over: Length | None
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Exceptional:
    """An exception: its `tiers` by rows, who may raise it, and what it does to the order. Orders in which the
    fields of `same` have the same values share its case.
    """

    name: str
    title: Text
    line: int
    tiers: tuple[TierRow, ...]
    by: tuple[str, ...]
    hold: str = ""
    same: tuple[str, ...] = ()
    then: tuple[Action, ...] = ()
