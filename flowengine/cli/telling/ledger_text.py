"""A ledger for people: a table with a line for each stretch, its days below it, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flowengine.cli.desk import Desk
from flowengine.cli.screen import table, visible
from flowengine.cli.telling.ledger_words import Words
from flowengine.kernel.ledger import Ledger
from flowengine.kernel.ledger_days import Day
from flowengine.kernel.ledger_lines import Line
from flowengine.runtime.looking import OrderView

LONG = 31
"""A stretch of more days than these says ordinary weeks in one line."""

_HOURS = 3
"""From this column on stand hours."""


def ledger_lines(desk: Desk, view: OrderView, ledger: Ledger) -> Iterator[str]:
    """The ledger, from what it is about to what it comes to."""
    words = Words(view.plan, ledger, desk.lang)
    yield visible(words.heading(view.row.number))
    yield visible(words.rule())
    yield visible(words.place())
    rows = [row for line in ledger.lines for row in _rows(words, line)]
    head = [desk.say(f"ledger.{name}") for name in ("from", "to", "what", "day", "counted", "sum")]
    used = [at for at in range(len(head)) if any(row[at] for row in rows)]
    lines = [[row[at] for at in used] for row in rows]
    yield from table(
        lines, head=[head[at] for at in used], right=[used.index(at) for at in used if at >= _HOURS]
    )
    if ledger.whole:
        yield words.total()
    if ledger.others:
        yield desk.say("ledger.others", names=ledger.others)


def _rows(words: Words, line: Line) -> Iterator[tuple[str, ...]]:
    yield (
        words.time(line.at),
        words.time(line.until),
        words.line(line),
        "",
        words.length(line.counted),
        words.length(line.sum),
    )
    for detail in words.details(line):
        yield "", "", f"  {detail}", "", "", ""
    for days in _grouped(line.days):
        first, last = days[0], days[-1]
        counted = sum(day.counted.amount for day in days)
        yield (
            f"  {words.date(first.day)}",
            words.date(last.day) if last is not first else "",
            f"  {words.days(days)}",
            words.amount(counted) if counted else "",
            "",
            "",
        )


def _grouped(days: tuple[Day, ...]) -> Iterator[tuple[Day, ...]]:
    """Days in a row that are alike; in a long stretch also whole weeks of ordinary days."""
    for _, alike in groupby(days, _ordinary if len(days) > LONG else _alike):
        yield tuple(alike)


def _alike(day: Day) -> object:
    return day.counted, day.reason


def _ordinary(day: Day) -> object:
    return day.reason if day.reason.why == "weekday" else _alike(day)
