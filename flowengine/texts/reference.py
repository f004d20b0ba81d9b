"""The sentences of the language reference: headings, kinds of value in words, and what the tables cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "reference.title": {"en": "The language", "zh": "流程语言"},
    "reference.intro": {
        "en": "A process file says how orders of one kind run; a scenario file plays one order through it and says what "
        "must come of it. This page lists every word of both. A word that does not stand here is an error, never ignored. "
        "The page is generated from the same table as the reader and the JSON Schemas in `schemas/`: change that table, "
        "then run `make generated`.",
        "zh": "流程文件写明一类订单如何流转；情景文件让一个订单走一遍流程，并写明应有的结果。本页列出两者的全部词汇。"
        "此处没有的词一律报错，绝不会被忽略。本页与读取程序、`schemas/` 中的 JSON Schema 由同一张表生成：请修改那张表，再运行 `make generated`。",
    },
    "reference.smallest": {"en": "The smallest process:", "zh": "最小的流程："},
    "reference.names": {
        "en": "**Names** that you choose (stages, needs, fields, roles) start with a small letter a-z and go on with a-z, "
        "0-9 and `_`. In one process a name means one thing; only a need may share the name of the field that it asks for, "
        "and the same need may stand in several stages.",
        "zh": "自取的**名称**（阶段、要求、字段、角色）以小写字母 a-z 开头，后接 a-z、0-9 与 `_`。同一流程中一个名称只指一样东西；"
        "例外只有两种：要求可以与它所要的字段同名，同一项要求可以出现在多个阶段。",
    },
    "reference.texts": {
        "en": "**Texts** are what people read, in any language: `title: 审核`, or in both `title: {{zh: 审核, en: Review}}`. "
        "A plain text is in the `language` of the file. Write in quotes what is a text but looks like a number: "
        '`version: "2026.1"`.',
        "zh": "**文字**是给人看的内容，语言不限：`title: 审核`，或写两种语言 `title: {{zh: 审核, en: Review}}`。"
        '直接写出的文字属于文件的 `language`。看起来像数字的文字要加引号：`version: "2026.1"`。',
    },
    "reference.processes": {"en": "Process files", "zh": "流程文件"},
    "reference.scenarios": {"en": "Scenario files", "zh": "情景文件"},
    "reference.short": {
        "en": "Short form: {short}, as in `{example}`.",
        "zh": "简写：{short}，例如 `{example}`。",
    },
    "reference.one_of": {"en": "Exactly one of {words}.", "zh": "{words} 必须且只能写一项。"},
    "reference.either_or_both": {"en": "At least one of {words}.", "zh": "{words} 至少写一项。"},
    "reference.pair": {"en": "Only {words} may stand together.", "zh": "只有 {words} 可以同写。"},
    "reference.at_most_one_of": {"en": "At most one of {words}.", "zh": "{words} 至多写一项。"},
    "reference.refusals": {"en": "Reasons for a refusal", "zh": "拒绝的原因"},
    "reference.refusals.body": {
        "en": "What `expect: {{refused: …}}` of a scenario names, and what commands answer as the code of a reason. Words in braces stand for what is meant.",
        "zh": "情景中 `expect: {{refused: …}}` 所写的名称，也是命令返回的原因代码。花括号中的词代表具体内容。",
    },
    "reference.reason": {"en": "reason", "zh": "原因"},
    "reference.sentence": {"en": "what is said", "zh": "说明"},
    "reference.key": {"en": "key", "zh": "键"},
    "reference.value": {"en": "value", "zh": "值"},
    "reference.meaning": {"en": "meaning", "zh": "含义"},
    "reference.example": {"en": "example", "zh": "示例"},
    "reference.required": {"en": "required", "zh": "必填"},
    "reference.yes": {"en": "yes", "zh": "是"},
    "reference.operator": {"en": "operators", "zh": "运算"},
    "reference.function": {"en": "function", "zh": "函数"},
    "reference.moment": {"en": "moment", "zh": "时刻"},
    # -- what the shapes are called ----------------------------------------------------------------
    "reference.shape.process": {"en": "process", "zh": "流程"},
    "reference.shape.clock": {"en": "clock", "zh": "计时"},
    "reference.shape.length row": {"en": "length row", "zh": "时长行"},
    "reference.shape.point row": {"en": "point row", "zh": "时间点行"},
    "reference.shape.hold": {"en": "hold", "zh": "暂停"},
    "reference.shape.release": {"en": "release", "zh": "解除"},
    "reference.shape.approval": {"en": "approval", "zh": "审批"},
    "reference.shape.approval step": {"en": "approval step", "zh": "审批步骤"},
    "reference.shape.rule": {"en": "rule", "zh": "规则"},
    "reference.shape.defaults": {"en": "defaults", "zh": "默认规定"},
    "reference.shape.default due": {"en": "default due", "zh": "默认期限规定"},
    "reference.shape.warning": {"en": "warning", "zh": "预警"},
    "reference.shape.late row": {"en": "late row", "zh": "逾期行"},
    "reference.shape.order": {"en": "order", "zh": "订单"},
    "reference.shape.channel": {"en": "channel", "zh": "渠道"},
    "reference.shape.order check": {"en": "check of the order's data", "zh": "数据约束"},
    "reference.shape.field": {"en": "field", "zh": "字段"},
    "reference.shape.default row": {"en": "default", "zh": "默认值"},
    "reference.shape.value row": {"en": "computed value", "zh": "计算值"},
    "reference.shape.amending": {"en": "amendments of a field", "zh": "字段的变更"},
    "reference.shape.column": {"en": "column", "zh": "列"},
    "reference.shape.role": {"en": "role", "zh": "角色"},
    "reference.shape.stage": {"en": "stage", "zh": "阶段"},
    "reference.shape.due": {"en": "time threshold", "zh": "期限"},
    "reference.shape.need": {"en": "need", "zh": "要求"},
    "reference.shape.outcome": {"en": "outcome of a stage", "zh": "阶段的结果"},
    "reference.shape.whole outcome": {"en": "outcome of the whole order", "zh": "整单结果"},
    "reference.shape.assign row": {"en": "assignment, or row of them", "zh": "派给谁，或其中一行"},
    "reference.shape.owner row": {"en": "owner, or row of owners", "zh": "负责人或其中一行"},
    "reference.shape.task": {"en": "task", "zh": "任务"},
    "reference.shape.task outcome": {"en": "outcome of a task", "zh": "任务的结果"},
    "reference.shape.row": {"en": "row of `next`", "zh": "`next` 的一行"},
    "reference.shape.action": {"en": "action", "zh": "动作"},
    "reference.shape.telling": {"en": "action of an end", "zh": "结束时的动作"},
    "reference.shape.whom": {"en": "somebody who is named", "zh": "所写的人"},
    "reference.shape.person": {"en": "person", "zh": "人"},
    "reference.shape.calendar": {"en": "calendar", "zh": "日历"},
    "reference.shape.end": {"en": "end", "zh": "结束"},
    "reference.shape.call": {"en": "call", "zh": "外部调用"},
    "reference.shape.message": {"en": "message", "zh": "消息"},
    "reference.shape.notices": {"en": "ways of messages", "zh": "消息的送法"},
    "reference.shape.quiet": {"en": "quiet hours", "zh": "免打扰时段"},
    "reference.shape.digest": {"en": "digest", "zh": "消息汇总"},
    "reference.shape.library": {"en": "library", "zh": "共用文件"},
    "reference.shape.scenario": {"en": "scenario", "zh": "情景"},
    "reference.shape.step": {"en": "step", "zh": "步骤"},
    "reference.shape.expect": {"en": "expectation", "zh": "预期"},
    "reference.shape.sent": {"en": "message", "zh": "消息"},
    # -- kinds of value ----------------------------------------------------------------------------
    "reference.value.words": {"en": "a [text](#texts)", "zh": "[文字](#texts)"},
    "reference.value.text": {"en": "a plain text", "zh": "一段文字"},
    "reference.value.function": {"en": "the name of a function", "zh": "函数名称"},
    "reference.value.webhook": {"en": "an address `https://…`", "zh": "`https://…` 网址"},
    "reference.value.part_of_a_result": {"en": "a part of a result", "zh": "结果中的一部分"},
    "reference.value.name": {"en": "a name", "zh": "名称"},
    "reference.value.doer": {
        "en": "a role, `creator`, a field of type `person`, or `NEED.by`",
        "zh": "角色、`creator`、类型为 `person` 的字段，或 `要求.by`",
    },
    "reference.value.who": {
        "en": "a role, a person, `owner`, or `STAGE.owner`",
        "zh": "角色、人、`owner` 或 `阶段.owner`",
    },
    "reference.value.moment": {"en": "a [moment](#moments)", "zh": "[时刻](#moments)"},
    "reference.value.point": {
        "en": "a moment or a date field, ± a length of time",
        "zh": "时刻或日期字段，可加减时长",
    },
    "reference.value.process_name": {
        "en": "a name, with hyphens instead of `_`",
        "zh": "名称，用连字符代替 `_`",
    },
    "reference.value.time_zone": {"en": "a time zone", "zh": "时区"},
    "reference.value.order_number": {"en": "a pattern", "zh": "编号格式"},
    "reference.value.path": {"en": "a column or a dotted path", "zh": "列名或带点的路径"},
    "reference.value.quiet_hours": {"en": "hours, such as `22:00-07:00`", "zh": "时段，例如 `22:00-07:00`"},
    "reference.value.time_of_day": {"en": "a time of day, such as `09:00`", "zh": "时刻，例如 `09:00`"},
    "reference.value.hours": {
        "en": "a shift (`09:00-12:00`) or `closed`",
        "zh": "班次（`09:00-12:00`）或 `closed`",
    },
    "reference.value.currency": {"en": "a currency code", "zh": "币种代码"},
    "reference.value.instant": {"en": "a day and a time", "zh": "日期与时间"},
    "reference.value.rule": {"en": "the number of a rule", "zh": "规则编号"},
    "reference.value.file": {"en": "a file", "zh": "文件"},
    "reference.value.locked_path": {"en": "a path of names", "zh": "由名称组成的路径"},
    "reference.value.base_process": {"en": "a process, or `process@version`", "zh": "流程，或 `流程@版本`"},
    "reference.value.library_file": {"en": "the path of a library", "zh": "共用文件的路径"},
    "reference.value.patch": {"en": "a [patch](#patches) of a {of}", "zh": "对{of}的[补丁](#patches)"},
    "reference.value.pick": {"en": "{words}", "zh": "{words}"},
    "reference.value.whole_number": {
        "en": "a whole number, at least {least}",
        "zh": "整数，至少为 {least}",
    },
    "reference.value.number": {"en": "a number", "zh": "数字"},
    "reference.value.flag": {"en": "`true` or `false`", "zh": "`true` 或 `false`"},
    "reference.value.length": {
        "en": "length of time, of working hours (`8wh`) or of working days (`2wd`)",
        "zh": "时长，或工作小时（`8wh`）、工作日（`2wd`）",
    },
    "reference.value.length_or_field": {
        "en": "length of time, of working hours (`8wh`) or of working days (`2wd`), or a field of type `duration`",
        "zh": "时长，或工作小时（`8wh`）、工作日（`2wd`），或类型为 `duration` 的字段",
    },
    "reference.value.point_or_time": {
        "en": "date field or moment, so long before or after it; or a time of day",
        "zh": "日期字段或时刻，可加减时长；或一天中的时间",
    },
    "reference.value.period": {
        "en": "`workday`, `day`, `week`, `month`, a length of time, or a cron line of five fields",
        "zh": "`workday`、`day`、`week`、`month`，时长，或五段 cron 表达式",
    },
    "reference.value.warning": {
        "en": "share of the time, or a length before it is over",
        "zh": "时间的百分比，或到期前的时长",
    },
    "reference.value.buffer": {"en": "share, or length of time", "zh": "百分比或时长"},
    "reference.value.duration": {"en": "a [length of time](#durations)", "zh": "[时长](#durations)"},
    "reference.value.condition": {"en": "a [condition](#conditions)", "zh": "[条件](#conditions)"},
    "reference.value.expression": {"en": "an [expression](#conditions)", "zh": "[表达式](#conditions)"},
    "reference.value.fitting": {"en": "a value of that type", "zh": "该类型的值"},
    "reference.value.anything": {"en": "any value", "zh": "任意值"},
    "reference.value.map": {"en": "a map", "zh": "键值对"},
    "reference.value.told": {
        "en": "a person or a role, or `{{WHO: MESSAGE}}`",
        "zh": "人员或角色，或 `{{WHO: MESSAGE}}`",
    },
    "reference.value.reasons": {
        "en": "a reason, or a map from reasons to lists of names",
        "zh": "原因，或键值对（`原因: 名称列表`）",
    },
    "reference.value.named": {"en": "by name: {of}", "zh": "按名称：{of}"},
    "reference.value.many": {"en": "a list, each {of}", "zh": "列表，每项为{of}"},
    "reference.value.single": {"en": "{of}, or a list of these", "zh": "{of}，或其列表"},
    # -- lengths of time ---------------------------------------------------------------------------
    "reference.durations": {"en": "Lengths of time", "zh": "时长"},
    "reference.durations.body": {
        "en": "`30m`, `48h`, `3d`, or several parts: `1d 12h`. They are elapsed time: an hour is sixty minutes and a day is "
        "twenty-four hours, at night, on holidays and when clocks are changed. At least a minute, at most ten years. "
        "The value of a `duration` field is written the same way, or `0m`; history keeps it in milliseconds.",
        "zh": "`30m`、`48h`、`3d`，也可由几部分组成：`1d 12h`。一律按实际经过的时间计算：一小时六十分钟，一天二十四小时，"
        "夜间、节假日与夏令时切换时照算。最短一分钟，最长十年。"
        "`duration` 字段的值写法相同，也可写 `0m`；历史中以毫秒保存。",
    },
    # -- conditions --------------------------------------------------------------------------------
    "reference.conditions": {"en": "Conditions", "zh": "条件"},
    "reference.conditions.body": {
        "en": "A condition asks the order's fields, `number`, `stage`, `channel` and [moments](#moments); it holds or it does "
        "not. It knows no present time: time belongs to `due`. It is checked before any order exists: unknown names, kinds "
        "that do not compare, and choices that do not exist are errors.\n\n"
        "- Texts and choices stand in single quotes: `grade == 'A'`. Dates too: `promised_date > '2026-02-28'`.\n"
        "- Lengths of time too: `patience > '2h'`. One point in time less another is such a length, and it can be added to "
        "points in time: `promised_date + '2d'`.\n"
        "- Numbers are exact: `0.1 + 0.2 == 0.3` holds. Amounts of different currencies neither compare nor add up.\n"
        "- A datetime or moment beside a date counts as the day on which it lies, in the `zone` of the process.\n"
        "- A value that may be missing must be asked for first: "
        "`has(supplier_date) and supplier_date > promised_date`. A field has always a value if it is `required` or has "
        "a `default` that always counts, a computed one if everything that it reads has one.\n"
        "- At most {length} characters, nested at most {depth} deep.\n"
        "- Put the whole condition into double quotes if it holds `: ` or ` #`; inside braces or brackets also if it holds "
        "`,`, `[`, `]`, `{{` or `}}`.",
        "zh": "条件可以使用订单的字段、`number`、`stage`、`channel` 与[时刻](#moments)，结果是成立或不成立。条件不知道当前时间，"
        "时间由 `due` 管。条件在任何订单出现之前就已检查：未知的名称、不能比较的类型、不存在的选项都会报错。\n\n"
        "- 文字与选项用单引号：`grade == 'A'`；日期也一样：`promised_date > '2026-02-28'`。\n"
        "- 时长也用单引号：`patience > '2h'`。两个时间相减得到时长，时长可以加到时间上：`promised_date + '2d'`。\n"
        "- 数字精确计算：`0.1 + 0.2 == 0.3` 成立。不同币种的金额不能比较，也不能相加。\n"
        "- 日期时间或时刻与日期比较时，按流程 `zone` 中的当天计。\n"
        "- 可能没有值的字段要先问有没有：`has(supplier_date) and supplier_date > promised_date`。"
        "`required` 或 `default` 总能生效的字段总有值；计算得出的字段，所依据的都有值时才总有值。\n"
        "- 最多 {length} 个字符，最多嵌套 {depth} 层。\n"
        "- 条件中含有 `: ` 或 ` #` 时，请用双引号括住整个条件；写在花括号或方括号之内时，含有 `,`、`[`、`]`、`{{`、`}}` 的条件也要括住。",
    },
    "reference.operator.and": {
        "en": "both hold, one holds, it does not hold",
        "zh": "都成立、任一成立、不成立",
    },
    "reference.operator.compare": {
        "en": "comparison; a chain is possible",
        "zh": "比较，可以连写",
    },
    "reference.operator.in": {
        "en": "is one of these; also written `['A', 'B']`",
        "zh": "是其中之一，也可写成 `['A', 'B']`",
    },
    "reference.operator.count": {
        "en": "calculation; the result is exact, dividing by zero is an error",
        "zh": "计算，结果精确，除以零报错",
    },
    "reference.operator.time": {
        "en": "moving a point in time; the difference of two is a length of time",
        "zh": "时间的推移；两个时间之差是时长",
    },
    "reference.function.has": {"en": "whether the field has a value", "zh": "字段是否有值"},
    "reference.function.happened": {
        "en": "whether the moment has happened to this order",
        "zh": "该时刻在本订单上是否发生过",
    },
    "reference.function.count": {
        "en": "how often a moment has happened, or how many rows a list has",
        "zh": "时刻发生过几次，或列表有几行",
    },
    "reference.function.late": {
        "en": "whether the stage was late at least once",
        "zh": "该阶段是否至少逾期过一次",
    },
    "reference.function.duration": {
        "en": "how long the order has been in the stage, in all visits, up to the last thing that happened to it",
        "zh": "订单在该阶段停留的总时长，含各次停留，计至订单最近一次变化",
    },
    "reference.function.days": {
        "en": "the whole days of a length of time, the rest left out",
        "zh": "一段时长的整天数，不足一天的舍去",
    },
    "reference.function.sum": {
        "en": "the sum of a column of a list; 0 without rows",
        "zh": "列表某列之和，没有行时为 0",
    },
    "reference.function.average": {
        "en": "the average of a column; an error without rows",
        "zh": "列表某列的平均值，没有行时报错",
    },
    "reference.function.any": {
        "en": "whether the condition holds for at least one row",
        "zh": "是否至少有一行满足条件",
    },
    "reference.function.all": {
        "en": "whether the condition holds for every row; it does without rows",
        "zh": "是否每一行都满足条件，没有行时成立",
    },
    # -- moments -----------------------------------------------------------------------------------
    "reference.moments": {"en": "Moments", "zh": "时刻"},
    "reference.moments.body": {
        "en": "A moment stands for the instant at which something last happened to the order. Ask `happened(…)` before you "
        "compare it; only `order.created` has always happened.",
        "zh": "时刻指某件事在订单上最近一次发生的时间。比较之前先用 `happened(…)` 询问；只有 `order.created` 总是发生过。",
    },
    "reference.moment.created": {"en": "the order was opened", "zh": "订单开单"},
    "reference.moment.entered": {"en": "the order entered the stage", "zh": "订单进入该阶段"},
    "reference.moment.left": {"en": "the order left the stage", "zh": "订单离开该阶段"},
    "reference.moment.warned": {"en": "a warning came before the stage was due", "zh": "该阶段到期前预警"},
    "reference.moment.late": {"en": "the stage became late", "zh": "该阶段逾期"},
    "reference.moment.outcome": {
        "en": "the outcome was chosen and happened in that stage; for outcomes of the whole order, `order` stands in front",
        "zh": "在该阶段选择了该结果并已生效；整单结果写成 `order.结果`",
    },
    "reference.moment.done": {
        "en": "the need was fulfilled: ticked, attached, written, or its field filled in; a field filled in before counts "
        "from entering the stage",
        "zh": "该要求已办理：勾选、上传、填写，或填入其字段；字段若早已填入，则自进入该阶段起算",
    },
    "reference.moment.stale": {
        "en": "an act that `covers` fields lost its validity, as one of them changed",
        "zh": "办理因所 `covers` 的字段改变而失效",
    },
    "reference.moment.waived": {"en": "somebody did without the need", "zh": "该要求被免除"},
    "reference.moment.put_off": {
        "en": "a deferred need was still missing when its time had passed",
        "zh": "延后的要求到期仍未补齐",
    },
    "reference.moment.task_opened": {"en": "the task began", "zh": "任务开始"},
    "reference.moment.task_done": {
        "en": "everything that the task needs was there",
        "zh": "任务的各项均已具备",
    },
    "reference.moment.task_warned": {"en": "a warning came before the task was due", "zh": "任务到期前预警"},
    "reference.moment.task_late": {"en": "the task became late", "zh": "任务逾期"},
    "reference.moment.given": {
        "en": "the field was given a value while it had none",
        "zh": "字段从无值变为有值",
    },
    "reference.moment.amended": {"en": "the order was amended", "zh": "订单被变更"},
    "reference.moment.changed": {
        "en": "the value of the field changed after intake",
        "zh": "受理之后字段的值改变",
    },
    # -- patches ------------------------------------------------------------------------------------
    "reference.patches": {"en": "Patches", "zh": "补丁"},
    "reference.patches.body": {
        "en": "A type of order, and a file with `extends`, says only what differs, in the same keys as the whole. "
        "Maps are merged by name; a text, a number or a list takes the place of what stood there; of words of which only "
        "one may stand, such as `within` and `by`, the new one counts. A short form is written out first: over "
        "`waybill: field`, the patch `waybill: {{by: logistics}}` changes who is asked. `remove` takes away a named thing, or a key "
        "that need not stand. A new stage stands at the end, or behind the one that it `follows`.",
        "zh": "订单类型以及有 `extends` 的文件只写不同之处，所用的键与完整写法相同。键值对按名称合并；文字、数字与列表整体替换；"
        "只能写其一的词（如 `within` 与 `by`）以新写的为准。简写先展开再合并：原为 `waybill: field` 时，"
        "补丁 `waybill: {{by: logistics}}` 改变由谁办理。`remove` 去掉一个有名称的内容，或一个可以不写的键。"
        "新增的阶段排在最后，或排在 `follows` 所指的阶段之后。",
    },
    "reference.patches.left": {
        "en": "What is removed leaves no trace: a moment of it never happens, an outcome is no longer open there. But whoever "
        "still leads to it is an error. `locked` names what no patch may touch. Every type is checked like a "
        "process of its own; `flowengine show FILE --resolved --type NAME` prints it whole, each value with the line where it stands.",
        "zh": "去掉的内容不再起作用：它的时刻永不发生，在那里可选的结果不再可选；但仍然去往它的地方是错误。`locked` 列出任何补丁都不得改动的内容。"
        "每个类型都像独立的流程一样检查；`flowengine show FILE --resolved --type NAME` 完整列出该类型的流程，并注明每个值写在哪一行。",
    },
    "reference.patches.types": {
        "en": "**Types.** With several types, `type` is asked for at intake; with one it is filled in. It stays as it is, and "
        "conditions may read it: `type in 'urgent' | 'custom'`. `priority` follows from the type.",
        "zh": "**类型。** 有多个类型时，受理时必须给出 `type`；只有一个时自动填入。此后不能更改，条件可以读取它：`type in 'urgent' | 'custom'`。"
        "`priority` 由类型决定。",
    },
    "reference.patches.files": {
        "en": "**Several files.** `include` adds the parts of libraries, `extends` builds on another process; all files stand in one "
        "folder or below it, and plain texts keep the language of their file. What is deployed are all of them "
        "together: a change in a library is a new `version` of each process that includes it.",
        "zh": "**多个文件。** `include` 加入共用文件的内容，`extends` 以另一流程为基础；所有文件须在同一文件夹或其下，直接写成字符串的文字沿用所在文件的语言。"
        "部署的是全部文件的整体：共用文件一有改动，凡包含它的流程都要有新的 `version`。",
    },
    # -- when what counts --------------------------------------------------------------------------
    "reference.when": {"en": "When what counts", "zh": "何时生效"},
    "reference.when.checks": {
        "en": "**Data.** `required`, `default` and `maps` act when an order is opened. `checks` are asked when it is opened and "
        "after every change; if one does not hold, nothing of that change is kept. To a check at opening, `stage` is already "
        "the first stage.",
        "zh": "**数据。**`required`、`default` 与 `maps` 在开单时起作用。`checks` 在开单时与每次修改之后判断；只要有一条不成立，该次修改就整体作废。"
        "开单时判断 `checks`，`stage` 已是第一个阶段。",
    },
    "reference.when.computed": {
        "en": "**Computed fields.** A `value` is computed at intake and after every change of what it reads, in the same step of "
        "history; nobody writes it. Rows of `default` are looked at once, at intake, for what was not given. Both read fields, "
        "also one another, and the order in which they stand does not matter. Where something is missing, a divisor is nought or a "
        "list to average has no rows, there is no value. Amounts are rounded to the decimals of their currency (two without one), "
        "other decimals to ten, halves away from zero.",
        "zh": "**计算字段。** `value` 在受理时计算，并在所依据的字段每次变化后重新计算，记入历史的同一步；任何人都不能填写。"
        "`default` 的各行只在受理时判断一次，用于未给出的字段。两者都只依据字段，也可互相依据，书写先后不影响结果。"
        "缺少所需的值、除数为零或求平均的列表没有行时，结果为没有值。金额按币种的小数位数（无币种时两位）四舍五入，其他小数保留十位。",
    },
    "reference.when.numbers": {
        "en": "**Numbers.** The serial counts without gaps and starts again with the smallest date part of the pattern, at "
        "midnight in `zone`. A refused order takes no number, and an order sent again (the same `unique` values) keeps its own.",
        "zh": "**编号。**流水号连续无空号，按格式中最小的日期部分重新开始，以 `zone` 的零点为界。被拒绝的订单不占号；"
        "再次送来的订单（`unique` 的值相同）沿用原编号。",
    },
    "reference.when.visit": {
        "en": "**One visit.** A tick, a file or a note counts for the visit of the stage in which it was given; when the order "
        "comes back, it is asked again, unless it `covers` fields. `field` and `that` look at the data as they are now: a `default` "
        "is a value like any other, a list without rows is none.",
        "zh": "**一次停留。**勾选、凭证与说明只对当次停留有效；订单再回到该阶段时要重新办理，写了 `covers` 的除外。`field` 与 `that` 看的是当前的数据："
        "`default` 与其他值一样算有值，没有行的列表不算。",
    },
    "reference.when.asked": {
        "en": "**Asked or not.** A need whose `when` does not hold, and one whose `after` has not happened, is asked of nobody and "
        "keeps nothing back; it cannot be done either. `after` with a need or task of the same stage looks at whether that is there now, "
        "with anything else at whether it ever happened to the order.",
        "zh": "**是否要求。**`when` 不成立或 `after` 尚未发生的要求，不向任何人提出，也不阻止前进，同时也不能办理。"
        "`after` 写本阶段的要求或任务时，看它现在是否具备；写其他时刻时，看订单上是否曾经发生。",
    },
    "reference.when.covers": {
        "en": "**How long an act lives.** What `covers` fields counts in every later visit, and for the need of that name in every stage, "
        "until one of those fields changes. Then it is stale: it is asked again at once wherever the order is, and the order can neither go on nor take an "
        "outcome that leads on (to a later stage, or to an end of kind `success`) before it is done again. After an order has ended, all of it is asked anew.",
        "zh": "**办理的有效期。**写了 `covers` 的办理在以后各次停留中继续有效，对各阶段的同名要求同样有效，直到其中某个字段改变。"
        "改变后即失效：无论订单在何处都立即重新要求，重新办理之前订单不能前进，也不能选择继续向前的结果 （通向后面的阶段，或通向 `success` 的结束）。订单结束之后，各项都要重新办理。",
    },
    "reference.when.changes": {
        "en": "**Amending.** A field that says `changes` is written after intake by amending the order: `by` may, until `until`, always with a reason. "
        "A need of the stage that asks for the field is done as ever. Every other field may be amended by whoever may write it. "
        "What covers the field is asked again, clocks that depend on it are reckoned again, and `order.amended` happens. "
        "An outcome with `edits` is a permission of its own.",
        "zh": "**变更。**写了 `changes` 的字段，受理之后要以变更订单的方式修改：由 `by` 所列角色，在 `until` 之前，每次都须说明原因。"
        "本阶段有要求要填写该字段时，照常填写。其他字段，可以填写它的人都可以变更它。"
        "变更之后，涉及该字段的办理须重做，取决于它的计时重新计算，并发生 `order.amended`。带 `edits` 的结果另行授权。",
    },
    "reference.when.waive": {
        "en": "**Doing without.** Whoever holds a role of `waive` may do without the need, with a reason, for this visit (with `covers`: until a field changes). "
        "History says who and why.",
        "zh": "**免除。**`waive` 所列角色可说明原因后免除该项，只对本次停留有效 （写了 `covers` 时到字段改变为止）。历史中记录是谁，为什么。",
    },
    "reference.when.not_by": {
        "en": "**Four eyes.** `not_by` keeps a person from a need or an outcome, whatever roles that person holds: `creator` opened the order, another need was done by them last, "
        "or they did without it. It holds both ways: while what somebody did counts, the same person cannot do the other as well. Nor may such a person `waive` it. "
        "A field that it asks for they change on no way, and `creator` gives none but a required one as the order is opened. It does not stand in their queue, "
        "and `flowengine explain` says who is kept from it. The host itself is no person.",
        "zh": "**四眼原则。**`not_by` 按人而不按角色限制，一人身兼数职也不例外：`creator` 指开单人，写另一项要求则指最近办理（或免除）它的人。双向有效：所办之事仍有效期间，同一人也不能再办另一项，"
        "也不能由他免除。该项所要求的字段，他以任何方式都不能填写；写了 `creator` 时，开单人开单时也不能填写，必填字段除外。该项不出现在他的待办中，`flowengine explain` 会写明不得由谁办理。宿主系统本身不算人。",
    },
    "reference.when.rights": {
        "en": "**What a role sees and writes.** Where no role says `sees`, every role of the process sees every field, and the owners of the stage and of the order write those that nothing asks for. "
        "As soon as one role says `sees`, least privilege holds for all of them: a role sees the fields under its `sees` and `edits` and those of which its open work speaks (fields that it is asked for, that `covers`, `when` or an outcome it may choose name); "
        "it writes what its work asks and what it `edits`. Somebody with several roles has the rights of all. Number, stage, owner, times, `type`, `priority` and `channel` are seen by every role, and so are notes, evidence and reasons, which are no fields, and who has or awaits work, also where a field names them. "
        "What is hidden is missing everywhere: in orders, lists, explanations, history, ledgers and answers. A role in a library may name fields that only some processes have. The host itself sees everything.",
        "zh": "**角色看到什么、能改什么。**没有角色写 `sees` 时，流程的每个角色都看到全部字段；没有要求涉及的字段，由阶段和订单的负责人修改。"
        "只要有一个角色写了 `sees`，全部角色都按最小权限：只看到 `sees`、`edits` 所列字段，以及自己待办所涉及的字段（要求填写的，以及 `covers`、`when` 或可选结果写到的）；"
        "只能填写待办所要求的和 `edits` 所列的字段。一人有几个角色时，权限合并。编号、阶段、负责人、时间、`type`、`priority` 和 `channel` 人人可见；说明、凭证和原因不是字段，也都可见；待办由谁办理、等待谁，即使由字段指定，也可见。"
        "看不到的内容处处都没有：订单、列表、解释、历史、期限台账和答复。共用文件里的角色可以写到只有部分流程才有的字段。宿主系统可以看到一切。",
    },
    "reference.when.private": {
        "en": "**Private data.** A text with `private` is encrypted before anything is decided and never kept in the open; a process that has one is deployed only where there is a master key. "
        "Roles see a mask of it (`张*`, `138****1234`) unless it stands under their `unmasked`; what a role does not see at all stays hidden. Conditions may only ask whether there is a value: `has(phone)`. "
        "`flowengine person` hands out all that is kept of a person, or erases it in all orders, whose histories stay whole.",
        "zh": "**隐私信息。**写了 `private` 的文字在作出任何判断之前就已加密，从不以明文保存；含有它的流程，只有在有主密钥时才能部署。"
        "除非写在角色的 `unmasked` 中，各角色只看到脱敏后的内容（`张*`、`138****1234`）；看不到的字段仍然看不到。条件中只能问有没有：`has(phone)`。"
        "`flowengine person` 可以导出与某人有关的全部内容，或在所有订单中将其删除，订单的历史保持完整。",
    },
    "reference.when.defer": {
        "en": "**Putting off.** A need with `defer` does not keep the order in its stage. It stays on the list of those who do it until it is there, however far the "
        "order has gone. When its time has passed it is late: its people are told, and the order cannot go on before it is there. No order ends well (`success`) while one is missing; any other end drops it.",
        "zh": "**延后。**写了 `defer` 的要求不会把订单留在本阶段；在补齐之前，无论订单走到哪里，它都留在办理人的待办中。到期仍未补齐即为逾期：通知办理人，补齐之前订单不能前进。"
        "有缺项的订单不能正常结束 （`success`）；其他结束则不再要求。",
    },
    "reference.when.tasks": {
        "en": "**Tasks.** A task begins as soon as everything in its `after` is there and its `when` holds, and is done when its needs are; before it begins, nothing in it can be done. "
        "If what it needed is no longer there, it begins again. One whose `when` does not hold is not needed and counts as done for others. With `each` there is one for every row of the "
        "list, named by its number: `inspect.2`, with needs `photo.2`. When the order leaves the stage, all its tasks end.",
        "zh": "**任务。**`after` 各项都具备且 `when` 成立时任务开始，其要求都满足时完成；开始之前不能办理其中任何一项。已具备的后来又没有了，任务重新开始。`when` 不成立的任务不需要，对其他任务视为已完成。"
        "写了 `each` 时每一行各有一个任务，以行号命名：`inspect.2`，其要求为 `photo.2`。订单离开阶段时，其中的任务全部结束。",
    },
    "reference.when.by_itself": {
        "en": "**By itself.** An outcome with `after` or `when` is nobody's choice: it happens as soon as its moment happens in this visit, or its condition holds, if its own `needs` are there; "
        "before the stage is left because it is complete. The first one written wins.",
        "zh": "**自动发生。**写了 `after` 或 `when` 的结果不由人选择：本次停留中该时刻发生，或条件成立，且它自己的 `needs` 都具备时，立即执行，先于阶段完成后的前进。有多个时，写在前面的生效。",
    },
    "reference.when.back": {
        "en": "**Back.** When an outcome leads into a stage that offers `back`, a detour begins: `back` returns to the stage where the order was. Several detours in a row return to the first "
        "origin. Whoever came by the normal way has nowhere to go back to.",
        "zh": "**返回。**结果通向写有 `back` 的阶段时，绕行开始：`back` 回到订单原来所在的阶段。连续多次绕行时，回到最初的阶段。按正常路径来到该阶段的订单无处可返回。",
    },
    "reference.when.opens": {
        "en": "**Opening.** Before `opens` a stage is shown, but nothing in it can be done, and nobody has work there; outcomes of the whole order can be chosen. A `date` opens at its first instant. "
        "Once open, a visit stays open.",
        "zh": "**开放。**在 `opens` 之前，阶段可见但不能办理，也没有待办；整单结果可以选择。`date` 从当日零点起开放。一旦开放，本次停留不再关闭。",
    },
    "reference.when.next": {
        "en": "**Going on.** As soon as nothing is missing, the rows of `next` are asked from top to bottom and the order goes on "
        "by itself, through several stages if nothing is missing there either. A process that would go round in a circle this way is stopped.",
        "zh": "**前进。**一旦什么都不缺，就自上而下判断 `next` 各行，订单自动前进；后面的阶段也不缺什么时会接连前进。若因此原地打转，则予以阻止。",
    },
    "reference.when.entry": {
        "en": "**The door.** `entry` is asked when an order is about to come from another stage, also by an outcome; until then "
        "the order stays where it is. It is not asked when an order is opened in the first stage, nor when it stays in its stage.",
        "zh": "**入口。**订单将从其他阶段（包括经由结果）进入时检查 `entry`；不具备则留在原处。开单进入第一个阶段时不检查，留在本阶段时也不检查。",
    },
    "reference.when.outcomes": {
        "en": "**Outcomes** ask their own `needs`, what `ask` has added to the visit, and the `entry` of the stage where they lead; "
        "nothing else. `from: any` means every stage, but no end.",
        "zh": "**结果**只要求它自己的 `needs`、`ask` 为本次停留增加的要求，以及所去阶段的 `entry`，此外不问。`from: any` 指所有阶段，不含结束。",
    },
    "reference.when.beyond": {
        "en": "**Counts.** `at_most: 3` lets an outcome happen three times for one order, over all its visits. The fourth time "
        "`beyond` happens in its place; without a `move` there, the order stays.",
        "zh": "**次数。**`at_most: 3` 表示一个订单上该结果可发生三次，各次停留合计。第四次选择时改为执行 `beyond`；其中没有 `move` 时，订单留在原处。",
    },
    "reference.when.due": {
        "en": "**Due.** `within` counts from entering the stage. What is done at the very due instant is in time; one millisecond "
        "later the stage is late, and its owner is told once. A `date` as `by` lasts through the last instant of that day in "
        "`zone`. If the field changes, so does the due time; while it is empty there is none.",
        "zh": "**期限。**`within` 自进入阶段起计。到点那一刻完成仍算按时，再晚一毫秒即为逾期，并告知负责人一次。"
        "`by` 为 `date` 时，到 `zone` 中当日的最后一刻为止。字段改变，期限随之改变；字段为空则没有期限。",
    },
    "reference.when.time": {
        "en": "**Time goes first.** What fell due before an act is recorded before the act, as of its own due time. If the order "
        "cannot go on then, because a condition cannot be evaluated or stages open one another in a circle, it is late where "
        "it is and still takes acts and outcomes. One act or tick records at most 100 latenesses of an order, the next "
        "tick the others.",
        "zh": "**时间在先。**在某项办理之前已到期的事，先于该项办理记录，并按其到期时间记录。"
        "若订单此时因条件无法计算或各阶段循环而不能前进，则停在原处记为逾期，仍可办理各项与选择结果。"
        "一次办理或一次检查最多记录一个订单的 100 次逾期，其余由下一次检查记录。",
    },
    "reference.when.calendar": {
        "en": "**Working time.** A shift belongs to the day on which it begins, also where it goes on overnight (`22:00-06:00`); `00:00-24:00` is a whole day. "
        "What `days` says of a date counts before all else, then public holidays and make-up workdays, then the weekday. A make-up workday has the "
        "hours of the weekday it stands for, as the announcement pairs them. Working hours pass while a shift lasts; working days pass on the clock on the wall: "
        "from 14:00 one working day leads to 14:00 of the next workday, from a Saturday that is off to the end of Monday. When clocks go forward, a time that is "
        "skipped is the end of the gap; when they go back, a time that repeats is the first of the two. China announces its make-up workdays year by year: "
        "`flowengine calendar show` says until when they are known, and of later days only the usual holidays count.",
        "zh": "**工作时间。** 班次属于它开始的那一天，跨午夜的也是（`22:00-06:00`）；`00:00-24:00` 表示全天。`days` 中写明的日期最优先，其次是法定节假日与调休上班日，最后是星期几。"
        "调休上班日按它所补的那个星期几的时间上班，以公布的对应关系为准。工作小时只在班次之内流逝；工作日按钟面时间推算：14:00 起一个工作日，即下一个工作日的 14:00；"
        "从不上班的星期六起一个工作日，即星期一结束时。时钟拨快时，被跳过的时间算作跳过之后的第一刻；拨慢时，重复的时间算第一次。"
        "中国的调休逐年公布：`flowengine calendar show` 会说明已知到哪天，此后的日子只按惯常节假日计算。",
    },
    "reference.when.ends": {
        "en": "**Ends.** `closed` and `cancelled` exist in every process. An order that has ended takes no acts, only an outcome "
        "whose `from` lists that end; the order then begins a new visit.",
        "zh": "**结束。**每个流程都有 `closed` 与 `cancelled`。已结束的订单不再接受办理，只接受 `from` 中列出该结束的结果，之后开始新的停留。",
    },
}
