"""Words of outcomes, and of the ways on."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Exp, Int, Key, Many, Named, Pick, Shape, Sub
from flowengine.definition.vocabulary.shared import NOT_BY, ROW_WHEN, TITLE, to
from flowengine.definition.vocabulary.values import MOMENT, POINT, REF, WHOM

_TRIGGER_KEYS: Final = (
    Key(
        "after",
        MOMENT,
        "Happens by itself when that moment happens in this visit.",
        "本次停留中该时刻发生时自动执行。",
        "after: quality.late",
    ),
    Key(
        "when",
        Exp(),
        "Happens by itself as soon as this is true; beside `after`: only if it is true then.",
        "一旦成立即自动执行；与 `after` 同写时：只有届时成立才执行。",
        "when: stock == 0",
    ),
)


_OUTCOME_KEYS: Final = (
    TITLE,
    Key(
        "to",
        REF,
        "The stage or end where the order goes; `back` is where it was before this detour.",
        "订单转到的阶段或结束；`back` 表示绕行之前所在的阶段。",
        "to: production",
    ),
    Key(
        "by",
        Many(WHOM, single=True),
        "The roles or people that may choose it, as in the `by` of a need; default: the owner.",
        "可以选择它的角色或人，写法同要求的 `by`；默认是负责人。",
        "by: inspector",
    ),
    NOT_BY,
    Key(
        "needs",
        Named(Sub("need")),
        "What must be there to choose it; the needs of the stage are not asked.",
        "选择它须满足的要求；此时不看该阶段自己的 `needs`。",
        "needs: {quality_photo: file}",
    ),
    Key(
        "reason",
        Pick(("required",)),
        "Whoever chooses it must say why.",
        "选择它的人必须说明原因。",
        "reason: required",
    ),
    Key(
        "at_most",
        Int(1),
        "How often it may be chosen for one order; demands `beyond`.",
        "一个订单最多可选择几次；必须同时写 `beyond`。",
        "at_most: 3",
    ),
    Key(
        "beyond",
        Many(Sub("action")),
        "What happens instead when it is chosen once more.",
        "超过次数后再选择时，改为执行这些动作。",
        "beyond: [{move: cancelled}]",
    ),
    Key(
        "then",
        Many(Sub("action")),
        "What is done when it is chosen.",
        "选择它时执行的动作。",
        "then: [{notify: production.owner}]",
    ),
)


SHAPES: Final = (
    Shape(
        "outcome",
        "What may happen to a stage instead of its needs being met: chosen by a person, or by itself.",
        "阶段除完成要求之外的结果：由人选择，或自动发生。",
        (*_OUTCOME_KEYS, *_TRIGGER_KEYS),
    ),
    Shape(
        "task outcome",
        "What a person may choose instead of doing a task.",
        "任务除完成之外可由人选择的结果。",
        _OUTCOME_KEYS,
    ),
    Shape(
        "whole outcome",
        "An outcome that is open in several stages.",
        "在多个阶段都可选择的结果。",
        (
            Key(
                "from",
                Many(REF, single=True),
                "The stages where it is open, or `any`; an end listed here can be reopened.",
                "在哪些阶段可选；`any` 表示所有阶段；列出某个结束，表示以它结束的订单可以重新打开。",
                "from: [review, production]",
                required=True,
            ),
            *_OUTCOME_KEYS,
            *_TRIGGER_KEYS,
            Key(
                "edits",
                Many(REF, single=True),
                "The fields that whoever chooses it may change with it; without `to` the order stays where it is.",
                "选择它的人可以同时修改的字段；不写 `to` 则订单留在原处。",
                "edits: [address, quantity]",
            ),
            Key(
                "until",
                POINT,
                "Open only up to this moment or point in time.",
                "只在此时刻或时间点之前可选。",
                "until: logistics.entered",
            ),
        ),
    ),
    Shape(
        "row",
        "One way on; the first row whose `when` holds counts, the last has none.",
        "一条去向；`when` 最先成立的那一条生效，最后一条不写 `when`。",
        (
            ROW_WHEN,
            Key(
                "to",
                REF,
                "The stage or end where the order goes.",
                "订单转到的阶段或结束。",
                "to: logistics",
                required=True,
            ),
        ),
        short=to("to"),
    ),
)
