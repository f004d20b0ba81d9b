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
    "weekday.mon": {"en": "Monday", "zh": "星期一"},
    "weekday.tue": {"en": "Tuesday", "zh": "星期二"},
    "weekday.wed": {"en": "Wednesday", "zh": "星期三"},
    "weekday.thu": {"en": "Thursday", "zh": "星期四"},
    "weekday.fri": {"en": "Friday", "zh": "星期五"},
    "weekday.sat": {"en": "Saturday", "zh": "星期六"},
    "weekday.sun": {"en": "Sunday", "zh": "星期日"},
    "calendar.none": {"en": "none", "zh": "无"},
    "calendar.closed": {"en": "closed", "zh": "不上班"},
    "calendar.as_usual": {"en": "as on other such days", "zh": "与平常相同"},
}
