"""`flowengine why-due`: the ledger of a clock, for whoever must answer for a due date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import asking, process_option, verb
from flowengine.cli.trouble import REFUSED, Trouble
from flowengine.cli.values import Number

if TYPE_CHECKING:
    from flowengine.errors import NoClock


@verb("why-due")
@click.argument("order")
@click.argument("clock", required=False, default="")
@option("--visit", type=Number(min=1), metavar="N", help="option.why-due.visit")
@process_option
@asking
@pass_desk
def command(desk: Desk, order: str, clock: str, process: str | None, visit: int | None) -> int:
    """Print the ledger of the stage's clock, or of the one that is named."""
    from flowengine.cli.screen import print_json
    from flowengine.cli.telling.ledger_json import ledger_json
    from flowengine.cli.telling.ledger_text import ledger_lines
    from flowengine.errors import NoClock

    try:
        view, ledger = desk.engine().why_due(order, clock, by=desk.by, process=process, visit=visit)
    except NoClock as error:
        raise _trouble(order, error) from error
    if desk.format == "json":
        print_json(ledger_json(view, ledger, desk.lang))
        return 0
    for line in ledger_lines(desk, view, ledger):
        click.echo(line)
    return 0


def _trouble(order: str, error: NoClock) -> Trouble:
    """What is wrong with the name of a clock, and which there are."""
    from flowengine.definition.findings import nearest

    known = error.known
    if error.visits:
        return Trouble("no_visit", order, exit_code=REFUSED, clock=error.clock, known=error.visits)
    if not known:
        return Trouble("no_clocks", order, exit_code=REFUSED)
    if not error.clock:
        return Trouble("no_stage_clock", order, exit_code=REFUSED, known=known)
    guess = nearest(error.clock, known)
    code = "no_clock" if guess else "no_clock_like_it"
    return Trouble(code, order, exit_code=REFUSED, clock=error.clock, known=guess or known)
