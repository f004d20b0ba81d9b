"""`flowengine explain`: what an order waits for and why, who can help, what may be chosen instead."""

from __future__ import annotations

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import asking, process_option, verb


@verb("explain")
@click.argument("order")
@process_option
@asking
@pass_desk
def command(desk: Desk, order: str, process: str | None) -> int:
    """Print the explanation. It is fine for an order to wait: the exit code is 0."""
    from flowengine.cli.screen import print_json
    from flowengine.cli.telling.explaining import explanation_lines
    from flowengine.cli.telling.explanation_json import explanation_json
    from flowengine.cli.telling.uncounted import uncounted_lines

    engine = desk.engine(watched=True)
    view, explanation = engine.explain(order, by=desk.by, process=process)
    if desk.format == "json":
        print_json(explanation_json(view, explanation, desk.lang))
        return 0
    for line in explanation_lines(desk, view, explanation):
        click.echo(line)
    if votes := [*uncounted_lines(desk, engine, view, explanation)]:
        desk.print("explain.uncounted")
        for line in votes:
            click.echo(line)
    return 0
