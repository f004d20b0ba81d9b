"""What the kernel runs: one frozen plan for each definition, with every default filled in.

Only values and one protocol stand here. Plans are made by `compiler.compile`; the kernel reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol
from zoneinfo import ZoneInfo

from flowengine.definition.expressions import Expression, Facts
from flowengine.definition.words import Field, NeedKind, Text
from flowengine.texts import Lang

EndKind = Literal["success", "failure", "cancelled"]
NEXT: Final = "next"


class Router(Protocol):
    """The authority on where an order goes: asked for a stage and a trigger, it names the target."""

    def move(self, stage: str, trigger: str, facts: Facts) -> str:
        """The stage or end that `trigger` leads to from `stage`."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be there. `by` are the roles that may do it, defaults filled in."""

    name: str
    kind: NeedKind
    title: Text
    by: tuple[str, ...]
    line: int
    field: str = ""
    that: Expression | None = None
    otherwise: Text | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that is done: exactly one of the three is filled."""

    notify: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    move: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person may choose. `key` is its moment (`quality.failed`), its counter and its trigger."""

    name: str
    key: str
    title: Text
    to: str
    by: tuple[str, ...]
    needs: tuple[Need, ...]
    reason: bool
    line: int
    at_most: int | None = None
    beyond: tuple[Action, ...] = ()
    then: tuple[Action, ...] = ()

    @property
    def beyond_trigger(self) -> str:
        """The trigger of the move it makes once it was chosen too often."""
        return f"{self.key}!"


@dataclass(frozen=True, slots=True)
class Way:
    """One row of a stage's `next`."""

    to: str
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Due:
    """Until when: so many milliseconds after entering, or by a field of kind date or datetime."""

    line: int
    within: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with everything that may be done in it. `doable` holds every act that counts here."""

    name: str
    title: Text
    owner: str
    line: int
    due: Due | None
    entry: tuple[Need, ...]
    needs: tuple[Need, ...]
    outcomes: Mapping[str, Outcome]
    ways: tuple[Way, ...]
    doable: Mapping[str, Need]


@dataclass(frozen=True, slots=True)
class End:
    """How an order ends."""

    name: str
    title: Text
    kind: EndKind
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that every write must leave true."""

    that: Expression
    otherwise: Text | None
    line: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A process, executable. Outcomes of the whole order stand in each place that they are open in."""

    process: str
    version: str
    title: Text
    language: Lang
    owner: str
    zone: ZoneInfo
    file: str
    hash: str
    roles: Mapping[str, Text]
    fields: Mapping[str, Field]
    channels: Mapping[str, Mapping[str, str]]
    channel_titles: Mapping[str, Text]
    checks: tuple[Check, ...]
    unique: tuple[str, ...]
    number: str
    stages: Mapping[str, Stage]
    ends: Mapping[str, End]
    asks: Mapping[str, Need]
    marks: frozenset[str]
    router: Router

    @property
    def places(self) -> Mapping[str, Stage | End]:
        """Everywhere that an order can be: stages, then ends."""
        return {**self.stages, **self.ends}

    @property
    def start(self) -> str:
        """The stage in which orders begin."""
        return next(iter(self.stages))
