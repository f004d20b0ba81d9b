"""`flowengine import`: take in the orders of a file, each record an order or a line of the error report."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, acting, verb
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import OneOf


@verb("import")
@click.argument("process")
@click.argument("file", type=PATH)
@option("--channel", metavar="NAME", help="option.import.channel")
@option("--format-in", type=OneOf(["csv", "jsonl"]), help="option.import.format-in")
@option("--encoding", default="utf-8-sig", show_default=True, help="option.import.encoding")
@option("--errors", type=PATH, metavar="REPORT.jsonl", help="option.import.errors")
@option("--reason", default="", help="option.import.reason")
@acting
@pass_desk
def command(
    desk: Desk,
    *,
    process: str,
    file: Path,
    channel: str | None,
    format_in: str | None,
    encoding: str,
    errors: Path | None,
    reason: str,
) -> int:
    """Exit with 1 when a record was refused; the others are orders nevertheless."""
    from flowengine.cli.taking import intake
    from flowengine.cli.taking.tally import Tally, take_in
    from flowengine.runtime.importing import records_of

    form = intake.known_format(file, format_in)
    source = intake.Source(file, intake.known_encoding(encoding))
    with source.lines() as lines:
        if errors and errors.exists() and errors.samefile(file):
            raise Trouble("same_file", errors)
        engine = desk.engine()
        plan = engine.plan(process, by=desk.host)
        channel = intake.known_channel(plan, channel)
        with Tally(desk, plan, errors) as tally:
            records = records_of(lines, form)
            answers = engine.import_orders(process, records, by=desk.by, channel=channel, reason=reason)
            take_in(answers, tally, source, label=desk.say("import.progress", file=file.name))
    return 1 if tally.counts["refused"] else 0
