"""What changes for an order from one state of a process to another: one clause for each code of change.

A clause follows the place it is about ("Review: …"); `.many` is the sentence where several stages share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "diff.heading": {
        "en": "{title}: what changes for an order, {old} → {new}",
        "zh": "{title}：对订单有何变化，{old} → {new}",
    },
    "diff.same": {
        "en": "Nothing changes for an order.",
        "zh": "对订单没有任何变化。",
    },
    "diff.effect.stricter": {"en": "Stricter than before", "zh": "比以前更严"},
    "diff.effect.looser": {"en": "Less strict than before", "zh": "比以前更宽"},
    "diff.effect.neutral": {"en": "Different from before", "zh": "与以前不同"},
    "diff.breaking": {
        "en": "{said} [whoever sends orders in must follow]",
        "zh": "{said}【送单方须随之调整】",
    },
    "diff.of_types": {"en": "orders of type {types} only: {said}", "zh": "仅“{types}”：{said}"},
    "diff.in_place": {"en": "{place}: {clause}", "zh": "{place}：{clause}"},
    "diff.shift": {"en": "{old} → {new}", "zh": "{old} → {new}"},
    "diff.nobody": {"en": "nobody", "zh": "无人"},
    "diff.nothing": {"en": "nothing", "zh": "无"},
    "diff.always": {"en": "no condition", "zh": "无条件"},
    "diff.no_due": {"en": "no time limit", "zh": "无时限"},
    "diff.no_bound": {"en": "no limit", "zh": "不限"},
    "diff.at_once": {"en": "at once", "zh": "即可"},
    "diff.not_later": {"en": "not later", "zh": "不可补办"},
    "diff.each_visit": {"en": "with each visit of the stage", "zh": "每次进入阶段"},
    "diff.not_by_itself": {"en": "not by itself", "zh": "不自动"},
    "diff.by_itself": {"en": "by itself", "zh": "系统自动"},
    "diff.by_owner": {"en": "the owner", "zh": "负责人"},
    "diff.stays": {"en": "where it is", "zh": "原处不动"},
    "diff.once": {"en": "once", "zh": "一次"},
    "diff.any_number": {"en": "any number of times", "zh": "不限次数"},
    "diff.times": {"en": "at most {number} times", "zh": "最多 {number} 次"},
    "diff.kind_by": {"en": "{kind}, by {by}", "zh": "{kind}，由{by}办理"},
    "diff.after": {"en": "after {stage}", "zh": "“{stage}”之后"},
    "diff.first": {"en": "as the first", "zh": "最前"},
    "diff.with_due": {"en": ", due: {due}", "zh": "，时限 {due}"},
    "diff.with_needs": {"en": ", needs {needs}", "zh": "，需要{needs}"},
    "diff.by_outcome": {"en": "what is chosen", "zh": "由所选结果决定"},
    "diff.other": {"en": "{name} is different", "zh": "{name} 有变化"},
    "diff.process": {
        "en": "these are two processes: {shift}; orders of one do not become orders of the other",
        "zh": "这是两个流程：{shift}；前者的订单不会变成后者的订单",
    },
    "diff.order_owner": {"en": "accountable for the whole order: {shift}", "zh": "整张订单的负责人：{shift}"},
    "diff.zone": {"en": "the time zone of dates and numbers: {shift}", "zh": "日期和编号所用时区：{shift}"},
    "diff.calendar": {
        "en": "working time is counted by the calendar: {shift}",
        "zh": "工作时间所用日历：{shift}",
    },
    "diff.calendar.added": {"en": "there is a new calendar, {calendar}", "zh": "新增日历“{calendar}”"},
    "diff.calendar.removed": {
        "en": "there is no calendar {calendar} any more",
        "zh": "不再有日历“{calendar}”",
    },
    "diff.calendar.zone": {
        "en": "the time zone of the calendar {calendar}: {shift}",
        "zh": "日历“{calendar}”的时区：{shift}",
    },
    "diff.calendar.holidays": {
        "en": "public holidays in the calendar {calendar}: {shift}",
        "zh": "日历“{calendar}”的法定节假日：{shift}",
    },
    "diff.calendar.hours": {
        "en": "hours of work in the calendar {calendar} on {days}: {shift}",
        "zh": "日历“{calendar}”{days}的工作时间：{shift}",
    },
    "diff.role.added": {"en": "there is a new role, {role}", "zh": "新增角色“{role}”"},
    "diff.role.removed": {"en": "there is no role {role} any more", "zh": "不再有角色“{role}”"},
    "diff.stage.added": {
        "en": "new stage {stage} {where}: {owner}{due}{needs}",
        "zh": "新增阶段“{stage}”（{where}）：{owner}{due}{needs}",
    },
    "diff.stage.removed": {"en": "stage {stage} is gone", "zh": "取消阶段“{stage}”"},
    "diff.stage.moved": {"en": "stage {stage} now stands {where}", "zh": "阶段“{stage}”移到{where}"},
    "diff.start": {"en": "orders begin in another stage: {shift}", "zh": "订单从另一阶段开始：{shift}"},
    "diff.owner": {"en": "accountable: {shift}", "zh": "负责人 {shift}"},
    "diff.owner.many": {
        "en": "{count} stages are in other hands, {shift}: {places}",
        "zh": "{count} 个阶段更换负责人，{shift}：{places}",
    },
    "diff.due": {"en": "{shift}", "zh": "时限 {shift}"},
    "diff.due.many": {
        "en": "{count} stages have another time limit, {shift}: {places}",
        "zh": "{count} 个阶段的时限 {shift}：{places}",
    },
    "diff.need.added": {"en": "now needs {need} ({how})", "zh": "现在还需要“{need}”（{how}）"},
    "diff.need.added.many": {
        "en": "{count} stages now need {need} ({how}): {places}",
        "zh": "{count} 个阶段现在还需要“{need}”（{how}）：{places}",
    },
    "diff.need.removed": {"en": "no longer needs {need} ({how})", "zh": "不再需要“{need}”（{how}）"},
    "diff.need.removed.many": {
        "en": "{count} stages no longer need {need} ({how}): {places}",
        "zh": "{count} 个阶段不再需要“{need}”（{how}）：{places}",
    },
    "diff.entry.added": {
        "en": "nothing enters any more without {need} ({how})",
        "zh": "进入前现在须有“{need}”（{how}）",
    },
    "diff.entry.removed": {
        "en": "may be entered without {need} ({how})",
        "zh": "进入前不再须有“{need}”（{how}）",
    },
    "diff.choice.added": {
        "en": "“{outcome}” now needs {need} ({how})",
        "zh": "选择“{outcome}”现在还需要“{need}”（{how}）",
    },
    "diff.choice.removed": {
        "en": "“{outcome}” no longer needs {need} ({how})",
        "zh": "选择“{outcome}”不再需要“{need}”（{how}）",
    },
    "diff.need.kind": {"en": "{need} is another kind of need: {shift}", "zh": "“{need}”的形式：{shift}"},
    "diff.need.by": {"en": "{need} is up to others: {shift}", "zh": "“{need}”由谁办理：{shift}"},
    "diff.need.field": {"en": "{need} is another field: {shift}", "zh": "“{need}”所填字段：{shift}"},
    "diff.need.that": {"en": "what must hold: {shift}", "zh": "须满足的条件：{shift}"},
    "diff.part.added": {
        "en": "{need} ({how}) will now do as well, besides {of}",
        "zh": "除“{of}”外，现在也可用“{need}”（{how}）",
    },
    "diff.part.removed": {
        "en": "{need} ({how}) will no longer do, of {of}",
        "zh": "“{of}”中不再可用“{need}”（{how}）",
    },
    "diff.need.when": {"en": "{need} is asked only if: {shift}", "zh": "“{need}”仅在此条件下需要：{shift}"},
    "diff.need.after": {"en": "{need} is asked after: {shift}", "zh": "“{need}”在何事之后办理：{shift}"},
    "diff.need.covers": {
        "en": "{need} is to be done again when this changes: {shift}",
        "zh": "“{need}”须重办的情形（所列内容变更）：{shift}",
    },
    "diff.need.waive": {"en": "who may waive {need}: {shift}", "zh": "可免除“{need}”的人：{shift}"},
    "diff.need.defer": {"en": "{need} may follow within: {shift}", "zh": "“{need}”可补办的时间：{shift}"},
    "diff.opens": {"en": "opens for work: {shift}", "zh": "开始办理：{shift}"},
    "diff.task.added": {
        "en": "new task {task}: {owner}{due}{needs}",
        "zh": "新增任务“{task}”：{owner}{due}{needs}",
    },
    "diff.task.removed": {"en": "task {task} is gone", "zh": "取消任务“{task}”"},
    "diff.task.after": {"en": "begins after: {shift}", "zh": "在何事之后开始：{shift}"},
    "diff.task.when": {"en": "is done only if: {shift}", "zh": "仅在此条件下办理：{shift}"},
    "diff.task.each": {"en": "is done for each of: {shift}", "zh": "逐行办理：{shift}"},
    "diff.task.then": {"en": "when it is done: {shift}", "zh": "完成后：{shift}"},
    "diff.end.then": {"en": "at end {end}: {shift}", "zh": "到“{end}”时：{shift}"},
    "diff.outcome.after": {
        "en": "“{outcome}” happens by itself on: {shift}",
        "zh": "“{outcome}”自动发生于：{shift}",
    },
    "diff.outcome.when": {"en": "“{outcome}” happens if: {shift}", "zh": "“{outcome}”发生的条件：{shift}"},
    "diff.outcome.edits": {"en": "“{outcome}” may change: {shift}", "zh": "“{outcome}”可改的字段：{shift}"},
    "diff.outcome.until": {"en": "“{outcome}” is open until: {shift}", "zh": "“{outcome}”的期限：{shift}"},
    "diff.next.when": {"en": "goes on to {to} if: {shift}", "zh": "转到“{to}”的条件：{shift}"},
    "diff.next": {"en": "goes on to: {shift}", "zh": "之后去向：{shift}"},
    "diff.outcome.added": {
        "en": "“{outcome}” may now be chosen, by {by}, and leads to {to}",
        "zh": "现在可选择“{outcome}”（由{by}选择，转到“{to}”）",
    },
    "diff.outcome.removed": {
        "en": "“{outcome}” may no longer be chosen; it led to {to} (by {by})",
        "zh": "不再可选择“{outcome}”（原由{by}选择，转到“{to}”）",
    },
    "diff.outcome.to": {"en": "“{outcome}” leads elsewhere: {shift}", "zh": "“{outcome}”的去向：{shift}"},
    "diff.outcome.by": {
        "en": "who may choose “{outcome}”: {shift}",
        "zh": "可选择“{outcome}”的人：{shift}",
    },
    "diff.outcome.reason": {
        "en": "“{outcome}” now needs a reason",
        "zh": "选择“{outcome}”现在须说明原因",
    },
    "diff.outcome.no_reason": {
        "en": "“{outcome}” no longer needs a reason",
        "zh": "选择“{outcome}”不再须说明原因",
    },
    "diff.outcome.at_most": {"en": "“{outcome}”: {shift}", "zh": "“{outcome}”：{shift}"},
    "diff.outcome.beyond": {
        "en": "when “{outcome}” is chosen too often: {shift}",
        "zh": "“{outcome}”超过次数时：{shift}",
    },
    "diff.outcome.then": {"en": "after “{outcome}”: {shift}", "zh": "“{outcome}”之后：{shift}"},
    "diff.outcome.open": {
        "en": "“{outcome}” may now also be chosen in: {places}",
        "zh": "“{outcome}”现在还可用于：{places}",
    },
    "diff.outcome.shut": {
        "en": "“{outcome}” may no longer be chosen in: {places}",
        "zh": "“{outcome}”不再可用于：{places}",
    },
    "diff.end.added": {"en": "there is a new end, {end}", "zh": "新增结束“{end}”"},
    "diff.end.removed": {"en": "there is no end {end} any more", "zh": "不再有结束“{end}”"},
    "diff.end.kind": {"en": "end {end} counts otherwise: {shift}", "zh": "结束“{end}”的性质：{shift}"},
    "diff.field.added": {"en": "new field {field} ({type})", "zh": "新增字段“{field}”（{type}）"},
    "diff.field.added.required": {
        "en": "new field {field} ({type}), without which no order is taken in",
        "zh": "新增必填字段“{field}”（{type}）",
    },
    "diff.field.removed": {"en": "field {field} is gone", "zh": "取消字段“{field}”"},
    "diff.field.type": {
        "en": "field {field} is of another type: {shift}",
        "zh": "字段“{field}”的类型：{shift}",
    },
    "diff.field.required": {"en": "field {field} is now required", "zh": "字段“{field}”改为必填"},
    "diff.field.optional": {"en": "field {field} is no longer required", "zh": "字段“{field}”不再必填"},
    "diff.field.default": {
        "en": "field {field}, where nothing is given: {shift}",
        "zh": "字段“{field}”的默认值：{shift}",
    },
    "diff.field.value": {
        "en": "field {field} is worked out: {shift}",
        "zh": "字段“{field}”的计算方式：{shift}",
    },
    "diff.field.choices.added": {
        "en": "field {field} may now also be: {choices}",
        "zh": "字段“{field}”增加选项：{choices}",
    },
    "diff.field.choices.removed": {
        "en": "field {field} may no longer be: {choices}",
        "zh": "字段“{field}”取消选项：{choices}",
    },
    "diff.field.min": {"en": "field {field}, at least: {shift}", "zh": "字段“{field}”的最小值：{shift}"},
    "diff.field.max": {"en": "field {field}, at most: {shift}", "zh": "字段“{field}”的最大值：{shift}"},
    "diff.field.currency": {
        "en": "field {field} is in another currency: {shift}",
        "zh": "字段“{field}”的币种：{shift}",
    },
    "diff.check": {"en": "what every order must meet: {shift}", "zh": "每张订单须满足的条件：{shift}"},
    "diff.check.added": {"en": "every order must now meet: {check}", "zh": "每张订单现在须满足：{check}"},
    "diff.check.removed": {
        "en": "no order needs to meet any more: {check}",
        "zh": "不再要求订单满足：{check}",
    },
    "diff.channel.added": {"en": "orders also come from {channel}", "zh": "新增渠道“{channel}”"},
    "diff.channel.removed": {"en": "no orders come from {channel} any more", "zh": "取消渠道“{channel}”"},
    "diff.channel.maps": {
        "en": "{channel} sends other names: {shift}",
        "zh": "渠道“{channel}”的字段对应：{shift}",
    },
    "diff.type.added": {"en": "orders may now be of type {type}", "zh": "新增订单类型“{type}”"},
    "diff.type.removed": {"en": "orders may no longer be of type {type}", "zh": "取消订单类型“{type}”"},
    "diff.unique": {
        "en": "two orders are one where these are the same: {shift}",
        "zh": "判为同一张订单的依据：{shift}",
    },
    "diff.number": {"en": "order numbers: {shift}", "zh": "订单编号格式：{shift}"},
    "need_kind.check": {"en": "tick", "zh": "勾选"},
    "need_kind.file": {"en": "file", "zh": "文件"},
    "need_kind.note": {"en": "note", "zh": "说明"},
    "need_kind.field": {"en": "field", "zh": "填写"},
    "need_kind.that": {"en": "condition", "zh": "条件"},
    "need_kind.any": {"en": "one of several", "zh": "任选一项"},
    "end_kind.success": {"en": "success", "zh": "成功"},
    "end_kind.failure": {"en": "failure", "zh": "失败"},
    "end_kind.cancelled": {"en": "cancelled", "zh": "取消"},
}
