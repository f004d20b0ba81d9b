"""`flowengine release`: have a parked order decided at the next tick instead of later."""

from __future__ import annotations

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import asking, process_option, verb


@verb("release")
@click.argument("order")
@process_option
@asking
@pass_desk
def command(desk: Desk, order: str, process: str | None) -> int:
    """Say why it was parked. It is fine when it is not parked any more: then nothing is to be done."""
    from flowengine.cli.screen import print_json, visible
    from flowengine.cli.telling.parking import parked_json

    engine = desk.engine()
    view = engine.order(order, by=desk.by, process=process)
    released = engine.release(view.row.id, by=desk.by)
    parked = parked_json(view) if released else None
    if desk.format == "json":
        print_json({"id": view.row.id, "number": view.row.number, "released": released, "parked": parked})
    elif released:
        why = visible(view.row.failure or "")
        desk.print("release.done", number=view.row.number, why=why, times=view.row.failures)
    else:
        desk.print("release.not_parked", number=view.row.number)
    return 0
