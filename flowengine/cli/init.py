"""`flowengine init`: a first process and scenario to change and learn from, the schemas for editors, and
what git is not to keep.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, verb
from flowengine.disk import make

FILES: Final = ("order.yaml", "order.scenario.yaml")


@verb("init")
@click.argument("folder", metavar="[DIR]", type=PATH, default=".")
@pass_desk
def command(desk: Desk, folder: Path) -> int:
    """Write both files, or none when one of them is there already; what else is there stays."""
    from flowengine.cli.trouble import REFUSED, Trouble, unwritable

    target = folder / "processes"
    for name in FILES:
        if (target / name).exists() or (target / name).is_symlink():
            raise Trouble("exists", target / name, exit_code=REFUSED)
    texts = {target / name: starter(name, desk.lang) for name in FILES} | _schemas(folder / "schemas")
    ignoring = folder / ".gitignore"
    if not (ignoring.exists() or ignoring.is_symlink()):
        texts[ignoring] = starter("gitignore", desk.lang)
    try:
        _make_all(texts)
    except OSError as error:
        raise unwritable(target, error) from error
    for path in texts:
        desk.print("init.written", file=path)
    if ignoring not in texts:
        desk.print("init.not_ignored", file=ignoring)
    process, scenario = (shlex.quote(str(target / name)) for name in FILES)
    desk.print("init.next", folder=shlex.quote(str(target)), process=process, scenario=scenario)
    return 0


def _make_all(texts: Mapping[Path, str]) -> None:
    """Write these new files, with their folders; all of them or nothing. Raises OSError."""
    missing = {folder for path in texts for folder in path.parents if not folder.exists()}
    made: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path, text.encode())
            made.append(path)
    except OSError:
        for path in made:
            path.unlink()
        for folder in sorted(missing, reverse=True):  # those inside of others first
            with suppress(OSError):
                folder.rmdir()
        raise


def _schemas(folder: Path) -> dict[Path, str]:
    """The schemas to which the first lines of the starter files lead, except those that are there."""
    from flowengine.definition.editor_schema import ROOTS, editor_schema_text

    paths = {folder / f"{root}.schema.json": editor_schema_text(root) for root in ROOTS}
    return {path: text for path, text in paths.items() if not path.exists()}


def starter(name: str, lang: str) -> str:
    """The text of a starter file in a language."""
    from importlib.resources import files

    stem, dot, ending = name.partition(".")
    return (files("flowengine.cli") / "starter" / f"{stem}.{lang}{dot}{ending}").read_text("utf-8")
