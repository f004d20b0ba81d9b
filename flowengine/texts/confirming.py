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
    "help.serve": {
        "en": "Serve the pages on which customers confirm, to try them on this machine.",
        "zh": "在本机提供客户确认页面，供试用。",
    },
    "help.serve.example": {
        "en": "flowengine serve --port 8000",
        "zh": "flowengine serve --port 8000 --lang zh",
    },
    "serve.at": {
        "en": "Pages are served below {url}; make links with `flowengine link ORDER NEED --base {url}`. Ctrl-C stops.",
        "zh": "页面地址在 {url} 之下；用 `flowengine link 订单 要求 --base {url}` 生成链接。按 Ctrl-C 停止。",
    },
    "trouble.no_extra": {
        "en": "this needs {module}, which is not installed: pip install 'flowengine-orders[{where}]'",
        "zh": "缺少 {module}，请安装：pip install 'flowengine-orders[{where}]'",
    },
    "page.number": {"en": "Order", "zh": "订单"},
    "page.confirm": {"en": "Confirm", "zh": "确认"},
    "page.decline": {"en": "Something is not right", "zh": "内容有误或不同意"},
    "page.reason": {"en": "What is not right?", "zh": "请说明原因"},
    "page.send": {"en": "Send, without confirming", "zh": "不确认，提交原因"},
    "page.why": {"en": "Please say what is not right.", "zh": "请说明原因。"},
    "page.missing": {"en": "Please fill in: {field}.", "zh": "请填写：{field}。"},
    "page.changed": {
        "en": "The order was changed meanwhile. Please look at it again, then confirm.",
        "zh": "订单内容在此期间有改动，请重新查看后再确认。",
    },
    "page.later": {
        "en": "This cannot be taken just now. Please try again later, or ask us.",
        "zh": "暂时无法提交，请稍后再试，或与我们联系。",
    },
    "page.thanks.title": {"en": "Thank you", "zh": "谢谢"},
    "page.thanks": {"en": "Your confirmation has arrived.", "zh": "您的确认已收到。"},
    "page.noted.title": {"en": "Thank you", "zh": "谢谢"},
    "page.noted": {
        "en": "Nothing was confirmed. We have your message and will come back to you.",
        "zh": "未作确认。您的意见已收到，我们会与您联系。",
    },
    "page.answered.title": {"en": "Nothing more to do", "zh": "无需再办理"},
    "page.answered": {"en": "This has been answered already. Thank you.", "zh": "此事项已有答复，谢谢。"},
    "page.expired.title": {"en": "This link has expired", "zh": "链接已过期"},
    "page.expired": {"en": "Please ask us for a new one.", "zh": "请与我们联系，索取新的链接。"},
    "page.revoked.title": {"en": "This link is no longer good", "zh": "链接已失效"},
    "page.revoked": {
        "en": "It was taken back. Please ask us if you were waiting for it.",
        "zh": "链接已被收回。如有疑问，请与我们联系。",
    },
    "page.ended.title": {"en": "The order is finished", "zh": "订单已结束"},
    "page.ended": {"en": "There is nothing more to confirm.", "zh": "没有需要确认的内容。"},
    "page.gone.title": {"en": "Nothing to confirm at present", "zh": "目前无需确认"},
    "page.gone": {
        "en": "This is not asked any more as it was. If it is asked again, you will get a new link.",
        "zh": "该事项已不再按原样征求确认。如需重新确认，我们会发送新的链接。",
    },
    "page.unknown.title": {"en": "There is no such page", "zh": "没有这个页面"},
    "page.unknown": {
        "en": "Please open the link exactly as you received it.",
        "zh": "请按收到的链接原样打开。",
    },
    "page.busy.title": {"en": "Please try again", "zh": "请重试"},
    "page.busy": {
        "en": "We cannot be reached just now. Nothing was changed; please try again in a minute.",
        "zh": "系统暂时繁忙，未作任何更改，请一分钟后重试。",
    },
    "page.wrong.title": {"en": "This was not understood", "zh": "无法识别提交的内容"},
    "page.wrong": {
        "en": "Please open the link again and use the form on the page.",
        "zh": "请重新打开链接，使用页面上的表单提交。",
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
