"""Words of parts: an order that is split goes on in several, each by itself."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Int, Key, Many, Shape
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import REF, WHOM

SHAPES: Final = (
    Shape(
        "part",
        "Parts into which an order may be split; each goes through some stages by itself.",
        "订单可以拆成的部分；每一部分各自走完若干阶段。",
        (
            TITLE,
            Key(
                "of",
                REF,
                "The list whose rows are shared out: each row belongs to one part.",
                "按哪个列表拆分：每一行归入一个部分。",
                "of: items",
                required=True,
            ),
            Key(
                "through",
                Many(REF),
                "The stages, one below the other, that each part goes through; the order waits there until all have.",
                "每一部分各自走完的阶段，须上下相连；订单在此等待，直到各部分都走完。",
                "through: [logistics, delivery]",
                required=True,
            ),
            Key(
                "by",
                Many(WHOM, single=True),
                "The roles or people that may split the order; default: the owner of the first of these stages.",
                "可以拆分订单的角色或人；默认是第一个阶段的负责人。",
                "by: logistics",
            ),
            Key(
                "at_most",
                Int(2),
                "The greatest number of parts; default 20.",
                "最多拆成几部分；默认 20。",
                "at_most: 5",
            ),
        ),
    ),
)
