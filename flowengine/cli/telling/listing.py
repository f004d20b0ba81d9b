"""Pages of orders, work items and messages: asked of the engine and made into rows, for `flowengine list`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import click

from flowengine.cli.desk import Desk
from flowengine.cli.screen import print_json, table
from flowengine.cli.telling.cursor import cursor_text, cursor_value
from flowengine.cli.telling.naming import known_place, known_role, note_emptiness
from flowengine.cli.telling.order_json import order_json
from flowengine.cli.telling.parking import parked_row
from flowengine.cli.telling.rows import message_json, message_row, order_row, work_json, work_row
from flowengine.compiler.plan import Plan
from flowengine.errors import NotAllowed, NotFound
from flowengine.runtime.engine import Engine
from flowengine.runtime.rows import MessageRow, Status
from flowengine.runtime.tasks import Task


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are wanted."""

    process: str | None
    stage: str | None
    is_open: bool | None
    late: bool
    held: bool
    awaiting: str | None
    parked: bool
    mine: bool
    find: tuple[str, str] | None
    limit: int

    @property
    def status(self) -> Status | None:
        """The status that the rows must have, if any."""
        return None if self.is_open is None else "open" if self.is_open else "closed"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: its heading and rows for people, its items for programs, and where the next one begins."""

    kind: str
    rows: list[tuple[str, ...]]
    items: list[dict[str, Any]]
    after: Any


def orders(desk: Desk, engine: Engine, asked: Asked, after: str | None) -> Listed:
    """Orders by their number's age, or the most overdue first."""
    known_place(engine, asked.process, asked.stage, desk)
    if asked.awaiting:
        known_role(engine, asked.awaiting, desk)
    page = engine.orders(
        by=desk.by,
        process=asked.process,
        stage=asked.stage,
        status=asked.status,
        late=asked.late,
        parked=asked.parked,
        held=asked.held,
        awaiting=asked.awaiting,
        find=asked.find,
        after=cursor_value(after, (int, int) if asked.late else (int,)),
        limit=asked.limit,
    )
    kind, row = ("parked", parked_row) if asked.parked else ("orders", order_row)
    rows = [(view.row.process, *row(desk, view)) for view in page.items]
    return Listed(kind, rows, [order_json(view, desk.lang) for view in page.items], page.after)


def work(desk: Desk, engine: Engine, asked: Asked, after: str | None) -> Listed:
    """What waits for the one who asks, and for the roles of that person unless it is only `mine`."""
    known_place(engine, asked.process, None, desk)
    start = cursor_value(after, (int, int, int, int, str, str))
    page = engine.work(by=desk.by, process=asked.process, mine=asked.mine, after=start, limit=asked.limit)
    about = _about(desk, engine, page.items)
    rows = [(row.process, *work_row(desk, row, *about[row.order_id])) for row in page.items]
    items = [work_json(row, about[row.order_id].concerns) for row in page.items]
    return Listed("mine" if asked.mine else "work", rows, items, page.after)


def messages(desk: Desk, engine: Engine, asked: Asked, after: str | None) -> Listed:
    """What the roles of the one who asks were told."""
    start = cursor_value(after, (int,)) or 0
    page = engine.inbox(by=desk.by, lang=desk.lang, after=start, limit=asked.limit)
    about = _about(desk, engine, tuple(each.row for each in page.items))
    rows = [(each.process, *message_row(desk, each, *about[each.row.order_id])) for each in page.items]
    items = [message_json(each, about[each.row.order_id].concerns) for each in page.items]
    return Listed("messages", rows, items, page.after)


def show(desk: Desk, engine: Engine, listed: Listed) -> None:
    """Print a page."""
    if not listed.rows:
        note_emptiness(engine, desk)
    after = cursor_text(listed.after)
    if desk.format == "json":
        print_json({"items": listed.items, "after": after})
        return
    if not listed.rows:
        desk.print(f"list.{listed.kind}.none")
        return
    head = [desk.say("list.process"), *desk.say(f"list.{listed.kind}").split("|")]
    several = len({process for process, *_ in listed.rows}) > 1
    first = 0 if several else 1  # which process it is goes without saying where all rows have the same
    for line in table((row[first:] for row in listed.rows), head=head[first:]):
        click.echo(line)
    if after is not None:
        desk.print("list.more", after=after)


class _About(NamedTuple):
    """What a row says of its order: the plan that it runs on, and the numbers of the orders it is about."""

    plan: Plan
    concerns: tuple[str, ...]


def _about(desk: Desk, engine: Engine, rows: tuple[Task, ...] | tuple[MessageRow, ...]) -> dict[int, _About]:
    """For each order its plan, for titles and times: seeing those takes no role. Which orders it is about
    is told to whoever may read it.
    """
    return {id: _about_one(desk, engine, id) for id in dict.fromkeys(row.order_id for row in rows)}


def _about_one(desk: Desk, engine: Engine, id: int) -> _About:
    try:
        view = engine.order(id, by=desk.by)
    except (NotFound, NotAllowed):
        return _About(engine.order(id, by=desk.host).plan, ())
    return _About(view.plan, view.concerns)
