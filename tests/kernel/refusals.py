"""Every reason for which the kernel says no or not yet, each with an order that meets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flowengine.kernel.answers import HOLDS, Question
from flowengine.kernel.commands import (
    Amend,
    Answered,
    Attach,
    Choose,
    Claim,
    Command,
    Confirm,
    Create,
    Done,
    GiveBack,
    Hear,
    Hold,
    Invite,
    Open,
    Principal,
    Raise,
    Reassign,
    Receive,
    Release,
    Split,
    Waive,
    Write,
)
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Blocker
from tests.kernel.desk import BOSS, DAY, DESK, HOST, MAKER, NOON, QA, STRANGER, Story, plan_of

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
ASKED_LATER: Final = (
    ROLES
    + """
stages:
  make:
    owner: qa
    needs:
      weighed: {check: {en: weighed, zh: 称重}}
      signed: {check: {en: a signature, zh: 签字}, after: weighed}
    next: closed
"""
)
NO_DETOUR: Final = (
    ROLES
    + """
stages:
  make: {owner: maker, needs: {made: check}, outcomes: {ask: {to: clear}}, next: pack}
  clear: {owner: desk, needs: {told: check}, outcomes: {return_it: {to: back}}, next: pack}
  pack: {owner: desk, needs: {packed: check}, outcomes: {enough: {to: closed}}, next: clear}
"""
)
HELD: Final = (
    ROLES
    + """
order: {fields: {warm: {type: boolean, default: false}}}
holds:
  waits: {title: {en: Customer thinks, zh: 客户考虑中}, by: desk, release: {by: [desk, boss]}}
  cold: {title: {en: Cold chain, zh: 冷链}, while: warm, by: maker, release: {by: boss}}
stages:
  make: {owner: maker, needs: {made: check}, next: closed}
"""
)
RAISING: Final = (
    ROLES
    + """
tiers: {1: {team: boss, answer: 4h, resolve: 2d}, 2: {team: qa, answer: 1h}}
exceptions:
  lost: {title: {en: Lost parcel, zh: 丢件}, tier: 1, by: desk}
stages:
  make: {owner: maker, needs: {made: check}, next: closed}
"""
)
FOUR_EYES: Final = (
    ROLES
    + """
stages:
  look:
    owner: desk
    needs:
      checked: {check: {en: looked through, zh: 看过}, by: boss, not_by: creator}
      packed: check
    outcomes:
      ship: {title: {en: Ship it, zh: 发货}, by: qa, not_by: checked, to: closed}
    next: closed
"""
)
AMENDED: Final = (
    ROLES
    + """
order:
  fields:
    n: {type: integer, default: 0, title: {en: Pieces, zh: 件数}, changes: {by: boss, until: pack.entered}}
stages:
  look: {owner: desk, needs: {seen: check}}
  pack: {owner: desk, needs: {packed: check}, next: closed}
"""
)
GUARDED: Final = (
    ROLES.replace("zh: 订单管理部}}", "zh: 订单管理部}, sees: all, may: create}")
    + """
order:
  fields: {n: {type: integer, default: 0}}
stages: {look: {owner: desk, needs: {seen: check}, next: closed}}
"""
)
CALLED: Final = (
    ROLES
    + """
order: {fields: {n: {type: integer, title: {en: Pieces, zh: 件数}}}}
stages:
  look: {owner: desk, needs: {stock: call}, next: closed}
calls: {stock: {title: {en: Stock on hand, zh: 现有库存}, function: stock, sets: {n: result}}}
"""
)
CONFIRMED: Final = (
    ROLES
    + """
order:
  fields: {n: {type: integer, default: 0, title: {en: Pieces, zh: 件数}}}
stages:
  look:
    owner: desk
    needs:
      agreed: {confirm: customer, title: {en: The drawing, zh: 图纸}, covers: n, asks: n}
      seen: {confirm: boss, title: {en: looked through, zh: 看过}, when: n > 100}
    next: closed
"""
)
REPORTED: Final = (
    ROLES
    + """
order:
  fields: {waybill: text}
