"""Words of parts: those into which an order is split, and those with a life of their own."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Int, Key, Many, Named, Shape, Sub
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import MOMENT, REF, WHOM

SHAPES: Final = (
    Shape(
        "part",
        "Parts of an order: split over a list, each goes `through` some of its stages; or opened any number of times, with `stages` of its own.",
        "订单的部分：按列表拆分，各自走完（`through`）订单的若干阶段；或者可以开出任意多个，有自己的阶段（`stages`）。",
        (
            TITLE,
            Key(
                "of",
                REF,
                "The list whose rows are shared out: each row belongs to one part.",
                "按哪个列表拆分：每一行归入一个部分。",
                "of: items",
            ),
            Key(
                "through",
                Many(REF),
                "The stages, one below the other, that each part goes through; the order waits there until all have.",
                "每一部分各自走完的阶段，须上下相连；订单在此等待，直到各部分都走完。",
                "through: [logistics, delivery]",
            ),
            Key(
                "by",
                Many(WHOM, single=True),
                "The roles or people that may split the order, by default the owner of the first of these stages; or that may open such a part, by default the owner of the order.",
                "可以拆分订单的角色或人，默认是第一个阶段的负责人；或者可以开出这种部分的角色或人，默认是订单的负责人。",
                "by: logistics",
            ),
            Key(
                "at_most",
                Int(2),
                "The greatest number of parts: 20 by default where an order is split, and any number otherwise.",
                "最多有几部分：拆分时默认 20，其他情况默认不限。",
                "at_most: 5",
            ),
            Key(
                "fields",
                Named(Sub("field")),
                "The data of a part of its own; the order reads them as the columns of a list.",
                "这种部分自己的数据；订单把它们当作列表的各列来读。",
                "fields: {amount: {type: money, currency: CNY, required: true}}",
            ),
            Key(
                "stages",
                Named(Sub("stage")),
                "The stages of a part with a life of its own, like those of a process; its needs, owners and times stand in them.",
                "这种部分自己的阶段，写法与流程的阶段相同；要求、负责人和期限都写在其中。",
                "stages: {assess: {owner: service, due: 2d, needs: {report: file}, next: settled}}",
            ),
            Key(
                "clocks",
                Named(Sub("clock")),
                "Clocks of the whole part.",
                "整个部分的计时。",
                "clocks: {answer: {after: assess.entered, within: 24h, until: assess.left}}",
            ),
            Key(
                "outcomes",
                Named(Sub("whole outcome")),
                "Outcomes of the whole part, from several of its stages.",
                "整个部分的结果，可从其多个阶段发生。",
                "outcomes: {withdraw: {from: [assess], by: service, to: cancelled}}",
            ),
            Key(
                "ends",
                Named(Sub("end")),
                "The ends of the part; the order hears each of them. Without it `closed` and `cancelled`.",
                "这种部分的各个结束，订单都会得知；没有写时为 `closed` 和 `cancelled`。",
                "ends: {settled: {kind: success}, refused: {kind: failure}}",
            ),
            Key(
                "opens",
                MOMENT,
                "Such a part is opened whenever that happens; besides by hand, and by the action `start`.",
                "每当该时刻发生，就开出一个这样的部分；此外也可由人开出，或用动作 `start` 开出。",
                "opens: delivery.entered",
            ),
            Key(
                "each",
                REF,
                "Beside `opens`: one for each row of that list, with those of its columns that are `fields` of the part.",
                "与 `opens` 同写：该列表的每一行各开出一个，并带入与部分的 `fields` 同名的各列。",
                "each: items",
            ),
            Key(
                "order_ends",
                REF,
                "Where open parts go when the order ends: to this end of theirs, or `keep` them open; default `cancelled`.",
                "订单结束时，尚未结束的部分去往自己的哪个结束，`keep` 则继续；默认是 `cancelled`。",
                "order_ends: withdrawn",
            ),
        ),
        one_of=("through", "stages"),
    ),
)
