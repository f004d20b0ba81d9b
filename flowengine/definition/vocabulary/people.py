"""Words of roles and persons, and of who owns work or gets it."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Key, Many, Named, Pick, Shape, Str, Sub
from flowengine.definition.vocabulary.shared import ROW_WHEN, TITLE, alone, to
from flowengine.definition.vocabulary.values import DOER, REF, WHO, WHOM

SHAPES: Final = (
    Shape(
        "role",
        "A role: the people who may do something.",
        "角色：可以做某事的一类人。",
        (
            TITLE,
            Key(
                "sees",
                Many(REF, single=True),
                "The fields that it sees, or `all`. As soon as one role says this, every other sees only what its open work asks about.",
                "可以看到的字段，或 `all`。只要有一个角色写了它，其他角色就只能看到自己待办所涉及的字段。",
                "sees: [customer, amount]",
            ),
            Key(
                "edits",
                Many(REF, single=True),
                "The fields that it may change at any time while the order is open; it sees them as well.",
                "订单未结束时随时可以修改的字段，自然也看得到。",
                "edits: [promised_date]",
            ),
            Key(
                "unmasked",
                Many(REF, single=True),
                "The private fields that it sees in full, or `all`, where it sees them at all; any other role sees a mask.",
                "在看得到的前提下，可以看到完整内容的隐私字段，或 `all`；其他角色只看到脱敏后的内容。",
                "unmasked: [address]",
            ),
            Key(
                "may",
                Many(Pick(("create", "raise", "reassign")), single=True),
                "`create`: it may open orders. As soon as one role says so, no other may. `raise`: it may raise exceptions, with a reason. `reassign`: it may pass on the work of everybody, with a reason.",
                "`create` 表示可以开单；只要有一个角色写了它，其他角色就不能开单。`raise` 表示可以发起异常，须说明原因。`reassign` 表示可以改派所有人的待办，须说明原因。",
                "may: [create, reassign]",
            ),
            Key(
                "reassign",
                REF,
                "The role that may pass on the work of this one by hand, with a reason.",
                "可以手工改派本角色待办的角色，须说明原因。",
                "reassign: sales_manager",
            ),
            Key(
                "members",
                Many(Str(ref=True), single=True),
                "The people who hold the role, the first in turn first; where a directory of the host says so, it counts instead.",
                "担任该角色的人，轮派从第一个开始；宿主提供人员目录时，以目录为准。",
                "members: [wang, li]",
            ),
            Key(
                "assign",
                Many(Sub("assign row"), single=True),
                "To whom work of this role goes as it comes up: another role, one person `round_robin` or `least_busy`, or rows of which the first that holds counts.",
                "本角色的待办产生时派给谁：另一个角色，或以 `round_robin`（轮派）、`least_busy`（最闲）派给一个人；也可写多行，第一条成立的生效。",
                "assign: [{when: region == 'north', to: team_north}, {to: least_busy}]",
            ),
        ),
    ),
    Shape(
        "whom",
        "Somebody who is named: a role, or a person of the order.",
        "所写的人：角色，或订单中的人。",
        (
            Key(
                "who",
                WHO,
                "A role, `creator`, a field of type `person`, `STAGE.owner` or `TASK.owner`, `owner` of the place where it stands, or `NEED.by`, who did that last.",
                "角色、`creator`（开单的人）、类型为 `person` 的字段、`阶段.owner` 或 `任务.owner`（其负责人）、`owner`（所在之处的负责人），或 `要求.by`（最近办理该要求的人）。",
                "who: creator",
            ),
            Key(
                "head_of",
                WHOM,
                "The head of that person, as the directory of the host or `people` says.",
                "该人的上级，以宿主的人员目录或 `people` 为准。",
                "head_of: creator",
            ),
        ),
        one_of=("who", "head_of"),
        short=alone("who", WHO),
    ),
    Shape(
        "person",
        "A person who acts in the process. `{}` where there is nothing to say.",
        "在流程中办事的人。没有可写的内容时写 `{}`。",
        (
            Key(
                "away",
                Named(Str(ref=True), pattern=r"^\S+( \S+)*$"),
                "The days on which that person is away, in the zone of the process, and who stands in: a person, or `nobody`.",
                "不在岗的日子（按流程的时区），以及由谁代理：某人，或 `nobody`（无人代理）。",
                "away: {2026-02-10..2026-02-20: zhao, 2026-03-02: nobody}",
            ),
            Key(
                "head",
                Str(ref=True),
                "Who is above that person, for `head_of`.",
                "此人的上级，供 `head_of` 使用。",
                "head: li",
            ),
        ),
    ),
    Shape(
        "owner row",
        "An owner; of several rows the first whose `when` holds counts, the last has none.",
        "负责人；写多行时第一条成立的生效，最后一条不写 `when`。",
        (
            ROW_WHEN,
            Key(
                "to",
                DOER,
                "The role, or a person as in the `by` of a need.",
                "角色，或一个人，写法同要求的 `by`。",
                "to: warehouse",
            ),
            Key(
                "head_of",
                WHOM,
                "The head of that person, or of that person's head: `head_of: {head_of: creator}`; as the directory of the host or `people` says.",
                "该人的上级，或上级的上级（`head_of: {head_of: creator}`），以宿主的人员目录或 `people` 为准。",
                "head_of: creator",
            ),
        ),
        one_of=("to", "head_of"),
        short=to("to"),
    ),
    Shape(
        "assign row",
        "To whom work goes; of several rows the first whose `when` holds counts, the last has none.",
        "待办派给谁；写多行时第一条成立的生效，最后一条不写 `when`。",
        (
            ROW_WHEN,
            Key(
                "to",
                REF,
                "A role, or `round_robin`: the next of its people in turn, or `least_busy`: whoever of them has something to do in the fewest orders.",
                "角色，或 `round_robin`（按顺序轮到的人），或 `least_busy`（手上待办订单最少的人）。",
                "to: team_north",
                required=True,
            ),
        ),
        short=to("to"),
    ),
)
