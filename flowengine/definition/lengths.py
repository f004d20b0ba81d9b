"""Lengths of time in the three units of the language: elapsed (`1d 12h`), working hours (`8wh`), working
days (`2wd`). What a working hour is stands in a calendar; here is only how lengths are written.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from flowengine.definition.spans import LONGEST, UNITS, span, spelled
from flowengine.definition.spans import PATTERN as SPAN_PATTERN
from flowengine.definition.unwritten import unwritten
from flowengine.texts import Phrase

Unit = Literal["elapsed", "working", "days"]

HOUR: Final = UNITS["h"]
DAY: Final = UNITS["d"]
LENGTH_PATTERN: Final = SPAN_PATTERN.removesuffix("$") + "$|^[0-9]{1,5}w[hd]$"

_WORKING: Final = re.compile("([0-9]{1,5})w([hd])")
_OF_WORK: Final[dict[str, tuple[int, Unit]]] = {"h": (HOUR, "working"), "d": (DAY, "days")}
_MOST_HOURS: Final = 20_000 * HOUR
"""Ten years of eight-hour days."""


@unwritten(frozen=True, slots=True)
class Length:
    """So much time of one unit, in milliseconds of it: a working day is 86 400 000 of the unit `days`."""

    amount: int
    unit: Unit = "elapsed"

    def __str__(self) -> str:
        """As it is written in a file, to the minute or the whole working hour: `length` reads it again."""
        if self.unit == "elapsed":
            return spelled(self.amount)
        one, letter = (HOUR, "h") if self.unit == "working" else (DAY, "d")
        return f"{_number(self.amount, one)}w{letter}"

    def said(self) -> Phrase:
        """The same for people, in the words of either language: `8 working hours`."""
        if self.unit == "elapsed":
            return Phrase("length.elapsed", {"length": spelled(self.amount)})
        one = HOUR if self.unit == "working" else DAY
        number = _number(self.amount, one)
        return Phrase(
            f"length.{self.unit}.one" if number == "1" else f"length.{self.unit}", {"number": number}
        )


def length(text: str) -> Length:
    """The length that `text` says. Raises ValueError if it says none, nothing, or over ten years."""
    match = _WORKING.fullmatch(text)
    if match is None:
        return Length(span(text))
    one, unit = _OF_WORK[match[2]]
    amount = int(match[1]) * one
    if not 0 < amount <= (LONGEST if unit == "days" else _MOST_HOURS):
        raise ValueError(text)
    return Length(amount, unit)


def _number(amount: int, one: int) -> str:
    return f"{amount / one:.2f}".rstrip("0").rstrip(".")
