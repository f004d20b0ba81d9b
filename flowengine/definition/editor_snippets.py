"""Snippets: pieces of a file that an editor inserts, by the shape they are of. `editor_schema` puts them
wherever that shape may stand.

`${2:24h}` is a place to type in, with what stands there at first; the same number is the same text. Texts
stand as a file has them, so what must be quoted is quoted here. An editor writes the name before the body
where names are the analyst's; names begin at 1, bodies at 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any as Json
from typing import Final

_STOP: Final = re.compile(r"\$\{\d+:([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One piece: `label` is what an editor lists, `entry` its name where names are the analyst's."""

    label: str
    en: str
    zh: str
    body: Json
    entry: str = ""


def _whole_process(label: str, language: str, texts: tuple[str, ...]) -> Snippet:
    desk, review, known, delivery, receipt = texts
    return Snippet(
        label,
        "A whole process with two stages, to begin with.",
        "一个完整的流程，含两个阶段，可由此开始。",
        {
            "flowengine": 1,
            "process": "${1:order}",
            "version": '"${2:1}"',
            "language": language,
            "owner": "${3:order_desk}",
            "zone": "${4:Asia/Shanghai}" if language == "zh" else "${4:UTC}",
            "order": {
                "number": '"{yyyy}{mm}-{serial:3}"',
                "fields": {"${5:customer}": {"type": "text", "required": True}},
            },
            "roles": {"${3:order_desk}": {"title": f"${{6:{desk}}}"}},
            "stages": {
                "${7:review}": {
                    "title": f"${{8:{review}}}",
                    "owner": "${3:order_desk}",
                    "due": "${9:24h}",
                    "needs": {"${10:customer_known}": {"check": f"${{11:{known}}}"}},
                },
                "${12:delivery}": {
                    "title": f"${{13:{delivery}}}",
                    "owner": "${3:order_desk}",
                    "needs": {"${14:signed_receipt}": {"file": f"${{15:{receipt}}}"}},
                    "next": "closed",
                },
            },
        },
    )


def _whole_scenario(label: str, language: str, texts: tuple[str, ...]) -> Snippet:
    told, person, customer = texts
    return Snippet(
        label,
        "A whole scenario, to begin with.",
        "一个完整的情景，可由此开始。",
        {
            "scenario": f"${{1:{told}}}",
            "process": "${2:order.yaml}",
            "starts": "${3:2026-02-12 09:00}",
            "language": language,
            "people": {f"${{4:{person}}}": "${5:order_desk}"},
            "given": {"${6:customer}": f"${{7:{customer}}}"},
            "steps": [
                {"create": "{}", "by": f"${{4:{person}}}", "expect": {"stage": "${8:review}"}},
                {
                    "done": "${9:customer_known}",
                    "by": f"${{4:{person}}}",
                    "expect": {"stage": "${10:delivery}"},
                },
            ],
        },
    )


def _field(kind: str, zh: str, entry: str, **more: Json) -> Snippet:
    about = f"A field of type `{kind}`.", f"类型为 `{kind}` 的字段。"
    return Snippet(f"type: {kind} · {zh}", *about, {"type": kind, **more}, entry)


_VERBS: Final = (
    Snippet("notify: … · 通知", "Tell somebody.", "通知。", {"notify": "${2:owner}"}),
    Snippet(
        "ask: … · 增加要求",
        "Ask for more in this stage.",
        "为本阶段增加要求。",
        {"ask": {"${2:cause}": {"note": "${3:原因}"}}},
    ),
    Snippet("move: … · 转走", "Leave for a stage or end.", "转到某阶段或结束。", {"move": "${2:cancelled}"}),
    Snippet("hold: … · 暂停", "Place a hold.", "下达暂停。", {"hold": "${2:on_hold}"}),
    Snippet("release: … · 解除暂停", "Release a hold.", "解除暂停。", {"release": "${2:on_hold}"}),
    Snippet(
        "set: … · 写入字段", "Write a field.", "写入字段。", {"set": {"${2:priority}": "\"'${3:urgent}'\""}}
    ),
    Snippet("call: … · 外部调用", "Make a call out.", "发起外部调用。", {"call": "${2:reserve}"}),
    Snippet(
        "undo: … · 撤销调用",
        "Take back what calls have done.",
        "撤销外部调用已办成的事。",
        {"undo": "${2:all}"},
    ),
    Snippet("raise: … · 发起异常", "Raise an exception.", "发起异常。", {"raise": "${2:delay}"}),
    Snippet("resolve: … · 解决异常", "What resolves an exception.", "解决异常。", {"resolve": "${2:delay}"}),
    Snippet("assign: … · 转交", "Pass open work on.", "转交未完成的工作。", {"assign": "${2:order_desk}"}),
    Snippet(
        "start: … · 开关联订单",
        "Open a linked order of another process.",
        "开一个另一流程的关联订单。",
        {"start": "${2:after-sales}", "fields": {"${3:issue}": "\"'${4:complaint}'\""}},
    ),
)

