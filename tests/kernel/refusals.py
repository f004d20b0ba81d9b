"""Every reason for which the kernel says no or not yet, each with an order that meets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flowengine.kernel.commands import Attach, Choose, Command, Create, Done, Principal, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Blocker
from tests.kernel.desk import DESK, MAKER, NOON, QA, STRANGER, Story, plan_of

ROLES: Final = """
flowengine: 1
process: test
version: "1"
owner: desk
zone: Asia/Shanghai
roles:
  desk: {title: {en: Order desk, zh: 订单管理部}}
  maker: {title: {en: Workshop, zh: 车间}}
  qa: {title: {en: Inspection, zh: 质检部}}
  boss: {title: {en: Head, zh: 主管}}
"""
DESKWORK: Final = (
    ROLES
    + """
order:
  unique: [external_id]
  channels: {web: {}, phone: {}}
  checks:
    - that: amount >= 0
      else: {en: the amount is below nothing, zh: 金额小于零}
  fields:
    external_id: {type: text, required: true, title: {en: Number outside, zh: 外部单号}}
    amount: {type: money, default: 0}
    paid: {type: boolean, default: false}
    waybill: {type: text, title: {en: Waybill, zh: 运单号}}
stages:
  make:
    owner: maker
    title: {en: Making, zh: 制作}
    needs:
      made: {check: {en: made as drawn, zh: 按图制作}}
      slip:
        file: {en: outbound slip, zh: 出库单}
        by: [desk, boss]
      remark: {note: {en: remark, zh: 备注}}
      settled:
        that: paid
        else: {en: the customer has paid, zh: 客户已付款}
    outcomes:
      failed:
        to: make
        title: {en: Failed, zh: 不合格}
        by: qa
        reason: required
  inspect:
    owner: qa
    entry:
      photo: {file: {en: photo, zh: 照片}, by: maker}
    outcomes: {passed: {to: pack}, redo: {to: make, by: boss}}
  pack: {owner: desk, needs: {waybill: field}, next: closed}
outcomes: {cancel: {from: [make, inspect], to: cancelled}}
"""
)
NEW: Final[Mapping[str, Any]] = {"channel": "web", "external_id": "A1"}

CIRCLE: Final = (
    ROLES
    + """
order: {fields: {stuck: {type: boolean, default: false}}}
stages:
  one: {owner: desk, needs: {begun: check}}
  two: {owner: desk, needs: {fine: {that: not stuck}}, next: [{when: stuck, to: one}, {to: three}]}
  three: {owner: desk, needs: {good: {that: not stuck}}, next: two}
outcomes: {stop: {from: any, to: closed}}
"""
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A blocker: how an order comes to it, the words of the line that it names, and words of its message."""

    code: str
    found: Callable[[], tuple[Blocker, ...]]
    name: str = ""
    owner: tuple[str, ...] = ()
    line: str | None = None
    process: str = DESKWORK
    verdict: str = "refused"
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


def created(
    values: Mapping[str, Any], by: Principal = DESK, process: str = DESKWORK
) -> Callable[[], tuple[Blocker, ...]]:
    """The blockers of an order that is opened with these values."""
    return lambda: decide(plan_of(process), None, Create(values), by, NOON).blockers


def done(*commands: tuple[Command, Principal], process: str = DESKWORK) -> Callable[[], tuple[Blocker, ...]]:
    """The blockers of the last of these commands; all others are carried out."""

    def play() -> tuple[Blocker, ...]:
        story = Story(process, NEW if process is DESKWORK else {})
        for command, who in commands[:-1]:
            assert not story.do(command, who, reason="a test").blockers
        return story.do(*commands[-1]).blockers

    return play


def waiting(*commands: tuple[Command, Principal]) -> Callable[[], tuple[Blocker, ...]]:
    """What an order waits for after these commands."""

    def play() -> tuple[Blocker, ...]:
        story = Story(DESKWORK, NEW)
        for command, who in commands:
            assert not story.do(command, who, reason="a test").blockers
        return story.explained.blockers

    return play


MADE: Final = (Done("made"), MAKER)
SLIP: Final = (Attach("slip", "s.pdf"), DESK)
REMARK: Final = (Write({"remark": "well"}), MAKER)
PAID: Final = (Write({"paid": True}), DESK)
PHOTO: Final = (Attach("photo", "p.jpg"), MAKER)

