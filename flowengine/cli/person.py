"""`flowengine person`: hand out all that is kept of a person, or erase it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import db_option, format_option, verb
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import OneOf

if TYPE_CHECKING:
    from flowengine.runtime.persons import Kept


@verb("person")
@click.argument("what", metavar="export|erase", type=OneOf(["export", "erase"]))
@click.argument("known_by", metavar="[VALUE]", required=False)
@option("--order", metavar="NUMBER", help="option.person.order")
@option("--reason", metavar="TEXT", help="option.person.reason")
@option("--vacuum", is_flag=True, help="option.person.vacuum")
@db_option
@format_option
@pass_desk
def command(
    desk: Desk, *, what: str, known_by: str | None, order: str | None, reason: str | None, vacuum: bool
) -> int:
    """Export prints JSON, whatever the format."""
    from flowengine.cli.screen import print_json
    from flowengine.storage.postgres import is_postgres

    if (known_by is None) == (order is None):
        raise Trouble("which_person")
    if (what == "erase") != (reason is not None):
        alone, other = ("erase", "--reason TEXT") if reason is None else ("--reason", "erase")
        raise Trouble("goes_with", alone, other=other)
    if vacuum and what != "erase":
        raise Trouble("goes_with", "--vacuum", other="erase")
    engine = desk.engine()
    if what == "export":
        kept = engine.person(known_by or "", order=order, by=desk.host)
        print_json({"orders": [_json(desk, each) for each in kept]})
        return 0
    erased = engine.erase(known_by or "", order=order, by=desk.host, reason=reason or "", vacuum=vacuum)
    if desk.format == "json":
        print_json({"orders": list(erased.orders), "scrubbed": erased.scrubbed})
    else:
        desk.print("person.erased", orders=list(erased.orders))
    if not erased.scrubbed:
        left = "person.not_vacuumed" if is_postgres(desk.place) else "person.not_scrubbed"
        desk.note(left, where=desk.place)
    return 0


def _json(desk: Desk, kept: Kept) -> dict[str, Any]:
    """An order with its fields and its history."""
    from flowengine.cli.screen import iso
    from flowengine.cli.telling.order_json import order_json, record_json

    order = kept.view.order
    history = [
        {
            "at": iso(entry.at),
            "actor": entry.actor,
            "name": entry.record.get("name", ""),
            "reason": entry.record.get("reason", ""),
            "events": [record_json(event) for event in entry.record["events"]],
        }
        for entry in kept.history
    ]
    return {
        **order_json(kept.view, desk.lang),
        "creator": order.creator,
        "fields": order.fields,
        "history": history,
    }
