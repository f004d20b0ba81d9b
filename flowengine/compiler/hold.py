"""What freezes an order, and what fires on its own, as the kernel does it."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.action import Action
from flowengine.compiler.due import Due
from flowengine.compiler.need import Need
from flowengine.definition.expressions import Expression
from flowengine.definition.moments import Point
from flowengine.definition.words import Text


@dataclass(frozen=True, slots=True)
class Hold:
    """Freezes the movement of an order. `by` may place it, `release_by` may end it once `needs` are there.

    `while_` places and ends it by itself. It stops the clocks named in `pauses`, or all of them, and lets
    the outcomes in `allows` happen nevertheless. `due` is its own clock, told to `owner`.
    """

    name: str
    title: Text
    line: int
    by: tuple[str, ...]
    release_by: tuple[str, ...]
    owner: str
    while_: Expression | None = None
    pauses_all: bool = False
    pauses: frozenset[str] = frozenset()
    allows: frozenset[str] = frozenset()
    needs: tuple[Need, ...] = ()
    due: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when `when` turns true; with `after` at that moment, with `at` at that point in time.

    Once for each visit of the stage `place`, or for the `order`, as long as `when` stays true; with `each`
    at every moment at which it holds. Behind an `event` it may ask what came with it.
    """

    name: str
    title: Text
    line: int
    place: str
    then: tuple[Action, ...]
    after: str = ""
    at: Point | None = None
    when: Expression | None = None
    each: bool = False
    event: str = ""
