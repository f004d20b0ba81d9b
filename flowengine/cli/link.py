"""`flowengine link`: hand the customer an address on which to confirm, see which there are, take one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import acting, process_option, verb
from flowengine.cli.trouble import Trouble

if TYPE_CHECKING:
    from flowengine.runtime.engine import Engine
    from flowengine.runtime.looking import OrderView
    from flowengine.runtime.rows import LinkRow


@verb("link")
@click.argument("order")
@click.argument("need", required=False)
@option("--base", metavar="URL", default="", help="option.link.base")
@option("--expires", metavar="TIME", default="14d", show_default=True, help="option.link.expires")
@option("--revoke", "spent", metavar="ID", help="option.link.revoke")
@process_option
@acting
@pass_desk
def command(
    desk: Desk,
    *,
    order: str,
    need: str | None,
    base: str,
    expires: str,
    spent: str | None,
    process: str | None,
) -> int:
    """Make a link for the need that is named; without one, list the links of the order, or take one back."""
    from flowengine.cli.telling.orders import answered

    if need and spent:
        raise Trouble("not_together", "--revoke", other="NEED")
    engine = desk.engine(watched=True)
    view = engine.order(order, by=desk.by, process=process)
    if spent:
        return answered(desk, engine, engine.revoke_link(view.row.id, spent, by=desk.by), view.plan)
    if need:
        return _made(desk, engine, view, need, base, _length(expires))
    return _listed(desk, view, engine.links(view.row.id, by=desk.by))


def _made(desk: Desk, engine: Engine, view: OrderView, need: str, base: str, expires: int) -> int:
    from flowengine.cli.screen import print_json
    from flowengine.cli.telling.orders import answered
    from flowengine.runtime.story import clock_time

    made = engine.link(view.row.id, need, by=desk.by, expires=expires)
    if made.link is None:
        return answered(desk, engine, made.result, view.plan)
    if desk.format == "json":
        print_json({**_as_json(made.link), "token": made.token, "url": made.url(base) if base else None})
        return 0
    click.echo(made.url(base) if base else made.token)
    desk.note("link.made", id=made.link.id, until=clock_time(made.link.expires_at, view.plan))
    return 0


def _listed(desk: Desk, view: OrderView, links: tuple[LinkRow, ...]) -> int:
    from flowengine.cli.screen import print_json
    from flowengine.runtime.story import clock_time
    from flowengine.runtime.titles import need_text

    if desk.format == "json":
        print_json([_as_json(link) for link in links])
        return 0
    if not links:
        desk.print("link.none", number=view.row.number)
    for link in links:
        desk.print(
            "link.line",
            id=link.id,
            need=need_text(view.plan, link.need, desk.lang),
            state=desk.say(f"link.{link.state(view.seen_at)}"),
            by=link.made_by,
            until=clock_time(link.expires_at, view.plan),
        )
    return 0


def _as_json(link: LinkRow) -> dict[str, object]:
    """A link without the hash of its token, which is nobody's business."""
    said = {name: value for name, value in link._asdict().items() if name not in ("hash", "asking")}
    return {"id": link.id, **said}


def _length(text: str) -> int:
    """Milliseconds. Raises Trouble for a time that is none."""
    from flowengine.definition.spans import span
    from flowengine.runtime.links import LONGEST

    try:
        length = span(text)
    except ValueError:
        raise Trouble("no_time", text) from None
    if length > LONGEST:
        raise Trouble("no_time", text)
    return length
