"""`--channels`: the file that says how messages go outside."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from flowengine.cli.desk import Desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH

if TYPE_CHECKING:
    from flowengine.definition.findings import Finding
    from flowengine.delivery.settings import Settings

channels_option = option(
    "--channels",
    type=PATH,
    metavar="FILE",
    envvar="FLOWENGINE_CHANNELS",
    show_envvar=True,
    help="option.channels",
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
        raise Faulty(_told(desk, each) for each in findings)
    return settings


def _told(desk: Desk, finding: Finding) -> str:
    said = {"place": str(finding.place), "message": finding.message(desk.lang)}
    if hint := finding.remedy(desk.lang):
        return desk.say("channels.fault.mended", **said, hint=hint)
    return desk.say("channels.fault", **said)
