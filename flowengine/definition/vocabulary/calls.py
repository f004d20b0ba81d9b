"""Words of what is asked of the outside."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Int, Key, Many, Named, Shape, Str, Sub
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import REF

WEBHOOK: Final = r"^https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[!$-\[\]-~]*)?$"
"""The host is written out, and nothing of it depends on the order; there is no name, no password, no `#`."""
SHAPES: Final = (
    Shape(
        "call",
        "A call out: asks another system for something, under one id however often it is tried.",
        "一项外部调用：向其他系统请求某事；无论尝试多少次，编号不变。",
        (
            TITLE,
            Key(
                "function",
                Str("function", r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$", ref=True),
                "The function of the host that does it, by the name under which the host hands it over.",
                "由宿主程序的哪个函数完成；写宿主交给引擎时所用的名称。",
                "function: check_credit",
            ),
            Key(
                "webhook",
                Str("webhook", WEBHOOK, ref=True),
                "The address to which it is posted, signed; its host must be one of those that the host of the engine names.",
                "经签名后发送到的网址；其主机名须在宿主的配置中列出。",
                "webhook: https://erp.example.com/credit",
            ),
            Key(
                "send",
                Many(REF, single=True),
                "The fields that go with it; nothing else of the order leaves the house but its number.",
                "随调用送出的字段；除编号外，订单的其他内容一概不外送。",
                "send: [customer, amount]",
            ),
            Key(
                "sets",
                Named(Str("part of a result", r"^result(\.[A-Za-z_][A-Za-z0-9_]*)*$", ref=True)),
                "The fields that its answer fills, each with a part of the result; of the wrong type, the call has failed.",
                "答复填入哪些字段，各取结果中的哪一部分；类型不符即视为调用失败。",
                "sets: {customer_overdue: result.overdue}",
            ),
            Key(
                "tries",
                Int(1),
                "How often it is tried before it has failed; default 5.",
                "最多尝试几次，都不成即为失败；默认 5 次。",
                "tries: 8",
            ),
            Key(
                "done",
                Many(Sub("action")),
                "What is done when it has succeeded.",
                "成功时执行的动作。",
                "done: [{release: stock_check}]",
            ),
            Key(
                "failed",
                Many(Sub("action")),
                "What is done when it has failed for good; default: the exception `call_failed` is raised, or where there is none the owner of the process is told.",
                "最终失败时执行的动作；默认发起异常 `call_failed`，没有声明这种异常时通知流程的负责人。",
                "failed: [{notify: purchasing}]",
            ),
            Key(
                "undo",
                REF,
                "The call that takes it back.",
                "用于撤销它的另一项调用。",
                "undo: release_stock",
            ),
        ),
        one_of=("function", "webhook"),
    ),
)
