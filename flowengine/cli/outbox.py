"""`flowengine outbox`: what is carried outside and what became of it; what was given up goes once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import db_option, format_option, verb
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import Number, OneOf

if TYPE_CHECKING:
    from flowengine.delivery.parcel import ParcelRow
    from flowengine.runtime.engine import Engine


@verb("outbox")
@click.argument("what", metavar="[retry]", required=False, type=OneOf(["retry"]))
@click.argument("key", metavar="[ID]", required=False)
@option("--dead", is_flag=True, help="option.outbox.dead")
@option("--limit", type=Number(1, 200), default=50, show_default=True, help="option.limit")
@option("--after", metavar="CURSOR", help="option.after")
@db_option
@format_option
@pass_desk
def command(
    desk: Desk, *, what: str | None, key: str | None, dead: bool, limit: int, after: str | None
) -> int:
    """Print one page and how to get the next; or let a dead parcel be carried once more."""
    from flowengine.cli.screen import print_json

    if what is None:
        return _listed(desk, dead=dead, limit=limit, after=after)
    if key is None:
        raise Trouble("outbox_needs_id")
    desk.engine().retry(key)
    if desk.format == "json":
        print_json({"id": key, "state": "ready"})
    else:
        desk.print("outbox.retried", id=key)
    return 0


def _listed(desk: Desk, *, dead: bool, limit: int, after: str | None) -> int:
    from flowengine.cli.screen import print_json, table
    from flowengine.cli.telling.cursor import cursor_text, cursor_value

    start = cursor_value(after, (int,)) or 0
    engine = desk.engine()
    page = engine.parcels(state="dead" if dead else None, after=start, limit=limit)
    cursor = cursor_text(page.after)
    if desk.format == "json":
        print_json({"items": [_as_json(desk, *each) for each in page.items], "after": cursor})
    elif not page.items:
        desk.print("outbox.none_dead" if dead else "outbox.none")
    else:
        head = desk.say("outbox.head").split("|")
        for line in table((_row(desk, engine, *each) for each in page.items), head=head):
            click.echo(line)
        if cursor is not None:
            desk.print("list.more", after=cursor)
    return 0


def _row(desk: Desk, engine: Engine, row: ParcelRow, number: str) -> tuple[object, ...]:
    """A parcel for people; an instant stands in the zone of its process."""
    from flowengine.runtime.titles import clock_time

    waits = "–"
    if row.state == "ready" and row.error != "behind":
        waits = clock_time(row.next_at, engine.order(row.order_id, by=desk.host).plan)
    what, state = desk.say(f"outbox.{row.kind}"), desk.say(f"outbox.{row.state}")
    whom = row.queue.removeprefix("to ").removeprefix("call ")
    return (
        row.key,
        number,
        what,
        whom,
        state,
        row.attempts,
        waits,
        row.endpoint or "–",
        _why(desk, row) or "–",
    )


def _why(desk: Desk, row: ParcelRow) -> str:
    """Why it was not taken; what a channel of the host said stays as it is."""
    from flowengine.texts import TEXTS

    word, _, detail = row.error.partition(": ")
    key = f"not_sent.{word}"
    return desk.say(key, detail=detail) if key in TEXTS else row.error


def _as_json(desk: Desk, row: ParcelRow, number: str) -> dict[str, Any]:
    """A parcel for programs."""
    from flowengine.cli.screen import iso

    return {
        "id": row.key,
        "kind": row.kind,
        "number": number,
        "queue": row.queue,
        "state": row.state,
        "attempts": row.attempts,
        "next_at": iso(row.next_at) if row.state == "ready" and row.error != "behind" else None,
        "made_at": iso(row.made_at),
        "done_at": iso(row.done_at),
        "endpoint": row.endpoint,
        "error": row.error,
        "why": _why(desk, row),
    }
