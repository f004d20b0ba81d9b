"""Words of how people are told."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Key, Many, Named, Pick, Shape, Str, Sub
from flowengine.definition.vocabulary.values import REF

_CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]"
SHAPES: Final = (
    Shape(
        "notices",
        "How messages reach people outside; what is said stands in `messages`, who is told beside `notify`.",
        "消息怎样送到外部的人；说什么写在 `messages`，发给谁写在 `notify`。",
        (
            Key(
                "via",
                Named(Many(REF, single=True)),
                "For each role, `customer` or `everyone` else: the channels of the host, the next one when one fails for good. Default: all that the host has, in its order. Whoever is named and has no address on them is listed as given up.",
                "按角色、`customer`（客户）或 `everyone`（其他所有人）写明使用宿主的哪些渠道；前一个确定送不到时用下一个。默认使用宿主的全部渠道，按其顺序。写明的人在这些渠道上没有地址时，列为已放弃。",
                "via: {customer: [sms, mail], everyone: chat}",
            ),
            Key(
                "quiet",
                Sub("quiet"),
                "When nobody is disturbed, by the clock or by a calendar: what is told then is sent when that ends.",
                "何时不打扰，按钟点或工作日历；其间的消息到结束时再送出。",
                'quiet: {hours: "22:00-07:00", outside: {production_head: factory}, except: urgent}',
            ),
            Key(
                "digest",
                Sub("digest"),
                "What can wait: it is collected for each recipient, and sent as one message at these times.",
                "可以稍后再看的消息：按收件人汇总，到时合为一条送出。",
                'digest: {what: [warn], at: ["09:00"]}',
            ),
        ),
    ),
    Shape(
        "quiet",
        "When nobody is disturbed outside: in hours of the night, outside of working time, or in both.",
        "何时不打扰：夜间时段、工作时间以外，或两者。",
        (
            Key(
                "hours",
                Str("quiet hours", f"^{_CLOCK}-{_CLOCK}$", ref=True),
                "From when until when by the clock of the process, overnight where they end before they begin.",
                "从几点到几点，按本流程的时区；结束早于开始的表示跨夜。",
                'hours: "22:00-07:00"',
            ),
            Key(
                "outside",
                Named(REF),
                "For each role, `customer` or `everyone` else: the calendar outside whose working time nobody is disturbed, with its holidays and make-up workdays; `off` for none.",
                "按角色、`customer`（客户）或 `everyone`（其他所有人）写明工作日历：其工作时间以外不打扰，节假日与调休都算在内；`off` 表示不按日历。",
                "outside: {everyone: cn_office, production_head: factory, customer: off}",
            ),
            Key(
                "except",
                Many(Pick(("urgent", "high", *(f"tier {tier}" for tier in range(1, 10)))), single=True),
                "Orders of this priority or a higher one and their cases disturb all the same, and cases of exceptions on this tier or a higher one; with no digest either.",
                "达到此优先级的订单及其异常、达到此级别的异常照样立即送出，也不汇总。",
                "except: [urgent, tier 3]",
            ),
        ),
        one_of=("hours", "outside"),
        pair=("hours", "outside"),
    ),
    Shape(
        "digest",
        "Messages that are sent together, one for each recipient.",
        "合为一条送出的消息，每位收件人一条。",
        (
            Key(
                "what",
                Many(Pick(("warn", "late", "assigned", "copied", "all")), single=True),
                "What waits: warnings, lateness, new work, copies, or all messages.",
                "汇总哪些：预警、逾期、新的工作、抄送，或全部消息。",
                "what: [warn, copied]",
                required=True,
            ),
            Key(
                "at",
                Many(Str("time of day", f"^{_CLOCK}$", ref=True), single=True),
                "The times of day at which it is sent, by the clock of the process.",
                "每天几点送出，按本流程的时区。",
                'at: ["09:00", "17:00"]',
                required=True,
            ),
        ),
    ),
)
