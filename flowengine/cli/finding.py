"""`flowengine finding`: what a code of the checker means, why it matters, and how to write it right."""

from __future__ import annotations

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import verb


@verb("finding")
@click.argument("code", required=False)
@pass_desk
def command(desk: Desk, code: str | None) -> int:
    """Print the page of a code, or all codes with their sentences."""
    from flowengine.cli.findings.pages import codes, title
    from flowengine.cli.screen import table

    if code:
        click.echo(_page(desk, code))
    else:
        for line in table((each, title(each, desk.lang)) for each in codes()):
            click.echo(line)
    return 0


def _page(desk: Desk, code: str) -> str:
    from flowengine.cli.findings.examples import told
    from flowengine.cli.findings.pages import codes, page
    from flowengine.cli.trouble import Trouble
    from flowengine.definition.findings import nearest

    found = page(code.upper()) if code.upper() in codes() else None
    if found is None:
        guess = nearest(code.upper(), codes())
        raise Trouble("no_finding" if guess else "no_finding_like_it", code, guess=guess)
    return found.text(desk.lang, tuple(told(found, desk.lang)))
