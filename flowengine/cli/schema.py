"""`flowengine schema`: the JSON Schema of process or scenario files, for editors and other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, verb
from flowengine.cli.values import OneOf

if TYPE_CHECKING:
    from flowengine.definition.editor_schema import Root


@verb("schema")
@click.argument("root", metavar="process|scenario", type=OneOf(["process", "scenario"]))
@option("-o", "--output", "out", type=PATH, help="option.output")
@pass_desk
def command(desk: Desk, root: Root, out: Path | None) -> int:
    """Print the schema, or write it to a file and to the folders that it needs."""
    from flowengine.cli.files import write
    from flowengine.cli.trouble import unwritable
    from flowengine.definition.editor_schema import editor_schema_text

    text = editor_schema_text(root)
    if out is None:
        click.echo(text, nl=False)
        return 0
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error
    write(out, text)
    desk.note("schema.written", file=out)
    return 0
