"""`flowengine history`: what happened to an order, who did it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import asking, process_option, verb

if TYPE_CHECKING:
    from flowengine.compiler.plan import Plan
    from flowengine.runtime.engine import Engine
    from flowengine.runtime.looking import Entry


@verb("history")
@click.argument("order")
@process_option
@asking
@pass_desk
def command(desk: Desk, order: str, process: str | None) -> int:
    """Print the whole history, oldest first."""
    from flowengine.cli.screen import print_json, table

    engine = desk.engine(watched=True)
    view = engine.order(order, by=desk.by, process=process)
    entries = _entries(desk, engine, view.row.id)
    if desk.format == "json":
        print_json([_json(entry) for entry in entries])
        return 0
    for line in table(row for entry in entries for row in _rows(desk, entry, view.plan)):
        click.echo(line)
    return 0


def _entries(desk: Desk, engine: Engine, id: int) -> Iterator[Entry]:
    after: int | None = 0
    while after is not None:
        page = engine.history(id, by=desk.by, after=after)
        yield from page.items
        after = page.after


def _rows(desk: Desk, entry: Entry, plan: Plan) -> Iterator[tuple[str, str, str]]:
    """When, who and what for each event; the reason stands behind the first that the command itself made."""
    from flowengine.runtime.story import clock_time, happened

    reason = entry.record.get("reason", "")
    for event in entry.record["events"]:
        by_time = event["at"] < entry.at or entry.actor == "time"
        who = desk.say("history.time") if by_time else _who(entry)
        for sentence in happened([event], plan, desk.lang):
            said = sentence
            if reason and not by_time:
                said, reason = desk.say("history.reason", said=sentence, reason=reason), ""
            yield clock_time(event["at"], plan), who, said


def _who(entry: Entry) -> str:
    name = entry.record.get("name", "")
    return f"{entry.actor} ({name})" if name else entry.actor


def _json(entry: Entry) -> dict[str, object]:
    from flowengine.cli.screen import iso
    from flowengine.cli.telling.order_json import record_json

    return {
        "seq": entry.seq,
        "at": iso(entry.at),
        "actor": entry.actor,
        "roles": entry.record.get("roles", []),
        "reason": entry.record.get("reason", ""),
        "do": entry.record.get("do", {}),
        "events": [record_json(event) for event in entry.record["events"]],
        "hash": entry.hash,
    }
