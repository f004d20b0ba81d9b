"""`flowengine tick`: let happen what has fallen due."""

from __future__ import annotations

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import db_option, format_option, verb
from flowengine.cli.screen import print_json
from flowengine.cli.values import Number


@verb("tick")
@option(
    "--limit",
    type=Number(1, 1_000_000),
    default=1_000,
    show_default=True,
    help="option.tick.limit",
)
@db_option
@format_option
@pass_desk
def command(desk: Desk, limit: int) -> int:
    """Exit with 1 when an order could not be decided."""
    from flowengine.cli.telling.ticked import tell_ticked
    from flowengine.worker.heartbeat import signature

    engine = desk.engine()
    ticked = engine.tick(limit=limit)
    if desk.format == "json":
        print_json({name: getattr(ticked, name) for name in ("orders", "late", "failed", "opened", "heard")})
    else:
        tell_ticked(desk, ticked)
        if ticked.orders == limit:
            desk.print("tick.more")
    engine.beat(signature("tick"), ticked)
    return 1 if ticked.failed else 0
