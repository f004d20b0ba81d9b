"""Words of approvals."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Exp, Int, Key, Many, Pick, Shape, Sub
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import REF, WHOM

SHAPES: Final = (
    Shape(
        "approval",
        "A form of approval. Each need that asks for it opens a round of its own.",
        "一种审批形式；每项要求各自发起一轮审批。",
        (
            TITLE,
            Key(
                "steps",
                Many(Sub("approval step")),
                "One after another; every step whose `when` holds when the round is opened takes part.",
                "依次进行；发起审批时 `when` 成立的步骤都参加。",
                "steps: [{any: sales_rep, when: amount <= 50000}, {all: [sales_manager, finance], when: amount > 50000}]",
                required=True,
            ),
            Key(
                "covers",
                Many(REF, single=True),
                "The approval stays valid in later visits until one of these fields changes; then it is asked anew at once.",
                "审批通过后，以后各次停留都有效，直到其中某个字段改变；一旦改变就立即重新审批。",
                "covers: [items, amount]",
            ),
            Key(
                "due",
                Many(Sub("due"), single=True),
                "Until when it must be decided, counted from when it is asked; `assign` lets the seats that are still open pass to somebody.",
                "审批的期限，从提出时起算；`assign` 把尚未表态的席位转交他人。",
                "due: {within: 8h, late: [{assign: general_manager}]}",
            ),
            Key(
                "copy",
                Many(WHOM, single=True),
                "The roles or people that are told when it is asked and how it ended.",
                "抄送：发起与结束时通知这些角色或人。",
                "copy: [order_desk]",
            ),
            Key(
                "refused",
                Many(Sub("action")),
                "What is done when it is refused.",
                "未通过时执行的动作。",
                "refused: [{move: receive}]",
                required=True,
            ),
            Key(
                "returns",
                Many(REF, single=True),
                "The stages to which a signer may send the order back instead of voting, and to the first of which whoever asked may take it back; `back` is where it was before this detour.",
                "签署人不表态而把订单退回时可退到的阶段；发起人撤回时退到其中第一个。`back` 表示绕行之前所在的阶段。",
                "returns: [receive]",
            ),
            Key(
                "allow",
                Many(
                    Pick(("delegate", "transfer", "add_signer", "urge", "copy", "return", "withdraw")),
                    least=0,
                ),
                "What signers and others may do besides voting; default: all of it.",
                "除表态之外还允许什么；默认全部允许。",
                "allow: [delegate, urge]",
            ),
        ),
    ),
    Shape(
        "approval step",
        "One step of an approval: who is asked, and how many of them must approve.",
        "审批的一个步骤：问谁，须几人同意。",
        (
            Key(
                "any",
                Many(WHOM, single=True),
                "One of these roles or people is enough.",
                "或签：其中一个角色或人同意即可。",
                "any: [sales_manager, department_head]",
            ),
            Key(
                "all",
                Many(WHOM, single=True),
                "Each of these roles or people; whoever abstains counts out.",
                "会签：每个角色或人都要同意；弃权的不计。",
                "all: [sales_director, quality_lead]",
            ),
            Key(
                "in_order",
                Many(WHOM, single=True),
                "Each of these roles or people, one after the other.",
                "依次审批：每个角色或人都要同意，按先后进行。",
                "in_order: [team_lead, department_head]",
            ),
            Key(
                "quorum",
                Int(1),
                "So many of those in `of`.",
                "`of` 中须有这么多个角色或人同意。",
                "quorum: 2",
            ),
            Key(
                "of",
                Many(WHOM, single=True),
                "Beside `quorum`: the roles or people that are asked.",
                "与 `quorum` 同写：参加审批的角色或人。",
                "of: [sales_director, production_head, quality_lead]",
            ),
            Key(
                "when",
                Exp(),
                "The condition under which this step takes part.",
                "该步骤参加的条件。",
                "when: amount > 50000",
            ),
            Key(
                "veto",
                Many(WHOM, single=True),
                "Those of this step whose refusal ends it, however many approve.",
                "本步骤中可以一票否决的角色或人。",
                "veto: quality_lead",
            ),
            Key(
                "not_by",
                Pick(("creator", "requester")),
                "`creator`: whoever opened the order has no vote in this step; `requester`: nor has whoever asked for the lane.",
                "`creator`：开单的人在本步骤没有表决权；`requester`：提出通道的人没有表决权。",
                "not_by: creator",
            ),
        ),
        one_of=("any", "all", "in_order", "quorum"),
    ),
)
