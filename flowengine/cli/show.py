"""`flowengine show`: one order with its fields; or a process file, put together of all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import asking, process_option, verb

if TYPE_CHECKING:
    from flowengine.runtime.looking import OrderView


@verb("show")
@click.argument("order", metavar="ORDER|FILE")
@option("--resolved", is_flag=True, help="option.show.resolved")
@option("--type", "type_", metavar="NAME", help="option.show.type")
@process_option
@asking
@pass_desk
def command(desk: Desk, order: str, process: str | None, type_: str | None, *, resolved: bool) -> int:
    """Print the order, or the process."""
    if resolved:
        return _resolved(desk, Path(order), type_)
    if type_ is not None:
        from flowengine.cli.trouble import Trouble

        raise Trouble("goes_with", "--type", other="--resolved")
    from flowengine.cli.screen import print_json, table
    from flowengine.cli.telling.order_json import order_json
    from flowengine.cli.telling.orders import heading
    from flowengine.cli.telling.parking import parked_text

    view = desk.engine(watched=True).order(order, by=desk.by, process=process)
    if desk.format == "json":
        fields = {name: view.order.fields.get(name) for name in view.plan.fields if name not in view.hidden}
        print_json({**order_json(view, desk.lang), "creator": view.order.creator, "fields": fields})
        return 0
    click.echo(heading(desk, view))
    if parked := parked_text(desk, view):
        click.echo(parked)
    for line in table([*_standing(desk, view), *_fields(desk, view)]):
        click.echo(f"  {line}")
    return 0


def _resolved(desk: Desk, path: Path, type_: str | None) -> int:
    from flowengine.cli.findings.sound import sound_processes
    from flowengine.cli.screen import print_json
    from flowengine.cli.trouble import REFUSED, Trouble
    from flowengine.definition.alone import alone
    from flowengine.definition.inner import inner_of
    from flowengine.definition.patching import printing

    sheet = sound_processes([path], desk.lang)[0]
    document, process = sheet.document, sheet.process
    assert document is not None, "a sound process has its document"
    assert process is not None, "and its words"
    if type_ is not None:
        if type_ not in printing.types_of(document):
            raise Trouble(
                "no_type", path, exit_code=REFUSED, type=type_, known=printing.types_of(document) or ["–"]
            )
        document = printing.of_type(document, type_)
    whole, brought = alone(document, process), {each.name: each.process for each in inner_of(document)}
    if desk.format == "json":
        inner = {name: printing.with_origins(each) for name, each in brought.items()}
        print_json({**printing.with_origins(whole), **({"inner": inner} if inner else {})})
        return 0
    for line in printing.resolved_lines(whole):
        click.echo(line)
    for name, each in brought.items():
        click.echo(f"\n# {desk.say('show.inner', name=name)}")
        for line in printing.resolved_lines(each):
            click.echo(f"# {line}")
    return 0


def _standing(desk: Desk, view: OrderView) -> Iterator[tuple[str, str]]:
    from flowengine.cli.telling.linked import linked_lines
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
    yield from linked_lines(desk, view)
    yield desk.say("show.created"), f"{clock_time(row.created_at, plan)}  {view.order.creator}"


def _fields(desk: Desk, view: OrderView) -> Iterator[tuple[str, str]]:
    from flowengine.compiler.charting import field_text
    from flowengine.runtime.story import shown

    for name in (name for name in view.plan.fields if name not in view.hidden):
        title = field_text(view.plan, name, desk.lang)
        label = title if title == name else desk.say("named", title=title, name=name)
        yield label, shown(view.plan, name, view.order.fields.get(name), desk.lang)
