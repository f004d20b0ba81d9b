"""Cron expressions as they are written: five fields, nothing of a system's own, and a date that exists."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

_FIELDS: Final = 5
_YEARS: Final = 9
"""No two 29ths of February are farther apart; what does not come within these never does."""
_FIELD: Final = re.compile(r"[0-9*,/-]{1,80}")
_NAME: Final = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat")


def cron_fields(text: str) -> str:
    """The expression, its fields one space apart. Raises ValueError for what is none or never comes."""
    from croniter import CroniterError, croniter  # noqa: PLC0415 - 20 ms

    fields = text.lower().split()
    if len(fields) != _FIELDS or not all(_FIELD.fullmatch(_NAME.sub("1", field)) for field in fields):
        raise ValueError(text)
    plain = " ".join(fields)
    try:
        croniter(plain, datetime(2024, 1, 1), max_years_between_matches=_YEARS).get_next()  # noqa: DTZ001
    except CroniterError as wrong:
        raise ValueError(text) from wrong
    return plain
