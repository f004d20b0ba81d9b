"""Holds, clocks and due times from the command line: held and released, explained, listed, reckoned again."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Clock

OFFICE = """\
flowengine: 1
process: office
version: "1"
title: {en: Office, zh: 办公室}
language: zh
owner: desk
roles: {desk: {title: {en: Desk, zh: 前台}}, boss: {title: {en: Head, zh: 主管}}}
calendars: {office: {zone: Asia/Shanghai, week: {mon-fri: ["09:00-17:00"]}}}
calendar: office
order: {number: "{serial:3}"}
clocks:
  answer:
    {title: {en: Answer, zh: 答复}, within: 8wh, warn: [25%], owner: boss, needs: {answered: {note: ANSWER}}}
holds:
  thinks:
    title: {en: Customer thinks, zh: 客户考虑}
    by: desk
    pauses: all
    due: 2wd
    release: {by: boss, needs: {asked: {check: {en: asked, zh: 已询问}}}}
stages:
  look: {title: {en: Look, zh: 查看}, owner: desk, due: 16wh, needs: {seen: check}, next: closed}
""".replace("ANSWER", "{en: answer, zh: 答复内容}")
EXPLAINED = {
    "en": """\
001  Office 1
001 is now in Look (Desk), on hold: Customer thinks
It cannot go on yet.
Needs [office.yaml:22]
  [ ] seen (seen)  waits for Desk  [office.yaml:22]
On hold:
  Customer thinks (thinks)  since 2026-02-13 12:00 by ann; may be lifted by Head; \
should be over by 2026-02-17 12:00
    [ ] asked (asked)  waits for Head  [office.yaml:20]
Clocks:
  Answer (answer)  stands still, 5 working hours left, warned at 25% (Head)
    [ ] answer (answered)  waits for Head  [office.yaml:13]
Then it goes to Closed.
""",
    "zh": """\
001  办公室 1
001 现处于查看（前台），已暂停：客户考虑
暂时还不能前进。
要求 [office.yaml:22]
  [ ] seen（seen）  等待 前台  [office.yaml:22]
暂停中：
  客户考虑（thinks）  自 2026-02-13 12:00 起，ann；可由 主管 解除；应在 2026-02-17 12:00 前解除
    [ ] 已询问（asked）  等待 主管  [office.yaml:20]
计时：
  答复（answer）  暂停计时，还剩 5个工作小时，已预警 25%（主管）
    [ ] 答复内容（answered）  等待 主管  [office.yaml:13]
之后转到完成。
""",
}


@pytest.fixture
def desk(call: Any, clock: Clock, folder: Path) -> Any:
    """The office with one order, on Friday morning; it was put on hold at noon."""
    (folder / "office.yaml").write_text(OFFICE, "utf-8")
    clock.now = 1_770_944_400_000  # 2026-02-13 09:00 in Shanghai
    desk = partial(call, env={"FLOWENGINE_AS": "ann:desk"})
    assert desk("deploy", "office.yaml").exit_code == 0
    assert desk("start", "office").exit_code == 0
    clock.wait(3)
    held = desk("do", "001", "hold", "thinks", "--reason", "on holiday")
    assert (held.exit_code, "on hold: Customer thinks" in held.stdout) == (0, True)
    return desk


@pytest.mark.parametrize(("lang", "shown"), EXPLAINED.items(), ids=EXPLAINED)
def test_an_explanation_has_holds_and_clocks(desk: Any, lang: str, shown: str) -> None:
    assert desk("explain", "001", "--lang", lang).stdout == shown


def test_an_explanation_for_programs_has_them_too(desk: Any) -> None:
    said = json.loads(desk("explain", "001", "--format", "json").stdout)
    (clock,), (hold,) = said["clocks"], said["holds"]
    assert {name: clock[name] for name in ("name", "state", "due", "late", "left", "warned")} == {
        "name": "answer", "state": "standing", "due": None, "late": False, "left": "5wh", "warned": ["25%"],
    }  # fmt: skip
    assert (hold["since"], hold["by"], hold["lifted_by"]) == ("2026-02-13T04:00:00.000Z", "ann", ["boss"])
    assert [need["name"] for need in (*clock["needs"], *hold["needs"])] == ["answered", "asked"]
    assert (said["on_hold"], said["stands_still"]) == (["thinks"], True)
    assert [blocker["code"] for blocker in said["blockers"]] == ["on_hold", "need_open"]


def test_held_orders_are_listed_with_what_stands_still(desk: Any) -> None:
    desk("start", "office")
    assert desk("list", "--held", "--lang", "zh").stdout.splitlines()[1:] == [
        "001   查看（暂停）  前台  2026-02-13 09:00  暂停  –"
    ]
    assert len(desk("list").stdout.splitlines()) == 3
    assert "Due     on hold" in desk("show", "001").stdout
    assert desk("list", "--held", "--closed").exit_code == 2


def test_a_hold_is_lifted_by_whom_it_is_for_once_its_needs_are_there(desk: Any, clock: Clock) -> None:
    refused = desk("do", "001", "release", "thinks")
    assert refused.exit_code == 1
    assert refused.stderr == "refused; nothing was changed:\n  - “thinks” is for Head  [office.yaml:15]\n"
    boss = partial(desk, env={"FLOWENGINE_AS": "bo:boss"})
    assert "asked is missing (Head)" in boss("do", "001", "release", "thinks").stderr
    clock.wait(1)
    assert boss("do", "001", "done", "asked").exit_code == 0
    released = boss("do", "001", "release", "thinks").stdout
    assert "hold lifted: Customer thinks" in released
    assert "Look: time goes on, due 2026-02-17 10:00" in released
    assert "001 is now in Look (Desk), due 2026-02-17 10:00" in released
    assert desk("list", "--held").stdout == "no orders\n"


def test_a_hold_takes_one_name(desk: Any) -> None:
    wrong = desk("do", "001", "hold")
    assert (wrong.exit_code, "hold HOLD" in wrong.stderr) == (2, True)
    known = desk("do", "001", "hold", "thinking")
    assert (known.exit_code, "known: thinks" in known.stderr) == (1, True)


def test_reckoning_again_says_how_many_move_and_a_dry_run_writes_nothing(desk: Any) -> None:
    dry = desk("reckon", "--dry-run")
    assert dry.stdout == "1 open orders looked at: 0 would move, 0 would be late by it; nothing was written\n"
    said = json.loads(desk("reckon", "--format", "json").stdout)
    assert said == {"orders": 1, "moved": 0, "late": 0, "failed": 0, "dry_run": False, "moves": []}
