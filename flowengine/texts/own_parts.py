"""Parts with a life of their own: what is said of them, and what is wrong with one (FE750-FE759)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "FE750": {
        "en": "the type “{type}” changes the parts “{part}”, which are the same in orders of every type",
        "zh": "类型“{type}”修改了部分“{part}”，而这种部分在各类型的订单中都相同",
    },
    "FE750.hint": {
        "en": "write it under `parts` of the process; what depends on the order, say with `when`",
        "zh": "请写在流程的 `parts` 中；因订单而异的内容用 `when` 写明",
    },
    "FE751": {
        "en": "`{word}` says nothing about the parts “{part}”",
        "zh": "`{word}` 对部分“{part}”没有意义",
    },
    "FE751.divided": {
        "en": "remove `{word}`: parts that go `through` stages of the order have its data and its ends",
        "zh": "请删去 `{word}`：写了 `through` 的部分走订单的阶段，数据与结束都与订单相同",
    },
    "FE751.own": {
        "en": "remove `{word}`: nothing is split into parts with `stages` of their own; or write `through` in place of `stages`",
        "zh": "请删去 `{word}`：写了 `stages` 的部分不由拆分产生；或把 `stages` 改为 `through`",
    },
    "FE751.each": {
        "en": "write `opens: MOMENT` as well: then one is opened for each row; by hand they are opened one by one",
        "zh": "请同时写 `opens: 时刻`，届时每一行各开出一个；由人开出时则是逐个开出",
    },
    "FE752": {
        "en": "“{field}” is private, and the parts “{part}” keep no private data",
        "zh": "“{field}”是个人信息，而部分“{part}”不保存个人信息",
    },
    "FE752.hint": {
        "en": "let the order keep it, and remove `private` here or the field",
        "zh": "请把它放在订单中，并删去此处的 `private` 或该字段",
    },
    "FE753": {
        "en": "“{need}” ({kind}) cannot be asked of the parts “{part}”: only their order has it",
        "zh": "不能对部分“{part}”要求“{need}”（{kind}）：只有订单才有",
    },
    "FE753.hint": {
        "en": "ask for a check, a file, a note, a field, a condition or a confirmation; or ask it of the order",
        "zh": "可以要求勾选（check）、凭证（file）、说明（note）、字段（field）、条件（that）或确认（confirm）；或改为对订单要求",
    },
    "FE754": {
        "en": "the parts have no end “{word}” to go to when their order ends",
        "zh": "部分没有“{word}”这个结束，订单结束时无处可去",
    },
    "FE755": {
        "en": "the parts “{part}” do not say over which list an order is split",
        "zh": "部分“{part}”没有写明按哪个列表拆分订单",
    },
    "FE755.hint": {"en": "write `of: LIST`; there is: {known}", "zh": "请写 `of: 列表`；现有：{known}"},
    "FE756": {
        "en": "`each` opens parts of this order, and {process} is a process",
        "zh": "`each` 用于开出本订单的部分，而 {process} 是一个流程",
    },
    "FE756.hint": {"en": "remove `each`", "zh": "请删去 `each`"},
    "FE757": {
        "en": "parts “{part}” must have “{word}” when they are opened, and nothing gives it",
        "zh": "开出部分“{part}”须有“{word}”，而此处没有给出",
    },
    "FE757.hint": {
        "en": "write `start` with `fields: {{{word}: …}}`, let it be a required column of the rows, or give the field a default",
        "zh": "请在 `start` 处写 `fields: {{{word}: …}}`，或将其设为各行的必填列，或为该字段写上默认值",
    },
    "FE758": {
        "en": "“{word}” is {here} in the rows, and {there} in the parts “{part}” that they fill",
        "zh": "“{word}”在各行中是{here}，而在由其带入的部分“{part}”中是{there}",
    },
    "FE758.hint": {"en": "use the same type, or another name", "zh": "请用同一种类型，或改用别的名称"},
    "explain.linked": {"en": "{name}: {said}", "zh": "{name}：{said}"},
    "trouble.no_part": {
        "en": "{where}: there are no parts “{part}” with stages of their own; known: {known}",
        "zh": "{where}：没有自有阶段的部分“{part}”；可用：{known}",
    },
    "parts.opens": {"en": "opened: {part}", "zh": "开出：{part}"},
    "words.open": {"en": "open a part: {part}", "zh": "开出部分：{part}"},
    "words.open_with": {"en": "open a part: {part}, with {fields}", "zh": "开出部分：{part}，{fields}"},
    "words.open.each": {"en": "{said}, for each row of {rows}", "zh": "{said}，{rows}的每一行各一个"},
    "parts.order_ended": {"en": "{part}: the order has ended", "zh": "{part}：订单已结束"},
    "blocker.no_own_part": {
        "en": "no part “{name}” can be opened; there is: {known}",
        "zh": "不能开出部分“{name}”；现有：{known}",
    },
    "blocker.parts_enough": {
        "en": "there are {most} of {title} already, and no more may be",
        "zh": "{title}已有 {most} 个，不能再增加",
    },
    "story.opening": {"en": "part to be opened: {link} {number}", "zh": "将开出部分：{link} {number}"},
    "train.open": {"en": "open a part: {title}", "zh": "开出部分：{title}"},
    "words.own_part": {"en": "any number, opened by {who}", "zh": "数量不限，由{who}开出"},
    "words.own_part.most": {"en": "at most {most}, opened by {who}", "zh": "最多 {most} 个，由{who}开出"},
    "diff.own_part.added": {
        "en": "orders can have parts {thing}: {said}",
        "zh": "订单可以有部分“{thing}”：{said}",
    },
    "diff.own_part.removed": {
        "en": "orders can have no parts {thing} any more",
        "zh": "订单不再能有部分“{thing}”",
    },
    "diff.own_part.changed": {"en": "parts {thing}: {shift}", "zh": "部分“{thing}”：{shift}"},
}
