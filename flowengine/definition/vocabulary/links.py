"""Words of linked orders and parts."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import (
    LONGEST_NAME,
    PROCESS_NAME,
    Flag,
    Key,
    Many,
    Named,
    Pick,
    Shape,
    Str,
    Sub,
)
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import REF

SHAPES: Final = (
    Shape(
        "link",
        "A link to an order of another process, or with `many` to all orders that are linked with this one.",
        "与另一流程的一个订单的关联；写了 `many`，则是与本订单关联的所有订单。",
        (
            TITLE,
            Key(
                "process",
                Many(Str("process name", PROCESS_NAME, ref=True, longest=LONGEST_NAME), single=True),
                "The other process, or any of several.",
                "另一流程的名称，也可以是几个流程之一。",
                "process: sales-order",
                required=True,
            ),
            Key(
                "many",
                Flag(),
                "Any number of them: the other process names this one in its own `links`.",
                "可以有任意多个：由对方在其 `links` 中指明本流程。",
                "many: true",
            ),
            Key(
                "required",
                Flag(),
                "No order is opened without it.",
                "没有它就不能开单。",
                "required: true",
            ),
            Key(
                "known_there_as",
                REF,
                "What orders of this process are called over there: a link with `many`.",
                "本流程的订单在对方那里的名称：对方的一个写了 `many` 的关联。",
                "known_there_as: cases",
            ),
            Key(
                "copies",
                Named(REF),
                "On the left a field here, on the right one there: it begins with what that holds, unless something else is given.",
                "左边是本流程的字段，右边是对方的字段：没有另外填写时，以对方的值开始。",
                "copies: {customer: customer}",
            ),
            Key(
                "reads",
                Named(Sub("column")),
                "The fields over there that are read here, with their types, as in `original.amount`; nothing else of the order is.",
                "此处读取的对方字段及其类型，写作 `original.amount`；对方的其他字段都读不到。",
                "reads: {amount: money, promised_date: date}",
            ),
            Key(
                "ends",
                Many(REF),
                "The ends over there that are told here by name; default `closed` and `cancelled`.",
                "对方的哪些结束在此处各有其时刻；默认是 `closed` 和 `cancelled`。",
                "ends: [settled, refused]",
            ),
            Key(
                "cascade",
                Many(Pick(("hold", "cancel")), single=True),
                "What of the other order happens to this one as well: `hold`, it is held as long as that is; `cancel`, it is cancelled with it.",
                "对方的哪些情况也及于本订单：`hold`，对方暂停期间本订单同样暂停；`cancel`，对方取消，本订单随之取消。",
                "cascade: [hold, cancel]",
            ),
        ),
    ),
)
