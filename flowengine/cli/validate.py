"""`flowengine validate`: check process and scenario files without a database."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, verb
from flowengine.cli.screen import print_json


@verb("validate")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option(
    "--format", "form", default="text", show_default=True, help="How the findings are printed.",
    type=click.Choice(["text", "json", "sarif", "github"]),
)  # fmt: skip
@pass_desk
def command(desk: Desk, paths: tuple[Path, ...], form: str) -> int:
    """Exit with 1 when a finding is an error, with 0 when there are warnings only."""
    from flowengine.cli.files import yaml_files
    from flowengine.cli.findings import report
    from flowengine.cli.findings.checking import checked

    sheets = [checked(path) for path in yaml_files(paths)]
    if form == "json":
        print_json(report.rows_of(sheets, desk.lang))
    elif form == "sarif":
        from flowengine.cli.findings.sarif import sarif

        print_json(sarif(sheets, desk.lang))
    elif form == "github":
        for line in report.annotations_of(sheets, desk.lang):
            click.echo(line)
    else:
        for line in report.text_of(sheets, desk.lang):
            click.echo(line)
        click.echo(report.summary(sheets, desk.lang))
    return 0 if all(sheet.is_sound for sheet in sheets) else 1
