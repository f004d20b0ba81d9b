"""`flowengine verify`: check that the history of every order is whole and gives the state that is stored."""

from __future__ import annotations

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import db_option, format_option, verb
from flowengine.cli.screen import print_json, visible


@verb("verify")
@db_option
@format_option
@pass_desk
def command(desk: Desk) -> int:
    """Exit with 1 when something was altered."""
    found = desk.engine().verify()
    if desk.format == "json":
        problems = [
            {"code": each.code, "number": each.number, "seq": each.seq, "message": each.message(desk.lang)}
            for each in found.problems
        ]
        print_json({"orders": found.orders, "rows": found.rows, "problems": problems})
        return 1 if problems else 0
    for problem in found.problems:
        click.echo(visible(problem.message(desk.lang)))
    key = "verified.problems" if found.problems else "verified.sound"
    desk.print(key, orders=found.orders, rows=found.rows, problems=len(found.problems))
    return 1 if found.problems else 0
