"""Work items and people: who has taken what upon himself, why somebody may not, and what happened (FE525-FE544)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "blocker.taken": {
        "en": "{owner} has {title}; ask for it to be given back or reassigned",
        "zh": "{title}已由 {owner} 认领，可请其退回或请人改派",
    },
    "blocker.taken_already": {
        "en": "{title} is with {owner} already",
        "zh": "{title}已在 {owner} 手中",
    },
    "blocker.no_such_work": {
        "en": "“{name}” waits for nobody here; what can be claimed: {known}",
        "zh": "此处没有名为“{name}”的待办；可认领：{known}",
    },
    "blocker.not_claimable": {
        "en": "a seat in an approval is not claimed: vote on {title}, or pass the seat on with `transfer` or `delegate`",
        "zh": "审批席位不能认领：请对{title}表态，或用 `transfer` 转交、用 `delegate` 委派",
    },
    "blocker.nobody_claims": {
        "en": "“{name}” can be claimed by a person only, and the host is none; say who it is",
        "zh": "“{name}”只能由人认领，宿主系统不是人；请说明是谁",
    },
    "blocker.not_taken": {
        "en": "nobody has {title}: it waits for {owner}",
        "zh": "{title}无人认领，等待 {owner} 办理",
    },
    "blocker.not_to_pass": {
        "en": "{title} is passed on by {owner}",
        "zh": "{title}由 {owner} 改派",
    },
    "blocker.nobody_called_so": {
        "en": "{title} cannot go to “{name}”: nobody is called so{meant}",
        "zh": "{title}无法改派给“{name}”：没有这个人{meant}",
    },
    "people.meant": {
        "en": "; did you mean “{guess}”?",
        "zh": "；是否想写“{guess}”？",
    },
    "blocker.nobody_named": {
        "en": "say who shall do {title}",
        "zh": "请写明把{title}改派给谁",
    },
    "blocker.barred_from_work": {
        "en": "that person may not do {title}, which is for somebody else",
        "zh": "此人不能办理{title}，须由另一人办理",
    },
    "explain.given": {"en": "How they got it:", "zh": "由来："},
    "story.claimed": {"en": "{by} takes {items}", "zh": "{by} 认领{items}"},
    "story.reassigned": {
        "en": "{by} passes {items} to {to}, because: {reason}",
        "zh": "{by} 将{items}改派给 {to}，原因：{reason}",
    },
    "story.given_back": {"en": "{by} gives {items} back", "zh": "{by} 退回{items}"},
    "story.given_back.of_another": {
        "en": "{by} takes {items} from {was}, because: {reason}",
        "zh": "{by} 收回 {was} 认领的{items}，原因：{reason}",
    },
    "story.let_go": {
        "en": "nobody has to do {items} any more, whoever had it",
        "zh": "{items}不再需要办理，认领随之解除",
    },
    "story.let_go.named": {
        "en": "{was} has {items} no more: somebody else is named now",
        "zh": "已改为指定他人，{was} 不再办理{items}",
    },
    "story.cause.reassigned": {"en": "passed to you", "zh": "改派给您"},
    "story.cause.named": {"en": "for you now", "zh": "现由您办理"},
    "story.cause.taken_away": {"en": "taken from you", "zh": "已从您处收回"},
    "explain.taken": {"en": "with {who}", "zh": "已由 {who} 认领"},
    "story.dealt": {"en": "{items} goes to {to}", "zh": "{items}派给{to}"},
    "story.dealt.round_robin": {
        "en": "{items} goes to {to}, whose turn it is ({role})",
        "zh": "{items}轮派给 {to}（{role}）",
    },
    "story.dealt.least_busy": {
        "en": "{items} goes to {to}, who has the least to do ({role})",
        "zh": "{items}派给手上待办最少的 {to}（{role}）",
    },
    "story.dealt.shared": {
        "en": "{items} goes to {to}, who has the least to do of those next in {roles}",
        "zh": "{items}派给 {to}：在{roles}各自下一个办理的人中手上待办最少",
    },
    "story.nobody_to_act": {
        "en": "nobody was found to do {items}, so it is for {owner}",
        "zh": "{items}找不到办理人，转由{owner}办理",
    },
    "names.creator": {"en": "whoever opened the order", "zh": "开单的人"},
    "names.person": {"en": "the person in {thing}", "zh": "{thing}中的人"},
    "names.by": {"en": "whoever did {thing}", "zh": "办理{thing}的人"},
    "FE527": {
        "en": "the field “{field}” names no person: its type is {type}",
        "zh": "字段“{field}”不表示人：其类型为 {type}",
    },
    "FE527.hint": {
        "en": "name a role, or a field of type `person`",
        "zh": "请写角色，或类型为 `person` 的字段",
    },
    "FE528": {"en": "there is no need “{word}” that somebody does", "zh": "没有由人办理的要求“{word}”"},
    "story.cause.nobody_to_act": {"en": "nobody is there to do it", "zh": "无人办理"},
    "FE525": {
        "en": "“{word}” is neither a role nor a way of choosing one of its people",
        "zh": "“{word}”既不是角色，也不是选人的方式",
    },
    "FE526": {
        "en": "work goes round in a circle: {roles}",
        "zh": "待办在这些角色之间循环：{roles}",
    },
    "FE526.hint": {
        "en": "let one of them choose a person: `round_robin` or `least_busy`",
        "zh": "请让其中一个角色派给人：`round_robin` 或 `least_busy`",
    },
    "names.head": {"en": "the head of {who}", "zh": "{who}的上级"},
    "story.headed": {"en": "the head of {of} is {head}", "zh": "{of} 的上级是 {head}"},
    "story.headed.nobody": {"en": "nobody is known as the head of {of}", "zh": "不知道 {of} 的上级是谁"},
    "diff.person.head": {
        "en": "who is above {person}: {shift}",
        "zh": "人员 {person} 的上级：{shift}",
    },
    "FE783": {
        "en": "an owner cannot be named by an owner: “{owner}”",
        "zh": "负责人不能以另一个负责人表示：“{owner}”",
    },
    "FE783.hint": {
        "en": "name the role or the person who owns that place, or the head of that person",
        "zh": "请写那里的负责人本身（角色或人），或其上级",
    },
    "FE630": {
        "en": "“{role}” is no person, so nobody is its head",
        "zh": "“{role}”不是人，没有上级",
    },
    "FE630.hint": {
        "en": "name a person: `creator`, a field of type `person`, or `NEED.by`, who did that",
        "zh": "请写人：`creator`、类型为 `person` 的字段，或 `要求.by`（办理该要求的人）",
    },
    "FE632": {"en": "“{person}” is not the head of “{person}”", "zh": "“{person}”不能是自己的上级"},
    "FE632.hint": {
        "en": "name somebody else, or leave out `head` where nobody is above",
        "zh": "请写另一个人；没有上级时不写 `head`",
    },
    "FE631": {
        "en": "“{place}” has one owner: beside “{owner}” nobody else counts",
        "zh": "“{place}”只有一个负责人：写在“{owner}”之后的都不算",
    },
    "FE631.hint": {
        "en": "name one role; who else may do a need stands in its `by`; where the order decides, write rows with `when`",
        "zh": "请只写一个角色；还有谁可以办理，写在要求的 `by` 中；因订单而异时，请写带 `when` 的行",
    },
    "FE781": {
        "en": "“{person}” is written twice among the members of “{role}”",
        "zh": "“{role}”的 members 中“{person}”写了两次",
    },
    "FE781.hint": {
        "en": "delete one: everybody has one turn",
        "zh": "请删去一个：轮派时每人只轮一次",
    },
    "FE782": {
        "en": "nobody acts under the name “{person}”",
        "zh": "没有人以“{person}”之名办事",
    },
    "FE782.hint": {
        "en": "write the id under which the host lets that person act, without `@`, blanks around it and invisible signs, and its accents composed (NFC); `system`, `time` and `signal` are the host itself",
        "zh": "请写宿主系统让此人办事所用的 id，不加 `@`、首尾空格和不可见字符，带声调的字母用组合形式（NFC）；`system`、`time`、`signal` 指宿主系统本身",
    },
    "FE529": {"en": "“{word}” does not stand under `people`", "zh": "`people` 中没有“{word}”"},
    "FE530": {
        "en": "“{person}” cannot stand in for “{person}”",
        "zh": "“{person}”不能代理自己",
    },
    "FE530.hint": {
        "en": "name somebody else, or `nobody`",
        "zh": "请写另一个人，或 `nobody`（无人代理）",
    },
    "words.away": {"en": "{days}: {who}", "zh": "{days}：{who}"},
    "diff.person.away": {
        "en": "absences of {person}, and who stands in: {shift}",
        "zh": "人员 {person} 不在岗的日子与代理人：{shift}",
    },
    "diff.always_there": {"en": "never", "zh": "无"},
    "list.mine": {"en": "Number|Stage|Name|What|Who|Due", "zh": "编号|阶段|名称|待办|办理人|期限"},
    "list.stands_for": {
        "en": "{who}, standing in for {away}",
        "zh": "{who}（代 {away}）",
    },
    "list.mine.none": {"en": "nothing is with you", "zh": "您手上没有待办"},
}
