"""Words that several shapes have in common."""

from __future__ import annotations

from typing import Final

from flowengine.definition.kinds import FIELD_TYPES
from flowengine.definition.shapes import Exp, Key, Many, Pick, Short, Sub, Txt, Value
from flowengine.definition.vocabulary.values import LENGTH, REF, WHOM


def to(key: str) -> Short:
    """The short form that is simply the value of one key."""
    values: dict[str, Value] = {"type": Pick(FIELD_TYPES), "within": LENGTH, "to": REF}
    return alone(key, values[key])


def alone(key: str, value: Value) -> Short:
    """The short form that is the value of one key, of this kind."""
    return Short(
        value,
        lambda _, node: {key: node},
        en=f"the value of `{key}` alone",
        zh=f"只写 `{key}` 的值",
    )


ROW_WHEN: Final = Key(
    "when", Exp(), "The condition under which this row counts.", "本行生效的条件。", "when: stock >= quantity"
)


TITLE: Final = Key(
    "title", Txt(), "The name that people see.", "显示给人看的名称。", "title: {zh: 审核, en: Review}"
)


NOT_BY: Final = Key(
    "not_by",
    Many(REF, single=True),
    "Four eyes: not by the person who opened the order (`creator`), nor by whoever did that other need, in whatever role.",
    "四眼原则：不得由开单人（`creator`）办理，也不得由办理了所列另一项要求的人办理，换一个角色也不行。",
    "not_by: creator",
)


NOTIFY: Final = Key(
    "notify",
    Many(WHOM, single=True),
    "Leave a message for a role, for `owner` (of the place where this stands), or for the owner of a stage.",
    "给角色、所在之处的负责人（`owner`）或某阶段的负责人留言。",
    "notify: production.owner",
)


MESSAGE: Final = Key(
    "message",
    REF,
    "Beside `notify`: which of the `messages` is sent; default the standard text of what has happened.",
    "与 `notify` 同写：发送 `messages` 中的哪一条；默认按所发生的事使用标准文字。",
    "message: shipped",
)


CALENDAR: Final = Key(
    "calendar",
    REF,
    "The calendar of its time thresholds; default: that of where it stands.",
    "其期限所用的日历；默认是所在之处的日历。",
    "calendar: factory",
)


THEN: Final = Key("then", Many(Sub("action")), "What is done.", "执行的动作。", "then: [{notify: owner}]")
