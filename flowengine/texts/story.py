"""History in sentences, charts in words, and what a verification of the store finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "story.created": {
        "en": "opened as {number} ({process} {version})",
        "zh": "开单，编号 {number}（{process} {version}）",
    },
    "story.set": {"en": "{field}: {new}", "zh": "{field}：{new}"},
    "story.changed": {"en": "{field}: {old} → {new}", "zh": "{field}：{old} → {new}"},
    "story.emptied": {"en": "{field}: {old} removed", "zh": "{field}：删去 {old}"},
    "story.acted.check": {"en": "ticked: {need}", "zh": "勾选：{need}"},
    "story.acted.file": {"en": "attached {need}: {value}", "zh": "上传{need}：{value}"},
    "story.acted.note": {"en": "wrote {need}: {value}", "zh": "填写{need}：{value}"},
    "story.asked": {"en": "now also asked here: {needs}", "zh": "本次停留增加要求：{needs}"},
    "story.amended": {"en": "amended the order: {reason}", "zh": "变更订单：{reason}"},
    "story.chosen": {"en": "chose: {outcome}", "zh": "选择：{outcome}"},
    "story.chosen.spent": {
        "en": "chose {outcome} once more than allowed",
        "zh": "再次选择“{outcome}”，已超过允许次数",
    },
    "story.chosen.itself": {"en": "by itself: {outcome}", "zh": "自动执行：{outcome}"},
    "story.waived": {"en": "did without {need}: {reason}", "zh": "免除{need}：{reason}"},
    "story.stale": {
        "en": "no longer valid, asked again: {needs}",
        "zh": "已失效，须重新办理：{needs}",
    },
    "story.deferred": {"en": "{need} may wait", "zh": "{need}可以延后"},
    "story.made_good": {"en": "{need} is there now", "zh": "{need}已补齐"},
    "story.task_opened": {"en": "task begun: {task}", "zh": "任务开始：{task}"},
    "story.task_done": {"en": "task done: {task}", "zh": "任务完成：{task}"},
    "story.task_done.outcome": {
        "en": "task {task} ended by: {outcome}",
        "zh": "任务{task}结束：{outcome}",
    },
    "story.task_withdrawn": {"en": "task no longer needed: {task}", "zh": "任务不再需要：{task}"},
    "story.owned": {"en": "{owner} is accountable for {stage}", "zh": "{stage}由 {owner} 负责"},
    "story.opens": {"en": "{stage} opens for work {opens}", "zh": "{stage}于 {opens} 起可办理"},
    "story.opens.unknown": {
        "en": "it is not known any more when {stage} opens for work",
        "zh": "{stage}何时可办理尚不确定",
    },
    "story.opened": {"en": "{stage} is open for work", "zh": "{stage}现在可以办理"},
    "story.cause.done": {"en": "{task} is done", "zh": "{task}已完成"},
    "story.left": {"en": "left {stage}", "zh": "离开{stage}"},
    "story.entered": {"en": "entered {stage} (visit {visit})", "zh": "进入{stage}（第 {visit} 次）"},
    "story.uncertain": {
        "en": "reckoned with a calendar that is certain only until {until}",
        "zh": "计算所用的日历只确定到 {until}",
    },
    "story.told": {"en": "told {role}: {about}", "zh": "通知{role}：{about}"},
    "story.ended": {"en": "ended: {end}", "zh": "结束：{end}"},
    "story.stuck": {"en": "cannot go on from {stage}: {why}", "zh": "无法从“{stage}”继续前进：{why}"},
    "story.reopened": {"en": "reopened after {end}", "zh": "在“{end}”之后重新打开"},
    "verify.orphan": {
        "en": "there is history of order id {number}, but no such order: the order was removed",
        "zh": "存在订单 id {number} 的历史，但没有该订单：订单已被移除",
    },
    "verify.definition": {
        "en": "the text of {number} is not the one that was deployed",
        "zh": "{number} 的文本与部署时不同",
    },
    "verify.no_definition": {
        "en": "order {number} runs on definition {detail}, which is missing or altered",
        "zh": "订单 {number} 所用的定义 {detail} 缺失或已被更改",
    },
    "verify.gap": {
        "en": "order {number}: history row {seq} is missing",
        "zh": "订单 {number}：缺少第 {seq} 行历史",
    },
    "verify.altered": {
        "en": "order {number}: history row {seq} was altered, inserted or moved",
        "zh": "订单 {number}：第 {seq} 行历史被更改、插入或移动过",
    },
    "verify.length": {
        "en": "order {number}: history ends at row {seq}, but the order says {detail}",
        "zh": "订单 {number}：历史止于第 {seq} 行，但订单记录为 {detail} 行",
    },
    "verify.head": {
        "en": "order {number}: the order does not point at its history row {seq}",
        "zh": "订单 {number}：订单与其第 {seq} 行历史不符",
    },
    "verify.replay": {
        "en": "order {number}: its history cannot be replayed: {detail}",
        "zh": "订单 {number}：历史无法重放：{detail}",
    },
    "verify.state": {
        "en": "order {number}: replaying its history does not give the stored state",
        "zh": "订单 {number}：重放历史得到的状态与存储的不一致",
    },
    "verify.column": {
        "en": "order {number}: column {detail} does not follow from its state",
        "zh": "订单 {number}：列 {detail} 与其状态不符",
    },
    "verify.quota": {
        "en": "the counter of {number} stands at {seq}, but {detail} is the last request on record: it was altered; "
        "`flowengine verify --repair` puts it right",
        "zh": "{number} 的计数为 {seq}，而历史中最后一次申请为第 {detail} 次：计数被改过；"
        "用 `flowengine verify --repair` 更正",
    },
    "verified.recounted": {
        "en": "the counter of {process} {period} stood at {counted} and is put right: {on_record}",
        "zh": "{process} {period} 的计数原为 {counted}，已更正为 {on_record}",
    },
    "verify.counter": {
        "en": "the counter of {number} stands at {seq}, but the highest number given is {detail}: "
        "an order was removed or the counter altered",
        "zh": "{number} 的流水号计数为 {seq}，但已有的最大编号为 {detail}：有订单被移除或计数被更改",
    },
    "verify.number_gap": {
        "en": "{number}: number {seq} is missing: an order was removed",
        "zh": "{number}：缺少第 {seq} 号，有订单被移除",
    },
    "verify.part_missing": {
        "en": "the database lacks {detail}, which keeps the store in order: somebody removed it",
        "zh": "数据库缺少 {detail}，它用于保证存储的正确：有人把它移除了",
    },
    "verify.cut": {
        "en": "order {number}: history was cut off: row {seq} and all up to row {detail} are in a checkpoint "
        "and not in the database",
        "zh": "订单 {number}：历史被截断：检查点中有第 {seq} 行至第 {detail} 行，数据库中没有",
    },
    "verify.rewritten": {
        "en": "order {number}: history was written anew: rows {seq} to {detail} are not those of a checkpoint",
        "zh": "订单 {number}：历史被重写：第 {seq} 行至第 {detail} 行与检查点不符",
    },
    "verify.gone": {
        "en": "order {number} was removed with its history, rows {seq} to {detail}, which are in a checkpoint",
        "zh": "订单 {number} 及其历史已被移除：检查点中有第 {seq} 行至第 {detail} 行",
    },
    "verify.checkpoint": {
        "en": "line {seq} of the checkpoints was altered, moved or not written to its end, or a line before it "
        "was removed: what follows was not looked at; take the file from another copy",
        "zh": "检查点文件第 {seq} 行被更改、移动或未写完，或其前面有行被删除：其后的内容未核对；请改用另一份副本",
    },
    "verify.no_checkpoint": {
        "en": "the file holds no checkpoint: somebody emptied it, or it is another file",
        "zh": "文件中没有检查点：被人清空了，或者不是这个文件",
    },
    "verify.no_root": {
        "en": "no checkpoint has the root {detail}: the checkpoints were cut off or written anew",
        "zh": "没有根值为 {detail} 的检查点：检查点被截断或被重写了",
    },
    "verify.work": {
        "en": "order {number}: its work items do not follow from its state",
        "zh": "订单 {number}：待办与其状态不符",
    },
    "verify.messages": {
        "en": "order {number}: its messages are not those of its history",
        "zh": "订单 {number}：消息与其历史不符",
    },
}
