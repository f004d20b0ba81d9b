"""Words of rules and of what is done."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import (
    LONGEST_NAME,
    Exp,
    Flag,
    Int,
    Key,
    Many,
    Named,
    Shape,
    Str,
    Sub,
)
from flowengine.definition.vocabulary.shared import MESSAGE, NOTIFY, THEN, TITLE
from flowengine.definition.vocabulary.values import MOMENT, POINT, REF, WHOM

_PROCESS_OR_PART: Final = r"^[a-z][a-z0-9_]*(-[a-z0-9]+)*$"

VERB_KEYS: Final = (
    NOTIFY,
    MESSAGE,
    Key(
        "ask",
        Named(Sub("need")),
        "Add needs to this visit of the stage; it cannot be left without them.",
        "为订单在本阶段的这次停留增加要求；不满足就不能离开。",
        "ask: {cause: {note: 原因, by: quality_lead}}",
    ),
    Key(
        "by",
        Many(WHOM, single=True),
        "Beside `ask`: the roles or people that may do what is asked, as in the `by` of a need.",
        "与 `ask` 同写：可以完成这些要求的角色或人，写法同要求的 `by`。",
        "by: quality_lead",
    ),
    Key(
        "due",
        Many(Sub("due"), single=True),
        "Beside `ask`: until when it must be done.",
        "与 `ask` 同写：完成的期限。",
        "due: 4h",
    ),
    Key(
        "move",
        REF,
        "Leave now for that stage or end, or `back`.",
        "立即转到该阶段或结束，或用 `back` 返回。",
        "move: cancelled",
    ),
    Key(
        "hold",
        REF,
        "Place that hold; one that is placed already stays.",
        "下达该暂停；已经下达的保持不变。",
        "hold: cold_chain",
    ),
    Key(
        "release",
        REF,
        "Release that hold.",
        "解除该暂停。",
        "release: cold_chain",
    ),
    Key(
        "set",
        Named(Exp("expression")),
        "Write these fields; `priority` is one of them.",
        "写入这些字段；`priority` 也可以写。",
        "set: {priority: \"'urgent'\"}",
    ),
    Key(
        "assign",
        WHOM,
        "The open work of this place passes to them.",
        "该处尚未完成的工作转交给他们。",
        "assign: department_head",
    ),
    Key(
        "start",
        Str("process name", _PROCESS_OR_PART, ref=True, longest=LONGEST_NAME),
        "Open an order of that process, linked with this one; `links` says under which name. Or a part of this order that has stages of its own, by its name.",
        "按该流程开一个与本订单关联的订单，在 `links` 中写明关联的名称；或写部分的名称，开出一个有自己阶段的部分。",
        "start: after-sales",
    ),
    Key(
        "each",
        REF,
        "Beside `start` of a part: one for each row of that list, with those of its columns that are fields of the part.",
        "与 `start` 同写，用于部分：该列表的每一行各开出一个，并带入与部分的字段同名的各列。",
        "each: items",
    ),
    Key(
        "fields",
        Named(Exp("expression")),
        "Beside `start`: the fields of the new order, and what they hold at first.",
        "与 `start` 同写：新订单的字段及其初始值。",
        "fields: {issue: \"'complaint'\"}",
    ),
    Key(
        "call",
        REF,
        "Make that call out.",
        "发起该外部调用。",
        "call: release_stock",
    ),
    Key(
        "undo",
        Many(REF, single=True),
        "Take back what calls have done, by the `undo` of each, the latest first and each once: `all`, or those named.",
        "撤销外部调用已办成的事：逐一执行各自的 `undo`，后办的先撤，每次调用只撤一次；`all` 为全部，也可列出名称。",
        "undo: all",
    ),
    Key(
        "raise",
        REF,
        "Raise that exception; one that is open already stays, and its tier rises if it must.",
        "发起该异常；已经发起且未解决的保持不变，必要时升级。",
        "raise: lost_parcel",
    ),
    Key(
        "tier",
        Int(least=1),
        "Beside `raise`: at least on that tier.",
        "与 `raise` 同写：至少从这一级开始处理。",
        "tier: 2",
    ),
    Key(
        "resolve",
        REF,
        "That exception is resolved by this; nothing happens where it is not open.",
        "该异常由此解决；没有未解决的该异常时什么也不做。",
        "resolve: stock_out",
    ),
)


VERBS: Final = (
    "notify", "ask", "move", "hold", "release", "set", "assign", "start", "call", "undo", "raise", "resolve",
)  # fmt: skip


SHAPES: Final = (
    Shape(
        "rule",
        "What is done by itself: when a moment or a point in time comes, or when a condition turns true.",
        "自动执行的规则：某个时刻或时间点到来时，或条件变为成立时。",
        (
            TITLE,
            Key(
                "after",
                MOMENT,
                "It fires when that happens.",
                "该时刻发生时触发。",
                "after: shipped_at",
            ),
            Key(
                "at",
                POINT,
                "It fires at that point in time.",
                "到该时间点时触发。",
                "at: promised_date - 1d",
            ),
            Key(
                "when",
                Exp(),
                "It fires when this turns true; beside `after` or `at`: only if it is true then.",
                "变为成立时触发；与 `after` 或 `at` 同写时：只有届时成立才触发。",
                "when: celsius > 8",
            ),
            THEN,
            Key(
                "each",
                Flag(),
                "`true`: it fires at every such moment, not only when the condition turns true.",
                "`true`：每次该时刻发生都触发，而不只是条件变为成立时。",
                "each: true",
            ),
        ),
        at_most_one_of=("after", "at"),
    ),
    Shape(
        "action", "What is done. Exactly one verb.", "执行的一个动作，只能写一种。", VERB_KEYS, one_of=VERBS
    ),
    Shape("telling", "Who is told.", "通知谁。", (NOTIFY, MESSAGE), one_of=("notify",)),
)
