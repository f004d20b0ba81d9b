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
    from flowengine.cli.telling.dealt import given, given_json, given_lines, taken
    from flowengine.cli.telling.explaining import explanation_lines
    from flowengine.cli.telling.explanation_json import explanation_json
    from flowengine.cli.telling.uncounted import (
        entries_of,
        rounds_of,
        uncounted,
        uncounted_json,
        uncounted_lines,
    )

    engine = desk.engine(watched=True)
    view, explanation = engine.explain(order, by=desk.by, process=process)
    items, rounds, plan = taken(explanation), rounds_of(explanation), view.plan
    entries = [*entries_of(desk, engine, view.row.id)] if items or rounds else []
    dealt, votes = given(entries, items), uncounted(entries, rounds)
    if desk.format == "json":
        past = {
            "given": given_json(plan, dealt, desk.lang),
            "uncounted": uncounted_json(plan, votes, desk.lang),
        }
        print_json(explanation_json(view, explanation, desk.lang) | past)
        return 0
    for line in explanation_lines(desk, view, explanation):
        click.echo(line)
    for title, lines in (
        ("explain.given", given_lines(plan, dealt, desk.lang)),
        ("explain.uncounted", uncounted_lines(desk, plan, votes)),
    ):
        if found := [*lines]:
            desk.print(title)
            click.echo("\n".join(found))
    return 0
