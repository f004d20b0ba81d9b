"""`flowengine start`: open an order."""

from __future__ import annotations

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import acting, verb


@verb("start")
@click.argument("process")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@option("--json", "source", metavar="FILE|-", help="option.start.json")
@option("--link", "links", multiple=True, metavar="NAME=NUMBER", help="option.start.link")
@option("--key", help="option.start.key")
@option("--reason", default="", help="option.start.reason")
@acting
@pass_desk
def command(
    desk: Desk,
    process: str,
    values: tuple[str, ...],
    source: str | None,
    links: tuple[str, ...],
    key: str | None,
    reason: str,
) -> int:
    """Open the order, or say everything that is wrong with it."""
    from flowengine.cli.taking.given import pairs, record
    from flowengine.cli.telling.orders import answered

    given = pairs(values)
    incoming = {**(record(source) if source else {}), **given}
    engine = desk.engine(watched=True)
    linked = {name: str(ref) for name, ref in pairs(links).items()}
    result = engine.start(process, incoming, by=desk.by, key=key, reason=reason, links=linked)
    plan = (
        engine.order(result.order_id, by=desk.host).plan if result.ok else engine.plan(process, by=desk.host)
    )
    return answered(desk, engine, result, plan)
