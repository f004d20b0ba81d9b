"""`flowengine reckon`: reckon the due times of open orders again, as after a change of holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import db_option, format_option, verb

if TYPE_CHECKING:
    from flowengine.runtime.reckoning import Moved, Reckoned


@verb("reckon")
@option("--dry-run", is_flag=True, help="option.reckon.dry-run")
@db_option
@format_option
@pass_desk
def command(desk: Desk, *, dry_run: bool) -> int:
    """Exit with 1 when an order could not be reckoned."""
    from flowengine.cli.screen import print_json

    moves: list[Moved] = []
    if desk.format == "json":
        reckoned = desk.engine().reckon(dry_run=dry_run, each=moves.append)
        counts = {"orders": reckoned.orders, "moved": reckoned.moved, "late": reckoned.late}
        listed = [_json(move) for move in moves]
        print_json({**counts, "failed": reckoned.failed, "dry_run": dry_run, "moves": listed})
    else:
        reckoned = desk.engine().reckon(dry_run=dry_run, each=lambda move: click.echo(_line(desk, move)))
        _summary(desk, reckoned, dry_run=dry_run)
    return 1 if reckoned.failed else 0


def _summary(desk: Desk, reckoned: Reckoned, *, dry_run: bool) -> None:
    counts = {"orders": reckoned.orders, "moved": reckoned.moved, "late": reckoned.late}
    desk.print("reckon.would" if dry_run else "reckon.done", **counts)
    if reckoned.failed:
        desk.print("reckon.failed", failed=reckoned.failed)


def _line(desk: Desk, move: Moved) -> str:
    from flowengine.cli.screen import visible
    from flowengine.runtime.story import clock_time, thing_text

    said = desk.say(
        "reckon.late" if move.late else "reckon.moves",
        number=move.number,
        clock=thing_text(move.plan, move.clock, desk.lang),
        was=clock_time(move.was, move.plan),
        due=clock_time(move.due, move.plan),
    )
    return visible(said)


def _json(move: Moved) -> dict[str, object]:
    from flowengine.cli.screen import iso

    return {
        "number": move.number,
        "process": move.process,
        "clock": move.clock,
        "was": iso(move.was),
        "due": iso(move.due),
        "late": move.late,
    }
