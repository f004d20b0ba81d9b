"""Linked orders: what they say to each other, why one cannot be linked, and what is wrong with a link
(FE680-FE697, FE740-FE749), parts of
orders, and orders that the calendar opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "name.link": {
        "en": "a link",
        "zh": "一个关联",
    },
    "FE680": {
        "en": "the link “{link}” does not say what its orders are called in {process}",
        "zh": "关联“{link}”没有写明本流程的订单在 {process} 中的名称",
    },
    "FE680.hint": {
        "en": "write `known_there_as: NAME`, the name of a link with `many` over there; or `many: true`, if the other process names this one",
        "zh": "请写 `known_there_as: 名称`，即对方一个写了 `many` 的关联的名称；若由对方指明本流程，则写 `many: true`",
    },
    "FE681": {
        "en": "“{link}” stands for many orders, of which `{word}` says nothing",
        "zh": "“{link}”代表多个订单，`{word}` 对它没有意义",
    },
    "FE681.hint": {
        "en": "write `{word}` in the link of the other process, whose orders name this one, or remove `many`",
        "zh": "请在对方流程的关联中写 `{word}`，由对方的订单指明本订单；或删去 `many`",
    },
    "FE682": {
        "en": "it is not clear under which name an order of {process} would stand here",
        "zh": "不清楚 {process} 的订单在此处用哪个名称",
    },
    "FE682.hint": {
        "en": "an order that is started is linked with this one",
        "zh": "启动的订单与本订单关联",
    },
    "FE682.none": {
        "en": "name it under `links`: {{cases: {{process: {process}, many: true}}}}",
        "zh": "请在 `links` 中写明：{{cases: {{process: {process}, many: true}}}}",
    },
    "FE682.several": {
        "en": "only one link to that process may have `many`; there are: {known}",
        "zh": "对该流程只能有一个写了 `many` 的关联；现有：{known}",
    },
    "FE683": {
        "en": "`fields` has a meaning only beside `start`",
        "zh": "`fields` 只有与 `start` 同写才有意义",
    },
    "FE683.hint": {
        "en": "remove `fields`, or write `set` to change this order",
        "zh": "请删去 `fields`；要修改本订单，请写 `set`",
    },
    "FE684": {
        "en": "“{word}” has a meaning of its own for every linked order",
        "zh": "“{word}”对每个关联的订单都另有含义",
    },
    "FE684.hint": {
        "en": "number, stage, end, open, held, called_off, started and ended are always there; rename the field or the end over there",
        "zh": "number、stage、end、open、held、called_off、started、ended 始终可用；请给对方的字段或结束改名",
    },
    "FE686": {
        "en": "nothing can be copied into “{field}”",
        "zh": "“{field}”不能接收复制的值",
    },
    "FE686.hint": {
        "en": "a computed field and a list take no copies; read what you need, or copy single values",
        "zh": "计算字段和列表不接收复制；请改为读取，或逐个复制单个的值",
    },
    "FE690": {
        "en": "{process} has no link “{name}” for many orders of this process",
        "zh": "{process} 没有代表本流程多个订单的关联“{name}”",
    },
    "FE690.hint": {
        "en": "write there: links: {{{name}: {{process: {own}, many: true}}}}",
        "zh": "请在对方写：links: {{{name}: {{process: {own}, many: true}}}}",
    },
    "FE691": {
        "en": "{process} has no field “{word}”",
        "zh": "{process} 没有“{word}”这个字段",
    },
    "FE692": {
        "en": "“{word}” is {there} in {process}, and {here} here",
        "zh": "“{word}”在 {process} 中是{there}，而此处是{here}",
    },
    "FE692.hint": {
        "en": "use the same type on both sides",
        "zh": "两边请用同一种类型",
    },
    "FE693": {
        "en": "“{word}” is private in {process}: it can be copied, but not read",
        "zh": "“{word}”在 {process} 中属于隐私信息：可以复制，不能读取",
    },
    "FE693.hint": {
        "en": "write it under `copies`, into a field that is `private` here too",
        "zh": "请写在 `copies` 中，复制到此处同样标为 `private` 的字段",
    },
    "FE694": {
        "en": "{process} has no end “{word}”",
        "zh": "{process} 没有名为“{word}”的结束",
    },
    "FE695": {
        "en": "no order of {process} names one of this process: “{name}” stays empty",
        "zh": "{process} 的订单都不指明本流程的订单：“{name}”会一直为空",
    },
    "FE695.hint": {
        "en": "write there: links: {{original: {{process: {own}, known_there_as: {name}}}}}",
        "zh": "请在对方写：links: {{original: {{process: {own}, known_there_as: {name}}}}}",
    },
    "FE696": {
        "en": "whether {process} agrees with this cannot be told: its file was not checked along",
        "zh": "无法判断 {process} 是否与此一致：没有一并检查它的文件",
    },
    "FE696.hint": {
        "en": "check both together: flowengine validate FOLDER",
        "zh": "请一并检查：flowengine validate 文件夹",
    },
    "FE650": {
        "en": "“{on}” is no linked order: behind the name of the link stands which one it is, 1 for the first",
        "zh": "“{on}”不是关联订单的写法：关联名称之后写第几个订单，第一个为 1",
    },
    "FE650.hint": {"en": "write `on: cases` or `on: cases.1`", "zh": "请写作 `on: cases` 或 `on: cases.1`"},
    "FE651": {
        "en": "the event “{event}” opens orders, but none may be without the link “{link}”",
        "zh": "事件“{event}”会开立订单，但订单必须有关联“{link}”",
    },
    "FE651.hint": {
        "en": "remove `creates`, or `required` of the link: an event names no other order",
        "zh": "请删去 `creates`，或删去该关联的 `required`：事件不能指明另一个订单",
    },
    "FE652": {
        "en": "orders of {process} must have “{word}” when they are opened, and nothing gives it",
        "zh": "开立 {process} 的订单必须有“{word}”，而此处没有给出",
    },
    "FE652.hint": {
        "en": "write `fields: {{{word}: …}}` here, or copy it there, or give it a default there",
        "zh": "请在此处写 `fields: {{{word}: …}}`，或在对方复制该字段或为其写上默认值",
    },
    "FE653": {
        "en": "“{word}” is not always there in {process}, but `required` here",
        "zh": "“{word}”在 {process} 中不一定有值，而此处写了 `required`",
    },
    "FE653.hint": {
        "en": "remove `required` and ask `has(…)` first, or let the field be required or have a default there",
        "zh": "请删去 `required` 并先用 `has(…)` 判断，或在对方将该字段设为必填或写上默认值",
    },
    "FE697": {
        "en": "there is no link “{word}” with other orders",
        "zh": "没有名为“{word}”的关联",
    },
    "FE740": {
        "en": "“{name}” is what `cascade: {word}` of the link “{link}” is called, and here it means something else",
        "zh": "“{name}”是关联“{link}”的 `cascade: {word}` 所用的名称，此处另有含义",
    },
    "FE740.hint": {
        "en": "give yours another name, or remove `{word}` from `cascade`",
        "zh": "请改用别的名称，或从 `cascade` 中删去 `{word}`",
    },
    "FE741": {
        "en": "it is not clear at which end an order is cancelled along with “{link}”",
        "zh": "不清楚随“{link}”取消时订单进入哪个结束",
    },
    "FE741.hint": {
        "en": "under `ends` let one be called `cancelled` with `kind: cancelled`; of that kind there are: {known}",
        "zh": "请在 `ends` 中写一个名为 `cancelled`、`kind: cancelled` 的结束；现有此类：{known}",
    },
    "FE742": {
        "en": "`at` says nothing beside “{every}”",
        "zh": "`at` 与“{every}”同写没有意义",
    },
    "FE742.hint": {
        "en": "a cron line names its own time of day, and a length of time goes on from the one before; remove `at`",
        "zh": "cron 表达式自带时间，时长从上一次算起；请删去 `at`",
    },
    "FE743": {
        "en": "the calendar cannot fill “{field}”: it is computed, private, a list, or set by the process",
        "zh": "日历不能填写“{field}”：它由计算得出、是私密字段或列表，或由流程设定",
    },
    "FE743.hint": {"en": "fill another field", "zh": "请改为填写其他字段"},
    "FE744": {
        "en": "“{name}” is not known here: there is no order yet",
        "zh": "此处没有“{name}”：这时还没有订单",
    },
    "FE744.hint": {
        "en": "write a value, or `today()`, `yesterday()`, `this_week()`, `last_week()`, `this_month()`, `last_month()`",
        "zh": "请写一个值，或 `today()`、`yesterday()`、`this_week()`、`last_week()`、`this_month()`、`last_month()`",
    },
    "FE745": {
        "en": "the calendar opens orders, but nothing says what these become: {fields}",
        "zh": "日历会开单，但没有给出：{fields}",
    },
    "FE745.hint": {
        "en": "say it in `sets`, or give the field a `default`; an order that belongs to another one is opened by that or by people",
        "zh": "请在 `sets` 中写明，或给该字段写上 `default`；从属于另一订单的订单，只能由那个订单或由人开立",
    },
    "reference.shape.opened": {"en": "opening by the calendar", "zh": "按日历开单"},
    "day.today": {"en": "today", "zh": "当天"},
    "day.yesterday": {"en": "yesterday", "zh": "前一天"},
    "day.this_week": {"en": "this week", "zh": "本周"},
    "day.last_week": {"en": "last week", "zh": "上周"},
    "day.this_month": {"en": "this month", "zh": "本月"},
    "day.last_month": {"en": "last month", "zh": "上月"},
    "words.opened.at": {"en": "{said} at {time}", "zh": "{said} {time}"},
    "words.opened.with": {"en": "{said} with {fields}", "zh": "{said}，{fields}"},
    "diff.opened.added": {
        "en": "the calendar opens orders: {said}",
        "zh": "由日历开单：{said}",
    },
    "diff.opened.removed": {
        "en": "the calendar opens no orders any more",
        "zh": "不再由日历开单",
    },
    "diff.opened.changed": {
        "en": "the calendar opens orders: {shift}",
        "zh": "由日历开单：{shift}",
    },
    "health.title.signals": {"en": "signals", "zh": "订单间通知"},
    "health.signals.ok": {"en": "{count} wait to be heard", "zh": "{count} 个待送达"},
    "health.signals.unheard": {
        "en": "{count} wait; one has not been heard for {age}: {why}",
        "zh": "{count} 个待送达；有一个已 {age} 未能送达：{why}",
    },
    "health.signals.unheard.do": {
        "en": "put right what keeps the order from hearing it; it is told again by itself",
        "zh": "请排除使订单收不了通知的原因；之后会自动再送",
    },
    "health.title.schedules": {"en": "schedules", "zh": "按日历开单"},
    "health.schedules.ok": {"en": "the calendar opens what it has to", "zh": "日历按时开单"},
    "health.schedules.unopened": {
        "en": "an order of {process} could not be opened for {age}: {why}",
        "zh": "{process} 的订单已 {age} 未能开立：{why}",
    },
    "health.schedules.unopened.do": {
        "en": "deploy a version of {process} that can be opened, or open the order by hand",
        "zh": "请部署可以开单的 {process} 版本，或由人开立",
    },
    "metric.signals_waiting": {
        "en": "What orders have to tell each other and was not heard yet.",
        "zh": "订单之间尚未送达的通知数。",
    },
    "FE746": {
        "en": "an order is split over the rows of a list, and “{field}” is none that is filled in",
        "zh": "订单按列表的行拆分，而“{field}”不是可填写的列表",
    },
    "FE746.hint": {"en": "name one of these lists: {known}", "zh": "请改用这些列表之一：{known}"},
    "FE747": {
        "en": "no part can go through the stages of “{part}”",
        "zh": "“{part}”所列的阶段无法走完",
    },
    "FE747.order": {
        "en": "write the stages one below the other, in the order of the file and without leaving one out",
        "zh": "请按文件中的顺序写上下相连的阶段，中间不要遗漏",
    },
    "FE747.last": {
        "en": "the last of them is left by an outcome alone; give it needs, so that it is complete some time",
        "zh": "最后一个阶段只能由结果离开；请给它写上要求，使它能够完成",
    },
    "FE747.end": {
        "en": "a part that is done goes to an end that is a success; under `ends` let one have `kind: success`",
        "zh": "完成的部分进入表示成功的结束；请在 `ends` 中给其中一个写上 `kind: success`",
    },
    "FE748": {
        "en": "the parts of two kinds go through the stage “{stage}”",
        "zh": "有两种部分都要经过阶段“{stage}”",
    },
    "FE748.hint": {"en": "leave it to one of them", "zh": "请只留给其中一种"},
    "FE749": {
        "en": "“{name}” is a name that the parts “{part}” need for themselves, and here it means something else",
        "zh": "“{name}”是部分“{part}”自用的名称，此处另有含义",
    },
    "FE749.hint": {"en": "give this another name", "zh": "请给它改名"},
    "parts.whole": {"en": "the order of the {part}", "zh": "{part}所属订单"},
    "parts.open": {"en": "not every part is done: {part}", "zh": "{part}尚未全部完成"},
    "fact.split": {"en": "number of parts: {thing}", "zh": "{thing}的份数"},
    "name.part": {"en": "a kind of parts", "zh": "一种部分"},
    "blocker.no_such_part": {
        "en": "orders are not split into “{name}”; there is: {known}",
        "zh": "订单不能拆成“{name}”；现有：{known}",
    },
    "blocker.split_already": {
        "en": "it is split already, or is a part itself: {title}",
        "zh": "订单已经拆分，或本身就是一部分：{title}",
    },
    "blocker.split_elsewhere": {
        "en": "an order is split into “{name}” only in {stage}",
        "zh": "只有在“{stage}”才能拆成“{name}”",
    },
    "blocker.split_rows": {
        "en": "share out all {rows} rows, each to one part, to 2 parts at least and {most} at most: “1,2 3” ({name})",
        "zh": "请把全部 {rows} 行各归入一个部分，至少 2 份，最多 {most} 份，例如“1,2 3”（{name}）",
    },
    "story.split": {"en": "split into {count}: {link}", "zh": "拆成 {count} 份：{link}"},
    "story.parted": {"en": "begins as a part: {link}", "zh": "作为一部分开始：{link}"},
    "train.split": {"en": "split the order: {title}", "zh": "拆分订单：{title}"},
    "reference.shape.part": {"en": "parts of an order", "zh": "订单的部分"},
    "words.part": {
        "en": "over the rows of {of}, at most {most}, through {stages}",
        "zh": "按{of}的行拆分，最多 {most} 份，经过{stages}",
    },
    "words.part.by": {"en": "{said}; split by {who}", "zh": "{said}；由{who}拆分"},
    "diff.order_part.added": {
        "en": "orders can be split into {thing}: {said}",
        "zh": "订单可拆成“{thing}”：{said}",
    },
    "diff.order_part.removed": {
        "en": "orders cannot be split into {thing} any more",
        "zh": "订单不再能拆成“{thing}”",
    },
    "diff.order_part.changed": {"en": "parts {thing}: {shift}", "zh": "部分“{thing}”：{shift}"},
    "following.hold": {
        "en": "{link} on hold",
        "zh": "{link}暂停",
    },
    "following.cancel": {
        "en": "{link} cancelled",
        "zh": "{link}取消",
    },
    "scenario.no_linked": {
        "en": "no order is linked as “{on}” here",
        "zh": "此处没有作为“{on}”关联的订单",
    },
    "blocker.no_such_link": {
        "en": "there is no link “{name}” that an order could be opened with; there is: {known}",
        "zh": "没有可在开单时指明的关联“{name}”；现有：{known}",
    },
    "blocker.linked_not_found": {
        "en": "there is no order {ref} of {process} to link with as “{name}”",
        "zh": "没有可作为“{name}”关联的 {process} 订单 {ref}",
    },
    "blocker.link_missing": {
        "en": "this order belongs to another one: say which is its {title} ({owner})",
        "zh": "此订单从属于另一订单：请指明其{title}（{owner}）",
    },
    "blocker.endless": {
        "en": "linked orders set off each other without end: “{name}” has heard more than {most} of them in a row",
        "zh": "关联的订单互相触发没有尽头：“{name}”已连续收到 {most} 次以上",
    },
    "story.linked": {
        "en": "{link} {number}: {standing}",
        "zh": "{link} {number}：{standing}",
    },
    "story.linked.first": {
        "en": "linked: {link} {number}, {standing}",
        "zh": "建立关联：{link} {number}，{standing}",
    },
    "story.signalled": {
        "en": "{link} {number} is told",
        "zh": "告知{link} {number}",
    },
    "story.starting": {
        "en": "to be opened: {link} ({process})",
        "zh": "将开单：{link}（{process}）",
    },
    "linked.open": {
        "en": "in {stage}",
        "zh": "处于 {stage}",
    },
    "linked.held": {
        "en": "in {stage}, on hold",
        "zh": "处于 {stage}，已暂停",
    },
    "linked.ended": {
        "en": "ended as {stage}",
        "zh": "已结束：{stage}",
    },
    "fact.number": {
        "en": "number of {thing}",
        "zh": "{thing}的编号",
    },
    "fact.stage": {
        "en": "stage of {thing}",
        "zh": "{thing}的阶段",
    },
    "fact.end": {
        "en": "end of {thing}",
        "zh": "{thing}的结束方式",
    },
    "fact.open": {
        "en": "{thing} still open",
        "zh": "{thing}尚未结束",
    },
    "fact.held": {
        "en": "{thing} on hold",
        "zh": "{thing}暂停中",
    },
    "fact.called_off": {
        "en": "{thing} cancelled",
        "zh": "{thing}已取消",
    },
    "fact.field": {
        "en": "{field} of {thing}",
        "zh": "{thing}的{field}",
    },
    "moment.ended": {
        "en": "{thing} ended",
        "zh": "{thing}全部结束",
    },
    "moment.link_end": {
        "en": "{thing} ended as {end}",
        "zh": "{thing}以“{end}”结束",
    },
    "words.start": {
        "en": "open an order of {process}",
        "zh": "开一个 {process} 订单",
    },
    "words.start_with": {
        "en": "open an order of {process} with {fields}",
        "zh": "开一个 {process} 订单，{fields}",
    },
    "words.link": {
        "en": "an order of {process}",
        "zh": "{process} 的一个订单",
    },
    "words.link.many": {
        "en": "orders of {process}",
        "zh": "{process} 的订单",
    },
    "words.link.required": {
        "en": "{said}, without which none is opened",
        "zh": "{said}，没有它不能开单",
    },
    "words.link.known": {
        "en": "{said}; known there as {name}",
        "zh": "{said}；在对方称为 {name}",
    },
    "words.link.copies": {
        "en": "copies {fields}",
        "zh": "复制 {fields}",
    },
    "words.link.reads": {
        "en": "reads {fields}",
        "zh": "读取 {fields}",
    },
    "words.link.ends": {
        "en": "hears of the ends {ends}",
        "zh": "得知结束：{ends}",
    },
    "diff.link.added": {
        "en": "new link {thing}: {said}",
        "zh": "新增关联“{thing}”：{said}",
    },
    "diff.link.removed": {
        "en": "no link {thing} any more",
        "zh": "不再有关联“{thing}”",
    },
    "diff.link.changed": {
        "en": "link {thing}: {shift}",
        "zh": "关联“{thing}”：{shift}",
    },
    "show.linked": {
        "en": "Linked",
        "zh": "关联订单",
    },
    "show.linked.one": {
        "en": "{number} ({process}), {standing}",
        "zh": "{number}（{process}），{standing}",
    },
    "reference.shape.link": {
        "en": "link to orders of another process",
        "zh": "与另一流程的订单的关联",
    },
}
