"""Words of due times, clocks, warnings and lateness."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flowengine.definition.shapes import Exp, Int, Key, Many, Named, Shape, Sub
from flowengine.definition.vocabulary.actions import VERB_KEYS, VERBS
from flowengine.definition.vocabulary.shared import CALENDAR, ROW_WHEN, THEN, TITLE, alone, to
from flowengine.definition.vocabulary.values import (
    AHEAD,
    BUFFER,
    LENGTH,
    LENGTH_OR_FIELD,
    MOMENT,
    PERIOD,
    POINT,
    POINT_OR_TIME,
    WHOM,
)

_WARN: Final = Key(
    "warn",
    Many(Sub("warning")),
    "When to warn before it is due: after so much of the time, or so long before.",
    "到期之前何时预警：经过全部时间的百分之几，或提前多久。",
    "warn: [80%]",
)


_LATE: Final = Key(
    "late",
    Many(Sub("late row")),
    "What is done when it is late. The owner is told in any case.",
    "逾期时执行的动作；无论如何都会通知负责人。",
    "late: [{over: 2d, then: [{notify: owner}]}]",
)


_BUFFER: Final = Key(
    "buffer",
    BUFFER,
    "Stretches or shortens what is `within`: by a share of it or by a length of time.",
    "放宽或缩短 `within`：按百分比，或按一段时间。",
    "buffer: 20%",
)


_PAUSE: Final = Key(
    "pause",
    Exp(),
    "While this holds, the time stands still.",
    "条件成立期间暂停计时。",
    "pause: waiting",
)


SHAPES: Final = (
    Shape(
        "due",
        "Until when something must be done.",
        "完成的期限。",
        (
            ROW_WHEN,
            Key(
                "within",
                LENGTH_OR_FIELD,
                "How much time there is: elapsed (`24h`), of working hours (`8wh`) or working days (`2wd`), or a field of type `duration`.",
                "可用多少时间：自然时间（`24h`）、工作小时（`8wh`）或工作日（`2wd`），也可以是类型为 `duration` 的字段。",
                "within: 24h",
            ),
            Key(
                "by",
                POINT,
                "A point in time: a field of type `date` (through its last instant) or `datetime`, or a moment, so long before or after it.",
                "时间点：类型为 `date`（到当日最后一刻为止）或 `datetime` 的字段，或某个时刻，可加减一段时间。",
                "by: promised_date - 1d",
            ),
            _WARN,
            _LATE,
            CALENDAR,
            _BUFFER,
            _PAUSE,
        ),
        one_of=("within", "by"),
        short=to("within"),
    ),
    Shape(
        "clock",
        "A clock with a name of its own; what it asks does not keep the order where it is.",
        "有自己名称的计时；它所要求的事项不会阻止订单前进。",
        (
            TITLE,
            Key(
                "owner",
                WHOM,
                "Who is told and does what it asks: a role, or the owner of a stage; default: the owner of where it stands.",
                "通知谁、由谁完成其要求：角色，或某阶段的负责人；默认是所在之处的负责人。",
                "owner: purchasing",
            ),
            Key(
                "after",
                MOMENT,
                "It starts when that happens; default: with the visit or the order.",
                "该时刻发生时启动；默认随本次停留或订单启动。",
                "after: order.created",
            ),
            Key(
                "when",
                Exp(),
                "It counts only while this holds.",
                "条件成立期间才计时。",
                "when: amount > 50000",
            ),
            Key(
                "needs",
                Named(Sub("need")),
                "What it asks; it is met when all of it is there.",
                "它所要求的事项；全部满足即为达成。",
                "needs: {supplier_date: field}",
            ),
            Key(
                "until",
                MOMENT,
                "It is met when that happens.",
                "该时刻发生即为达成。",
                "until: delivery.left",
            ),
            Key(
                "within",
                Many(Sub("length row"), single=True),
                "How much time there is from its start, or rows.",
                "自启动起可用多少时间，也可写多行。",
                "within: 48h",
            ),
            Key(
                "by",
                Many(Sub("point row"), single=True),
                "A point in time, or rows; beside `every` the time of day of its end.",
                "时间点，也可写多行；与 `every` 同写时是当日的截止时间。",
                "by: promised_date",
            ),
            Key(
                "every",
                PERIOD,
                "A duty that comes again: each `workday`, `day`, `week` or `month`, after so long, or as a cron line says.",
                "周期性的职责：每个 `workday`、`day`、`week`、`month`，每隔一段时间，或按 cron 表达式。",
                "every: workday",
            ),
            Key(
                "silent_for",
                LENGTH,
                "It is late when nothing has happened for so long.",
                "这么久没有动静即为逾期。",
                "silent_for: 48h",
            ),
            Key(
                "of",
                Many(MOMENT, single=True),
                "Beside `silent_for`: the moments that break the silence; default: whatever anybody does.",
                "与 `silent_for` 同写：哪些时刻算有动静；默认是任何人的任何操作。",
                "of: parcel_place.changed",
            ),
            Key(
                "at_most",
                Int(1),
                "Beside `every`: after so many periods the duty ends.",
                "与 `every` 同写：到这么多个周期后职责结束。",
                "at_most: 5",
            ),
            _WARN,
            _LATE,
            CALENDAR,
            _BUFFER,
            _PAUSE,
        ),
        one_of=("within", "by", "every", "silent_for"),
        pair=("every", "by"),
    ),
    Shape(
        "length row",
        "A length of time; of several rows the first whose `when` holds counts, the last has none.",
        "一段时间；写多行时第一条成立的生效，最后一条不写 `when`。",
        (
            ROW_WHEN,
            Key(
                "within",
                LENGTH_OR_FIELD,
                "The length, or a field of type `duration`.",
                "时长，或类型为 `duration` 的字段。",
                "within: 48h",
                required=True,
            ),
        ),
        short=alone("within", LENGTH_OR_FIELD),
    ),
    Shape(
        "point row",
        "A point in time; of several rows the first whose `when` holds counts, the last has none.",
        "一个时间点；写多行时第一条成立的生效，最后一条不写 `when`。",
        (
            ROW_WHEN,
            Key(
                "by",
                POINT_OR_TIME,
                "A date field or a moment, so long before or after it; beside `every` a time of day.",
                "日期字段或时刻，可加减一段时间；与 `every` 同写时是一天中的时间。",
                "by: promised_date",
                required=True,
            ),
        ),
        short=alone("by", POINT_OR_TIME),
    ),
    Shape(
        "defaults",
        "What holds wherever nothing else is said.",
        "没有另行说明时适用的规定。",
        (
            Key(
                "due",
                Sub("default due"),
                "Of due times: warnings, which others replace, and what is done when late, to which others add.",
                "关于期限：预警（另写则替换）与逾期时的动作（另写则追加）。",
                "due: {warn: [80%]}",
            ),
            Key(
                "exception",
                Sub("default exception"),
                "Of every exception: what must be reported, and what is asked once it is resolved; others add to it.",
                "关于每种异常：须上报的内容与解决后的复盘要求（另写则追加）。",
                "exception: {report: {within: 1h, needs: {cause: note}}}",
                fixed=True,
            ),
        ),
    ),
    Shape(
        "default due",
        "Warnings and what is done when late, wherever something is due.",
        "所有期限共用的预警和逾期动作。",
        (_WARN, _LATE),
    ),
    Shape(
        "late row",
        "One thing that is done when something is late, or `then` several; with `over` only so long after.",
        "逾期时执行的一个动作，或以 `then` 写多个；写了 `over` 则在逾期这么久之后执行。",
        (
            Key(
                "over",
                LENGTH,
                "How long after it was due; without it at once.",
                "逾期多久之后；不写则立即。",
                "over: 2d",
            ),
            THEN,
            *VERB_KEYS,
        ),
        one_of=("then", *VERBS),
    ),
    Shape(
        "warning",
        "A warning before something is due.",
        "到期之前的一次预警。",
        (
            Key(
                "at",
                AHEAD,
                "After so much of the time, or so long before it is due.",
                "经过全部时间的百分之几，或到期前多久。",
                "at: 80%",
                required=True,
            ),
            replace(THEN, en="What is done; default: the owner is told.", zh="执行的动作；默认通知负责人。"),
        ),
        short=alone("at", AHEAD),
    ),
)
