"""Durations as analysts write them (`30m`, `48h`, `3d`, `1d 12h`), in milliseconds of elapsed time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

MINUTE: Final = 60_000
UNITS: Final = {"m": MINUTE, "h": 60 * MINUTE, "d": 24 * 60 * MINUTE}
LONGEST: Final = 3650 * UNITS["d"]
PATTERN: Final = r"^[0-9]{1,6}[mhd]( ?[0-9]{1,6}[mhd])*$"

_MILLISECOND: Final = timedelta(milliseconds=1)
_PART: Final = re.compile(r"([0-9]{1,6})([mhd])")


def is_span(text: str) -> bool:
    """Whether a text has the form of a duration; that of `0m` is right, and yet it is none."""
    return re.fullmatch(PATTERN, text) is not None


def span(text: str) -> int:
    """The length of `text` in milliseconds. Raises ValueError if it is no duration or over ten years."""
    if not is_span(text):
        raise ValueError(text)
    total = sum(int(number) * UNITS[unit] for number, unit in _PART.findall(text))
    if not 0 < total <= LONGEST:
        raise ValueError(text)
    return total


def written(milliseconds: int) -> str:
    """A length of time for people: its two largest units, `2d 4h`; under a minute is `0m`."""
    return _in_units(milliseconds, 2)


def spelled(milliseconds: int) -> str:
    """The same to the minute, `2d 4h 30m`: what `span` reads again as the same length."""
    return _in_units(milliseconds, len(UNITS))


def elapsed(length: timedelta) -> int:
    """A length of time in milliseconds; what is less than one is left out."""
    return length // _MILLISECOND


def _in_units(milliseconds: int, most: int) -> str:
    left, parts = abs(milliseconds), []
    for unit in ("d", "h", "m"):
        number, left = divmod(left, UNITS[unit])
        if number:
            parts.append(f"{number}{unit}")
    return ("-" if milliseconds < 0 and parts else "") + (" ".join(parts[:most]) or "0m")
