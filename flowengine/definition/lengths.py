"""Lengths of time with their unit: elapsed, of working hours, of working days."""

from __future__ import annotations

from typing import Literal, NamedTuple

Unit = Literal["elapsed", "working", "days"]


class Length(NamedTuple):
    """So many milliseconds of a unit: of the clock on the wall, of working time, or of working days, of
    which each has 86 400 000 from midnight to midnight.
    """

    amount: int
    unit: Unit = "elapsed"
