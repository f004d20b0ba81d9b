"""Plan to chart: whatever a plan says to people stands on its chart, in both languages."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from flowengine.cli.findings.sound import sound_plan
from flowengine.compiler.charting import chart_of
from flowengine.compiler.drawing import mermaid, svg
from flowengine.compiler.drawing.chart import Box, Chart, Item, Way
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Plan, every_outcome, every_part
from flowengine.texts import LANGUAGES, Lang
from tests.kernel.desk import plan_of

NS = "{http://www.w3.org/2000/svg}"
PROCESS = """\
flowengine: 1
process: order
version: "1"
owner: desk
title: {en: Order, zh: 订单}
order:
  fields:
    amount: {type: money, title: {en: Amount, zh: 金额}, currency: CNY, default: 0}
    day: {type: date, title: {en: Promised, zh: 交期}}
roles: {desk: {title: {en: Desk, zh: 前台}}, qa: {title: {en: Inspector, zh: 质检员}}}
stages:
  review:
    title: {en: Review, zh: 审核}
    owner: desk
    due: 36h
    needs:
      known: {check: {en: Known, zh: 已核实}, by: qa, covers: [amount], waive: desk}
      slip: {file: {en: Slip, zh: 单据}, when: amount > 5, defer: 2d}
      agreed: {any: {signed: {file: {en: Signature, zh: 签字}}, phoned: {check: {en: Call, zh: 电话}, by: qa}}}
    outcomes:
      unclear: {title: {en: Unclear, zh: 不清}, to: review, by: qa, reason: required, at_most: 3, beyond: [{notify: qa}, {ask: {cause: {note: {en: Cause, zh: 原因}}}}]}
    next: [{when: amount > 9, to: making}, {to: pack}]
  making:
    title: {en: Making, zh: 生产}
    owner: [{when: amount > 5, to: qa}, {to: desk}]
    due: {by: day}
    opens: day - 1d
    entry: {photo: {file: {en: Photo, zh: 照片}}}
    tasks:
      cut: {title: {en: Cutting, zh: 裁切}, owner: qa, due: 4h, needs: {cut_well: {check: {en: Cut well, zh: 裁好}}}}
      sew: {title: {en: Sewing, zh: 缝制}, owner: desk, after: cut, when: amount > 7, needs: {sewn: {check: {en: Sewn, zh: 缝好}}}, outcomes: {torn: {title: {en: Torn, zh: 破损}, to: cancelled}}}
    outcomes:
      slow: {title: {en: Too slow, zh: 太慢}, after: making.late, to: cancelled}
      enough: {title: {en: Enough, zh: 够了}, when: amount < 1, to: closed}
  pack:
    title: {en: Packing, zh: 包装}
    owner: desk
    needs: {packed: {check: {en: Packed, zh: 已装箱}}}
    outcomes: {wait: {title: {en: Wait, zh: 等等}, to: aside}}
    next: closed
  aside:
    title: {en: Aside, zh: 搁置}
    owner: desk
    outcomes: {return: {title: {en: Go on, zh: 继续}, to: back}}
    needs: {settled: {check: {en: Settled, zh: 已处理}}}
    next: closed
outcomes:
  amend: {title: {en: Amend, zh: 变更}, from: [review], by: desk, edits: [amount], until: day - 2d}
  cancel: {title: {en: Cancel, zh: 取消}, from: [review, making], by: desk, reason: required, to: cancelled}
ends: {closed: {kind: success, then: [{notify: qa}]}, cancelled: {kind: cancelled}}
"""  # noqa: E501 - an outcome is read as one line


def box(chart: Chart, name: str) -> Box:
    return next(box for box in chart.boxes if box.name == name)


def test_a_stage_says_who_until_when_and_what() -> None:
    review = box(chart_of(plan_of(PROCESS), "en"), "review")
    assert review.lines == ("Desk · due: 1d 12h",)
    assert review.items == (
        Item("check", "Known · Inspector (void if Amount changes; may be waived by Desk)"),
        Item("file", "Slip (only if Amount > 5; may follow within 2d)"),
        Item("any", "one of these:"),
        Item("file", "Signature", 1),
        Item("check", "Call · Inspector", 1),
        Item("outcome", "Unclear: chosen by Inspector; with a reason; after 3 times: tell Inspector"),
        Item("note", "after 3 times: Cause", 1),
    )


def test_rows_doors_and_tasks_are_told() -> None:
    making = box(chart_of(plan_of(PROCESS), "zh"), "making")
    assert making.lines == (
        "质检员（若 金额 > 5） / 前台",
        "期限：至交期",
        "开始办理：交期前 1天",
    )
    assert making.items[:2] == (Item("entry", "进入前须有："), Item("file", "照片", 1))
    assert [item.text for item in making.items[2:]] == ["太慢：自动：生产逾期", "够了：自动：一旦 金额 < 1"]
    assert [(task.title, task.lines) for task in making.tasks] == [
        ("裁切", ("质检员 · 期限：4小时",)),
        ("缝制", ("前台", "在裁切之后", "仅当 金额 > 7")),
    ]


def test_ways_carry_conditions_in_words_and_how_often_they_may_be_taken() -> None:
    ways = chart_of(plan_of(PROCESS), "en").ways
    assert Way("review", "making", "Amount > 9") in ways
    assert Way("review", "pack", "otherwise") in ways
    assert Way("review", "review", "Unclear (at most 3)", "outcome") in ways
    assert Way("making", "cancelled", "Torn", "outcome") in ways
    assert Way("aside", "pack", "Go on", "outcome") in ways
    assert Way("review", "cancelled", "Cancel", "whole") in ways


def test_the_head_and_the_notes_concern_the_whole_order() -> None:
    chart = chart_of(plan_of(PROCESS), "en")
    assert (chart.title, chart.subtitle) == ("Order", "Version 1 · accountable for the whole order: Desk")
    assert chart.notes == (
        "Whole order – Amend: chosen by Desk; changes Amount; until 2d before Promised; in Review",
        "Whole order – Cancel: chosen by Desk; with a reason",
    )
    assert box(chart, "closed").lines == ("tell Inspector",)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "file",
    ["tests/definition/kitchen_sink.yaml", "processes/sales-order.yaml", "processes/northwind-order.yaml"],
)
def test_whatever_people_are_told_stands_in_both_drawings(checkout: Path, file: str, lang: Lang) -> None:
    plan = sound_plan(checkout / file, lang)
    chart = chart_of(plan, lang)
    root = ET.fromstring(svg(chart))
    shown = "\n".join([title.text or "" for title in root.iter(f"{NS}title")] + list(chart.notes))
    text = mermaid(chart)
    for word in told(plan, lang):
        assert word in shown
        assert word in text or not word.isalnum()


def told(plan: Plan, lang: Lang) -> set[str]:
    """Titles of whatever an order may meet on its way."""
    names = Names(plan, lang)
    found = {names.place(name) for name in plan.stages}
    for stage in plan.stages.values():
        found |= {task.title.say(lang) for task in stage.tasks.values()}
        found |= {names.role(row.to) for place in (stage, *stage.tasks.values()) for row in place.owners}
        found |= {outcome.title.say(lang) for outcome in every_outcome(stage)}
        needs = (*stage.entry, *stage.needs, *(need for task in stage.tasks.values() for need in task.needs))
        found |= {names.need(need) for need in every_part(needs) if need.kind != "any"}
    return found
