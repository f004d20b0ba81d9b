"""Order numbers: date parts in the zone of the process and a gap-free serial (R03).

Gap-free means that the serial's row is locked until the transaction that took it ends, so it is taken
late and given back when the order is refused.
"""

from __future__ import annotations

import re
from typing import Final

from flowengine.calendars.days import local
from flowengine.compiler.plan import Plan

_PART: Final = re.compile(r"\{(yyyy|yy|mm|dd|serial:([1-9]))\}")
_FORMATS: Final = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d"}


def period(plan: Plan, now: int) -> str:
    """The span of time in which a serial does not repeat: the date parts of the number, e.g. `202405`."""
    day = local(now, plan.zone)
    names = [name for name, _ in _PART.findall(plan.number) if name in _FORMATS]
    return "-".join(day.strftime(_FORMATS[name]) for name in sorted(set(names)))


def serial_of(plan: Plan, given: str) -> int | None:
    """The serial in a number that `number` gave; None where it holds none."""
    pattern, after = "", 0
    for part in _PART.finditer(plan.number):
        pattern += re.escape(plan.number[after : part.start()]) + _digits(part[1])
        after = part.end()
    pattern += re.escape(plan.number[after:])
    match = re.fullmatch(pattern, given)
    return int(match["serial"]) if match and "serial" in match.groupdict() else None


def _digits(part: str) -> str:
    return r"(?P<serial>\d+)" if part.startswith("serial") else rf"\d{{{len(part)}}}"


def number(plan: Plan, now: int, serial: int) -> str:
    """The order number; a serial that outgrows its width is written whole."""
    day = local(now, plan.zone)

    def part(match: re.Match[str]) -> str:
        name, width = match.groups()
        return str(serial).zfill(int(width)) if width else day.strftime(_FORMATS[name])

    return _PART.sub(part, plan.number)
