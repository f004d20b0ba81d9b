"""Findings about orders that do not come through as it is meant (FE420 and up), each told with such an order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "sound.any_order": {"en": "any order", "zh": "任何订单"},
    "sound.order_with": {"en": "an order with {values}", "zh": "{values} 的订单"},
    "sound.with": {"en": "{field} = {value}", "zh": "{field} = {value}"},
    "sound.given": {"en": "a value for {field}", "zh": "已填 {field}"},
    "sound.without": {"en": "no {field}", "zh": "没有 {field}"},
    "FE420": {"en": "{what}", "zh": "{what}"},
    "sound.FE420.above": {
        "en": "no order ever takes this row of `{word}` in “{place}”: the rows above it take them all ({above})",
        "zh": "“{place}”的 `{word}` 中，没有订单会用到这一行：上面的行已包括所有订单（{above}）",
    },
    "FE420.hint": {
        "en": "remove this row, or change the conditions; the last row then stands without `when`",
        "zh": "请删去这一行，或修改条件；之后最后一行不写 `when`",
    },
    "sound.FE420.never": {
        "en": "no order ever takes this row of `{word}` in “{place}”: `{condition}` never holds there",
        "zh": "“{place}”的 `{word}` 中，没有订单会用到这一行：`{condition}` 在此永不成立",
    },
    "FE421": {"en": "{what}", "zh": "{what}"},
    "sound.FE421.need": {
        "en": "“{name}” is asked of no order: `{condition}` never holds there",
        "zh": "没有订单会被要求“{name}”：`{condition}` 在此永不成立",
    },
    "FE421.hint.need": {
        "en": "correct the condition, or remove the need",
        "zh": "请改正条件，或删去该要求",
    },
    "sound.FE421.task": {
        "en": "no order ever needs the task “{name}”: `{condition}` never holds there",
        "zh": "没有订单需要任务“{name}”：`{condition}` 在此永不成立",
    },
    "FE421.hint.task": {"en": "correct the condition, or remove the task", "zh": "请改正条件，或删去该任务"},
    "sound.FE421.outcome": {
        "en": "“{name}” never happens: `{condition}` never holds there",
        "zh": "“{name}”永远不会发生：`{condition}` 在此永不成立",
    },
    "FE421.hint.outcome": {
        "en": "correct the condition, or remove the outcome",
        "zh": "请改正条件，或删去该结果",
    },
    "sound.FE421.moment": {
        "en": "the condition of “{name}” never holds: no order has {moments} behind it when it is there",
        "zh": "“{name}”的条件永不成立：订单到此时，{moments} 不可能已发生",
    },
    "FE421.hint.moment": {
        "en": "ask for a moment that comes earlier, or remove the condition",
        "zh": "请改用更早的时刻，或删去该条件",
    },
    "FE422": {"en": "{what}", "zh": "{what}"},
    "sound.FE422.need": {
        "en": "`{condition}` holds for every order there: the need is always asked",
        "zh": "`{condition}` 在此对所有订单都成立：该要求总会提出",
    },
    "sound.FE422.that": {
        "en": "`{condition}` holds for every order there: the need is always met",
        "zh": "`{condition}` 在此对所有订单都成立：该要求形同虚设",
    },
    "FE422.hint.need": {"en": "correct the condition, or remove it", "zh": "请改正条件，或将其删去"},
    "sound.FE422.task": {
        "en": "`{condition}` holds for every order: the task is always needed",
        "zh": "`{condition}` 对所有订单都成立：该任务总是需要的",
    },
    "FE422.hint.task": {"en": "correct the condition, or remove it", "zh": "请改正条件，或将其删去"},
    "sound.FE422.outcome": {
        "en": "`{condition}` holds for every order: the outcome happens as soon as it can",
        "zh": "`{condition}` 对所有订单都成立：该结果一有可能就会发生",
    },
    "FE422.hint.outcome": {"en": "correct the condition, or remove it", "zh": "请改正条件，或将其删去"},
    "sound.FE422.check": {
        "en": "this check refuses nothing: `{condition}` holds for every order",
        "zh": "此项检查不会拒绝任何订单：`{condition}` 总是成立",
    },
    "FE422.hint.check": {
        "en": "correct the condition, or remove the check",
        "zh": "请改正条件，或删去该检查",
    },
    "FE423": {"en": "{what}", "zh": "{what}"},
    "sound.FE423.value": {
        "en": "“{need}” can never be met: `{condition}` holds for no order",
        "zh": "“{need}”永远无法满足：没有订单能使 `{condition}` 成立",
    },
    "FE423.hint": {
        "en": "correct the condition; compare it with the limits of its fields and with `checks`",
        "zh": "请改正条件，并与相关字段的限制及 `checks` 对照",
    },
    "sound.FE423.moment": {
        "en": "“{need}” can never be met: no order has {moments} behind it when it is there (`{condition}`)",
        "zh": "“{need}”永远无法满足：订单到此时，{moments} 不可能已发生（`{condition}`）",
    },
    "FE423.hint.moment": {
        "en": "ask for a moment that comes earlier, or move the need to a later stage",
        "zh": "请改用更早的时刻，或把该要求移到更后面的阶段",
    },
    "FE424": {"en": "{what}", "zh": "{what}"},
    "sound.FE424.several": {
        "en": "no order can ever be opened: `{check}` and {others} contradict each other",
        "zh": "任何订单都无法受理：`{check}` 与 {others} 互相矛盾",
    },
    "FE424.hint": {"en": "correct one of these checks", "zh": "请改正其中一项检查"},
    "sound.FE424.alone": {
        "en": "no order can ever be opened: `{check}` holds for none",
        "zh": "任何订单都无法受理：没有订单能使 `{check}` 成立",
    },
    "FE424.hint.alone": {"en": "correct the check, or remove it", "zh": "请改正该检查，或将其删去"},
    "FE425": {"en": "{what}", "zh": "{what}"},
    "sound.FE425.several": {
        "en": "{order} slips through “{stage}”: none of its conditions holds, so nobody is asked ({way})",
        "zh": "{order}会直接穿过“{stage}”：各项条件都不成立，无人经手（{way}）",
    },
    "sound.FE425.one": {
        "en": "“{stage}” asks somebody only where {conditions}: {order} passes at once ({way})",
        "zh": "“{stage}”只在 {conditions} 时才有人经手：{order}会立即通过（{way}）",
    },
    "FE425.hint": {
        "en": "close the gap between the conditions; if that is meant, send such orders past the stage with `next`",
        "zh": "请补上各条件之间的缺口；若确是此意，请用 `next` 让这类订单绕过该阶段",
    },
    "FE430": {"en": "{what}", "zh": "{what}"},
    "sound.FE430.moment": {
        "en": "task “{name}” waits for ever in “{stage}”: {moment} never happens before or there ({way})",
        "zh": "任务“{name}”在“{stage}”中将一直等待：{moment} 在此之前和在此期间都不会发生（{way}）",
    },
    "sound.FE430.beside": {
        "en": "task “{name}” waits for ever in “{stage}”: “{moment}” cannot be done first ({way})",
        "zh": "任务“{name}”在“{stage}”中将一直等待：“{moment}”不可能先完成（{way}）",
    },
    "sound.FE430.way": {
        "en": "{order} that comes by {way} waits for ever in “{stage}”: task “{name}” begins only after {moment}",
        "zh": "{order}若经 {way} 到来，将在“{stage}”中一直等待：任务“{name}”要在 {moment} 之后才开始",
    },
    "FE430.hint": {
        "en": "let it wait for something that comes on every way, or give it a `when`",
        "zh": "请让它等待每条路径上都会发生的事，或加上 `when`",
    },
    "FE431": {"en": "{what}", "zh": "{what}"},
    "sound.FE431.moment": {
        "en": "“{need}” is asked of no order in “{stage}”: {moment} never happens before or there",
        "zh": "“{stage}”中没有订单会被要求“{need}”：{moment} 在此之前和在此期间都不会发生",
    },
    "sound.FE431.beside": {
        "en": "“{need}” is asked of no order in “{stage}”: “{moment}” cannot be done first",
        "zh": "“{stage}”中没有订单会被要求“{need}”：“{moment}”不可能先完成",
    },
    "FE431.hint": {
        "en": "name in `after` something that comes earlier, or remove it",
        "zh": "请在 `after` 中写更早发生的事，或将其删去",
    },
    "FE432": {
        "en": "{order} that comes by {way} waits for ever in “{stage}”: “{name}” needs {moment} (`{condition}`)",
        "zh": "{order}若经 {way} 到来，将在“{stage}”中一直等待：“{name}”须先有 {moment}（`{condition}`）",
    },
    "FE432.hint": {
        "en": "ask for something that comes on every way, or give the need a `when`",
        "zh": "请改为每条路径上都会发生的事，或给该要求加上 `when`",
    },
    "FE433": {
        "en": "“{outcome}” never happens in “{stage}”: {moment} does not happen there",
        "zh": "“{outcome}”在“{stage}”中永远不会发生：{moment} 在此不会发生",
    },
    "FE433.hint": {
        "en": "name in `after` something that happens in this stage, or remove the outcome",
        "zh": "请在 `after` 中写此阶段会发生的事，或删去该结果",
    },
    "FE434": {"en": "{what}", "zh": "{what}"},
    "sound.FE434.ever": {
        "en": "“{stage}” never opens: {moment} never happens before or there ({way})",
        "zh": "“{stage}”永远不会开放：{moment} 在此之前和在此期间都不会发生（{way}）",
    },
    "sound.FE434.way": {
        "en": "{order} that comes by {way} finds “{stage}” shut for ever: {moment} has not happened",
        "zh": "{order}若经 {way} 到来，“{stage}”永远不会开放：{moment} 未曾发生",
    },
    "FE434.hint": {
        "en": "let it open by a moment that comes on every way, or by a date field",
        "zh": "请改用每条路径上都会发生的时刻，或用日期字段",
    },
    "FE435": {
        "en": "“{outcome}” changes nothing: {order} that goes from “{origin}” back to “{stage}” finds everything "
        "there done and is sent on at once ({way})",
        "zh": "“{outcome}”不起作用：{order}从“{origin}”退回“{stage}”后，那里各项都已具备，会立即再往前走（{way}）",
    },
    "FE435.hint": {
        "en": "add to “{stage}” a need for what has to be put right, asked when this has happened: "
        "`clarified: {{note: …, when: happened({moment})}}`",
        "zh": "请在“{stage}”中加一项要求，写明须补正什么：`clarified: {{note: …, when: happened({moment})}}`",
    },
    "FE436": {
        "en": "{order} runs in a circle without anybody: {way}",
        "zh": "{order}会原地打转，无人经手：{way}",
    },
    "FE436.hint": {
        "en": "give one of these stages a need that a person fulfils, or let the conditions exclude each other",
        "zh": "请给其中一个阶段加上须由人完成的要求，或让各条件互相排斥",
    },
    "FE437": {
        "en": "{order} that comes by {way} cannot leave “{stage}”: {outcomes} leads back, and there is no way back",
        "zh": "{order}若经 {way} 到来，无法离开“{stage}”：{outcomes} 用于返回，而它无处可返回",
    },
    "FE437.hint": {
        "en": "lead there by an outcome, or give the stage another way on",
        "zh": "请改由结果进入该阶段，或给它另一条出路",
    },
    "FE438": {
        "en": "“{outcome}” cannot lead from “{stage}” back to “{origin}”: nobody there can do {needs}, which its `entry` asks",
        "zh": "“{outcome}”无法从“{stage}”返回“{origin}”：其 `entry` 要求 {needs}，而在“{stage}”中无人能办理",
    },
    "FE438.hint": {
        "en": "ask for it among the needs of “{origin}”, or let it cover fields (`covers`), so that it stays valid",
        "zh": "请把它写进“{origin}”的 `needs`，或写上 `covers` 使其保持有效",
    },
    "FE439": {
        "en": "an order cannot leave “{stage}”: every way that is written there is barred ({way})",
        "zh": "订单无法离开“{stage}”：那里写明的每条路都走不通（{way}）",
    },
    "FE439.hint": {
        "en": "look at the conditions of its needs, outcomes and rows, and give orders a way on",
        "zh": "请检查其要求、结果和各行的条件，给订单留一条出路",
    },
}
