"""Calls out: what waits for one, what came of it, and what is wrong where one is made (FE66x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "name.call": {"en": "a call", "zh": "外部调用"},
    "name.need.call": {"en": "a need (call)", "zh": "一项要求（call）"},
    "FE105.function": {
        "en": "write the name of a function, such as `check_credit` or `erp.check_credit`",
        "zh": "请写函数的名称，例如 `check_credit` 或 `erp.check_credit`",
    },
    "FE105.webhook": {
        "en": "write an address that begins with `https://`, in small letters up to the path, such as `https://erp.example.com/credit`",
        "zh": "请写以 `https://` 开头的网址，路径之前用小写字母，例如 `https://erp.example.com/credit`",
    },
    "FE105.part_of_a_result": {
        "en": "write a part of the answer, such as `result.overdue`, or `result` for all of it",
        "zh": "请写答复中的某一部分，例如 `result.overdue`；`result` 表示整个答复",
    },
    "FE660": {"en": "there is no call “{word}”", "zh": "没有“{word}”这项外部调用"},
    "FE661": {"en": "“{need}” cannot be called where it stands", "zh": "“{need}”在所写之处无法发起调用"},
    "FE661.hint": {
        "en": "a call is asked by the `needs` of a stage or of a task without `each`; elsewhere write the action `call`",
        "zh": "调用只能写在阶段的 `needs`，或不带 `each` 的任务的 `needs` 里；其他地方请用动作 `call`",
    },
    "FE662": {
        "en": "an answer cannot fill “{field}”: it is computed, or it says which order this is",
        "zh": "答复不能填入“{field}”：它由系统计算，或用于识别订单",
    },
    "FE662.hint": {
        "en": "let the answer fill another field",
        "zh": "请让答复填入其他字段",
    },
    "FE663": {
        "en": "calls lead to each other for ever: {path}",
        "zh": "外部调用相互引发，永无止境：{path}",
    },
    "FE663.hint": {
        "en": "let the last of them notify somebody instead; a call that takes another back has no `undo` of its own",
        "zh": "请让最后一项改为通知某人；用于撤销的调用自己不写 `undo`",
    },
    "FE664": {
        "en": "nothing takes the call “{word}” back: it has no `undo`",
        "zh": "“{word}”无法撤销：该调用没有写 `undo`",
    },
    "FE664.hint": {
        "en": "write at that call which other takes it back: `undo: …`",
        "zh": "请在该调用处写明由哪一项撤销：`undo: …`",
    },
    "FE664.all": {
        "en": "`all` stands alone, and wants at least one call that has an `undo`",
        "zh": "`all` 须单独写，且至少有一项调用写有 `undo`",
    },
    "FE784": {"en": "“{field}” is sent twice", "zh": "“{field}”送了两次"},
    "FE784.hint": {"en": "leave one of them out", "zh": "请删去一个"},
    "FE665": {"en": "nothing makes the call “{call}”", "zh": "没有任何地方发起“{call}”这项调用"},
    "FE665.hint": {
        "en": "write a need or an action `call: {call}`, or remove it",
        "zh": "请写一项要求或动作 `call: {call}`，或删去它",
    },
    "blocker.call_open": {
        "en": "waits for the answer of another system: {title}",
        "zh": "等待其他系统答复：{title}",
    },
    "blocker.call_failed": {
        "en": "{title} has failed: {why}. Try it again once the cause is mended",
        "zh": "{title}失败：{why}。排除原因后请重试",
    },
    "blocker.no_such_call": {
        "en": "this order has made no call “{name}”",
        "zh": "该订单没有发起过调用“{name}”",
    },
    "blocker.call_answered": {
        "en": "the call “{name}” was answered before; the first answer counts",
        "zh": "调用“{name}”此前已有答复，以第一次答复为准",
    },
    "blocker.inside_refused": {
        "en": "{title} was refused: {why}; nothing was changed",
        "zh": "{title}被拒绝：{why}；未作任何更改",
    },
    "call.awaitable": {
        "en": "the function is asynchronous and was not run; hand over a plain one, which may call `asyncio.run`",
        "zh": "该函数是异步函数，没有执行；请提供普通函数，其中可以使用 `asyncio.run`",
    },
    "call.not_in_answer": {"en": "the answer has no {what}", "zh": "答复中没有 {what}"},
    "call.wrong_value": {
        "en": "the answer does not fit {field}: {why}",
        "zh": "答复不符合{field}的要求：{why}",
    },
    "words.call": {"en": "call: {call}", "zh": "发起调用：{call}"},
    "words.undo": {"en": "undo: {calls}", "zh": "撤销调用：{calls}"},
    "not_sent.no_function": {
        "en": "this courier has no function {detail}",
        "zh": "投递程序没有函数 {detail}",
    },
    "not_sent.locked": {
        "en": "what it sends is sealed, and there is no master key here",
        "zh": "要送出的内容已加密，而此处没有主密钥",
    },
    "words.done_by": {"en": "done by {what}", "zh": "由 {what} 完成"},
    "words.sends": {"en": "sends {fields}", "zh": "送出 {fields}"},
    "words.fills": {"en": "fills {fields}", "zh": "填入 {fields}"},
    "words.tries": {"en": "tried {times} times at most", "zh": "最多尝试 {times} 次"},
    "words.if_done": {"en": "once done: {done}", "zh": "成功后：{done}"},
    "words.if_failed": {"en": "if it fails: {done}", "zh": "失败时：{done}"},
    "words.undone_by": {"en": "taken back by {call}", "zh": "由“{call}”撤销"},
    "diff.call.added": {"en": "new call {thing}: {said}", "zh": "新增外部调用“{thing}”：{said}"},
    "diff.call.removed": {"en": "no call {thing} any more", "zh": "不再有外部调用“{thing}”"},
    "diff.call.changed": {"en": "call {thing}: {shift}", "zh": "外部调用“{thing}”：{shift}"},
    "coverage.kind.answered": {"en": "calls answered", "zh": "得到答复的外部调用"},
    "coverage.kind.failed": {"en": "calls that failed", "zh": "失败过的外部调用"},
    "coverage.never.answered": {
        "en": "the call {name} is never answered",
        "zh": "外部调用 {name} 从未得到答复",
    },
    "coverage.never.failed": {"en": "the call {name} never fails", "zh": "外部调用 {name} 从未失败"},
    "words.every_call": {"en": "all calls", "zh": "全部调用"},
    "story.called": {"en": "asked another system: {call}", "zh": "向其他系统发起：{call}"},
    "story.called.undo": {
        "en": "asked another system to take back {undoes}: {call}",
        "zh": "请其他系统撤销{undoes}：{call}",
    },
    "story.call_done": {"en": "answered: {call}", "zh": "已答复：{call}"},
    "story.call_done.late": {
        "en": "answered, too late to change anything: {call}",
        "zh": "已答复，但为时已晚，未作改动：{call}",
    },
    "story.call_failed": {"en": "failed: {call}: {reason}", "zh": "失败：{call}：{reason}"},
    "story.undo_wanted": {
        "en": "will take back as soon as it is done: {call}",
        "zh": "一旦办成即予撤销：{call}",
    },
    "story.acted.call": {"en": "answered: {need}", "zh": "已答复：{need}"},
    "story.cause.call_failed": {"en": "failed", "zh": "失败"},
    "story.cause.call_done": {"en": "done", "zh": "已完成"},
    "moment.failed": {"en": "{thing} failed", "zh": "{thing}失败"},
    "need_kind.call": {"en": "call", "zh": "外部调用"},
    "diff.need.call": {
        "en": "the call that meets {need}: {shift}",
        "zh": "满足“{need}”的外部调用：{shift}",
    },
}
