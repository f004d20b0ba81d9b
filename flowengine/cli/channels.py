"""`--channels`: the file that says how messages go outside."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk
from flowengine.cli.options import PATH

if TYPE_CHECKING:
    from flowengine.delivery.settings import Settings

channels_option = click.option(
    "--channels",
    type=PATH,
    metavar="FILE",
    envvar="FLOWENGINE_CHANNELS",
    show_envvar=True,
    help="Also carry messages and calls outside, as this file says.",
)


def settings_of(desk: Desk, path: Path | None) -> Settings | None:
    """What the file says; None without one. Raises Faulty with every place at which something is wrong."""
    from flowengine.cli.trouble import Faulty, unreadable
    from flowengine.delivery.settings import read_settings

    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    settings, findings = read_settings(data, str(path), os.environ)
    if settings is None:
        lines = (f"{each.place}: {each.message(desk.lang)} {each.remedy(desk.lang)}" for each in findings)
        raise Faulty(line.rstrip() for line in lines)
    return settings
