"""`flowengine show`: one order with its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import asking, process_option, verb

if TYPE_CHECKING:
    from flowengine.runtime.looking import OrderView


@verb("show")
@click.argument("order")
@process_option
@asking
@pass_desk
def command(desk: Desk, order: str, process: str | None) -> int:
    """Print the order."""
    from flowengine.cli.screen import print_json, table
    from flowengine.cli.telling.order_json import order_json
    from flowengine.cli.telling.orders import heading
    from flowengine.cli.telling.parking import parked_text

    view = desk.engine().order(order, by=desk.by, process=process)
    if desk.format == "json":
        fields = {name: view.order.fields.get(name) for name in view.plan.fields}
        print_json({**order_json(view, desk.lang), "creator": view.order.creator, "fields": fields})
        return 0
    click.echo(heading(desk, view))
    if parked := parked_text(desk, view):
        click.echo(parked)
    for line in table([*_standing(desk, view), *_fields(desk, view)]):
        click.echo(f"  {line}")
    return 0


def _standing(desk: Desk, view: OrderView) -> Iterator[tuple[str, str]]:
    from flowengine.cli.telling.orders import due_text
    from flowengine.runtime.story import clock_time, place_text, role_text

    row, plan = view.row, view.plan
    closed = row.status == "closed"
    stage = desk.say("named", title=place_text(plan, row.stage, desk.lang), name=row.stage)
    yield desk.say("show.ended" if closed else "show.stage"), stage
    yield desk.say("show.since"), clock_time(row.entered_at, plan)
    if not closed:
        holder = role_text(plan, row.owner, desk.lang)
        yield desk.say("show.holder"), desk.say("named", title=holder, name=row.owner)
        yield desk.say("show.due"), due_text(desk, view) or "–"
    yield desk.say("show.created"), f"{clock_time(row.created_at, plan)}  {view.order.creator}"


def _fields(desk: Desk, view: OrderView) -> Iterator[tuple[str, str]]:
    from flowengine.compiler.charting import field_text
    from flowengine.runtime.story import shown

    for name in view.plan.fields:
        title = field_text(view.plan, name, desk.lang)
        label = title if title == name else desk.say("named", title=title, name=name)
        yield label, shown(view.plan, name, view.order.fields.get(name), desk.lang)
