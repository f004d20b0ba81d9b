"""`flowengine audit`: keep outside the database how every history stands, and hold them against it later."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, db_option, format_option, verb
from flowengine.cli.values import OneOf


@verb("audit")
@click.argument("what", metavar="checkpoint|verify", type=OneOf(["checkpoint", "verify"]))
@option(
    "--to",
    "out",
    multiple=True,
    metavar="FILE|URL",
    help="option.audit.to",
)
@option("--against", type=PATH, metavar="FILE", help="option.audit.against")
@option("--root", metavar="HASH", help="option.root")
@db_option
@format_option
@pass_desk
def command(desk: Desk, *, what: str, out: tuple[str, ...], against: Path | None, root: str | None) -> int:
    """Exit with 1 when something was altered."""
    from flowengine.cli.trouble import Trouble
    from flowengine.cli.verify import verified

    if what == "verify":
        if out:
            raise Trouble("to_of_verify", out[0])
        return verified(desk, against, root)
    if against is not None or root is not None:
        raise Trouble("against_of_checkpoint", against or root)
    return _checkpoint(desk, out)


def _checkpoint(desk: Desk, out: tuple[str, ...]) -> int:
    from flowengine.cli.screen import print_json, visible
    from flowengine.cli.trouble import REFUSED, Trouble, unwritable
    from flowengine.errors import CheckpointRefused
    from flowengine.integrations.checkpointing import NotPosted, export, is_safe, is_url, place_of

    files = [each for each in out if not is_url(each)]
    if len(files) > 1:
        raise Trouble("two_files", files[1])
    if unsafe := [place_of(each) for each in out if is_url(each) and not is_safe(each)]:
        raise Trouble("not_https", unsafe[0])
    engine = desk.engine()
    try:
        made = export(engine, out)
    except CheckpointRefused as refused:
        for problem in refused.problems:
            click.echo(visible(problem.message(desk.lang)))
        raise Trouble("no_checkpoint", desk.place, exit_code=REFUSED) from refused
    except NotPosted as failed:
        code = "not_posted_but_kept" if files else "not_posted"
        raise Trouble(code, failed.where, exit_code=REFUSED, why=failed.why, file=files) from failed
    except OSError as error:
        raise unwritable(Path(files[0]), error) from error
    if not out:
        click.echo(made.line())
    elif desk.format == "json":
        print_json({**made.summary(), "root": made.root, "changed": len(made.changed)})
    else:
        counts = {"orders": made.orders, "rows": made.rows, "changed": len(made.changed)}
        desk.print("audit.checkpoint", sequence=made.sequence, **counts, root=made.root)
    return 0
