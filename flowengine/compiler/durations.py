"""Lengths of time in the words of a language: `24小时`, `24h`. Drawings and comparisons say them."""

from __future__ import annotations

from typing import Final

from flowengine.definition.lengths import Length
from flowengine.definition.spans import UNITS
from flowengine.texts import Lang, say

_LARGEST_FIRST: Final = ("d", "h", "m")
_LONG: Final = 100


def spelled(milliseconds: int, lang: Lang, unit: str = "") -> str:
    """The whole length in as many units as it takes, or in that one unit, which must divide it."""
    if unit:
        return say(f"span.{unit}", lang, {"number": milliseconds // UNITS[unit]})
    words, left = [], milliseconds
    for each in _LARGEST_FIRST:
        number, left = divmod(left, UNITS[each])
        if number:
            words.append(say(f"span.{each}", lang, {"number": number}))
    return " ".join(words)


def lasting(length: Length, lang: Lang, unit: str = "") -> str:
    """A length of whatever unit; one of elapsed time may be said in that one unit."""
    if length.unit == "elapsed":
        return spelled(length.amount, lang, unit)
    key, params = length.said()
    return say(key, lang, params)


def common_unit(*lengths: int) -> str:
    """The largest unit that divides all of these lengths: two that are compared are said in one unit.

    Empty where the numbers would grow long: `1d → 1h 30m` is easier to read than `1440m → 90m`.
    """
    for unit in _LARGEST_FIRST:
        if not any(each % UNITS[unit] for each in lengths):
            return unit if max(lengths, default=0) < _LONG * UNITS[unit] else ""
    return ""
