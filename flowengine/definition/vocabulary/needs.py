"""Words of needs, the same wherever something is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flowengine.definition.document import Node, scalar
from flowengine.definition.shapes import Exp, Key, Many, Named, Pick, Shape, Short, Sub, Txt
from flowengine.definition.vocabulary.shared import NOT_BY
from flowengine.definition.vocabulary.values import LENGTH, MOMENT, REF, WHOM


def _need(name: str, node: Node) -> Mapping[str, Node]:
    argument = "customer" if node.value == "confirm" else name
    return {str(node.value): scalar(argument, node.place)}


_NEED_SHORT: Final = Short(
    Pick(("check", "file", "note", "field", "approval", "confirm", "call", "event")),
    _need,
    en="the kind alone; its argument is then the need's own name, for `confirm` the customer",
    zh="只写类型，其参数就是该要求自己的名称；`confirm` 则为客户",
)


_NEED_KEYS: Final = (
    Key(
        "check",
        Txt(),
        "Met when somebody ticks it; the text says what is confirmed.",
        "有人勾选即满足；文字说明所确认的内容。",
        "check: 客户资质合格",
    ),
    Key(
        "file",
        Txt(),
        "Met when a file is recorded as evidence; what is kept is a reference to it.",
        "登记了凭证文件即满足；系统保存的是文件的引用。",
        "file: 付款凭证",
    ),
    Key(
        "note",
        Txt(),
        "Met when somebody writes something.",
        "有人填写了内容即满足。",
        "note: 与客户沟通的结论",
    ),
    Key(
        "field",
        REF,
        "Met while that field has a value; a list needs a row.",
        "该字段有值即满足；列表至少要有一行。",
        "field: waybill",
    ),
    Key(
        "that",
        Exp(),
        "Met while the condition holds; looked at again on every change.",
        "条件成立即满足，每次变更都会重新判断。",
        "that: not customer_overdue",
    ),
    Key(
        "approval",
        REF,
        "Met when a round of that approval is granted.",
        "按该审批形式进行的一轮审批通过即满足。",
        "approval: order_review",
    ),
    Key(
        "confirm",
        Many(WHOM, single=True),
        "Met when they confirm it themselves: the `customer`, through a link or the host's own login, people with these roles, or a person as in `by`.",
        "由其本人确认即满足：`customer` 即客户，通过链接或宿主系统的登录确认；也可以是这些角色的人，或写法同 `by` 的一个人。",
        "confirm: customer",
    ),
    Key(
        "event",
        REF,
        "Met when that event is received.",
        "收到该事件即满足。",
        "event: customs_cleared",
    ),
    Key(
        "asks",
        Many(REF, single=True),
        "Beside `confirm`: the fields to be filled in with it. Each must have a value then.",
        "与 `confirm` 同写：确认时须填写的字段，确认后每个字段都须有值。",
        "asks: [survey_score]",
    ),
    Key(
        "call",
        REF,
        "Met when that call out is done: it is made as soon as the need is asked, and anew in each visit.",
        "该外部调用成功即满足：一提出要求即发起，每次停留各发起一次。",
        "call: check_credit",
    ),
    Key(
        "title",
        Txt(),
        "Beside `confirm`: what is to be confirmed, as people read it.",
        "与 `confirm` 同写：给人看的确认事项。",
        "title: {zh: 请确认订单内容, en: Please confirm your order}",
    ),
    Key(
        "by",
        Many(WHOM, single=True),
        "The roles or people that may do it: a role, `creator`, a field of type `person`, `STAGE.owner` or `TASK.owner`, or `NEED.by`, who did that; default: the owner of the stage.",
        "可以完成它的角色或人：角色、`creator`（开单的人）、类型为 `person` 的字段、`阶段.owner` 或 `任务.owner`（其负责人），或 `要求.by`（办理该要求的人）；默认是该阶段的负责人。",
        "by: finance",
    ),
    NOT_BY,
    Key(
        "else",
        Txt(),
        "What people are told while a `that` does not hold, or a `confirm` is not there.",
        "`that` 不成立或 `confirm` 尚未确认时给人看的说明。",
        "else: 客户有逾期未付款",
    ),
    Key(
        "any",
        Named(Sub("need"), least=2),
        "Met when one of these needs is met.",
        "其中任何一项满足即满足。",
        "any: {signed_receipt: file, photo_at_door: file}",
    ),
    Key(
        "when",
        Exp(),
        "Asked only while the condition holds.",
        "条件成立时才要求。",
        "when: amount > 50000",
    ),
    Key(
        "after",
        MOMENT,
        "Asked only once that has happened: another need or task of the stage, or any moment.",
        "该事项发生之后才要求：本阶段的另一项要求或任务，或任何时刻。",
        "after: order_review",
    ),
    Key(
        "covers",
        Many(REF, single=True),
        "The act stays valid in later visits until one of these fields changes; then it is asked again at once, and the order cannot go on before.",
        "办理一次，以后各次停留都有效，直到其中某个字段改变；一旦改变就立即重新要求，补办之前订单不能前进。",
        "covers: [amount]",
    ),
    Key(
        "waive",
        Many(WHOM, single=True),
        "The roles or people that may do without it, with a reason.",
        "可以免除该项的角色或人，须说明原因。",
        "waive: department_head",
    ),
    Key(
        "defer",
        LENGTH,
        "The order may go on without it, but must have it so long after it was asked, and before it ends well.",
        "没有它，订单也可以先往下走；但须在提出要求后的这段时间内补齐，正常结束之前也必须补齐。",
        "defer: 3d",
    ),
    Key(
        "due",
        Many(Sub("due"), single=True),
        "Until when, counted from when it is asked; past it the need is late, and asked on.",
        "期限，从提出要求时起算；超过期限该要求即为逾期，仍须完成。",
        "due: 4h",
    ),
)


SHAPES: Final = (
    Shape(
        "need",
        "Something that must be there. Exactly one kind.",
        "须满足的一项要求，只能是一种类型。",
        _NEED_KEYS,
        one_of=("check", "file", "note", "field", "that", "approval", "confirm", "call", "event", "any"),
        short=_NEED_SHORT,
    ),
)
