"""A lane, as the kernel asks for it: who may have it, by which approval, how often and how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flowengine.compiler.need import Need
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length
from flowengine.definition.words import Text

Per = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Quota:
    """How many requests one person may make in a calendar day, week, month or year."""

    most: int
    per: Per


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane. `need` is what a request asks for: its approval, by which a round is opened.

    `by` may ask while `when` holds, `revoke_by` may end it. Without `expires` it ends with the order.
    """

    name: str
    title: Text
    line: int
    by: tuple[str, ...]
    when: Expression | None
    reason: bool
    need: Need
    quota: Quota | None
    expires: Length | None
    revoke_by: tuple[str, ...]
