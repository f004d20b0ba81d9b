"""Until when, as the kernel reckons it: rows of time with the marks that ring on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from flowengine.calendars.calendar import Calendar
from flowengine.calendars.periods import Period
from flowengine.compiler.action import Action
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length
from flowengine.definition.moments import Point

AT_DUE: Final = "late"
"""The name of the mark at the due instant itself; every row of time has it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a clock does on its way: `80%` or `-4wh` of it before it is due, `late`, `+2d` after.

    A warning lies at so many hundredths (`share`) of the whole time or so long (`away`) before it is due; a
    mark of lateness so long after that, or at the due instant itself.
    """

    name: str
    kind: Literal["warn", "late"]
    share: int | None = None
    away: Length | None = None
    then: tuple[Action, ...] = ()


def basis_of(length: Length) -> str:
    """A length as an order keeps it, so as to notice when it is another: `86400000e`."""
    return f"{length.amount}{length.unit[0]}"


@dataclass(frozen=True, slots=True)
class Due:
    """One row of time. Exactly one of `within`, `lasts`, `by`, `every` and `silent_for` is filled.

    `lasts` is a field of kind duration. What is `within` is stretched to so many hundredths, and by `extra`.
    `marks` stand in the order in which they come. While `pause` holds the time stands still. `whole` is how
    long it is with its buffer, where no field says so, and `basis` the same as an order keeps it; on one that
    `is_steady` the data have no influence.
    """

    line: int
    calendar: Calendar
    marks: tuple[Mark, ...]
    within: Length | None = None
    lasts: str = ""
    by: Point | None = None
    every: Period | None = None
    silent_for: Length | None = None
    stretch: int = 100
    extra: Length | None = None
    pause: Expression | None = None
    when: Expression | None = None
    whole: Length | None = field(init=False)
    basis: str = field(init=False)
    is_steady: bool = field(init=False)

    def __post_init__(self) -> None:
        total = self.within or self.silent_for
        whole = None if total is None else self.stretched(total)
        object.__setattr__(self, "whole", whole)
        object.__setattr__(self, "basis", "" if whole is None else basis_of(whole))
        object.__setattr__(self, "is_steady", self.within is not None and self.pause is None)

    def stretched(self, total: Length) -> Length:
        """A length with the buffer; never less than nothing."""
        amount = total.amount * self.stretch // 100 + (self.extra.amount if self.extra else 0)
        return Length(max(amount, 0), total.unit)

    @property
    def is_movable(self) -> bool:
        """Whether a pause moves it: a date that somebody named stays where it is."""
        return self.by is None

    @property
    def follows_workdays(self) -> bool:
        """Whether its due instant depends on which days are workdays."""
        if self.every is not None:
            return self.every.follows_workdays
        length = self.within or self.silent_for
        return length is not None and length.unit != "elapsed"

    def doubt(self, due: int) -> str:
        """Until when its calendar is certain, as a date, where that due instant lies beyond; else empty."""
        until = self.calendar.doubt(due) if self.follows_workdays else None
        return until.isoformat() if until else ""
