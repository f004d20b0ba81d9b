"""Why not: the reasons for which the kernel refuses or waits, by blocker code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "blocker.need_open": {"en": "{title} is missing ({owner})", "zh": "缺少：{title}（{owner}）"},
    "blocker.condition_open": {"en": "not yet: {title}", "zh": "尚不满足：{title}"},
    "blocker.entry_open": {
        "en": "the next stage asks for {title} ({owner})",
        "zh": "下一阶段要求：{title}（{owner}）",
    },
    "blocker.stale": {
        "en": "{title} is no longer valid and must be done again ({owner})",
        "zh": "{title}已失效，须重新办理 （{owner}）",
    },
    "blocker.deferred": {
        "en": "{title} was put off and is still missing ({owner})",
        "zh": "{title}延后未补 （{owner}）",
    },
    "blocker.task_open": {
        "en": "task {title} is not done: {owner} has to choose",
        "zh": "任务{title}未完成：等待 {owner} 选择",
    },
    "blocker.task_waits": {
        "en": "task {title} waits for {after}",
        "zh": "任务{title}在等待 {after}",
    },
    "blocker.task_not_open": {
        "en": "{title} belongs to the task {task}, which has not begun",
        "zh": "{title}属于任务{task}，该任务尚未开始",
    },
    "blocker.not_wanted": {"en": "{title} is not needed for this order", "zh": "本订单不需要{title}"},
    "blocker.not_asked_yet": {
        "en": "{title} is asked only after {after}",
        "zh": "{title}要在 {after} 之后才办理",
    },
    "blocker.not_open_yet": {
        "en": "{title} takes no work yet; it opens by {from}",
        "zh": "{title}尚不能办理，开放时间由 {from} 决定",
    },
    "blocker.too_late": {
        "en": "“{name}” cannot be chosen any more: its time has passed",
        "zh": "“{name}”已过可选时间",
    },
    "blocker.nowhere_back": {
        "en": "“{name}” goes back, but the order came here on its normal way",
        "zh": "“{name}”用于返回，但订单是按正常路径来到此处的",
    },
    "blocker.by_itself": {
        "en": "nobody chooses “{title}”: it happens by itself",
        "zh": "“{title}”会自动发生，不由人选择",
    },
    "blocker.nothing_to_edit": {
        "en": "“{name}” changes fields; give at least one of: {known}",
        "zh": "“{name}”用于修改字段；请至少给出一项：{known}",
    },
    "blocker.not_edited": {
        "en": "“{outcome}” does not change “{name}”, only: {known}",
        "zh": "“{outcome}”不能修改“{name}”，只能修改：{known}",
    },
    "blocker.not_waivable": {
        "en": "“{name}” cannot be waived here; what can be: {known}",
        "zh": "此处不能免除“{name}”；可免除的有：{known}",
    },
    "blocker.needs_no_waiving": {"en": "{title} is there already", "zh": "{title}已具备，无须免除"},
    "blocker.choice_open": {"en": "{owner} has to choose: {known}", "zh": "等待 {owner} 选择：{known}"},
    "blocker.cannot_go_on": {
        "en": "nothing is missing, but the order cannot go on: {why}",
        "zh": "各项均已具备，但订单无法前进：{why}",
    },
    "blocker.nobody_decided": {
        "en": "whose work this is cannot be worked out, so the order cannot go on: {why}",
        "zh": "无法确定这项工作归谁，订单因此无法前进：{why}",
    },
    "blocker.missing_fields": {"en": "{field} ({name}) is missing", "zh": "缺少必填项：{field}（{name}）"},
    "blocker.reason_missing": {
        "en": "say why: “{name}” demands a reason",
        "zh": "请说明原因：“{name}”必须填写原因",
    },
    "blocker.not_yours": {"en": "“{name}” is for {owner}", "zh": "“{name}”由 {owner} 办理"},
    "blocker.not_by": {
        "en": "“{title}” is for somebody else: you {why}",
        "zh": "“{title}”须由另一人办理：您{why}",
    },
    "not_by.creator": {"en": "opened the order", "zh": "是开单人"},
    "not_by.doer": {"en": "have done “{need}”", "zh": "已办理“{need}”"},
    "blocker.may_not_create": {"en": "orders are opened by {owner}", "zh": "由 {owner} 开单"},
    "blocker.not_editable": {
        "en": "“{name}” is changed by no role of this process at present",
        "zh": "目前没有任何角色可以修改“{name}”",
    },
    "sight.hidden": {
        "en": "the reason speaks of what your roles do not see",
        "zh": "原因涉及您的角色不可见的内容",
    },
    "blocker.stranger": {
        "en": "orders of this process need one of the roles {owner}",
        "zh": "办理本流程的订单须具备以下角色之一：{owner}",
    },
    "blocker.no_such_need": {
        "en": "nothing called “{name}” is asked in {stage}; of the kind {kind} there is: {known}",
        "zh": "{stage} 没有名为“{name}”的要求；可办理的 {kind} 有：{known}",
    },
    "blocker.other_kind": {
        "en": "“{name}” is of the kind {found}, not {kind}",
        "zh": "“{name}”属于 {found}，不是 {kind}",
    },
    "blocker.no_such_outcome": {
        "en": "“{name}” cannot be chosen here; open: {known}",
        "zh": "此处不能选择“{name}”；可选：{known}",
    },
    "blocker.no_such_field": {
        "en": "there is no field “{name}”; known: {known}",
        "zh": "没有字段“{name}”；可用：{known}",
    },
    "blocker.computed": {
        "en": "{field} ({name}) is computed from {from} and is never written",
        "zh": "{field}（{name}）由 {from} 计算得出，不可填写",
    },
    "blocker.not_computable": {
        "en": "{field} ({name}), which is computed: {why}",
        "zh": "{field}（{name}，由计算得出）：{why}",
    },
    "blocker.wrong_value": {"en": "{field} ({name}): {why}", "zh": "{field}（{name}）：{why}"},
    "blocker.check_failed": {"en": "{said}", "zh": "{said}"},
    "blocker.already_done": {"en": "{title} was ticked before, by {by}", "zh": "{title} 已由 {by} 勾选"},
    "blocker.empty": {"en": "{title}: nothing was given", "zh": "{title}：内容为空"},
    "blocker.amended_only": {
        "en": "{title} is changed by an amendment, with a reason ({owner})",
        "zh": "{title}只能以变更的方式修改，并说明原因（{owner}）",
    },
    "blocker.amended_too_late": {
        "en": "{title} can no longer be amended: that was possible until {until}",
        "zh": "{title}已不能变更：截止时间为 {until}",
    },
    "blocker.nothing_to_write": {"en": "no value was given to write", "zh": "没有给出要写入的内容"},
    "blocker.cannot_be_empty": {"en": "“{name}” must keep a value", "zh": "“{name}”不能为空"},
    "blocker.identifies": {
        "en": "“{name}” identifies the order and stays as it is",
        "zh": "“{name}”用于标识订单，不能更改",
    },
    "blocker.set_by_process": {
        "en": "“{name}” follows from the process and the type of the order; nobody writes it",
        "zh": "“{name}”由流程与订单类型决定，不由人填写",
    },
    "blocker.order_ended": {
        "en": "the order has ended: {title} ({name})",
        "zh": "订单已结束：{title}（{name}）",
    },
    "blocker.spinning": {
        "en": "the process would run in a circle: {path}; give one of these stages a need that a person fulfils",
        "zh": "流程会原地打转：{path}；请给其中一个阶段加上须由人完成的要求",
    },
    "blocker.changed_meanwhile": {
        "en": "the order changed meanwhile (revision {found}, expected {expected}); look at it again",
        "zh": "订单期间已被更改（当前版本 {found}，预期 {expected}）；请重新查看",
    },
    "blocker.no_order": {"en": "no order has been opened yet", "zh": "尚未开单"},
    "blocker.unreadable": {"en": "this line cannot be read: {why}", "zh": "此行无法读取：{why}"},
    "blocker.columns": {
        "en": "this line does not have {wanted} columns like the heading",
        "zh": "此行的列数与表头的 {wanted} 列不一致",
    },
    "import.column_twice": {"en": "the heading names “{name}” twice", "zh": "表头中“{name}”出现了两次"},
    "import.not_a_map": {"en": "a record in braces is wanted", "zh": "应为花括号括起的一条记录"},
}
