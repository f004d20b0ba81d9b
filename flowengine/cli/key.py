"""`flowengine key`: make a master key for private data, or wrap what is kept with a new one."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, db_option, format_option, verb
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import OneOf


@verb("key")
@click.argument("what", metavar="new|rewrap", type=OneOf(["new", "rewrap"]))
@click.argument("file", metavar="[FILE]", required=False, type=PATH)
@db_option
@format_option
@pass_desk
def command(desk: Desk, what: str, file: Path | None) -> int:
    """`new` never writes over a key: with it would go all that was encrypted."""
    from flowengine.cli.master_key import key_file, make_key_file
    from flowengine.cli.screen import print_json

    if what == "new":
        path = file or key_file()
        make_key_file(path)
        if desk.format == "json":
            print_json({"file": str(path)})
        else:
            desk.print("key.made", file=path)
        return 0
    if file is not None:
        raise Trouble("goes_with", file, other="`new`")
    persons = desk.engine().rewrap()
    if desk.format == "json":
        print_json({"rewrapped": persons})
    else:
        desk.print("key.rewrapped", persons=persons)
    return 0
