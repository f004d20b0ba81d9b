"""Files that a user names: read, written and walked, with a sentence for everything that can go wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from flowengine.cli.trouble import Trouble, unreadable, unwritable
from flowengine.definition.document.characters import LARGEST
from flowengine.disk import put


def read(path: Path) -> bytes:
    """The bytes of a process or scenario file; of one that is too large only as many as show that it is."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(path, error) from error


def write(path: Path, text: str) -> None:
    """Write `text` as UTF-8, in the place of what stood there."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write in the place of what stood there, which stays where there is no room."""
    try:
        put(path, content)
    except OSError as error:
        raise unwritable(path, error) from error


def yaml_files(paths: Iterable[Path], endings: tuple[str, ...] = (".yaml", ".yml")) -> list[Path]:
    """The files meant by files and folders, each once, folders in alphabetical order.

    Raises Trouble for a path that does not exist and for a folder in which there are none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        below = list(_below(path, endings))
        if not below:
            raise Trouble("nothing_below", path, endings=[f"*{ending}" for ending in endings])
        found |= dict.fromkeys(below)
    return list(found)


def _below(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """The files below a folder, except hidden ones; links are not followed, so there is an end to it."""
    for root, folders, names in os.walk(folder, onerror=_raised):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(endings) and not name.startswith("."):
                yield Path(root, name)


def _raised(error: OSError) -> None:
    raise unreadable(Path(error.filename), error)
