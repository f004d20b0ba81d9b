"""Working calendars: holidays, days of work that make up for them, lengths of working time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "holiday.bridge": {"en": "Day off, made up for on {day}", "zh": "调休（{day} 补班）"},
    "holiday.make_up": {"en": "Make-up workday for {day}", "zh": "补班（补 {day}）"},
    "length.elapsed": {"en": "{length}", "zh": "{length}"},
    "length.working": {"en": "{number} working hours", "zh": "{number}个工作小时"},
    "length.working.one": {"en": "1 working hour", "zh": "1个工作小时"},
    "length.days": {"en": "{number} working days", "zh": "{number}个工作日"},
    "length.days.one": {"en": "1 working day", "zh": "1个工作日"},
}