stages:
  pack: {owner: maker, needs: {packed: check}}
  ship: {owner: maker, title: {en: Shipping, zh: 发运}, needs: {cleared: {event: customs}}, next: closed}
events:
  customs:
    title: {en: Customs, zh: 清关}
    data: {parcel: {type: text, title: {en: Parcel, zh: 包裹}}}
    match: {waybill: event.parcel}
    early: refuse
"""
)
CUSTOMER: Final = Principal.customer(proof="a test")
SHARED: Final = (
    ROLES
    + """
stages:
  look:
    owner: desk
    needs:
      seen: {check: {en: looked through, zh: 看过}}
      signed: {check: {en: signed off, zh: 签字}, not_by: creator}
      agreed: {approval: board}
    next: closed
approvals: {board: {steps: [{any: boss}], refused: [{notify: desk}]}}
"""
)
DORA: Final = (Claim("seen"), DESK)
DAN: Final = Principal.of("dan", "desk")
ON_HOLD: Final = (Hold("waits"), DESK)
NEW: Final[Mapping[str, Any]] = {"channel": "web", "external_id": "A1"}

LATER: Final = (
    ROLES
    + """
order:
  fields: {n: {type: integer, default: 0}, start: {type: date, title: {en: Start, zh: 开工日}}}
stages:
  make:
    owner: maker
    needs:
      made: {check: {en: made as drawn, zh: 按图制作}, covers: n}
      seen: {check: {en: looked at, zh: 看过}, waive: boss}
      bill: {file: {en: bill, zh: 账单}, defer: 1d}
      large: {check: {en: large one, zh: 大单}, when: n > 100}
    tasks:
      paint: {title: {en: Painting, zh: 喷漆}, needs: {dry: {check: {en: it is dry, zh: 已干}}}, after: seen}
      choose: {title: {en: Choosing, zh: 选色}, outcomes: {red: {}, blue: {}}}
    outcomes: {ask: {to: clear}, at_zero: {title: {en: Below zero, zh: 负数}, when: n < 0, to: clear}}
    next: inspect
  clear: {owner: desk, needs: {told: check}, outcomes: {return_it: {to: back}}, next: pack}
  pack: {owner: desk, needs: {packed: check}, outcomes: {again: {to: clear}}, next: inspect}
  inspect: {title: {en: Inspecting, zh: 检验}, owner: qa, opens: start, needs: {good: check}, next: closed}
outcomes:
  amend: {title: {en: Amend, zh: 变更}, from: any, by: desk, edits: [n], until: order.created + 2d}
"""
)
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

COMPUTED: Final = (
    ROLES
    + """
order:
  fields:
    pieces: {type: integer, default: 1}
    boxes: {type: integer, title: {en: Boxes, zh: 箱数}, value: pieces + 1, max: 9}
stages:
  one: {owner: desk, needs: {packed: check}, next: closed}
"""
)


LINKED: Final = (
    ROLES
    + """
links:
  original: {title: {en: Sale, zh: 原订单}, process: sales, required: true, known_there_as: cases}
stages:
  work: {owner: desk, needs: {worked: check}, next: closed}
"""
)


PARTED: Final = (
    ROLES
    + """
order: {fields: {items: {type: list, of: {sku: text}}}}
parts:
  box: {title: {en: Boxes, zh: 箱}, of: items, through: [pack, ship], by: desk, at_most: 3}
stages:
  take: {owner: desk, needs: {taken: check}}
  pack: {title: {en: Packing, zh: 装箱}, owner: desk, needs: {packed: check}}
  ship: {owner: desk, needs: {shipped: check}, next: closed}
"""
)
CLAIMED: Final = (
    ROLES
    + """
parts:
  claims:
    title: {en: Claims, zh: 索赔}
    at_most: 2
    stages: {assess: {owner: desk, needs: {assessed: check}, next: closed}}
stages:
  pack: {owner: desk, needs: {packed: check}, next: closed}
