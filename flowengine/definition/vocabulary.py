"""Every key of the process language, once: the reader, the JSON Schema, the reference and did-you-mean
are derived from this table, so a key that nobody reads or documents cannot exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flowengine.definition.document import Node, scalar
from flowengine.definition.kinds import FIELD_TYPES
from flowengine.definition.lengths import LENGTH_PATTERN
from flowengine.definition.private import PRIVATE_CLASSES
from flowengine.definition.shapes import (
    LONGEST_NAME,
    NAME,
    PROCESS_NAME,
    Any,
    Dur,
    Exp,
    Flag,
    Int,
    Key,
    Many,
    Named,
    Patch,
    Pick,
    Shape,
    Short,
    Str,
    Sub,
    Txt,
    Value,
)
from flowengine.definition.spans import PATTERN as SPAN

REF: Final = Str("name", NAME, ref=True)
MOMENT: Final = Str("moment", r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", ref=True)
_POINT: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?( ?[+-] ?[0-9]{1,6}[mhd]( ?[0-9]{1,6}[mhd])*)?$"
_TIME: Final = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
_LENGTH: Final = LENGTH_PATTERN.replace("^", "^-")
POINT: Final = Str("point", _POINT, ref=True)
POINT_OR_TIME: Final = Str("point or time", f"{_POINT}|{_TIME}", ref=True)
PERIOD: Final = Str("period", rf"^(workday|day|week|month)$|{SPAN}|^\S+( \S+){{4}}$", ref=True)
AHEAD: Final = Str("warning", f"^[0-9]{{1,3}}%$|{_LENGTH}", ref=True)
BUFFER: Final = Str("buffer", f"^-?[1-9][0-9]{{0,3}}%$|{LENGTH_PATTERN}|{_LENGTH}", ref=True)
LENGTH: Final = Dur(working=True)
LENGTH_OR_FIELD: Final = Dur(working=True, field=True)
WHO: Final = Str("who", r"^[a-z][a-z0-9_]*(\.(owner|by))?$", ref=True)
WHOM: Final = Sub("whom")
DOER: Final = Str("doer", r"^[a-z][a-z0-9_]*(\.by)?$", ref=True)
HOURS: Final = Str("hours", ref=True)
QUOTA: Final = Str("quota", r"^[1-9][0-9]{0,3} per (day|week|month|year)$")
PATH: Final = Str("locked path", r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", ref=True)
BASE: Final = Str("base process", PROCESS_NAME.removesuffix("$") + r"(@\S+)?$", ref=True)
PRIORITIES: Final = ("urgent", "high", "normal", "low")
COLUMN_TYPES: Final = tuple(kind for kind in FIELD_TYPES if kind != "list")
RESERVED: Final = frozenset(
    {
        "order",
        "owner",
        "creator",
        "requester",
        "type",
        "priority",
        "number",
        "stage",
        "event",
        "result",
        "remove",
        "back",
        "any",
        "all",
        "has",
        "happened",
        "count",
        "sum",
        "average",
        "days",
        "duration",
        "late",
        "true",
        "false",
    }
)
RESERVED_ROLES: Final = frozenset({"owner", "creator", "requester", "customer"})


def is_time(text: str) -> bool:
    """Whether a text is a time of day, `17:00`."""
    return re.match(_TIME, text) is not None


def _to(key: str) -> Short:
    """The short form that is simply the value of one key."""
    values: dict[str, Value] = {"type": Pick(FIELD_TYPES), "within": LENGTH, "to": REF}
    return _alone(key, values[key])


def _alone(key: str, value: Value) -> Short:
    return Short(
        value,
        lambda _, node: {key: node},
        en=f"the value of `{key}` alone",
        zh=f"只写 `{key}` 的值",
    )


def _need(name: str, node: Node) -> Mapping[str, Node]:
    argument = "customer" if node.value == "confirm" else name
    return {str(node.value): scalar(argument, node.place)}


_NEED_SHORT: Final = Short(
    Pick(("check", "file", "note", "field", "approval", "confirm", "event")),
    _need,
    en="the kind alone; its argument is then the need's own name, for `confirm` the customer",
    zh="只写类型，其参数就是该要求自己的名称；`confirm` 则为客户",
)
_ROW_WHEN: Final = Key(
    "when", Exp(), "The condition under which this row counts.", "本行生效的条件。", "when: stock >= quantity"
)

_TITLE: Final = Key(
    "title", Txt(), "The name that people see.", "显示给人看的名称。", "title: {zh: 审核, en: Review}"
)

_NOT_BY: Final = Key(
    "not_by",
    Many(REF, single=True),
    "Four eyes: not by the person who opened the order (`creator`), nor by whoever did that other need, in whatever role.",
    "四眼原则：不得由开单人（`creator`）办理，也不得由办理了所列另一项要求的人办理，换一个角色也不行。",
    "not_by: creator",
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
        Many(REF, single=True),
        "Met when they confirm it themselves: the `customer`, through a link or the host's own login, or people with these roles.",
        "由其本人确认即满足：`customer` 即客户，通过链接或宿主系统的登录确认；也可以是这些角色的人。",
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
    _NOT_BY,
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

_TRIGGER_KEYS: Final = (
    Key(
        "after",
        MOMENT,
        "Happens by itself when that moment happens in this visit.",
        "本次停留中该时刻发生时自动执行。",
        "after: quality.late",
    ),
    Key(
        "when",
        Exp(),
        "Happens by itself as soon as this is true; beside `after`: only if it is true then.",
        "一旦成立即自动执行；与 `after` 同写时：只有届时成立才执行。",
        "when: stock == 0",
    ),
)

_OUTCOME_KEYS: Final = (
    _TITLE,
    Key(
        "to",
        REF,
        "The stage or end where the order goes; `back` is where it was before this detour.",
        "订单转到的阶段或结束；`back` 表示绕行之前所在的阶段。",
        "to: production",
    ),
    Key(
        "by",
        Many(WHOM, single=True),
        "The roles or people that may choose it, as in the `by` of a need; default: the owner.",
        "可以选择它的角色或人，写法同要求的 `by`；默认是负责人。",
        "by: inspector",
    ),
    _NOT_BY,
    Key(
        "needs",
        Named(Sub("need")),
        "What must be there to choose it; the needs of the stage are not asked.",
        "选择它须满足的要求；此时不看该阶段自己的 `needs`。",
        "needs: {quality_photo: file}",
    ),
    Key(
        "reason",
        Pick(("required",)),
        "Whoever chooses it must say why.",
        "选择它的人必须说明原因。",
        "reason: required",
    ),
    Key(
        "at_most",
        Int(1),
        "How often it may be chosen for one order; demands `beyond`.",
        "一个订单最多可选择几次；必须同时写 `beyond`。",
        "at_most: 3",
    ),
    Key(
        "beyond",
        Many(Sub("action")),
        "What happens instead when it is chosen once more.",
        "超过次数后再选择时，改为执行这些动作。",
        "beyond: [{move: cancelled}]",
    ),
    Key(
        "then",
        Many(Sub("action")),
        "What is done when it is chosen.",
        "选择它时执行的动作。",
        "then: [{notify: production.owner}]",
    ),
)

_FLOWENGINE: Final = Key(
    "flowengine",
    Int(exactly=1),
    "The version of this language.",
    "流程语言的版本。",
    "flowengine: 1",
    required=True,
    fixed=True,
)
_INCLUDE: Final = Key(
    "include",
    Many(Str("library file", ref=True)),
    "Library files whose parts are added; a name that stands twice is an error.",
    "加入这些共用文件的内容；同一名称出现两次即为错误。",
    "include: [company.yaml]",
    fixed=True,
)
_LANGUAGE: Final = Key(
    "language",
    Pick(("zh", "en")),
    "The language of texts that are written in one language only; default `en`, with `extends` that of the process it names.",
    "只写一种语言的文字所用的语言；默认 `en`，有 `extends` 时默认与所基于的流程相同。",
    "language: zh",
    fixed=True,
)
_NOTIFY: Final = Key(
    "notify",
    Many(WHOM, single=True),
    "Leave a message for a role, for `owner` (of the place where this stands), or for the owner of a stage.",
    "给角色、所在之处的负责人（`owner`）或某阶段的负责人留言。",
    "notify: production.owner",
)
_MESSAGE: Final = Key(
    "message",
    REF,
    "Beside `notify`: which of the `messages` is sent; default the standard text of what has happened.",
    "与 `notify` 同写：发送 `messages` 中的哪一条；默认按所发生的事使用标准文字。",
    "message: shipped",
)
_CALENDAR: Final = Key(
    "calendar",
    REF,
    "The calendar of its time thresholds; default: that of where it stands.",
    "其期限所用的日历；默认是所在之处的日历。",
    "calendar: factory",
)
_DEFAULTS_OFF: Final = Key(
    "defaults",
    Pick(("off",)),
    "`off`: what `defaults` says of due times does not count here.",
    "`off`：`defaults` 中关于期限的规定在此不适用。",
    "defaults: off",
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
_THEN: Final = Key("then", Many(Sub("action")), "What is done.", "执行的动作。", "then: [{notify: owner}]")
_VERB_KEYS: Final = (
    _NOTIFY,
    _MESSAGE,
    Key(
        "ask",
        Named(Sub("need")),
        "Add needs to this visit of the stage; it cannot be left without them.",
        "为订单在本阶段的这次停留增加要求；不满足就不能离开。",
        "ask: {cause: {note: 原因, by: quality_lead}}",
    ),
    Key(
        "by",
        Many(WHOM, single=True),
        "Beside `ask`: the roles or people that may do what is asked, as in the `by` of a need.",
        "与 `ask` 同写：可以完成这些要求的角色或人，写法同要求的 `by`。",
        "by: quality_lead",
    ),
    Key(
        "due",
        Many(Sub("due"), single=True),
        "Beside `ask`: until when it must be done.",
        "与 `ask` 同写：完成的期限。",
        "due: 4h",
    ),
    Key(
        "move",
        REF,
        "Leave now for that stage or end, or `back`.",
        "立即转到该阶段或结束，或用 `back` 返回。",
        "move: cancelled",
    ),
    Key(
        "hold",
        REF,
        "Place that hold; one that is placed already stays.",
        "下达该暂停；已经下达的保持不变。",
        "hold: cold_chain",
    ),
    Key(
        "release",
        REF,
        "Release that hold.",
        "解除该暂停。",
        "release: cold_chain",
    ),
    Key(
        "set",
        Named(Exp("expression")),
        "Write these fields; `priority` is one of them.",
        "写入这些字段；`priority` 也可以写。",
        "set: {priority: \"'urgent'\"}",
    ),
    Key(
        "assign",
        WHOM,
        "The open work of this place passes to them.",
        "该处尚未完成的工作转交给他们。",
        "assign: department_head",
    ),
    Key(
        "start",
        Str("process name", PROCESS_NAME, ref=True, longest=LONGEST_NAME),
        "Open an order of that process, linked with this one; `links` says under which name.",
        "按该流程开一个与本订单关联的订单；在 `links` 中写明关联的名称。",
        "start: after-sales",
    ),
    Key(
        "fields",
        Named(Exp("expression")),
        "Beside `start`: the fields of the new order, and what they hold at first.",
        "与 `start` 同写：新订单的字段及其初始值。",
        "fields: {issue: \"'complaint'\"}",
    ),
)
_VERBS: Final = ("notify", "ask", "move", "hold", "release", "set", "assign", "start")

_SHAPES: Final = (
    Shape(
        "process",
        "A process file: how orders of one kind run.",
        "流程文件：一类订单如何流转。",
        (
            _FLOWENGINE,
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
            _INCLUDE,
            _TITLE,
            _LANGUAGE,
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
    Shape(
        "order",
        "Intake and data of an order.",
        "订单的受理与数据。",
        (
            Key(
                "number",
                Str("order number", r"^[^{}]*(\{(yyyy|yy|mm|dd|serial:[1-9])\}[^{}]*)+$", ref=True),
                "How order numbers look: `{yyyy} {yy} {mm} {dd}`, and `{serial:N}`, N digits without gaps that start anew with the smallest date part.",
                "订单编号的格式：`{yyyy} {yy} {mm} {dd}`，以及 N 位流水号 `{serial:N}`；流水号连续不跳号，按其中最小的日期单位重新编号。",
                'number: "{yyyy}{mm}-{serial:3}"',
                fixed=True,
            ),
            Key(
                "unique",
                Many(REF),
                "Fields that identify the order outside: the same values are the same order.",
                "在外部系统中标识订单的字段：这些值都相同，就是同一个订单。",
                "unique: [channel, external_id]",
                fixed=True,
            ),
            Key(
                "channels",
                Named(Sub("channel")),
                "Where orders come from; declares the field `channel`.",
                "订单来自哪些渠道；同时声明字段 `channel`。",
                "channels: {store: {}, web: {maps: {customer: buyer.name}}}",
            ),
            Key(
                "checks",
                Many(Sub("order check")),
                "Conditions on the data; a write that breaks one is refused as a whole.",
                "对数据的约束；只要违反一条，整次写入都被拒绝。",
            ),
            Key(
                "fields",
                Named(Sub("field")),
                "The order's data.",
                "订单的数据。",
                "fields: {customer: {type: text, required: true}}",
            ),
        ),
    ),
    Shape(
        "channel",
        "A way by which orders come in.",
        "订单的一个来源渠道。",
        (
            _TITLE,
            Key(
                "maps",
                Named(Str("path", ref=True)),
                "On the left our field, on the right its place in the incoming record. What the record holds besides is left out of the order; the history keeps it as it came.",
                "左边是本系统的字段，右边是它在来件中的位置。来件的其余内容不写入订单，但原样保留在历史中。",
                "maps: {customer: buyer.name}",
            ),
        ),
    ),
    Shape(
        "order check",
        "A condition on the order's data.",
        "对订单数据的约束。",
        (
            Key(
                "that",
                Exp(),
                "The condition that must hold after every write.",
                "每次写入之后都必须成立的条件。",
                "that: promised_date >= order.created",
                required=True,
            ),
            Key(
                "else",
                Txt(),
                "What the submitter is told when it does not hold.",
                "条件不成立时告诉提交人的话。",
                "else: 承诺日期早于下单日期",
            ),
        ),
    ),
    Shape(
        "field",
        "A field of the order.",
        "订单的一个字段。",
        (
            Key("type", Pick(FIELD_TYPES), "The kind of value.", "值的类型。", "type: money", required=True),
            _TITLE,
            Key(
                "required",
                Flag(),
                "An order without it is refused at intake.",
                "必填；缺少时拒绝受理。",
                "required: true",
            ),
            Key(
                "default",
                Many(Sub("default row"), single=True),
                "What is filled in at intake when nothing is given: a value, or rows.",
                "受理时没有给出则填入的内容：一个值，或多行。",
                "default: [{when: quantity > 100, value: freight}, {value: express}]",
            ),
            Key(
                "value",
                Many(Sub("value row"), single=True),
                "Always computed from other fields, never written: an expression, or rows.",
                "始终由其他字段计算得出，不可写入：一个表达式，或多行。",
                "value: sum(items.quantity)",
            ),
            Key(
                "choices",
                Many(Str()),
                "The words a `choice` may take.",
                "`choice` 可取的值。",
                "choices: [A, B, C]",
            ),
            Key(
                "min",
                Any(),
                "The least value of a number, date or duration; for a list, the least number of rows.",
                "数字、日期或时长的最小值；列表则为最少行数。",
                "min: 0",
            ),
            Key(
                "max",
                Any(),
                "The greatest value of a number, date or duration; for a list, the greatest number of rows.",
                "数字、日期或时长的最大值；列表则为最多行数。",
                "max: 100",
            ),
            Key(
                "currency",
                Str("currency", r"^[A-Z]{3}$", ref=True),
                "ISO 4217 code of a `money` field: fixes its decimals and stands beside it.",
                "`money` 字段的 ISO 4217 币种代码：决定小数位数，并随金额显示。",
                "currency: CNY",
            ),
            Key(
                "of",
                Named(Sub("column")),
                "The columns of a `list`.",
                "`list` 的各列。",
                "of: {sku: text, quantity: integer}",
            ),
            Key(
                "private",
                Pick(PRIVATE_CLASSES),
                "What this text tells of a person. It is kept encrypted, shown masked and can be erased; conditions may only ask `has()`.",
                "这段文字涉及个人的哪类信息。加密保存，脱敏显示，可以删除；条件中只能用 `has()` 判断有没有。",
                "private: phone",
            ),
            Key(
                "changes",
                Sub("amending"),
                "After intake it is changed by amending alone, with a reason: by whom, and until when.",
                "受理之后只能以变更的方式修改，并须说明原因：由谁变更，到何时为止。",
                "changes: {by: sales_rep, until: production.entered}",
            ),
        ),
        short=_to("type"),
    ),
    Shape(
        "amending",
        "Who may amend a field after intake, and until when.",
        "受理之后由谁变更一个字段，到何时为止。",
        (
            Key(
                "by",
                Many(WHOM, single=True),
                "The roles or people that may amend it, or `customer`; default: whoever else may change it, such as roles that `edits` it.",
                "可以变更它的角色或人，或 `customer`（客户）；默认是本来就可以修改它的角色，例如在 `edits` 中写明它的角色。",
                "by: [sales_rep, order_desk]",
            ),
            Key(
                "until",
                POINT,
                "Until that moment or point in time; default: as long as the order is open.",
                "到该时刻或时间点为止；默认在订单结束之前都可以。",
                "until: production.entered",
            ),
        ),
    ),
    Shape(
        "default row",
        "One default; the first row whose `when` holds counts, the last has none.",
        "一行默认值；第一条成立的生效，最后一条不写 `when`。",
        (
            Key(
                "when",
                Exp(),
                "The condition under which this row counts.",
                "本行生效的条件。",
                "when: quantity > 100",
            ),
            Key(
                "value", Any(), "The value that is filled in.", "填入的值。", "value: freight", required=True
            ),
        ),
        short=_alone("value", Any()),
    ),
    Shape(
        "value row",
        "One way to compute a field; the first row whose `when` holds counts, the last has none.",
        "字段的一种算法；第一条成立的生效，最后一条不写 `when`。",
        (
            Key(
                "when",
                Exp(),
                "The condition under which this row counts.",
                "本行生效的条件。",
                "when: grade == 'A'",
            ),
            Key(
                "value",
                Exp("expression"),
                "What is computed.",
                "所计算的内容。",
                "value: amount * 0.95",
                required=True,
            ),
        ),
        short=_alone("value", Exp("expression")),
    ),
    Shape(
        "column",
        "A column of a list field.",
        "列表字段的一列。",
        (
            Key(
                "type", Pick(COLUMN_TYPES), "The kind of value.", "值的类型。", "type: integer", required=True
            ),
            _TITLE,
            Key("required", Flag(), "Every row must have it.", "每一行都必须有。", "required: true"),
            Key(
                "choices",
                Many(Str()),
                "The words a `choice` may take.",
                "`choice` 可取的值。",
                "choices: [A, B]",
            ),
        ),
        short=_to("type"),
    ),
    Shape(
        "role",
        "A role: the people who may do something.",
        "角色：可以做某事的一类人。",
        (
            _TITLE,
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
                Many(Pick(("create", "reassign")), single=True),
                "`create`: it may open orders. As soon as one role says so, no other may. `reassign`: it may pass on the work of everybody, with a reason.",
                "`create` 表示可以开单；只要有一个角色写了它，其他角色就不能开单。`reassign` 表示可以改派所有人的待办，须说明原因。",
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
        short=_alone("who", WHO),
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
        "stage",
        "A stage. When all its needs are met the order goes on by itself.",
        "阶段。全部要求满足后订单自动前进。",
        (
            _TITLE,
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
            _CALENDAR,
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
        "owner row",
        "An owner; of several rows the first whose `when` holds counts, the last has none.",
        "负责人；写多行时第一条成立的生效，最后一条不写 `when`。",
        (
            _ROW_WHEN,
            Key(
                "to",
                DOER,
                "The role, or a person as in the `by` of a need.",
                "角色，或一个人，写法同要求的 `by`。",
                "to: warehouse",
                required=True,
            ),
        ),
        short=_to("to"),
    ),
    Shape(
        "assign row",
        "To whom work goes; of several rows the first whose `when` holds counts, the last has none.",
        "待办派给谁；写多行时第一条成立的生效，最后一条不写 `when`。",
        (
            _ROW_WHEN,
            Key(
                "to",
                REF,
                "A role, or `round_robin`: the next of its people in turn, or `least_busy`: whoever of them has something to do in the fewest orders.",
                "角色，或 `round_robin`（按顺序轮到的人），或 `least_busy`（手上待办订单最少的人）。",
                "to: team_north",
                required=True,
            ),
        ),
        short=_to("to"),
    ),
    Shape(
        "task",
        "A piece of work beside others in a stage, with an owner, a due time and needs of its own.",
        "阶段内与其他工作并行的一项任务，有自己的负责人、期限和要求。",
        (
            _TITLE,
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
            _CALENDAR,
            _DEFAULTS_OFF,
        ),
    ),
    Shape(
        "due",
        "Until when something must be done.",
        "完成的期限。",
        (
            _ROW_WHEN,
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
            _CALENDAR,
            _BUFFER,
            _PAUSE,
        ),
        one_of=("within", "by"),
        short=_to("within"),
    ),
    Shape(
        "clock",
        "A clock with a name of its own; what it asks does not keep the order where it is.",
        "有自己名称的计时；它所要求的事项不会阻止订单前进。",
        (
            _TITLE,
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
            _CALENDAR,
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
            _ROW_WHEN,
            Key(
                "within",
                LENGTH_OR_FIELD,
                "The length, or a field of type `duration`.",
                "时长，或类型为 `duration` 的字段。",
                "within: 48h",
                required=True,
            ),
        ),
        short=_alone("within", LENGTH_OR_FIELD),
    ),
    Shape(
        "point row",
        "A point in time; of several rows the first whose `when` holds counts, the last has none.",
        "一个时间点；写多行时第一条成立的生效，最后一条不写 `when`。",
        (
            _ROW_WHEN,
            Key(
                "by",
                POINT_OR_TIME,
                "A date field or a moment, so long before or after it; beside `every` a time of day.",
                "日期字段或时刻，可加减一段时间；与 `every` 同写时是一天中的时间。",
                "by: promised_date",
                required=True,
            ),
        ),
        short=_alone("by", POINT_OR_TIME),
    ),
    Shape(
        "hold",
        "Freezes an order where it is; what people write and record still counts.",
        "使订单停在原处；期间填写和登记的内容仍然有效。",
        (
            _TITLE,
            Key(
                "owner",
                WHOM,
                "Who is told when it lasts too long; default: the owner of the order.",
                "持续过久时通知谁；默认是订单负责人。",
                "owner: logistics",
            ),
            Key(
                "by",
                Many(WHOM, single=True),
                "The roles or people that may place it.",
                "可以下达它的角色或人。",
                "by: logistics",
            ),
            Key(
                "while",
                Exp(),
                "It is placed and released by itself: it lasts as long as this holds.",
                "自动下达和解除：条件成立期间一直有效。",
                "while: stock == 0",
            ),
            Key(
                "pauses",
                Many(REF, single=True),
                "The clocks, stages and tasks whose time stands still meanwhile, or `all`.",
                "期间暂停计时的计时、阶段和任务；`all` 表示全部。",
                "pauses: all",
            ),
            Key(
                "allows",
                Many(REF, single=True),
                "The outcomes that may be chosen nevertheless.",
                "期间仍可选择的结果。",
                "allows: [cancel]",
            ),
            Key(
                "release",
                Sub("release"),
                "Who may release it, and what must be there first.",
                "谁可以解除它，以及解除前须满足什么。",
                "release: {by: quality_lead, needs: {goods_checked: check}}",
            ),
            Key(
                "due",
                Many(Sub("due"), single=True),
                "Until when it should be over, counted from when it was placed.",
                "应在何时之前解除，从下达时起算。",
                "due: 4h",
            ),
        ),
    ),
    Shape(
        "release",
        "How a hold is released by hand.",
        "如何人工解除暂停。",
        (
            Key(
                "by",
                Many(WHOM, single=True),
                "The roles or people that may release it; default: those that may place it.",
                "可以解除它的角色或人；默认是可以下达它的角色或人。",
                "by: quality_lead",
            ),
            Key(
                "needs",
                Named(Sub("need")),
                "What must be there to release it.",
                "解除它须满足的要求。",
                "needs: {goods_checked: check}",
            ),
        ),
    ),
    Shape(
        "link",
        "A link to an order of another process, or with `many` to all orders that are linked with this one.",
        "与另一流程的一个订单的关联；写了 `many`，则是与本订单关联的所有订单。",
        (
            _TITLE,
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
        ),
    ),
    Shape(
        "rule",
        "What is done by itself: when a moment or a point in time comes, or when a condition turns true.",
        "自动执行的规则：某个时刻或时间点到来时，或条件变为成立时。",
        (
            _TITLE,
            Key(
                "after",
                MOMENT,
                "It fires when that happens.",
                "该时刻发生时触发。",
                "after: shipped_at",
            ),
            Key(
                "at",
                POINT,
                "It fires at that point in time.",
                "到该时间点时触发。",
                "at: promised_date - 1d",
            ),
            Key(
                "when",
                Exp(),
                "It fires when this turns true; beside `after` or `at`: only if it is true then.",
                "变为成立时触发；与 `after` 或 `at` 同写时：只有届时成立才触发。",
                "when: celsius > 8",
            ),
            _THEN,
            Key(
                "each",
                Flag(),
                "`true`: it fires at every such moment, not only when the condition turns true.",
                "`true`：每次该时刻发生都触发，而不只是条件变为成立时。",
                "each: true",
            ),
        ),
        at_most_one_of=("after", "at"),
    ),
    Shape(
        "approval",
        "A form of approval. Each need that asks for it opens a round of its own.",
        "一种审批形式；每项要求各自发起一轮审批。",
        (
            _TITLE,
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
    Shape(
        "lane",
        "A lane, such as a green channel: who asks for it and who approves it, what it changes, and for how long.",
        "特批通道，例如绿色通道：谁可以提出、由谁批准、改变什么、有效多久。",
        (
            _TITLE,
            Key(
                "request",
                Sub("lane request"),
                "Who may ask for it, and when.",
                "谁可以提出，以及在什么条件下。",
                "request: {by: sales_rep, when: type == 'urgent', reason: required}",
                required=True,
            ),
            Key(
                "approval",
                REF,
                "The form by which it is approved; each request opens a round of its own.",
                "批准所用的审批形式；每次提出都发起一轮审批。",
                "approval: triple_sign",
                required=True,
            ),
            Key(
                "limits",
                Sub("lane limits"),
                "How often somebody may ask for it, and how long it lasts.",
                "每人可以提出几次，批准后有效多久。",
                "limits: {per_requester: 5 per month, expires: 7d}",
            ),
            Key(
                "grants",
                Patch("process"),
                "What is different for the order while the lane is in force: the same map as the process, of which only what differs is written.",
                "通道有效期间，该订单有何不同：写法与流程相同，只写不同之处。",
                "grants: {priority: urgent, stages: {review: {due: 4h}}}",
                required=True,
            ),
            Key(
                "revoke",
                Sub("lane revoke"),
                "Who may end it before its time; default: the owner of the process.",
                "谁可以提前终止；默认为流程的负责人。",
                "revoke: {by: order_desk}",
            ),
        ),
    ),
    Shape(
        "lane request",
        "Who may ask for a lane, and when.",
        "谁可以提出使用通道，以及在什么条件下。",
        (
            Key(
                "by",
                Many(REF, single=True),
                "The roles that may ask for it.",
                "可以提出的角色。",
                "by: sales_rep",
                required=True,
            ),
            Key(
                "when",
                Exp(),
                "The condition under which it may be asked for. For types of order of which it never holds the lane need not fit.",
                "可以提出的条件。对条件永不成立的订单类型，通道不必适用。",
                "when: type in 'urgent' | 'custom'",
            ),
            Key(
                "reason",
                Pick(("required",)),
                "`required`: whoever asks must say why.",
                "`required`：提出时必须说明理由。",
                "reason: required",
            ),
        ),
    ),
    Shape(
        "lane limits",
        "The limits of a lane.",
        "通道的限制。",
        (
            Key(
                "per_requester",
                QUOTA,
                "So many requests by one person in a calendar day, week, month or year, over all orders of the process.",
                "每人在一个日历日、周、月或年内可以提出的次数，按本流程的全部订单计。",
                "per_requester: 5 per month",
            ),
            Key(
                "expires",
                LENGTH,
                "How long it is in force; without it, until the order ends.",
                "有效多久；不写则直到订单结束。",
                "expires: 7d",
            ),
        ),
    ),
    Shape(
        "lane revoke",
        "Who may end a lane before its time.",
        "谁可以提前终止通道。",
        (
            Key(
                "by",
                Many(REF, single=True),
                "The roles that may end it.",
                "可以终止的角色。",
                "by: order_desk",
                required=True,
            ),
        ),
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
        ),
    ),
    Shape(
        "default due",
        "Warnings and what is done when late, wherever something is due.",
        "所有期限共用的预警和逾期动作。",
        (_WARN, _LATE),
    ),
    Shape(
        "need",
        "Something that must be there. Exactly one kind.",
        "须满足的一项要求，只能是一种类型。",
        _NEED_KEYS,
        one_of=("check", "file", "note", "field", "that", "approval", "confirm", "event", "any"),
        short=_NEED_SHORT,
    ),
    Shape(
        "outcome",
        "What may happen to a stage instead of its needs being met: chosen by a person, or by itself.",
        "阶段除完成要求之外的结果：由人选择，或自动发生。",
        (*_OUTCOME_KEYS, *_TRIGGER_KEYS),
    ),
    Shape(
        "task outcome",
        "What a person may choose instead of doing a task.",
        "任务除完成之外可由人选择的结果。",
        _OUTCOME_KEYS,
    ),
    Shape(
        "whole outcome",
        "An outcome that is open in several stages.",
        "在多个阶段都可选择的结果。",
        (
            Key(
                "from",
                Many(REF, single=True),
                "The stages where it is open, or `any`; an end listed here can be reopened.",
                "在哪些阶段可选；`any` 表示所有阶段；列出某个结束，表示以它结束的订单可以重新打开。",
                "from: [review, production]",
                required=True,
            ),
            *_OUTCOME_KEYS,
            *_TRIGGER_KEYS,
            Key(
                "edits",
                Many(REF, single=True),
                "The fields that whoever chooses it may change with it; without `to` the order stays where it is.",
                "选择它的人可以同时修改的字段；不写 `to` 则订单留在原处。",
                "edits: [address, quantity]",
            ),
            Key(
                "until",
                POINT,
                "Open only up to this moment or point in time.",
                "只在此时刻或时间点之前可选。",
                "until: logistics.entered",
            ),
        ),
    ),
    Shape(
        "row",
        "One way on; the first row whose `when` holds counts, the last has none.",
        "一条去向；`when` 最先成立的那一条生效，最后一条不写 `when`。",
        (
            _ROW_WHEN,
            Key(
                "to",
                REF,
                "The stage or end where the order goes.",
                "订单转到的阶段或结束。",
                "to: logistics",
                required=True,
            ),
        ),
        short=_to("to"),
    ),
    Shape(
        "action", "What is done. Exactly one verb.", "执行的一个动作，只能写一种。", _VERB_KEYS, one_of=_VERBS
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
            _THEN,
            *_VERB_KEYS,
        ),
        one_of=("then", *_VERBS),
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
            replace(_THEN, en="What is done; default: the owner is told.", zh="执行的动作；默认通知负责人。"),
        ),
        short=_alone("at", AHEAD),
    ),
    Shape("telling", "Who is told.", "通知谁。", (_NOTIFY, _MESSAGE), one_of=("notify",)),
    Shape(
        "end",
        "How an order ends.",
        "订单的一种结束。",
        (
            _TITLE,
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
    Shape(
        "event",
        "Something that another system reports about an order.",
        "其他系统就某个订单报告的一件事。",
        (
            _TITLE,
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
            _TITLE,
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
        short=_alone("type", Pick(COLUMN_TYPES)),
    ),
    Shape(
        "message",
        "What is said to somebody. `{{ NAME }}` stands for a value of the order; a dash where there is none.",
        "发给某人的文字。`{{ NAME }}` 处填入订单的值；没有值则为短横线。",
        (
            Key(
                "subject",
                Txt(template=True),
                "The heading, on one line; default the number and what has happened.",
                "标题，只有一行；默认是编号与所发生的事。",
                'subject: "订单 {{ number }}"',
            ),
            Key(
                "text",
                Txt(template=True),
                "What is said.",
                "正文。",
                'text: "订单 {{ number }} 已发货，运单 {{ waybill }}"',
                required=True,
            ),
        ),
    ),
    Shape(
        "notices",
        "How messages reach people outside; what is said stands in `messages`, who is told beside `notify`.",
        "消息怎样送到外部的人；说什么写在 `messages`，发给谁写在 `notify`。",
        (
            Key(
                "via",
                Named(Many(REF, single=True)),
                "For each role, `customer` or `everyone` else: the channels of the host, the next one when one fails for good. Default: all that the host has, in its order. Whoever is named and has no address on them is listed as given up.",
                "按角色、`customer`（客户）或 `everyone`（其他所有人）写明使用宿主的哪些渠道；前一个确定送不到时用下一个。默认使用宿主的全部渠道，按其顺序。写明的人在这些渠道上没有地址时，列为已放弃。",
                "via: {customer: [sms, mail], everyone: chat}",
            ),
        ),
    ),
    Shape(
        "calendar",
        "A working calendar: hours of work by weekday, public holidays, and days that are otherwise.",
        "工作日历：每周的工作时间、法定节假日，以及与平常不同的日子。",
        (
            Key(
                "zone",
                Str("time zone", ref=True),
                "The time zone of its hours.",
                "其中各时间所用的时区。",
                "zone: Asia/Shanghai",
                required=True,
            ),
            Key(
                "holidays",
                Pick(("CN", "none")),
                "Whose public holidays are days off, and whose make-up workdays are workdays; default `none`.",
                "按哪个国家的法定节假日放假、调休日上班；默认 `none`，即不考虑。",
                "holidays: CN",
            ),
            Key(
                "week",
                Named(Many(HOURS, single=True), pattern=r"^\S+$"),
                "The shifts of each weekday, `mon tue wed thu fri sat sun` or several of them; a day that is not written is closed.",
                "各个星期几的班次：`mon tue wed thu fri sat sun`，也可写连续几天；没有写的日子不上班。",
                'week: {mon-fri: ["09:00-12:00", "13:30-18:00"], sat: ["09:00-12:00"]}',
                required=True,
            ),
            Key(
                "days",
                Named(Many(HOURS, single=True), pattern=r"^\S+( \S+)*$"),
                "Days by date, and what is worked then whatever weekday or holiday it is: shifts, or `closed`.",
                "按日期写明的日子；无论星期几、是否节假日，都按这里写的班次上班，或 `closed`（不上班）。",
                'days: {2026-02-16..2026-02-23: closed, 2026-02-14: ["09:00-17:00"]}',
            ),
        ),
    ),
)

_ADDED: Final = (
    "title", "zone", "calendars", "order", "roles", "people", "outcomes", "clocks", "holds", "rules",
    "approvals", "events", "messages", "notices", "defaults", "ends",
)  # fmt: skip
"""The keys of a process that a library may hold for it; only the `title` stays the library's own."""

LIBRARY: Final = Shape(
    "library",
    "A library: parts that process files include. It has no `process` of its own.",
    "共用文件：供流程文件 `include` 的内容，自身没有 `process`。",
    (
        _FLOWENGINE,
        _INCLUDE,
        _LANGUAGE,
        *(replace(key, required=False) for key in _SHAPES[0].keys if key.name in _ADDED),
    ),
)

SHAPES: Final[Mapping[str, Shape]] = {shape.name: shape for shape in _SHAPES}
