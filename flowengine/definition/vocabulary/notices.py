"""Words of how people are told."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Key, Many, Named, Shape
from flowengine.definition.vocabulary.values import REF

SHAPES: Final = (
    Shape(
        "notices",
        "How messages reach people outside; what is said stands in `messages`, who is told beside `notify`.",
        "消息怎样送到外部的人；说什么写在 `messages`，发给谁写在 `notify`。",
        (
            Key(
                "via",
                Named(Many(REF, single=True)),
                "For each role, `customer` or `everyone` else: the channels of the host, the next one when one fails for good. Default: all that the host has, in its order. Whoever is named and has no address on them is listed as given up.",
                "按角色、`customer`（客户）或 `everyone`（其他所有人）写明使用宿主的哪些渠道；前一个确定送不到时用下一个。默认使用宿主的全部渠道，按其顺序。写明的人在这些渠道上没有地址时，列为已放弃。",
                "via: {customer: [sms, mail], everyone: chat}",
            ),
        ),
    ),
)
