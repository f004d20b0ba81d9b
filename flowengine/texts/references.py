"""Findings about names (FE2xx), about the flow (FE4xx), and about values that do not fit a field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "at.line": {"en": "line {line}", "zh": "第 {line} 行"},
    "at.file": {"en": "line {line} of {file}", "zh": "{file} 第 {line} 行"},
    "name.field": {"en": "a field", "zh": "字段"},
    "name.stage": {"en": "a stage", "zh": "阶段"},
    "name.end": {"en": "an end", "zh": "结束"},
    "name.task": {"en": "a task", "zh": "任务"},
    "name.outcome": {"en": "an outcome of the whole order", "zh": "整单结果"},
    "name.channels": {"en": "the field that `channels` declares", "zh": "由 `channels` 声明的字段"},
    "name.need.check": {"en": "a check", "zh": "勾选项"},
    "name.need.file": {"en": "a file", "zh": "凭证"},
    "name.need.note": {"en": "a note", "zh": "说明"},
    "name.need.field": {"en": "a need for another field", "zh": "对其他字段的要求"},
    "name.need.that": {"en": "a condition", "zh": "条件"},
    "name.need.any": {"en": "a choice of several needs", "zh": "多选一的要求"},
    "FE201": {"en": "there is no role “{word}”", "zh": "没有“{word}”这个角色"},
    "FE202": {"en": "there is no stage or end “{word}”", "zh": "没有“{word}”这个阶段或结束"},
    "FE203": {"en": "there is no field “{word}”", "zh": "没有“{word}”这个字段"},
    "FE204": {
        "en": "the name “{word}” already means {other} ({where})",
        "zh": "名称“{word}”已经用于{other}（{where}）",
    },
    "FE204.hint": {
        "en": "one name means one thing in a process: choose another",
        "zh": "一个名称在流程中只能指一样东西，请换一个名称",
    },
    "FE205": {
        "en": "“{word}” is a word of the language and cannot be a name",
        "zh": "“{word}”是本语言自己的词，不能用作名称",
    },
    "FE205.hint": {"en": "choose another name, for example my_{word}", "zh": "请换一个名称，例如 my_{word}"},
    "FE206": {
        "en": "“{word}” cannot be a stage: every process has an end of that name",
        "zh": "“{word}”不能用作阶段名称：每个流程都有这个名称的结束",
    },
    "FE206.hint": {
        "en": "choose another name for the stage, or let orders go to the end: `next: {word}`",
        "zh": "请给阶段换一个名称，或用 `next: {word}` 直接转到该结束",
    },
    "FE208": {"en": "outcome “{outcome}” lacks `{word}`", "zh": "结果“{outcome}”缺少 `{word}`"},
    "FE208.hint": {
        "en": "a counted outcome says both how often (`at_most: 3`) and what happens then (`beyond: [{{move: cancelled}}]`)",
        "zh": "有次数限制的结果须同时写明次数（`at_most: 3`）与超过后怎么办（`beyond: [{{move: cancelled}}]`）",
    },
    "FE209": {
        "en": "field “{field}” is of type {type} and cannot have `{word}`",
        "zh": "字段“{field}”的类型是 {type}，不能写 `{word}`",
    },
    "FE209.hint": {
        "en": "only these types have `{word}`: {allowed}",
        "zh": "只有这些类型可以写 `{word}`：{allowed}",
    },
    "FE210": {
        "en": "there is no time zone “{word}” that every machine knows",
        "zh": "没有每台机器都认识的时区“{word}”",
    },
    "FE210.hint": {
        "en": "write an IANA name: Asia/Shanghai, Europe/Berlin, UTC",
        "zh": "请写 IANA 时区名：Asia/Shanghai、UTC",
    },
    "FE270": {"en": "there is no calendar “{word}”", "zh": "没有“{word}”这个日历"},
    "FE271": {"en": "“{word}” is no shift", "zh": "“{word}”不是班次"},
    "FE271.hint": {
        "en": "write from when until when, or closed: 09:00-12:00; a shift over midnight is 22:00-06:00, a whole day 00:00-24:00",
        "zh": "请写起止时间或 closed：09:00-12:00；跨午夜的班次写 22:00-06:00，全天写 00:00-24:00",
    },
    "FE272": {"en": "this day is closed and has shifts", "zh": "这一天既不上班，又有班次"},
    "FE272.hint": {"en": "write one or the other", "zh": "两者只写其一"},
    "FE273": {
        "en": "nobody ever works in the week of the calendar “{calendar}”",
        "zh": "日历“{calendar}”的一周里没有任何工作时间",
    },
    "FE273.hint": {
        "en": 'write the shifts of at least one weekday: mon-fri: ["09:00-12:00", "13:30-18:00"]',
        "zh": '至少写出一天的班次：mon-fri: ["09:00-12:00", "13:30-18:00"]',
    },
    "FE274": {"en": "“{word}” is no weekday", "zh": "“{word}”不是星期几"},
    "FE274.hint": {
        "en": "write mon, tue, wed, thu, fri, sat or sun, or several in a row: mon-fri",
        "zh": "请写 mon、tue、wed、thu、fri、sat、sun 之一，或连续几天：mon-fri",
    },
    "FE275": {
        "en": "{day} stands here once more ({where})",
        "zh": "此处又写了一次{day}（{where}）",
    },
    "FE275.hint": {"en": "let each weekday stand once", "zh": "每个星期几只写一次"},
    "FE276": {
        "en": "{day} stands here once more ({where})",
        "zh": "此处又写了一次{day}（{where}）",
    },
    "FE276.hint": {
        "en": "let each day stand once: end the range before it, and begin another behind it",
        "zh": "每一天只写一次：让日期范围在它之前结束，之后另起一段",
    },
    "FE277": {"en": "“{word}” is no date and no range of dates", "zh": "“{word}”不是日期，也不是日期范围"},
    "FE277.hint": {
        "en": "write 2026-02-14, or 2026-02-16..2026-02-23, of the years 2000 to 2100",
        "zh": "请写 2026-02-14 或 2026-02-16..2026-02-23，年份为 2000 至 2100",
    },
    "FE278": {"en": "the range “{word}” ends before it begins", "zh": "日期范围“{word}”的结束早于开始"},
    "FE279": {
        "en": "the zone of the process is {zone}, that of its calendar “{calendar}” is {other}",
        "zh": "流程的时区是 {zone}，而它的日历“{calendar}”的时区是 {other}",
    },
    "FE279.hint": {
        "en": "leave out `zone`: the zone of the calendar is that of the process",
        "zh": "请去掉 `zone`：日历的时区就是流程的时区",
    },
    "FE282": {"en": "shifts overlap on {day}: {one} and {other}", "zh": "{day} 的班次重叠：{one} 与 {other}"},
    "FE282.hint": {
        "en": "let each shift begin when the one before it has ended; one over midnight ends on the next day",
        "zh": "每个班次应在前一个结束之后开始；跨午夜的班次到次日才结束",
    },
    "FE281": {
        "en": "{word} lies beyond the public holidays of {country} that are known here",
        "zh": "{word} 晚于此处已知的 {country} 法定节假日安排",
    },
    "FE281.hint": {
        "en": "write make-up workdays of that time as well; `flowengine calendar show FILE` says until when holidays are known",
        "zh": "那段时间的调休上班日也请写上；用 `flowengine calendar show FILE` 可查看节假日已知到哪天",
    },
    "FE211": {
        "en": "“{field}” cannot identify an order: only a required field can, and no list",
        "zh": "“{field}”不能用来标识订单：须是必填字段，且不是列表",
    },
    "FE211.hint": {
        "en": "write `required: true` at the field, or take it out of `unique`",
        "zh": "请在该字段写 `required: true`，或从 `unique` 中去掉它",
    },
    "FE212": {
        "en": "`{word}` belongs to a condition (`that`), but this need is of the kind {kind}",
        "zh": "`{word}` 只用于条件（`that`），而此项要求的类型是 {kind}",
    },
    "FE212.hint": {"en": "remove `{word}`", "zh": "请删去 `{word}`"},
    "FE213": {
        "en": "“{need}” is a condition that nobody fulfils by hand, yet it says `by`",
        "zh": "“{need}”是条件，不由人办理，却写了 `by`",
    },
    "FE213.hint": {"en": "remove `by`", "zh": "请删去 `by`"},
    "FE214": {
        "en": "“{field}” is of type {type}; a deadline needs a date or a datetime",
        "zh": "“{field}”的类型是 {type}，而期限须是 date 或 datetime",
    },
    "FE214.hint": {
        "en": "name a date field, or write `within: 24h`",
        "zh": "请写日期字段，或写 `within: 24h`",
    },
    "FE215": {
        "en": "`any` in the `from` of “{outcome}” means every stage already",
        "zh": "“{outcome}”的 `from` 中的 `any` 已包含所有阶段",
    },
    "FE215.hint": {"en": "write `from: any`, or list the stages", "zh": "请只写 `from: any`，或逐一列出阶段"},
    "FE216": {
        "en": "“{field}” of type {type} needs `{word}`",
        "zh": "类型为 {type} 的“{field}”必须写 `{word}`",
    },
    "FE216.hint": {
        "en": "a choice has `choices: [A, B]`, a list has `of: {{sku: text, quantity: integer}}`",
        "zh": "choice 须写 `choices: [A, B]`，list 须写 `of: {{sku: text, quantity: integer}}`",
    },
    "FE520": {
        "en": "there is no need “{word}” whose doer could be kept from this",
        "zh": "没有名为“{word}”的要求，无从限定其办理人",
    },
    "FE521": {
        "en": "“{need}” keeps from itself whoever did it, so in the end nobody is left who may",
        "zh": "“{need}”不许办理过它的人再办理，最终将无人可办",
    },
    "FE521.hint": {
        "en": "name another need, or the creator",
        "zh": "请写另一项要求，或写开单人（creator）",
    },
    "FE522": {
        "en": "nobody does “{need}”: a field or a condition keeps no doer who could be told apart",
        "zh": "“{need}”没有办理人：字段或条件不记录由谁办理，无从区分",
    },
    "FE522.hint": {
        "en": "name a check, a file or a note",
        "zh": "请写勾选、文件或说明类的要求",
    },
    "FE533": {
        "en": "“{need}” keeps its creator from nothing: every order has “{field}” from its opening, so nobody is asked for it",
        "zh": "“{need}”约束不了开单人：每个订单从开单起就有“{field}”，不会再问任何人",
    },
    "FE533.hint": {
        "en": "let somebody else check it: {field}_checked: {{check: …, not_by: creator, covers: {field}}}; or let the order open without it",
        "zh": "请改由他人核对：{field}_checked: {{check: …, not_by: creator, covers: {field}}}；或允许开单时不填",
    },
    "FE523": {
        "en": "the order has no field “{word}” that a role could see or change",
        "zh": "订单没有名为“{word}”的字段，角色无从查看或修改",
    },
    "FE524": {
        "en": "no role changes “{field}”: it is computed, or it stays as the order was opened with it",
        "zh": "任何角色都不能修改“{field}”：它由系统算出，或开单后不再改变",
    },
    "FE524.hint": {"en": "remove it from `edits`", "zh": "请从 `edits` 中删去"},
    "FE570": {
        "en": "`private` fits only a text, and “{field}” is of type {type}",
        "zh": "`private` 只能用于文字，而“{field}”的类型是 {type}",
    },
    "FE570.hint": {
        "en": "write `type: text`, or remove `private`",
        "zh": "请写 `type: text`，或删去 `private`",
    },
    "FE571": {
        "en": "the value of “{field}” is private: no condition or formula reads it",
        "zh": "“{field}”是隐私信息，条件和算式都不能读取它的值",
    },
    "FE571.hint": {
        "en": "ask only whether it is there: `has({field})`",
        "zh": "只能判断有没有：`has({field})`",
    },
    "FE572": {
        "en": "“{field}” is a name or an address: people may share it, so it cannot tell one order from another",
        "zh": "“{field}”是姓名或地址，几个人可能相同，不能用来区分订单",
    },
    "FE572.hint": {
        "en": "name a phone number or a document in `unique`, or what is not private, such as the number of the order elsewhere",
        "zh": "请在 `unique` 中使用电话或证件号的字段，或非隐私的字段，例如外部单号",
    },
    "FE573": {
        "en": "“{field}” is private: `{word}` cannot fill it, for its value would stand in the process file",
        "zh": "“{field}”是隐私信息，不能用 `{word}` 填写，否则它的值会写在流程文件里",
    },
    "FE573.hint": {
        "en": "let a person or a channel give the value",
        "zh": "请由人员填写，或由渠道送入",
    },
    "FE574": {
        "en": "the order has no private field “{word}” that a role could see in full",
        "zh": "订单没有名为“{word}”的隐私字段，谈不上看到完整内容",
    },
    "wrong.private": {
        "en": "this must be a text of at most {most} characters without control characters",
        "zh": "应为不超过 {most} 个字符、不含控制字符的文字",
    },
    "wrong.masked": {
        "en": "this is a mask, not the value; write the whole value, or leave it out",
        "zh": "这是脱敏后的内容，不是原值；请写出完整内容，或不填此项",
    },
    "FE390": {
        "en": "“{field}” cannot be amended: it is computed, or it stays as the order was opened with it",
        "zh": "“{field}”不能变更：它由系统算出，或开单后不再改变",
    },
    "FE390.hint": {"en": "remove its `changes`", "zh": "请删去它的 `changes`"},
    "FE391": {
        "en": "nobody may amend “{field}”: `changes` names no role, and no role `edits` it",
        "zh": "没有人可以变更“{field}”：`changes` 没有写明角色，也没有角色在 `edits` 中写明它",
    },
    "FE391.hint": {
        "en": "write who: `changes: {{by: ROLE}}`",
        "zh": "请写明由谁变更：`changes: {{by: 角色}}`",
    },
    "FE217": {
        "en": "`min` ({least}) is greater than `max` ({most})",
        "zh": "`min`（{least}）大于 `max`（{most}）",
    },
    "FE217.hint": {"en": "exchange the two", "zh": "请对调两者"},
    "FE218": {
        "en": "the default “{value}” does not fit field “{field}”: {why}",
        "zh": "默认值“{value}”不适合字段“{field}”：{why}",
    },
    "FE219": {
        "en": "the order number “{word}” is not complete",
        "zh": "订单编号格式“{word}”不完整",
    },
    "FE219.hint": {
        "en": 'write {{serial:N}} once; {{dd}} needs {{mm}} beside it, and {{mm}} needs the year: "{{yyyy}}{{mm}}-{{serial:3}}"',
        "zh": '{{serial:N}} 须写且只写一次；写 {{dd}} 须同时写 {{mm}}，写 {{mm}} 须同时写年份，例如 "{{yyyy}}{{mm}}-{{serial:3}}"',
    },
    "FE220": {
        "en": "in the `beyond` of “{outcome}”, `move` must come last, once, and without `ask`",
        "zh": "“{outcome}”的 `beyond` 中，`move` 只能写一次，须放在最后，且不能与 `ask` 同用",
    },
    "FE220.hint": {
        "en": "the order leaves at once: what is asked beside a `move`, or written after it, would never happen",
        "zh": "订单会立即离开：与 `move` 同时提出的要求、写在其后的动作都不会发生",
    },
    "FE221": {
        "en": "“{outcome}” belongs to the whole order and cannot `ask` needs of a stage",
        "zh": "“{outcome}”属于整单，不能用 `ask` 给阶段增加要求",
    },
    "FE221.hint": {
        "en": "write the outcome inside the stage, or `move` the order",
        "zh": "请把结果写在阶段里，或用 `move` 转移订单",
    },
    "FE222": {
        "en": "“{need}” stands twice in this stage ({where}) and asks different people",
        "zh": "“{need}”在本阶段出现两次（{where}），却要求不同的人办理",
    },
    "FE222.hint": {
        "en": "it is one act: write the same `by` at both, or give one of them another name",
        "zh": "它是同一件事：请在两处写相同的 `by`，或为其中一处换个名称",
    },
    "FE223": {
        "en": "“{need}” stands twice in this stage ({where}) and means different things",
        "zh": "“{need}”在本阶段出现两次（{where}），含义却不同",
    },
    "FE223.hint": {
        "en": "it is one need: write the same at both, or give one of them another name",
        "zh": "它是同一项要求：请在两处写相同的内容，或为其中一处换个名称",
    },
    "FE224": {"en": "there is no currency “{word}”", "zh": "没有“{word}”这种货币"},
    "FE240": {"en": "there is no moment “{word}”", "zh": "没有“{word}”这个时刻"},
    "FE241": {
        "en": "“{word}” is neither a moment nor a field with a date",
        "zh": "“{word}”既不是时刻，也不是日期字段",
    },
    "FE242": {
        "en": "outcome “{outcome}” does not say where the order goes",
        "zh": "结果“{outcome}”没有写明订单的去向",
    },
    "FE242.hint": {
        "en": "add `to`; an outcome of the whole order that changes fields in place says `edits` instead",
        "zh": "请加上 `to`；只在原处修改字段的整单结果请写 `edits`",
    },
    "FE243": {
        "en": "“{outcome}” happens by itself, yet it says `{word}`",
        "zh": "“{outcome}”会自动发生，却写了 `{word}`",
    },
    "FE243.hint": {
        "en": "remove `{word}`; or remove `after` and `when`, and let a person choose it",
        "zh": "请删去 `{word}`；或删去 `after` 与 `when`，改由人选择",
    },
    "FE244": {
        "en": "“{outcome}” happens by itself, but does not lead away: it would happen again and again",
        "zh": "“{outcome}”会自动发生却不离开：它会反复发生",
    },
    "FE244.hint": {
        "en": "add `to`, and a `move` in its `beyond`",
        "zh": "请加上 `to`，并在 `beyond` 中写 `move`",
    },
    "FE245": {
        "en": "“{outcome}” goes `back`, but no outcome of another stage leads to “{stage}”",
        "zh": "“{outcome}”写了 `back`，但没有其他阶段的结果通向“{stage}”",
    },
    "FE245.hint": {
        "en": "`back` ends a detour that began with an outcome; name the stage instead",
        "zh": "`back` 用于结束由某个结果开始的绕行；请改写阶段名称",
    },
    "FE246": {
        "en": "task “{task}” has neither needs nor outcomes: nothing ever completes it",
        "zh": "任务“{task}”既无要求也无结果：永远无法完成",
    },
    "FE246.hint": {
        "en": "say what completes it: `needs: {{done: check}}`",
        "zh": "请写明如何完成：`needs: {{done: check}}`",
    },
    "FE247": {
        "en": "task “{task}” waits for itself: {path}",
        "zh": "任务“{task}”在等待它自己：{path}",
    },
    "FE247.hint": {"en": "remove one `after` of this circle", "zh": "请删去这一圈中的一个 `after`"},
    "FE248": {
        "en": "`each` needs a list field; “{word}” is none",
        "zh": "`each` 须写列表字段；“{word}”不是列表",
    },
    "FE250": {
        "en": "“{need}” cannot be deferred here: only needs of a stage or of a task can",
        "zh": "“{need}”在此处不能延后：只有阶段或任务的要求可以",
    },
    "FE250.hint": {
        "en": "remove `defer`, or write the need under `needs` of the stage (not in a task with `each`)",
        "zh": "请删去 `defer`，或把该要求写在阶段的 `needs` 下 （不能在带 `each` 的任务里）",
    },
    "FE251": {
        "en": "for an order for which no row holds, “{place}” has no `{word}`",
        "zh": "若各行条件都不成立，“{place}”就没有 `{word}`",
    },
    "FE251.hint": {"en": "add a last row without `when`", "zh": "请在最后加一行不带 `when` 的"},
    "FE254": {
        "en": "“{outcome}” is open at the end “{end}”, so it must be chosen by a person and lead to a stage",
        "zh": "“{outcome}”在结束“{end}”处可选，因此须由人选择并通向某个阶段",
    },
    "FE254.hint": {
        "en": "write `to` with a stage, and neither `after`, `when` nor `back`",
        "zh": "请用 `to` 写明阶段，且不要写 `after`，`when` 或 `back`",
    },
    "FE256": {
        "en": "“{need}” is of the kind {kind} and cannot have `{word}`",
        "zh": "“{need}”的类型是 {kind}，不能写 `{word}`",
    },
    "FE256.hint": {
        "en": "remove `{word}`; in an `any`, write it at one of its needs",
        "zh": "请删去 `{word}`；在 `any` 中请写在其中某一项上",
    },
    "FE258": {
        "en": "“{need}” belongs to one row of a list and cannot outlive its visit",
        "zh": "“{need}”属于列表的某一行，离开阶段后不能继续有效",
    },
    "FE258.hint": {"en": "remove `covers`", "zh": "请删去 `covers`"},
    "FE257": {
        "en": "“{need}” outlives its stage (`covers`), but means something else ({where})",
        "zh": "“{need}”在离开阶段后仍有效 （`covers`），但另一处（{where}）的含义不同",
    },
    "FE257.hint": {
        "en": "write the same at both places, or give one of them another name",
        "zh": "请在两处写相同的内容，或为其中一处换个名称",
    },
    "FE401": {"en": "no order ever reaches stage “{stage}”", "zh": "没有订单会到达阶段“{stage}”"},
    "FE401.hint": {
        "en": "name it in a `next` or an outcome of another stage, or remove it",
        "zh": "请在其他阶段的 `next` 或结果中指向它，或删去它",
    },
    "FE260": {
        "en": "“{field}” is always computed, so `{word}` says nothing",
        "zh": "“{field}”始终由计算得出，写 `{word}` 没有意义",
    },
    "FE260.hint": {
        "en": "remove `{word}`, or remove `value` if people give it",
        "zh": "请删去 `{word}`；若由人填写，则删去 `value`",
    },
    "FE261": {
        "en": "“{field}” is worked out from fields, and `{name}` is none",
        "zh": "“{field}”只能由字段得出，而 `{name}` 不是字段",
    },
    "FE261.hint": {
        "en": "moments and stages change without a write: ask them where the answer is needed, in the condition itself",
        "zh": "时刻与阶段无须写入就会变化：请在用到它的条件里直接判断",
    },
    "FE262": {
        "en": "these fields are worked out from one another, in a circle: {path}",
        "zh": "这些字段互相推算，形成循环：{path}",
    },
    "FE262.hint": {
        "en": "let one of them be given, without `value` and without rows",
        "zh": "请让其中一个由人填写，不写 `value`，也不写多行默认值",
    },
    "FE263": {
        "en": "“{field}” cannot identify an order: its value depends on other fields",
        "zh": "“{field}”不能用来标识订单：它的值取决于其他字段",
    },
    "FE263.hint": {
        "en": "take it out of `unique` and name the fields that it depends on",
        "zh": "请从 `unique` 中去掉它，改列它所依据的字段",
    },
    "FE264": {
        "en": "“{field}” is computed: a channel brings nothing for it",
        "zh": "“{field}”由计算得出，渠道不会带来它的值",
    },
    "FE264.hint": {
        "en": "take it out of `maps`, or remove `value` from the field",
        "zh": "请从 `maps` 中去掉它，或删去该字段的 `value`",
    },
    "FE265": {
        "en": "`{word}: {value}` does not fit field “{field}”: {why}",
        "zh": "`{word}: {value}` 不适合字段“{field}”：{why}",
    },
    "FE266": {"en": "“{field}” has choices twice: {words}", "zh": "“{field}”的选项重复：{words}"},
    "FE266.hint": {"en": "write each once", "zh": "每项只写一次"},
    "FE267": {
        "en": "“{field}” has no value where none of its rows holds",
        "zh": "若各行条件都不成立，“{field}”就没有值",
    },
    "FE267.hint": {
        "en": "add a last row without `when`: `- {{value: …}}`",
        "zh": "请在最后加一行不带 `when` 的 `- {{value: …}}`",
    },
    "FE402": {
        "en": "the rows below this one never count, because it has no `when`",
        "zh": "此行没有 `when`，其下各行永远不会生效",
    },
    "FE402.hint": {"en": "the row without `when` stands last", "zh": "没有 `when` 的行应放在最后"},
    "FE403": {
        "en": "an order for which no row of “{stage}” holds has nowhere to go",
        "zh": "若“{stage}”的各行条件都不成立，订单将无处可去",
    },
    "FE403.hint": {
        "en": "add a last row without `when`: `- {{to: …}}`",
        "zh": "请在最后加一行不带 `when` 的 `- {{to: …}}`",
    },
    "FE404": {
        "en": "stage “{stage}” has neither needs nor outcomes: nothing ever completes it",
        "zh": "阶段“{stage}”既无要求也无结果：永远无法完成",
    },
    "FE404.hint": {
        "en": "say what completes it: `needs: {{done: check}}`",
        "zh": "请写明如何完成：`needs: {{done: check}}`",
    },
    "FE405": {
        "en": "`next` of stage “{stage}” is never used: without needs it is left only by an outcome",
        "zh": "阶段“{stage}”的 `next` 用不到：没有要求的阶段只能通过结果离开",
    },
    "FE405.hint": {"en": "add `needs`, or remove `next`", "zh": "请加上 `needs`，或删去 `next`"},
    "FE406": {
        "en": "the last stage “{stage}” does not say where orders go",
        "zh": "最后的阶段“{stage}”没有写明订单的去向",
    },
    "FE406.hint": {
        "en": "write `next: closed` (ends: {ends})",
        "zh": "请写 `next: closed`（可用的结束：{ends}）",
    },
    "FE407": {"en": "an order in stage “{stage}” can never end", "zh": "订单到了阶段“{stage}”就永远无法结束"},
    "FE407.hint": {
        "en": "give it a way to a stage that ends, or to an end",
        "zh": "请给它一条能走到结束的路",
    },
    "FE408": {"en": "no order ever ends as “{end}”", "zh": "没有订单会以“{end}”结束"},
    "FE408.hint": {
        "en": "name it in a `next` or an outcome, or remove it",
        "zh": "请在 `next` 或结果中指向它，或删去它",
    },
    "FE409": {
        "en": "`entry` of the first stage “{stage}” is never asked: at intake no stage comes before it",
        "zh": "第一个阶段“{stage}”的 `entry` 不会被检查：受理时没有前一个阶段",
    },
    "FE409.hint": {
        "en": "write it under `needs` of the stage, or as `required` fields",
        "zh": "请写进该阶段的 `needs`，或写成 `required` 字段",
    },
    "FE410": {
        "en": "“{outcome}” can never be chosen at an end: an order that has ended takes no {needs}",
        "zh": "在结束处永远无法选择“{outcome}”：已结束的订单不能再办理 {needs}",
    },
    "FE410.hint": {
        "en": "let it lead to a stage without `entry`, and ask for a `reason` instead of needs",
        "zh": "请让它通向没有 `entry` 的阶段，并用 `reason` 代替要求",
    },
    "FE411": {
        "en": "stage “{stage}” asks nothing and offers nothing: an order leaves it only by {outcomes}",
        "zh": "阶段“{stage}”既无要求也无结果：订单只能通过 {outcomes} 离开",
    },
    "FE411.hint": {
        "en": "say what completes it (`needs`); if that is meant, name the stage in the `from` of one of them",
        "zh": "请用 `needs` 写明如何完成；若确是此意，请在其中一个结果的 `from` 中写出该阶段",
    },
    "FE501": {"en": "`{verb}` does not say who does it", "zh": "`{verb}` 没有写明由谁做"},
    "FE501.nobody": {
        "en": "name somebody under `people`, and add `by:` with that name",
        "zh": "请先在 `people` 中写明参与的人，再加上 `by:`",
    },
    "FE501.hint": {"en": "add `by:` with one of {people}", "zh": "请加上 `by:`，可选：{people}"},
    "FE502": {
        "en": "one step cannot have both `wait` and `until`",
        "zh": "同一步骤不能既写 `wait` 又写 `until`",
    },
    "FE502.hint": {"en": "keep one of them", "zh": "请只保留一个"},
    "FE503": {"en": "this step does nothing and expects nothing", "zh": "此步骤既无动作也无预期"},
    "FE503.hint": {
        "en": "say what is done (`done`, `write`, `outcome` …), how long it waits, or what it expects",
        "zh": "请写明做什么（`done`、`write`、`outcome` 等）、等多久，或预期什么",
    },
    "FE504": {
        "en": "a step that does nothing cannot expect `{word}`",
        "zh": "此步骤没有动作，不能预期 `{word}`",
    },
    "FE504.hint": {
        "en": "add what is done: `done`, `write`, `outcome` …",
        "zh": "请写上所做的动作：`done`、`write`、`outcome` 等",
    },
    "FE505": {"en": "there is no “{word}” among `people`", "zh": "`people` 中没有“{word}”"},
    "FE506": {"en": "the process has no check “{word}”", "zh": "流程中没有“{word}”这个勾选项"},
    "FE507": {"en": "the process has no outcome “{word}”", "zh": "流程中没有“{word}”这个结果"},
    "FE508": {"en": "the process asks for no file “{word}”", "zh": "流程中没有“{word}”这个凭证"},
    "FE509": {
        "en": "the process has neither a field nor a note “{word}”",
        "zh": "流程中没有名为“{word}”的字段或说明",
    },
    "FE510": {"en": "the process file “{word}” cannot be read", "zh": "无法读取流程文件“{word}”"},
    "FE510.hint": {"en": "write a path relative to this file", "zh": "请写相对于本文件的路径"},
    "FE511": {"en": "the process file “{word}” has errors of its own", "zh": "流程文件“{word}”本身有错误"},
    "FE511.hint": {"en": "run `flowengine validate` on it first", "zh": "请先对它运行 `flowengine validate`"},
    "FE512": {
        "en": "the process has neither a need nor an outcome “{word}”",
        "zh": "流程中没有名为“{word}”的要求或结果",
    },
    "FE531": {
        "en": "nothing is ever refused for the reason “{word}”",
        "zh": "没有名为“{word}”的拒绝原因",
    },
    "FE531.hint": {
        "en": "see “Reasons for a refusal” in the reference of the language, or let the scenario fail: it says which it is",
        "zh": "参见语言参考的“拒绝的原因”；也可先运行情景，失败时会写出实际的原因",
    },
    "FE513": {"en": "not every row has a column “{word}”", "zh": "并非每一行都有“{word}”这一列"},
    "FE514": {
        "en": "a name is needed here, but a row gives {word} as {found}",
        "zh": "此处需要名称，而某一行的 {word} 是{found}",
    },
    "FE514.hint": {
        "en": "give that column a text in every row: `rows: [{{who: li}}, {{who: wang}}]`",
        "zh": "请在每一行为该列写文字：`rows: [{{who: li}}, {{who: wang}}]`",
    },
    "FE517": {
        "en": "the process has nothing called “{word}” that somebody may waive",
        "zh": "流程中没有名为“{word}”且可以免除的要求",
    },
    "FE518": {
        "en": "the process has no hold called “{word}”",
        "zh": "流程中没有名为“{word}”的暂停",
    },
    "FE516": {
        "en": "{word} leads too far away: scenarios play in the years {first} to {last}",
        "zh": "{word} 超出范围：情景的时间只能在 {first} 年到 {last} 年之间",
    },
    "FE516.hint": {"en": "write a time nearer to our own", "zh": "请写近一些的时间"},
    "FE515": {
        "en": "a step that imports nothing cannot expect `{word}`",
        "zh": "此步骤没有导入，不能预期 `{word}`",
    },
    "FE515.hint": {
        "en": "add `import: [ … ]` to the step, or take `{word}` away",
        "zh": "请在该步骤写上 `import: [ … ]`，或删去 `{word}`",
    },
    "wrong.text": {"en": "this must be a text", "zh": "应为文字"},
    "wrong.blank": {"en": "a blank is no value at all", "zh": "空白等于没有值"},
    "wrong.too_long": {"en": "longer than {most} characters", "zh": "超过 {most} 个字符"},
    "wrong.control_characters": {
        "en": "this holds characters that cannot be stored",
        "zh": "含有无法保存的字符",
    },
    "wrong.choice": {"en": "“{value}” is not one of: {choices}", "zh": "“{value}”不在可选值中：{choices}"},
    "wrong.number": {"en": "“{value}” is not a number", "zh": "“{value}”不是数字"},
    "wrong.digits": {
        "en": "this number is too long: at most {most} digits, written out",
        "zh": "数字过长：完整写出时最多 {most} 位",
    },
    "wrong.integer": {"en": "“{value}” is not a whole number", "zh": "“{value}”不是整数"},
    "wrong.minor_units": {
        "en": "{value} has too many decimals: {currency} has {digits}",
        "zh": "{value} 的小数位过多：{currency} 只有 {digits} 位",
    },
    "wrong.boolean": {"en": "“{value}” is neither true nor false", "zh": "“{value}”既不是 true 也不是 false"},
    "wrong.person": {
        "en": "“{value}” cannot be a person: write who it is on one line, at most {most} characters",
        "zh": "“{value}”不能作为人员：请在一行内写明是谁，最多 {most} 个字符",
    },
    "wrong.id": {
        "en": "the id of the person {id} holds blanks around it or invisible signs; people are told apart by their ids sign by "
        "sign, so write it without them",
        "zh": "人员的 id {id} 首尾有空格或含有不可见字符；人员按 id 逐字符区分，请去掉它们",
    },
    "wrong.id.composed": {
        "en": "the id of the person {id} is not written in composed form (Unicode NFC), and would be another person than "
        "“{composed}”; give ids in NFC",
        "zh": "人员的 id {id} 不是组合形式（Unicode NFC），会被当作与“{composed}”不同的人；请以 NFC 形式给出 id",
    },
    "wrong.duration": {
        "en": "“{value}” is not a length of time; write 30m, 2h, 3d or 1d 12h, at most ten years",
        "zh": "“{value}”不是时长；请写成 30m、2h、3d 或 1d 12h，最长十年",
    },
    "wrong.date": {
        "en": "“{value}” is not a date: write 2026-02-28",
        "zh": "“{value}”不是日期，请写 2026-02-28",
    },
    "wrong.naive": {"en": "the time {value} has no zone", "zh": "时间 {value} 没有时区"},
    "wrong.year": {
        "en": "“{value}” is not within the years {first} to {last}",
        "zh": "“{value}”不在 {first} 年至 {last} 年之间",
    },
    "wrong.datetime": {
        "en": "“{value}” is not a time: write 2026-02-28 16:30 or 2026-02-28T16:30+08:00",
        "zh": "“{value}”不是时间，请写 2026-02-28 16:30 或 2026-02-28T16:30+08:00",
    },
    "wrong.list": {
        "en": "this must be a list of rows, each with: {columns}",
        "zh": "应为若干行的列表，每行包含：{columns}",
    },
    "wrong.too_many_rows": {"en": "more than {most} rows", "zh": "超过 {most} 行"},
    "wrong.unknown_column": {
        "en": "row {row}: there is no column “{column}” ({columns})",
        "zh": "第 {row} 行：没有列“{column}”（{columns}）",
    },
    "wrong.in_row": {"en": "row {row}, {column}: {why}", "zh": "第 {row} 行 {column}：{why}"},
    "wrong.row_lacks": {"en": "row {row} lacks {column}", "zh": "第 {row} 行缺少 {column}"},
    "wrong.least": {"en": "{value} is less than {least}", "zh": "{value} 小于 {least}"},
    "wrong.most": {"en": "{value} is more than {most}", "zh": "{value} 大于 {most}"},
    "wrong.rows_least": {
        "en": "{value} rows are too few: at least {least}",
        "zh": "只有 {value} 行，至少要有 {least} 行",
    },
    "wrong.rows_most": {
        "en": "{value} rows are too many: at most {most}",
        "zh": "有 {value} 行，至多 {most} 行",
    },
}
