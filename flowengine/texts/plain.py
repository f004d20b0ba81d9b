"""Conditions, moments and lengths of time in the words of the people who run a process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "plain.yes": {"en": "yes", "zh": "是"},
    "plain.no": {"en": "no", "zh": "否"},
    "plain.is_yes": {"en": "{name} = yes", "zh": "{name} = 是"},
    "plain.is_no": {"en": "{name} = no", "zh": "{name} = 否"},
    "plain.given": {"en": "{name} is given", "zh": "{name}已填写"},
    "plain.not_given": {"en": "{name} is not given", "zh": "{name}未填写"},
    "plain.happened": {"en": "{name} has happened", "zh": "已有“{name}”"},
    "plain.not_happened": {"en": "{name} has not happened", "zh": "未有“{name}”"},
    "plain.times": {"en": "times of {name}", "zh": "“{name}”次数"},
    "plain.count": {"en": "number of {name}{column}", "zh": "{name}{column}行数"},
    "plain.sum": {"en": "total {column} of {name}", "zh": "{name}的 {column} 合计"},
    "plain.average": {"en": "average {column} of {name}", "zh": "{name}的 {column} 平均"},
    "plain.rows.any": {"en": "one of {name} with: {condition}", "zh": "{name}有一行满足：{condition}"},
    "plain.rows.all": {"en": "all of {name} with: {condition}", "zh": "{name}每一行满足：{condition}"},
    "plain.join.and": {"en": "and", "zh": "且"},
    "plain.join.or": {"en": "or", "zh": "或"},
    "plain.among": {"en": "{name} is {members}", "zh": "{name}为 {members}"},
    "plain.not_among": {"en": "{name} is not {members}", "zh": "{name}不为 {members}"},
    "plain.opposite": {"en": "not ({condition})", "zh": "并非（{condition}）"},
    "plain.bracketed": {"en": "({condition})", "zh": "（{condition}）"},
    "plain.quoted": {"en": "“{value}”", "zh": "“{value}”"},
    "moment.created": {"en": "order received", "zh": "接单时间"},
    "moment.entered": {"en": "{place} entered", "zh": "进入{place}"},
    "moment.left": {"en": "{place} left", "zh": "离开{place}"},
    "moment.late": {"en": "{place} late", "zh": "{place}逾期"},
    "moment.done": {"en": "{place} done", "zh": "{place}办结"},
    "moment.number": {"en": "order number", "zh": "订单编号"},
    "moment.stage": {"en": "stage", "zh": "阶段"},
    "span.d": {"en": "{number}d", "zh": "{number}天"},
    "span.h": {"en": "{number}h", "zh": "{number}小时"},
    "span.m": {"en": "{number}m", "zh": "{number}分钟"},
}
