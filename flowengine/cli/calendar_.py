"""`flowengine calendar show`: a month of a working calendar, each day with its hours and why it has them."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import asking, verb
from flowengine.cli.values import OneOf

if TYPE_CHECKING:
    from flowengine.calendars.calendar import Calendar
    from flowengine.compiler.plan import Plan


@verb("calendar")
@click.argument("what", metavar="show", type=OneOf(["show"]))
@click.argument("subject", metavar="FILE|PROCESS")
@option("--month", metavar="YYYY-MM", help="option.calendar.month")
@option("--calendar", "name", metavar="NAME", help="option.calendar.calendar")
@asking
@pass_desk
def command(desk: Desk, what: str, subject: str, month: str | None, name: str | None) -> int:  # noqa: ARG001 - there is one thing to do as yet
    """Print the month."""
    from flowengine.cli.screen import print_json
    from flowengine.cli.telling.months import Month, month_json, month_lines

    first = _first_day(month) if month is not None else None
    calendar = _calendar(_plan(desk, subject), subject, name)
    shown = Month(calendar, first or datetime.now(calendar.zone).date().replace(day=1))
    if desk.format == "json":
        print_json(month_json(shown, desk.lang))
        return 0
    for line in month_lines(desk, shown) if not calendar.anytime else [desk.say("month.anytime")]:
        click.echo(line)
    return 0


def _first_day(month: str) -> date:
    """The first day of `2026-02`. Raises Trouble."""
    from flowengine.cli.trouble import Trouble
    from flowengine.definition.hours import FIRST_YEAR, LAST_YEAR

    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", month)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise Trouble("not_a_month", month)
    return date(int(match[1]), int(match[2]), 1)


def _plan(desk: Desk, subject: str) -> Plan:
    from flowengine.cli.findings.sound import sound_plan

    path = Path(subject)
    if path.is_file() or path.suffix in (".yaml", ".yml") or os.sep in subject:
        return sound_plan(path, desk.lang)
    return desk.engine().plan(subject, by=desk.by)


def _calendar(plan: Plan, subject: str, name: str | None) -> Calendar:
    """The calendar of that name, or the one that the process names. Raises Trouble."""
    from flowengine.cli.trouble import REFUSED, Trouble
    from flowengine.definition.findings import nearest

    if name is None:
        return plan.calendar
    if name not in plan.calendars:
        guess = nearest(name, plan.calendars)
        code = "no_calendar" if guess else "no_calendar_like_it"
        known = list(plan.calendars) or ["–"]
        raise Trouble(code, subject, exit_code=REFUSED, calendar=name, guess=guess, known=known)
    return plan.calendars[name]
