"""`flowengine audit`: keep outside the database how every history stands, and hold them against it later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, db_option, format_option, verb

if TYPE_CHECKING:
    from io import FileIO

    from flowengine.runtime.checkpoints import Checkpoint
    from flowengine.runtime.engine import Engine


@verb("audit")
@click.argument("what", metavar="checkpoint|verify", type=click.Choice(["checkpoint", "verify"]))
@click.option("--to", "out", type=PATH, metavar="FILE", help="Add the checkpoint to this file.")
@click.option("--against", type=PATH, metavar="FILE", help="Hold the database against this file.")
@click.option("--root", metavar="HASH", help="A root that was posted elsewhere: the file must have it.")
@db_option
@format_option
@pass_desk
def command(desk: Desk, *, what: str, out: Path | None, against: Path | None, root: str | None) -> int:
    """Exit with 1 when something was altered."""
    from flowengine.cli.trouble import Trouble
    from flowengine.cli.verify import verified

    if what == "verify":
        if out is not None:
            raise Trouble("to_of_verify", out)
        return verified(desk, against, root)
    if against is not None or root is not None:
        raise Trouble("against_of_checkpoint", against or root)
    return _checkpoint(desk, out)


def _checkpoint(desk: Desk, out: Path | None) -> int:
    from flowengine.cli.screen import print_json, visible
    from flowengine.cli.trouble import REFUSED, Trouble
    from flowengine.errors import CheckpointRefused

    engine = desk.engine()
    try:
        made = _added(engine, out) if out is not None else engine.checkpoint()
    except CheckpointRefused as refused:
        for problem in refused.problems:
            click.echo(visible(problem.message(desk.lang)))
        raise Trouble("no_checkpoint", desk.place, exit_code=REFUSED) from refused
    if out is None:
        click.echo(made.line())
    elif desk.format == "json":
        print_json({**made.summary(), "root": made.root, "changed": len(made.changed)})
    else:
        counts = {"orders": made.orders, "rows": made.rows, "changed": len(made.changed)}
        desk.print("audit.checkpoint", sequence=made.sequence, **counts, root=made.root)
    return 0


def _added(engine: Engine, out: Path) -> Checkpoint:
    """The checkpoint after those in a file, added to it whole."""
    from flowengine.cli.trouble import unwritable

    try:
        with out.open("ab+", buffering=0) as file:
            _lock(file.fileno())
            file.seek(0)
            lines = file.readlines()
            made = engine.checkpoint(lines)
            before = b"\n" if lines and not lines[-1].endswith(b"\n") else b""
            _write(file, before + made.line().encode() + b"\n")
    except OSError as error:
        raise unwritable(out, error) from error
    return made


def _write(file: FileIO, line: bytes) -> None:
    """Add the line. Where it does not fit, the file stays as it was: half a line would end the trail."""
    size = file.seek(0, os.SEEK_END)
    try:
        written = 0
        while written < len(line):
            written += file.write(line[written:])
        os.fsync(file.fileno())
    except OSError:
        file.truncate(size)
        raise


def _lock(descriptor: int) -> None:
    """Wait for others who add to the file: two checkpoints after the same one would tear the trail."""
    try:
        import fcntl
    except ImportError:  # Windows has none; there one job at a time must add to a file
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
