"""Words of stages, of their tasks and of ends."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Exp, Key, Many, Named, Pick, Shape, Sub
from flowengine.definition.vocabulary.shared import CALENDAR, TITLE
from flowengine.definition.vocabulary.values import MOMENT, POINT, REF

_DEFAULTS_OFF: Final = Key(
    "defaults",
    Pick(("off",)),
    "`off`: what `defaults` says of due times does not count here.",
    "`off`：`defaults` 中关于期限的规定在此不适用。",
    "defaults: off",
)


SHAPES: Final = (
    Shape(
        "stage",
        "A stage. When all its needs are met the order goes on by itself.",
        "阶段。全部要求满足后订单自动前进。",
        (
            TITLE,
            Key(
                "owner",
                Many(Sub("owner row"), single=True),
                "The role accountable for this stage, or rows of which the first that holds counts on entering.",
                "对该阶段负责的角色；也可写多行，进入时第一条成立的生效。",
                "owner: inspector",
                required=True,
            ),
            Key(
                "follows",
                REF,
                "Under `types` and with `extends`: the stage after which this one stands.",
                "仅用于 `types` 与 `extends`：本阶段排在哪个阶段之后。",
                "follows: logistics",
                patch_only=True,
            ),
            Key(
                "opens",
                POINT,
                "Before this moment or point in time the stage shows but takes no work; `within` counts from then.",
                "在此时刻或时间点之前，该阶段可见但不能办理；`within` 从这时起算。",
                "opens: start_date",
            ),
            Key(
                "due",
                Many(Sub("due"), single=True),
                "Until when; past it the stage is late and its owner is told. Of rows, the first that holds counts.",
                "期限；超过期限，该阶段即为逾期，并通知其负责人。写多行时，第一条成立的生效。",
                "due: 24h",
            ),
            Key(
                "entry",
                Named(Sub("need")),
                "What must be there to enter the stage; without it the order stays in the stage before.",
                "进入本阶段须满足的要求；未满足时，订单留在前一阶段。",
                "entry: {quality_photo: file}",
            ),
            Key(
                "needs",
                Named(Sub("need")),
                "What completes the stage.",
                "完成本阶段须满足的要求。",
                "needs: {waybill: field}",
            ),
            Key(
                "tasks",
                Named(Sub("task")),
                "Small stages side by side; the stage is complete when all of them are done.",
                "并行的小阶段；全部完成后该阶段才完成。",
                "tasks: {stock_up: {owner: warehouse, needs: {outbound_photo: file}}}",
            ),
            Key(
                "outcomes",
                Named(Sub("outcome")),
                "What may happen instead of the needs being met.",
                "除完成要求之外，可能发生的结果。",
            ),
            Key(
                "clocks",
                Named(Sub("clock")),
                "Clocks that start once in each visit of the stage.",
                "该阶段的每次停留中各启动一次的计时。",
                "clocks: {daily_progress: {every: workday, needs: {progress: note}}}",
            ),
            Key(
                "rules",
                Named(Sub("rule")),
                "What is done by itself while an order is in this stage.",
                "订单在该阶段期间自动执行的规则。",
                "rules: {too_warm: {when: celsius > 8, then: [{hold: cold_chain}]}}",
            ),
            CALENDAR,
            _DEFAULTS_OFF,
            Key(
                "next",
                Many(Sub("row"), single=True),
                "Where the order goes when the stage is complete; default the stage written below.",
                "阶段完成后订单的去向；默认是写在下面的阶段。",
                "next: [{when: stock >= quantity, to: logistics}, {to: production}]",
            ),
        ),
    ),
    Shape(
        "task",
        "A piece of work beside others in a stage, with an owner, a due time and needs of its own.",
        "阶段内与其他工作并行的一项任务，有自己的负责人、期限和要求。",
        (
            TITLE,
            Key(
                "owner",
                Many(Sub("owner row"), single=True),
                "The role accountable for this task; default: the owner of the stage.",
                "对该任务负责的角色；默认是该阶段的负责人。",
                "owner: warehouse",
            ),
            Key(
                "due",
                Many(Sub("due"), single=True),
                "Until when, counted from the opening of the task.",
                "期限，从任务开始时起算。",
                "due: 24h",
            ),
            Key(
                "after",
                Many(MOMENT, single=True),
                "Opens only after these: other tasks or needs of the stage, or moments; one that is not needed counts as done.",
                "在这些之后才开始：本阶段的其他任务或要求，或时刻；不需要的任务视为已完成。",
                "after: stock_up",
            ),
            Key(
                "when",
                Exp(),
                "Needed only while this holds.",
                "条件成立时才需要。",
                "when: delivery_method == 'freight'",
            ),
            Key(
                "each",
                REF,
                "A list field: the task is done once for each of its rows, also for rows added later.",
                "列表字段：每一行各办一次，以后增加的行也要办。",
                "each: items",
            ),
            Key(
                "needs",
                Named(Sub("need")),
                "What completes the task.",
                "完成该任务须满足的要求。",
                "needs: {outbound_photo: file}",
            ),
            Key(
                "outcomes",
                Named(Sub("task outcome")),
                "What a person may choose instead; without `to` it ends the task alone.",
                "可由人选择的其他结果；不写 `to` 则只结束该任务。",
                "outcomes: {not_in_stock: {reason: required}}",
            ),
            Key(
                "then",
                Many(Sub("action")),
                "What is done when it is done.",
                "任务完成时执行的动作。",
                "then: [{notify: logistics}]",
            ),
            CALENDAR,
            _DEFAULTS_OFF,
        ),
    ),
    Shape(
        "end",
        "How an order ends.",
        "订单的一种结束。",
        (
            TITLE,
            Key(
                "kind",
                Pick(("success", "failure", "cancelled")),
                "What this end means.",
                "该结束的性质。",
                "kind: success",
                required=True,
            ),
            Key(
                "then",
                Many(Sub("telling")),
                "Who is told when an order ends so.",
                "订单这样结束时通知谁。",
                "then: [{notify: sales_rep}]",
            ),
        ),
    ),
)
