"""`flowengine tick`: let happen what has fallen due."""

from __future__ import annotations

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import db_option, format_option, verb
from flowengine.cli.screen import print_json
from flowengine.cli.values import Number


@verb("tick")
@click.option(
    "--limit",
    type=Number(1, 1_000_000),
    default=1_000,
    show_default=True,
    help="At most so many orders.",
)
@db_option
@format_option
@pass_desk
def command(desk: Desk, limit: int) -> int:
    """Exit with 1 when an order could not be decided."""
    from flowengine.worker.heartbeat import signature

    engine = desk.engine()
    ticked = engine.tick(limit=limit)
    counts = {"orders": ticked.orders, "late": ticked.late, "failed": ticked.failed}
    if desk.format == "json":
        print_json({**counts, "opened": ticked.opened, "heard": ticked.heard})
    else:
        desk.print("tick.done", **counts)
        if ticked.opened or ticked.heard:
            desk.print("tick.others", opened=ticked.opened, heard=ticked.heard)
        if ticked.failed:
            desk.print("worker.parked", failed=ticked.failed)
        if ticked.orders == limit:
            desk.print("tick.more")
    engine.beat(signature("tick"), ticked)
    return 1 if ticked.failed else 0
