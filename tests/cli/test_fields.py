"""Persons, durations and computed fields from the command line: given, imported, shown, explained, told."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Clock

PROCESS = """\
flowengine: 1
process: repair
version: "1"
title: {en: Repairs, zh: 维修}
owner: desk
zone: Asia/Shanghai
order:
  fields:
    seller: {type: person, title: {en: Seller, zh: 销售员}}
    patience: {type: duration, title: {en: Patience, zh: 可等时长}, default: 2d}
    parts:
      type: list
      title: {en: Parts, zh: 配件}
      required: true
      of:
        sku: {type: text, required: true}
        price: {type: money, required: true}
        wait: duration
        fitter: person
    net: {type: money, title: {en: Net, zh: 净额}, currency: CNY, value: sum(parts.price)}
roles: {desk: {title: {en: Desk, zh: 前台}}}
stages:
  check:
    owner: desk
    needs:
      soon: {that: patience > '3d' and has(seller) and seller == 'lin'}
      cheap: {that: all(parts.price < 50)}
      known: {that: any(has(parts.fitter))}
      quick: {that: "duration(check) < '1h' or days(order.created - order.created) == 1"}
    next: closed
"""
PARTS = '[{"sku": "A1", "price": 20, "wait": "1d 2h"}, {"sku": "B2", "price": "80.5", "fitter": "mo"}]'


@pytest.fixture
def repair(call: Any, folder: Path, clock: Clock) -> Any:
    (folder / "repair.yaml").write_text(PROCESS, "utf-8")
    desk = partial(call, env={"FLOWENGINE_AS": "ann:desk"})
    assert desk("deploy", "repair.yaml").exit_code == 0
    assert desk("start", "repair", f"parts={PARTS}", "patience=2d 4h", "seller=lin").exit_code == 0
    return desk


def test_an_order_shows_them_as_people_write_them(repair: Any) -> None:
    shown = repair("show", "000001").stdout
    assert "2d 4h" in shown
    assert "A1 20 1d 2h; B2 80.5 mo" in shown
    assert "100.50 CNY" in shown
    fields = json.loads(repair("show", "000001", "--format", "json").stdout)["fields"]
    assert (fields["patience"], fields["seller"], fields["net"]) == (187_200_000, "lin", "100.5")


def test_history_tells_them_in_both_languages(repair: Any) -> None:
    assert repair("do", "000001", "write", "patience=1d").exit_code == 0
    assert "Patience" in (told := repair("history", "000001").stdout)
    assert "2d 4h" in told
    assert "1d" in told
    assert "净额" in repair("history", "000001", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "patience > '3d': does not hold (patience = 2d 4h)",
                "seller == 'lin': holds (seller = lin)",
                "row 2: parts.price < 50: does not hold (parts.price = 80.5)",
                "row 2: has(parts.fitter): holds (parts.fitter = mo)",
                "duration(check) < '1h': holds (duration(check) = 0m)",
            ],
        ),
        (
            "zh",
            [
                "patience > '3d'：不成立（patience = 2d 4h）",
                "第 2 行：parts.price < 50：不成立（parts.price = 80.5）",
            ],
        ),
    ],
)
def test_an_explanation_goes_down_to_the_values(repair: Any, lang: str, lines: list[str]) -> None:
    said = repair("explain", "000001", "--lang", lang).stdout
    for line in lines:
        assert line in said, said


def test_a_program_gets_the_same_tree(repair: Any) -> None:
    needs = json.loads(repair("explain", "000001", "--format", "json").stdout)["needs"]
    why = {need["name"]: need["why"] for need in needs}
    assert why["soon"]["parts"][0]["read"] == {"patience": 187_200_000}
    (row,) = why["cheap"]["parts"]
    assert (row["row"], row["holds"], row["read"]) == (2, False, {"parts.price": "80.5"})


def test_a_file_of_orders_brings_them(repair: Any, folder: Path) -> None:
    (folder / "more.csv").write_text(
        "seller,patience,parts,net\n"
        'lin,1d 12h,"[{""sku"": ""A"", ""price"": 1}]",\n'
        'mo,soon,"[{""sku"": ""A"", ""price"": 1}]",\n'
        'mo,2h,"[{""sku"": ""A"", ""price"": 1}]",7\n',
        "utf-8",
    )
    result = repair("import", "repair", "more.csv", "--format", "json")
    assert json.loads(result.stdout) == {"created": 1, "already_there": 0, "refused": 2}
    assert "“soon” is not a length of time" in result.stderr
    (folder / "more.jsonl").write_text(
        '{"seller": "lin", "patience": "3h", "parts": [{"sku": "A", "price": 1, "wait": "5m"}]}\n'
        '{"seller": "lin", "patience": 3, "parts": []}\n',
        "utf-8",
    )
    result = repair("import", "repair", "more.jsonl", "--format", "json")
    assert json.loads(result.stdout) == {"created": 1, "already_there": 0, "refused": 1}


@pytest.mark.parametrize(("lang", "said"), [("en", "never written"), ("zh", "不可填写")])
def test_writing_what_is_computed_is_refused_with_the_formula(repair: Any, lang: str, said: str) -> None:
    result = repair("do", "000001", "write", "net=5", "--lang", lang)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "sum(parts.price)" in result.stderr


def test_the_history_is_verified_without_the_process(repair: Any) -> None:
    assert repair("do", "000001", "write", f"parts={PARTS.replace('20', '30')}").exit_code == 0
    assert repair("verify").exit_code == 0
