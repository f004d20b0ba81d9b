"""Words of holds and how they end."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Exp, Key, Many, Named, Shape, Sub
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import REF, WHOM

SHAPES: Final = (
    Shape(
        "hold",
        "Freezes an order where it is; what people write and record still counts.",
        "使订单停在原处；期间填写和登记的内容仍然有效。",
        (
            TITLE,
            Key(
                "owner",
                WHOM,
                "Who is told when it lasts too long; default: the owner of the order.",
                "持续过久时通知谁；默认是订单负责人。",
                "owner: logistics",
            ),
            Key(
                "by",
                Many(WHOM, single=True),
                "The roles or people that may place it.",
                "可以下达它的角色或人。",
                "by: logistics",
            ),
            Key(
                "while",
                Exp(),
                "It is placed and released by itself: it lasts as long as this holds.",
                "自动下达和解除：条件成立期间一直有效。",
                "while: stock == 0",
            ),
            Key(
                "pauses",
                Many(REF, single=True),
                "The clocks, stages and tasks whose time stands still meanwhile, or `all`.",
                "期间暂停计时的计时、阶段和任务；`all` 表示全部。",
                "pauses: all",
            ),
            Key(
                "allows",
                Many(REF, single=True),
                "The outcomes that may be chosen nevertheless.",
                "期间仍可选择的结果。",
                "allows: [cancel]",
            ),
            Key(
                "release",
                Sub("release"),
                "Who may release it, and what must be there first.",
                "谁可以解除它，以及解除前须满足什么。",
                "release: {by: quality_lead, needs: {goods_checked: check}}",
            ),
            Key(
                "due",
                Many(Sub("due"), single=True),
                "Until when it should be over, counted from when it was placed.",
                "应在何时之前解除，从下达时起算。",
                "due: 4h",
            ),
        ),
    ),
    Shape(
        "release",
        "How a hold is released by hand.",
        "如何人工解除暂停。",
        (
            Key(
                "by",
                Many(WHOM, single=True),
                "The roles or people that may release it; default: those that may place it.",
                "可以解除它的角色或人；默认是可以下达它的角色或人。",
                "by: quality_lead",
            ),
            Key(
                "needs",
                Named(Sub("need")),
                "What must be there to release it.",
                "解除它须满足的要求。",
                "needs: {goods_checked: check}",
            ),
        ),
    ),
)
