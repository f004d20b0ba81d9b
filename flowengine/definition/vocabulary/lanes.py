"""Words of lanes."""

from __future__ import annotations

from typing import Final

from flowengine.definition.shapes import Exp, Key, Many, Patch, Pick, Shape, Sub
from flowengine.definition.vocabulary.shared import TITLE
from flowengine.definition.vocabulary.values import LENGTH, QUOTA, REF

SHAPES: Final = (
    Shape(
        "lane",
        "A lane, such as a green channel: who asks for it and who approves it, what it changes, and for how long.",
        "特批通道，例如绿色通道：谁可以提出、由谁批准、改变什么、有效多久。",
        (
            TITLE,
            Key(
                "request",
                Sub("lane request"),
                "Who may ask for it, and when.",
                "谁可以提出，以及在什么条件下。",
                "request: {by: sales_rep, when: type == 'urgent', reason: required}",
                required=True,
            ),
            Key(
                "approval",
                REF,
                "The form by which it is approved; each request opens a round of its own.",
                "批准所用的审批形式；每次提出都发起一轮审批。",
                "approval: triple_sign",
                required=True,
            ),
            Key(
                "limits",
                Sub("lane limits"),
                "How often somebody may ask for it, and how long it lasts.",
                "每人可以提出几次，批准后有效多久。",
                "limits: {per_requester: 5 per month, expires: 7d}",
            ),
            Key(
                "grants",
                Patch("process"),
                "What is different for the order while the lane is in force: the same map as the process, of which only what differs is written.",
                "通道有效期间，该订单有何不同：写法与流程相同，只写不同之处。",
                "grants: {priority: urgent, stages: {review: {due: 4h}}}",
                required=True,
            ),
            Key(
                "revoke",
                Sub("lane revoke"),
                "Who may end it before its time; default: the owner of the process.",
                "谁可以提前终止；默认为流程的负责人。",
                "revoke: {by: order_desk}",
            ),
        ),
    ),
    Shape(
        "lane request",
        "Who may ask for a lane, and when.",
        "谁可以提出使用通道，以及在什么条件下。",
        (
            Key(
                "by",
                Many(REF, single=True),
                "The roles that may ask for it.",
                "可以提出的角色。",
                "by: sales_rep",
                required=True,
            ),
            Key(
                "when",
                Exp(),
                "The condition under which it may be asked for. For types of order of which it never holds the lane need not fit.",
                "可以提出的条件。对条件永不成立的订单类型，通道不必适用。",
                "when: type in 'urgent' | 'custom'",
            ),
            Key(
                "reason",
                Pick(("required",)),
                "`required`: whoever asks must say why.",
                "`required`：提出时必须说明理由。",
                "reason: required",
            ),
        ),
    ),
    Shape(
        "lane limits",
        "The limits of a lane.",
        "通道的限制。",
        (
            Key(
                "per_requester",
                QUOTA,
                "So many requests by one person in a calendar day, week, month or year, over all orders of the process.",
                "每人在一个日历日、周、月或年内可以提出的次数，按本流程的全部订单计。",
                "per_requester: 5 per month",
            ),
            Key(
                "expires",
                LENGTH,
                "How long it is in force; without it, until the order ends.",
                "有效多久；不写则直到订单结束。",
                "expires: 7d",
            ),
        ),
    ),
    Shape(
        "lane revoke",
        "Who may end a lane before its time.",
        "谁可以提前终止通道。",
        (
            Key(
                "by",
                Many(REF, single=True),
                "The roles that may end it.",
                "可以终止的角色。",
                "by: order_desk",
                required=True,
            ),
        ),
    ),
)
