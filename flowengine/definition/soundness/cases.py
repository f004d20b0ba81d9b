"""A finding together with the order that shows it, so that the story told can also be played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from flowengine.definition.findings import Finding
from flowengine.definition.soundness.possible import Edge

Kind = Literal["slips", "waits", "bounces", "circles", "stranded"]


@dataclass(frozen=True, slots=True)
class Case:
    """What becomes of an order: it came to `place` on `way` with these values, and there the finding is true.

    `thing` is the need, task or outcome that it is about.
    """

    kind: Kind
    finding: Finding
    place: str
    way: tuple[Edge, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    thing: str = ""
