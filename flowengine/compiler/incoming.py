"""What another system reports about an order, as the kernel takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flowengine.definition.expressions import Expression
from flowengine.definition.words import Column, Text


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event: its `data`, how the order is found that it belongs to, and what it sets there.

    What comes with the same `unique` is the same event. `early` refuses what no need waits for yet; of an
    event that is `awaited` one may be kept until a need does. Data that is `read` is asked for later on.
    """

    name: str
    title: Text
    line: int
    data: Mapping[str, Column]
    match: tuple[tuple[str, Expression], ...]
    unique: str = ""
    creates: bool = False
    sets: tuple[tuple[str, Expression], ...] = ()
    refuses_early: bool = False
    awaited: bool = False
    read: frozenset[str] = frozenset()

    @property
    def moment(self) -> str:
        """The moment at which it is received."""
        return f"{self.name}.received"

    @property
    def found_by(self) -> str:
        """By which fields the order is found: the name of that look-up."""
        return "+".join(name for name, _ in self.match)
