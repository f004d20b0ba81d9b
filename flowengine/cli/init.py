"""`flowengine init`: a first process and a first scenario to change and learn from."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, verb

FILES: Final = ("order.yaml", "order.scenario.yaml")


@verb("init")
@click.argument("folder", metavar="[DIR]", type=PATH, default=".")
@pass_desk
def command(desk: Desk, folder: Path) -> int:
    """Write both files, or none when one of them is there already."""
    from flowengine.cli.trouble import REFUSED, Trouble, unwritable

    target = folder / "processes"
    texts = {name: starter(name, desk.lang) for name in FILES}
    for name in FILES:
        if (target / name).exists() or (target / name).is_symlink():
            raise Trouble("exists", target / name, exit_code=REFUSED)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with (target / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise unwritable(target, error) from error
    for name in FILES:
        desk.print("init.written", file=target / name)
    process, scenario = (shlex.quote(str(target / name)) for name in FILES)
    desk.print("init.next", folder=shlex.quote(str(target)), process=process, scenario=scenario)
    return 0


def starter(name: str, lang: str) -> str:
    """The text of a starter file in a language."""
    from importlib.resources import files

    stem, _, ending = name.partition(".")
    return (files("flowengine.cli") / "starter" / f"{stem}.{lang}.{ending}").read_text("utf-8")
