"""The sentences of the demo in two languages, and how they are set on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final, Literal

Lang = Literal["en", "zh"]

WIDTH: Final = 94
"""The columns after which a line of history is broken."""

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "playing": ("Playing the orders", "正在重放订单"),
    "title": (
        "Northwind Traders: {orders} real orders, {first} to {last}",
        "罗斯文商贸：{orders} 张真实订单，{first} 至 {last}",
    ),
    "process": (
        "run by {file}, version {version}; now it is {now} {zone}",
        "依照 {file} 第 {version} 版运行；此刻是 {now} {zone}",
    ),
    "intake": ("TAKEN AND SHIPPED", "接单与发货"),
    "imported": (
        "{created} orders imported, {refused} refused; {shipped} shipped.",
        "导入订单 {created} 张，拒绝 {refused} 张；已发货 {shipped} 张。",
    ),
    "pace": (
        "{seconds:.1f} s, {pace:.0f} orders/s from intake to end; each change is on disk before the next.",
        "用时 {seconds:.1f} 秒：每秒 {pace:.0f} 张订单走完全程；每次变更落盘后才进行下一次。",
    ),
    "stages": ("Stage|Orders|Late now", "阶段|订单|目前逾期"),
    "late": ("LATE", "逾期"),
    "late.sum": (
        "{late} of {shipped} were shipped late ({share:.1%}); {same} left on the last day and were in time.",
        "已发货 {shipped} 张，其中逾期 {late} 张（{share:.1%}）；另有 {same} 张在最后一天发出，不算逾期。",
    ),
    "late.days": ("Days late: {groups}", "逾期天数：{groups}"),
    "days": ("{days} d: {orders}", "{days} 天：{orders} 张"),
    "late.head": ("Order|Days late|Required|Customer|Taken by", "订单|逾期天数|要求日期|客户|经办人"),
    "next": ("DUE NEXT", "即将到期"),
    "next.sum": (
        "{open} open, {overdue} of them past the required date.",
        "未完成 {open} 张，其中已过要求日期 {overdue} 张。",
    ),
    "next.head": ("Order|Required|Customer|Country|Taken by", "订单|要求日期|客户|国家|经办人"),
    "why": ("WHY {number} CANNOT GO ON", "{number} 为什么走不下去"),
    "why.where": ("{customer}: in {stage} since {since}", "{customer}：自 {since} 起处于“{stage}”"),
    "why.who": (
        "who: {who}; until: {until}; asked by {file}:{line}",
        "由谁办理：{who}；期限：{until}；出自 {file}:{line}",
    ),
    "history": ("HISTORY", "历史"),
    "filled": ("{fields} fields filled in", "填入 {fields} 项数据"),
    "time": ("the clock", "时钟"),
    "joint": ("; ", "；"),
    "told": ("MESSAGES", "消息"),
    "told.sum": (
        "{role} got {count} messages; the last: {number} is overdue, it was due {due}",
        "{role}收到 {count} 条消息，最近一条：{number} 已逾期，期限为 {due}",
    ),
    "record": ("RECORD", "记录"),
    "record.whole": (
        "{orders} orders, {rows:,} rows of history: every chain is whole and replays to the stored state.",
        "{orders} 张订单、{rows:,} 行历史：链条完整，重放历史得到的状态与存储的一致。",
    ),
    "record.broken": ("{problems} problems found:", "发现 {problems} 个问题："),
    "go_on": (
        "GO ON BY HAND (on today's clock, where every open order is overdue)",
        "自己接着看（按今天的日期，未完成的订单都已逾期）",
    ),
    "exists": (
        "{path} is there already, and the demo wants a database of its own. Remove it, or name another path.",
        "{path} 已经存在，演示需要一个全新的数据库。请删除它，或换一个路径。",
    ),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """The sentence `key`, filled in."""
    return TEXTS[key][lang == "zh"].format(**values)


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def table(head: str, rows: Iterable[Sequence[object]], *, numbers: Set[int] = frozenset()) -> Iterator[str]:
    """Lines with aligned columns, `numbers` to the right."""
    cells = [head.split("|"), *([str(cell) for cell in row] for row in rows)]
    widths = [max(columns(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        line = ""
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - columns(cell))
            line += f"{gap}{cell}  " if at in numbers else f"{cell}{gap}  "
        yield line.rstrip()


def flowing(pieces: Iterable[str], joint: str) -> Iterator[str]:
    """The pieces one after the other, on as many lines as they need."""
    line = ""
    for piece in pieces:
        longer = f"{line}{joint}{piece}" if line else piece
        if line and columns(longer) > WIDTH:
            yield f"{line}{joint}".rstrip()
            longer = piece
        line = longer
    yield line
