"""Words of messages."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Key, Shape, Txt

SHAPES: Final = (
    Shape(
        "message",
        "What is said to somebody. `{{ NAME }}` stands for a value of the order; a dash where there is none.",
        "发给某人的文字。`{{ NAME }}` 处填入订单的值；没有值则为短横线。",
        (
            Key(
                "subject",
                Txt(template=True),
                "The heading, on one line; default the number and what has happened.",
                "标题，只有一行；默认是编号与所发生的事。",
                'subject: "订单 {{ number }}"',
            ),
            Key(
                "text",
                Txt(template=True),
                "What is said.",
                "正文。",
                'text: "订单 {{ number }} 已发货，运单 {{ waybill }}"',
                required=True,
            ),
        ),
    ),
)
