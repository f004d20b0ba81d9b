"""`flowengine verify`: check that the history of every order is whole and gives the state that is stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, db_option, format_option, verb
from flowengine.cli.screen import print_json, visible

if TYPE_CHECKING:
    from flowengine.runtime.verifying import Verified


@verb("verify")
@option("--against", type=PATH, metavar="FILE", help="option.verify.against")
@option("--root", metavar="HASH", help="option.root")
@option("--repair", is_flag=True, help="option.verify.repair")
@db_option
@format_option
@pass_desk
def command(desk: Desk, *, against: Path | None, root: str | None, repair: bool) -> int:
    """Exit with 1 when something was altered."""
    if repair:
        for each in desk.engine().recount():
            desk.note("verified.recounted", **each._asdict())
    return verified(desk, against, root)


def verified(desk: Desk, against: Path | None, root: str | None) -> int:
    """Verify, tell what was found, and give the exit code."""
    found = _found(desk, against, root)
    if desk.format == "json":
        print_json(_json(desk, found))
        return 1 if found.problems else 0
    for problem in found.problems:
        click.echo(visible(problem.message(desk.lang)))
    key = "verified.problems" if found.problems else "verified.sound"
    desk.print(key, orders=found.orders, rows=found.rows, problems=len(found.problems))
    if against is not None:
        desk.print("verified.against", checkpoints=found.checkpoints, file=against)
    return 1 if found.problems else 0


def _found(desk: Desk, against: Path | None, root: str | None) -> Verified:
    from flowengine.cli.trouble import Trouble, unreadable

    if against is None:
        if root is not None:
            raise Trouble("root_alone", root)
        return desk.engine().verify()
    try:
        with against.open("rb") as lines:
            return desk.engine().verify(lines, root=root or "")
    except OSError as error:
        raise unreadable(against, error) from error


def _json(desk: Desk, found: Verified) -> dict[str, object]:
    problems = [
        {
            "code": each.code,
            "process": each.process,
            "number": each.number,
            "seq": each.seq,
            "message": each.message(desk.lang),
        }
        for each in found.problems
    ]
    return {
        "orders": found.orders,
        "rows": found.rows,
        "checkpoints": found.checkpoints,
        "problems": problems,
    }
