"""What a message says: the values of the order when it is read, and of them what its recipient sees."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from flowengine import MasterKeys, Principal, connect
from flowengine.kernel.commands import Choose, Done, Write
from tests.kernel.desk import DAY
from tests.runtime.shop import HOST, Shop

PROCESS = """
flowengine: 1
process: parcels
version: "1"
title: {zh: 包裹, en: Parcels}
owner: desk
zone: Asia/Shanghai
order:
  number: "P{serial:3}"
  fields:
    buyer: {type: text, required: true}
    amount: {type: money, currency: CNY, title: 金额}
    waybill: text
    fragile: {type: boolean, default: false}
    lines: {type: list, of: {sku: text, count: integer}}
roles:
  desk: {title: 前台, sees: all, edits: [buyer, amount, fragile, waybill]}
  packer: {title: 仓库, sees: lines}
stages:
  packing:
    owner: packer
    due: 1d
    needs: {packed: check}
    outcomes: {broken: {to: cancelled, reason: required, then: [{notify: [customer, desk, packer], message: sorry}]}}
    next: closed
rules:
  tell: {after: waybill, each: true, then: [{notify: [customer, packer, desk], message: shipped}]}
messages:
  shipped:
    subject: "{{ number }} for {{ buyer | upper }}"
    text: "{{ buyer }}: {{ amount | default('free') }}{% if fragile %}, fragile{% endif %}{% for line in lines %}; {{ line.count }} x {{ line.sku }}{% endfor %}"
  sorry: {text: {zh: "{{ process }}取消：{{ reason }}", en: "{{ process }} cancelled: {{ reason }}"}}
"""  # noqa: E501 - a message stands on one line
DESK, PACKER = Principal.of("li", "desk"), Principal.of("wu", "packer")
VALUES = {"buyer": "Zhang", "amount": 12, "lines": [{"sku": "A", "count": 2}, {"sku": "B"}]}


def opened(shop: Shop, **more: object) -> int:
    shop.deploy(PROCESS)
    id = shop.engine.start("parcels", {**VALUES, **more}, by=DESK).or_raise().order_id
    shop.engine.do(id, Write({"waybill": "SF1"}), by=DESK).or_raise()
    return id


def told(shop: Shop, by: Principal = HOST) -> dict[str, str]:
    return {each.row.role: each.text for each in shop.engine.inbox(by=by).items}


def test_each_recipient_reads_what_they_see(shop: Shop) -> None:
    opened(shop, fragile=True)
    assert told(shop) == {
        "customer": "Zhang: 12.00 CNY, fragile; 2 x A; – x B",
        "packer": "–: free; 2 x A; – x B",
        "desk": "Zhang: 12.00 CNY, fragile; 2 x A; – x B",
    }
    assert told(shop, PACKER) == {"packer": "–: free; 2 x A; – x B"}


def test_nobody_who_is_a_customer_reads_what_others_were_told(shop: Shop) -> None:
    opened(shop)
    assert told(shop, Principal.customer("zhang", proof="link")) == {}


def test_the_store_keeps_what_it_is_about_and_no_values(shop: Shop) -> None:
    id = opened(shop)
    (kept, *_) = shop.engine.messages(by=HOST).items
    assert json.loads(kept.payload) == {
        "role": "customer",
        "about": "tell",
        "at": shop.clock.now,
        "stage": "packing",
        "rule": "tell",
        "message": "shipped",
    }
    shop.engine.do(id, Write({"buyer": "Wang"}), by=DESK).or_raise()
    assert told(shop)["customer"].startswith("Wang: ")


def test_a_heading_stays_on_one_line(shop: Shop) -> None:
    opened(shop, buyer="Zhang\r\nBcc: all@example.org\u2028x")
    assert shop.engine.inbox(by=DESK).items[0].subject == "P001 for ZHANG BCC: ALL@EXAMPLE.ORG X"


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Parcels cancelled: dropped"), ("zh", "包裹取消：dropped")]
)
def test_the_reason_is_told_in_the_language_that_is_asked_for(shop: Shop, lang: Any, said: str) -> None:
    id = opened(shop)
    shop.engine.do(id, Choose("broken"), by=PACKER, reason="dropped").or_raise()
    letters = shop.engine.inbox(by=PACKER, lang=lang).items
    assert (letters[-1].message, letters[-1].text) == ("sorry", said)
    assert shop.engine.verify().problems == ()


@pytest.mark.parametrize(
    ("lang", "subject", "text"),
    [
        ("en", "P001: overdue", "Order P001 (Parcels), packing: overdue.\nIt was due 2026-05-13 12:00."),
        ("zh", "P001：已逾期", "订单 P001（包裹），packing：已逾期。\n期限为 2026-05-13 12:00。"),
    ],
)
def test_what_no_message_says_has_a_standard_text(shop: Shop, lang: Any, subject: str, text: str) -> None:
    shop.deploy(PROCESS)
    shop.engine.start("parcels", VALUES, by=DESK).or_raise()
    shop.wait(2 * DAY)
    (letter,) = shop.engine.inbox(by=PACKER, lang=lang).items
    assert (letter.message, letter.subject, letter.text) == ("", subject, text)


def test_a_very_long_text_is_cut_off(shop: Shop) -> None:
    opened(shop, lines=[{"sku": "x" * 900}] * 40)
    assert len(told(shop)["customer"]) == 16_000
    assert told(shop)["customer"].endswith("…")


def test_an_order_that_cannot_be_read_shows_no_values(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(shop)
    monkeypatch.setattr("flowengine.kernel.order.Order.load", _unreadable)
    assert told(shop)["desk"] == "–: free"


def _unreadable(_: str) -> Mapping[str, object]:
    raise ValueError("damaged")


def test_what_has_ended_is_still_told(shop: Shop) -> None:
    id = opened(shop)
    shop.engine.do(id, Done("packed"), by=PACKER).or_raise()
    assert "Zhang" in told(shop)["customer"]


PRIVATE = """
flowengine: 1
process: calls
version: "1"
owner: desk
order: {fields: {buyer: {type: text, required: true, private: name}, remark: text}}
roles: {desk: {sees: all, edits: remark}, boss: {sees: all, unmasked: all}}
stages: {talk: {owner: desk, needs: {called: check}, next: closed}}
rules: {tell: {after: remark, then: [{notify: [customer, desk, boss], message: hello}]}}
messages: {hello: {text: "Dear {{ buyer }}"}}
"""


def test_private_values_are_masked_in_messages_and_gone_once_erased() -> None:
    with connect(":memory:", keys=MasterKeys.thrown_away()) as engine:
        engine.deploy(PRIVATE)
        id = engine.start("calls", {"buyer": "Zhang San"}, by=DESK).or_raise().order_id
        engine.do(id, Write({"remark": "x"}), by=DESK).or_raise()
        told = [each.text for each in engine.inbox(by=HOST).items]
        assert told == ["Dear Zhang San", "Dear Z**** S**", "Dear Zhang San"]
        engine.erase(order=id, by=HOST, reason="asked for")
        assert {each.text for each in engine.inbox(by=HOST).items} == {"Dear (erased)"}
