"""Events from outside: what becomes of them, and what is wrong where they are declared (FE64x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "blocker.event_open": {"en": "not received yet: {title}", "zh": "尚未收到：{title}"},
    "blocker.no_such_event": {
        "en": "this process knows no event “{name}”; known: {known}",
        "zh": "该流程没有事件“{name}”；可用：{known}",
    },
    "blocker.no_such_datum": {
        "en": "“{name}” is no data of the event {event}; known: {known}",
        "zh": "事件“{event}”没有数据“{name}”；可用：{known}",
    },
    "blocker.missing_datum": {
        "en": "{datum} ({name}) is missing in the event {event}",
        "zh": "事件“{event}”缺少数据：{datum}（{name}）",
    },
    "blocker.too_early": {
        "en": "{title} comes too early: nothing in {stage} waits for it yet",
        "zh": "{title}来得太早：{stage}尚无要求等待它",
    },
    "story.received": {"en": "received {name}: {data}", "zh": "收到{name}：{data}"},
    "story.received.bare": {"en": "received {name}", "zh": "收到{name}"},
    "story.received.after_end": {
        "en": "received {name} after the end; nothing changes",
        "zh": "结束之后收到{name}，不作更改",
    },
    "story.acted.event": {"en": "received what was waited for: {need}", "zh": "已收到所等待的：{need}"},
    "coverage.kind.received": {"en": "events received", "zh": "收到过的事件"},
    "coverage.never.received": {"en": "the event {name} never comes in", "zh": "从未收到事件 {name}"},
    "moment.received": {"en": "{thing} received", "zh": "收到{thing}"},
    "reference.shape.event": {"en": "event", "zh": "事件"},
    "reference.shape.datum": {"en": "datum", "zh": "事件数据"},
    "word.early.keep": {
        "en": "It counts as soon as a need waits for it",
        "zh": "一旦有要求等待它即计入",
    },
    "word.early.refuse": {"en": "Its sender is told that it comes too early", "zh": "告知发送方来得太早"},
    "name.event": {"en": "an event", "zh": "事件"},
    "name.need.event": {"en": "a need for another event", "zh": "对其他事件的要求"},
    "need_kind.event": {"en": "event", "zh": "事件"},
    "short.event": {"en": "event", "zh": "事件"},
    "train.event": {"en": "the event {title} comes in", "zh": "收到事件：{title}"},
    "words.found_by": {"en": "finds its order by {fields}", "zh": "按{fields}找到订单"},
    "words.event_sets": {"en": "sets {fields}", "zh": "修改{fields}"},
    "words.event_creates": {"en": "opens an order where there is none", "zh": "没有订单时开立"},
    "words.event_unique": {"en": "counts once for each {datum}", "zh": "同一{datum}只算一次"},
    "words.event_early": {"en": "is refused while nothing waits for it", "zh": "无要求等待时拒收"},
    "words.event_data": {"en": "with {data}", "zh": "数据：{data}"},
    "diff.event.added": {"en": "new event {thing}: {said}", "zh": "新增事件“{thing}”：{said}"},
    "diff.event.removed": {"en": "no event {thing} any more", "zh": "不再有事件“{thing}”"},
    "diff.event.changed": {"en": "event {thing}: {shift}", "zh": "事件“{thing}”：{shift}"},
    "diff.need.event": {
        "en": "the event that {need} waits for: {shift}",
        "zh": "“{need}”所等待的事件：{shift}",
    },
    "FE640": {"en": "there is no event “{word}”", "zh": "没有事件“{word}”"},
    "FE641": {"en": "“{word}” is no data of this event", "zh": "该事件没有数据“{word}”"},
    "FE642": {
        "en": "no order is found by “{field}”: it is private, or of a type whose values are not written in one way only",
        "zh": "不能按“{field}”查找订单：它是私密字段，或其类型的值可能有多种写法",
    },
    "FE642.hint": {
        "en": "match by `number`, or by a field of type text, integer, choice, date or person",
        "zh": "请按 `number`（编号）匹配，或按类型为 text、integer、choice、date、person 的字段匹配",
    },
    "FE643": {
        "en": "no event sets “{field}”: it is computed, private, a list, or stays as it is",
        "zh": "事件不能修改“{field}”：它由计算得出、是私密字段或列表，或固定不变",
    },
    "FE643.hint": {"en": "set another field", "zh": "请改为修改其他字段"},
    "FE644": {
        "en": "the event “{event}” opens orders, but does not say what these become: {fields}",
        "zh": "事件“{event}”会开立订单，但没有给出：{fields}",
    },
    "FE644.hint": {
        "en": "say it in `match` or `sets`, or give the field a `default`; a number is given by the engine alone",
        "zh": "请在 `match` 或 `sets` 中写明，或给该字段写上 `default`；编号只能由引擎给出",
    },
    "FE645": {
        "en": "`early` decides nothing: no need waits for the event “{event}”",
        "zh": "`early` 不起作用：没有要求等待事件“{event}”",
    },
    "FE645.hint": {
        "en": "remove it, or let a need wait: `NAME: {{event: {event}}}`",
        "zh": "请删去它，或写一项等待它的要求：`名称: {{event: {event}}}`",
    },
    "FE646": {
        "en": "“{name}” is not known here: there is no order yet, only what comes with the event",
        "zh": "此处没有“{name}”：这时还没有订单，只有随事件而来的数据",
    },
    "FE646.hint": {"en": "use `event.NAME`", "zh": "请使用 `event.名称`"},
    "FE647": {
        "en": "`data` has a meaning only beside `event`",
        "zh": "`data` 只有与 `event` 同写才有意义",
    },
    "FE647.hint": {"en": "write `data` beside `event`, or remove it", "zh": "请与 `event` 同写，或删去它"},
    "FE648": {
        "en": "the event “{event}” opens orders and is refused by them: nothing in {stage} waits for it",
        "zh": "事件“{event}”会开立订单，却又被其拒收：{stage} 没有要求等待它",
    },
    "FE648.hint": {
        "en": "remove `early: refuse`, or let a need of {stage} wait for it, without `when` or `after`",
        "zh": "请删去 `early: refuse`，或让 {stage} 的一项要求等待它，且不写 `when` 和 `after`",
    },
    "health.title.events": {"en": "events", "zh": "外部事件"},
    "health.events.ok": {"en": "none waits for an order", "zh": "没有等待订单的事件"},
    "health.events.some": {
        "en": "{count} wait, the oldest, {event}, for {age}",
        "zh": "{count} 个在等待，最早的是 {event}，已等待 {age}",
    },
    "health.events.some.do": {
        "en": "`flowengine event list` shows them; then `flowengine event retry ID` or `flowengine event drop ID --reason …`",
        "zh": "用 `flowengine event list` 查看，再用 `flowengine event retry 编号` 或 `flowengine event drop 编号 --reason …` 处理",
    },
    "metric.events_waiting": {
        "en": "Events from outside that wait for an order.",
        "zh": "等待订单的外部事件数。",
    },
    "help.event": {
        "en": "Take in an event from outside; list those that wait for their order, look for it again, or give one up.",
        "zh": "接收外部事件；列出等待订单的事件，重新查找订单，或放弃。",
    },
    "help.event.example": {
        "en": "flowengine event send parcel scan parcel=SF100 place=Wuhan\nflowengine event list\n"
        "flowengine event list --process order --format json",
        "zh": "flowengine event send parcel scan parcel=SF100 place=武汉 --lang zh\nflowengine event list --lang zh\n"
        "flowengine event list --process order --format json",
    },
    "intake.too_large": {"en": "an event has at most {most} KB", "zh": "事件最大 {most} KB"},
    "intake.not_signed": {
        "en": "the signature is none of a known sender's, or more than five minutes old",
        "zh": "签名不是已知发送方的，或已超过五分钟",
    },
    "intake.no_record": {"en": "one JSON object is wanted", "zh": "请发送一个 JSON 对象"},
    "intake.no_process": {"en": "there is no such process here", "zh": "此处没有这个流程"},
    "intake.busy": {
        "en": "nothing was taken in; please send it again in a minute",
        "zh": "未能接收，请一分钟后重发",
    },
    "serve.events": {
        "en": "Events are taken at {url}/events/PROCESS/EVENT.",
        "zh": "事件接收地址：{url}/events/流程/事件。",
    },
    "event.why.unmatched": {"en": "no order has these values", "zh": "没有订单符合"},
    "event.why.several": {"en": "several open orders have these values", "zh": "有多个进行中的订单符合"},
    "event.why.refused": {"en": "the order refuses it", "zh": "订单不接受"},
    "event.came": {"en": "came to order {number}", "zh": "归入订单 {number}"},
    "event.opened": {"en": "opened order {number}", "zh": "开立订单 {number}"},
    "event.waits": {"en": "waits: {why}", "zh": "等待中：{why}"},
    "event.again": {"en": "came before, and counts once", "zh": "此前已收到，只算一次"},
    "event.dropped": {"en": "event {id} is given up", "zh": "事件 {id} 已放弃"},
    "event.none": {"en": "No event waits.", "zh": "没有等待中的事件。"},
    "event.line": {
        "en": "{id}  {process} {event}, {at}: {why}  {data}",
        "zh": "{id}  {process} {event}，{at}：{why}  {data}",
    },
    "trouble.event_words": {
        "en": "“{where}” is not understood; write {known}",
        "zh": "无法识别“{where}”；写法：{known}",
    },
    "trouble.no_reason": {"en": "say why with --reason", "zh": "请用 --reason 说明原因"},
}
