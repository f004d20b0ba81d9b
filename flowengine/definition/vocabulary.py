"""Every key of the process language, once: the reader, the JSON Schema, the reference and did-you-mean
are derived from this table, so a key that nobody reads or documents cannot exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flowengine.definition.document import Node, scalar
from flowengine.definition.kinds import FIELD_TYPES
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
    Num,
    Pick,
    Shape,
    Short,
    Str,
    Sub,
    Txt,
    Value,
)

REF: Final = Str("name", NAME, ref=True)
WHO: Final = Str("who", r"^[a-z][a-z0-9_]*(\.owner)?$", ref=True)
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


def _to(key: str) -> Short:
    """The short form that is simply the value of one key."""
    values: dict[str, Value] = {"type": Pick(FIELD_TYPES), "within": Dur(), "to": REF}
    return Short(
        values[key],
        lambda _, node: {key: node},
        en=f"the value of `{key}` alone",
        zh=f"只写 `{key}` 的值",
    )


def _need(name: str, node: Node) -> Mapping[str, Node]:
    return {str(node.value): scalar(name, node.place)}


_NEED_SHORT: Final = Short(
    Pick(("check", "file", "note", "field")),
    _need,
    en="the kind alone; its argument is then the need's own name",
    zh="只写类型，其参数就是该要求自己的名称",
)

_TITLE: Final = Key("title", Txt(), "What people see.", "给人看的名称。", "title: {zh: 审核, en: Review}")

_NEED_KEYS: Final = (
    Key("check", Txt(), "Met when somebody ticks it.", "有人勾选即满足。", "check: 客户资质合格"),
    Key(
        "file",
        Txt(),
        "Met when evidence is recorded: a reference to a file.",
        "记录了凭证（文件引用）即满足。",
        "file: 付款凭证",
    ),
    Key("note", Txt(), "Met when something is written.", "写下内容即满足。", "note: 与客户沟通的结论"),
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
        "by",
        Many(REF, single=True),
        "The roles that may do it; default: the owner of the stage.",
        "可以完成它的角色；默认是该阶段的负责人。",
        "by: finance",
    ),
    Key(
        "else",
        Txt(),
        "What people are told while a `that` does not hold.",
        "`that` 不成立时给人看的说明。",
        "else: 客户有逾期未付款",
    ),
)

_OUTCOME_KEYS: Final = (
    _TITLE,
    Key(
        "to",
        REF,
        "The stage or end where the order goes.",
        "订单去往的阶段或结束。",
        "to: production",
        required=True,
    ),
    Key(
        "by",
        Many(REF, single=True),
        "The roles that may choose it; default: the owner.",
        "可以选择它的角色；默认是负责人。",
        "by: inspector",
    ),
    Key(
        "needs",
        Named(Sub("need")),
        "What choosing it takes; what completes the stage is not asked.",
        "选择它所需的各项；不要求完成该阶段的要求。",
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
        "超过次数后再选择时改为执行的动作。",
        "beyond: [{move: cancelled}]",
    ),
    Key(
        "then",
        Many(Sub("telling")),
        "Who is told when it is chosen.",
        "选择它时通知谁。",
        "then: [{notify: production.owner}]",
    ),
)

_NOTIFY: Final = Key(
    "notify",
    Many(WHO, single=True),
    "Leave a message for a role, for `owner` (of the order), or for the owner of a stage.",
    "给角色、订单负责人（`owner`）或某阶段负责人留言。",
    "notify: production.owner",
)

_SHAPES: Final = (
    Shape(
        "process",
        "A process file: how orders of one kind run.",
        "流程文件：一类订单如何流转。",
        (
            Key(
                "flowengine",
                Int(exactly=1),
                "The version of this language.",
                "本语言的版本。",
                "flowengine: 1",
                required=True,
            ),
            Key(
                "process",
                Str("process name", PROCESS_NAME, ref=True, longest=LONGEST_NAME),
                "The name of the process.",
                "流程的名称。",
                "process: sales-order",
                required=True,
            ),
            Key(
                "version",
                Str(longest=LONGEST_NAME),
                "The version of this process, in quotes.",
                "流程的版本，须加引号。",
                'version: "2026.1"',
                required=True,
            ),
            _TITLE,
            Key(
                "language",
                Pick(("zh", "en")),
                "The language of texts given as plain strings; default `en`.",
                "直接写成字符串的文字所用的语言；默认 `en`。",
                "language: zh",
            ),
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
                "The time zone in which dates and order numbers are meant; default `UTC`.",
                "日期与订单编号所用的时区；默认 `UTC`。",
                "zone: Asia/Shanghai",
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
                "How order numbers look: `{yyyy} {yy} {mm} {dd}` and `{serial:N}`, gap-free, restarting with the smallest date part.",
                "订单编号的格式：`{yyyy} {yy} {mm} {dd}` 与 `{serial:N}`；流水号连续无空号，随最小的日期部分重新开始。",
                'number: "{yyyy}{mm}-{serial:3}"',
            ),
            Key(
                "unique",
                Many(REF),
                "Fields that identify the order outside: the same values are the same order.",
                "在外部标识订单的字段：值相同就是同一订单。",
                "unique: [channel, external_id]",
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
                "对数据的约束；违反任何一条的写入整体被拒绝。",
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
        "One mouth of the intake.",
        "一个受理渠道。",
        (
            _TITLE,
            Key(
                "maps",
                Named(Str("path", ref=True)),
                "Our field: where the incoming record has it. What the record holds besides is left out of the order; the history keeps it as it came.",
                "本系统字段：来件中对应的位置。来件中其余内容不写入订单，但原样留在历史中。",
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
                "The condition.",
                "条件。",
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
            Key("required", Flag(), "Refused at intake without it.", "缺少则拒绝受理。", "required: true"),
            Key("default", Any(), "Filled at intake when absent.", "受理时若缺少则填入。", "default: C"),
            Key(
                "choices",
                Many(Str()),
                "The words a `choice` may take.",
                "`choice` 可取的值。",
                "choices: [A, B, C]",
            ),
            Key(
                "min",
                Num(),
                "The least value; for a list, the least number of rows.",
                "最小值；列表则为最少行数。",
                "min: 0",
            ),
            Key(
                "max",
                Num(),
                "The greatest value; for a list, the greatest number of rows.",
                "最大值；列表则为最多行数。",
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
        ),
        short=_to("type"),
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
    Shape("role", "A role: the people who may do something.", "角色：可以做某事的一类人。", (_TITLE,)),
    Shape(
        "stage",
        "A stage. When all its needs are met the order goes on by itself.",
        "阶段。全部要求满足后订单自动前进。",
        (
            _TITLE,
            Key(
                "owner",
                REF,
                "The role accountable for this stage.",
                "对该阶段负责的角色。",
                "owner: inspector",
                required=True,
            ),
            Key(
                "due",
                Sub("due"),
                "Until when; past it the stage is late and its owner is told.",
                "期限；过期则该阶段逾期并告知负责人。",
                "due: 24h",
            ),
            Key(
                "entry",
                Named(Sub("need")),
                "Asked at the door: without it the order stays in the stage before.",
                "入口要求：不具备则订单留在前一阶段。",
                "entry: {quality_photo: file}",
            ),
            Key(
                "needs",
                Named(Sub("need")),
                "What completes the stage.",
                "完成该阶段所需的各项。",
                "needs: {waybill: field}",
            ),
            Key(
                "outcomes",
                Named(Sub("outcome")),
                "What a person may choose instead.",
                "可由人选择的其他结果。",
            ),
            Key(
                "next",
                Many(Sub("row"), single=True),
                "Where the order goes; default the stage below.",
                "订单的去向；默认是下面的阶段。",
                "next: [{when: stock >= quantity, to: logistics}, {to: production}]",
            ),
        ),
    ),
    Shape(
        "due",
        "A time threshold.",
        "时间期限。",
        (
            Key(
                "within",
                Dur(),
                "Elapsed time from entering the stage.",
                "自进入该阶段起经过的时间。",
                "within: 24h",
            ),
            Key(
                "by",
                REF,
                "A `date` (through its last instant) or `datetime` field.",
                "`date`（到当日最后一刻）或 `datetime` 字段。",
                "by: promised_date",
            ),
        ),
        one_of=("within", "by"),
        short=_to("within"),
    ),
    Shape(
        "need",
        "Something that must be there. Exactly one kind.",
        "必须具备的一项，且只能是一种类型。",
        _NEED_KEYS,
        one_of=("check", "file", "note", "field", "that"),
        short=_NEED_SHORT,
    ),
    Shape(
        "outcome",
        "What may happen to a stage instead of its needs being met.",
        "阶段除完成要求之外的结果。",
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
                "在哪些阶段可选，或写 `any`；列出结束则表示可以重新打开。",
                "from: [review, production]",
                required=True,
            ),
            *_OUTCOME_KEYS,
        ),
    ),
    Shape(
        "row",
        "One way on; the first row whose `when` holds counts, the last has none.",
        "一条去向；第一条成立的生效，最后一条不写 `when`。",
        (
            Key("when", Exp(), "The condition.", "条件。", "when: stock >= quantity"),
            Key("to", REF, "The stage or end.", "阶段或结束。", "to: logistics", required=True),
        ),
        short=_to("to"),
    ),
    Shape(
        "action",
        "What is done. Exactly one verb.",
        "执行的动作，且只能是一个动词。",
        (
            _NOTIFY,
            Key(
                "ask",
                Named(Sub("need")),
                "Add needs to this visit of the stage; it cannot be left without them.",
                "为本次停留增加要求；不满足就不能离开。",
                "ask: {cause: {note: 原因, by: quality_lead}}",
            ),
            Key("move", REF, "Leave now for that stage or end.", "立即转到该阶段或结束。", "move: cancelled"),
        ),
        one_of=("notify", "ask", "move"),
    ),
    Shape("telling", "Who is told.", "通知谁。", (_NOTIFY,), one_of=("notify",)),
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
        ),
    ),
)

SHAPES: Final[Mapping[str, Shape]] = {shape.name: shape for shape in _SHAPES}
