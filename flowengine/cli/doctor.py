"""`flowengine doctor`: whether all is well, for people and, by its exit code, for monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import db_option, verb
from flowengine.cli.places import hidden
from flowengine.cli.screen import iso, padded, print_json, visible
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import Number

if TYPE_CHECKING:
    from flowengine.runtime.health import Health

_MINUTES: Final = Number(1, 7 * 24 * 60)


@verb("doctor")
@option("--json", "as_json", is_flag=True, help="option.doctor.json")
@option("--metrics", is_flag=True, help="option.doctor.metrics")
@option("--all", "everything", is_flag=True, help="option.doctor.all")
@option("--reasons", is_flag=True, help="option.doctor.reasons")
@option(
    "--grace",
    type=_MINUTES,
    default=5,
    show_default=True,
    metavar="MINUTES",
    help="option.doctor.grace",
)
@db_option
@pass_desk
def command(desk: Desk, *, as_json: bool, metrics: bool, everything: bool, reasons: bool, grace: int) -> int:
    """Exit with 0 when all is well, with 1 when there are warnings, with 2 when something has failed."""
    from flowengine.runtime.health import LEVELS
    from flowengine.runtime.metrics import exposition

    if as_json and metrics:
        raise Trouble("not_together", "--json", other="--metrics")
    health = _examined(desk, grace=grace * 60, everything=everything, reasons=reasons)
    if metrics:
        click.echo(exposition(health, desk.lang), nl=False)
    elif as_json:
        print_json(_plain(desk, health))
    else:
        _show(desk, health)
    return LEVELS.index(health.level)


def _examined(desk: Desk, *, grace: float, everything: bool, reasons: bool) -> Health:
    """The health of the database of this call; one that cannot be opened has failed."""
    from flowengine.errors import OrderBusy, StoreUnusable
    from flowengine.runtime.health import out_of_reach

    try:
        return desk.engine().health(grace=grace, everything=everything, reasons=reasons)
    except (StoreUnusable, OrderBusy) as error:
        return out_of_reach(error)


def _show(desk: Desk, health: Health) -> None:
    """A line for each check, and one more below what is not well."""
    for check in health.checks:
        level = padded(desk.say(f"health.level.{check.level}"), 9)
        title = padded(desk.say(f"health.title.{check.name}"), 22)
        click.echo(visible(level + title + hidden(check.message(desk.lang), desk.db)))
        if remedy := check.remedy(desk.lang):
            click.echo(padded("", 9) + desk.say("health.remedy", said=remedy))


def _plain(desk: Desk, health: Health) -> dict[str, Any]:
    checks = [
        {
            "name": check.name,
            "level": check.level,
            "state": check.state,
            "message": hidden(check.message(desk.lang), desk.db),
            "remedy": check.remedy(desk.lang),
        }
        for check in health.checks
    ]
    return {"level": health.level, "at": iso(health.signs.now if health.signs else None), "checks": checks}
