"""Confirmations: what waits for one, what came of it, and what is wrong where one is asked (FE56x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "blocker.confirm_open": {
        "en": "not confirmed yet: {title} ({owner})",
        "zh": "尚未确认：{title}（{owner}）",
    },
    "blocker.customers_own": {
        "en": "{title} waits for the customer: nobody takes it upon themselves",
        "zh": "{title}在等待客户，不能由他人认领",
    },
    "blocker.shown_before": {
        "en": "{title} has changed since it was shown: look at it again, then confirm",
        "zh": "{title}的内容在展示之后有改动：请重新查看后再确认",
    },
    "blocker.not_asked_with_it": {
        "en": "“{name}” is not asked with {title}; that is: {known}",
        "zh": "{title}不包含“{name}”；须填写的有：{known}",
    },
    "story.acted.confirm": {"en": "confirmed: {need}", "zh": "确认：{need}"},
    "story.declined": {"en": "did not confirm {need}: {reason}", "zh": "不予确认{need}：{reason}"},
    "story.invited": {
        "en": "made the link {link} for {need}, good until {until}",
        "zh": "生成链接 {link}，用于{need}，有效期至 {until}",
    },
    "story.revoked": {"en": "took back the link {link} for {need}", "zh": "收回用于{need}的链接 {link}"},
    "blocker.no_outsider": {
        "en": "{title} is confirmed by {owner}, who need no link",
        "zh": "{title}由 {owner} 确认，不需要链接",
    },
    "help.link": {
        "en": "Make a link on which the customer confirms a need, list the links of an order, or take one back.",
        "zh": "生成供客户确认某项要求的链接，列出订单的链接，或收回链接。",
    },
    "help.link.example": {
        "en": "flowengine link 202602-001 --as ann:order_desk",
        "zh": "flowengine link 202602-001 --as 张敏:order_desk --lang zh",
    },
    "link.made": {
        "en": "Link {id}, good for one answer until {until}. It is shown this once: send it to the customer alone.",
        "zh": "链接 {id}，只能答复一次，有效期至 {until}。仅显示这一次，请只发给客户本人。",
    },
    "link.none": {"en": "{number} has no links.", "zh": "{number} 没有链接。"},
    "link.line": {
        "en": "{id}  {need}: {state}; made by {by}, until {until}",
        "zh": "{id}  {need}：{state}；由 {by} 生成，有效期至 {until}",
    },
    "link.good": {"en": "good", "zh": "有效"},
    "link.answered": {"en": "answered", "zh": "已答复"},
    "link.expired": {"en": "expired", "zh": "已过期"},
    "link.revoked": {"en": "taken back", "zh": "已收回"},
    "trouble.no_time": {
        "en": "--expires {where}: this is no length of time; write 48h or 14d, at most 366d",
        "zh": "--expires {where}：不是时长；请写成 48h 或 14d，最长 366d",
    },
    "need_kind.confirm": {"en": "confirmation", "zh": "确认"},
    "name.need.confirm": {"en": "a confirmation", "zh": "确认事项"},
    "short.confirm": {"en": "confirm", "zh": "确认"},
    "train.confirm": {"en": "confirm: {title}", "zh": "确认：{title}"},
    "train.fills": {"en": "FIELD=VALUE for {title}", "zh": "{title}的内容（字段=值）"},
    "diff.need.asks": {
        "en": "what has to be filled in with {need}: {shift}",
        "zh": "确认“{need}”时须填写的字段：{shift}",
    },
    "FE560": {
        "en": "nobody can fill in “{field}” with a confirmation: it is computed, a list, or stays as it is",
        "zh": "确认时无法填写“{field}”：它由系统算出、是列表，或开单后不再改变",
    },
    "FE560.hint": {"en": "remove it from `asks`", "zh": "请从 `asks` 中删去"},
    "FE561": {
        "en": "there is no need “{word}” that is confirmed",
        "zh": "没有名为“{word}”的确认要求",
    },
    "FE562": {"en": "`fills` stands without `confirm`", "zh": "写了 `fills`，却没有 `confirm`"},
    "FE562.hint": {
        "en": "add `confirm` with the name of the need; values of fields are otherwise written with `write`",
        "zh": "请加上 `confirm` 及要求的名称；其他情况下用 `write` 填写字段",
    },
}