SNIPPETS: Final[Mapping[str, tuple[Snippet, ...]]] = {
    "process": (
        _whole_process(
            "whole process",
            "en",
            ("Order desk", "Review", "The customer is known", "Delivery", "Signed receipt"),
        ),
        _whole_process("完整流程", "zh", ("订单管理员", "审核", "客户资质合格", "交付", "签收单")),
    ),
    "channel": (
        Snippet(
            "new channel · 新的渠道",
            "A channel, with where its records hold our fields.",
            "一个渠道，并写明本系统字段在来件中的位置。",
            {"title": "${2:网店}", "maps": {"${3:customer}": "${4:buyer.name}"}},
            "web",
        ),
    ),
    "order check": (
        Snippet(
            "that: …, else: … · 数据约束",
            "A condition that every write must keep.",
            "每次写入都必须符合的条件。",
            {"that": "${2:amount > 0}", "else": "${3:金额须大于零}"},
        ),
    ),
    "field": (
        _field("text", "文字", "customer", title="${2:客户}", required=True),
        _field("integer", "整数", "quantity", title="${2:数量}", min=0),
        _field("decimal", "小数", "weight", title="${2:重量}", min=0),
        _field("money", "金额", "amount", title="${2:金额}", currency="${3:CNY}", min=0),
        _field("boolean", "是否", "invoice_wanted", title="${2:需要发票}", default=False),
        _field("date", "日期", "promised_date", title="${2:承诺日期}"),
        _field("datetime", "日期与时间", "shipped_at", title="${2:发货时间}"),
        _field("duration", "时长", "patience", title="${2:可等待的时长}", default="${3:2d}"),
        _field("person", "人员", "account_manager", title="${2:客户经理}"),
        _field("choice", "选项", "grade", title="${2:等级}", choices=["${3:A}", "${4:B}"], default="${3:A}"),
        _field(
            "list",
            "列表",
            "items",
            title="${2:明细}",
            min=1,
            of={"${3:sku}": {"type": "text", "required": True}, "${4:quantity}": {"type": "integer"}},
        ),
    ),
    "default row": (
        Snippet(
            "when: …, value: … · 有条件的默认值",
            "A default on a condition.",
            "在条件成立时的默认值。",
            {"when": "${2:amount > 50000}", "value": "${3:B}"},
        ),
        Snippet(
            "value: … · 其余情况",
            "The default in every other case; the last row.",
            "其余情况下的默认值；写在最后一条。",
            {"value": "${2:A}"},
        ),
    ),
    "value row": (
        Snippet(
            "when: …, value: … · 有条件的算法",
            "How to compute it on a condition.",
            "在条件成立时的算法。",
            {"when": "${2:amount > 50000}", "value": "${3:amount * 0.95}"},
        ),
        Snippet(
            "value: … · 其余情况",
            "How to compute it in every other case; the last row.",
            "其余情况下的算法；写在最后一条。",
            {"value": "${2:amount}"},
        ),
    ),
    "column": (
        Snippet(
            "new column · 新的列",
            "A column of a list.",
            "列表的一列。",
            {"type": "${2:text}", "title": "${3:规格}"},
            "spec",
        ),
    ),
    "role": (Snippet("new role · 新的角色", "A role.", "一个角色。", {"title": "${2:质检员}"}, "inspector"),),
    "person": (
        Snippet(
            "away: … · 不在岗",
            "Somebody who is away for some days, and who stands in.",
            "某人不在岗的日子，以及代理人。",
            {"away": {"${2:2026-02-10..2026-02-20}": "${3:nobody}"}},
            "wang",
        ),
    ),
    "stage": (
        Snippet(
            "stage with needs · 有要求的阶段",
            "A stage with an owner, a due time and a need.",
            "一个阶段，含负责人、期限与一项要求。",
            {
                "title": "${2:审核}",
                "owner": "${3:order_desk}",
                "due": "${4:24h}",
                "needs": {"${5:customer_known}": {"check": "${6:客户资质合格}"}},
            },
            "review",
        ),
        Snippet(
            "stage of choices · 由人选择的阶段",
            "A stage that a person ends by choosing: passed or failed.",
            "由人作出选择来结束的阶段：合格或不合格。",
            {
                "title": "${2:质检}",
                "owner": "${3:inspector}",
                "due": "${4:8h}",
                "outcomes": {
                    "passed": {"title": "合格", "to": "${5:closed}"},
                    "failed": {"title": "不合格", "to": "${6:cancelled}", "reason": "required"},
                },
            },
            "quality",
        ),
    ),
    "assign row": (
        Snippet(
            "when: …, to: … · 有条件的指派",
            "A team on a condition.",
            "在条件成立时派给的角色。",
            {"when": "${2:amount > 50000}", "to": "${3:finance}"},
        ),
        Snippet(
            "to: … · 派给谁",
            "Work goes to a person of the role; the last row stands without when.",
            "派给担任该角色的人，最后一行不写 when。",
            {"to": "${2:least_busy}"},
        ),
    ),
    "whom": (
        Snippet(
            "who: … · 角色或人",
            "A role or a person of the order.",
            "角色或订单中的人。",
            {"who": "${2:creator}"},
        ),
        Snippet(
            "head_of: … · 某人的上级",
            "The head of a person.",
            "某人的上级。",
            {"head_of": "${2:creator}"},
        ),
    ),
    "owner row": (
        Snippet(
            "when: …, to: … · 有条件的负责人",
            "An owner on a condition.",
            "在条件成立时的负责人。",
            {"when": "${2:amount > 50000}", "to": "${3:finance}"},
        ),
        Snippet(
            "when: …, head_of: … · 有条件时由某人的上级",
            "The head of a person, on a condition.",
            "在条件成立时由某人的上级负责。",
            {"when": "${2:amount > 20000}", "head_of": "${3:creator}"},
        ),
        Snippet(
            "to: … · 其余情况",
            "The owner in every other case; the last row.",
            "其余情况下的负责人；写在最后一条。",
            {"to": "${2:order_desk}"},
        ),
    ),
    "task": (
        Snippet(
            "task with needs · 有要求的任务",
            "A task with an owner, a due time and a need.",
            "一项任务，含负责人、期限与一项要求。",
            {
                "title": "${2:备货}",
                "owner": "${3:order_desk}",
                "due": "${4:24h}",
                "needs": {"${5:goods_picked}": {"check": "${6:货物已备齐}"}},
            },
            "stock_up",
        ),
    ),
    "due": (
        Snippet(
            "within: … · 时长",
            "Elapsed time from entering the stage.",
            "自进入该阶段起经过的时间。",
            {"within": "${2:24h}"},
        ),
        Snippet(
            "by: … · 日期字段",
            "A date field of the order.",
            "订单中的日期字段。",
            {"by": "${2:promised_date}"},
        ),
    ),
    "need": (
        Snippet(
            "check: … · 勾选",
            "Somebody ticks it.",
            "有人勾选。",
            {"check": "${2:客户资质合格}", "by": "${3:order_desk}"},
            "customer_known",
        ),
        Snippet(
            "file: … · 文件",
            "Somebody hands in a file.",
            "有人上传文件。",
            {"file": "${2:付款凭证}", "by": "${3:finance}"},
            "payment",
        ),
        Snippet(
            "note: … · 说明",
            "Somebody writes something.",
            "有人填写说明。",
            {"note": "${2:与客户沟通的结论}"},
            "agreed",
        ),
        Snippet(
            "field: … · 字段", "A field has a value.", "某字段有值。", {"field": "${2:waybill}"}, "shipped"
        ),
        Snippet(
            "that: … · 条件",
            "A condition holds.",
            "条件成立。",
            {"that": "${2:amount <= 50000}", "else": "${3:金额超过上限}"},
            "small_enough",
        ),
        Snippet(
            "approval: … · 审批",
            "Several decide together.",
            "多人共同审批。",
            {"approval": "${2:order_review}"},
            "reviewed",
        ),
        Snippet(
            "confirm: … · 确认",
            "The customer confirms what is covered.",
            "由客户确认所列内容。",
            {"confirm": "customer", "covers": ["${2:amount}"]},
            "customer_confirmed",
        ),
        Snippet(
            "call: … · 外部调用",
            "Another system does it.",
            "由其他系统完成。",
            {"call": "${2:check_credit}"},
            "credit_checked",
        ),
        Snippet(
            "event: … · 外部事件",
            "Another system has reported it.",
            "其他系统已报告。",
            {"event": "${2:customs_cleared}"},
            "cleared",
        ),
        Snippet(
            "any: … · 任选其一",
            "One of several needs is enough.",
            "多项要求中满足一项即可。",
            {
                "any": {
                    "${2:signed_receipt}": {"file": "${3:签收单}"},
                    "${4:photo}": {"file": "${5:送达照片}"},
                }
            },
            "received",
        ),
    ),
    "outcome": (
        Snippet(
            "outcome with a limit · 限次数的结果",
            "What a person may choose, with a reason and a limit.",
            "可由人选择的结果，须说明原因且限制次数。",
            {
                "title": "${2:不合格}",
                "to": "${3:closed}",
                "reason": "required",
                "at_most": "${4:3}",
                "beyond": [{"notify": "${5:owner}"}, {"move": "${6:cancelled}"}],
            },
            "failed",
        ),
        Snippet(
            "outcome by itself · 自动发生的结果",
            "What happens by itself as soon as a condition holds.",
            "条件成立时自动发生的结果。",
            {"when": "${2:amount > 50000}", "to": "${3:cancelled}"},
            "too_dear",
        ),
    ),
    "task outcome": (
        Snippet(
            "outcome of a task · 任务的结果",
            "What a person may choose instead of doing the task, with a reason.",
            "可由人选择的任务结果，须说明原因。",
            {"title": "${2:缺货}", "reason": "required"},
            "not_in_stock",
        ),
    ),
    "whole outcome": (
        Snippet(
            "outcome of the whole order · 整单结果",
            "Open in every stage, such as cancelling.",
            "在每个阶段都可选择，例如取消。",
            {
                "title": "${2:取消}",
                "from": "${3:any}",
                "by": "${4:order_desk}",
                "reason": "required",
                "to": "${5:cancelled}",
            },
            "cancel",
        ),
        Snippet(
            "change of fields · 修改字段",
            "Whoever chooses it may change these fields; the order stays where it is.",
            "选择它的人可以修改这些字段；订单留在原处。",
            {
                "title": "${2:变更}",
                "from": "${3:any}",
                "by": "${4:order_desk}",
                "reason": "required",
                "edits": "${5:waybill}",
            },
            "amend",
        ),
    ),
    "row": (
        Snippet(
            "when: …, to: … · 有条件的去向",
            "On a condition.",
            "在条件成立时。",
            {"when": "${2:amount > 50000}", "to": "${3:closed}"},
        ),
        Snippet(
            "to: … · 其余情况",
            "In every other case; the last row.",
            "其余情况；写在最后一条。",
            {"to": "${2:closed}"},
        ),
    ),
    "action": _VERBS,
    "late row": (
        Snippet(
            "over: …, then: … · 逾期多久之后",
            "What is done so long after it was due.",
            "逾期这么久之后执行的动作。",
            {"over": "${2:2d}", "then": ["{notify: ${3:owner}}"]},
        ),
        *_VERBS,
    ),
    "warning": (
        Snippet(
            "at: …, then: … · 预警动作",
            "What is done before it is due.",
            "到期之前执行的动作。",
            {"at": "${2:80%}", "then": ["{notify: ${3:owner}}"]},
        ),
    ),
    "clock": (
        Snippet(
            "within: … · 限时事项",
            "Something that must be there in time.",
            "须在限定时间内完成的事项。",
            {"within": "${2:48h}", "needs": {"${3:answer}": {"note": "${4:答复}"}}},
            "answered",
        ),
        Snippet(
            "by: … · 到某时间点",
            "Until a date of the order.",
            "到订单中的某个日期为止。",
            {"by": "${2:promised_date - 1d}", "needs": {"${3:customer_told}": {"note": "${4:已告知客户}"}}},
            "on_time",
        ),
        Snippet(
            "every: … · 周期性职责",
            "A duty that comes again and again.",
            "周期性的职责。",
            {
                "every": "${2:workday}",
                "by": '"${3:17:00}"',
                "needs": {"${4:progress}": {"note": "${5:进展}"}},
            },
            "daily_progress",
        ),
        Snippet(
            "silent_for: … · 没有动静",
            "Late when nothing happens for so long.",
            "这么久没有动静即为逾期。",
            {"silent_for": "${2:48h}", "late": ["{notify: ${3:owner}}"]},
            "stuck",
        ),
    ),
    "hold": (
        Snippet(
            "new hold · 新的暂停",
            "Something that freezes orders.",
            "使订单暂停的情形。",
            {"by": "${2:order_desk}", "pauses": "${3:all}", "release": {"by": "${4:order_desk}"}},
            "on_hold",
        ),
    ),
    "event": (
        Snippet(
            "new event · 新的外部事件",
            "What another system reports, and the order it belongs to.",
            "其他系统报告的事，以及属于哪个订单。",
            {
                "data": {"${2:parcel}": "${3:text}", "${4:scan}": "${5:text}"},
                "match": {"${6:waybill}": "event.${2:parcel}"},
                "unique": "${4:scan}",
            },
            "courier_scan",
        ),
    ),
    "exception": (
        Snippet(
            "new exception · 新的异常",
            "Something that may go wrong, on a tier, with what must be done to resolve it.",
            "可能出现的异常、处理级别和解决它须完成的事项。",
            {"tier": "${2:1}", "playbook": {"${3:claim}": "${4:file}"}},
            "lost_parcel",
        ),
    ),
    "part": (
        Snippet(
            "split over rows · 按行拆分",
            "Parts that share out the rows of a list and go through some stages of the order.",
            "按列表的行拆分，各自走订单的若干阶段。",
            {"of": "${2:items}", "through": ["${3:packing}"]},
            "shipment",
        ),
        Snippet(
            "life of its own · 自有阶段",
            "Parts with data and stages of their own, any number of them.",
            "有自己的数据与阶段，可以有任意多个。",
            {
                "fields": {"${2:amount}": "${3:integer}"},
                "stages": {
                    "${4:assess}": {
                        "owner": "${5:order_desk}",
                        "needs": {"${6:assessed}": "${7:check}"},
                        "next": "${8:closed}",
                    }
                },
            },
            "claims",
        ),
    ),
    "tier": (
        Snippet(
            "new tier · 新的级别",
            "Who deals with exceptions, and in what time.",
            "异常由谁处理、每一步用多少时间。",
            {"team": "${2:order_desk}", "answer": "${3:4wh}", "tell": "${4:1wd}", "resolve": "${5:2wd}"},
            "1",
        ),
    ),
    "lane": (
        Snippet(
            "new lane · 新的特批通道",
            "What a single order may run on instead, once it was approved.",
            "经批准后，单个订单可以改按其中的规定办理。",
            {
                "request": {"by": "${2:order_desk}", "reason": "required"},
                "approval": "${3:order_review}",
                "limits": {"expires": "${4:7d}"},
                "grants": {"stages": {"${5:review}": {"due": "${6:4h}"}}},
            },
            "green_channel",
        ),
    ),
    "link": (
        Snippet(
            "one order · 关联一个订单",
            "An order of another process, named when one of this process is opened.",
            "另一流程的一个订单，在开单时指明。",
            {
                "process": "${2:sales-order}",
                "required": "true",
                "known_there_as": "${3:cases}",
                "reads": {"${4:amount}": "${5:money}"},
            },
            "original",
        ),
        Snippet(
            "many orders · 关联多个订单",
            "The orders of another process that name one of this process.",
            "指明本流程订单的另一流程的订单。",
            {"process": "${2:after-sales}", "many": "true"},
            "cases",
        ),
    ),
    "call": (
        Snippet(
            "new call · 新的外部调用",
            "What is asked of another system, and what its answer fills.",
            "向其他系统请求什么，答复填入哪里。",
            {
                "function": "${2:check_credit}",
                "send": ["${3:amount}"],
                "sets": {"${4:amount}": "result.${5:amount}"},
                "failed": ["{notify: ${6:owner}}"],
            },
            "check_credit",
        ),
        Snippet(
            "new call by webhook · 新的 webhook 调用",
            "What is posted to another system, and what its answer fills.",
            "向其他系统的网址发送什么，答复填入哪里。",
            {
                "webhook": "https://${2:erp.example.com/credit}",
                "send": ["${3:amount}"],
                "sets": {"${4:amount}": "result.${5:amount}"},
                "failed": ["{notify: ${6:owner}}"],
            },
            "check_credit",
        ),
    ),
    "approval": (
        Snippet(
            "new approval · 新的审批",
            "Who decides together, and what is done when it is refused.",
            "由谁共同审批，以及未通过时怎么办。",
            {"steps": ["{any: ${2:finance}}"], "refused": ["{notify: ${3:owner}}"]},
            "order_review",
        ),
    ),
    "approval step": (
        Snippet(
            "any: … · 或签",
            "One of these roles is enough.",
            "其中一个角色同意即可。",
            {"any": ["${2:finance}"]},
        ),
        Snippet(
            "all: … · 会签",
            "Each of these roles.",
            "每个角色都要同意。",
            {"all": ["${2:finance}", "${3:order_desk}"]},
        ),
        Snippet(
            "in_order: … · 依次",
            "Each of these roles, one after the other.",
            "每个角色都要同意，按先后进行。",
            {"in_order": ["${2:finance}", "${3:order_desk}"]},
        ),
        Snippet(
            "quorum: … · 多数",
            "So many of these roles.",
            "其中须有这么多个角色同意。",
            {"quorum": "${2:1}", "of": ["${3:finance}", "${4:order_desk}"]},
        ),
    ),
    "rule": (
        Snippet(
            "when: … · 条件成立时",
            "When a condition turns true.",
            "条件变为成立时。",
            {"when": "${2:amount > 50000}", "then": ["{notify: ${3:owner}}"]},
            "large",
        ),
        Snippet(
            "after: … · 某时刻之后",
            "After something happened.",
            "某件事发生之后。",
            {"after": "${2:waybill.given}", "then": ["{notify: ${3:owner}}"]},
            "numbered",
        ),
        Snippet(
            "at: … · 到某时间点",
            "At a point in time.",
            "到某个时间点。",
            {"at": "${2:promised_date - 1d}", "then": ["{notify: ${3:owner}}"]},
            "remind",
        ),
    ),
    "telling": (Snippet("notify: … · 通知", "Tell somebody.", "通知。", {"notify": "${2:owner}"}),),
    "end": (
        Snippet(
            "new end · 新的结束",
            "An end.",
            "一种结束。",
            {"kind": "${2:failure}", "title": "${3:退货}"},
            "returned",
        ),
    ),
    "calendar": (
        Snippet(
            "new calendar · 新的日历",
            "Office hours with the public holidays of China.",
            "办公时间，按中国法定节假日与调休。",
            {
                "zone": "${2:Asia/Shanghai}",
                "holidays": "${3:CN}",
                "week": {"${4:mon-fri}": ["${5:09:00-12:00}", "${6:13:30-18:00}"]},
            },
            "cn_office",
        ),
    ),
    "quiet": (
        Snippet(
            "hours: … · 夜间不打扰",
            "Nobody is disturbed at night, but for what is urgent.",
            "夜间不打扰，加急的除外。",
            {"hours": '"${2:22:00-07:00}"', "except": "${3:urgent}"},
        ),
        Snippet(
            "outside: … · 下班后不打扰",
            "Nobody is disturbed outside of the working time of a calendar; customers have none.",
            "工作时间以外不打扰；客户不按日历。",
            {"outside": {"everyone": "${2:cn_office}", "customer": "off"}, "except": "${3:urgent}"},
        ),
    ),
    "scenario": (
        _whole_scenario("whole scenario", "en", ("An ordinary order", "ann", "Acme")),
        _whole_scenario("完整情景", "zh", ("一张普通订单", "张敏", "某某公司")),
    ),
    "step": (
        Snippet(
            "create: … · 开单",
            "Open an order with `given`.",
            "以 `given` 开单。",
            {"create": "{}", "by": "${2:zhang}", "expect": {"stage": "${3:review}"}},
        ),
        Snippet(
            "import: … · 批量导入",
            "Take in several records.",
            "批量导入。",
            {
                "import": ["{${2:customer}: ${3:某某公司}}"],
                "by": "${4:zhang}",
                "expect": {"imported": "${5:1}"},
            },
        ),
        Snippet(
            "done: … · 勾选",
            "Tick a check.",
            "勾选一项。",
            {"done": "${2:customer_known}", "by": "${3:zhang}"},
        ),
        Snippet(
            "attach: … · 上传凭证",
            "Hand in a file.",
            "上传凭证。",
            {"attach": {"${2:payment}": "${3:回单.pdf}"}, "by": "${4:zhang}"},
        ),
        Snippet(
            "write: … · 填写",
            "Write notes and fields.",
            "填写说明与字段。",
            {"write": {"${2:waybill}": "${3:SF123}"}, "by": "${4:zhang}"},
        ),
        Snippet(
            "outcome: … · 选择结果",
            "Choose an outcome.",
            "选择结果。",
            {"outcome": "${2:failed}", "by": "${3:zhang}", "reason": "${4:外壳划伤}"},
        ),
        Snippet(
            "amend: … · 变更订单",
            "Change fields that were agreed on, with a reason.",
            "变更订单的字段，须说明原因。",
            {"amend": {"${2:waybill}": "${3:SF123}"}, "by": "${4:zhang}", "reason": "${5:客户更正}"},
        ),
        Snippet(
            "waive: … · 免除要求",
            "Do without a need, with a reason.",
            "免除一项要求，须说明原因。",
            {"waive": "${2:payment}", "by": "${3:zhang}", "reason": "${4:老客户}"},
        ),
        Snippet(
            "hold: … · 暂停",
            "Put a hold on the order, with a reason.",
            "暂停订单，须说明原因。",
            {"hold": "${2:customer_waits}", "by": "${3:zhang}", "reason": "${4:客户要求}"},
        ),
        Snippet(
            "release: … · 解除暂停",
            "Lift a hold.",
            "解除暂停。",
            {"release": "${2:customer_waits}", "by": "${3:zhang}"},
        ),
        Snippet(
            "raise: … · 发起异常",
            "Raise an exception, with a reason.",
            "发起异常，须说明原因。",
            {"raise": "${2:lost_parcel}", "by": "${3:zhang}", "reason": "${4:签收人称未收到}"},
        ),
        Snippet(
            "approve: … · 同意",
            "Vote for it; several people each in turn.",
            "同意；多人则依次表态。",
            {"approve": "${2:order_review}", "by": ["${3:zhang}"]},
        ),
        Snippet(
            "refuse: … · 不同意",
            "Vote against it, with a reason.",
            "不同意，须说明原因。",
            {"refuse": "${2:order_review}", "by": "${3:zhang}", "reason": "${4:价格过低}"},
        ),
        Snippet(
            "abstain: … · 弃权",
            "Vote neither for nor against it.",
            "弃权。",
            {"abstain": "${2:order_review}", "by": "${3:zhang}"},
        ),
        Snippet(
            "transfer: … · 转交",
            "Let one's seat pass to another role.",
            "把席位转交另一角色。",
            {"transfer": {"${2:order_review}": "${3:finance}"}, "by": "${4:zhang}"},
        ),
        Snippet(
            "delegate: … · 委派",
            "Ask another role for its opinion.",
            "请另一角色先提意见。",
            {"delegate": {"${2:order_review}": "${3:finance}"}, "by": "${4:zhang}"},
        ),
        Snippet(
            "add_signer: … · 加签",
            "Let another role sign too.",
            "让另一角色也签。",
            {
                "add_signer": {"${2:order_review}": "${3:finance}"},
                "position": "${4:before}",
                "by": "${5:zhang}",
            },
        ),
        Snippet(
            "start: … · 开关联订单",
            "Open a linked order of another process.",
            "开一个另一流程的关联订单。",
            {"start": {"${2:after-sales}": {"${3:issue}": "${4:complaint}"}}, "by": "${5:zhang}"},
        ),
        Snippet(
            "urge: … · 催办",
            "Remind everybody who is awaited.",
            "催办。",
            {"urge": "${2:order_review}", "by": "${3:zhang}"},
        ),
        Snippet(
            "copy: … · 抄送",
            "Tell another role of the round.",
            "把审批告知另一角色。",
            {"copy": {"${2:order_review}": "${3:finance}"}, "by": "${4:zhang}"},
        ),
        Snippet(
            "request: … · 申请通道",
            "Ask for a lane, with a reason.",
            "申请特批通道，须说明原因。",
            {"request": "${2:green_channel}", "by": "${3:zhang}", "reason": "${4:客户停产}"},
        ),
        Snippet(
            "revoke: … · 终止通道",
            "End a lane before its time, with a reason.",
            "提前终止特批通道，须说明原因。",
            {"revoke": "${2:green_channel}", "by": "${3:zhang}", "reason": "${4:不再紧急}"},
        ),
        Snippet(
            "return: … · 退回",
            "Send the order back instead of voting, with a reason.",
            "不表态而退回，须说明原因。",
            {"return": "${2:order_review}", "by": "${3:zhang}", "reason": "${4:缺图纸}"},
        ),
        Snippet(
            "withdraw: … · 撤回",
            "Take back what one asked to be approved.",
            "撤回自己发起的审批。",
            {"withdraw": "${2:order_review}", "by": "${3:zhang}"},
        ),
        Snippet(
            "claim: … · 认领",
            "Take work of one's queue upon oneself.",
            "认领待办。",
            {"claim": "${2:payment_voucher}", "by": "${3:zhang}"},
        ),
        Snippet(
            "give_back: … · 退回待办",
            "Put claimed work back into the queue.",
            "把认领的待办退回。",
            {"give_back": "${2:payment_voucher}", "by": "${3:zhang}"},
        ),
        Snippet(
            "reassign: … · 改派",
            "Pass work to somebody, with a reason.",
            "改派给某人，须说明原因。",
            {"reassign": {"${2:payment_voucher}": "${3:li}"}, "by": "${4:zhang}", "reason": "${5:出差}"},
        ),
        Snippet(
            "split: … · 拆分",
            "Split the order: the rows of each part.",
            "拆分订单：每一部分含哪几行。",
            {"split": {"${2:shipment}": '"${3:1,2 3}"'}, "by": "${4:zhang}"},
        ),
        Snippet(
            "open: … · 开出部分",
            "Open a part with a life of its own, such as a claim.",
            "开出一个有自己阶段的部分，例如索赔。",
            {"open": {"${2:claims}": {"${3:amount}": "${4:300}"}}, "by": "${5:zhang}"},
        ),
        Snippet(
            "confirm: … · 确认",
            "The customer, or somebody else who is asked, confirms.",
            "由客户或被要求的人确认。",
            {"confirm": "${2:customer_confirmed}", "by": "${3:customer}"},
        ),
        Snippet(
            "event: … · 外部事件",
            "Another system reports something.",
            "其他系统报告一件事。",
            {"event": "${2:courier_scan}", "data": {"${3:parcel}": "${4:SF100}"}},
        ),
        Snippet(
            "wait: … · 等待",
            "Let time pass.",
            "让时间经过。",
            {"wait": "${2:2h}", "expect": {"late": ["${3:review}"]}},
        ),
    ),
    "expect": (
        Snippet(
            "stage: …, blocked_by: … · 所在阶段与所缺事项",
            "Where the order is, and what it waits for.",
            "订单所在位置，及其等待的事项。",
            {"stage": "${2:review}", "blocked_by": ["${3:customer_known}"]},
        ),
    ),
}
"""By the name of the shape; of a shape without any, an editor proposes the keys."""


def lines(body: Json) -> Iterator[str]:
    """The lines of a body as a file has them, the places to type in still marked."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            yield from _entry(f"{key}:", value)
    elif isinstance(body, list):
        for value in body:
            first, *rest = _entry("", value)
            yield f"- {first.strip()}"
            yield from rest
    else:
        yield str(body).lower() if isinstance(body, bool) else str(body)


def _entry(head: str, value: Json) -> Iterator[str]:
    inner = list(lines(value))
    if head and not isinstance(value, Mapping | list):
        yield f"{head} {inner[0]}"
        return
    if head:
        yield head
    yield from (f"  {line}" for line in inner)


def filled(text: str) -> str:
    """A snippet as it stands when nothing is typed."""
    return _STOP.sub(r"\1", text)
