"""The kinds of texts that stand in a process file: names, moments, lengths, times."""

from __future__ import annotations

import re
from typing import Final

from flowengine.definition.kinds import FIELD_TYPES
from flowengine.definition.lengths import LENGTH_PATTERN
from flowengine.definition.shapes import NAME, PROCESS_NAME, Dur, Str, Sub
from flowengine.definition.spans import PATTERN as SPAN

REF: Final = Str("name", NAME, ref=True)

MOMENT: Final = Str("moment", r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", ref=True)

_POINT: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?( ?[+-] ?[0-9]{1,6}[mhd]( ?[0-9]{1,6}[mhd])*)?$"

_TIME: Final = "^([01][0-9]|2[0-3]):[0-5][0-9]$"

_LENGTH: Final = LENGTH_PATTERN.replace("^", "^-")

POINT: Final = Str("point", _POINT, ref=True)

POINT_OR_TIME: Final = Str("point or time", f"{_POINT}|{_TIME}", ref=True)

TIME: Final = Str("time of day", _TIME, ref=True)

PERIOD: Final = Str("period", rf"^(workday|day|week|month)$|{SPAN}|^\S+( \S+){{4}}$", ref=True)

AHEAD: Final = Str("warning", f"^[0-9]{{1,3}}%$|{_LENGTH}", ref=True)

BUFFER: Final = Str("buffer", f"^-?[1-9][0-9]{{0,3}}%$|{LENGTH_PATTERN}|{_LENGTH}", ref=True)

LENGTH: Final = Dur(working=True)

LENGTH_OR_FIELD: Final = Dur(working=True, field=True)

WHO: Final = Str("who", r"^[a-z][a-z0-9_]*(\.(owner|by))?$", ref=True)

WHOM: Final = Sub("whom")

DOER: Final = Str("doer", r"^[a-z][a-z0-9_]*(\.by)?$", ref=True)

HOURS: Final = Str("hours", ref=True)

QUOTA: Final = Str("quota", r"^[1-9][0-9]{0,3} per (day|week|month|year)$")

PATH: Final = Str("locked path", r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", ref=True)

BASE: Final = Str("base process", PROCESS_NAME.removesuffix("$") + r"(@\S+)?$", ref=True)

PRIORITIES: Final = ("urgent", "high", "normal", "low")

COLUMN_TYPES: Final = tuple(kind for kind in FIELD_TYPES if kind != "list")

RESERVED: Final = frozenset(
    {
        "order",
        "owner",
        "creator",
        "requester",
        "type",
        "priority",
        "number",
        "stage",
        "event",
        "exceptions",
        "result",
        "remove",
        "back",
        "any",
        "all",
        "has",
        "happened",
        "count",
        "sum",
        "average",
        "days",
        "duration",
        "late",
        "true",
        "false",
    }
)

RESERVED_ROLES: Final = frozenset({"owner", "creator", "requester", "customer"})


def is_time(text: str) -> bool:
    """Whether a text is a time of day, `17:00`."""
    return re.match(_TIME, text) is not None
