"""`flowengine deploy`: make process files the ones on which new orders begin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, db_option, format_option, verb
from flowengine.cli.screen import print_json

if TYPE_CHECKING:
    from flowengine.runtime.engine import Engine
    from flowengine.runtime.rows import DefinitionRow


@verb("deploy")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@db_option
@format_option
@pass_desk
def command(desk: Desk, files: tuple[Path, ...]) -> int:
    """Deploy all of the files, or none when one of them has errors."""
    from flowengine.cli.findings.report import text_of
    from flowengine.cli.findings.sound import sound_processes

    for line in text_of(sound_processes(files, desk.lang), desk.lang):
        click.echo(line, err=True)
    engine = desk.engine(create=True)
    deployed = [engine.deploy(file) for file in files]
    for row, _ in deployed:
        _warn_of_doubts(desk, engine, row)
    rows = [
        {
            "process": row.process,
            "version": row.version,
            "file": row.file,
            "hash": row.hash,
            "new": is_new,
        }
        for row, is_new in deployed
    ]
    if desk.format == "json":
        print_json(rows)
        return 0
    for each in rows:
        desk.print("deploy.new" if each["new"] else "deploy.known", **each)
    return 0


def _warn_of_doubts(desk: Desk, engine: Engine, row: DefinitionRow) -> None:
    """Name each calendar that is not certain for as long as what begins today may take."""
    from flowengine.compiler.due_rows import crossing
    from flowengine.definition.findings import cited
    from flowengine.runtime.ports import instant

    plan = engine.plan(row.process, by=desk.host, version=row.version)
    longest = {each.row.calendar.name: each for each in crossing(plan, instant(engine.clock, None))}
    for name, each in longest.items():
        where = cited(each.row.line, plan.file)
        desk.note("deploy.uncertain", where=where, calendar=name, until=each.until)
