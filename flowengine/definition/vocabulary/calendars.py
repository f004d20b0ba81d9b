"""Words of working calendars."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Key, Many, Named, Pick, Shape, Str
from flowengine.definition.vocabulary.values import HOURS

SHAPES: Final = (
    Shape(
        "calendar",
        "A working calendar: hours of work by weekday, public holidays, and days that are otherwise.",
        "工作日历：每周的工作时间、法定节假日，以及与平常不同的日子。",
        (
            Key(
                "zone",
                Str("time zone", ref=True),
                "The time zone of its hours.",
                "其中各时间所用的时区。",
                "zone: Asia/Shanghai",
                required=True,
            ),
            Key(
                "holidays",
                Pick(("CN", "none")),
                "Whose public holidays are days off, and whose make-up workdays are workdays; default `none`.",
                "按哪个国家的法定节假日放假、调休日上班；默认 `none`，即不考虑。",
                "holidays: CN",
            ),
            Key(
                "week",
                Named(Many(HOURS, single=True), pattern=r"^\S+$"),
                "The shifts of each weekday, `mon tue wed thu fri sat sun` or several of them; a day that is not written is closed.",
                "各个星期几的班次：`mon tue wed thu fri sat sun`，也可写连续几天；没有写的日子不上班。",
                'week: {mon-fri: ["09:00-12:00", "13:30-18:00"], sat: ["09:00-12:00"]}',
                required=True,
            ),
            Key(
                "days",
                Named(Many(HOURS, single=True), pattern=r"^\S+( \S+)*$"),
                "Days by date, and what is worked then whatever weekday or holiday it is: shifts, or `closed`.",
                "按日期写明的日子；无论星期几、是否节假日，都按这里写的班次上班，或 `closed`（不上班）。",
                'days: {2026-02-16..2026-02-23: closed, 2026-02-14: ["09:00-17:00"]}',
            ),
        ),
    ),
)
