"""Words of what comes from outside."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Exp, Flag, Key, Many, Named, Pick, Shape, Str, Sub
from flowengine.definition.vocabulary.shared import TITLE, alone
from flowengine.definition.vocabulary.values import COLUMN_TYPES, REF

SHAPES: Final = (
    Shape(
        "event",
        "Something that another system reports about an order.",
        "其他系统就某个订单报告的一件事。",
        (
            TITLE,
            Key(
                "data",
                Named(Sub("datum")),
                "What comes with it, each with its type; in expressions `event.NAME`.",
                "随之而来的数据及其类型；在表达式中写作 `event.名称`。",
                "data: {parcel: text, celsius: decimal}",
                required=True,
            ),
            Key(
                "match",
                Named(Exp("expression")),
                "Which order it belongs to: the one whose fields, or whose `number`, have these values.",
                "属于哪个订单：字段（或 `number`）等于这些值的订单。",
                "match: {waybill: event.parcel}",
                required=True,
            ),
            Key(
                "unique",
                REF,
                "What comes again with the same value of this is the same event, and counts once.",
                "该数据的值相同即为同一事件，只算一次。",
                "unique: scan",
            ),
            Key(
                "creates",
                Flag(),
                "Where no order has these values, one is opened with them and with what `sets` says.",
                "没有订单符合时，以这些值和 `sets` 的内容开立一个。",
                "creates: true",
            ),
            Key(
                "sets",
                Named(Exp("expression")),
                "The fields that change with it.",
                "随之修改的字段。",
                "sets: {parcel_place: event.place}",
            ),
            Key(
                "early",
                Pick(("keep", "refuse")),
                "What becomes of it where no need waits for it yet: it counts once one does (`keep`, the default), or is refused.",
                "尚无要求等待它时：留待有要求时计入（`keep`，默认），或拒收（`refuse`）。",
                "early: refuse",
            ),
        ),
    ),
    Shape(
        "datum",
        "Something that comes with an event.",
        "随事件而来的一项数据。",
        (
            Key(
                "type", Pick(COLUMN_TYPES), "The kind of value.", "值的类型。", "type: decimal", required=True
            ),
            TITLE,
            Key(
                "required",
                Flag(),
                "Whether an event without it is refused; default `true`.",
                "缺少它的事件是否拒收；默认 `true`。",
                "required: false",
            ),
            Key(
                "choices",
                Many(Str()),
                "The words a `choice` may take.",
                "`choice` 可取的值。",
                "choices: [in, out]",
            ),
        ),
        short=alone("type", Pick(COLUMN_TYPES)),
    ),
)
