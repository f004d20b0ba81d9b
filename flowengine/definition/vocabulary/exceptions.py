"""Words of exceptions, and of the tiers on which they are dealt with."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Int, Key, Many, Named, Pick, Shape, Sub
from flowengine.definition.vocabulary.shared import ROW_WHEN, THEN, TITLE, alone
from flowengine.definition.vocabulary.values import LENGTH, REF

_REPORT: Final = Key(
    "report",
    Sub("report"),
    "What must be reported, counted from when it was raised.",
    "须上报的内容，从发起时起算。",
    "report: {within: 1h, needs: {cause: note, impact: note}}",
)


_REVIEW: Final = Key(
    "review",
    Sub("review"),
    "What is asked once it is resolved; without it `root_cause` and `plan_change`, both notes.",
    "解决之后的复盘要求；没有写时为 `root_cause`（根本原因）和 `plan_change`（预案应如何改进）两项说明。",
    "review: {needs: {root_cause: note, plan_change: note}}",
)


def _step(name: str, en: str, zh: str, example: str) -> Key:
    return Key(name, LENGTH, en, zh, f"{name}: {example}")


SHAPES: Final = (
    Shape(
        "exception",
        "Something that may go wrong with an order: a case of its own, with owner, times and history.",
        "订单可能出现的异常：自成一单处理，有负责人、期限和历史。",
        (
            TITLE,
            Key(
                "tier",
                Many(Sub("tier row"), single=True),
                "The tier on which it begins, or rows: the first that holds counts, the last has neither `over` nor `when`. A tier only rises.",
                "从哪一级开始处理；也可写多行，第一条成立的生效，最后一条不写 `over` 和 `when`。级别只升不降。",
                "tier: [{over: 7d, tier: 3}, {when: amount > 50000, tier: 2}, {tier: 1}]",
                required=True,
            ),
            Key(
                "by",
                Many(REF, single=True),
                "The roles that may raise it; default: those that `may: raise`.",
                "可以发起它的角色；默认是写了 `may: raise` 的角色。",
                "by: [logistics, service_desk]",
            ),
            Key(
                "hold",
                REF,
                "The hold that lies on the order while it is open, unless somebody who may release it does so before.",
                "异常未解决期间订单所处的暂停；有权解除的人可提前解除。",
                "hold: customer_waits",
            ),
            Key(
                "same",
                Many(REF, single=True),
                "Fields that tell the cause: orders that agree in all of them when it is raised share one case, as long as it is not resolved.",
                "反映原因的字段：发起时这些字段都相同的订单，在未解决之前共用一张异常单。",
                "same: supplier",
            ),
            _REPORT,
            Key(
                "playbook",
                Named(Sub("need")),
                "What must be done to resolve it.",
                "解决它须完成的事项（预案）。",
                "playbook: {carrier_claim: file, replacement_agreed: {confirm: customer}}",
            ),
            THEN,
            _REVIEW,
        ),
    ),
    Shape(
        "tier row",
        "A tier; of several rows the first that holds counts, the last has neither `over` nor `when`.",
        "级别；写多行时第一条成立的生效，最后一条不写 `over` 和 `when`。",
        (
            Key(
                "over",
                LENGTH,
                "It counts once the clock that raised it is so late; then the tier rises by itself.",
                "发起它的计时逾期达到这么久时生效；届时级别自动升高。",
                "over: 3d",
            ),
            ROW_WHEN,
            Key("tier", Int(least=1), "The tier.", "级别。", "tier: 2", required=True),
        ),
        short=alone("tier", Int(least=1)),
    ),
    Shape(
        "report",
        "What must be reported of an exception, and until when.",
        "异常须上报什么、在多久之内。",
        (
            Key(
                "within",
                LENGTH,
                "How much time there is.",
                "可用多少时间。",
                "within: 1h",
                required=True,
            ),
            Key(
                "needs",
                Named(Sub("need")),
                "What is asked; default of whoever deals with it.",
                "所要求的内容；默认由处理它的人填写。",
                "needs: {cause: note, impact: note}",
                required=True,
            ),
        ),
    ),
    Shape(
        "review",
        "What is asked of an exception once it is resolved.",
        "异常解决之后的复盘要求。",
        (
            Key(
                "needs",
                Named(Sub("need")),
                "What is asked; default of whoever has dealt with it.",
                "所要求的内容；默认由处理它的人填写。",
                "needs: {root_cause: note, plan_change: note}",
                required=True,
            ),
        ),
    ),
    Shape(
        "default exception",
        "What stands under every exception.",
        "适用于每种异常。",
        (_REPORT, _REVIEW),
    ),
    Shape(
        "tier",
        "Who deals with exceptions of this tier, and in what time: each step counts from the one before it.",
        "这一级的异常由谁处理、每一步用多少时间；每一步从上一步完成时起算。",
        (
            Key(
                "team",
                Many(REF, single=True),
                "The roles that deal with it; the first is accountable.",
                "处理它的角色；第一个是负责人。",
                "team: [sales_director, production_head]",
                required=True,
            ),
            _step("answer", "Until when somebody must take it up.", "须在多久之内响应。", "30m"),
            _step(
                "tell",
                "Until when the customer must have been told what is the matter, what is done, and when there is more news.",
                "须在多久之内告知客户：原因、措施和下次消息的时间。",
                "2h",
            ),
            _step("plan", "Until when there must be a plan.", "须在多久之内拿出处理方案。", "4h"),
            _step("resolve", "Until when it must be resolved.", "须在多久之内解决。", "3wd"),
            Key(
                "unanswered",
                Pick(("next", "stay")),
                "What becomes of one that nobody has taken up in time: it rises to the `next` tier (default), or stays.",
                "无人按时响应时怎么办：升到下一级（`next`，默认），或留在本级（`stay`）。",
                "unanswered: stay",
            ),
        ),
    ),
)
