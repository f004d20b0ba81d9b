"""The head of a process file, and all that stands in it."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import (
    LONGEST_NAME,
    PROCESS_NAME,
    Int,
    Key,
    Many,
    Named,
    Patch,
    Pick,
    Shape,
    Str,
    Sub,
)
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import BASE, PATH, PRIORITIES, REF

FLOWENGINE: Final = Key(
    "flowengine",
    Int(exactly=1),
    "The version of this language.",
    "流程语言的版本。",
    "flowengine: 1",
    required=True,
    fixed=True,
)


INCLUDE: Final = Key(
    "include",
    Many(Str("library file", ref=True)),
    "Library files whose parts are added; a name that stands twice is an error.",
    "加入这些共用文件的内容；同一名称出现两次即为错误。",
    "include: [company.yaml]",
    fixed=True,
)


LANGUAGE: Final = Key(
    "language",
    Pick(("zh", "en")),
    "The language of texts that are written in one language only; default `en`, with `extends` that of the process it names.",
    "只写一种语言的文字所用的语言；默认 `en`，有 `extends` 时默认与所基于的流程相同。",
    "language: zh",
    fixed=True,
)


SHAPES: Final = (
    Shape(
        "process",
        "A process file: how orders of one kind run.",
        "流程文件：一类订单如何流转。",
        (
            FLOWENGINE,
            Key(
                "process",
                Str("process name", PROCESS_NAME, ref=True, longest=LONGEST_NAME),
                "The name of the process.",
                "流程的名称。",
                "process: sales-order",
                required=True,
                fixed=True,
            ),
            Key(
                "version",
                Str(longest=LONGEST_NAME),
                "The version of this process, in quotes.",
                "流程的版本，须加引号。",
                'version: "2026.1"',
                required=True,
                fixed=True,
            ),
            Key(
                "extends",
                BASE,
                "The process of which this file says only what differs; its file stands in the same folder.",
                "本文件所基于的流程，此处只写不同之处；该流程的文件须在同一文件夹中。",
                "extends: sales-order@2026.1",
                fixed=True,
            ),
            INCLUDE,
            TITLE,
            LANGUAGE,
            Key(
                "owner",
                REF,
                "The role accountable for the whole order.",
                "对整个订单负责的角色。",
                "owner: order_desk",
                required=True,
            ),
            Key(
                "zone",
                Str("time zone", ref=True),
                "The time zone in which dates and order numbers are meant; default that of its calendar, else `UTC`.",
                "日期与订单编号所用的时区；默认是所用日历的时区，没有日历则为 `UTC`。",
                "zone: Asia/Shanghai",
                fixed=True,
            ),
            Key(
                "calendar",
                REF,
                "The calendar by which working hours and working days are counted; its zone is that of the process.",
                "计算工作小时与工作日所用的日历；它的时区就是流程的时区。",
                "calendar: cn_office",
                fixed=True,
            ),
            Key(
                "calendars",
                Named(Sub("calendar")),
                "Working calendars, by name.",
                "各个工作日历。",
                'calendars: {office: {zone: UTC, week: {mon-fri: ["09:00-17:00"]}}}',
                fixed=True,
            ),
            Key(
                "priority",
                Pick(PRIORITIES),
                "How urgent its orders are; declares the field `priority`, default `normal`.",
                "订单的优先级；同时声明字段 `priority`，默认 `normal`。",
                "priority: high",
            ),
            Key(
                "locked",
                Many(PATH),
                "What no type and no process that extends this one may touch.",
                "任何类型、任何以本流程为基础的流程都不得改动的内容。",
                "locked: [stages.review.needs.credit_good]",
                fixed=True,
            ),
            Key(
                "types",
                Named(Patch("process")),
                "The types of order, each with what differs from the process; declares the field `type`.",
                "订单的类型，各自只写与本流程不同之处；同时声明字段 `type`。",
                "types: {routine: {}, urgent: {priority: urgent}}",
                fixed=True,
            ),
            Key(
                "order",
                Sub("order"),
                "Intake: the order's number, channels and data.",
                "受理：订单的编号、渠道与数据。",
            ),
            Key(
                "roles",
                Named(Sub("role")),
                "The roles that act in this process.",
                "参与本流程的角色。",
                "roles: {inspector: {title: 质检员}}",
                required=True,
            ),
            Key(
                "people",
                Named(Sub("person"), pattern=r"^\S+( \S+)*$"),
                "The people behind the roles, by the ids under which they act, when they are away and who is above them; a directory of the host counts instead. Where it is written, all `members` must stand in it.",
                "担任各角色的人，写其登录所用的标识，以及何时不在岗、上级是谁；宿主提供人员目录时，以目录为准。写了它，所有 `members` 都须列在其中。",
                "people: {wang: {away: {2026-02-10..2026-02-20: zhao}}, zhao: {}}",
                fixed=True,
            ),
            Key(
                "stages",
                Named(Sub("stage")),
                "The stages; the order written is the normal path.",
                "各阶段；书写顺序就是正常路径。",
                required=True,
            ),
            Key(
                "outcomes",
                Named(Sub("whole outcome")),
                "Outcomes open in several stages, such as cancelling.",
                "在多个阶段都可选择的结果，例如取消。",
            ),
            Key(
                "clocks",
                Named(Sub("clock")),
                "Clocks of the whole order; each starts once.",
                "整个订单的计时，各只启动一次。",
                "clocks: {supplier_answers: {within: 48h, needs: {supplier_date: field}}}",
            ),
            Key(
                "holds",
                Named(Sub("hold")),
                "What may freeze an order.",
                "可以使订单暂停的情形。",
                "holds: {cold_chain: {by: logistics, pauses: all}}",
            ),
            Key(
                "rules",
                Named(Sub("rule")),
                "What is done by itself, wherever the order is.",
                "无论订单在何处都自动执行的规则。",
                "rules: {tell_shipped: {after: shipped_at, then: [{notify: sales_rep}]}}",
            ),
            Key(
                "lanes",
                Named(Sub("lane")),
                "Lanes: what a single order may run on instead, once somebody has asked for it and it was approved.",
                "特批通道：有人提出并经批准后，单个订单可以改按其中的规定办理。",
                "lanes: {green_channel: {request: {by: sales_rep}, approval: triple_sign, grants: {priority: urgent}}}",
                fixed=True,
            ),
            Key(
                "links",
                Named(Sub("link")),
                "Orders of other processes with which one of this process is linked, by the names they go by here.",
                "本流程的订单与哪些流程的订单关联，以及它们在此处的名称。",
                "links: {original: {process: sales-order, required: true, known_there_as: cases}}",
                fixed=True,
            ),
            Key(
                "parts",
                Named(Sub("part")),
                "Parts into which an order may be split, by name; each goes through some stages by itself.",
                "订单可以拆成的部分及其名称；每一部分各自走完若干阶段。",
                "parts: {shipment: {of: items, through: [logistics, delivery]}}",
            ),
            Key(
                "approvals",
                Named(Sub("approval")),
                "Who decides together, and how; a need of kind `approval` asks for it.",
                "由谁、以何种方式共同审批；由类型为 `approval` 的要求发起。",
                "approvals: {order_review: {steps: [{any: sales_manager}], refused: [{move: receive}]}}",
            ),
            Key(
                "events",
                Named(Sub("event")),
                "What other systems report, such as a parcel scanned or a payment: its data, and the order it belongs to.",
                "其他系统报告的事，例如包裹扫描、收款：带来哪些数据，属于哪个订单。",
                "events: {payment: {data: {order: text, at: datetime}, match: {external_id: event.order}, sets: {paid_at: event.at}}}",
                fixed=True,
            ),
            Key(
                "messages",
                Named(Sub("message")),
                "What is said where `notify` names it; who is told stands beside `notify`.",
                "`notify` 可以指明的消息文字；发给谁写在 `notify` 处。",
                'messages: {shipped: {text: "订单 {{ number }} 已发货"}}',
            ),
            Key(
                "calls",
                Named(Sub("call")),
                "Calls out: what is asked of other systems, and what becomes of their answers.",
                "外部调用：向其他系统请求什么，其答复如何处理。",
                "calls: {check_credit: {function: check_credit, send: [amount], sets: {customer_overdue: result.overdue}}}",
            ),
            Key(
                "notices",
                Sub("notices"),
                "How messages reach people outside.",
                "消息怎样送到外部的人。",
                "notices: {via: {customer: [sms, mail], everyone: chat}}",
                fixed=True,
            ),
            Key(
                "defaults",
                Sub("defaults"),
                "What stands under every due time of stages and tasks, and under every need with `defer`.",
                "适用于每个阶段和任务的期限，以及每项带 `defer` 的要求。",
                "defaults: {due: {warn: [80%]}}",
            ),
            Key(
                "ends",
                Named(Sub("end")),
                "How orders end; default `closed` (success) and `cancelled`.",
                "订单如何结束；默认有 `closed`（成功）与 `cancelled`（取消）。",
            ),
        ),
    ),
)
