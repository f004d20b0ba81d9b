"""One line of the table: what was measured, beside the bare driver, and what it has to reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Of = Literal["share", "measured"]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure has to reach (`gate`) and should reach (`aim`): at least, at most, or so near to 1."""

    gate: float | None = None
    aim: float | None = None
    of: Of = "share"
    near: bool = False
    at_most: bool = False

    def is_met(self, value: float, limit: float) -> bool:
        """Whether `value` is at least `limit`, or at most, or not further from 1 than that."""
        if self.near:
            return abs(value - 1) <= limit
        return value <= limit if self.at_most else value >= limit

    def shown(self, limit: float | None) -> str:
        """The limit as the table shows it."""
        if limit is None:
            return ""
        if self.near:
            return f"1 ± {limit:.2f}"
        return f"≤ {number(limit)}" if self.at_most else number(limit)


@dataclass(frozen=True, slots=True)
class Figure:
    """A result. `share` is the measured speed as a share of the one in `bare`."""

    what: str
    measured: float
    unit: str
    bare: float | None = None
    share: float | None = None
    goal: Goal = Goal()
    note: str = ""

    @property
    def met(self) -> str:
        """`aim`, `gate` or `no`; empty where nothing was set to reach."""
        value = self.share if self.goal.of == "share" else self.measured
        limits = {"aim": self.goal.aim, "gate": self.goal.gate}
        if value is None or not any(limit is not None for limit in limits.values()):
            return ""
        met = (name for name, limit in limits.items() if limit is not None and self.goal.is_met(value, limit))
        return next(met, "no")

    def record(self) -> dict[str, Any]:
        """The figure as JSON holds it."""
        return {**asdict(self), "met": self.met}


def number(value: float) -> str:
    """A number with as many digits as mean something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def spread(values: Sequence[float]) -> str:
    """The least and the greatest of the rounds, whose median is what is reported."""
    return f"{number(min(values))}–{number(max(values))} in {len(values)} rounds"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