REFUSALS: Final = (
    Refusal(
        "need_open",
        waiting(MADE, REMARK, PAID, PHOTO),
        "slip",
        ("desk", "boss"),
        "      slip:",
        verdict="incomplete",
        en=("outbound slip", "Order desk", "Head"),
        zh=("出库单", "订单管理部", "主管"),
    ),
    Refusal(
        "condition_open",
        waiting(MADE, SLIP, REMARK, PHOTO),
        "settled",
        ("desk",),
        "      settled:",
        verdict="incomplete",
        en=("the customer has paid",),
        zh=("客户已付款",),
    ),
    Refusal(
        "entry_open",
        waiting(MADE, SLIP, REMARK, PAID),
        "photo",
        ("maker",),
        "      photo:",
        verdict="incomplete",
        en=("photo", "Workshop"),
        zh=("照片", "车间"),
    ),
    Refusal(
        "choice_open",
        waiting(MADE, SLIP, REMARK, PAID, PHOTO),
        "inspect",
        ("qa", "boss"),
        "  inspect:",
        verdict="incomplete",
        en=("Inspection", "Head", "passed", "redo"),
        zh=("质检部", "主管", "passed", "redo"),
    ),
    Refusal(
        "missing_fields",
        created({"channel": "web"}),
        "external_id",
        ("desk",),
        "    external_id:",
        verdict="incomplete",
        en=("Number outside", "external_id"),
        zh=("外部单号", "external_id"),
    ),
    Refusal(
        "reason_missing",
        done((Choose("failed"), QA)),
        "failed",
        ("qa",),
        "      failed:",
        verdict="incomplete",
        en=("failed",),
        zh=("failed",),
    ),
    Refusal(
        "not_yours",
        done((Attach("slip", "s.pdf"), MAKER)),
        "slip",
        ("desk", "boss"),
        "      slip:",
        en=("slip", "Order desk", "Head"),
        zh=("slip", "订单管理部", "主管"),
    ),
    Refusal(
        "stranger",
        done((Done("made"), STRANGER)),
        owner=("desk", "maker", "qa", "boss"),
        en=("Order desk", "Workshop", "Inspection", "Head"),
        zh=("订单管理部", "车间", "质检部", "主管"),
    ),
    Refusal(
        "no_such_need",
        done((Done("waxed"), MAKER)),
        "waxed",
        en=("waxed", "Making", "made"),
        zh=("waxed", "制作", "made"),
    ),
    Refusal("other_kind", done((Done("slip"), DESK)), "slip", en=("slip", "file", "check"), zh=("slip",)),
    Refusal(
        "no_such_outcome",
        done((Choose("passed"), QA)),
        "passed",
        en=("passed", "failed", "cancel"),
        zh=("passed", "failed", "cancel"),
    ),
    Refusal(
        "no_such_field",
        done((Write({"colour": "red"}), MAKER)),
        "colour",
        en=("colour", "external_id", "amount", "waybill", "remark"),
        zh=("colour", "external_id", "amount", "waybill", "remark"),
    ),
    Refusal(
        "wrong_value",
        done((Write({"paid": "perhaps"}), DESK)),
        "paid",
        (),
        "    paid:",
        en=("paid",),
        zh=("paid",),
    ),
    Refusal(
        "check_failed",
        done((Write({"amount": -1}), DESK)),
        "amount >= 0",
        (),
        "    - that: amount",
        en=("the amount is below nothing",),
        zh=("金额小于零",),
    ),
    Refusal(
        "already_done",
        done(MADE, (Done("made"), MAKER)),
        "made",
        (),
        "      made:",
        en=("made as drawn", "mo"),
        zh=("按图制作", "mo"),
    ),
    Refusal(
        "empty",
        done((Attach("slip", " "), DESK)),
        "slip",
        (),
        "      slip:",
        en=("outbound slip",),
        zh=("出库单",),
    ),
    Refusal("nothing_to_write", done((Write({}), DESK))),
    Refusal(
        "cannot_be_empty",
        done((Write({"amount": None}), DESK)),
        "amount",
        (),
        "    amount:",
        en=("amount",),
        zh=("amount",),
    ),
    Refusal(
        "identifies",
        done((Write({"external_id": "A2"}), DESK)),
        "external_id",
        (),
        "    external_id:",
        en=("external_id",),
        zh=("external_id",),
    ),
    Refusal(
        "order_ended",
        done((Choose("cancel"), DESK), (Done("made"), MAKER)),
        "cancelled",
        en=("Cancelled",),
        zh=("已取消",),
    ),
    Refusal(
        "spinning",
        done((Done("begun"), DESK), process=CIRCLE),
        "two",
        process=CIRCLE,
        en=("two, three, two",),
        zh=("two、three、two",),
    ),
)
