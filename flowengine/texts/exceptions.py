"""Exceptions: what is said of them as they are raised and resolved, and what is wrong with one (FE720-FE730)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "name.exception": {"en": "an exception", "zh": "一种异常"},
    "FE720": {"en": "there is no exception “{word}”", "zh": "没有“{word}”这种异常"},
    "FE721": {"en": "there is no tier {tier}", "zh": "没有 {tier} 级"},
    "FE721.hint": {
        "en": "there are: {known}; write it under `tiers`",
        "zh": "现有：{known}；请在 `tiers` 中写明",
    },
    "FE722": {
        "en": "the rows of “{exception}” do not say for every order on which tier it begins",
        "zh": "“{exception}”的各行没有为每个订单都写明从哪一级开始",
    },
    "FE722.last": {
        "en": "add a last row without `over` and `when`: {{tier: 1}}",
        "zh": "请在最后加一行不写 `over` 和 `when` 的：{{tier: 1}}",
    },
    "FE722.early": {
        "en": "the row without `over` and `when` counts for every order: it comes last",
        "zh": "不写 `over` 和 `when` 的一行对所有订单都成立，请放在最后",
    },
    "FE723": {
        "en": "no clock raises “{exception}”, so that nothing is late by which `over` could go",
        "zh": "没有计时会发起“{exception}”，`over` 无从计算逾期多久",
    },
    "FE723.hint": {
        "en": "raise it where something is late: `late: [{{raise: {exception}}}]`, or write `when`",
        "zh": "请在逾期处发起：`late: [{{raise: {exception}}}]`，或改写 `when`",
    },
    "FE724": {
        "en": "“{need}” ({kind}) cannot be asked of an exception, which has no data of its order",
        "zh": "异常不带订单的数据，不能要求“{need}”（{kind}）",
    },
    "FE724.hint": {
        "en": "ask for a check, a file, a note, a confirmation, or one of several (`any`)",
        "zh": "可以要求勾选（check）、凭证（file）、说明（note）、确认（confirm），或几项之一（any）",
    },
    "FE725": {"en": "`tier` has a meaning only beside `raise`", "zh": "`tier` 只有与 `raise` 同写才有意义"},
    "FE725.hint": {"en": "remove it, or write `raise: NAME`", "zh": "请删去它，或写 `raise: 名称`"},
    "FE726": {
        "en": "“{role}” is the first of two teams that are not the same",
        "zh": "有两个不同的小组都以“{role}”为第一个角色",
    },
    "FE726.hint": {
        "en": "the first role is accountable and stands for its team: let another come first in one of them",
        "zh": "第一个角色是负责人，并代表整个小组：请让其中一组以另一个角色开头",
    },
    "FE727": {
        "en": "“{exception}” has nobody who deals with it: there are no tiers",
        "zh": "没有写 `tiers`，“{exception}”无人处理",
    },
    "FE727.hint": {
        "en": "write who deals with exceptions: tiers: {{1: {{team: ROLE, answer: 4wh, resolve: 2wd}}}}",
        "zh": "请写明由谁处理：tiers: {{1: {{team: 角色, answer: 4wh, resolve: 2wd}}}}",
    },
    "FE728": {
        "en": "the rows of “{exception}” count lateness in different units",
        "zh": "“{exception}”的各行用不同的单位计算逾期",
    },
    "FE728.hint": {
        "en": "use elapsed time in all of them (`3d`), or working time (`3wd`)",
        "zh": "请统一用自然时间（`3d`）或工作时间（`3wd`）",
    },
    "FE729": {
        "en": "nobody and nothing raises “{exception}”",
        "zh": "没有人、也没有任何规则会发起“{exception}”",
    },
    "FE729.hint": {
        "en": "say who may (`by`, or `may: raise` of a role), or write the action `raise: {exception}`",
        "zh": "请写明谁可以发起（`by`，或角色的 `may: raise`），或写动作 `raise: {exception}`",
    },
    "FE730": {"en": "`joins` has a meaning only beside `raise`", "zh": "`joins` 只有与 `raise` 同写才有意义"},
    "FE730.hint": {
        "en": "remove it, or write `raise: NAME` in the same step",
        "zh": "请删去它，或在同一步中写 `raise: 名称`",
    },
    "blocker.no_such_exception": {
        "en": "there is no exception “{name}”; known: {known}",
        "zh": "没有“{name}”这种异常；现有：{known}",
    },
    "blocker.no_such_tier": {
        "en": "there is no tier {tier}; known: {known}",
        "zh": "没有 {tier} 级；现有：{known}",
    },
    "blocker.cannot_join": {
        "en": "{title} cannot join that case: name one of the same exception that is not resolved (`flowengine list --process PROCESS#exceptions --open`)",
        "zh": "“{title}”不能并入该异常单：请指明同一种异常中尚未解决的一张（`flowengine list --process 流程#exceptions --open`）",
    },
    "blocker.raised_already": {
        "en": "{title} has been raised already and is not resolved",
        "zh": "“{title}”已经发起，尚未解决",
    },
    "words.raise": {"en": "raise {exception}", "zh": "发起异常：{exception}"},
    "words.raise.tier": {
        "en": "raise {exception}, at least on tier {tier}",
        "zh": "发起异常：{exception}（至少 {tier} 级）",
    },
    "words.raise.late": {
        "en": "raise {exception}, late by {over}",
        "zh": "发起异常：{exception}（已逾期 {over}）",
    },
    "words.resolve": {"en": "resolve {exception}", "zh": "解决异常：{exception}"},
    "words.exception.tier": {"en": "tier {tier}", "zh": "{tier} 级"},
    "words.exception.over": {"en": "{said} once late by {over}", "zh": "逾期 {over} 后{said}"},
    "words.exception.by": {"en": "raised by {who}", "zh": "可由{who}发起"},
    "words.exception.hold": {"en": "holds the order: {hold}", "zh": "期间订单暂停：{hold}"},
    "words.exception.then": {"en": "then {done}", "zh": "随即{done}"},
    "diff.exception.added": {"en": "new exception {thing}: {said}", "zh": "新增异常“{thing}”：{said}"},
    "diff.exception.removed": {"en": "no exception {thing} any more", "zh": "不再有异常“{thing}”"},
    "diff.exception.changed": {"en": "exception {thing}: {shift}", "zh": "异常“{thing}”：{shift}"},
    "diff.tiers": {"en": "tiers of exceptions: {shift}", "zh": "异常的级别：{shift}"},
    "diff.teams": {"en": "who deals with exceptions: {shift}", "zh": "处理异常的小组：{shift}"},
    "coverage.kind.raised": {"en": "exceptions raised", "zh": "发起过的异常"},
    "coverage.never.raised": {"en": "the exception {name} is never raised", "zh": "异常 {name} 从未发起"},
    "story.raised": {
        "en": "exception raised: {exception}, tier {tier}",
        "zh": "发起异常：{exception}，{tier} 级",
    },
    "story.raised.joined": {
        "en": "exception raised: {exception}, tier {tier}; of the same cause as {case}",
        "zh": "发起异常：{exception}，{tier} 级；与 {case} 同一原因",
    },
    "story.tier_risen": {
        "en": "exception rises to tier {tier}: {exception}",
        "zh": "异常升至 {tier} 级：{exception}",
    },
    "FE731": {
        "en": "orders cannot share a case by “{field}”: it is private, or of a type whose values are not written in one way only",
        "zh": "不能按“{field}”共用异常单：它是私密字段，或其类型的值可能有多种写法",
    },
    "FE731.hint": {
        "en": "name fields of type text, integer, choice, date or person",
        "zh": "请写类型为 text、integer、choice、date、person 的字段",
    },
    "story.joined": {
        "en": "exception {exception} is part of {case}, which has the same cause",
        "zh": "异常“{exception}”并入 {case}：同一原因",
    },
    "story.settled": {"en": "exception resolved here: {exception}", "zh": "异常由本订单解决：{exception}"},
    "story.progressed": {"en": "exception {exception}: {reached}", "zh": "异常“{exception}”：{reached}"},
    "exception.answered": {"en": "taken up", "zh": "已响应"},
    "exception.told": {"en": "the customer was told", "zh": "已告知客户"},
    "exception.planned": {"en": "there is a plan", "zh": "已有处理方案"},
    "exception.resolved": {"en": "resolved", "zh": "已解决"},
    "exception.reviewed": {"en": "reviewed", "zh": "已复盘"},
    "exception.call_failed": {"en": "{call} has failed: {why}", "zh": "“{call}”失败：{why}"},
    "exception.nobody_to_act": {"en": "nobody is there to do {items}", "zh": "{items}无人办理"},
    "moment.raised": {"en": "{thing} raised", "zh": "发起{thing}"},
    "moment.answered": {"en": "{thing} taken up", "zh": "{thing}已响应"},
    "moment.told": {"en": "the customer told of {thing}", "zh": "{thing}已告知客户"},
    "moment.planned": {"en": "a plan for {thing}", "zh": "{thing}已有方案"},
    "moment.resolved": {"en": "{thing} resolved", "zh": "{thing}已解决"},
    "moment.reviewed": {"en": "{thing} reviewed", "zh": "{thing}已复盘"},
    "train.raise": {"en": "raise: {title}", "zh": "发起异常：{title}"},
    "word.unanswered.next": {"en": "It rises to the next tier", "zh": "升到下一级"},
    "word.unanswered.stay": {"en": "It stays on its tier", "zh": "留在本级"},
    "word.may.raise": {"en": "Raising exceptions", "zh": "发起异常"},
    "may.raise": {"en": "raise exceptions", "zh": "发起异常"},
    "reference.shape.exception": {"en": "exception", "zh": "异常"},
    "reference.shape.tier row": {"en": "tier row", "zh": "级别行"},
    "reference.shape.report": {"en": "report", "zh": "上报"},
    "reference.shape.review": {"en": "review", "zh": "复盘"},
    "reference.shape.default exception": {"en": "default exception", "zh": "异常的默认规定"},
    "reference.shape.tier": {"en": "tier", "zh": "级别"},
}
