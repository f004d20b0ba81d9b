"""Conditions in the words of the people who run a process, in both languages."""

from __future__ import annotations

import pytest

from flowengine.compiler.naming import Names
from flowengine.definition.check import check_process
from flowengine.definition.expressions import parse
from flowengine.definition.findings import Place
from flowengine.definition.scope import scope_of
from flowengine.texts import Lang
from tests.kernel.desk import plan_of, text_of

PROCESS = """
order:
  channels: {web: {title: {en: Web shop, zh: 网店}}, phone: {title: {en: Phone, zh: 电话}}}
  fields:
    amount: {type: money, title: {en: Amount, zh: 金额}, currency: CNY, required: true}
    stock: {type: integer, title: {en: Stock, zh: 库存}, default: 0}
    rush: {type: boolean, title: {en: Rush, zh: 加急}, default: false}
    day: {type: date, title: {en: Promised, zh: 交期}}
    due: {type: datetime, required: true, title: {en: Due, zh: 交付}}
    items: {type: list, required: true, title: {en: Items, zh: 明细}, of: {size: {type: integer, required: true, title: {en: size, zh: 数量}}}}
links: {first: {process: sale, known_there_as: cases, reads: {amount: money}}}
stages:
  review:
    title: {en: Review, zh: 审核}
    owner: desk
    needs: {known: {check: {en: Known, zh: 已核实}}}
    outcomes: {unclear: {title: {en: Unclear, zh: 不清}, to: review}}
    next: closed
"""  # noqa: E501 - a field is read as one line
CONDITIONS = [
    ("amount > 5", "Amount > 5", "金额 > 5"),
    ("0 < amount <= 50", "0 < Amount ≤ 50", "0 < 金额 ≤ 50"),
    ("amount * 2 + stock >= 7 / 2", "Amount × 2 + Stock ≥ 7 ÷ 2", "金额 × 2 + 库存 ≥ 7 ÷ 2"),
    ("(amount - (stock + 1)) * 2 > 1", "(Amount - (Stock + 1)) × 2 > 1", "(金额 - (库存 + 1)) × 2 > 1"),
    ("amount > -stock", "Amount > -Stock", "金额 > -库存"),
    ("has(first.amount)", "amount of first is given", "first的amount已填写"),
    ("rush", "Rush = yes", "加急 = 是"),
    ("not rush", "Rush = no", "加急 = 否"),
    ("rush == True", "Rush = yes", "加急 = 是"),
    ("has(day)", "Promised is given", "交期已填写"),
    ("not has(day)", "Promised is not given", "交期未填写"),
    ("not amount > 5", "Amount ≤ 5", "金额 ≤ 5"),
    ("not (amount > 5 and rush)", "not (Amount > 5 and Rush = yes)", "并非（金额 > 5 且 加急 = 是）"),
    ("channel in 'web' | 'phone'", "Channel is Web shop or Phone", "渠道为 网店 或 电话"),
    ("not channel in ['web']", "Channel is not Web shop", "渠道不为 网店"),
    ("channel == 'web'", "Channel = Web shop", "渠道 = 网店"),
    ("stage == 'review'", "stage = Review", "阶段 = 审核"),
    ("number != 'x'", "order number ≠ “x”", "订单编号 ≠ “x”"),
    (
        "rush and (rush or stock > 1)",
        "Rush = yes and (Rush = yes or Stock > 1)",
        "加急 = 是 且 （加急 = 是 或 库存 > 1）",
    ),
    ("count(review.unclear) < 3", "times of Unclear < 3", "“不清”次数 < 3"),
    ("happened(review.late)", "Review late has happened", "已有“审核逾期”"),
    ("not happened(known.done)", "Known done has not happened", "未有“已核实办结”"),
    ("sum(items.size) > 3", "total size of Items > 3", "明细的 数量 合计 > 3"),
    ("average(items.size) > 3", "average size of Items > 3", "明细的 数量 平均 > 3"),
    ("duration(review) > '2d'", "time in Review > 2d", "审核停留时长 > 2d"),
    ("days(due - order.created) > 1", "days of (Due - order received) > 1", "（交付 - 接单时间）的天数 > 1"),
    ("count(items) > 3", "number of Items > 3", "明细行数 > 3"),
    ("all(items.size > 3)", "all of Items with: size > 3", "明细每一行满足：数量 > 3"),
    ("any(items.size > 3)", "one of Items with: size > 3", "明细有一行满足：数量 > 3"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "en", "zh"), CONDITIONS, ids=[source for source, _, _ in CONDITIONS])
def test_a_condition_is_said_in_words(source: str, en: str, zh: str) -> None:
    assert said(source, "en") == en
    assert said(source, "zh") == zh


def said(source: str, lang: Lang) -> str:
    process = check_process(text_of(PROCESS), "test.yaml").process
    assert process is not None
    expression, findings = parse(source, scope_of(process), Place("test.yaml", 1, 1))
    assert expression is not None, findings
    return expression.plainly(Names(plan_of(PROCESS), lang))
