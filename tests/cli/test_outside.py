"""`flowengine explain` of an order that waits for another system: it says for what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TEA = """flowengine: 1
process: tea
version: "1"
owner: desk
roles: {desk: {}}
order: {fields: {customer: {type: text, required: true}, stock: {type: integer}}}
calls:
  reserve: {title: {en: On hand, zh: 查询库存}, function: f, send: [customer], sets: {stock: result}}
events:
  money_in: {title: {en: Payment, zh: 到账}, data: {sender: text}, match: {customer: event.sender}}
stages:
  check: {owner: desk, needs: {reserved: {call: reserve}, paid: {event: money_in}}, next: closed}
"""


@pytest.fixture
def tea(call: Any, folder: Path) -> Any:
    (folder / "tea.yaml").write_text(TEA, "utf-8")
    assert call("deploy", "tea.yaml").exit_code == 0
    assert call("start", "tea", "customer=Acme", "--as", "ann:desk").exit_code == 0
    return lambda *words: call("explain", "000001", "--as", "ann:desk", *words).stdout


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "reserved (reserved)  waits for the answer of another system: On hand",
                "not received yet: Payment",
            ),
        ),
        ("zh", ("reserved（reserved）  等待其他系统答复：查询库存", "尚未收到：到账")),
    ],
)
def test_it_says_what_another_system_is_to_do(tea: Any, lang: str, said: tuple[str, ...]) -> None:
    shown = tea("--lang", lang)
    assert all(each in shown for each in said), shown


def test_it_says_so_to_programs(tea: Any) -> None:
    points = {each["name"]: each for each in json.loads(tea("--format", "json"))["needs"]}
    assert {name: each["lacks"]["code"] for name, each in points.items()} == {
        "reserved": "call_open",
        "paid": "event_open",
    }
