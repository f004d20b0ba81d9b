"""Findings about time and about what is done by itself (FE34x to FE36x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "name.clock": {"en": "a clock", "zh": "计时"},
    "name.hold": {"en": "a hold", "zh": "暂停"},
    "name.rule": {"en": "a rule", "zh": "规则"},
    "FE105.length": {
        "en": "write a length of time, at least a minute and at most ten years: 30m, 48h or 1d 12h as it passes, 8wh in working hours, 2wd in working days",
        "zh": "请写时长，最短一分钟，最长十年：自然时间写 30m、48h 或 1d 12h，工作小时写 8wh，工作日写 2wd",
    },
    "FE105.length_or_field": {
        "en": "write a length of time from a minute to ten years (24h as it passes, 8wh in working hours, 2wd in working days), or the name of a field of type `duration`",
        "zh": "请写一分钟到十年的时长（自然时间写 24h，工作小时写 8wh，工作日写 2wd），或类型为 `duration` 的字段名",
    },
    "FE105.point_or_time": {
        "en": 'write a date field or a moment, so long before or after it (promised_date - 1d), or beside `every` a time of day ("17:00")',
        "zh": '请写日期字段或时刻，可加减时长（promised_date - 1d）；与 `every` 同写时写当日时间（"17:00"）',
    },
    "FE105.period": {
        "en": 'write `workday`, `day`, `week` or `month`, a length of time (2d), or five cron fields in quotes ("0 9 * * 1-5")',
        "zh": '请写 `workday`、`day`、`week` 或 `month`，时长（2d），或加引号的五段 cron 表达式（"0 9 * * 1-5"）',
    },
    "FE105.warning": {
        "en": "write a share of the time (80%), or how long before it is due (-4wh)",
        "zh": "请写时间的百分比（80%），或到期前多久（-4wh）",
    },
    "FE105.buffer": {
        "en": "write a share (20%, -50%) or a length of time (2wd, -1h)",
        "zh": "请写百分比（20%、-50%）或时长（2wd、-1h）",
    },
    "FE340": {
        "en": "“{name}” mixes time as it passes with working time: {one} and {other}",
        "zh": "“{name}”把自然时间与工作时间混在了一起：{one} 与 {other}",
    },
    "FE340.hint": {
        "en": "within one clock write all of them in h and d, or all of them in wh and wd",
        "zh": "同一个计时内，请统一用 h 与 d，或统一用 wh 与 wd",
    },
    "FE591": {
        "en": "“{name}” counts {time}, but then `over: {over}`: one is working time, the other passes day and night",
        "zh": "“{name}”的期限是 {time}，逾期却按 `over: {over}` 计算：一个是工作时间，一个是自然时间",
    },
    "FE591.hint": {
        "en": "write both in h and d, or both in wh and wd",
        "zh": "请统一使用 h 与 d，或统一使用 wh 与 wd",
    },
    "FE341": {
        "en": "“{word}” counts working time, but no calendar says when that is",
        "zh": "“{word}”按工作时间计算，但没有日历说明何时上班",
    },
    "FE341.hint": {
        "en": "name a `calendar` here or for the whole process, or write elapsed time: 24h, 2d",
        "zh": "请在此处或为整个流程写明 `calendar`，或改用自然时间：24h、2d",
    },
    "FE342": {"en": "a warning cannot come at {word} of the time", "zh": "预警不能设在时间的 {word}"},
    "FE342.hint": {
        "en": "write a share from 1% to 99%; at the end it is late in any case",
        "zh": "请写 1% 到 99%；到期时无论如何都会算作逾期",
    },
    "FE343": {
        "en": "“{name}” has {time}: a warning at {word} would come before it begins",
        "zh": "“{name}”只有 {time}：{word} 的预警会早于开始",
    },
    "FE343.hint": {
        "en": "warn less long before, or write a share of the time: 80%",
        "zh": "请缩短提前量，或写时间的百分比：80%",
    },
    "FE344": {
        "en": "with the buffer {word} nothing is left of the {time} of “{name}”",
        "zh": "加上缓冲 {word} 后，“{name}”的 {time} 已所剩无几",
    },
    "FE344.hint": {"en": "shorten it by less", "zh": "请减少缩短的幅度"},
    "FE345": {
        "en": "“{word}” cannot stand here in “{name}”",
        "zh": "“{name}”的此处不能写“{word}”",
    },
    "FE345.time": {
        "en": "a time of day belongs beside `every: workday`, `day`, `week` or `month`; elsewhere name a date field or a moment",
        "zh": "当日时间只能与 `every: workday`、`day`、`week` 或 `month` 同写；其他地方请写日期字段或时刻",
    },
    "FE345.day": {
        "en": 'beside `every` write one time of day: by: "17:00"',
        "zh": '与 `every` 同写时，请只写一个当日时间：by: "17:00"',
    },
    "FE346": {
        "en": "“{field}” is of type {type}; how long something takes must be a duration",
        "zh": "“{field}”的类型是 {type}，而时长须是 duration",
    },
    "FE346.hint": {
        "en": "name a field of type `duration`, or write a point in time: `by: {field}`",
        "zh": "请写类型为 `duration` 的字段，或写时间点：`by: {field}`",
    },
    "FE347": {
        "en": "“{name}” says `{word}`, which has a meaning only beside `{beside}`",
        "zh": "“{name}”写了 `{word}`，而它只有与 `{beside}` 同写才有意义",
    },
    "FE347.hint": {"en": "remove `{word}`, or write `{beside}`", "zh": "请删去 `{word}`，或写上 `{beside}`"},
    "FE348": {
        "en": "“{name}” is met by what starts it: {moment}",
        "zh": "“{name}”启动的同时就达成了：{moment}",
    },
    "FE348.hint": {
        "en": "let it start `after` something earlier, or end with something later",
        "zh": "请让它在更早的时刻启动，或以更晚的时刻为达成",
    },
    "FE349": {
        "en": "“{name}” comes again and again: after {over} its next period may have begun",
        "zh": "“{name}”是周期性的：{over} 之后，下一周期可能已经开始",
    },
    "FE349.hint": {
        "en": "remove `over`: each period is late by itself",
        "zh": "请删去 `over`：每个周期各自计算逾期",
    },
    "FE350": {
        "en": "“{word}” is no cron line of five fields, or names a day that never comes",
        "zh": "“{word}”不是五段的 cron 表达式，或其中的日期永远不会到来",
    },
    "FE350.hint": {
        "en": 'minute, hour, day, month, weekday: "0 9 * * 1-5" is 9 o\'clock from Monday to Friday',
        "zh": '依次为分、时、日、月、星期："0 9 * * 1-5" 表示周一到周五 9 点',
    },
    "FE351": {
        "en": "“{name}” never starts: {moment} does not happen while an order is in “{stage}”",
        "zh": "“{name}”永远不会启动：订单在“{stage}”期间不会发生 {moment}",
    },
    "FE351.hint": {
        "en": "write the clock under `clocks` of the process, or let it start after something in this stage",
        "zh": "请把该计时写在流程的 `clocks` 下，或让它在本阶段的某个时刻之后启动",
    },
    "FE352": {
        "en": "“{name}” is never met: {moment} does not happen while an order is in “{stage}”",
        "zh": "“{name}”永远不会达成：订单在“{stage}”期间不会发生 {moment}",
    },
    "FE352.hint": {
        "en": "write the clock under `clocks` of the process, or let it end with something in this stage",
        "zh": "请把该计时写在流程的 `clocks` 下，或以本阶段的某个时刻为达成",
    },
    "FE353": {"en": "there is no hold “{word}”", "zh": "没有“{word}”这个暂停"},
    "FE354": {
        "en": "nobody can release “{hold}”, and nothing does",
        "zh": "“{hold}”没有人能解除，也不会自动解除",
    },
    "FE354.hint": {
        "en": "say who may: `release: {{by: …}}`; or let an action `release` it",
        "zh": "请写明谁可以解除：`release: {{by: …}}`；或用动作 `release` 解除它",
    },
    "FE355": {
        "en": "“{hold}” is never placed: nobody may, and nothing does",
        "zh": "“{hold}”永远不会生效：没有人可以下达，也没有动作下达它",
    },
    "FE355.hint": {
        "en": "say who may place it (`by`) or while what it lasts (`while`), or let an action `hold` it",
        "zh": "请写明谁可以下达（`by`）或何时自动生效（`while`），或用动作 `hold` 下达它",
    },
    "FE356": {
        "en": "there is no clock, stage or task “{word}” to pause",
        "zh": "没有可以暂停计时的“{word}”（计时、阶段或任务）",
    },
    "FE357": {"en": "there is no outcome “{word}”", "zh": "没有“{word}”这个结果"},
    "FE358": {
        "en": "nobody writes the field “{field}”",
        "zh": "字段“{field}”不能由动作写入",
    },
    "FE358.hint": {
        "en": "it follows from others, or was given at intake and stays; set another field",
        "zh": "它由其他字段计算得出，或在受理时给定后不再改变；请写入其他字段",
    },
    "FE358.list": {
        "en": "rows of a list are written by people; set another field",
        "zh": "列表的各行由人填写；请写入其他字段",
    },
    "FE360": {
        "en": "what is written for {over} never happens: the order has left at {moved}",
        "zh": "逾期 {over} 的动作永远不会执行：订单在逾期 {moved} 时已经离开",
    },
    "FE360.hint": {
        "en": "do it before the `move`, or move the order later",
        "zh": "请把它放在 `move` 之前，或推迟 `move`",
    },
    "FE361": {
        "en": "`move` must come last, once, and without `ask`",
        "zh": "`move` 只能写一次，须放在最后，且不能与 `ask` 同用",
    },
    "FE361.hint": {
        "en": "the order leaves at once: what is asked beside a `move`, or written after it, would never happen",
        "zh": "订单会立即离开：与 `move` 同时提出的要求、写在其后的动作都不会发生",
    },
    "FE362": {
        "en": "`{word}` has a meaning only beside `ask`",
        "zh": "`{word}` 只有与 `ask` 同写才有意义",
    },
    "FE362.hint": {"en": "remove `{word}`, or ask for something", "zh": "请删去 `{word}`，或写上 `ask`"},
    "FE363": {
        "en": "the `then` of “{outcome}” cannot `{word}`",
        "zh": "“{outcome}”的 `then` 中不能写 `{word}`",
    },
    "FE363.move": {
        "en": "an outcome says with `to` where the order goes",
        "zh": "结果用 `to` 写明订单的去向",
    },
    "FE363.ask": {
        "en": "the order leaves with this outcome; write the needs in the stage to which it goes",
        "zh": "订单随该结果离开；请把要求写在它转到的阶段里",
    },
    "FE364": {
        "en": "nothing sets off the rule “{rule}”",
        "zh": "规则“{rule}”没有触发条件",
    },
    "FE364.hint": {"en": "write `after`, `at` or `when`", "zh": "请写 `after`、`at` 或 `when`"},
    "FE365": {
        "en": "the rule “{rule}” says `each`, but no moment that comes more than once",
        "zh": "规则“{rule}”写了 `each`，却没有会多次发生的时刻",
    },
    "FE365.hint": {"en": "write `after`, or remove `each`", "zh": "请写 `after`，或删去 `each`"},
    "FE366": {
        "en": "rules set each other off for ever: {path}",
        "zh": "规则相互触发，永无止境：{path}",
    },
    "FE366.hint": {
        "en": "let one of them set another field, or wait for another moment",
        "zh": "请让其中一条写入其他字段，或等待其他时刻",
    },
    "FE367": {
        "en": "“{need}” cannot be due here: only what is asked in a stage or task, or by `ask`, has time",
        "zh": "“{need}”在此处不能写 `due`：只有阶段或任务的要求，以及 `ask` 提出的要求，才有期限",
    },
    "FE367.hint": {
        "en": "remove `due`, or write the need under `needs` of the stage (not in a task with `each`)",
        "zh": "请删去 `due`，或把该要求写在阶段的 `needs` 下（不能在带 `each` 的任务里）",
    },
    "FE368": {
        "en": "“{need}” says `due` and `defer`: two times for one thing",
        "zh": "“{need}”同时写了 `due` 与 `defer`：一件事有两个期限",
    },
    "FE368.hint": {
        "en": "keep `defer` if the order may go on without it, else `due`",
        "zh": "若订单可以先往下走，请保留 `defer`；否则保留 `due`",
    },
}
