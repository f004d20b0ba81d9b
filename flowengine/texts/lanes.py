"""Lanes: what happens to them, why one is not to be had, and what is wrong with one (FE545-FE550)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "name.lane": {"en": "a lane", "zh": "一个通道"},
    "FE105.quota": {
        "en": "write so many per day, week, month or year, for example 5 per month",
        "zh": "请写成每日、每周、每月或每年几次，例如 5 per month",
    },
    "FE545": {
        "en": "the lane “{lane}” cannot change “{word}”: that is the same for an order as long as it lives",
        "zh": "通道“{lane}”不能改变“{word}”：订单存续期间它始终不变",
    },
    "FE545.hint": {
        "en": "a lane changes how an order runs: priority, stages, outcomes, clocks, rules, holds, approvals",
        "zh": "通道只改变订单如何办理：优先级、阶段、结果、计时、规则、暂停、审批",
    },
    "FE546": {
        "en": "the lane “{lane}” cannot add or take away “{word}”: an order may be there when the lane begins or ends",
        "zh": "通道“{lane}”不能增加或去掉“{word}”：通道开始或结束时，订单可能正处于其中",
    },
    "FE546.hint": {
        "en": "let the process have it, and let the lane change what stands in it; a stage may be removed",
        "zh": "请写在流程中，通道只改其中的内容；阶段可以去掉",
    },
    "FE547": {
        "en": "the lane “{lane}” changes nothing",
        "zh": "通道“{lane}”没有改变任何内容",
    },
    "FE547.hint": {
        "en": "say under `grants` what is different, or delete the lane",
        "zh": "请在 `grants` 下写明有何不同，或删去该通道",
    },
    "FE548": {
        "en": "there is no requester here: only an approval of a lane has one",
        "zh": "此处没有提出人：只有通道的审批才有",
    },
    "FE548.hint": {
        "en": "name a role, or say `creator` for whoever opened the order; `requester` stands in the steps and under `refused` of a form that a lane names",
        "zh": "请写角色，或用 `creator` 指开单的人；`requester` 只能写在通道所用审批形式的步骤和 `refused` 中",
    },
    "FE549": {
        "en": "the lanes “{other}” ({where}) and “{lane}” both change {path}: which would count?",
        "zh": "通道“{other}”（{where}）与“{lane}”都改变 {path}，以哪个为准？",
    },
    "FE549.hint": {
        "en": "an order may be on both lanes at once, so let only one of them change it",
        "zh": "一个订单可同时使用这两个通道，请只在其中一个里改变它",
    },
    "FE780": {
        "en": "the lane “{lane}” changes what “{form}” covers, by which a lane is granted: it would end as it begins",
        "zh": "通道“{lane}”改变了批准通道所用的审批形式“{form}”所涵盖的内容：通道一生效就会失效",
    },
    "FE780.hint": {
        "en": "write all that it covers in the form itself, or let the lane be granted by another form",
        "zh": "请在审批形式本身写明所有涵盖的内容，或用另一个审批形式批准通道",
    },
    "FE550": {"en": "there is no lane “{word}”", "zh": "没有名为“{word}”的通道"},
    "trouble.no_lane": {
        "en": "{where}: there is no lane “{lane}”; known: {known}",
        "zh": "{where}：没有“{lane}”这个通道；可用：{known}",
    },
    "per.day": {"en": "day", "zh": "日"},
    "per.week": {"en": "week", "zh": "周"},
    "per.month": {"en": "month", "zh": "月"},
    "per.year": {"en": "year", "zh": "年"},
    "blocker.no_such_lane": {
        "en": "there is no lane “{name}” here; there is: {known}",
        "zh": "此处没有通道“{name}”；现有：{known}",
    },
    "blocker.lane_in_force": {"en": "{title} is in force already", "zh": "{title}已经生效"},
    "blocker.lane_asked_for": {
        "en": "{title} has been asked for and is not decided yet; awaited: {owner}",
        "zh": "{title}已提出，尚未审批完，等待：{owner}",
    },
    "blocker.lane_not_open": {
        "en": "{title} is not for this order: {when} does not hold",
        "zh": "{title}不适用于本订单：{when} 不成立",
    },
    "blocker.lane_beside": {
        "en": "{title} cannot be had beside {others}: an order is on {most} lanes at once at most",
        "zh": "{title}不能与{others}同时使用：一个订单至多同时使用 {most} 个通道",
    },
    "blocker.lane_too_late": {
        "en": "it is too late for {title}: the order has been in {stages}, which it takes away",
        "zh": "使用{title}已经太迟：它会去掉订单已经历的{stages}",
    },
    "blocker.lane_quota": {
        "en": "you have asked for {title} as often as you may: {most} per {period}",
        "zh": "您申请{title}的次数已用完：每{period} {most} 次",
    },
    "blocker.lane_nobody": {
        "en": "nobody can approve {title}: no step of its approval is meant for this order",
        "zh": "无人可以审批{title}：没有适用于本订单的审批步骤",
    },
    "story.requested.lane": {
        "en": "{requester} asks for it as {role}: {need}",
        "zh": "{requester}（{role}）申请：{need}",
    },
    "story.requested.lane.counted": {
        "en": "{requester} asks for it as {role}: {need} (request {used} of {of} per {per})",
        "zh": "{requester}（{role}）申请：{need}（每{per} {of} 次中的第 {used} 次）",
    },
    "story.lane_granted": {
        "en": "in force until {until}: {lane}",
        "zh": "生效，至 {until} 为止：{lane}",
    },
    "story.lane_granted.for_good": {
        "en": "in force until the order ends: {lane}",
        "zh": "生效，直到订单结束：{lane}",
    },
    "story.lane_ended.expired": {"en": "expired: {lane}", "zh": "到期失效：{lane}"},
    "story.lane_ended.revoked": {"en": "ended by {by}: {lane}", "zh": "{by} 提前终止：{lane}"},
    "story.lane_ended.stale": {
        "en": "no longer in force, as what was approved has changed: {lane}",
        "zh": "所审批的内容已变更，不再生效：{lane}",
    },
    "story.lane_withdrawn.taken_back": {
        "en": "{by} takes the request back: {need}",
        "zh": "{by} 撤回申请：{need}",
    },
    "story.lane_withdrawn.stale": {
        "en": "the request is void, as the order has changed: {need}",
        "zh": "订单已变更，申请作废：{need}",
    },
    "story.cause.expired": {"en": "expired", "zh": "到期失效"},
    "story.cause.revoked": {"en": "ended before its time", "zh": "提前终止"},
    "story.cause.stale": {"en": "no longer valid", "zh": "失效"},
    "moment.expired": {"en": "{thing} expires", "zh": "{thing}到期失效"},
    "moment.revoked": {"en": "{thing} is ended before its time", "zh": "{thing}提前终止"},
    "ledger.cause.lane_granted": {"en": "“{lane}” came into force", "zh": "“{lane}”生效"},
    "ledger.cause.lane_ended": {"en": "“{lane}” is no longer in force", "zh": "“{lane}”不再生效"},
    "standing.on_lanes": {"en": "{stage} (by {lanes})", "zh": "{stage}（{lanes}）"},
    "explain.lanes": {"en": "lanes:", "zh": "特批通道："},
    "explain.lane.in_force": {
        "en": "in force until {until}, asked for by {by}; may be ended by {who}",
        "zh": "生效至 {until}，由 {by} 提出；可终止：{who}",
    },
    "explain.lane.for_good": {
        "en": "in force until the order ends, asked for by {by}; may be ended by {who}",
        "zh": "生效至订单结束，由 {by} 提出；可终止：{who}",
    },
    "explain.lane.asked_for": {"en": "asked for by {by}", "zh": "{by} 已提出申请"},
    "explain.lane.open": {"en": "may be asked for by {who}", "zh": "可申请：{who}"},
    "train.request": {"en": "ask for: {title}", "zh": "申请：{title}"},
    "train.revoke": {"en": "end before its time: {title}", "zh": "提前终止：{title}"},
    "words.lane": {
        "en": "{who} may ask for it, approved by {form}",
        "zh": "{who}可申请，由{form}审批",
    },
    "words.lane.when": {"en": "{said}, if {when}", "zh": "{said}，条件：{when}"},
    "words.lane.quota": {"en": "{said}, {most} times per {per}", "zh": "{said}，每{per} {most} 次"},
    "words.lane.expires": {"en": "{said}, for {length}", "zh": "{said}，有效 {length}"},
    "words.lane.revoke": {"en": "{said}; {who} may end it", "zh": "{said}；{who}可终止"},
    "words.requester": {"en": "whoever asked", "zh": "提出人"},
    "words.not_requester": {
        "en": "{said}, but not whoever asks",
        "zh": "{said}（提出人除外）",
    },
    "diff.lane.added": {"en": "new lane “{thing}”: {said}", "zh": "新增通道“{thing}”：{said}"},
    "diff.lane.removed": {"en": "the lane “{thing}” is gone", "zh": "取消通道“{thing}”"},
    "diff.lane.changed": {
        "en": "how the lane “{thing}” is had: {shift}",
        "zh": "通道“{thing}”如何取得：{shift}",
    },
    "diff.in_lane": {"en": "in lane {lane}: {said}", "zh": "通道 {lane} 中：{said}"},
    "chart.lane": {"en": "{said} · lane “{name}”", "zh": "{said} · 通道“{name}”"},
    "reference.value.quota": {
        "en": "so many per day, week, month or year: `5 per month`",
        "zh": "每日、每周、每月或每年几次：`5 per month`",
    },
    "reference.shape.lane": {"en": "lane", "zh": "特批通道"},
    "reference.shape.lane request": {"en": "request of a lane", "zh": "通道的申请"},
    "reference.shape.lane limits": {"en": "limits of a lane", "zh": "通道的限制"},
    "reference.shape.lane revoke": {"en": "end of a lane", "zh": "通道的终止"},
}
