"""`flowengine event`: take in an event from outside, and look after those that wait for their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import asking, process_option, verb
from flowengine.cli.trouble import Trouble

if TYPE_CHECKING:
    from flowengine.runtime.receiving import Received
    from flowengine.runtime.rows import EventRow

_WORDS = {
    "send": "send PROCESS EVENT [NAME=VALUE…]",
    "list": "list",
    "retry": "retry ID",
    "drop": "drop ID --reason …",
}


@verb("event")
@click.argument(
    "words", nargs=-1, required=True, metavar="send|list|retry|drop [PROCESS EVENT|ID] [NAME=VALUE]..."
)
@option("--json", "source", metavar="FILE|-", help="option.event.json")
@option("--key", help="option.event.key")
@option("--reason", default="", help="option.event.reason")
@process_option
@asking
@pass_desk
def command(
    desk: Desk,
    *,
    words: tuple[str, ...],
    source: str | None,
    key: str | None,
    reason: str,
    process: str | None,
) -> int:
    """Send, list, retry or drop, as the first word says."""
    match words:
        case "send", of, event, *values:
            return _sent(desk, of, event, values, source, key)
        case ("list",):
            return _listed(desk, process)
        case "retry", id if id.isdecimal():
            return _told(desk, desk.engine().retry_event(int(id), by=desk.by))
        case "drop", id if id.isdecimal():
            if not reason.strip():
                raise Trouble("no_reason", id)
            desk.engine().drop_event(int(id), by=desk.by, reason=reason)
            desk.print("event.dropped", id=id)
            return 0
    known = [_WORDS[words[0]]] if words[0] in _WORDS else list(_WORDS.values())
    raise Trouble("event_words", " ".join(words), known=known)


def _sent(
    desk: Desk, process: str, event: str, values: list[str], source: str | None, key: str | None
) -> int:
    from flowengine.cli.taking.given import pairs, record

    data = {**(record(source) if source else {}), **pairs(values)}
    return _told(desk, desk.engine().receive(process, event, data, key=key, by=desk.by))


def _told(desk: Desk, found: Received) -> int:
    from flowengine.cli.screen import print_json

    if desk.format == "json":
        print_json(_as_json(desk, found))
        return 0 if found.ok else 1
    if found.repeated:
        desk.print("event.again")
    if found.parked:
        desk.print("event.waits", why=desk.say(f"event.why.{found.why}"))
    elif found.ok and not found.repeated:
        desk.print("event.opened" if found.created else "event.came", number=found.number)
    for blocker in found.blockers:
        click.echo(blocker.message(desk.lang), err=True)
    return 0 if found.ok else 1


def _as_json(desk: Desk, found: Received) -> dict[str, Any]:
    return {
        "order": found.order_id,
        "created": found.created,
        "parked": found.parked,
        "why": found.why or None,
        "repeated": found.repeated,
        "blockers": [
            {"code": each.code, "name": each.name, "message": each.message(desk.lang)}
            for each in found.blockers
        ],
    }


def _listed(desk: Desk, process: str | None) -> int:
    from flowengine.cli.screen import print_json, visible
    from flowengine.runtime.story import clock_time

    engine, rows = desk.engine(), list[Any]()
    while page := engine.waiting_events(by=desk.by, process=process, after=rows[-1].id if rows else 0):
        rows += page
    if desk.format == "json":
        print_json([_row_as_json(row) for row in rows])
        return 0
    if not rows:
        desk.print("event.none")
    for row in rows:
        plan = engine.plan(row.process, by=desk.host)
        at, why = clock_time(row.received_at, plan), desk.say(f"event.why.{row.why}")
        said = {"process": row.process, "event": row.event, "data": visible(row.data or "")}
        desk.print("event.line", id=row.id, at=at, why=why, **said)
    return 0


def _row_as_json(row: EventRow) -> dict[str, Any]:
    import json

    said = {"id": row.id, "process": row.process, "event": row.event, "why": row.why}
    return {**said, "received_at": row.received_at, "data": json.loads(row.data or "{}")}
