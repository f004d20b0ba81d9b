"""`flowengine deploy`: make process files the ones on which new orders begin."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.doubts import tell_of_doubts
from flowengine.cli.options import PATH, db_option, format_option, verb
from flowengine.cli.screen import print_json


@verb("deploy")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@db_option
@format_option
@pass_desk
def command(desk: Desk, files: tuple[Path, ...]) -> int:
    """Deploy all of the files, or none when one of them has errors."""
    from flowengine.cli.findings.report import text_of
    from flowengine.cli.findings.sound import sound_processes
    from flowengine.runtime.ports import instant

    for line in text_of(sound_processes(files, desk.lang), desk.lang):
        click.echo(line, err=True)
    engine = desk.engine(create=True)
    deployed = [engine.deploy(file) for file in files]
    for row, _ in deployed:
        plan = engine.plan(row.process, by=desk.host, version=row.version)
        tell_of_doubts(desk, plan, instant(engine.clock, None))
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
