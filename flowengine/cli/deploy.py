"""`flowengine deploy`: make process files the ones on which new orders begin."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli.desk import Desk, pass_desk
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

    for line in text_of(sound_processes(files, desk.lang), desk.lang):
        click.echo(line, err=True)
    engine = desk.engine(create=True)
    rows = []
    for file in files:
        row, is_new = engine.deploy(file)
        rows.append(
            {
                "process": row.process,
                "version": row.version,
                "file": row.file,
                "hash": row.hash,
                "new": is_new,
            }
        )
    if desk.format == "json":
        print_json(rows)
        return 0
    for each in rows:
        desk.print("deploy.new" if each["new"] else "deploy.known", **each)
    return 0
