"""`flowengine history`: what happened to an order, who did it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import asking, process_option, verb

if TYPE_CHECKING:
    from flowengine.compiler.plan import Plan
    from flowengine.runtime.looking import Entry, OrderView


@verb("history")
@click.argument("order")
@process_option
@asking
@pass_desk
def command(desk: Desk, order: str, process: str | None) -> int:
    """Print the whole history, oldest first."""
    from flowengine.cli.screen import print_json, table
    from flowengine.cli.telling.uncounted import entries_of, folded

    engine = desk.engine(watched=True)
    view = engine.order(order, by=desk.by, process=process)
    entries = entries_of(desk, engine, view.row.id)
    if desk.format == "json":
        print_json([_json(entry, view) for entry in entries])
        return 0
    for line in table(row for alike in folded(entries) for row in _row_of(desk, alike, view.plan)):
        click.echo(line)
    return 0


def _row_of(desk: Desk, alike: list[Entry], plan: Plan) -> Iterator[tuple[str, str, str]]:
    """The lines of an entry, and how often it was repeated."""
    from flowengine.cli.telling.uncounted import repeated

    for at, who, said in _rows(desk, alike[0], plan):
        yield at, who, repeated(desk, said, alike, plan)


def _rows(desk: Desk, entry: Entry, plan: Plan) -> Iterator[tuple[str, str, str]]:
    """When, who and what for each event; role, line and reason stand behind the command's own first."""
    from flowengine.runtime.story import clock_time, happened

    reason, under = entry.record.get("reason", ""), _under(desk, entry, plan)
    for event in entry.record["events"]:
        by_time = event["at"] < entry.at or entry.actor == "time"
        who = desk.say("history.time") if by_time else _who(desk, entry)
        for sentence in happened([event], plan, desk.lang):
            said = sentence
            if under and not by_time:
                said, under = desk.say("history.under", said=said, under=under), []
            if reason and not by_time:
                said, reason = desk.say("history.reason", said=said, reason=reason), ""
            yield clock_time(event["at"], plan), who, said


def _under(desk: Desk, entry: Entry, plan: Plan) -> list[str]:
    """Under which roles it was done, each with the line that asks it."""
    from flowengine.runtime.story import role_text

    places = [_place(each, plan) for each in entry.record.get("under", ())]
    roles = [role_text(plan, each["role"], desk.lang) for each in entry.record.get("under", ())]
    return [f"{role} {place}".rstrip() for role, place in zip(roles, places, strict=True)]


def _place(permit: dict[str, Any], plan: Plan) -> str:
    return f"{permit.get('file', plan.file)}:{permit['line']}" if "line" in permit else ""


def _who(desk: Desk, entry: Entry) -> str:
    """Somebody with the name that the host gave, and how an outsider showed who they are."""
    from flowengine.runtime.story import actor_text

    more = [entry.record[each] for each in ("name", "proof") if entry.record.get(each)]
    return actor_text(entry.actor, desk.lang, more)


def _json(entry: Entry, view: OrderView) -> dict[str, object]:
    """A row for programs and auditors."""
    from flowengine.cli.screen import iso
    from flowengine.cli.telling.order_json import record_json

    record, plan = entry.record, view.plan
    under = [
        {"role": each["role"], "file": each.get("file", plan.file), "line": each.get("line")}
        for each in record.get("under", ())
    ]
    return {
        "order": view.row.number,
        "seq": entry.seq,
        "at": iso(entry.at),
        "actor": entry.actor,
        "name": record.get("name", ""),
        "proof": record.get("proof", ""),
        "roles": record.get("roles", []),
        "under": under,
        "reason": record.get("reason", ""),
        "key": entry.key,
        "process": record.get("process", ""),
        "definition": plan.hash,
        "do": record.get("do", {}),
        "events": [record_json(event) for event in record["events"]],
        "previous": entry.previous,
        "hash": entry.hash,
    }