"""
)
ROWS: Final = Write({"items": [{"sku": "a"}, {"sku": "b"}]})


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


def linked(links: Mapping[str, Any]) -> Callable[[], tuple[Blocker, ...]]:
    """The first blocker of a case that is opened with these links, of which none was found."""
    return lambda: decide(plan_of(LINKED), None, Create({}, links=links), DESK, NOON).blockers[:1]


def done(
    *commands: tuple[Command, Principal], process: str = DESKWORK, wait: int = 0, reason: str = ""
) -> Callable[[], tuple[Blocker, ...]]:
    """The blockers of the last of these commands, so much later; all others are carried out."""

    def play() -> tuple[Blocker, ...]:
        story = Story(process, NEW if process is DESKWORK else {})
        for command, who in commands[:-1]:
            assert not story.do(command, who, reason="a test").blockers
        return story.do(*commands[-1], wait=wait, reason=reason).blockers

    return play


def reassigned(to: str) -> Callable[[], tuple[Blocker, ...]]:
    """The blockers of passing work to that person, where it is known who holds the roles."""

    def play() -> tuple[Blocker, ...]:
        story = Story(SHARED)
        held = {Question(HOLDS, role): ("dora", "dan") for role in story.plan.roles}
        command = Reassign("seen", to)
        return decide(story.plan, story.order, command, DESK, NOON, reason="a test", answers=held).blockers

    return play


def waiting(
    *commands: tuple[Command, Principal], process: str = DESKWORK, wait: int = 0
) -> Callable[[], tuple[Blocker, ...]]:
    """What an order waits for after these commands and so much time."""

    def play() -> tuple[Blocker, ...]:
        story = Story(process, NEW if process is DESKWORK else {})
        for command, who in commands:
            assert not story.do(command, who, reason="a test").blockers
        story.pass_time(wait)
        return story.explained.blockers

    return play


MADE: Final = (Done("made"), MAKER)
SLIP: Final = (Attach("slip", "s.pdf"), DESK)
REMARK: Final = (Write({"remark": "well"}), MAKER)
PAID: Final = (Write({"paid": True}), DESK)
PHOTO: Final = (Attach("photo", "p.jpg"), MAKER)

MADE_LATER: Final = (Done("made"), MAKER)
SEEN: Final = (Done("seen"), MAKER)
DRY: Final = (Done("dry"), MAKER)
RED: Final = (Choose("red"), MAKER)

URGENT: Final = """
priority: urgent
stages: {only: {owner: desk, needs: {seen: check}, next: closed}}
"""
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
        "not_by",
        done((Done("checked"), Principal.of("dora", "boss")), process=FOUR_EYES),
        "checked",
        ("boss",),
        "      checked:",
        process=FOUR_EYES,
        en=("looked through", "opened the order"),
        zh=("看过", "开单人"),
    ),
    Refusal(
        "not_by",
        done((Done("checked"), BOSS), (Choose("ship"), Principal.of("bo", "qa")), process=FOUR_EYES),
        "ship",
        ("qa",),
        "      ship:",
        process=FOUR_EYES,
        en=("Ship it", "looked through"),
        zh=("发货", "看过"),
    ),
    Refusal(
        "taken",
        done(DORA, (Done("seen"), DAN), process=SHARED),
        "seen",
        ("@dora",),
        "      seen:",
        process=SHARED,
        en=("looked through", "dora"),
        zh=("看过", "dora"),
    ),
    Refusal(
        "taken_already",
        done(DORA, DORA, process=SHARED),
        "seen",
        ("@dora",),
        "      seen:",
        process=SHARED,
        en=("looked through", "dora"),
        zh=("看过", "dora"),
    ),
    Refusal(
        "no_such_work",
        done((Claim("waxed"), DESK), process=SHARED),
        "waxed",
        process=SHARED,
        en=("waxed", "seen", "signed"),
        zh=("waxed", "seen", "signed"),
    ),
    Refusal(
        "not_claimable",
        done((Claim("agreed"), BOSS), process=SHARED),
        "agreed",
        ("boss",),
        "      agreed:",
        process=SHARED,
        en=("agreed", "transfer"),
        zh=("agreed", "transfer"),
    ),
    Refusal(
        "nobody_claims",
        done((Claim("seen"), HOST), process=SHARED),
        "seen",
        process=SHARED,
        en=("seen", "host"),
        zh=("seen", "宿主"),
    ),
    Refusal(
        "not_taken",
        done((GiveBack("seen"), DESK), process=SHARED),
        "seen",
        ("desk",),
        "      seen:",
        process=SHARED,
        en=("looked through", "Order desk"),
        zh=("看过", "订单管理部"),
    ),
    Refusal(
        "not_to_pass",
        done((Reassign("seen", "dan"), MAKER), process=SHARED),
        "seen",
        ("desk",),
        "      seen:",
        process=SHARED,
        en=("looked through", "Order desk"),
        zh=("看过", "订单管理部"),
    ),
    Refusal(
        "nobody_called_so",
        reassigned("adn"),
        "adn",
        ("desk",),
        "      seen:",
        process=SHARED,
        en=("looked through", "adn", "did you mean “dan”"),
        zh=("看过", "adn", "“dan”"),
    ),
    Refusal(
        "nobody_named",
        done((Reassign("seen", " "), DESK), process=SHARED, reason="a test"),
        "seen",
        ("desk",),
        "      seen:",
        process=SHARED,
        en=("looked through",),
        zh=("看过",),
    ),
    Refusal(
        "barred_from_work",
        done((Reassign("signed", "dora"), DESK), process=SHARED, reason="a test"),
        "signed",
        ("desk",),
        "      signed:",
        process=SHARED,
        en=("signed off", "somebody else"),
        zh=("签字", "另一人"),
    ),
    Refusal(
        "may_not_create",
        created({}, MAKER, GUARDED),
        owner=("desk",),
        process=GUARDED,
        en=("Order desk",),
        zh=("订单管理部",),
    ),
    Refusal(
        "not_editable",
        done((Write({"n": 7}), DESK), process=GUARDED),
        "n",
        line="fields: {n:",
        process=GUARDED,
        en=("n", "no role"),
        zh=("n", "没有任何角色"),
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
        "computed",
        done((Write({"boxes": 3}), DESK), process=COMPUTED),
        "boxes",
        (),
        "    boxes:",
        process=COMPUTED,
        en=("Boxes", "boxes", "pieces + 1"),
        zh=("箱数", "boxes", "pieces + 1"),
    ),
    Refusal(
        "not_computable",
        done((Write({"pieces": 9}), DESK), process=COMPUTED),
        "boxes",
        (),
        "    boxes:",
        process=COMPUTED,
        en=("Boxes", "10 is more than 9"),
        zh=("箱数", "10 大于 9"),
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
        "set_by_process",
        done((Write({"priority": "low"}), DESK), process=URGENT),
        "priority",
        en=("priority",),
        zh=("priority",),
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
    Refusal(
        "stale",
        waiting(MADE_LATER, (Choose("ask"), MAKER), (Choose("amend", {"n": 5}), DESK), process=LATER),
        "made",
        ("maker",),
        "      made:",
        LATER,
        "incomplete",
        en=("made as drawn", "Workshop"),
        zh=("按图制作", "车间"),
    ),
    Refusal(
        "deferred",
        waiting(MADE_LATER, process=LATER, wait=2 * DAY),
        "bill",
        ("maker",),
        "      bill:",
        LATER,
        "incomplete",
        en=("bill", "Workshop"),
        zh=("账单", "车间"),
    ),
    Refusal(
        "task_open",
        waiting(process=LATER),
        "choose",
        ("maker",),
        "      choose:",
        LATER,
        "incomplete",
        en=("Choosing", "Workshop"),
        zh=("选色", "车间"),
    ),
    Refusal(
        "task_waits",
        waiting(process=LATER),
        "paint",
        ("maker",),
        "      paint:",
        LATER,
        "incomplete",
        en=("Painting", "looked at"),
        zh=("喷漆", "看过"),
    ),
    Refusal(
        "task_not_open",
        done(DRY, process=LATER),
        "dry",
        ("maker",),
        "      paint:",
        LATER,
        "incomplete",
        en=("it is dry", "Painting"),
        zh=("已干", "喷漆"),
    ),
    Refusal(
        "not_wanted",
        done((Done("large"), MAKER), process=LATER),
        "large",
        (),
        "      large:",
        LATER,
        en=("large one",),
        zh=("大单",),
    ),
    Refusal(
        "not_asked_yet",
        done((Done("signed"), QA), process=ASKED_LATER),
        "signed",
        (),
        "      signed:",
        ASKED_LATER,
        "incomplete",
        en=("a signature", "weighed"),
        zh=("签字", "称重"),
    ),
    Refusal(
        "not_open_yet",
        waiting(MADE_LATER, SEEN, DRY, RED, process=LATER),
        "inspect",
        ("qa",),
        "  inspect:",
        LATER,
        "incomplete",
        en=("Inspecting", "Start"),
        zh=("检验", "开工日"),
    ),
    Refusal(
        "too_late",
        done((Choose("amend", {"n": 1}), DESK), process=LATER, wait=3 * DAY),
        "amend",
        ("desk",),
        "  amend:",
        LATER,
        en=("amend",),
        zh=("amend",),
    ),
    Refusal(
        "nowhere_back",
        done(
            (Done("made"), MAKER),
            (Done("packed"), DESK),
            (Choose("return_it"), DESK),
            process=NO_DETOUR,
        ),
        "return_it",
        ("desk",),
        "  clear:",
        NO_DETOUR,
        en=("return_it",),
        zh=("return_it",),
    ),
    Refusal(
        "by_itself",
        done((Choose("at_zero"), MAKER), process=LATER),
        "at_zero",
        (),
        "    outcomes: {ask",
        LATER,
        en=("Below zero",),
        zh=("负数",),
    ),
    Refusal(
        "nothing_to_edit",
        done((Choose("amend"), DESK), process=LATER),
        "amend",
        en=("amend", "n"),
        zh=("amend", "n"),
    ),
    Refusal(
        "not_edited",
        done((Choose("amend", {"start": "2026-01-01"}), DESK), process=LATER),
        "start",
        (),
        "  amend:",
        LATER,
        en=("Amend", "start"),
        zh=("变更", "start"),
    ),
    Refusal(
        "amended_only",
        done((Write({"n": 1}), DESK), process=AMENDED),
        "n",
        ("boss",),
        "    n:",
        AMENDED,
        en=("Pieces", "Head"),
        zh=("件数", "主管"),
    ),
    Refusal(
        "amended_too_late",
        done((Done("seen"), DESK), (Amend({"n": 1}), BOSS), process=AMENDED),
        "n",
        ("boss",),
        "    n:",
        AMENDED,
        en=("Pieces", "until 2026-"),
        zh=("件数", "2026-"),
    ),
    Refusal(
        "not_waivable",
        done((Waive("made"), BOSS), process=LATER),
        "made",
        en=("made", "seen"),
        zh=("made", "seen"),
    ),
    Refusal(
        "needs_no_waiving",
        done(SEEN, (Waive("seen"), BOSS), process=LATER),
        "seen",
        (),
        "      seen:",
        LATER,
        en=("looked at",),
        zh=("看过",),
    ),
    Refusal(
        "on_hold",
        waiting(ON_HOLD, process=HELD),
        "waits",
        ("desk", "boss"),
        "  waits:",
        HELD,
        "incomplete",
        en=("on hold", "Customer thinks", "Order desk", "Head"),
        zh=("暂停", "客户考虑中", "订单管理部", "主管"),
    ),
    Refusal(
        "on_hold_already",
        done(ON_HOLD, ON_HOLD, process=HELD),
        "waits",
        (),
        "  waits:",
        HELD,
        en=("Customer thinks",),
        zh=("客户考虑中",),
    ),
    Refusal(
        "no_such_hold",
        done((Hold("waiting"), DESK), process=HELD),
        "waiting",
        en=("waiting", "waits, cold"),
        zh=("waiting", "waits、cold"),
    ),
    Refusal(
        "still_held",
        done((Write({"warm": True}), DESK), (Release("cold"), BOSS), process=HELD),
        "cold",
        (),
        "  cold:",
        HELD,
        "incomplete",
        en=("Cold chain",),
        zh=("冷链",),
    ),
    Refusal(
        "confirm_open",
        waiting(process=CONFIRMED),
        "agreed",
        ("customer",),
        "      agreed: {confirm",
        CONFIRMED,
        "incomplete",
        en=("The drawing", "customer"),
        zh=("图纸", "客户"),
    ),
    Refusal(
        "shown_before",
        done((Confirm("agreed", shown="what was there before"), CUSTOMER), process=CONFIRMED),
        "agreed",
        (),
        "      agreed: {confirm",
        CONFIRMED,
        "incomplete",
        en=("The drawing",),
        zh=("图纸",),
    ),
    Refusal(
        "not_asked_with_it",
        done((Confirm("agreed", {"m": 1}), CUSTOMER), process=CONFIRMED),
        "m",
        (),
        "      agreed: {confirm",
        CONFIRMED,
        en=("m", "The drawing", "n"),
        zh=("m", "图纸", "n"),
    ),
    Refusal(
        "customers_own",
        done((Claim("agreed"), DESK), process=CONFIRMED),
        "agreed",
        ("customer",),
        "      agreed: {confirm",
        CONFIRMED,
        en=("The drawing", "customer"),
        zh=("图纸", "客户"),
    ),
    Refusal(
        "event_open",
        waiting((Done("packed"), MAKER), process=REPORTED),
        "cleared",
        ("desk",),
        "  ship:",
        REPORTED,
        "incomplete",
        en=("Customs",),
        zh=("清关",),
    ),
    Refusal(
        "too_early",
        done((Receive("customs", {"parcel": "P"}), HOST), process=REPORTED),
        "customs",
        ("desk",),
        "  customs:",
        REPORTED,
        "incomplete",
        en=("Customs", "pack"),
        zh=("清关", "pack"),
    ),
    Refusal(
        "no_such_event",
        done((Receive("custms", {"parcel": "P"}), HOST), process=REPORTED),
        "custms",
        (),
        None,
        REPORTED,
        en=("custms", "customs"),
        zh=("custms", "customs"),
    ),
    Refusal(
        "no_such_datum",
        done((Receive("customs", {"parcl": "P"}), HOST), process=REPORTED),
        "parcl",
        ("desk",),
        "  customs:",
        REPORTED,
        en=("Customs", "parcl", "parcel"),
        zh=("清关", "parcl", "parcel"),
    ),
    Refusal(
        "missing_datum",
        done((Receive("customs", {}), HOST), process=REPORTED),
        "parcel",
        ("desk",),
        "    data: {parcel",
        REPORTED,
        en=("Customs", "Parcel"),
        zh=("清关", "包裹"),
    ),
    Refusal(
        "no_outsider",
        done((Invite("seen", "f" * 12, NOON + DAY), DESK), process=CONFIRMED),
        "seen",
        ("boss",),
        "      seen:",
        CONFIRMED,
        en=("looked through", "Head"),
        zh=("看过", "主管"),
    ),
    Refusal(
        "link_missing",
        created({}, process=LINKED),
        "original",
        ("desk",),
        "  original: {title",
        LINKED,
        "incomplete",
        en=("Sale", "Order desk"),
        zh=("原订单", "订单管理部"),
    ),
    Refusal(
        "linked_not_found",
        linked({"original": 9}),
        "original",
        (),
        "  original: {title",
        LINKED,
        en=("9", "sales"),
        zh=("9", "sales"),
    ),
    Refusal(
        "no_such_link",
        linked({"parent": 9}),
        "parent",
        process=LINKED,
        en=("parent", "original"),
        zh=("parent", "original"),
    ),
    Refusal(
        "no_such_part",
        done((Split("crate", "1 2"), DESK), process=PARTED),
        "crate",
        process=PARTED,
        en=("crate", "box"),
        zh=("crate", "box"),
    ),
    Refusal(
        "no_own_part",
        done((Open("crate"), DESK), process=CLAIMED),
        "crate",
        process=CLAIMED,
        en=("crate", "claims"),
        zh=("crate", "claims"),
    ),
    Refusal(
        "parts_enough",
        done(*[(Open("claims"), DESK)] * 3, process=CLAIMED),
        "claims",
        (),
        "  claims:",
        CLAIMED,
        en=("2 of Claims",),
        zh=("索赔已有 2 个",),
    ),
    Refusal(
        "split_elsewhere",
        done((Split("box", "1 2"), DESK), process=PARTED),
        "box",
        (),
        "  box: {title",
        PARTED,
        en=("Packing",),
        zh=("装箱",),
    ),
    Refusal(
        "split_rows",
        done((ROWS, DESK), (Done("taken"), DESK), (Split("box", "1 1"), DESK), process=PARTED),
        "box",
        (),
        "  box: {title",
        PARTED,
        en=("2 rows", "3 at most"),
        zh=("2 行", "最多 3"),
    ),
    Refusal(
        "split_already",
        done(
            (ROWS, DESK),
            (Done("taken"), DESK),
            (Split("box", "1 2"), DESK),
            (Split("box", "1 2"), DESK),
            process=PARTED,
        ),
        "box",
        (),
        "  box: {title",
        PARTED,
        en=("split already",),
        zh=("已经拆分",),
    ),
    Refusal(
        "endless",
        lambda: (
            decide(
                plan_of(DESKWORK),
                Story(DESKWORK, NEW).order,
                Hear("cases", 9, {}, hops=21),
                HOST,
                NOON,
            ).blockers
        ),
        "cases",
        en=("cases", "20"),
        zh=("cases", "20"),
    ),
    Refusal(
        "call_open",
        waiting(process=CALLED),
        "stock",
        ("desk",),
        "  look: {owner",
        CALLED,
        "incomplete",
        en=("Stock on hand", "another system"),
        zh=("现有库存", "其他系统"),
    ),
    Refusal(
        "call_failed",
        waiting((Answered("stock/1", {"n": "many"}), HOST), process=CALLED),
        "stock",
        ("desk",),
        "  look: {owner",
        CALLED,
        "incomplete",
        en=("Stock on hand", "is not a number"),
        zh=("现有库存", "is not a number"),
    ),
    Refusal(
        "no_such_call",
        done((Answered("stock/7"), HOST), process=CALLED),
        "stock/7",
        (),
        "",
        CALLED,
        en=("stock/7",),
        zh=("stock/7",),
    ),
    Refusal(
        "call_answered",
        done(
            (Answered("stock/1", error="no connection"), HOST),
            (Answered("stock/1", error="still none"), HOST),
            process=CALLED,
        ),
        "stock/1",
        (),
        "",
        CALLED,
        en=("stock/1", "first answer"),
        zh=("stock/1", "第一次答复"),
    ),
    Refusal(
        "no_such_exception",
        done((Raise("late"), DESK), process=RAISING, reason="gone"),
        "late",
        (),
        "",
        RAISING,
        en=("late", "lost"),
        zh=("late", "lost"),
    ),
    Refusal(
        "no_such_tier",
        done((Raise("lost", 3), DESK), process=RAISING, reason="gone"),
        "lost",
        (),
        "  lost:",
        RAISING,
        en=("tier 3", "1, 2"),
        zh=("3 级", "1、2"),
    ),
    Refusal(
        "cannot_join",
        done((Raise("lost", case=7), DESK), process=RAISING, reason="gone"),
        "lost",
        (),
        "  lost:",
        RAISING,
        en=("Lost parcel", "not resolved"),
        zh=("丢件", "尚未解决"),
    ),
    Refusal(
        "raised_already",
        done((Raise("lost"), DESK), (Raise("lost"), DESK), process=RAISING, reason="gone"),
        "lost",
        (),
        "  lost:",
        RAISING,
        en=("Lost parcel",),
        zh=("丢件",),
    ),
)
