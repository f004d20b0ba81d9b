"""Words of `order`: its number, its channels, its fields."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flowengine.definition.kinds import FIELD_TYPES
from flowengine.definition.private import PRIVATE_CLASSES
from flowengine.definition.shapes import Any, Exp, Flag, Key, Many, Named, Pick, Shape, Str, Sub, Txt
from flowengine.definition.vocabulary.shared import CALENDAR, TITLE, alone, to
from flowengine.definition.vocabulary.values import COLUMN_TYPES, PERIOD, POINT, REF, TIME, WHOM

SHAPES: Final = (
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
                "opened",
                Sub("opened"),
                "The calendar opens an order once for each period, whoever is there.",
                "由日历按周期开单，每个周期一次，无须有人操作。",
                "opened: {every: month, sets: {month: last_month()}}",
                fixed=True,
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
            TITLE,
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
        "opened",
        "How often the calendar opens an order, and with what.",
        "日历多久开一次单，填入什么。",
        (
            Key(
                "every",
                PERIOD,
                "At the beginning of each `workday`, `day`, `week` or `month`, after so long, or as a cron line says.",
                "每个 `workday`、`day`、`week`、`month` 开始时，每隔一段时间，或按 cron 表达式。",
                "every: month",
                required=True,
            ),
            Key(
                "at",
                TIME,
                "The time of day; default: the beginning of the day.",
                "一天中的时间；默认是当天开始时。",
                'at: "09:00"',
            ),
            replace(
                CALENDAR,
                en="The calendar whose days and zone count; default: that of the process.",
                zh="按哪个日历的日期和时区；默认是流程的日历。",
            ),
            Key(
                "sets",
                Named(Exp("expression")),
                "Fields with what they begin with: a value, or `today()`, `yesterday()`, `this_week()`, `last_week()`, `this_month()`, `last_month()` as of the moment at which it was to be opened.",
                "字段及其初始内容：一个值，或 `today()`、`yesterday()`、`this_week()`、`last_week()`、`this_month()`、`last_month()`，均以应开单的时刻为准。",
                "sets: {month: last_month()}",
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
            TITLE,
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
        short=to("type"),
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
        short=alone("value", Any()),
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
        short=alone("value", Exp("expression")),
    ),
    Shape(
        "column",
        "A column of a list field.",
        "列表字段的一列。",
        (
            Key(
                "type", Pick(COLUMN_TYPES), "The kind of value.", "值的类型。", "type: integer", required=True
            ),
            TITLE,
            Key("required", Flag(), "Every row must have it.", "每一行都必须有。", "required: true"),
            Key(
                "choices",
                Many(Str()),
                "The words a `choice` may take.",
                "`choice` 可取的值。",
                "choices: [A, B]",
            ),
        ),
        short=to("type"),
    ),
)
